"""The window's driver, read while Python reads the rest: SDL finds the screen and OpenGL its driver on a thread of their own,
which takes 50 ms and more and needs nothing of Python.

Only the SDL that lies beside Kivy is asked, the one its window is made with; where Kivy was built for another, or there
is no screen, nothing is won and nothing lost: the window does again what was not done here, and tells what is wrong.
"""

from __future__ import annotations

import ctypes
import threading
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

#: From SDL.h.
SDL_INIT_VIDEO = 0x20

#: Libraries of Python itself that are used soon, whose reading would have to wait until the driver's is read.
BEFORE = (
    "_heapq", "_uuid", "math", "_datetime", "_zoneinfo", "unicodedata", "_decimal", "_csv", "_bisect", "_hashlib", "_blake2",
    "_json", "_socket", "select", "array", "_sqlite3",
)  # fmt: skip

_reading: threading.Thread | None = None


def begin() -> None:
    """Begin to read it, once in a process."""
    global _reading
    if _reading is None and (library := _beside_kivy()):
        for name in BEFORE:
            with suppress(ImportError):  # Pythons differ in what is a library of its own
                import_module(name)
        _reading = threading.Thread(target=_read, args=(library,), name="driver", daemon=True)
        _reading.start()


def wait() -> None:
    """Wait until it is read. Two threads at a time are more than SDL's window can bear."""
    if _reading is not None:
        _reading.join()


def _beside_kivy() -> str:
    spec = find_spec("kivy")
    if spec is None or spec.origin is None:
        return ""
    found = [*Path(spec.origin).parents[1].glob("Kivy.libs/libSDL2-2-*")]
    return str(found[0]) if len(found) == 1 else ""


def _read(library: str) -> None:
    try:
        sdl = ctypes.CDLL(library)
    except OSError:
        return
    if sdl.SDL_Init(SDL_INIT_VIDEO) == 0:
        sdl.SDL_GL_LoadLibrary(None)
