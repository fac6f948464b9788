"""An X server with a touch panel of ten fingers, and no hardware: Xorg with Debian's dummy video driver and its `inputtest`.

What a program gets are XInput 2 touches, as from a panel; no mouse is in between. xf86-input-inputtest takes them from a Unix
socket, little endian in the layout of C: length, type, body. Type 0 is the version of who speaks, type 6 a touch: its
number, the kind of XI2 event, which axes follow, and the axes.
"""

from __future__ import annotations

import os
import shutil
import socket
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

PROGRAM = "/usr/lib/xorg/Xorg"
DOWN, MOVE, UP = 18, 19, 20
#: The largest value of an axis of the panel.
FAR = 65535
#: How long a finger is down in a tap, seconds.
TAP = 0.08
PATIENCE = 20.0
#: How often a server on another one is woken, seconds.
WAKE = 0.3
CONFIG = """
Section "ServerFlags"
    Option "AutoAddDevices" "false"
EndSection
Section "Device"
    Identifier "card"
    Driver "dummy"
    VideoRam 256000
EndSection
Section "Monitor"
    Identifier "glass"
    HorizSync 5-1000
    VertRefresh 5-200
    {modes}
EndSection
Section "Screen"
    Identifier "screen"
    Device "card"
    Monitor "glass"
    DefaultDepth 24
    SubSection "Display"
        Depth 24
        Modes "{first}"
    EndSubSection
EndSection
{devices}
Section "ServerLayout"
    Identifier "layout"
    Screen "screen"
    InputDevice "pointer" "CorePointer"
    InputDevice "keyboard" "CoreKeyboard"
    InputDevice "panel" "SendCoreEvents"
EndSection
"""
DEVICE = """
Section "InputDevice"
    Identifier "{name}"
    Driver "inputtest"
    Option "SocketPath" "{path}"
    Option "DeviceType" "{kind}"
    Option "TouchCount" "10"
EndSection
"""
#: How a glass is turned -> where its panel is touched for a place on the picture, both as shares from the upper left; and
#: what tells the server so (a matrix of xinput).
TURNS = {
    "normal": lambda x, y: (x, y),
    "left": lambda x, y: (y, 1 - x),
    "inverted": lambda x, y: (1 - x, 1 - y),
    "right": lambda x, y: (1 - y, x),
}
MATRICES = {
    "normal": "1 0 0 0 1 0 0 0 1",
    "left": "0 -1 1 1 0 0 0 0 1",
    "inverted": "-1 0 1 0 -1 1 0 0 1",
    "right": "0 1 0 -1 0 1 0 0 1",
}
DEVICES = {"pointer": "PointerAbsolute", "keyboard": "Keyboard", "panel": "Touch"}


def modeline(width: int, height: int) -> list[str]:
    """Return a mode as xrandr and xorg.conf have it: 60 Hz, with blanking that any size bears."""
    across, down = (width, width + 72, width + 200, width + 400), (height, height + 3, height + 9, height + 31)
    clock = across[3] * down[3] * 60 / 1e6
    return [f"{width}x{height}", f"{clock:.2f}", *map(str, across), *map(str, down)]


