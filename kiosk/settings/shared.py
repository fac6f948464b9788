"""Which settings are shared by all tablets of a centre. The others belong to one tablet: screen, loudspeaker, printers,
folders."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

#: Key prefixes of settings that belong to one tablet.
OWN = (
    "screen.",
    "sound.",
    "printers.",
    "camera.",
    "backup.",
    "delivery.",
    "reports.",
    "staff.",
    "centre.timezone",
    "centre.logo",
    "goods.picture_folder",
    "calendar.folder",
)
#: Subject of the journal entries about settings.
SUBJECT = "centre"


def said(changes: Mapping[str, Any], *, joined: bool) -> dict[str, Any]:
    """Return the journal payload of changes: their keys, and, once the tablet has joined a hub, the values of shared
    settings. The setup before joining is not shared."""
    values = {key: plain(value) for key, value in changes.items() if joined and not key.startswith(OWN)}
    return {"keys": sorted(changes)} | ({"settings": SUBJECT, "values": values} if values else {})


def read(payload: str) -> dict[str, Any]:
    """Return the values in a journal payload as TOML values; None for a closed date."""
    values = json.loads(payload).get("values")
    found = values.items() if isinstance(values, dict) else ()
    return {key: from_plain(value) for key, value in found if not key.startswith(OWN)}


def plain(value: Any) -> Any:
    """Return a setting's value as a JSON value."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def from_plain(value: Any) -> Any:
    """Inverse of `plain`."""
    if isinstance(value, dict):
        return date.fromisoformat(value["date"])
    return [from_plain(one) for one in value] if isinstance(value, list) else value
