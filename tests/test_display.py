"""Where nobody would see the window the program says so, and the demonstration fits the screen it opens on."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kiosk import clock
from kiosk.cli.run import fitting
from kiosk.doctor import examine
from kiosk.safe_mode.crash_log import MOST
from kiosk.startup import sdl_preload
from tests.cli.test_cli import one_line
from tests.deploy.test_first_run import wanted
from tests.display import LARGEST, start_display
from tests.startup.test_sdl_preload import run

ROOT = Path(__file__).parents[1]


def kiosk(*words: object, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a person would, without a display unless `env` has one."""
    here = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    command = [sys.executable, "-m", "kiosk", *map(str, words)]
    return subprocess.run(command, env=here | env, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    done = kiosk("init", "--keys-later", "--data", tmp_path / "data")
    assert done.returncode == 0, done.stderr
    return tmp_path / "data"


@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":4711"}], ids=["none", "one that does not answer"])
def test_without_a_display_one_line_says_what_to_do(folder: Path, display: dict[str, str]) -> None:
    for words in (
        ("demo",),
        ("demo", "--full-screen"),
        ("run", "--data", folder),
        ("run", "--no-safe", "--data", folder),
    ):
        done = kiosk(*words, **display)
        assert done.returncode == 1, words
        assert "no screen" in one_line(done)
        assert "kiosk demo --offscreen" in one_line(done)


def test_that_is_no_crash(folder: Path) -> None:
    """After three crashes the plain screen comes; who had no display wants the kiosk once there is one."""
    for _ in range(4):
        assert "no screen" in one_line(kiosk("run", "--data", folder))
    assert json.loads((folder / "starts.json").read_text()) == {"running": False, "crashes": []}


def test_the_plain_screen_needs_a_display_too(folder: Path) -> None:
    crashes = [clock.utc_text(clock.utc_now())] * MOST
    (folder / "starts.json").write_text(json.dumps({"running": True, "crashes": crashes}))
    assert "no screen" in one_line(kiosk("run", "--data", folder))


def test_a_display_that_cannot_draw_is_told(folder: Path) -> None:
    display, stop = start_display((800, 600), "-extension", "GLX")
    try:
        said = one_line(kiosk("run", "--data", folder, DISPLAY=display))
    finally:
        stop()
    assert "GLX is not supported" in said
    assert said.endswith("sudo apt-get install libgl1-mesa-dri")


def test_missing_libraries_are_told_with_what_brings_them() -> None:
    code = """from kiosk.errors import MissingLibraries
driver.LIBRARIES = {"libthere-is-none.so.1": "libnone1", "libc.so.6": "libc6"}
driver.begin()
try:
    driver.need_display()
except MissingLibraries as error:
    print(error)"""
    said = run(code)
    assert "libthere-is-none.so.1" in said
    assert said.endswith("sudo apt-get install libnone1")


def test_the_doctor_misses_them_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sdl_preload, "LIBRARIES", {"libthere-is-none.so.1": "libnone1"})
    [screen] = [check for check in examine(folder, None) if check.name == "screen"]
    assert not screen.ok
    assert "sudo apt-get install libnone1" in screen.detail


def test_what_brings_them_is_installed_by_make_run() -> None:
    assert set(sdl_preload.LIBRARIES.values()) <= set(wanted())


def test_who_names_a_driver_is_not_asked_for_a_display() -> None:
    assert run("driver.begin(); driver.need_display(); print('well')", SDL_VIDEODRIVER="dummy") == "well"


def test_offscreen_is_offscreen_where_there_is_a_display_too() -> None:
    code = f"""driver.begin(); driver.need_display(); before = driver._video(driver._sdl)
driver.draw_offscreen(); driver.need_display(); sdl.SDL_Init({sdl_preload.SDL_INIT_VIDEO})
print(before, driver._video(driver._sdl))"""
    assert run(code) == "x11 offscreen"


@pytest.mark.parametrize(
    ("room", "size"),
    [
        ((1920, 1080), (1280, 800)),
        ((1366, 768), (1164, 728)),
        ((1024, 600), (896, 560)),
        ((800, 1280), (800, 500)),
        (None, (1280, 800)),
    ],
)
def test_the_demonstration_fits_the_screen(room: tuple[int, int] | None, size: tuple[int, int]) -> None:
    assert fitting(room) == size


def test_a_window_can_be_resized_and_the_full_screen_cannot() -> None:
    ask = "from screens.app import configure; from kivy.config import Config; configure({}); print(Config.get('graphics', 'resizable'))"
    assert [run(ask.format(size)) for size in ((800, 600), None)] == ["1", "0"]


def test_the_room_of_the_screen_is_known() -> None:
    assert run("driver.begin(); print(*driver.room())") == " ".join(map(str, LARGEST))


def test_the_demonstration_runs_offscreen_and_its_bar_stays_on_one_line(tmp_path: Path) -> None:
    """It tells systemd of its first picture; a terminal of 60 columns sees how far the content is."""
    ready = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    ready.settimeout(300)
    ready.bind(str(tmp_path / "ready"))
    master, slave = pty.openpty()
    env = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    env |= {"NOTIFY_SOCKET": str(tmp_path / "ready"), "COLUMNS": "60", "TERM": "xterm", "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "kiosk", "demo", "--offscreen"]
    process = subprocess.Popen(command, env=env, stdout=slave, stderr=slave)
    os.close(slave)
    try:
        said = _said(master, ready)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()
        os.close(master)
    bar = re.sub(r"\x1b\[[?0-9]*[A-Za-z]", "", said)
    assert "100%" in bar
    assert bar.count("\n") == 1
    assert max(len(part) for part in bar.replace("\n", "\r").split("\r")) <= 60
    assert not list(tmp_path.glob("kiosk-demo-*"))


def _said(terminal: int, ready: socket.socket) -> str:
    """Return what was written to `terminal` until the program was ready."""
    parts: list[bytes] = []

    def read() -> None:
        while True:
            try:
                parts.append(os.read(terminal, 4096))
            except OSError:
                return

    threading.Thread(target=read, daemon=True).start()
    while b"READY=1" not in ready.recv(4096):
        pass
    return b"".join(parts).decode()
