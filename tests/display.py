"""The tests' own X server, so that no display is needed and none of a person's is used."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable

# Kivy leaves the command line and the user's home alone; it reads this when it is imported.
os.environ.update(KIVY_NO_ARGS="1", KIVY_NO_FILELOG="1", KIVY_NO_CONSOLELOG="1", KIVY_LOG_MODE="PYTHON")

#: Large enough for every profile the screens are looked at in.
LARGEST = (3840, 2160)


def start_display(size: tuple[int, int] = LARGEST, *options: str) -> tuple[str, Callable[[], None]]:
    """Start Xvfb with one screen of `size` pixels and more `options`; returns its display and a function that ends it. Sets DISPLAY when
    there is none."""
    program = shutil.which("Xvfb")
    if program is None:
        raise RuntimeError("Xvfb is missing: run `make test`, which installs it, or `apt-get install xvfb`")
    read, write = os.pipe()
    command = [
        program,
        "-displayfd",
        str(write),
        "-screen",
        "0",
        f"{size[0]}x{size[1]}x24",
        "-nolisten",
        "tcp",
        *options,
    ]
    server = subprocess.Popen(command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    if not number:
        raise RuntimeError(f"Xvfb did not start: exit code {server.wait()}")
    display = f":{number}"
    os.environ.setdefault("DISPLAY", display)

    def stop() -> None:
        server.terminate()
        server.wait(timeout=10)

    return display, stop
