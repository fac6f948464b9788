"""Scanning with the camera, or typing a code. Scanners work on every screen; here the keys of a failed scan are shown,
with the scanner setting that would have made it a code."""

from __future__ import annotations

import threading
import time
from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, DictProperty, ObjectProperty, StringProperty

from kiosk.codes.camera import Camera, NoCamera, read
from kiosk.codes.codes import BadCode
from kiosk.codes.hearing import Burst
from kiosk.documents.content import picture_bytes
from kiosk.errors import N_, KioskError
from kiosk.settings.schema import ENTRIES
from screens.tools.photos import texture_of

from .base import StaffScreen

#: Camera frames decoded per second; more would heat the tablet.
A_SECOND = 8
#: Longest side of the viewfinder, pixels.
VIEW = 640
#: Messages about a failed scan.
NOTHING = N_("None of our codes is in it.")
ADVICE = N_("There is a code in it. This setting makes the tablet understand it:")
NAMES = {entry.key: entry.name for entry in ENTRIES}


class Watcher:
    """Reads a camera on its own thread; `seen(picture, code)` and `failed(error)` are called on the screen's thread."""

    def __init__(self, source: str, seen: Any, failed: Any, *, reading: bool = True) -> None:
        self._source, self._seen, self._failed, self._reading = source, seen, failed, reading
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Release the camera; no further callbacks."""
        self._stop.set()

    def _run(self) -> None:
        try:
            with Camera(self._source) as camera:
                missed = 0
                while not self._stop.is_set() and missed < 5 * A_SECOND:
                    begun = time.monotonic()
                    picture = camera.frame()
                    missed = 0 if picture else missed + 1
                    if picture is not None:
                        self._deliver(self._seen, picture, read(picture) if self._reading else None)
                    self._stop.wait(max(0.01, 1 / A_SECOND - (time.monotonic() - begun)))
            if missed:
                raise NoCamera()
        except KioskError as error:
            self._deliver(self._failed, error)

    def _deliver(self, to: Any, *values: Any) -> None:
        Clock.schedule_once(lambda dt: None if self._stop.is_set() else to(*values))


class ScanScreen(StaffScreen):
    """A live viewfinder beside a keypad for codes."""

    texture = ObjectProperty(None, allownone=True)
    trouble = StringProperty()
    camera_trouble = StringProperty()
    watching = BooleanProperty(False)
    #: The failed scan: keys, message, and suggested settings.
    keys = StringProperty()
    measured = StringProperty()
    said = StringProperty()
    advice = DictProperty()

    def __init__(self, **kwargs: Any) -> None:
        self._watcher: Watcher | None = None
        super().__init__(**kwargs)
        self.bind(on_leave=lambda *_: self.stop())

    def open(self, **values: Any) -> None:
        self.reset()
        self.app.scanner_input.watch(self.heard)
        source = self.app.settings.camera.source
        self.camera_trouble = "" if source else self.app.tr._("No camera is set up. Use the scanner, or type the code.")
        if source:
            self.watching = True
            self._watcher = Watcher(source, self._seen, self._camera_failed)

    def on_return(self) -> None:
        self.open()

    def _seen(self, picture: Any, code: Any) -> None:
        if self.app.shell.current != self.name:
            self.stop()
            return
        small = picture.copy()
        small.thumbnail((VIEW, VIEW))
        self.texture = texture_of(*picture_bytes(small))
        if isinstance(code, BadCode):
            self.trouble = self.app.tr.error(code)
        elif code is not None:
            self.stop()
            self.app.code_router.take(code)

    def _camera_failed(self, error: KioskError) -> None:
        self.watching = False
        self.texture = None
        self.camera_trouble = self.app.tr.error(error)

    def heard(self, burst: Burst) -> None:
        """Show a burst that is not a code."""
        tr = self.app.tr
        if burst.understood:
            return
        self.keys = "  ".join(burst.names)
        self.advice = dict(burst.advice) if self.member.may("settings") else {}
        pause = round(burst.pause * 1000)
        self.measured = tr("Keys: {count}. Longest pause: {pause} ms.", count=burst.count, pause=pause)
        lines = [f"{tr._(NAMES[key])}: {value or '–'}" for key, value in burst.advice.items()]
        self.said = "\n".join([tr._(ADVICE), *lines]) if lines else tr._(NOTHING)

    def set_up(self) -> None:
        """Save the suggested settings."""
        preferences, now, changes = self.app.services.preferences, self.app.now(), dict(self.advice)
        self.do("settings", lambda who: preferences.change(changes=changes, now=now, who=who), self._kept)

    def _kept(self, settings: Any) -> None:
        app = self.app
        app.take_settings(settings)
        app.shell.home()
        app.shell.go("scan")
        app.shell.say(app.tr._("The tablet is set to this scanner"), app.tr._("Please scan the code once more."))

    def type_code(self) -> None:
        """Clear the failed scan and show the keypad."""
        self.keys = self.said = ""
        self.advice = {}

    def find(self) -> None:
        """Handle the typed code."""
        self.app.scanner_input.typed(self.ids.entry.text, self._refused)

    def _refused(self, error: KioskError) -> None:
        self.trouble = self.app.tr.error(error)

    def stop(self) -> None:
        """Release the camera."""
        if self._watcher:
            self._watcher.stop()
            self._watcher = None
        self.watching = False
        self.app.scanner_input.watch(None)

    def reset(self) -> None:
        self.stop()
        self.type_code()
        self.texture = None
        self.trouble = self.camera_trouble = self.ids.entry.text = ""
