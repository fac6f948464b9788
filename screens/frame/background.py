"""What works behind the screen from the first picture on: the data are checked, then housekeeping, printer and hub run."""

from __future__ import annotations

import gc
import logging
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.errors import DataInRepair, KioskError
from kiosk.settings import Settings
from kiosk.startup import heap
from screens import widgets
from screens.tools.workers import FIRST

if TYPE_CHECKING:
    from screens.app import KioskApp

log = logging.getLogger(__name__)

#: How often due tickets are freed and a new day is noticed, seconds.
HOUSEKEEPING_SECONDS = 30
#: How long it can be read that the kiosk starts again, seconds.
READING_SECONDS = 4


class BackgroundWork:
    """Begins by itself when the first picture goes on the glass; what nobody sees waits until it is there."""

    #: Printer, hub and housekeeping run.
    runs = False
    spooler: Any
    hub: Any
    litter: Any

    def __init__(self, app: KioskApp) -> None:
        self.app = app
        self._elsewhere: Settings | None = None  # what waits until nobody is in the middle of something
        Window.bind(on_flip=self._drawn)

    def stop(self) -> None:
        """End what is under way, as it should."""
        Window.unbind(on_flip=self._drawn)
        if self.runs:
            self._keeping.cancel()
            self.litter.stop()
            self.spooler.stop()
            self.hub.stop()

    def visit_over(self) -> None:
        """Clear away what the visit left."""
        if self.runs:
            self.litter.visit_over()

    def settings_changed(self, before: Settings) -> None:
        """Go on by the settings and services of now."""
        app, self._elsewhere = self.app, None
        if not self.runs:
            return
        app.services.tickets.arbiter = self.hub.reserve
        if (app.settings.printers, app.settings.centre) != (before.printers, before.centre):
            self.spooler.stop()
            self._start_printing()

    # beginning

    def _drawn(self, *_: object) -> None:
        Window.unbind(on_flip=self._drawn)
        Clock.schedule_once(self._go_on)

    def _go_on(self, _seconds: float) -> None:
        heap.keep_nothing_large()
        workers, services = self.app.workers, self.app.services
        # Before all others: they may write, and who writes waits for it.
        workers.start(services.store.check, lambda answer: self._sound(), self._damaged, FIRST)
        workers.begin()
        widgets.load()
        self.app.shell.bring_bar()

    def _sound(self) -> None:
        self.app.workers.start(self._read_on, lambda answer: self._begin(), self._begin_all_the_same)

    def _damaged(self, error: Exception) -> None:
        """Nothing was written yet, so nothing is lost that its copy does not lack anyway."""
        app = self.app
        log.error("at the start: %s", error)
        app.show_error(DataInRepair())
        Clock.schedule_once(lambda dt: app.begin_again(lambda: app.services.backups.heal(app.now())), READING_SECONDS)

    def _read_on(self) -> None:
        """Read the parts of the program that are used from now on, and see to the data."""

        self.app.first()

    def _begin_all_the_same(self, error: Exception) -> None:
        """What is there can still be shown; what nobody foresaw is told."""
        if isinstance(error, KioskError):
            log.error("at the start: %s", error)
        else:
            self.app.unforeseen(error)
        self._begin()

    def _begin(self) -> None:
        from screens.startup.garbage_collection import GarbageCollector

        self.runs = True
        gc.freeze()  # what the program is made of stays: looking through it again and again only costs time
        self._keeping = Clock.schedule_interval(lambda dt: self.housekeeping(), HOUSEKEEPING_SECONDS)
        self._start_printing()
        self.start_hub()
        self.litter = GarbageCollector()
        self._hub_changed(0)

    def _start_printing(self) -> None:
        from kiosk.documents.content import PrintRoom
        from kiosk.printing.spooler import Spooler

        app, prints = self.app, self.app.services.print_queue
        room = PrintRoom(app.services, app.pictures, app.now)
        prints.recover(app.now())
        self.spooler = Spooler(room, room.render)
        if prints.address("ticket") or prints.address("label"):
            self.spooler.start()

    def start_hub(self) -> None:
        """Tell the hub, if the tablet belongs to one, and hear from it."""
        from kiosk.hub.sync import Sync

        app = self.app
        self.hub = Sync(
            app.services.store,
            ZoneInfo(app.settings.centre.timezone),
            app.pictures,
            app.now,
            lambda: Clock.schedule_once(self._hub_changed),
            lambda: (app.settings.goods.share, app.settings.goods.neighbours),
        )
        app.services.tickets.arbiter = self.hub.reserve
        self.hub.start()

    # from now on

    def housekeeping(self) -> None:
        """Free what is due; a screen that waits for visitors shows what is true now."""
        services, now = self.app.services, self.app.now()

        def due() -> int:
            services.staff.note_waits(now)
            services.donations.forget_old(now)
            services.help.erase_old(now)
            services.pairs.settle(now)
            return services.tickets.expire_due(now) + services.wishes.settle(now)

        self.app.work(due, self._hub_changed, lambda error: log.error("housekeeping: %s", error))
        self.app.work(lambda: services.backups.run_due(now), failed=lambda error: log.error("backup: %s", error))

    def _hub_changed(self, _: float) -> None:
        """Show what other tablets did where nobody is in the middle of something."""
        if self.app.shell.current == "welcome":
            self.app.shell.screen("welcome").open()
            self._take_from_others()

    def _take_from_others(self) -> None:
        """Let what was set on other tablets of the centre hold here."""
        from kiosk.hub import settings as shared

        app = self.app
        store, preferences = app.services.store, app.services.preferences

        def take() -> Settings | None:
            changes, entries = shared.due(store)
            if not changes:
                return None
            settings, left = preferences.take(changes)
            shared.taken(store, {key: entry for key, entry in entries.items() if key not in left})
            return settings if len(left) < len(changes) else None

        def taken(settings: Settings | None) -> None:
            self._elsewhere = settings or self._elsewhere
            if self._elsewhere is not None and app.shell.current == "welcome":
                app.take_settings(self._elsewhere)
                app.shell.welcome()

        app.work(take, taken, lambda error: None)
