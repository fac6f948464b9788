"""The row of a thing as its entries say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from peewee import FloatField, TextField

from kiosk.data.models import JsonField
from kiosk.journal.entries import Told
from kiosk.journal.kinds.declaration import PAYLOAD_ONLY, Values
from kiosk.vocabulary.states import Owner, RequestStatus

from .projection_rules import ProjectionRule


@dataclass(slots=True)
class ThingRow:
    """A thing to be projected: whether it has a row (`known`), and its entries."""

    thing: str
    rule: ProjectionRule
    subject: str
    known: bool
    told: list[Told]

    def entries(self) -> list[Told]:
        """Return the entries that change it."""
        besides = self.rule.local if self.known else ""
        return [entry for entry in self.told if entry[4] != besides]

    def values(self, entries: list[Told]) -> Values:
        """Return its columns after the entries, and the photos of an item."""
        row: Values = {}
        changed: set[str] = set()
        over, had = False, set[Any]()
        columns = self.rule.columns
        for _id, kind, at, payload, _who in entries:
            said, effect = json.loads(payload), self.rule.effects.get(kind, PAYLOAD_ONLY)
            if not effect.own:
                continue
            if self.known and kind == "gathering.set" and said["owner"] == Owner.SETTINGS:
                # Each tablet creates the row from its settings; only changes made at the desk are sent.
                changed |= {*said["changes"], "changes"}
                said = {name: said[name] for name in changed}
            if effect.once:
                value = said.pop(effect.once) if said[effect.once] in had else said[effect.once]
                had.add(value)
            state = {"state": row["state"]} if over else {}
            row |= {name: value for name, value in said.items() if name in columns}
            row |= (effect.columns(said, at) if effect.columns is not None else {}) | state
            over |= effect.final
        if row.get("erased"):
            row["status"] = RequestStatus.CLOSED  # an erased request stays closed, whatever entries follow
        return row


def typed(model: Any, row: Values) -> Values:
    """Return the values as their columns store them. Raises ValueError when one is not of the column's type: SQLite
    would store it, and a screen would fail."""
    found: Values = {}
    for column, value in row.items():
        kind = model._meta.columns[column]
        found[column] = value
        if value is None or isinstance(kind, JsonField):
            continue
        if isinstance(kind, TextField):
            right = isinstance(value, str)
            if right:
                kind.python_value(value)  # dates and times are stored as text
        else:
            right = isinstance(value, int | float) and (isinstance(kind, FloatField) or value == int(value))
            found[column] = kind.adapt(value) if right else value
        if not right:
            raise ValueError(f"{column}: {value!r}")
    return found
