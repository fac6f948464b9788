"""Decisions about an appointment: attendance, rescheduling, cancellation."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kiosk import clock
from kiosk.vocabulary.states import QueueState
from screens.widgets.choices import Option

from .paper import PaperScreen

#: Option for a time outside the free ones.
OTHER = "other"


class AppointmentScreen(PaperScreen):
    """Base of screens with appointments; `look` reloads them."""

    def look(self, _answer: Any = None) -> None:
        """Reload the list."""

    def _today(self) -> date:
        return self.app.local_day(self.app.now())

    def _move(self, queue_id: str, state: str) -> None:
        guidance, now = self.app.services.guidance, self.app.now()
        self.do("requests", lambda who: guidance.move(queue_id=queue_id, state=state, now=now, who=who), self.look)

    def _note(self, number: Any, came: bool) -> None:
        note, now = self.app.services.appointments.note, self.app.now()
        self.do("requests", lambda who: note(queue_id=number.id, came=came, now=now, who=who), self.look)

    def _ask_to_cancel(self, number: Any) -> None:
        tr = self.app.tr
        self.app.shell.say(
            tr._("Cancel this appointment?"),
            tr._("The code on the slip will say that it was cancelled."),
            [
                (tr._("No, keep it"), lambda: None, True),
                (tr._("Yes, cancel it"), lambda: self._move(number.id, QueueState.LEFT), False),
            ],
        )

    def _ask_time(self, number: Any) -> None:
        """Ask for a day, then for one of its free times or another time."""
        app, today = self.app, self._today()
        question = app.tr._("Which day?")
        app.shell.go(
            "pick_day",
            question=question,
            day=max(number.day, today),
            least=today,
            done=lambda day: self._find_times(number, day),
        )

    def _find_times(self, number: Any, day: date) -> None:
        app, now = self.app, self.app.now()

        def offer(free: list[datetime]) -> None:
            times = {f"{app.tr.time(one)}": one for one in free if app.local_day(one) == day}
            options = [Option(key, key, icon="clock_outline") for key in times]
            options.append(Option(OTHER, app.tr._("Another time"), icon="clock_edit_outline"))
            if times:
                self.pick(
                    app.tr._("Which time?"),
                    options,
                    lambda key: self._change(number, times[key]) if key in times else self._type_time(number, day),
                )
            else:
                self._type_time(number, day)

        self.do("requests", lambda who: app.services.guidance.free(now), offer)

    def _type_time(self, number: Any, day: date) -> None:
        zone = ZoneInfo(self.app.settings.centre.timezone)
        before = f"{number.starts_at.astimezone(zone):%H:%M}"

        def chosen(text: str) -> None:
            self._change(number, clock.local_to_utc(day, datetime.strptime(text, "%H:%M").time(), zone))

        self.app.shell.go("pick_time", question=self.app.tr._("At what time does it begin?"), time=before, done=chosen)

    def _change(self, number: Any, starts_at: datetime) -> None:
        change, now = self.app.services.appointments.change_time, self.app.now()
        self.do("requests", lambda who: change(queue_id=number.id, starts_at=starts_at, now=now, who=who), self.look)
