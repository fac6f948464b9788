"""The safe screen, of standard Kivy widgets and no code of the kiosk's screens: counts people, one touch each."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

os.environ.update(KIVY_NO_ARGS="1", KIVY_NO_FILELOG="1", KIVY_NO_CONSOLELOG="1", KIVY_LOG_MODE="PYTHON")
os.environ.setdefault("KIVY_HOME", str(Path(tempfile.gettempdir()) / f"lumijobi-kivy-{os.getuid()}"))

import sdnotify
from kivy.app import App
from kivy.clock import Clock
from kivy.config import Config
from kivy.core.text import LabelBase
from kivy.lang.builder import Builder
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.errors import N_, DiskFull, KioskError
from kiosk.files.resources import font
from kiosk.language.translation import Language
from kiosk.settings import BadSettings
from screens.x11.touch_panel import moment_of
from screens.x11.window import KioskWindow

#: Seconds without a touch after which it retries.
AGAIN = 15 * 60
#: Interval of watchdog notifications, seconds.
ALIVE = 8
#: Debounce after the last touch-up, seconds: a trembling finger.
BOUNCE = 0.04
ONE_TOUCH = N_("One touch for each person")
FOR_STAFF = N_(
    "For staff: the kiosk failed to start three times in a row. Visitors can still be counted on this screen, and "
    "nothing is lost. Switch it off and on again. If this screen comes back, call the person who maintains it."
)
FULL = N_(
    "For staff: the tablet’s storage is full, so the kiosk cannot start. Call the person who maintains it: something has "
    "to be removed. Visitors can be counted on this screen as long as there is room."
)
NO_STORAGE = N_(
    "For staff: the tablet’s storage cannot be written to, so the kiosk cannot start. Call the person who maintains it. "
    "Count on paper if the screen says so."
)
BROKEN_SETTINGS = N_(
    "For staff: the settings file has a mistake, so the kiosk cannot start. Correct it, or call the person who maintains "
    "the tablet, then touch “Try again”. Visitors can be counted on this screen."
)
NOT_COUNTED = N_("This was not counted: nothing can be saved. Please write it on paper.")


def staff_words(trouble: KioskError | None) -> str:
    """Return the text for staff."""
    if isinstance(trouble, BadSettings):
        return BROKEN_SETTINGS
    return FOR_STAFF if trouble is None else FULL if isinstance(trouble, DiskFull) else NO_STORAGE


def details(trouble: KioskError | None, language: Language) -> str:
    """Return the location of an error in the settings: file, line, key and reason."""
    return language.text(trouble.message).format(**trouble.values) if isinstance(trouble, BadSettings) else ""


def configure(windowed: tuple[int, int] | None) -> None:
    """Configure Kivy before its window is created."""
    Config.set("kivy", "exit_on_escape", "0")
    Config.set("kivy", "log_level", "error")
    Config.set("input", "mouse", "mouse,disable_multitouch")
    Config.set("graphics", "fullscreen", "0" if windowed else "auto")
    Config.set("graphics", "show_cursor", "1" if windowed else "0")
    if windowed:
        Config.set("graphics", "width", str(windowed[0]))
        Config.set("graphics", "height", str(windowed[1]))


class SafeFace(BoxLayout):
    """The whole screen."""

    people = NumericProperty(0)
    centre = StringProperty()
    welcome = StringProperty()
    ask = StringProperty()
    staff = StringProperty()
    trouble = StringProperty()
    again = StringProperty()
    undo = StringProperty()
    inches = NumericProperty(10.1)  # diagonal of the screen
    mm = NumericProperty(6)  # pixels per mm
    size_of_text = NumericProperty(20)


def face_of(settings: Any, trouble: KioskError | None = None) -> SafeFace:
    """Return the screen of a centre: the visitors' text in each of its languages, the staff's in its own, with
    `trouble` if known."""
    LabelBase.register("Safe", fn_regular=str(font("Bold")))
    kv = str(Path(__file__).with_suffix(".kv"))
    if kv not in Builder.files:
        Builder.load_file(kv)
    centre = settings.centre
    spoken = [Language(code) for code in centre.languages]
    own = Language(centre.default_language)
    return SafeFace(
        centre=centre.name,
        inches=settings.screen.diagonal_inches,
        welcome="  ·  ".join(dict.fromkeys(language.text(N_("Welcome")) for language in spoken)),
        ask="  ·  ".join(dict.fromkeys(language.text(ONE_TOUCH) for language in spoken)),
        staff="\n".join(filter(None, (own.text(staff_words(trouble)), details(trouble, own)))),
        again=own.text(N_("Try again")),
        undo=own.text(N_("Undo")),
    )


class SafeApp(App):
    """`count` stores the counts; `again`: whether to start the kiosk afterwards."""

    title = "Lumijobi"
    again = False

    def __init__(
        self,
        count: Any,
        settings: Any,
        clock: Callable[[], datetime],
        trouble: KioskError | None = None,
        *,
        full_screen: bool = False,
    ) -> None:
        super().__init__(kv_directory="", kv_file="")
        self.count, self.settings, self.now, self.trouble = count, settings, clock, trouble
        self.full_screen = full_screen
        self.counted: list[str] = []
        self._struck = -BOUNCE
        self._touched = Clock.time()

    def load_kv(self, filename: str | None = None) -> None:
        """Disable Kivy's loading of a .kv file by the app's name."""

    def build(self) -> Any:
        self.window = KioskWindow(full=self.full_screen, output=self.settings.screen.output)
        from kivy.core.window import Window

        self.window.attach(Window)
        self.face = face_of(self.settings, self.trouble)
        Window.bind(on_flip=self._flipped, on_request_close=lambda *_, **__: True)
        Clock.schedule_interval(self._live, ALIVE)
        return self.face

    def on_stop(self) -> None:
        self.window.stop()

    def add(self, touch: Any = None) -> None:
        """Count a person; the display changes only after the count is stored. `touch` is the finger lifted."""
        struck, self._struck = self._struck, moment_of(touch)
        if self._struck - struck < BOUNCE:
            return
        self._touched = Clock.time()
        try:
            self.counted.append(self.count.add(self.now()))
        except OSError:
            self._tell()
        self.face.people = len(self.counted)

    def undo(self) -> None:
        """Undo the last count."""
        self._touched = Clock.time()
        if self.counted:
            try:
                self.count.undo(self.counted[-1], self.now())
                self.counted.pop()
            except Exception:
                self._tell()
        self.face.people = len(self.counted)

    def try_again(self) -> None:
        """Close, to start the kiosk again."""
        self.again = True
        self.stop()

    def _tell(self) -> None:
        self.face.trouble = Language(self.settings.centre.default_language).text(NOT_COUNTED)

    def _flipped(self, *_: object) -> None:
        self._drawn = True

    def _live(self, _seconds: float) -> None:
        """Notify the watchdog; retry after a long time without a touch."""
        from kivy.core.window import Window

        if getattr(self, "_drawn", False):
            sdnotify.SystemdNotifier().notify("READY=1\nWATCHDOG=1")
        self._drawn = False
        Window.canvas.ask_update()
        if Clock.time() - self._touched > AGAIN:
            self.try_again()
