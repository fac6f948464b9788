"""A connection to the X server besides SDL's: outputs, position of the window, and multi-touch events.

SDL relies on a window manager to make a window full screen, so it fails without one. It merges all fingers into one
mouse, with the time of polling instead of that of the event: https://github.com/libsdl-org/SDL/issues/16342 and 1179.
"""

from __future__ import annotations

import ctypes
import logging
import struct
import sys
import time
from collections.abc import Iterator
from ctypes import POINTER, byref, c_int, c_uint, c_ulong, c_void_p, cast
from functools import lru_cache
from typing import Any, NamedTuple

from . import xlib

log = logging.getLogger(__name__)

#: Phases of a touch.
BEGIN, MOVE, END = "begin", "move", "end"
_KINDS = {xlib.TOUCH_BEGIN: BEGIN, xlib.TOUCH_UPDATE: MOVE, xlib.TOUCH_END: END}
#: The server's clock wraps around after this many ms.
_CLOCK = 1 << 32
#: An event older than this is from a server with another clock than this machine's, seconds.
_OLDEST = 30.0
_TOUCHES = (xlib.TOUCH_BEGIN, xlib.TOUCH_UPDATE, xlib.TOUCH_END)


class Rectangle(NamedTuple):
    """A rectangle of the X screen, pixels from the upper left."""

    x: int
    y: int
    width: int
    height: int


class Output(NamedTuple):
    """A connected and enabled output."""

    name: str
    primary: bool
    place: Rectangle


class TouchEvent(NamedTuple):
    """The touch `touch` on the panel `device` began, moved or ended at `x`, `y` (shares of the window from its upper
    left) at `moment` (s, as time.monotonic)."""

    kind: str
    device: int
    touch: int
    x: float
    y: float
    moment: float


class PanelGone(NamedTuple):
    """A device was unplugged or disabled; touch ends just before it were not made by a person."""

    device: int


class ScreenChanged(NamedTuple):
    """Outputs or modes changed, or the window was moved or resized."""


def _mask(*events: int) -> bytes:
    bits = sum(1 << event for event in events)
    return bits.to_bytes(4, "little")


def _note_error(_display: Any, _error: Any) -> int:
    log.warning("a request to the X server failed")
    return 0


@lru_cache(1)
def _libraries() -> Any:
    """Load the X libraries, once in a process, with an error handler that records failed requests: Xlib's default one
    exits."""
    libraries: Any = xlib.Libraries()
    libraries.handler = xlib.ErrorHandler(_note_error)
    libraries.XSetErrorHandler(libraries.handler)
    return libraries


