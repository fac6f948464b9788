"""Reads the settings file, with the line of errors; writes one with all defaults."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from kiosk.errors import N_, KioskError
from kiosk.language.translation import LANGUAGES

from .declaration import Setting
from .schema import ENTRIES, GROUPS, OPEN_BY_DEFAULT, SECTIONS
from .validators import DAYS, Wrong, hours
from .values import Settings

#: Obsolete settings of earlier versions, which are ignored.
RETIRED = frozenset({"wishes.hold_hours"})
#: Settings of earlier versions, and those that have their value now while they are empty.
RENAMED = {"public.address": "centre.address", "public.phone": "centre.phone"}


class BadSettings(KioskError):
    """The settings file is invalid; has line and key."""

    default = N_("{file} line {line}: {key}: {reason}")


def default_toml() -> str:
    """Return the text of a settings file with every setting, its default and its help."""
    lines = ["# Settings of the Lumijobi kiosk. Everything here is the default; change what you like.", ""]
    top = [entry for entry in ENTRIES if "." not in entry.key]
    lines += [f"{entry.key} = {entry.default}  # {entry.help}" for entry in top]
    section = ""
    for entry in ENTRIES:
        part, _, key = entry.key.rpartition(".")
        if not part:
            continue
        if part != section:
            section = part
            lines += ["", f"[{part}]"]
        shut = "# " if part == "opening" and key not in OPEN_BY_DEFAULT else ""
        lines.append(f"{shut}{key} = {entry.default}  # {entry.help}")
    for name, part_of in SECTIONS.items():
        for row in part_of.rows:
            lines += ["", f"[[{name}]]"]
            lines += [f"{entry.key} = {row.get(entry.key, entry.default)}  # {entry.help}" for entry in part_of.entries]
        if not part_of.rows:
            lines += ["", f"# [[{name}]]"]
            lines += [f"# {entry.key} = {entry.default}  # {entry.help}" for entry in part_of.entries]
    return "\n".join(lines) + "\n"


def load(path: Path | None) -> Settings:
    """Read the settings file `path`; None gives the defaults. Raises BadSettings with line and key."""
    return read(default_toml(), "settings") if path is None else read(file_text(path), path.name)


def file_text(path: Path) -> str:
    """Return the text of the file. Raises BadSettings."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadSettings(file=path.name, line=0, key="-", reason=error.strerror or "cannot be read") from None
    except UnicodeDecodeError:
        raise BadSettings(file=path.name, line=0, key="-", reason="is not a text file in UTF-8") from None


