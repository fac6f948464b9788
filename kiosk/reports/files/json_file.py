"""A report as JSON, for other programs: figures as numbers, suppressed ones as their signs."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from kiosk import clock
from kiosk.reports.model import Report


def to_bytes(report: Report) -> bytes:
    """Return the report as JSON text in UTF-8."""
    return (json.dumps(asdict(report), ensure_ascii=False, indent=2, default=plain) + "\n").encode()


def plain(value: Any) -> Any:
    """Convert what JSON has no type for to text or number, for `json.dumps`."""
    if isinstance(value, datetime):
        return clock.utc_text(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(map(plain, value))
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"no JSON for {type(value).__name__}")
