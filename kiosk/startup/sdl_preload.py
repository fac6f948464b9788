"""The window's driver, read while Python reads the rest: SDL finds the screen and OpenGL its driver on a thread of their own,
which takes 50 ms and more and needs nothing of Python.

Only the SDL that lies beside Kivy is asked, the one its window is made with; where Kivy was built for another, nothing is won
and nothing lost: the window does again what was not done here. SDL also says whether a person would see the window: without
a display it draws where nobody looks.
"""

from __future__ import annotations

import ctypes
import os
import threading
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from kiosk.errors import MissingLibraries, NoDisplay, NoOpenGL

#: From SDL.h.
SDL_INIT_VIDEO = 0x20
#: SDL's video drivers that show nothing; it falls back to them by itself.
UNSEEN = ("", "offscreen", "dummy", "evdev")
#: Libraries of the system that the window cannot do without, and their packages in Debian (deploy/system-packages).
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",  # what is drawn offscreen
    "libX11.so.6": "libgl1",
    "libXext.so.6": "libgl1",
    "libXi.so.6": "libxi6",  # touches
    "libmtdev.so.1": "libmtdev1",
}

#: Libraries of Python itself that are used soon, whose reading would have to wait until the driver's is read.
BEFORE = (
    "_heapq",
    "_uuid",
    "math",
    "_datetime",
    "_zoneinfo",
    "unicodedata",
    "_decimal",
    "_csv",
    "_bisect",
    "_hashlib",
    "_blake2",
    "_json",
    "_socket",
    "select",
    "array",
    "_sqlite3",
)

_reading: threading.Thread | None = None
_sdl: ctypes.CDLL | None = None  # once it knows its screen
_no_opengl = ""  # why the screen cannot draw


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


def need_display() -> None:
    """Wait, and see that the window can be made and would be seen. Raises MissingLibraries, NoDisplay, NoOpenGL. An
    SDL_VIDEODRIVER in the environment is what a person wants."""
    wait()
    if _sdl is None:
        return
    need_libraries()
    if os.environ.get("SDL_VIDEODRIVER"):
        return
    if _video(_sdl) in UNSEEN:
        raise NoDisplay()
    if _no_opengl:
        raise NoOpenGL(reason=_no_opengl)


def need_libraries() -> None:
    """See that the system has what the window needs. Raises MissingLibraries."""
    if missing := [name for name in LIBRARIES if not _loads(name)]:
        packages = sorted({LIBRARIES[name] for name in missing})
        raise MissingLibraries(names=", ".join(missing), packages=" ".join(packages))


def draw_offscreen() -> None:
    """Let the window be drawn in memory, display or not."""
    wait()
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    if _sdl is not None:
        _sdl.SDL_QuitSubSystem(SDL_INIT_VIDEO)


def room() -> tuple[int, int] | None:
    """Return the width and height in pixels that the desktop leaves to windows; None where SDL was not asked."""
    wait()
    bounds = (ctypes.c_int * 4)()  # SDL_Rect: x, y, width, height
    if _sdl is None or _sdl.SDL_GetDisplayUsableBounds(0, bounds) != 0:
        return None
    return bounds[2], bounds[3]


def _video(sdl: ctypes.CDLL) -> str:
    sdl.SDL_GetCurrentVideoDriver.restype = ctypes.c_char_p
    return (sdl.SDL_GetCurrentVideoDriver() or b"").decode()


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _beside_kivy() -> str:
    spec = find_spec("kivy")
    if spec is None or spec.origin is None:
        return ""
    found = [*Path(spec.origin).parents[1].glob("Kivy.libs/libSDL2-2-*")]
    return str(found[0]) if len(found) == 1 else ""


def _read(library: str) -> None:
    global _sdl, _no_opengl
    try:
        sdl = ctypes.CDLL(library)
    except OSError:
        return
    if sdl.SDL_Init(SDL_INIT_VIDEO) == 0 and sdl.SDL_GL_LoadLibrary(None) != 0:
        sdl.SDL_GetError.restype = ctypes.c_char_p
        _no_opengl = sdl.SDL_GetError().decode()
    _sdl = sdl
