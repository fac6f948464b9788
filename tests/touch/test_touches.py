"""Fingers on the panel of the real program, full screen: each by itself, and only those that are meant."""

from __future__ import annotations

import ctypes
import subprocess
import time
from typing import Any

import pytest

from screens.x11.fingers import NEVER, REST
from tests.end_to_end.visitor import Visitor, rows

#: Nothing is to be touched here on the welcome screen.
GROUND = (640, 300)
#: As fast as a hand taps, seconds from one to the next.
QUICK = 0.16


def spot(visitor: Visitor, text: str) -> tuple[float, float]:
    found = visitor.find(text)
    return found["x"], found["y"]


def stays(visitor: Visitor, screen: str, looks: int = 8) -> None:
    """Nothing leads on from a screen."""
    visitor.looks(looks)
    assert visitor.look()["screen"] == screen


def scrolled(visitor: Visitor) -> float:
    """Return how far the shelf is scrolled down once it stands still, pixels."""
    offset: float = visitor.find(kind="ItemCell")["scrolled"]
    return offset


def test_a_tap_anywhere_begins(visitor: Visitor) -> None:
    visitor.server.panel.tap(*GROUND)
    visitor.on("home")


def test_a_finger_that_rests_is_ignored_and_others_work(visitor: Visitor) -> None:
    panel = visitor.server.panel
    panel.down(*GROUND, finger=7)
    panel.down(1270, 400, finger=8)  # a hand that leans on the edge
    time.sleep(2 * REST)
    panel.move(660, 320, finger=7)
    visitor.tap("English")
    visitor.on("home")
    visitor.tap("Find free things")
    visitor.tap("Furniture")
    visitor.on("goods")
    panel.up(660, 320, finger=7)
    panel.up(1270, 400, finger=8)
    stays(visitor, "goods")


def test_one_that_rested_or_slid_begins_nothing_when_it_is_lifted(visitor: Visitor) -> None:
    panel = visitor.server.panel
    panel.down(*GROUND)
    time.sleep(2 * REST)
    panel.move(700, 350)
    panel.up(700, 350)
    stays(visitor, "welcome")
    panel.tap(*GROUND)
    visitor.on("home")


def test_a_palm_chooses_nothing(visitor: Visitor) -> None:
    panel = visitor.server.panel
    visitor.tap("English")
    for x, y in (spot(visitor, "Find free things"), spot(visitor, "Help and friends")):
        hand = [(x - 60 + 30 * finger, y - 20 + 10 * finger, finger) for finger in range(5)]
        for finger in hand:
            panel.down(*finger)
        time.sleep(0.2)
        for finger in hand:
            panel.up(*finger)
        stays(visitor, "home")
    assert not any(found["pressed"] for found in visitor.look()["widgets"])


def test_quick_taps_on_a_counter_all_count(visitor: Visitor) -> None:
    visitor.tap("English")
    visitor.tap("I have come to an event")
    visitor.on("party")
    x, y = spot(visitor, "More")  # the last on the screen: one child more
    before = counts(visitor)
    quickly(visitor, (x, y), 5)
    visitor.wait(lambda seen: sum(counts(visitor)) == sum(before) + 5, f"five more than {before}")


def counts(visitor: Visitor) -> list[int]:
    return [int(found["text"]) for found in visitor.look()["widgets"] if found["text"].isdecimal()]


def quickly(visitor: Visitor, where: tuple[float, float], times: int) -> None:
    for _ in range(times):
        visitor.server.panel.tap(*where, hold=QUICK / 2)
        time.sleep(QUICK / 2)


def test_quick_taps_on_keys_all_count(visitor: Visitor) -> None:
    visitor.tap("English")
    visitor.tap("I have a code")
    visitor.on("enter_code")
    quickly(visitor, spot(visitor, "K"), 4)
    visitor.wait(lambda seen: any("KKKK" in found["text"] for found in seen["widgets"]), "four times K")


def test_a_double_tap_on_what_acts_once_acts_once(visitor: Visitor) -> None:
    x, y = spot(visitor, "English")
    for _ in range(2):
        visitor.server.panel.tap(x, y, hold=0)  # nothing between them that a slow machine could make longer
    visitor.on("home")
    stays(visitor, "home")  # not on what came under the finger
    help_button = spot(visitor, "Help")
    for finger in (0, 1):  # two fingers at once are one choice
        visitor.server.panel.down(help_button[0] + 5 * finger, help_button[1], finger=finger)
    for finger in (0, 1):
        visitor.server.panel.up(help_button[0] + 5 * finger, help_button[1], finger=finger)
    visitor.see("How can we help?")


def test_a_finger_that_is_on_a_button_when_the_screen_changes_chooses_nothing(visitor: Visitor) -> None:
    panel = visitor.server.panel
    visitor.tap("English")
    help_x, help_y = spot(visitor, "Help and friends")
    panel.down(help_x, help_y, finger=3)
    time.sleep(0.4)
    visitor.tap("Find free things")
    visitor.on("shelves")
    panel.up(help_x, help_y, finger=3)
    stays(visitor, "shelves")


