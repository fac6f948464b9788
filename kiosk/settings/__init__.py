"""Settings: one TOML file, each declared once, a field of the value it becomes. No file at all is fine."""

from __future__ import annotations

from pathlib import Path

from .rows import GatheringSetting, ProjectSetting
from .toml_reader import BadSettings, default_toml, load
from .values import Settings

__all__ = [
    "FILE",
    "BadSettings",
    "GatheringSetting",
    "ProjectSetting",
    "Settings",
    "default_toml",
    "load",
    "read_settings",
]

#: Name of the settings file inside the data folder, used when no other is named.
FILE = "settings.toml"


def read_settings(folder: Path, file: Path | None) -> Settings:
    """Return the settings of `file`, else those in the data folder, else the defaults."""
    own = folder / FILE
    return load(file or (own if own.exists() else None))
