"""Lets a test see where the widgets of a running kiosk are.

Put on the path of the kiosk's process by the test; the program itself knows nothing of it. Ten times a second it writes the
buttons and words on the screen to the file named by KIOSK_PROBE; "look" counts how often it did.
"""

import builtins
import json
import os
import sys

_import = builtins.__import__


def _describe(widget, window, found):
    if widget.opacity == 0:
        return
    x, y = widget.to_window(*widget.pos)
    if x + widget.width < 0 or x > window.width or y + widget.height < 0 or y > window.height:
        return
    text = getattr(widget, "text", "") or ""
    spoken = getattr(widget, "spoken", "") or ""
    card = getattr(widget, "card", None)
    kind = type(widget).__name__
    if text or spoken or card or kind == "SessionCard":
        shift = 0
        parent = widget.parent
        if kind == "ItemCell" and parent is not None:
            shift = parent.shift
        found.append(
            {
                "kind": kind,
                "text": text,
                "spoken": spoken,
                "state": getattr(card, "state", ""),
                "scrolled": getattr(parent, "offset", 0),
                "button": hasattr(widget, "last_touch"),
                "disabled": bool(widget.disabled),
                "pressed": getattr(widget, "state", "") == "down" or bool(getattr(widget, "pressed", False)),
                "x": x + widget.width / 2,
                "y": window.height - (y + shift + widget.height / 2),
            }
        )
    for child in reversed(widget.children):
        _describe(child, window, found)


def _watch(window):
    from kivy.app import App
    from kivy.clock import Clock

    state = {"looks": 0}

    def write(_seconds):
        app = App.get_running_app()
        shell = getattr(app, "shell", None)
        whole = shell or getattr(app, "root", None)  # the plain screen of safe mode has no shell
        if whole is None:
            return
        found = []
        _describe(whole, window, found)
        state["looks"] += 1
        moving = state["looks"] < 6  # nothing has its place in the first frames
        moving = moving or (shell is not None and shell.ids.manager.transition.is_active)
        size = [int(side) for side in window.size]
        screen = shell.current if shell is not None else "safe"
        seen = {"screen": screen, "moving": moving, "size": size, "look": state["looks"], "widgets": found}
        path = os.environ["KIOSK_PROBE"]
        with open(path + ".new", "w") as file:
            json.dump(seen, file)
        os.replace(path + ".new", path)

    Clock.schedule_interval(write, 0.1)


def _importing(name, *args, **kwargs):
    module = _import(name, *args, **kwargs)
    window_module = sys.modules.get("kivy.core.window")
    window = getattr(window_module, "Window", None)
    if window is not None:
        builtins.__import__ = _import
        _watch(window)
    return module


if os.environ.get("KIOSK_PROBE"):
    builtins.__import__ = _importing