def read(text: str, file: str) -> Settings:
    """Parse the text of a `file` into settings. Raises BadSettings with line and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"\(at line (\d+)", str(error))
        line = int(match[1]) if match else text.count("\n") + 1
        bad = text.split("\n")[line - 1]
        key = bad.partition("=")[0].strip() or "-"
        raise BadSettings(file=file, line=line, key=key, reason=str(error).partition(" (at")[0]) from None
    except RecursionError:
        raise BadSettings(file=file, line=0, key="-", reason="has too many brackets inside one another") from None
    known = {entry.key: entry for entry in ENTRIES}
    values: dict[str, Any] = {}
    for key, value in flat(data).items():
        if key.partition(".")[0] in SECTIONS:
            continue
        if key in RETIRED:
            continue
        if key not in known:
            import difflib  # slow to import, and needed only for errors

            near = difflib.get_close_matches(key, [*known, *SECTIONS], 1)
            reason = "is not a setting" + (f"; did you mean {near[0]}?" if near else "")
            raise BadSettings(file=file, line=_line(text, key), key=key, reason=reason)
        values[key] = _checked(known[key], value, key, file, text)
    if not any(key.startswith("opening.") for key in values):
        values |= {f"opening.{day}": hours("10:00-16:00") for day in OPEN_BY_DEFAULT}
    rows = {name: _rows(name, data.get(name, default_rows(name)), file, text) for name in SECTIONS}
    settings = _settings(values, rows)
    if settings.centre.default_language not in settings.centre.languages:
        key = "centre.default_language"
        raise BadSettings(file=file, line=_line(text, key), key=key, reason="must be one of centre.languages")
    return settings


def default_rows(section: str) -> list[dict[str, Any]]:
    """Return the default rows of a repeated section, as TOML values."""
    part = SECTIONS[section]
    texts = (
        "\n".join(f"{entry.key} = {row.get(entry.key, entry.default)}" for entry in part.entries) for row in part.rows
    )
    return [tomllib.loads(text) for text in texts]


def _rows(section: str, rows: Any, file: str, text: str) -> tuple[Any, ...]:
    part = SECTIONS[section]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadSettings(file=file, line=_line(text, section), key=section, reason=f"begins with [[{section}]]")
    known = {entry.key: entry for entry in part.entries}
    found: dict[tuple[Any, ...], Any] = {}
    for number, row in enumerate(rows):
        unknown = next((key for key in row if key not in known), None)
        missing = next((key for key, entry in known.items() if entry.needed and key not in row), None)
        if unknown or missing:
            key = unknown or str(missing)
            reason = f"is not a setting of a {part.word}" if unknown else f"is missing from a {part.word}"
            line = _line(text, key, (section, number))
            raise BadSettings(file=file, line=line, key=f"{section}.{key}", reason=reason)
        values = {key: _checked(known[key], value, key, file, text, (section, number)) for key, value in row.items()}
        is_one = tuple(values[key] for key in part.unique)
        if is_one in found:
            line = _line(text, part.unique[0], (section, number))
            raise BadSettings(file=file, line=line, key=f"{section}.{part.unique[0]}", reason="is there twice")
        found[is_one] = part.row(**values)
    return tuple(found.values())


def _checked(entry: Setting, value: Any, key: str, file: str, text: str, row: tuple[str, int] | None = None) -> Any:
    try:
        return entry.check(value)
    except Wrong as error:
        name = key if row is None else f"{row[0]}.{key}"
        raise BadSettings(file=file, line=_line(text, key, row), key=name, reason=str(error)) from None


def flat(data: dict[str, Any]) -> dict[str, Any]:
    """Return every value by its key with the section, as it is called now; a repeated section is one value."""
    found: dict[str, Any] = {}
    for key, value in data.items():
        found |= {f"{key}.{inner}": one for inner, one in value.items()} if isinstance(value, dict) else {key: value}
    for old, new in RENAMED.items():
        if old in found:
            value = found.pop(old)
            found[new] = found.get(new) or value
    return found


def _line(text: str, key: str, row: tuple[str, int] | None = None) -> int:
    """Return the line of `text` with `key` (in the n-th row of a section, from 0)."""
    section, seen = "", -1
    for number, line in enumerate(text.splitlines(), 1):
        head = re.match(r"\s*\[\[?\s*([\w.-]+)\s*\]", line)
        if head:
            section = head[1].partition(".")[0]
            if row is None and head[1] == key:
                return number
            seen += row is not None and line.strip().startswith(f"[[{row[0]}]]")
            if row is not None and seen == row[1] and head[1] == f"{row[0]}.{key}":
                return number
            continue
        name = line.partition("=")[0].strip()
        full = name if not section else f"{section}.{name}"
        if row is None and key in (full, full.partition(".")[0] if not section else full):
            return number
        if row is not None and section == row[0] and seen == row[1] and name == key:
            return number
    return 1


def _settings(values: dict[str, Any], rows: dict[str, tuple[Any, ...]]) -> Settings:
    made: dict[str, Any] = {name: group(**_part(values, f"{name}.")) for name, group in GROUPS.items()}
    opening = {number: values[f"opening.{day}"] for number, day in enumerate(DAYS) if f"opening.{day}" in values}
    message = {code: values[f"message.{code}"] for code in LANGUAGES if values.get(f"message.{code}")}
    sections = made | rows
    return Settings(opening=opening, message=message, closed=frozenset(values.get("closed", ())), **sections)


def _part(values: dict[str, Any], section: str) -> dict[str, Any]:
    return {key.removeprefix(section): value for key, value in values.items() if key.startswith(section)}
