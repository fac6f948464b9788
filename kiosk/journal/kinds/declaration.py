"""What is declared of a journal kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from .fields import Check

#: Who writes entries besides the staff, by the name in `who`; anybody else ("staff:…", "shell", "first") is staff.
ACTORS = frozenset(
    {"visitor", "volunteer", "clock", "schedule", "settings", "import", "door", "printer", "safe", "hub"}
)
#: What travels beside the journal with an entry: the code of the slip; the sealed boxes of the request it makes; the boxes
#: its payload names by request.
CODE, BOXES, NAMED_BOXES = "code", "boxes", "named boxes"


Values = dict[str, Any]
#: What an entry says of its row beyond the columns that its payload names: (payload, time) -> columns.
Columns = Callable[[Values, str], Values]


class RowEffect(NamedTuple):
    """What the projection makes of an entry. `columns` returns what the row of its thing gets beyond the columns that the
    payload names; with `own` False the row gets nothing at all. `beside` returns the INSERT of a row of its own.
    `decides`: the last such entry holds for the session's day."""

    columns: Columns | None = None
    own: bool = True
    beside: Callable[[Values, str], Any] | None = None
    decides: bool = False


#: The row gets what the payload names, and nothing else.
PAYLOAD_ONLY = RowEffect()


def becomes(state: StrEnum, at: str = "", **columns: Any) -> RowEffect:
    """Return the effect of an entry that sets the state, `columns`, and the column `at` to the time of the entry."""
    fixed = {"state": state} | columns
    return RowEffect(lambda payload, time: fixed | {at: time} if at else fixed)


class Field(NamedTuple):
    """A field of a payload. `since`: the version of the data from which on it is written; entries of before lack it.
    `optional`: it may be absent."""

    check: Check
    since: int = 0
    optional: bool = False

    @property
    def always(self) -> bool:
        """Tell whether every entry has it, those of earlier programs too."""
        return not self.optional and not self.since


def late(since: int, check: Check) -> Field:
    """Return a field that entries from before version `since` do not have."""
    return Field(check, since)


def optional(check: Check) -> Field:
    """Return a field that may be absent."""
    return Field(check, optional=True)


@dataclass(frozen=True)
class JournalKind:
    """One kind of entry. `by` names who may write it: ACTORS, and the rights of staff. `since` is the version of the data
    in which it appeared; `counts` names the fold of the reports that reads it ("kept": it is read as it is); `travels`
    is what push and pull carry with it; `row` what the projection makes of it."""

    name: str
    since: int
    by: frozenset[str]
    fields: Mapping[str, Field]
    counts: str = ""
    travels: tuple[str, ...] = ()
    row: RowEffect = PAYLOAD_ONLY
    _compiled: tuple[tuple[str, Callable[[Any], bool], bool, bool], ...] = field(
        init=False, repr=False, compare=False, default=()
    )

    def __post_init__(self) -> None:
        compiled = tuple((name, one.check.holds, not one.optional, one.always) for name, one in self.fields.items())
        object.__setattr__(self, "_compiled", compiled)

    @property
    def thing(self) -> str:
        """What an entry of this kind is about: the part of the name before the dot."""
        return self.name.partition(".")[0]

    def fault_written(self, payload: Mapping[str, Any]) -> str:
        """Return the first field that this program may not write so, "" for none."""
        for name, check, needed, _always in self._compiled:
            if name in payload:
                if not check(payload[name]):
                    return name
            elif needed:
                return name
        return next((name for name in payload if name not in self.fields), "") if self._has_more(payload) else ""

    def fault_read(self, payload: Mapping[str, Any]) -> str:
        """Return the first field that cannot be read, "" for none. Fields of a newer program are left alone, and those
        that an earlier one did not write may be missing."""
        for name, check, _needed, always in self._compiled:
            if name in payload:
                if not check(payload[name]):
                    return name
            elif always:
                return name
        return ""

    def _has_more(self, payload: Mapping[str, Any]) -> bool:
        return not payload.keys() <= self.fields.keys()

    def may_write(self, who: str) -> bool:
        """Tell whether `who` may write it: an actor by name, staff when a right is named. Which right somebody has is
        for the services to know."""
        return who in self.by if who in ACTORS else bool(self.by - ACTORS)


#: The fields of a payload, each with its check.
Fields = dict[str, Field | Check]


def kind(
    name: str,
    since: int,
    by: str,
    fields: Mapping[str, Field | Check],
    *,
    counts: str = "",
    travels: tuple[str, ...] = (),
    row: RowEffect = PAYLOAD_ONLY,
) -> JournalKind:
    """Declare a kind; `by` are names with blanks between them."""
    typed = {key: one if isinstance(one, Field) else Field(one) for key, one in fields.items()}
    return JournalKind(name, since, frozenset(by.split()), typed, counts, travels, row)
