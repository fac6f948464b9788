"""ctypes bindings of Xlib, XInput 2.2 and RandR 1.5, from X11/Xlib.h, X11/extensions/XInput2.h and Xrandr.h."""

from __future__ import annotations

import ctypes
from typing import Any

#: From X.h: event masks, and input constants.
STRUCTURE_NOTIFY_MASK = 1 << 17
REVERT_TO_POINTER_ROOT = 1
CURRENT_TIME = 0
GENERIC_EVENT, CONFIGURE_NOTIFY = 35, 22
#: From XI2.h.
ALL_DEVICES, ALL_MASTER_DEVICES = 0, 1
HIERARCHY_CHANGED, TOUCH_BEGIN, TOUCH_UPDATE, TOUCH_END = 11, 18, 19, 20
SLAVE_REMOVED, DEVICE_DISABLED = 1 << 3, 1 << 7
ACCEPT_TOUCH = 6
ANY_MODIFIER = -(1 << 31)
#: From randr.h.
RR_SCREEN_CHANGE_NOTIFY_MASK, RR_SCREEN_CHANGE_NOTIFY = 1, 0

#: Type of the error handler; its result is ignored.
ErrorHandler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
#: One letter for each C type, in this order int, unsigned, long, unsigned long, double, char*, any pointer or handle.
TYPES: dict[str, Any] = {
    "i": ctypes.c_int,
    "u": ctypes.c_uint,
    "l": ctypes.c_long,
    "L": ctypes.c_ulong,
    "d": ctypes.c_double,
    "s": ctypes.c_char_p,
    "p": ctypes.c_void_p,
}


def fields(spec: str) -> list[tuple[str, Any]]:
    """Return ctypes fields from a text such as "name:type name:type"."""
    return [(name, TYPES[letter]) for name, _, letter in (field.partition(":") for field in spec.split())]


class Cookie(ctypes.Structure):
    """XGenericEventCookie."""

    _fields_ = fields("type:i serial:L send_event:i display:p extension:i evtype:i cookie:u data:p")


class Event(ctypes.Union):
    """XEvent."""

    _fields_ = (("type", ctypes.c_int), ("cookie", Cookie), ("pad", ctypes.c_long * 24))


class DeviceEvent(ctypes.Structure):
    """XIDeviceEvent, up to its coordinates."""

    _fields_ = fields(
        "type:i serial:L send_event:i display:p extension:i evtype:i time:L deviceid:i sourceid:i detail:i root:L event:L "
        "child:L root_x:d root_y:d event_x:d event_y:d"
    )


class HierarchyInfo(ctypes.Structure):
    """XIHierarchyInfo."""

    _fields_ = fields("deviceid:i attachment:i use:i enabled:i flags:i")


class HierarchyEvent(ctypes.Structure):
    """XIHierarchyEvent; `info` points to `num_info` HierarchyInfo."""

    _fields_ = fields("type:i serial:L send_event:i display:p extension:i evtype:i time:L flags:i num_info:i info:p")


class EventMask(ctypes.Structure):
    """XIEventMask."""

    _fields_ = fields("deviceid:i mask_len:i mask:s")


class GrabModifiers(ctypes.Structure):
    """XIGrabModifiers."""

    _fields_ = fields("modifiers:i status:i")


class MonitorInfo(ctypes.Structure):
    """XRRMonitorInfo."""

    _fields_ = fields("name:L primary:i automatic:i noutput:i x:i y:i width:i height:i mwidth:i mheight:i outputs:p")


#: Library -> function -> type letters: result (- is none), then arguments. Pointers are p.
FUNCTIONS = {
    "libX11.so.6": {
        "XOpenDisplay": "ps",
        "XCloseDisplay": "ip",
        "XDefaultRootWindow": "Lp",
        "XSetErrorHandler": "pp",
        "XInternAtom": "Lpsi",
        "XGetAtomName": "ppL",
        "XFree": "ip",
        "XQueryExtension": "ipsppp",
        "XSelectInput": "ipLl",
        "XPending": "ip",
        "XNextEvent": "ipp",
        "XGetEventData": "ipp",
        "XFreeEventData": "-pp",
        "XSync": "ipi",
        "XGetGeometry": "ipLppppppp",
        "XTranslateCoordinates": "ipLLiippp",
        "XMoveResizeWindow": "ipLiiuu",
        "XRaiseWindow": "ipL",
        "XSetInputFocus": "ipLiL",
        "XGetWindowProperty": "ipLLlliLppppp",
    },
    "libXi.so.6": {
        "XIQueryVersion": "ippp",
        "XISelectEvents": "ipLpi",
        "XIGrabTouchBegin": "ipiLipip",
        "XIAllowTouchEvents": "ipiuLi",
        "XIGetProperty": "ipiLlliLppppp",
    },
    "libXrandr.so.2": {
        "XRRQueryExtension": "ippp",
        "XRRSelectInput": "-pLi",
        "XRRGetMonitors": "ppLip",
        "XRRFreeMonitors": "-p",
    },
}


class Libraries:
    """The functions above, as attributes."""

    def __init__(self) -> None:
        """Load the libraries. Raises OSError if one is missing."""
        for library, functions in FUNCTIONS.items():
            loaded = ctypes.CDLL(library)
            for name, letters in functions.items():
                function = getattr(loaded, name)
                function.restype = TYPES.get(letters[0])
                function.argtypes = [TYPES[letter] for letter in letters[1:]]
                setattr(self, name, function)
