"""The hub's SQL of the journal's declarations against the declarations: the same text, and the same answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from kiosk.data.migrations import latest as data_version
from kiosk.hub import admin, migrations
from kiosk.hub.declared import declared_fault
from kiosk.journal.admission import AHEAD
from kiosk.journal.kinds import ACTORS, KINDS
from kiosk.journal.kinds.fields import DEEPEST, MOST, is_plain
from tests.journal.test_admission import SAMPLES

DEEP: Any = 1
for _ in range(DEEPEST):
    DEEP = [DEEP]
#: Values at the edges of the types. What JSON of PostgreSQL's cannot hold is told apart before.
VALUES: list[Any] = [
    *SAMPLES, "", " ", "x" * 40, "x" * 41, "x" * 200, "x" * 201, "x" * 500, "x" * 501, "x" * 4000, "x" * 4001, "ä", "а", "🪑", "a\x07",
    "a\nb", "a\tb", "a\x7f", "a b", "../x", "-x", "2026-02-29", "2024-02-29", "1900-02-29", "2000-02-29", "2026-04-31", "2026-13-01",
    "20２6-01-01", "1899-01-01", "2100-01-01", "1970-01-01T00:00:00.000000Z", "1969-12-31T23:59:59.999999Z", "2026-11-24T24:00:00.000000Z",
    "2026-11-24T15:00:00Z", "2026-11", "2026-13", "24:00", "9:00", "a" * 7, "a" * 128, "a" * 129, "A" * 64, "coffee:2026-11-31:1300",
    "coffee:2026-11-24:2400", ":2026-11-24:1300", "x" * 150 + ":2026-11-24:1300", "x" * 151 + ":2026-11-24:1300", "a:b:2026-11-24:1300",
    "FREQ=SECONDLY", "FREQ=DAILY", "freq=weekly;byday=mo,we", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=DAILY;BYHOUR=1", "BYDAY=MO",
    "FREQ=WEEKLY;UNTIL=20261224", "FREQ=DAILY;COUNT=10000", "<5", "*", -1, 2, 99, 100, 1000, 1001, 10**6, 10**7 + 1, 10**12, 10**30, 0.5,
    -0.5, 1e300, 2**53 - 1, 2**53, -(2**53), [1, 2, 3], [None], [[]], ["x" * 201], [{}], [1] * MOST, [1] * (MOST + 1), DEEP, [DEEP],
    {"x" * 201: "y"}, {"fi": 7}, {"fi": None}, {str(n): "x" for n in range(31)}, {"a": {"b": ["c"]}}, {"people": 1, "cells": ["<5", 3]},
]  # fmt: skip
#: The only type of which the hub knows less: a rule that never gives a date has the form of one.
LESS = "rule"


@pytest.fixture
def db(hub: str) -> Iterator[psycopg.Connection[Any]]:
    with admin.owner(hub) as db:
        yield db


def test_the_hub_has_what_this_program_declares(db: psycopg.Connection[Any]) -> None:
    [(body, declared)] = db.execute(
        "SELECT prosrc, declared FROM kiosk.hub, pg_proc WHERE proname = 'declared_fault'"
    ).fetchall()
    assert body == declared_fault().split("$declared$")[1]
    assert declared == data_version()
    assert [name for name in KINDS if f"p_kind = '{name}' THEN" not in body] == []


def test_declarations_follow_the_newest_program(db: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    known = "SELECT kiosk.declared_fault('ticket.cancelled', 'clock', '{\"ticket\": \"t\"}')"
    assert db.execute(known).fetchone() == ("item",)
    db.execute(declared_fault().replace("'ticket.cancelled'", "'ticket.annulled'").encode())
    db.execute("UPDATE kiosk.hub SET declared = declared + 1")  # a newer program's
    migrations.init(db)
    assert db.execute(known).fetchone() == (None,)
    db.execute("UPDATE kiosk.hub SET declared = declared - 2")
    migrations.init(db)
    assert db.execute(known).fetchone() == ("item",)


def test_the_hub_answers_of_every_field_as_a_tablet_does(db: psycopg.Connection[Any]) -> None:
    asked: list[tuple[str, str, dict[str, Any]]] = []
    for name, kind in KINDS.items():
        right = {field: next(value for value in fits(one.check)) for field, one in kind.fields.items()}
        who = next((actor for actor in sorted(kind.by & ACTORS)), "staff:x")
        for field in kind.fields:
            asked += [(name, who, right | {field: value}) for value in VALUES]
            asked.append((name, who, {key: value for key, value in right.items() if key != field}))
        asked += [(name, each, right) for each in (*sorted(ACTORS), "staff:x", "shell", "first", "")]
        asked.append((name, who, right | {"newer": {"field": [1]}}))
    asked += [("loan.made", "robot", {"loan": value}) for value in VALUES]
    kinds, whos, payloads = zip(*((kind, who, json.dumps(said)) for kind, who, said in asked), strict=True)
    question = "SELECT kiosk.declared_fault(kind, who, said::jsonb) FROM unnest(%s::text[], %s::text[], %s::text[]) AS one(kind, who, said)"
    answers = [answer or "" for (answer,) in db.execute(question, (list(kinds), list(whos), list(payloads))).fetchall()]
    assert len(answers) == len(asked) > 20_000
    wrong = [
        (one, answer, here(*one)) for one, answer in zip(asked, answers, strict=True)
        if answer != here(*one) and not (answer == "" and here(*one) == LESS)
    ]  # fmt: skip
    assert wrong == [], f"{len(wrong)} differ, such as {str(wrong[0])[:500]}"


def fits(check: Any) -> list[Any]:
    """Return values that a type takes."""
    shown = {"parts": [], "rows": {}}
    found = [value for value in (*VALUES, {"new": shown}, [640, 480]) if check(value)]
    return found or [{}]


def here(kind: str, who: str, said: dict[str, Any]) -> str:
    """Return what this program says of an entry's author and payload."""
    declared = KINDS.get(kind)
    if declared is None:
        return "" if is_plain(said) else "payload"
    return declared.fault_read(said) if declared.may_write(who) else "who"


def test_a_day_ahead_is_a_day(db: psycopg.Connection[Any]) -> None:
    [(ahead,)] = db.execute("SELECT extract(epoch FROM clock_timestamp()) * 1000 FROM kiosk.hub").fetchall()
    [(first,)] = db.execute("SELECT kiosk.too_far()").fetchall()
    assert 0 <= int(first, 16) - (int(ahead) + AHEAD.total_seconds() * 1000) < 60_000  # whole milliseconds
