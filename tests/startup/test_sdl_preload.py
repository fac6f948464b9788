"""The window's driver is read on a thread of its own; where that cannot be, the start goes on without it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.startup import sdl_preload

SDL = "import ctypes, kiosk.startup.sdl_preload as driver; sdl = ctypes.CDLL(driver._beside_kivy())\n"


def run(code: str, **env: str) -> str:
    """Run `code` in a process of its own, as SDL is one for all of a process."""
    command = [sys.executable, "-c", SDL + code]
    done = subprocess.run(command, env={**os.environ, **env}, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_sdl_knows_the_screen_once_it_is_waited_for() -> None:
    code = f"driver.begin(); driver.begin(); driver.wait(); print(sdl.SDL_WasInit({sdl_preload.SDL_INIT_VIDEO}))"
    assert run(code, SDL_VIDEODRIVER="dummy") == str(sdl_preload.SDL_INIT_VIDEO)


def test_without_a_screen_nothing_is_lost() -> None:
    code = f"driver.begin(); driver.wait(); print(sdl.SDL_WasInit({sdl_preload.SDL_INIT_VIDEO}))"
    assert run(code, SDL_VIDEODRIVER="there-is-none") == "0"


def test_a_kivy_that_was_built_here_brings_no_sdl_with_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "kivy").mkdir()
    (tmp_path / "kivy" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "kivy", raising=False)
    assert sdl_preload._beside_kivy() == ""


def test_a_program_that_ends_at_once_waits_for_it(tmp_path: Path) -> None:
    code = f"""import sys
from kiosk.__main__ import main
sys.argv = ["kiosk", "run", "--data", {str(tmp_path / "none")!r}]
try:
    main()
except SystemExit as end:
    print(end.code, driver._reading.is_alive())"""
    assert run(code, SDL_VIDEODRIVER="dummy") == "3 False"
