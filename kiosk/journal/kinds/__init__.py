"""Declarations of all kinds of journal entry: payload fields, authors, the reports' fold, attachments, version. The
services validate what they write by them; push, pull and the projection read by them."""

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
    """An entry to be written violates its declaration: a bug."""


def check(name: str, who: str, payload: Mapping[str, Any]) -> None:
    """Raise WrongEntry if an entry violates the declaration of its kind."""
    declared = KINDS.get(name)
    if declared is None:
        raise WrongEntry(f"{name} is not declared in kiosk.journal.kinds")
    if not declared.may_write(who):
        raise WrongEntry(f"{name}: {who} may not write it")
    field = declared.fault_written(payload)
    if field:
        raise WrongEntry(f"{name}: {field} is {payload.get(field, 'missing')!r}")


def counted_by(fold: str) -> frozenset[str]:
    """Return the kinds that this fold of the reports reads."""
    return frozenset(name for name, declared in KINDS.items() if declared.counts == fold)
