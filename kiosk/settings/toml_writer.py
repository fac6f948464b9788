"""Edits the settings file and preserves comments, order and white space."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import tomlkit

from kiosk.errors import N_, KioskError, UnknownProject
from kiosk.files.atomic import atomic_file
from kiosk.files.storage_errors import storage_errors

from .schema import OPEN_BY_DEFAULT
from .toml_reader import RENAMED, BadSettings, default_toml, file_text, flat, read
from .values import Settings


class AlwaysClosed(KioskError):
    default = N_("The centre must be open on at least one day of the week.")


def default_values() -> dict[str, Any]:
    """Return the default of every scalar setting as a TOML value, without closed dates."""
    return flat(tomllib.loads(default_toml()))


def values(path: Path) -> dict[str, Any]:
    """Return every scalar setting as a TOML value: from the file, else the default. Raises BadSettings."""
    text = file_text(path) if path.exists() else default_toml()
    read(text, path.name)
    own, plain = flat(tomllib.loads(text)), default_values()
    if any(key.startswith("opening.") for key in own):
        plain = {key: value for key, value in plain.items() if not key.startswith("opening.")}
    return plain | own


def change(path: Path, changes: Mapping[str, Any]) -> Settings:
    """Write `changes` to the file, which is created if missing; returns the new settings.

    A change is a key and a TOML value, None for a closed date. Raises BadSettings for a file that is already invalid or
    a value that fails validation, AlwaysClosed, DiskFull, ReadOnlyFolder and StorageTrouble; then the file is
    unchanged.
    """
    changes = {RENAMED.get(key, key): value for key, value in changes.items()}
    return _rewritten(path, lambda text: _changed(text, changes), lambda text: _check_kept(text, changes, path.name))


def change_target(path: Path, *, project: str, indicator: str, target: int | None) -> Settings:
    """Write the target of an indicator of the project with this number, None for no target; otherwise as `change`.
    Raises UnknownProject."""

    def changed(text: str) -> str:
        document: Any = tomlkit.parse(text)
        row = next((one for one in document.get("projects", ()) if one["number"] == project), None)
        if row is None:
            raise UnknownProject(project=project)
        targets = row.setdefault("targets", tomlkit.inline_table())
        if target is None:
            targets.pop(indicator, None)
        else:
            targets[indicator] = target
        return tomlkit.dumps(document)

    return _rewritten(path, changed, lambda text: None)


def _rewritten(path: Path, edit: Callable[[str], str], check: Callable[[str], None]) -> Settings:
    """Write the edited and checked text of the file; returns its settings."""
    before = file_text(path) if path.exists() else default_toml()
    read(before, path.name)
    text = edit(before)
    settings = read(text, path.name)
    check(text)
    target = path.resolve()  # preserve a symbolic link
    with storage_errors(), atomic_file(target) as file:
        file.write(text.encode())
        if target.exists():
            os.fchmod(file.fileno(), target.stat().st_mode & 0o777)
    return settings


def _changed(text: str, changes: Mapping[str, Any]) -> str:
    document = tomlkit.parse(text)
    if any(key.startswith("opening.") for key in changes) and not document.get("opening"):
        changes = {f"opening.{day}": default_values()[f"opening.{day}"] for day in OPEN_BY_DEFAULT} | dict(changes)
    for key, value in changes.items():
        section, _, name = key.rpartition(".")
        if section and section not in document:
            document[section] = tomlkit.table()
        part: Any = document[section] if section else document
        if value is None:
            part.pop(name, None)
        else:
            part[name] = value
    for old in (old for old, new in RENAMED.items() if new in changes):
        section, _, name = old.rpartition(".")
        document.get(section, {}).pop(name, None)
    if "opening" in document and not document["opening"]:
        raise AlwaysClosed()
    return tomlkit.dumps(document)


def _check_kept(text: str, changes: Mapping[str, Any], file: str) -> None:
    kept = flat(tomllib.loads(text))
    for key, value in changes.items():
        if kept.get(key) != value:
            raise BadSettings(file=file, line=0, key=key, reason="could not be written")
