"""The app: state shared by the screens, and the window."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import screens.startup.kivy_subset  # noqa: F401  (before the rest of Kivy)

# isort: split

from kivy.app import App
from kivy.clock import Clock
from kivy.config import Config
from kivy.properties import ObjectProperty

from kiosk.clock import utc_now
from kiosk.errors import N_, KioskError
from kiosk.language.speech import Speech
from kiosk.language.translation import Language
from kiosk.privacy.wiping import scrub
from kiosk.startup import sdl_preload

if TYPE_CHECKING:
    from kiosk.pictures.store import Pictures
    from kiosk.services import Member, Services
    from kiosk.settings import Settings

log = logging.getLogger(__name__)

TROUBLE = N_("Something went wrong")
TROUBLE_TEXT = N_("Nothing was saved. Please try again, or ask at the desk.")


def configure(windowed: tuple[int, int] | None) -> None:
    """Configure Kivy before its window is created: no exit keys, no settings panel, no multi-touch emulation."""
    Config.set("kivy", "exit_on_escape", "0")
    Config.set("kivy", "keyboard_mode", "")
    Config.set("kivy", "log_level", "error")
    Config.set("input", "mouse", "mouse,disable_multitouch")
    Config.set("graphics", "multisamples", "0")  # shapes are anti-aliased by textures: screens/widgets/plates.py
    Config.set("graphics", "resizable", "1" if windowed else "0")
    for module in Config.options("modules"):  # an option in this section enables the module, whatever its value
        Config.remove_option("modules", module)
    if windowed:
        Config.set("graphics", "fullscreen", "0")
        Config.set("graphics", "width", str(windowed[0]))
        Config.set("graphics", "height", str(windowed[1]))
    else:
        Config.set("graphics", "fullscreen", "auto")
        Config.set("graphics", "show_cursor", "0")


#: Seconds after leaving the desk until the screens have released their content and the garbage is collected.
SCRUB_AFTER = 4.0


class KioskApp(App):
    """State shared by the screens. `clock` is the wall clock, an argument so that tests can set the time."""

    title = "Lumijobi"
    #: The signed-in member of staff; None during visits.
    member: Member | None = ObjectProperty(None, allownone=True)

    def __init__(
        self,
        services: Services,
        pictures: Pictures,
        settings: Settings,
        clock: Callable[[], datetime] = utc_now,
        *,
        first: Callable[[], None] = lambda: None,
        full_screen: bool = False,
        may_close: bool = False,
        demo: tuple[str, str] = ("", ""),
    ) -> None:
        """`first` does the data tasks at the start, on a worker. `full_screen`: not a desktop window; `may_close`: the
        window can be closed. `demo` are the PIN and the passphrase of the demo, which are public."""
        super().__init__(kv_directory="", kv_file="")
        self.services, self.pictures, self.settings = services, pictures, settings
        self.now, self.first = clock, first
        self.full_screen, self.may_close = full_screen, may_close
        self.demo_pin, self.demo_passphrase = demo
        self.finnish = Language("fi", timezone=settings.centre.timezone)  # the staff's language

    def load_kv(self, filename: str | None = None) -> None:
        """Disable Kivy's loading of a .kv file by the app's name."""

    def open_settings(self, *_: object) -> bool:
        """Disable Kivy's settings panel."""
        return False

    def build(self) -> Any:
        sdl_preload.need_display()  # before the window is created
        from .x11.window import KioskWindow

        self.window = KioskWindow(full=self.full_screen, output=self.settings.screen.output)
        from kivy.core.window import Window
        from kivy.lang.builder import global_idmap

        from . import widgets
        from .frame import shell
        from .frame.background import BackgroundWork
        from .frame.burn_in import BurnInShift
        from .frame.code_router import CodeRouter
        from .frame.focus import Focus
        from .frame.idle import IdleClock
        from .frame.scanner_input import ScannerInput
        from .frame.screen_reader import ScreenReader
        from .frame.visitor_session import VisitorSession
        from .frame.watchdog import Watchdog
        from .staff.first_start.way import FirstStart
        from .tools.photos import Photos
        from .tools.workers import Workers
        from .widgets.buttons import StrikeGuard
        from .widgets.theme import Theme
        from .widgets.tr import Tr
        from .widgets.words import register_fonts

        register_fonts()
        self.guard = StrikeGuard()
        self.theme = Theme(self.settings.screen)
        self.tr = Tr(self.settings.centre.default_language, self.settings.centre.timezone)
        self.visitor = VisitorSession(self.theme, self.tr)
        global_idmap.update(theme=self.theme, tr=self.tr)
        self.workers = Workers()
        self.photos = Photos(self.pictures, self.workers)
        self.visitor.plain_looks(self.settings.screen)
        self.fit_glass(*Window.size)
        self.theme.bind(ground=self._coloured)
        self._coloured()
        widgets.load_first()
        widgets.load_kv(shell.__file__)
        self.focus = Focus(self)
        self.speech = Speech()
        self.speech.silent = self.settings.sound.volume == 0
        self.screen_reader = ScreenReader(self)
        self.first_start = FirstStart(self)
        self.shell = shell.Shell()
        self.idle = IdleClock(self)
        self.burn_in = BurnInShift(self)
        Window.bind(**self._of_window())
        self.window.attach(Window)
        self.code_router = CodeRouter(self)
        self.scanner_input = ScannerInput(self)
        self.watchdog = Watchdog(self)
        self.shell.welcome()
        self.background = BackgroundWork(self)
        return self.shell

    #: Function that sets the tablet's volume in percent; in a desktop window it does nothing.
    set_volume: Callable[[int], None] = staticmethod(lambda percent: None)
    #: Rings a bell on the loudspeaker, without waiting.
    chime: Callable[[], None] = staticmethod(lambda: None)

    #: Called after the database is closed; then the program restarts.
    after: Callable[[], None] | None = None

    def begin_again(self, after: Callable[[], None]) -> None:
        """Stop, call `after` while the database is closed, and restart."""
        self.after = after
        Clock.schedule_once(lambda dt: self.stop())  # after the present touch has ended

    def on_stop(self) -> None:
        from kivy.core.window import Window

        Window.unbind(**self._of_window())
        self.window.stop()
        self.idle.stop()
        self.burn_in.stop()
        self.focus.clear()
        self.screen_reader.end()
        self.watchdog.stop()
        self.scanner_input.stop()
        self.speech.stop()
        self.background.stop()
        self.workers.stop()

    def _of_window(self) -> dict[str, Callable[..., Any]]:
        """Return the window's event handlers by event."""
        touched = {"on_touch_down": self._touched, "on_touch_move": self._touched}
        return {"size": self._resized, "on_request_close": self._asked_to_close, **touched}

    def _coloured(self, *_: object) -> None:
        """Set the background as the window's clear colour, which saves drawing it."""
        from kivy.core.window import Window

        Window.clearcolor = self.theme.ground

    def _resized(self, _window: Any, size: tuple[int, int]) -> None:
        self.fit_glass(*size)

    def _touched(self, _window: Any, touch: Any) -> None:
        if self.shell.dark:
            touch.ud["woke"] = True
        self.idle.touched()
        self.screen_reader.hush()
        if not self.screen_reader.corners:
            self.focus.clear()

    def _asked_to_close(self, *_: object, **__: object) -> bool:
        return not self.may_close

    def fit_glass(self, width: int, height: int, inches: float | None = None) -> None:
        """Lay out for a screen of `width` × `height` pixels with the calibrated diagonal."""
        inches = inches or self.services.screen_size.diagonal(width, height)
        self.theme.screen = self.settings.screen._replace(diagonal_inches=inches)
        self.theme.fit(width, height)

    def take_settings(self, settings: Settings) -> None:
        """Apply other settings at once: services and screens are created again, an unlocked key is locked. A member of
        staff stays signed in; the caller opens a screen."""
        from kivy.core.window import Window

        before, self.settings = self.settings, settings
        self.services.keyring.lock()
        self.services = self.services.under(settings)
        self.focus.clear()
        self.shell.rebuild()
        if settings.screen != before.screen:
            self.visitor.plain_looks(settings.screen)
            self.fit_glass(*Window.size)
            self.window.use(settings.screen.output)
        self.background.settings_changed(before)

    def local_day(self, moment: datetime) -> date:
        """Return the centre's local date at `moment`."""
        return moment.astimezone(ZoneInfo(self.settings.centre.timezone)).date()

    # work

    def work(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object] = lambda answer: None,
        failed: Callable[[KioskError], object] | None = None,
    ) -> Any:
        """Run `work()` on a worker; then call `done(answer)`, or `failed(error)` for a KioskError. Without `failed` the
        error is shown in a dialog."""

        def went_wrong(error: Exception) -> None:
            if isinstance(error, KioskError):
                (failed or self.show_error)(error)
            else:
                self.unforeseen(error)

        return self.workers.start(work, done, went_wrong)

    def show_error(self, error: KioskError) -> None:
        """Show `error` in a dialog."""
        self.shell.say(self.tr.error(error), "", art="trouble.png")

    def unforeseen(self, error: Exception) -> None:
        """Show a general error message, and log the error."""
        log.error("unexpected %s", type(error).__name__, exc_info=error)
        self.shell.say(self.tr._(TROUBLE), self.tr._(TROUBLE_TEXT), art="trouble.png")

    # the visitor

    def end_session(self, why: str = "done") -> None:
        """End the visit, or sign out: delete the visitor's state and show the welcome screen."""
        if self.member is not None:
            self._leave(self.member, why)
        self.focus.clear()
        self.screen_reader.stop()
        self.visitor.end(self.settings)
        self.shell.welcome()
        self.background.visit_over()

    # staff

    def enter_desk(self, member: Member) -> None:
        """Sign `member` in and open the desk; the visitor's state is deleted."""
        self.end_session()
        self.member = member
        if member.language in self.settings.centre.languages:
            self.tr.use(member.language)
        if member.may("personal") and self.first_start.keys_wait:
            self.first_start.open()
        else:
            self.shell.home()

    def _leave(self, member: Member, why: str) -> None:
        self.member = None
        self.services.keyring.lock()
        now = self.now()
        self.work(lambda: self.services.staff.left(member, now, why))
        Clock.schedule_once(lambda dt: self._scrub(), SCRUB_AFTER)

    def _scrub(self) -> None:
        """Overwrite freed memory: this thread's heap here, the rest on a worker."""
        from kiosk.language.glyphs import runs

        from .widgets.words import Words, extents

        for screen in self.shell.ids.manager.screens:
            for widget in screen.walk(restrict=True):
                if isinstance(widget, Words):
                    widget.forget()
        for measured_by_text in (extents, runs):
            measured_by_text.cache_clear()
        scrub(pools=False)
        self.work(scrub)

    def staff_work(
        self, right: str, work: Callable[[str], Any], done: Callable[[Any], object], failed: Any = None
    ) -> None:
        """Run `work(who)` if the signed-in member has the right; `done` is skipped if they have signed out by then."""
        member = self.member
        if member is None:
            return
        try:
            member.need(right)
        except KioskError as error:
            self.show_error(error)
            return

        def still_here(then: Callable[[Any], object]) -> Callable[[Any], object]:
            return lambda answer: then(answer) if self.member == member else None

        self.work(lambda: work(member.who), still_here(done), still_here(failed or self.show_error))

    @property
    def someone_was_here(self) -> bool:
        """Return whether there is any state of a visit to reset."""
        return not self.first_start.runs and (
            self.member is not None
            or self.shell.current != "welcome"
            or self.shell.dialog is not None
            or self.visitor.has_chosen(self.settings)
            or self.screen_reader.on
        )


def show(app: App, windowed: tuple[int, int] | None) -> None:
    """Run `app` until its window is closed: full screen, or `windowed` (width, height) in pixels. On SIGTERM it
    finishes running work first."""
    configure(windowed)
    signal.signal(signal.SIGTERM, lambda *_: Clock.schedule_once(lambda dt: app.stop()))
    app.run()