class Panel:
    """Ten fingers. Places are pixels of a picture of `size`, from its upper left; the glass it is on is `turned`."""

    def __init__(self, path: Path, size: tuple[int, int]) -> None:
        self.size, self.turned = size, "normal"
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(str(path))
        self._line.sendall(struct.pack("<IIHH", 12, 0, 1, 0))
        self._line.recv(64)

    def _event(self, finger: int, kind: int, x: float, y: float) -> bytes:
        axes = [share * FAR for share in TURNS[self.turned](x / self.size[0], y / self.size[1])]
        body = struct.pack("<III8s4x64d512x", finger, kind, 0, b"\x03", *axes, *[0.0] * 62)
        return struct.pack("<II", 8 + len(body), 6) + body

    def down(self, x: float, y: float, finger: int = 0) -> None:
        self._line.sendall(self._event(finger, DOWN, x, y))

    def move(self, x: float, y: float, finger: int = 0) -> None:
        self._line.sendall(self._event(finger, MOVE, x, y))

    def up(self, x: float, y: float, finger: int = 0) -> None:
        self._line.sendall(self._event(finger, UP, x, y))

    def tap(self, x: float, y: float, finger: int = 0, hold: float = TAP) -> None:
        """Tap; with a `hold` of 0 the driver has both ends at once, so that no slow machine makes it longer."""
        if not hold:
            self._line.sendall(self._event(finger, DOWN, x, y) + self._event(finger, UP, x, y))
            return
        self.down(x, y, finger)
        time.sleep(hold)
        self.up(x, y, finger)

    def draw(self, start: tuple[float, float], end: tuple[float, float], finger: int = 0, seconds: float = 0.2) -> None:
        """Draw a finger over the glass and lift it while it moves."""
        steps = 12
        self.down(*start, finger)
        for step in range(1, steps + 1):
            time.sleep(seconds / steps)
            self.move(*(a + (b - a) * step / steps for a, b in zip(start, end, strict=True)), finger)
        self.up(*end, finger)


