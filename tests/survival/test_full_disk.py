"""The window opens on a disk that takes nothing, and says so."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageGrab

from kiosk.files import reserve
from kiosk.journal import Store
from tests.end_to_end.visitor import ROOT, SETTINGS
from tests.services.conftest import NOW
from tests.small_disk import fill, small_disk, turn

PATIENCE = 90.0
SIZE = (800, 600)


class Program:
    """`kiosk run` in a window on a display of its own, seen through the probe and on the glass."""

    def __init__(self, display: str, folder: Path, tmp_path: Path) -> None:
        self.display, self.probe = display, tmp_path / "probe.json"
        (tmp_path / "settings.toml").write_text(SETTINGS, encoding="utf-8")
        path = os.pathsep.join([str(ROOT / "tests" / "end_to_end" / "probe"), str(ROOT)])
        more = {
            "DISPLAY": display,
            "KIVY_HOME": str(tmp_path / "kivy"),
            "PYTHONPATH": path,
            "KIOSK_PROBE": str(self.probe),
        }
        command = [sys.executable, "-m", "kiosk", "run", "--windowed", "x".join(map(str, SIZE)), "--data", str(folder)]
        self.log = (tmp_path / "kiosk.log").open("w+")
        self.process = subprocess.Popen(
            [*command, "--settings", str(tmp_path / "settings.toml")],
            env=os.environ | more, cwd=tmp_path, stdout=self.log, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.log.close()

    def seen(self) -> dict[str, Any]:
        """Return what the probe saw last: the name of the screen and its widgets."""
        assert self.process.poll() is None, Path(self.log.name).read_text()
        try:
            found: dict[str, Any] = json.loads(self.probe.read_text())
        except FileNotFoundError:
            return {"screen": "", "widgets": []}
        return found

    def wait(self, words: str) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            seen = self.seen()
            if any(words in widget["text"] for widget in seen["widgets"]):
                return seen
            time.sleep(0.1)
        raise AssertionError(f"{words!r} is not seen: {[widget['text'] for widget in self.seen()['widgets']]}")

    def drawn(self) -> bool:
        """Wait until the glass has many colours; a window that is never drawn has one."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            picture = ImageGrab.grab(xdisplay=self.display).convert("RGB").crop((0, 0, *SIZE))
            if len(picture.getcolors(SIZE[0] * SIZE[1])) > 50:
                return True
            time.sleep(0.1)
        return False


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 12 MB with a kiosk's data in the folder `data`."""
    with small_disk(tmp_path / "disk", 12) as place:
        Store.create(tmp_path / "data", now=NOW).close()
        shutil.copytree(tmp_path / "data", place / "data", ignore=shutil.ignore_patterns(reserve.FILE))
        yield place


@pytest.fixture
def run(disk: Path, tmp_path: Path) -> Iterator[Any]:
    from tests.display import start_display

    display, stop = start_display((1280, 800))
    running: list[Program] = []

    def start() -> Program:
        running.append(Program(display, disk / "data", tmp_path))
        return running[-1]

    yield start
    for program in running:
        program.end()
    stop()


def test_a_full_disk_is_said_on_the_screen(disk: Path, run: Any) -> None:
    fill(disk)
    program = run()
    seen = program.wait("laitteen muisti on täynnä")
    assert any("Welcome" in widget["text"] for widget in seen["widgets"])
    assert program.drawn()
    assert program.process.poll() is None


def test_a_disk_that_is_only_read_is_said_on_the_screen(disk: Path, run: Any) -> None:
    turn(disk, "ro")
    program = run()
    program.wait("laitteen muistiin ei voi kirjoittaa")
    assert program.drawn()
    assert program.process.poll() is None


def test_the_reserve_opens_the_kiosk_itself_on_a_full_disk(disk: Path, run: Any) -> None:
    (disk / "data" / reserve.FILE).write_bytes(os.urandom(reserve.SIZE))
    fill(disk)
    program = run()
    seen = program.wait("Tervetuloa uuteen kioskiin")
    assert (seen["screen"], program.drawn()) == ("setup_language", True)
    assert not (disk / "data" / reserve.FILE).exists()
