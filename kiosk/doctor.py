"""The doctor: looks at everything the kiosk needs and says in words what is not well."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from kiosk.settings import read_settings

from .data.migrations import latest
from .errors import KioskError
from .files.resources import asset, font, icon_font
from .journal import Store
from .journal.entries import verify_chain
from .language.speech import Speech
from .language.translation import LANGUAGES, TONGUES, Language
from .startup import sdl_preload
from .reports.logo import load_logo

#: Free space below which pictures and backups soon fail, bytes.
LEAST_FREE = 500 * 1024 * 1024


@dataclass(frozen=True)
class Check:
    """One thing looked at; `detail` says what was found, and what to do when it is not `ok`."""

    name: str
    ok: bool
    detail: str


def examine(folder: Path, settings_file: Path | None) -> list[Check]:
    """Look at the program, the settings and the data in `folder`."""
    checks = [
        _check("python", _python),
        _check("sqlite", _sqlite),
        _check("screen", _screen),
        _check("fonts", _fonts),
        _check("pictures of the program", _art),
        _check("languages", _languages),
        _check("voice", _voice),
        _check("settings", lambda: _settings(folder, settings_file)),
        _check("logos", lambda: _logos(folder, settings_file)),
        _check("free space", lambda: _space(folder)),
        _check("database", lambda: _database(folder)),
    ]
    return checks


def _check(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except (KioskError, OSError, ValueError, LookupError, sqlite3.Error) as error:
        return Check(name, False, str(error))


def _python() -> str:
    version = ".".join(map(str, sys.version_info[:3]))
    if not (3, 11) <= sys.version_info < (3, 14):
        raise ValueError(f"Python {version}; the screen needs 3.11 to 3.13")
    return version


def _sqlite() -> str:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5 (w, tokenize='trigram')")
    db.close()
    return f"{sqlite3.sqlite_version} with trigram search"


def _screen() -> str:
    if find_spec("kivy") is None:
        raise ValueError("Kivy is not installed: install the program again")
    sdl_preload.need_libraries()
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return f"Kivy is there; display {display}" if display else "Kivy is there; this shell has no display"


def _fonts() -> str:
    for file in (font("Medium"), font("Bold"), font("ExtraBold"), icon_font()):
        if not file.is_file():
            raise ValueError(f"{file.name} is missing: install the program again")
    return "all there"


def _art() -> str:
    count = len(list(asset("art").glob("*")))
    if count == 0:
        raise ValueError("none: install the program again")
    return f"{count}"


def _languages() -> str:
    for code in ("fi", "uk", *LANGUAGES):
        try:
            Language(code)
        except (OSError, KeyError) as error:
            raise ValueError(f"{code} is missing: install the program again") from error
    return ", ".join(LANGUAGES.values())


def _voice() -> str:
    if not Speech().can_speak:
        raise ValueError("none, so nothing can be read aloud: install the package espeak-ng")
    return "espeak-ng: " + ", ".join(sorted({tongue.voice for tongue in TONGUES.values()}))


def _settings(folder: Path, settings_file: Path | None) -> str:
    settings = read_settings(folder, settings_file)
    return f"{settings.centre.name}, {', '.join(settings.centre.languages)}"


def _logos(folder: Path, settings_file: Path | None) -> str:
    files = [project.logo for project in read_settings(folder, settings_file).projects if project.logo]
    for file in files:
        load_logo(file)
    return f"{len(files)} for reports"


def _space(folder: Path) -> str:
    place = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(place).free
    text = f"{free / 1024**3:.1f} GiB"
    if free < LEAST_FREE:
        raise ValueError(f"only {text} left: make room")
    return text


def _database(folder: Path) -> str:
    store = Store.open(folder)
    try:
        entries = verify_chain(store.db)
        if not store.recipients():
            raise ValueError("no key to seal requests to: requests for help cannot be taken")
        return f"version {store.version} of {latest()}, {entries} journal entries, the chain holds"
    finally:
        store.close()
