"""A connection to the X server beside SDL's: which outputs there are, where the window is, and the fingers on a touch panel.

SDL asks a window manager to make a window fill the screen, and where there is none nobody does. It makes one mouse of all
fingers, and tells when it looked, not when they touched: https://github.com/libsdl-org/SDL/issues/16342 and 1179.
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

#: What happened to a finger.
BEGIN, MOVE, END = "begin", "move", "end"
_KINDS = {xlib.TOUCH_BEGIN: BEGIN, xlib.TOUCH_UPDATE: MOVE, xlib.TOUCH_END: END}
#: The server's clock starts anew after so many ms.
_CLOCK = 1 << 32
#: An event older than this is of a server whose clock is not this machine's, seconds.
_OLDEST = 30.0
_TOUCHES = (xlib.TOUCH_BEGIN, xlib.TOUCH_UPDATE, xlib.TOUCH_END)


class Rectangle(NamedTuple):
    """A part of the X screen, pixels from its upper left."""

    x: int
    y: int
    width: int
    height: int


class Output(NamedTuple):
    """A connected screen that shows something."""

    name: str
    primary: bool
    place: Rectangle


class TouchEvent(NamedTuple):
    """A finger `touch` on the panel `device` began, moved or ended at `x`, `y` (shares of the window's width and height from
    its upper left) at `moment` (s, as time.monotonic)."""

    kind: str
    device: int
    touch: int
    x: float
    y: float
    moment: float


class PanelGone(NamedTuple):
    """A device was unplugged or switched off; the ends of its fingers just before are not a person's."""

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
    """The X libraries, once in a process. A request that fails is noted and not the end of the program, as it would be by
    Xlib's own handler."""
    libraries: Any = xlib.Libraries()
    libraries.handler = xlib.ErrorHandler(_note_error)
    libraries.XSetErrorHandler(libraries.handler)
    return libraries


class Connection:
    """Open until `close`."""

    def __init__(self) -> None:
        """Raises OSError when there is no X server, no library for it, or it knows no touch panels (XInput 2.2)."""
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
        """End it; touches go to SDL again."""
        if self._display:
            self._x.XCloseDisplay(self._display)
            self._display = None

    # the screen

    def outputs(self) -> list[Output]:
        """Return what is connected and shows something, the primary one first."""
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
        """Return where a window is."""
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
        """Whether a window manager runs (EWMH: the root names a window of its own, which names itself)."""
        check = self._window_property(self._root)
        return bool(check) and self._window_property(check) == check

    def put(self, window: int, place: Rectangle) -> None:
        """Move and resize a window, and give it the keys."""
        self._x.XMoveResizeWindow(self._display, window, *place)
        self._x.XRaiseWindow(self._display, window)
        self.focus(window)

    def focus(self, window: int) -> None:
        """Give a window the keys; without a window manager nobody does, and they go where the pointer is."""
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
        """Return the window named by _NET_SUPPORTING_WM_CHECK of `window`; 0 when there is none."""
        data = self._property(self._x.XGetWindowProperty, window, b"_NET_SUPPORTING_WM_CHECK", 8, 1)
        return int.from_bytes(data, sys.byteorder)

    def _property(self, ask: Any, of: int, name: bytes, size: int, most: int) -> bytes:
        """Return up to `most` values of `size` bytes each of a property of a window or of a device; b"" when it has none."""
        kind, form, count, rest, data = c_ulong(), c_int(), c_ulong(), c_ulong(), c_void_p()
        out = (byref(kind), byref(form), byref(count), byref(rest), byref(data))
        ask(self._display, of, self._atom(name), 0, most, 0, 0, *out)
        if not data:
            return b""
        found = ctypes.string_at(data, count.value * size)
        self._x.XFree(data)
        return found

    # fingers

    def listen(self, window: int, *, whole: bool) -> None:
        """Take the touches of `window` before SDL does, wherever on the X screen they are if it has the `whole` of a panel,
        and tell when it is moved."""
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
        """Yield what happened since the last time."""
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
        if event.evtype == xlib.TOUCH_BEGIN:  # else the next who listens waits for what becomes of it
            self._x.XIAllowTouchEvents(self._display, event.deviceid, event.detail, self._touched, xlib.ACCEPT_TOUCH)
        x, y = self._share(event)
        return TouchEvent(_KINDS[event.evtype], event.sourceid, event.detail, x, y, _moment(event.time))

    def _share(self, event: Any) -> tuple[float, float]:
        """Return where a finger is on the window. The server spreads a panel over all outputs: it lies on one of them."""
        window = self.window_place
        if self._touched == self._root and self._covers_all(event.sourceid):
            x, y, (_left, _top, width, height) = event.root_x, event.root_y, self.screen
        else:
            x, y, width, height = event.root_x - window.x, event.root_y - window.y, window.width, window.height
        return x / max(1, width), y / max(1, height)

    def refresh(self) -> None:
        """Look where the window and the X screen are now."""
        self.window_place, self.screen = self.place_of(self._window), self.place_of(self._root)

    def _covers_all(self, device: int) -> bool:
        """Whether a panel is spread over the whole X screen: nobody gave it a part, turned or not."""
        if device not in self._plain:
            data = self._property(self._x.XIGetProperty, device, b"Coordinate Transformation Matrix", 4, 9)
            self._plain[device] = all(part in (-1, 0, 1) for (part,) in struct.iter_unpack("f", data))
        return self._plain[device]


def _moment(server_ms: int) -> float:
    """Return the moment of an event. The server's time is the machine's monotonic clock in ms, of 32 bits."""
    now = time.monotonic()
    age = ((int(now * 1000) - server_ms) % _CLOCK) / 1000
    return now - age if age < _OLDEST else now
