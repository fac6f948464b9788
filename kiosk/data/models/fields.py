"""Field types: how Python values are stored in SQLite columns."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from peewee import TextField

from kiosk import clock
from kiosk.codes.codes import Code


class CodeField(TextField):
    """A code as it is stored <-> Code."""

    def python_value(self, value: Any) -> Any:
        return None if value is None else Code(value)


class UtcField(TextField):
    """Aware UTC datetime <-> "2026-11-24T12:05:00.000000Z"."""

    def db_value(self, value: Any) -> Any:
        return clock.utc_text(value) if isinstance(value, datetime) else value

    def python_value(self, value: Any) -> Any:
        return None if value is None else clock.parse(value)


class DayField(TextField):
    """Date <-> "2026-11-24"."""

    def db_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: Any) -> Any:
        return None if value is None else date.fromisoformat(value)


class JsonField(TextField):
    """Plain dicts and lists <-> JSON text."""

    def db_value(self, value: Any) -> Any:
        return None if value is None else canonical_json(value)

    def python_value(self, value: Any) -> Any:
        return None if value is None else json.loads(value)


_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical_json(value: object) -> str:
    """Return the canonical JSON text of `value`: sorted keys, no spaces, characters unescaped."""
    return _canonical.encode(value)
