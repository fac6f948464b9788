"""Every kind of journal entry, declared once: what its payload says, who may write it, what reports read it, what travels
with it, since which version. The services write by it, the hub's push and pull and the projection read by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import centre, goods, help, programme
from .declaration import ACTORS, BOXES, CODE, NAMED_BOXES, Field, JournalKind

KINDS: dict[str, JournalKind] = {one.name: one for part in (goods, programme, help, centre) for one in part.KINDS}

__all__ = [
    "ACTORS",
    "BOXES",
    "CODE",
    "KINDS",
    "NAMED_BOXES",
    "Field",
    "JournalKind",
    "WrongEntry",
    "check",
    "counted_by",
]


class WrongEntry(ValueError):
    """This program is about to write an entry that is not as declared: a defect of the program."""


def check(name: str, who: str, payload: Mapping[str, Any]) -> None:
    """Raise WrongEntry when an entry is not as its kind is declared."""
    declared = KINDS.get(name)
    if declared is None:
        raise WrongEntry(f"{name} is not declared in kiosk.journal.kinds")
    if not declared.may_write(who):
        raise WrongEntry(f"{name}: {who} may not write it")
    field = declared.fault_written(payload)
    if field:
        raise WrongEntry(f"{name}: {field} is {payload.get(field, 'missing')!r}")


def counted_by(fold: str) -> frozenset[str]:
    """Return the kinds that the reports' fold of this name reads."""
    return frozenset(name for name, declared in KINDS.items() if declared.counts == fold)
