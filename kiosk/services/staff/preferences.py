"""Settings changed on the screen, written to the settings file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.journal import Store
from kiosk.services.rights import SYSTEM, needs
from kiosk.settings import FILE, Settings
from kiosk.settings.schema import ENTRIES
from kiosk.settings.shared import said
from kiosk.settings.toml_reader import BadSettings
from kiosk.settings.toml_writer import AlwaysClosed, change, change_target, default_values, values
from kiosk.settings.validators import targets

_CHECKS = {entry.key: entry.check for entry in ENTRIES}


class PreferenceService:
    """Reads and writes `file`, by default the settings file in the data folder. Values are TOML values."""

    def __init__(self, store: Store, settings: Settings, *, file: Path | None = None) -> None:
        self._store = store
        self.file = file or store.folder / FILE

    def values(self) -> dict[str, Any]:
        """Return all scalar settings by key, without the closed dates. Raises BadSettings."""
        return values(self.file)

    def check(self, key: str, value: Any) -> None:
        """Raise Wrong with the reason when `value` is not valid for `key`."""
        _CHECKS[key](value)

    def check_target(self, indicator: str, target: int | None) -> None:
        """Raise Wrong with the reason when `target` is not valid for an indicator of a project; None is no target."""
        targets({} if target is None else {indicator: target})

    @needs("settings")
    def change(self, *, changes: Mapping[str, Any], now: datetime, who: str) -> Settings:
        """Write `changes`; returns the new settings. Raises as `kiosk.settings.toml_writer.change` does; then nothing
        has changed."""
        with self._store.write(now) as journal:
            journal.append("settings.changed", who, said(changes, joined=self._store.joined))
            return change(self.file, changes)

    @needs("settings")
    def set_target(self, *, project: str, indicator: str, target: int | None, now: datetime, who: str) -> Settings:
        """Write what the funder of a project expects of an indicator, None for nothing; returns the new settings. Raises
        UnknownProject, and as `change`."""
        with self._store.write(now) as journal:
            journal.append("settings.changed", who, {"keys": ["projects.targets"]})
            return change_target(self.file, project=project, indicator=indicator, target=target)

    @needs(SYSTEM)
    def take(self, changes: Mapping[str, Any]) -> tuple[Settings, frozenset[str]]:
        """Write `changes` of another tablet of the centre; returns the new settings and the keys that were unknown or
        invalid here. Raises as `change` does for the file and the disk."""
        try:
            return change(self.file, changes), frozenset()
        except (BadSettings, AlwaysClosed):
            left = set()
        for key, value in changes.items():
            try:
                change(self.file, {key: value})
            except (BadSettings, AlwaysClosed):
                left.add(key)
        return change(self.file, {}), frozenset(left)

    @needs("settings")
    def reset(self, *, key: str, now: datetime, who: str) -> Settings:
        """Remove a setting from the file, so that its default applies; otherwise as `change`."""
        return self.change(changes={key: default_values().get(key)}, now=now, who=who)
