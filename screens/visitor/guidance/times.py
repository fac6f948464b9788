"""The free times of the coordinator: one touch books one anonymously."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kivy.properties import BooleanProperty, ListProperty

from kiosk.errors import KioskError
from kiosk.language.translation import capital
from kiosk.vocabulary.states import QueueState
from screens.frame.screen import KioskScreen
from screens.widgets.lists import Line


class AppointmentTimesScreen(KioskScreen):
    """Shows free times; `said` are the answers given before: topic, language, interpreter."""

    lines = ListProperty(None, allownone=True)
    full = BooleanProperty(False)
    busy = BooleanProperty(False)
    passing = True
    said: dict[str, Any]

    def __init__(self, **kwargs: Any) -> None:
        self._free: dict[str, Any] = {}
        super().__init__(**kwargs)

    def on_language_changed(self) -> None:
        if self.lines is not None:
            self._show()

    def open(self, **values: Any) -> None:
        self.reset()
        self.said = values["said"]
        self._look()

    def _look(self) -> None:
        app, now = self.app, self.app.now()

        def found(free: Any) -> None:
            self._free = {moment.isoformat(): moment for moment in free}
            self.full = not free
            self._show()

        app.work(lambda: app.services.guidance.free(now), found)

    def _show(self) -> None:
        tr, minutes = self.app.tr, self.app.settings.guidance.minutes
        self.lines = [
            Line(
                key,
                capital(tr.weekday_date(moment)),
                mark=tr.language.span(moment, moment + timedelta(minutes=minutes)),
                icon="calendar_clock",
            )
            for key, moment in self._free.items()
        ]

    def choose(self, key: str) -> None:
        """Book a time."""
        starts_at, now, said = self._free[key], self.app.now(), self.said
        self._do(lambda: self.app.services.guidance.book(starts_at=starts_at, now=now, **said))

    def take_number(self) -> None:
        """Take a number for today instead."""
        now, said = self.app.now(), self.said
        self._do(lambda: self.app.services.guidance.take(now=now, **said))

    def _do(self, work: Any) -> None:
        if not self.busy:
            self.busy = True
            self.app.work(work, self._taken, self._failed)

    def _taken(self, number: Any) -> None:
        app = self.app
        self.busy = False
        if app.shell.current == self.name:
            app.visitor.keep(number.code)
            app.shell.go("number", number=number)
        else:  # the visit ended before the result: cancel the booking
            app.work(
                lambda: app.services.guidance.move(
                    queue_id=number.id, state=QueueState.LEFT, now=app.now(), who="visitor"
                )
            )

    def _failed(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)
        self._look()

    def reset(self) -> None:
        self._free = {}
        self.lines = None
        self.full = self.busy = False
        self.said = {}