class TouchServer:
    """One screen of `size` pixels with the panel on it; `more` sizes it can change to. No window manager."""

    def __init__(self, size: tuple[int, int], more: Sequence[tuple[int, int]] = ()) -> None:
        if not Path(PROGRAM).exists():
            raise RuntimeError("Xorg is missing: run `make test`, which installs it, or deploy/system-packages test")
        self.size = size
        self.folder = Path(tempfile.mkdtemp(prefix="touch-panel-"))
        self.config = self.folder / "xorg.conf"
        self.config.write_text(self._config([size, *more]))
        self.display = ""
        self._started: list[subprocess.Popen[bytes]] = []
        self._panel: Panel | None = None

    def _config(self, sizes: Sequence[tuple[int, int]]) -> str:
        modes = [modeline(*size) for size in sizes]
        devices = [DEVICE.format(name=name, path=self.folder / name, kind=kind) for name, kind in DEVICES.items()]
        lines = "\n    ".join(f'Modeline "{mode[0]}" {" ".join(mode[1:])}' for mode in modes)
        return CONFIG.format(modes=lines, first=modes[0][0], devices="".join(devices))

    def options(self) -> list[str]:
        """Return what Xorg is told besides its display."""
        files = ["-config", str(self.config), "-logfile", str(self.folder / "log")]
        return [*files, "-noreset", "-nolisten", "tcp", "-novtswitch", "-sharevts"]

    def start(self) -> str:
        """Start it and return its display. Raises RuntimeError when it does not come up."""
        self.display = self._begin([PROGRAM, *self.options()], (self.folder / "panel").exists)
        return self.display

    def _begin(self, command: Sequence[str], ready: Callable[[], bool] = lambda: True, **env: str) -> str:
        """Start an X server and return its display once it is ready."""
        number = self.folder / Path(command[0]).name
        with number.open("w") as file:
            server = subprocess.Popen(
                [command[0], "-displayfd", str(file.fileno()), *command[1:]],
                env={**os.environ, **env},
                pass_fds=(file.fileno(),),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._started.append(server)
        end = time.monotonic() + PATIENCE
        while not number.read_text().endswith("\n") or not ready():
            if server.poll() is not None or time.monotonic() > end:
                log = (self.folder / "log").read_text(errors="replace")[-2000:]
                self.stop()
                raise RuntimeError(f"{command[0]} did not start: {log}")
            time.sleep(0.05)
        return ":" + number.read_text().strip()

    @property
    def panel(self) -> Panel:
        """One line to the driver for the server's life."""
        if self._panel is None:
            end = time.monotonic() + PATIENCE
            while self._panel is None and time.monotonic() < end:
                with suppress(OSError):
                    self._panel = Panel(self.folder / "panel", self.size)
                time.sleep(0.02)
        assert self._panel is not None, "the panel does not answer"
        return self._panel

    def unplug_panel(self) -> None:
        """Take the panel away, whatever is on it."""
        self.run("xinput", "disable", "panel")
        self._panel = None

    def plug_panel(self) -> None:
        """Put it back."""
        self.run("xinput", "enable", "panel")

    def turn_panel(self, way: str) -> None:
        """Hang the glass in another way, and tell the server."""
        self.run("xinput", "set-prop", "panel", "Coordinate Transformation Matrix", *MATRICES[way].split())
        self.panel.turned = way

    def run(self, *command: str) -> str:
        """Run a program on the display and return what it says."""
        return subprocess.run(
            command, env={"DISPLAY": self.display, "PATH": "/usr/bin:/bin"}, check=True, capture_output=True, text=True
        ).stdout

    def change(self, size: tuple[int, int], output: str = "DUMMY0") -> None:
        """Set another mode; the panel goes with the glass."""
        name, *timing = modeline(*size)
        if output != "DUMMY0" or f"   {name} " not in self.run("xrandr", "--query"):
            name = f"{output}-{name}"
            self.run("xrandr", "--newmode", name, *timing)
            self.run("xrandr", "--addmode", output, name)
        self.run("xrandr", "--output", output, "--mode", name)
        if output == "DUMMY0":
            self.size = self.panel.size = size

    def plug(self, size: tuple[int, int]) -> None:
        """Plug a second screen in, which lies to the right of the first."""
        self.change(size, "DUMMY1")
        self.run("xrandr", "--output", "DUMMY1", "--right-of", "DUMMY0")

    def unplug(self) -> None:
        """Take the second screen out."""
        self.run("xrandr", "--output", "DUMMY1", "--off")

    def manage(self) -> subprocess.Popen[bytes]:
        """Start a window manager."""
        program = shutil.which("openbox")
        if program is None:
            raise RuntimeError("openbox is missing: deploy/system-packages test")
        env = {"DISPLAY": self.display, "HOME": str(self.folder)}
        quiet = subprocess.DEVNULL
        manager = subprocess.Popen([program, "--sm-disable"], env=env, stdout=quiet, stderr=quiet)
        self._started.append(manager)
        end = time.monotonic() + PATIENCE
        while "not found" in self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK") and time.monotonic() < end:
            time.sleep(0.05)
        return manager

    def stop(self) -> None:
        """End it and what was started on it."""
        for process in reversed(self._started):
            process.terminate()
            process.wait(timeout=PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)


class TurningServer(TouchServer):
    """One whose picture RandR turns, which the dummy driver cannot: Xephyr on the whole glass. It takes a finger for a mouse."""

    def start(self) -> str:
        glass = super().start()
        program = shutil.which("Xephyr")
        if program is None:
            raise RuntimeError("Xephyr is missing: deploy/system-packages test")
        self.glass = glass
        options = ["-screen", "x".join(map(str, self.size)), "-nolisten", "tcp", "-noreset"]
        self.display = self._begin([program, *options], DISPLAY=glass)
        self._wake()
        return self.display

    def _wake(self) -> None:
        """Keep Xephyr awake: a touch that comes while it waits for an answer of the glass stays unread in its queue until the
        next event, which a resting picture never brings."""
        again = ["sh", "-c", f"while xrefresh -geometry 1x1+0+0; do sleep {WAKE}; done"]
        self._started.append(subprocess.Popen(again, env={**os.environ, "DISPLAY": self.glass}))

    def turn(self, way: str) -> tuple[int, int]:
        """Turn the picture and return its size; the panel stays where it is."""
        self.run("xrandr", "-o", way)
        self.panel.size = self.size if way in ("normal", "inverted") else self.size[::-1]
        self.panel.turned = way
        return self.panel.size
