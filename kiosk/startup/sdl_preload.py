"""Loads SDL and the OpenGL driver on a thread while Python imports the rest; it takes 50 ms or more without Python's lock.

The SDL library of the Kivy wheel is used, since its window uses the same one. If Kivy was built with another SDL, nothing is
preloaded and the window loads it later. SDL also tells whether the window would be visible: without a display it falls back
to a driver that shows nothing.
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
#: SDL's video drivers that show nothing; SDL falls back to them.
UNSEEN = ("", "offscreen", "dummy", "evdev")
#: System libraries that the window needs, and their Debian packages (deploy/system-packages).
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",  # for offscreen drawing
    "libX11.so.6": "libgl1",
    "libXext.so.6": "libgl1",
    "libXi.so.6": "libxi6",  # touches
    "libmtdev.so.1": "libmtdev1",
}
#: What installs packages on Debian and Ubuntu, and the package of the OpenGL driver.
INSTALL, OPENGL = "sudo apt-get install", "libgl1-mesa-dri"

#: Extension modules of Python that are imported soon: loading a library blocks other threads that load one (14 ms).
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
_sdl: ctypes.CDLL | None = None  # set when the video driver is initialised
_no_opengl = ""  # SDL's error, if OpenGL could not be loaded


def begin() -> None:
    """Start the thread, once in a process."""
    global _reading
    if _reading is None and (library := _beside_kivy()):
        for name in BEFORE:
            with suppress(ImportError):  # some Python builds have the module built in
                import_module(name)
        _reading = threading.Thread(target=_read, args=(library,), name="driver", daemon=True)
        _reading.start()


def wait() -> None:
    """Wait for the thread: SDL must not be used by two threads at once."""
    if _reading is not None:
        _reading.join()


def need_display() -> None:
    """Wait for the thread and check that the window can be created and would be visible. A driver chosen with
    SDL_VIDEODRIVER is not questioned. Raises MissingLibraries, NoDisplay, NoOpenGL."""
    wait()
    if _sdl is None:
        return
    need_libraries()
    if os.environ.get("SDL_VIDEODRIVER"):
        return
    if _video(_sdl) in UNSEEN:
        raise NoDisplay()
    if _no_opengl:
        raise NoOpenGL(reason=_no_opengl, command=f"{INSTALL} {OPENGL}")


def need_libraries() -> None:
    """Check that the system has the window's libraries. Raises MissingLibraries."""
    if missing := [name for name in LIBRARIES if not _loads(name)]:
        packages = sorted({LIBRARIES[name] for name in missing})
        raise MissingLibraries(names=", ".join(missing), command=" ".join((INSTALL, *packages)))


def draw_offscreen() -> None:
    """Make SDL draw the window in memory, with or without a display."""
    wait()
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    if _sdl is not None:
        _sdl.SDL_QuitSubSystem(SDL_INIT_VIDEO)


def room() -> tuple[int, int] | None:
    """Return the width and height in pixels that the desktop leaves to windows, None if SDL was not preloaded."""
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