class Connection:
    """An open connection, until `close`."""

    def __init__(self) -> None:
        """Connect. Raises OSError without an X server, its libraries, or touch support (XInput 2.2)."""
        self._x = _libraries()
        self._display = self._x.XOpenDisplay(None)
        if not self._display:
            raise OSError("no X server")
        self._root = self._x.XDefaultRootWindow(self._display)
        self._window = self._touched = 0
        self._plain: dict[int, bool] = {}
        major, minor, base = c_int(2), c_int(2), c_int()
        self._opcode, self._randr = c_int(), c_int()
        if (
            not self._x.XQueryExtension(
                self._display, b"XInputExtension", byref(self._opcode), byref(base), byref(base)
            )
            or self._x.XIQueryVersion(self._display, byref(major), byref(minor))
            or not self._x.XRRQueryExtension(self._display, byref(self._randr), byref(base))
        ):
            self.close()
            raise OSError("the X server has no XInput 2.2 or no RandR")
        self._x.XRRSelectInput(self._display, self._root, xlib.RR_SCREEN_CHANGE_NOTIFY_MASK)

    def close(self) -> None:
        """Disconnect; touches go to SDL again."""
        if self._display:
            self._x.XCloseDisplay(self._display)
            self._display = None

    # the screen

    def outputs(self) -> list[Output]:
        """Return the enabled outputs, the primary one first."""
        count = c_int()
        found_at = self._x.XRRGetMonitors(self._display, self._root, 1, byref(count))
        monitors = cast(found_at, POINTER(xlib.MonitorInfo))
        found = [
            Output(self._atom_name(one.name), bool(one.primary), Rectangle(one.x, one.y, one.width, one.height))
            for one in monitors[: max(0, count.value)]
        ]
        if monitors:
            self._x.XRRFreeMonitors(found_at)
        whole = Output("", True, self.place_of(self._root))
        return sorted(found, key=lambda output: not output.primary) or [whole]

    def place_of(self, window: int) -> Rectangle:
        """Return the rectangle of a window."""
        root, child, x, y, unused = c_ulong(), c_ulong(), c_int(), c_int(), c_uint()
        width, height = c_uint(), c_uint()
        self._x.XGetGeometry(
            self._display,
            window,
            byref(root),
            byref(x),
            byref(y),
            byref(width),
            byref(height),
            byref(unused),
            byref(unused),
        )
        self._x.XTranslateCoordinates(self._display, window, self._root, 0, 0, byref(x), byref(y), byref(child))
        return Rectangle(x.value, y.value, width.value, height.value)

    @property
    def managed(self) -> bool:
        """Return whether a window manager runs (EWMH: the root names a window that names itself)."""
        check = self._window_property(self._root)
        return bool(check) and self._window_property(check) == check

    def put(self, window: int, place: Rectangle) -> None:
        """Move and resize a window, and give it the input focus."""
        self._x.XMoveResizeWindow(self._display, window, *place)
        self._x.XRaiseWindow(self._display, window)
        self.focus(window)

    def focus(self, window: int) -> None:
        """Set the input focus: without a window manager it follows the pointer."""
        self._x.XSetInputFocus(self._display, window, xlib.REVERT_TO_POINTER_ROOT, xlib.CURRENT_TIME)
        self._x.XSync(self._display, 0)

    def _atom(self, name: bytes) -> int:
        return int(self._x.XInternAtom(self._display, name, 0))

    def _atom_name(self, atom: int) -> str:
        name = self._x.XGetAtomName(self._display, atom)
        if not name:
            return ""
        text = ctypes.string_at(name).decode(errors="replace")
        self._x.XFree(name)
        return text

    def _window_property(self, window: int) -> int:
        """Return the window in _NET_SUPPORTING_WM_CHECK of `window`; 0 without one."""
        data = self._property(self._x.XGetWindowProperty, window, b"_NET_SUPPORTING_WM_CHECK", 8, 1)
        return int.from_bytes(data, sys.byteorder)

    def _property(self, ask: Any, of: int, name: bytes, size: int, most: int) -> bytes:
        """Return up to `most` values of `size` bytes of a property of a window or device; b"" without it."""
        kind, form, count, rest, data = c_ulong(), c_int(), c_ulong(), c_ulong(), c_void_p()
        out = (byref(kind), byref(form), byref(count), byref(rest), byref(data))
        ask(self._display, of, self._atom(name), 0, most, 0, 0, *out)
        if not data:
            return b""
        found = ctypes.string_at(data, count.value * size)
        self._x.XFree(data)
        return found

    # touches

    def listen(self, window: int, *, whole: bool) -> None:
        """Grab the touches of `window` before SDL, those of the whole panel if `whole`, and subscribe to moves of the
        window."""
        self._window, self._touched = window, self._root if whole else window
        self._x.XSelectInput(self._display, window, xlib.STRUCTURE_NOTIFY_MASK)
        hierarchy = xlib.EventMask(xlib.ALL_DEVICES, 4, _mask(xlib.HIERARCHY_CHANGED))
        self._x.XISelectEvents(self._display, self._root, byref(hierarchy), 1)
        touches = xlib.EventMask(xlib.ALL_MASTER_DEVICES, 4, _mask(*_TOUCHES))
        any_modifier = xlib.GrabModifiers(xlib.ANY_MODIFIER, 0)
        self._x.XIGrabTouchBegin(
            self._display, xlib.ALL_MASTER_DEVICES, self._touched, 0, byref(touches), 1, byref(any_modifier)
        )
        self._x.XSync(self._display, 0)

    def events(self) -> Iterator[TouchEvent | PanelGone | ScreenChanged]:
        """Yield the events since the last call."""
        event = xlib.Event()
        while self._display and self._x.XPending(self._display):
            self._x.XNextEvent(self._display, byref(event))
            if event.type in (xlib.CONFIGURE_NOTIFY, self._randr.value + xlib.RR_SCREEN_CHANGE_NOTIFY):
                yield ScreenChanged()
            elif event.type == xlib.GENERIC_EVENT and self._x.XGetEventData(self._display, byref(event.cookie)):
                found = list(self._of_device(event.cookie)) if event.cookie.extension == self._opcode.value else []
                self._x.XFreeEventData(self._display, byref(event.cookie))
                yield from found

    def _of_device(self, cookie: Any) -> Iterator[TouchEvent | PanelGone]:
        if cookie.evtype in _KINDS:
            yield self._touch(cast(cookie.data, POINTER(xlib.DeviceEvent)).contents)
        elif cookie.evtype == xlib.HIERARCHY_CHANGED:
            self._plain.clear()
            changed = cast(cookie.data, POINTER(xlib.HierarchyEvent)).contents
            for one in cast(changed.info, POINTER(xlib.HierarchyInfo))[: changed.num_info]:
                if one.flags & (xlib.SLAVE_REMOVED | xlib.DEVICE_DISABLED):
                    yield PanelGone(one.deviceid)

    def _touch(self, event: Any) -> TouchEvent:
        if event.evtype == xlib.TOUCH_BEGIN:  # accept the grabbed touch: other clients wait for that
            self._x.XIAllowTouchEvents(self._display, event.deviceid, event.detail, self._touched, xlib.ACCEPT_TOUCH)
        x, y = self._share(event)
        return TouchEvent(_KINDS[event.evtype], event.sourceid, event.detail, x, y, _moment(event.time))

    def _share(self, event: Any) -> tuple[float, float]:
        """Return the position of a touch in the window. The server maps a panel to all outputs, but it lies on one."""
        window = self.window_place
        if self._touched == self._root and self._covers_all(event.sourceid):
            x, y, (_left, _top, width, height) = event.root_x, event.root_y, self.screen
        else:
            x, y, width, height = event.root_x - window.x, event.root_y - window.y, window.width, window.height
        return x / max(1, width), y / max(1, height)

    def refresh(self) -> None:
        """Update the rectangles of the window and of the X screen."""
        self.window_place, self.screen = self.place_of(self._window), self.place_of(self._root)

    def _covers_all(self, device: int) -> bool:
        """Return whether a panel is mapped to the whole X screen: no transformation matrix is set."""
        if device not in self._plain:
            data = self._property(self._x.XIGetProperty, device, b"Coordinate Transformation Matrix", 4, 9)
            self._plain[device] = all(part in (-1, 0, 1) for (part,) in struct.iter_unpack("f", data))
        return self._plain[device]


def _moment(server_ms: int) -> float:
    """Return the monotonic time of an event, s. The server's time is the machine's monotonic clock in ms, 32 bits."""
    now = time.monotonic()
    age = ((int(now * 1000) - server_ms) % _CLOCK) / 1000
    return now - age if age < _OLDEST else now
