"""The window fills its screen from edge to edge, started as the service starts it, whatever happens to the screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageGrab

from kiosk import clock
from kiosk.data import InstanceLock
from kiosk.errors import AlreadyRunning
from kiosk.journal import Store
from kiosk.safe_mode.crash_log import CrashLog
from tests.end_to_end.visitor import PATIENCE, Visitor, rows
from tests.touch.conftest import CALM, PROGRAM, SIZE
from tests.touch.unit import as_the_unit_does
from tests.touch_panel import MATRICES, TouchServer, TurningServer

#: How far apart the points are that are looked at along an edge, pixels.
STEP = 16
#: How long the content of the demonstration may take on a slow machine, seconds.
CONTENT = 300.0
Start = Callable[..., Visitor]


def picture(server: TouchServer, display: str = "") -> Image.Image:
    return ImageGrab.grab(xdisplay=display or server.display).convert("RGB")


def lit(shot: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Whether none of the four edges of `box` is black anywhere."""
    left, top, right, bottom = box[0], box[1], box[2] - 1, box[3] - 1
    points = [(x, y) for x in range(left, right, STEP) for y in (top, bottom)]
    points += [(x, y) for y in range(top, bottom, STEP) for x in (left, right)]
    return all(max(shot.getpixel(point)) > 40 for point in points)  # type: ignore[type-var, arg-type]


def fills(server: TouchServer, size: tuple[int, int], left: int = 0, display: str = "") -> None:
    """Wait until the kiosk fills a screen of `size` that begins at `left`."""
    box, end = (left, 0, left + size[0], size[1]), time.monotonic() + PATIENCE
    while not (fits(picture(server, display), box) and lit(picture(server, display), box)):
        assert time.monotonic() < end, server.run("xwininfo", "-root", "-tree")
        time.sleep(0.1)


def fits(shot: Image.Image, box: tuple[int, int, int, int]) -> bool:
    return shot.width >= box[2] and shot.height >= box[3]


@pytest.fixture
def bare(folder: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts a kiosk on a server of its own."""
    started: list[Any] = []

    def start(server: TouchServer, settings: str = CALM, data: Path = folder, **more: Any) -> Visitor:
        visitor = Visitor(PROGRAM, data, tmp_path, settings, server, **more)
        started.extend((server.stop, visitor.close))
        return visitor

    yield start
    for end in reversed(started):
        end()
    wait_for_end(folder)


def wait_for_end(folder: Path) -> None:
    """Wait until nobody has the data: xinit does not wait for the program it started."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with InstanceLock(folder):
                return
        except AlreadyRunning:
            assert time.monotonic() < end, "the program goes on without its screen"
            time.sleep(0.1)


def test_as_the_service_starts_it_from_the_first_picture_to_the_last(bare: Start) -> None:
    server = TouchServer(SIZE, [(800, 1280), (1920, 1080), (3840, 2160)])
    visitor = bare(server, start=as_the_unit_does(server))
    shot, end = Image.new("RGB", SIZE), time.monotonic() + PATIENCE
    while not shot.getbbox() and time.monotonic() < end:  # black until there is something
        time.sleep(0.05)
        with suppress(OSError):  # the server is not there yet
            shot = picture(server)
    assert lit(shot, (0, 0, *SIZE))
    for size in ((800, 1280), (1920, 1080), (3840, 2160), SIZE):
        server.change(size)
        fills(server, size)
        journey(visitor, size)
    server.run("xset", "dpms", "force", "off")
    time.sleep(0.5)
    server.run("xset", "dpms", "force", "on")
    fills(server, SIZE)
    server.plug((1024, 768))
    fills(server, SIZE)
    assert not picture(server).crop((SIZE[0], 0, SIZE[0] + 1024, 768)).getbbox()  # one screen is used
    journey(visitor)
    server.unplug()
    fills(server, SIZE)
    journey(visitor)
    fills(server, SIZE)


def journey(visitor: Visitor, size: tuple[int, int] = SIZE) -> None:
    """Touches land where the picture is."""
    visitor.wait(lambda seen: tuple(seen["size"]) == size, f"a screen laid out for {size}")
    visitor.tap("English")
    visitor.tap("Help and friends")
    visitor.on("help")
    visitor.welcome()


def test_a_setting_says_which_screen(bare: Start) -> None:
    server = TouchServer(SIZE)
    server.start()
    server.plug((1024, 768))
    visitor = bare(server, CALM + 'output = "DUMMY1"\n')
    fills(server, (1024, 768), SIZE[0])
    assert not picture(server).crop((0, 0, *SIZE)).getbbox()
    server.panel.size = (1024, 768)  # the panel is on this screen's glass
    journey(visitor, (1024, 768))
    server.unplug()
    server.panel.size = SIZE
    fills(server, SIZE)  # better on another screen than on none
    journey(visitor)


def test_with_a_window_manager(bare: Start) -> None:
    server = TouchServer(SIZE, [(800, 1280)])
    server.start()
    server.manage()
    visitor = bare(server)
    fills(server, SIZE)
    journey(visitor)
    server.change((800, 1280))
    fills(server, (800, 1280))
    journey(visitor, (800, 1280))
    server.plug((1024, 768))
    fills(server, (800, 1280))


@pytest.mark.parametrize("first", [pytest.param("normal", marks=pytest.mark.long), "left"])
def test_the_picture_is_turned_by_xrandr(bare: Start, first: str) -> None:
    """Before the program starts, while it runs, and back."""
    server = TurningServer(SIZE)
    server.start()
    server.turn(first)
    visitor = bare(server)
    for way in (first, "left", "inverted", "right", "normal"):
        size = server.turn(way)
        fills(server, size)
        fills(server, SIZE, display=server.glass)
        journey(visitor, size)


def test_fingers_on_a_glass_that_hangs_upright(bare: Start) -> None:
    server = TouchServer((800, 1280))
    server.start()
    visitor = bare(server)
    for way in MATRICES:
        server.turn_panel(way)
        journey(visitor, server.size)


def test_the_demonstration_full_screen(bare: Start) -> None:
    server = TouchServer(SIZE)
    server.start()
    visitor = bare(server, words=("demo", "--full-screen"))
    visitor.wait(lambda seen: seen["screen"], "the demonstration, which makes its content first", CONTENT)
    fills(server, SIZE)
    journey(visitor)


def test_the_plain_screen_after_crashes(bare: Start, folder: Path) -> None:
    for _ in range(3):
        CrashLog(folder).begin(clock.utc_now())
    server = TouchServer(SIZE)
    server.start()
    bare(server, safe=True)
    fills(server, SIZE)
    before = visits(folder)
    for _ in range(5):
        server.panel.tap(640, 400)
        time.sleep(0.08)
    end = time.monotonic() + PATIENCE
    while visits(folder) < before + 5 and time.monotonic() < end:
        time.sleep(0.1)
    assert visits(folder) == before + 5
    CrashLog(folder).forgive()


def visits(folder: Path) -> int:
    return len(rows(folder, "SELECT id FROM visit"))


def test_the_first_start(bare: Start, tmp_path: Path) -> None:
    """A fresh data folder asks for its language first."""
    Store.create(tmp_path / "fresh", now=clock.utc_now()).close()
    server = TouchServer((800, 1280))
    server.start()
    visitor = bare(server, data=tmp_path / "fresh")
    fills(server, (800, 1280))
    visitor.wait(lambda seen: seen["screen"] == "setup_language", "the first question")
    visitor.tap("English")
    visitor.wait(lambda seen: seen["screen"] != "setup_language", "the next question")
