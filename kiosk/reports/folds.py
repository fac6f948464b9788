"""Folds: pure functions from journal entries to the facts that reports add up.

A subject (a visit, an item, a shift, a request) has a state; an entry changes it (`apply`), and a state has facts
(`facts`). The ledger books the difference of the facts before and after an entry, so that an undone or corrected fact
is subtracted on the day it was booked on, and nothing counts twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from kiosk.journal.kinds import counted_by
from kiosk.vocabulary.states import VisitWay

State = dict[str, Any]
#: (day, words, numbers): one fact on its local date; words and numbers are those of its table.
Fact = tuple[str, tuple[Any, ...], tuple[int, ...]]


class LedgerEntry(NamedTuple):
    """A journal entry; `day` is the local date of its time, `time` its UTC text."""

    kind: str
    time: str
    day: str
    payload: dict[str, Any]


@dataclass(frozen=True)
class Fold:
    """The fold of some kinds into rows of `table`: `subject` is the payload's key of the subject's id."""

    table: str
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    subject: str
    apply: Callable[[State, LedgerEntry], None]
    facts: Callable[[State], list[Fact]]


def session_day(session: str) -> str:
    """Return the local date in a session's id, which is gathering:date:HHMM."""
    return session[-15:-5]


def _visit(state: State, entry: LedgerEntry) -> None:
    state.update(entry.payload)
    if entry.kind == "visit.undone":
        state["undone"] = True


def _visit_facts(state: State) -> list[Fact]:
    if state.get("undone") or "session" not in state:
        return []
    words = (state["session"], state["language"], state.get("group") or "", state.get("way", VisitWay.KIOSK))
    return [
        (
            session_day(state["session"]),
            words,
            (1, state["adults"], state["children"], int(bool(state.get("first_visit")))),
        )
    ]


def _correction_facts(state: State) -> list[Fact]:
    words = (state["session"], "", "", "correction")
    return [(session_day(state["session"]), words, (0, state["adults"], state["children"], 0))]


def _imported_facts(state: State) -> list[Fact]:
    """Return the facts of imported sessions: many rows in one entry."""
    return [
        (
            session_day(row["session"]),
            (row["session"], row["language"], row["group"], VisitWay.IMPORTED),
            (row["visits"], row["adults"], row["children"], row["first_visits"]),
        )
        for row in state["rows"]
    ]


def _update(state: State, entry: LedgerEntry) -> None:
    state.update(entry.payload)


_VISIT = ("session", "language", "group", "way"), ("visits", "adults", "children", "first")
VISIT = Fold("ledger_visit", *_VISIT, "visit", _visit, _visit_facts)
CORRECTION = Fold("ledger_visit", *_VISIT, "correction", _update, _correction_facts)
IMPORTED = Fold("ledger_visit", *_VISIT, "attendance", _update, _imported_facts)


def by_kind(**folds: Fold) -> dict[str, Fold]:
    """Return the fold of each kind; `folds` are named as in the declarations of the kinds."""
    return {kind: fold for name, fold in folds.items() for kind in counted_by(name)}


#: The folds of entries about visits.
VISITS = by_kind(visit=VISIT, correction=CORRECTION, earlier_visits=IMPORTED)
#: Kinds that reports read unfolded.
KEPT = counted_by("kept")
