"""What is on the glass: the picture of the virtual screen as its server holds it, whoever drew it."""

from __future__ import annotations

import itertools
import mmap
import os
import shutil
import subprocess
import threading
import time
import zlib
from pathlib import Path

WIDTH, HEIGHT = 1280, 800
#: Rows that are looked at for a change, and how often, seconds; a picture on its way to the glass changes it in several
#: goes, which are one when they come within SAME.
ROWS, EVERY, SAME = range(190, 620, 36), 0.001, 0.006


class Glass:
    """A virtual screen of its own whose pixels lie in a file in `folder`."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("Xvfb")
        if program is None:
            raise RuntimeError("Xvfb is missing: apt-get install xvfb")
        read, write = os.pipe()
        command = [program, "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp",
                   "-fbdir", str(folder)]  # fmt: skip
        self._server = subprocess.Popen(
            command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(write)
        with os.fdopen(read) as pipe:
            self.display = f":{pipe.readline().strip()}"
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._pixels = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = [int.from_bytes(self._pixels[at : at + 4], "big") for at in range(0, 100, 4)]
        self._row, self._start = header[12], header[0] + header[19] * 12

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(timeout=10)

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """Return red, green and blue of a pixel, counted from the upper left."""
        at = self._start + y * self._row + x * 4
        blue, green, red = self._pixels[at : at + 3]
        return red, green, blue

    def wait_for(self, x: int, y: int, colour: tuple[int, int, int], patience: float = 60) -> float:
        """Return when a pixel has this colour, by the monotonic clock."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if self.pixel(x, y) == colour:
                return time.monotonic()
            time.sleep(EVERY)
        raise TimeoutError(f"no {colour} at {x}, {y}; {self.pixel(x, y)}")

    def wait_until_gone(self, x: int, y: int, colour: tuple[int, int, int], patience: float = 5) -> None:
        """Wait until a pixel no longer has the colour that the program before gave it."""
        end = time.monotonic() + patience
        while self.pixel(x, y) == colour and time.monotonic() < end:
            time.sleep(EVERY)


class Watch:
    """Notes when the glass changes, from the `with` on."""

    def __init__(self, glass: Glass) -> None:
        self._glass, self._ended = glass, threading.Event()
        self.changes: list[float] = []

    def __enter__(self) -> Watch:
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def frames(self, begun: float, seconds: float) -> list[float]:
        """Return the times between pictures in so many seconds, s."""
        shown = [at for at in self.changes if begun < at < begun + seconds]
        firsts = [at for before, at in itertools.pairwise([0.0, *shown]) if at - before > SAME]
        return [after - before for before, after in itertools.pairwise(firsts)]

    def _look(self) -> None:
        pixels, before = self._glass._pixels, 0
        places = [self._glass._start + row * self._glass._row for row in ROWS]
        while not self._ended.is_set():
            now = 0
            for at in places:
                now = zlib.crc32(pixels[at : at + WIDTH * 4], now)
            if now != before:
                self.changes.append(time.monotonic())
                before = now
            time.sleep(EVERY)
