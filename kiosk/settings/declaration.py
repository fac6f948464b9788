"""The declaration of a setting: a field of a named tuple, with its validator, default and help text.

class TicketRules(NamedTuple):
    limit: int = setting(is_.whole(1, 20), "3", "valid tickets one visitor may have")
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

Values = TypeVar("Values", bound=tuple[Any, ...])


class Setting(NamedTuple):
    """One setting: `key` with its section, validator, default as TOML, help text; `name` is its name on the settings
    screen, if it is there. `needed`: rows of a repeated section must have it, and the default is only an example."""

    key: str
    check: Callable[[Any], Any]
    default: str
    help: str
    name: str = ""
    needed: bool = False


def setting(check: Callable[[Any], Any], default: str, help: str, name: str = "", *, needed: bool = False) -> Any:
    """Declare a field of a `declared` named tuple; needed fields come first."""
    return Setting("", check, default, help, name, needed)


def declared(values: type[Values]) -> type[Values]:
    """Class decorator: set the fields' defaults from their settings; needed fields get none."""
    optional = [entry for entry in settings_of(values) if not entry.needed]
    plain = tomllib.loads("\n".join(f"{entry.key} = {entry.default}" for entry in optional))
    values.__new__.__defaults__ = tuple(entry.check(plain[entry.key]) for entry in optional)
    return values


def settings_of(values: type[tuple[Any, ...]], section: str = "") -> tuple[Setting, ...]:
    """Return the settings declared by a named tuple, with the section in their keys."""
    fields: dict[str, Setting] = values._field_defaults  # type: ignore[attr-defined]
    return tuple(entry._replace(key=f"{section}.{key}" if section else key) for key, entry in fields.items())
