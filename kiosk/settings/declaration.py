"""How a setting is declared: as a field of a named tuple, with what it takes, its default and its help.

class TicketRules(NamedTuple):
    limit: int = setting(is_.whole(1, 20), "3", "valid tickets one visitor may have")
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

Values = TypeVar("Values", bound=tuple[Any, ...])


class Setting(NamedTuple):
    """One setting: `key` with its section, what it takes, its default as TOML, and a word of help; what the coordinator
    sets on the screen has a `name` there. A row of a section must have what is `needed`: the default only shows how it is
    written."""

    key: str
    check: Callable[[Any], Any]
    default: str
    help: str
    name: str = ""
    needed: bool = False


def setting(check: Callable[[Any], Any], default: str, help: str, name: str = "", *, needed: bool = False) -> Any:
    """Declare a field of a named tuple that is `declared`; what is needed comes first."""
    return Setting("", check, default, help, name, needed)


def declared(values: type[Values]) -> type[Values]:
    """Give the fields of a named tuple the defaults their settings say, and those that are needed none."""
    optional = [entry for entry in settings_of(values) if not entry.needed]
    plain = tomllib.loads("\n".join(f"{entry.key} = {entry.default}" for entry in optional))
    values.__new__.__defaults__ = tuple(entry.check(plain[entry.key]) for entry in optional)
    return values


def settings_of(values: type[tuple[Any, ...]], section: str = "") -> tuple[Setting, ...]:
    """Return what the fields of a named tuple declare, their keys with the section."""
    fields: dict[str, Setting] = values._field_defaults  # type: ignore[attr-defined]
    return tuple(entry._replace(key=f"{section}.{key}" if section else key) for key, entry in fields.items())
