"""Background work after the first frame: check the database, then run housekeeping, the print spooler and the hub client."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.errors import N_, DataInRepair, KioskError
from kiosk.settings import Settings
from kiosk.startup import garbage, heap
from screens import widgets
from screens.tools.workers import FIRST

if TYPE_CHECKING:
    from screens.app import KioskApp

log = logging.getLogger(__name__)

#: Seconds between runs of the housekeeping: expired tickets, a new day, backups due.
HOUSEKEEPING_SECONDS = 30
#: Seconds for which the message about the restart is shown.
READING_SECONDS = 4
HOW_LOUD = N_("The tablet speaks as loud as this.")


class BackgroundWork:
    """Starts itself after the first frame; work that nobody sees waits for it."""

    #: Whether the print spooler, the hub client and the housekeeping run.
    runs = False
    spooler: Any
    hub: Any
    hosting: Any
    litter: Any
    page: Any

    def __init__(self, app: KioskApp) -> None:
        self.app = app
        self._elsewhere: Settings | None = None  # settings of other tablets, applied when nobody uses this one
        Window.bind(on_flip=self._drawn)

    def stop(self) -> None:
        """Finish running work and stop."""
        Window.unbind(on_flip=self._drawn)
        if self.runs:
            self._keeping.cancel()
            self.litter.stop()
            self.spooler.stop()
            self.hub.stop()
            self.hosting.stop()
            self.page.stop()

    def visit_over(self) -> None:
        """Collect the garbage of the visit."""
        if self.runs:
            self.litter.visit_over()

    def settings_changed(self, before: Settings) -> None:
        """Use the app's present settings and services; restart printing if its settings changed."""
        app, self._elsewhere = self.app, None
        if not self.runs:
            return
        app.services.tickets.arbiter = self.hub.reserve
        if (app.settings.printers, app.settings.centre) != (before.printers, before.centre):
            self.spooler.stop()
            self._start_printing()
        if app.settings.sound != before.sound:
            self.set_volume(lambda: app.speech.say(app.tr._(HOW_LOUD), app.tr.code))

    def set_volume(self, then: Callable[[], None] = lambda: None) -> None:
        """Set the volume of the settings on a worker, then call `then`."""
        app, percent = self.app, self.app.settings.sound.volume
        app.speech.silent = percent == 0
        app.work(lambda: app.set_volume(percent), lambda answer: then())

    # starting

    def _drawn(self, *_: object) -> None:
        Window.unbind(on_flip=self._drawn)
        Clock.schedule_once(self._go_on)

    def _go_on(self, _seconds: float) -> None:
        heap.keep_nothing_large()
        workers, services = self.app.workers, self.app.services
        # First of all: other work may write, and writes wait for this check.
        workers.start(services.store.check, lambda answer: self._sound(), self._damaged, FIRST)
        workers.begin()
        widgets.load()
        self.app.shell.bring_bar()

    def _sound(self) -> None:
        self.app.workers.start(self._read_on, lambda answer: self._begin(), self._begin_all_the_same)

    def _damaged(self, error: Exception) -> None:
        """Restore a snapshot. Writes were held back, so nothing of this run is lost."""
        app = self.app
        log.error("at the start: %s", error)
        app.show_error(DataInRepair())
        Clock.schedule_once(lambda dt: app.begin_again(lambda: app.services.backups.heal(app.now())), READING_SECONDS)

    def _read_on(self) -> None:
        """Run what the data needs at the start, on a worker (`KioskApp.first`)."""

        self.app.first()

    def _begin_all_the_same(self, error: Exception) -> None:
        """Log the error, or report it if it was unforeseen, and start anyway: the data can still be shown."""
        if isinstance(error, KioskError):
            log.error("at the start: %s", error)
        else:
            self.app.unforeseen(error)
        self._begin()

    def _begin(self) -> None:
        from kiosk.publish.background import PageRenewal
        from screens.startup.garbage_collection import GarbageCollector

        self.runs = True
        garbage.exclude_program()
        self._keeping = Clock.schedule_interval(lambda dt: self.housekeeping(), HOUSEKEEPING_SECONDS)
        self.set_volume()
        self._start_printing()
        self.start_hub()
        self.page = PageRenewal()
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
        """Start the hub client; it does nothing on a tablet without a hub. Start the hub itself where this tablet is it."""
        from kiosk.hub.hosting import Hosting
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
        self.hosting = Hosting(app.services.store, self.hub.start)
        self.hosting.start()
        self.hub.start()

    # while it runs

    def housekeeping(self) -> None:
        """Expire tickets, wishes and old data, run backups that are due, and refresh an idle welcome screen."""
        app, services, now = self.app, self.app.services, self.app.now()

        def due() -> int:
            services.keyring.is_open(now)  # wipes the key after its timeout even without a request
            services.staff.note_waits(now)
            services.donations.forget_old(now)
            services.help.erase_old(now)
            services.pairs.settle(now)
            services.appointments.settle(now)
            services.seats.settle(now)
            services.calls.settle(now)
            if app.settings.projects:  # otherwise reports need not be loaded
                services.reports.note_goals(now)
            return services.tickets.expire_due(now) + services.wishes.settle(now)

        self.app.work(due, self._hub_changed, lambda error: log.error("housekeeping: %s", error))
        self.app.work(lambda: services.backups.run_due(now), failed=lambda error: log.error("backup: %s", error))
        self.app.work(
            lambda: self.page.run_due(services, now), failed=lambda error: log.error("public page: %s", error)
        )

    def _hub_changed(self, _: float) -> None:
        """Refresh the welcome screen after changes from other tablets; other screens are in use."""
        if self.app.shell.current == "welcome":
            self.app.shell.screen("welcome").open()
            self._take_from_others()

    def _take_from_others(self) -> None:
        """Apply settings that were changed on other tablets of the centre."""
        from kiosk.hub import settings as shared

        app = self.app
        store, preferences = app.services.store, app.services.preferences

        def take() -> Settings | None:
            changes, entries = shared.due(store)
            if not changes:
                return None
            before = preferences.values()
            settings, left = preferences.take(changes)
            shared.taken(store, {key: entry for key, entry in entries.items() if key not in left}, before, app.now())
            return settings if len(left) < len(changes) else None

        def taken(settings: Settings | None) -> None:
            self._elsewhere = settings or self._elsewhere
            if self._elsewhere is not None and app.shell.current == "welcome":
                app.take_settings(self._elsewhere)
                app.shell.welcome()

        app.work(take, taken, lambda error: None)
