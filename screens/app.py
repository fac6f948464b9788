"""The running kiosk: settings, database, services and screens put together, and the visitor's session."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import screens.startup.kivy_subset  # noqa: F401  (before the rest of Kivy)

# isort: split

from kivy.app import App
from kivy.clock import Clock
from kivy.config import Config
from kivy.properties import ObjectProperty

from kiosk.errors import N_, KioskError
from kiosk.language import sound
from kiosk.language.speech import Speech
from kiosk.language.translation import Language
from kiosk.safe_mode.crash_log import AGAIN
from kiosk.services import Services
from kiosk.settings import Settings
from kiosk.startup import sdl_preload

if TYPE_CHECKING:
    from kiosk.journal import Store
    from kiosk.services import Member

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


class KioskApp(App):
    """Holds what the screens share. `clock` is the wall clock, an argument so that tests can set the day."""

    title = "Lumijobi"
    #: Who of the staff is behind the desk; None while visitors have the screen.
    member = ObjectProperty(None, allownone=True)
    #: PIN and passphrase of the demonstration, which has no secrets; "" in a real kiosk.
    demo_pin = demo_passphrase = ""

    def __init__(
        self,
        services: Services,
        pictures: Any,
        settings: Settings,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(kv_directory="", kv_file="")
        self.services, self.pictures, self.settings = services, pictures, settings
        self.now = clock
        self.finnish = Language("fi", timezone=settings.centre.timezone)  # the language of staff
        self.visit = 0  # counts visits, so that what one began does not end in another
        self.held: list[str] = []  # tickets taken by the visitor of now, ids
        self.wished: list[str] = []  # wishes left by the visitor of now, ids

    def load_kv(self, filename: str | None = None) -> None:
        """Nothing is loaded by the app's name."""

    def open_settings(self, *_: object) -> bool:
        """Kivy's own settings panel stays shut."""
        return False

    #: Whether it has a whole screen, not a window of a desktop.
    full_screen = False

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
        global_idmap.update(theme=self.theme, tr=self.tr)
        self.workers = Workers()
        self.photos = Photos(self.pictures, self.workers)
        self._plain_looks()
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

    #: What is to be done with the data at the start, beside the screen.
    first: Callable[[], None] = staticmethod(lambda: None)

    def heal(self) -> None:
        """Put a copy in the place of a damaged database, which nobody may have open. Raises what `Store.open` does."""
        from kiosk.backup.schedule import open_or_heal

        open_or_heal(self.services.store.folder, self.now()).close()

    #: Done when the database is closed; then the program begins again.
    after: Callable[[], None] | None = None

    def begin_again(self, after: Callable[[], None]) -> None:
        """End, do `after` while nobody has the data open, and start anew."""
        self.after = after
        Clock.schedule_once(lambda dt: self.stop())  # the touch that asked for it ends first

    #: A window of the demonstration may be closed; the kiosk's may not.
    may_close = False

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

    def _plain_looks(self) -> None:
        screen = self.settings.screen
        self.theme.big = screen.text == "big"
        self.theme.high_contrast = screen.contrast == "high"
        self.theme.motion = screen.motion

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
        self.services = Services(self.services.store, settings, self.services.preferences.file)
        self.focus.clear()
        self.shell.rebuild()
        if settings.screen != before.screen:
            self._plain_looks()
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
        done: Callable[[Any], None] = lambda answer: None,
        failed: Callable[[KioskError], None] | None = None,
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
        self.visit += 1
        self.held.clear()
        self.wished.clear()
        self.idle.hurry()
        self.focus.clear()
        self.screen_reader.stop()
        self._plain_looks()
        self.tr.use(self.settings.centre.default_language)
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

    def staff_work(
        self, right: str, work: Callable[[str], Any], done: Callable[[Any], None], failed: Any = None
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

        def still_here(then: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda answer: then(answer) if self.member == member else None

        self.work(lambda: work(member.who), still_here(done), still_here(failed or self.show_error))

    @property
    def someone_was_here(self) -> bool:
        """Whether there is anything of a visitor to wipe."""
        plain = self.settings.screen
        return not self.first_start.runs and (
            self.member is not None
            or self.shell.current != "welcome"
            or self.shell.dialog is not None
            or self.tr.code != self.settings.centre.default_language
            or self.theme.big != (plain.text == "big")
            or self.theme.high_contrast != (plain.contrast == "high")
            or self.theme.motion != plain.motion
            or self.idle.unhurried
            or self.screen_reader.on
        )


def run_kiosk(
    folder: Path, settings: Settings, *, windowed: tuple[int, int] | None, demo: bool, file: Path | None = None
) -> int:
    """Open the kiosk on the data in `folder` and stay until the window is closed. Returns the exit code. `settings` are
    of `file`, or of the settings file in the folder.

    A damaged database is replaced by its newest copy: at once when it cannot be read, after the first picture otherwise.
    Raises the KioskErrors of `Store.open`. `demo` lets the window be closed by its frame.
    """
    from kiosk.backup.schedule import open_or_heal
    from kiosk.files import reserve
    from kiosk.pictures.store import Pictures

    now = datetime.now(UTC)
    store = open_or_heal(folder, now, check_later=True)
    try:
        configure(windowed)
        services = Services(store, settings, file)

        def first() -> None:
            from kiosk.safe_mode.head_count import bring_in

            bring_in(services, now)
            services.gatherings.apply(settings.gatherings, now)
            services.backups.snapshot_due(now)
            reserve.lay_in(folder)

        app = KioskApp(services, Pictures(folder / "pictures"), settings)
        app.first = first
        app.full_screen = windowed is None
        app.may_close = demo or windowed is not None
        if not app.may_close:
            app.set_volume = sound.apply
        if demo:
            from kiosk.demo import PASSPHRASE, PIN

            app.demo_pin, app.demo_passphrase = PIN, PASSPHRASE
        # Asked to end, it ends as it should: what is under way is finished.
        signal.signal(signal.SIGTERM, lambda *_: Clock.schedule_once(lambda dt: app.stop()))
        try:
            app.run()
        except Exception:
            if _is_sound(store):
                raise
            log.exception("the database is damaged")  # what was read of it may be why
            app.after = app.heal
    finally:
        store.close()
    if app.after:
        app.after()
        return AGAIN
    return 0


def _is_sound(store: Store) -> bool:
    try:
        store.check()
    except KioskError:
        return False
    return True
