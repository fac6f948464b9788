"""Which settings are the centre's: set on one of its tablets, they hold on all. Others are of the tablet itself: its
screen, its loudspeaker, its printers, its folders."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

#: What begins so is the tablet's own.
OWN = (
    "screen.",
    "sound.",
    "printers.",
    "camera.",
    "backup.",
    "reports.",
    "staff.",
    "centre.timezone",
    "centre.logo",
    "goods.picture_folder",
    "calendar.folder",
)
#: What the journal's entries about settings are about.
SUBJECT = "centre"


def said(changes: Mapping[str, Any], *, joined: bool) -> dict[str, Any]:
    """Return what the journal says of changes: their keys, and the values of those that are the centre's, once the tablet
    belongs to others: how it was set up before does not change them."""
    values = {key: plain(value) for key, value in changes.items() if joined and not key.startswith(OWN)}
    return {"keys": sorted(changes)} | ({"settings": SUBJECT, "values": values} if values else {})


def read(payload: str) -> dict[str, Any]:
    """Return the values that an entry of the journal says, as TOML has them; None for a day that is closed."""
    values = json.loads(payload).get("values")
    found = values.items() if isinstance(values, dict) else ()
    return {key: from_plain(value) for key, value in found if not key.startswith(OWN)}


def plain(value: Any) -> Any:
    """Return a setting's value as JSON has it."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def from_plain(value: Any) -> Any:
    """Return what `plain` made plain."""
    if isinstance(value, dict):
        return date.fromisoformat(value["date"])
    return [from_plain(one) for one in value] if isinstance(value, list) else value