def test_a_fling_goes_on_after_the_finger_is_lifted(visitor: Visitor) -> None:
    visitor.tap("English")
    visitor.tap("Find free things")
    visitor.tap("Furniture")
    drawn = 300
    assert scrolled(visitor) == 0
    visitor.server.panel.draw((500, 300 + drawn), (500, 300))
    visitor.looks(2)
    there = scrolled(visitor)
    assert there > 1.1 * drawn
    visitor.server.panel.draw((500, 300), (500, 300 + drawn))
    visitor.looks(2)
    assert scrolled(visitor) < there - 1.1 * drawn or scrolled(visitor) == 0
    stays(visitor, "goods")


def test_a_touch_that_never_ends_is_let_go(visitor: Visitor) -> None:
    visitor.tap("English")
    where = spot(visitor, "Find free things")

    def held(seen: Any) -> bool:
        return any(found["pressed"] for found in seen["widgets"])

    visitor.server.panel.down(*where)
    visitor.wait(held, "a button under a finger")
    visitor.wait(lambda seen: not held(seen), f"a button that is let go after {NEVER} s")
    visitor.server.panel.up(*where)
    stays(visitor, "home")
    visitor.tap("Find free things")
    visitor.on("shelves")


def test_a_panel_that_is_unplugged_chooses_nothing_and_works_when_it_is_back(visitor: Visitor) -> None:
    visitor.tap("English")
    where = spot(visitor, "Find free things")
    visitor.server.panel.down(*where)
    visitor.wait(lambda seen: any(found["pressed"] for found in seen["widgets"]), "a button under a finger")
    visitor.server.unplug_panel()
    visitor.wait(lambda seen: not any(found["pressed"] for found in seen["widgets"]), "a button that is let go")
    stays(visitor, "home")
    visitor.server.plug_panel()
    visitor.tap("Find free things")
    visitor.on("shelves")


def test_there_is_no_menu_and_no_gesture_at_the_edge(visitor: Visitor) -> None:
    panel = visitor.server.panel
    visitor.tap("English")
    for start, end in (
        ((1, 400), (600, 400)),
        ((1279, 400), (700, 400)),
        ((640, 1), (640, 500)),
        ((640, 799), (640, 300)),
    ):
        panel.draw(start, end)
        time.sleep(0.2)
    before = visitor.look()
    panel.tap(640, 20, hold=1.2)
    x, y = spot(visitor, "Find free things")
    for button in ("2", "3"):
        subprocess.run(
            ["xdotool", "mousemove", str(round(x)), str(round(y)), "click", button], env=visitor.env, check=True
        )
    stays(visitor, "home")
    assert [found["text"] for found in visitor.look()["widgets"]] == [found["text"] for found in before["widgets"]]


def test_a_mouse_works_too_and_no_pointer_is_drawn(visitor: Visitor) -> None:
    x, y = spot(visitor, "English")
    subprocess.run(["xdotool", "mousemove", str(round(x)), str(round(y))], env=visitor.env, check=True)
    time.sleep(0.3)
    assert not pointer(visitor.server.display)
    subprocess.run(["xdotool", "mousedown", "1"], env=visitor.env, check=True)
    time.sleep(0.1)
    subprocess.run(["xdotool", "mouseup", "1"], env=visitor.env, check=True)
    visitor.on("home")
    assert not pointer(visitor.server.display)


class CursorImage(ctypes.Structure):
    """XFixesCursorImage, up to its pixels."""

    _fields_ = [
        *((name, ctypes.c_short) for name in ("x", "y")),
        *((name, ctypes.c_ushort) for name in ("width", "height", "xhot", "yhot")),
        ("serial", ctypes.c_ulong), ("pixels", ctypes.POINTER(ctypes.c_ulong)),
    ]  # fmt: skip


def pointer(display: str) -> bool:
    """Whether the pointer can be seen."""
    x11, fixes = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXfixes.so.3")
    x11.XOpenDisplay.restype = fixes.XFixesGetCursorImage.restype = ctypes.c_void_p
    for function in (fixes.XFixesGetCursorImage, x11.XCloseDisplay):
        function.argtypes = [ctypes.c_void_p]
    connection, base = x11.XOpenDisplay(display.encode()), ctypes.c_int()
    fixes.XFixesQueryExtension(ctypes.c_void_p(connection), ctypes.byref(base), ctypes.byref(base))
    image = ctypes.cast(fixes.XFixesGetCursorImage(connection), ctypes.POINTER(CursorImage)).contents
    seen = any(image.pixels[at] & 0xFF000000 for at in range(image.width * image.height))
    x11.XCloseDisplay(connection)
    return seen


@pytest.mark.parametrize("size", [(800, 1280), (1280, 800)])
def test_a_journey_after_the_screen_was_turned(visitor: Visitor, size: tuple[int, int]) -> None:
    visitor.server.change(size)
    visitor.wait(lambda seen: tuple(seen["size"]) == size, f"a screen laid out for {size}")
    visits = len(rows(visitor.folder, "SELECT id FROM visit"))
    visitor.tap("English")
    visitor.tap("I have come to an event")
    visitor.on("party")
    assert len(rows(visitor.folder, "SELECT id FROM visit")) == visits + 1
