"""Settings: one TOML file, optional. Each setting is declared once, as a field of the named tuple it is read into."""

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

#: Default name of the settings file, inside the data folder.
FILE = "settings.toml"


def read_settings(folder: Path, file: Path | None) -> Settings:
    """Return the settings of `file`, else those in the data folder, else the defaults."""
    own = folder / FILE
    return load(file or (own if own.exists() else None))
