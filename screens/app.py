"""The running kiosk: what the screens share, and the window they stand in."""

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
    """Set Kivy up before its window is made: no way out, no settings panel, no pointer tricks."""
    Config.set("kivy", "exit_on_escape", "0")
    Config.set("kivy", "keyboard_mode", "")
    Config.set("kivy", "log_level", "error")
    Config.set("input", "mouse", "mouse,disable_multitouch")
    Config.set("graphics", "multisamples", "0")  # shapes smooth their own edges: screens/widgets/plates.py
    Config.set("graphics", "resizable", "1" if windowed else "0")
    for module in Config.options("modules"):  # a module named there runs, whatever stands after its name
        Config.remove_option("modules", module)
    if windowed:
        Config.set("graphics", "fullscreen", "0")
        Config.set("graphics", "width", str(windowed[0]))
        Config.set("graphics", "height", str(windowed[1]))
    else:
        Config.set("graphics", "fullscreen", "auto")
        Config.set("graphics", "show_cursor", "0")


#: Seconds after the desk was left when the screens have let go of what they showed, and the visit's garbage was collected.
SCRUB_AFTER = 4.0


class KioskApp(App):
    """Holds what the screens share. `clock` is the wall clock, an argument so that tests can set the day."""

    title = "Lumijobi"
    #: Who of the staff is behind the desk; None while visitors have the screen.
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
        """`first` is what is to be done with the data at the start, beside the screen. `full_screen` is a whole screen,
        not a window of a desktop, which `may_close`. `demo` are PIN and passphrase of the demonstration, which has no
        secrets."""
        super().__init__(kv_directory="", kv_file="")
        self.services, self.pictures, self.settings = services, pictures, settings
        self.now, self.first = clock, first
        self.full_screen, self.may_close = full_screen, may_close
        self.demo_pin, self.demo_passphrase = demo
        self.finnish = Language("fi", timezone=settings.centre.timezone)  # the language of staff

    def load_kv(self, filename: str | None = None) -> None:
        """Nothing is loaded by the app's name."""

    def open_settings(self, *_: object) -> bool:
        """Kivy's own settings panel stays shut."""
        return False

    def build(self) -> Any:
        sdl_preload.need_display()  # before there is a window
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

    #: Makes the tablet so loud, percent; a window on somebody's own machine changes nothing there.
    set_volume: Callable[[int], None] = staticmethod(lambda percent: None)

    #: Done when the database is closed; then the program begins again.
    after: Callable[[], None] | None = None

    def begin_again(self, after: Callable[[], None]) -> None:
        """End, do `after` while nobody has the data open, and start anew."""
        self.after = after
        Clock.schedule_once(lambda dt: self.stop())  # the touch that asked for it ends first

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
        """Return what the window is listened to for."""
        touched = {"on_touch_down": self._touched, "on_touch_move": self._touched}
        return {"size": self._resized, "on_request_close": self._asked_to_close, **touched}

    def _coloured(self, *_: object) -> None:
        """The ground is what the window is wiped with: no picture is drawn over it first."""
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
        """Lay everything out for a screen of `width` × `height` pixels, its diagonal as last measured."""
        inches = inches or self.services.screen_size.diagonal(width, height)
        self.theme.screen = self.settings.screen._replace(diagonal_inches=inches)
        self.theme.fit(width, height)

    def take_settings(self, settings: Settings) -> None:
        """Go on with other settings at once: services and screens are made anew, a key that was unlocked is locked.
        Whoever is behind the desk stays; the caller says which screen is shown."""
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
        """Return the centre's date at `moment`."""
        return moment.astimezone(ZoneInfo(self.settings.centre.timezone)).date()

    # work

    def work(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object] = lambda answer: None,
        failed: Callable[[KioskError], object] | None = None,
    ) -> Any:
        """Run `work()` beside the screen; then `done(answer)`, or `failed(error)` for an error that is told to
        people. Without `failed` a card says what went wrong."""

        def went_wrong(error: Exception) -> None:
            if isinstance(error, KioskError):
                (failed or self.show_error)(error)
            else:
                self.unforeseen(error)

        return self.workers.start(work, done, went_wrong)

    def show_error(self, error: KioskError) -> None:
        """Lay a card with what `error` says over the screen."""
        self.shell.say(self.tr.error(error), "", art="trouble.png")

    def unforeseen(self, error: Exception) -> None:
        """Say that something went wrong, and note what in the log."""
        log.error("unexpected %s", type(error).__name__, exc_info=error)
        self.shell.say(self.tr._(TROUBLE), self.tr._(TROUBLE_TEXT), art="trouble.png")

    # the visitor

    def end_session(self, why: str = "done") -> None:
        """End the visit, or leave the desk: everything of the visitor is gone and the welcome screen waits."""
        if self.member is not None:
            self._leave(self.member, why)
        self.focus.clear()
        self.screen_reader.stop()
        self.visitor.end(self.settings)
        self.shell.welcome()
        self.background.visit_over()

    # staff

    def enter_desk(self, member: Member) -> None:
        """Open the desk for `member`; what a visitor had on the screen is gone."""
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
        """Overwrite what the screens let go of: on this thread what is its own, the rest on a worker."""
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
        """Run `work(who)` if whoever is behind the desk has the right; `done` is left out when they are gone by then."""
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
        """Whether there is anything of a visitor to wipe."""
        return not self.first_start.runs and (
            self.member is not None
            or self.shell.current != "welcome"
            or self.shell.dialog is not None
            or self.visitor.has_chosen(self.settings)
            or self.screen_reader.on
        )


def show(app: KioskApp, windowed: tuple[int, int] | None) -> None:
    """Stay until the window of `app` is closed: full screen, or `windowed` pixels wide and high. Asked to end, it ends as
    it should: what is under way is finished."""
    configure(windowed)
    signal.signal(signal.SIGTERM, lambda *_: Clock.schedule_once(lambda dt: app.stop()))
    app.run()
