"""Settings: one TOML file, declared once in `entries`. No file at all is fine."""

from .toml_reader import BadSettings, default_toml, load
from .values import GatheringSetting, ProjectSetting, Settings

__all__ = ["FILE", "BadSettings", "GatheringSetting", "ProjectSetting", "Settings", "default_toml", "load"]

#: Name of the settings file inside the data folder, used when no other is named.
FILE = "settings.toml"
