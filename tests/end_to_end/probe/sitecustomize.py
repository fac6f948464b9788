"""Lets a test see where the widgets of a running kiosk are, and set its clock.

Put on the path of the kiosk's process by the test; the program itself knows nothing of it. Ten times a second it writes the
buttons and words on the screen to the file named by KIOSK_PROBE; "look" counts how often it did, "lifted" the touches that
ended, "kept" is the last time of the work in the background. The file named by KIOSK_CLOCK holds how far the kiosk's clock is
ahead of the machine's, seconds.
"""

import builtins
import json
import os
import sys

_import = builtins.__import__


def _describe(widget, window, names, found, shift=0, seen=None):
    """Append what `widget` and those in it look like; `shift` is how far the goods it is one
    of are scrolled, `seen` bottom and top of where goods can be seen."""
    if widget.opacity == 0:
        return
    kind = type(widget).__name__
    x, y = widget.to_window(*widget.pos)
    y += shift
    bottom, top = seen = seen or (0, window.height)
    if x + widget.width < 0 or x > window.width or y + widget.height < bottom or y > top:
        return
    text = getattr(widget, "text", "") or ""
    spoken = getattr(widget, "spoken", "") or ""
    card = getattr(widget, "card", None)
    line = getattr(getattr(widget, "line", None), "title", "")
    question = str(getattr(widget, "question", "") or "")
    child = names.get(id(widget))
    if text or spoken or card or line or question or child or kind == "SessionCard":
        middle = y + widget.height / 2
        found.append(
            {
                "kind": kind,
                "text": text,
                "spoken": spoken,
                "card": getattr(card, "id", ""),
                "line": line,
                "question": question,
                "child": child,
                "state": getattr(card, "state", ""),
                "scrolled": getattr(widget.parent, "offset", 0),
                "button": hasattr(widget, "last_touch"),
                "disabled": bool(widget.disabled),
                "pressed": getattr(widget, "state", "") == "down" or bool(getattr(widget, "pressed", False)),
                "x": x + widget.width / 2,
                "y": window.height - middle,
                "hidden": min(0, middle - bottom) + max(0, middle - top),  # how far it has to be scrolled, < 0: up
            }
        )
    if kind == "GridView":  # all that scrolls
        shift, seen = widget.shift, (y, y + widget.height)
    for inner in reversed(widget.children):
        _describe(inner, window, names, found, shift, seen)


def _children(screen):
    """Return the place of each child of the screen's named widgets: the name, and its number as read."""
    named = [(name, reversed(widget.children)) for name, widget in screen.ids.items()]
    return {id(child): (name, at) for name, children in named for at, child in enumerate(children)}


def _watch(window):
    from kivy.app import App
    from kivy.clock import Clock

    state = {"looks": 0, "lifted": 0}

    def lifted(_window, _touch):
        state["lifted"] += 1

    def write(_seconds):
        app = App.get_running_app()
        shell = getattr(app, "shell", None)
        whole = shell or getattr(app, "root", None)  # the plain screen of safe mode has no shell
        if whole is None:
            return
        found = []
        state["looks"] += 1
        moving = state["looks"] < 6  # nothing has its place in the first frames
        _describe(whole, window, _children(shell.screen(shell.current)) if shell else {}, found)
        seen = {"size": [int(side) for side in window.size], "look": state["looks"], "lifted": state["lifted"]}
        seen |= {"screen": "safe", "moving": moving, "widgets": found}
        if shell:
            seen |= {
                "screen": shell.current,
                "moving": moving or shell.ids.manager.transition.is_active,
                "busy": bool(app.workers.busy or app.photos.busy),
                "kept": getattr(getattr(app.background, "_keeping", None), "_last_dt", 0),
                "language": app.tr.code,
            }
        path = os.environ["KIOSK_PROBE"]
        with open(path + ".new", "w") as file:
            json.dump(seen, file)
        os.replace(path + ".new", path)

    window.bind(on_touch_up=lifted)
    Clock.schedule_interval(write, 0.1)


def _importing(name, *args, **kwargs):
    module = _import(name, *args, **kwargs)
    window_module = sys.modules.get("kivy.core.window")
    window = getattr(window_module, "Window", None)
    if window is not None:
        builtins.__import__ = _import
        _watch(window)
    return module


def _set_clock(path):
    from datetime import UTC, datetime, timedelta

    from kiosk import clock

    def utc_now():
        with open(path) as file:
            return datetime.now(UTC) + timedelta(seconds=float(file.read()))

    clock.utc_now = utc_now


if os.environ.get("KIOSK_PROBE"):
    builtins.__import__ = _importing
if os.environ.get("KIOSK_CLOCK"):
    _set_clock(os.environ["KIOSK_CLOCK"])
