"""The doctor: checks everything the kiosk needs and reports problems in words."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from kiosk.settings import read_settings

from . import clock
from .data.migrations import latest
from .data.store import FILE
from .errors import KioskError
from .files.atomic import write_atomic
from .files.resources import asset, font, icon_font
from .journal import Store
from .journal.entries import verify_chain
from .language import sound
from .language.speech import Speech
from .language.translation import LANGUAGES, TONGUES, Language
from .printing.lines import AddressKind
from .printing.printers import parse_address, status
from .reports.logo import load_logo
from .startup import sdl_preload

#: Free bytes below which pictures and backups will soon fail.
LEAST_FREE = 500 * 1024 * 1024
#: A clock this far behind the newest entry is wrong; less may be the skew of another tablet.
CLOCK_BEHIND = timedelta(minutes=10)
#: Address schemes of printers with a status query.
ASKED = (AddressKind.TCP, AddressKind.USB, AddressKind.SERIAL)

#: The kernel's list of swap areas: a header line, then one a line.
SWAPS = Path("/proc/swaps")


@dataclass(frozen=True)
class Check:
    """One check; `detail` is the finding, with the remedy if it is not `ok`."""

    name: str
    ok: bool
    detail: str


def examine(folder: Path, settings_file: Path | None) -> list[Check]:
    """Check the program, the settings and the data in `folder`."""
    checks = [
        _check("python", _python),
        _check("sqlite", _sqlite),
        _check("screen", _screen),
        _check("fonts", _fonts),
        _check("pictures of the program", _art),
        _check("languages", _languages),
        _check("voice", _voice),
        _check("sound", lambda: _sound(folder, settings_file)),
        _check("swap", _swap),
        _check("settings", lambda: _settings(folder, settings_file)),
        _check("logos", lambda: _logos(folder, settings_file)),
        _check("free space", lambda: _space(folder)),
        _check("writing", lambda: _writing(folder)),
        _check("database", lambda: _database(folder)),
        _check("clock", lambda: _clock(folder)),
        *_printers(folder, settings_file),
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


def _sound(folder: Path, settings_file: Path | None) -> str:
    return sound.check(read_settings(folder, settings_file).sound.volume)


def _swap() -> str:
    """Check that no swap is on a disk; compressed memory (zram) is allowed."""
    lines = SWAPS.read_text(encoding="utf-8").splitlines()[1:]
    if disks := [line.split()[0] for line in lines if not line.startswith("/dev/zram")]:
        raise ValueError(
            f"{', '.join(disks)}: what is typed may land on the disk; run deploy/install, or: swapoff --all"
        )
    return "none"


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


def _writing(folder: Path) -> str:
    if not folder.is_dir():
        raise ValueError(f"{folder} is not there: kiosk init")
    probe = folder / ".doctor"
    write_atomic(probe, os.urandom(64 * 1024), private=True)
    probe.unlink()
    return "a file was written, brought to the disk and removed"


def _clock(folder: Path) -> str:
    """Check the clock against the newest entry: with a dead battery it is behind, and dates and deadlines are wrong."""
    now = clock.utc_now()
    newest = _newest_entry(folder)
    shown = f"{now:%Y-%m-%d %H:%M} UTC"
    if newest is not None and now < newest - CLOCK_BEHIND:
        raise ValueError(f"it says {shown}, but something was written at {newest:%Y-%m-%d %H:%M} UTC: set the clock")
    if newest is None:
        return shown
    return f"{shown}, {(now - newest).days} days after the newest entry"


def _newest_entry(folder: Path) -> datetime | None:
    """Return the time of the newest journal entry; opened read-only, so that it works on a read-only disk."""
    if not (folder / FILE).is_file():
        return None
    for how in ("mode=ro", "mode=ro&immutable=1"):
        try:
            with closing(sqlite3.connect(f"{(folder / FILE).absolute().as_uri()}?{how}", uri=True)) as db:
                [(text,)] = db.execute("SELECT max(time) FROM journal").fetchall()
            return clock.parse(text) if text else None
        except sqlite3.Error:
            continue
    return None


def _printers(folder: Path, settings_file: Path | None) -> list[Check]:
    """Query the status of each printer in the settings."""
    try:
        printers = read_settings(folder, settings_file).printers
    except (KioskError, OSError):
        return []  # reported by the check of the settings
    found = {"receipt printer": printers.receipt, "label printer": printers.label}
    return [_check(name, lambda address=address: _printer(address)) for name, address in found.items() if address]  # type: ignore[misc]


def _printer(text: str) -> str:
    address = parse_address(text)
    status(address)
    return f"{text} answers" if address.kind in ASKED else f"{text} is there; it cannot be asked"


def _database(folder: Path) -> str:
    store = Store.open(folder)
    try:
        entries = verify_chain(store.db)
        if not store.recipients():
            raise ValueError("no key to seal requests to: requests for help cannot be taken")
        return f"version {store.version} of {latest()}, {entries} journal entries, the chain holds"
    finally:
        store.close()
