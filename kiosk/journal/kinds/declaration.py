"""The structure of a journal kind's declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from .fields import FieldCheck

#: Authors other than staff, by `who`; every other value ("staff:…", "shell", "first") is staff.
ACTORS = frozenset(
    {"visitor", "volunteer", "clock", "schedule", "settings", "import", "door", "printer", "safe", "hub"}
)
#: Kinds of attachment of an entry: the code of the slip; the sealed boxes of the request it creates; the sealed boxes
#: of requests named in its payload.
CODE, BOXES, NAMED_BOXES = "code", "boxes", "named boxes"


Values = dict[str, Any]
#: Additional columns of an entry's row: (payload, time) -> columns.
Columns = Callable[[Values, str], Values]


class RowEffect(NamedTuple):
    """The effect of an entry in the projection. `columns` returns columns of the row in addition to those that the
    payload names; with `own` False the row gets none. `beside` returns the INSERTs of separate rows. `decides`: the
    last such entry determines the session of the day. `final`: no later entry changes the state, whatever another tablet
    did before it heard of this one. `once`: a column that is set only by an entry whose value no earlier one had."""

    columns: Columns | None = None
    own: bool = True
    beside: Callable[[Values, str], tuple[Any, ...]] | None = None
    decides: bool = False
    final: bool = False
    once: str = ""


#: Sets only the columns that the payload names.
PAYLOAD_ONLY = RowEffect()


def becomes(state: StrEnum, at: str = "", **columns: Any) -> RowEffect:
    """Return the effect of an entry that sets the state, `columns`, and the column `at` to the time of the entry."""
    fixed = {"state": state} | columns
    return RowEffect(lambda payload, time: fixed | {at: time} if at else fixed)


class Field(NamedTuple):
    """A payload field. `since`: the data version that introduced it; older entries lack it. `optional`: it may be
    absent."""

    check: FieldCheck
    since: int = 0
    optional: bool = False

    @property
    def always(self) -> bool:
        """Return whether every entry has it, those of earlier programs included."""
        return not self.optional and not self.since


def late(since: int, check: FieldCheck) -> Field:
    """Return a field that entries older than version `since` lack."""
    return Field(check, since)


def optional(check: FieldCheck) -> Field:
    """Return a field that may be absent."""
    return Field(check, optional=True)


@dataclass(frozen=True)
class JournalKind:
    """One kind of entry. `by`: authors, of ACTORS or rights of staff; `since`: the data version that introduced it;
    `counts`: the fold of the reports that reads it ("kept": stored unfolded); `travels`: its attachments; `row`: its
    effect."""

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
        """The type of the subject: the part of the name before the dot."""
        return self.name.partition(".")[0]

    def fault_written(self, payload: Mapping[str, Any]) -> str:
        """Return the first field that is invalid for writing, "" for none."""
        for name, check, needed, _always in self._compiled:
            if name in payload:
                if not check(payload[name]):
                    return name
            elif needed:
                return name
        return next((name for name in payload if name not in self.fields), "") if self._has_more(payload) else ""

    def fault_read(self, payload: Mapping[str, Any]) -> str:
        """Return the first field that is invalid for reading, "" for none. Fields of a newer program are ignored, and
        those that an earlier one did not write may be absent."""
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
        """Return whether `who` may write it: an actor by name, or staff if a right is named. The services check the
        individual's right."""
        return who in self.by if who in ACTORS else bool(self.by - ACTORS)


#: Payload fields with their checks.
Fields = dict[str, Field | FieldCheck]


def kind(
    name: str,
    since: int,
    by: str,
    fields: Mapping[str, Field | FieldCheck],
    *,
    counts: str = "",
    travels: tuple[str, ...] = (),
    row: RowEffect = PAYLOAD_ONLY,
) -> JournalKind:
    """Declare a kind; `by` are names separated by spaces."""
    typed = {key: one if isinstance(one, Field) else Field(one) for key, one in fields.items()}
    return JournalKind(name, since, frozenset(by.split()), typed, counts, travels, row)
