"""The queue number with the estimated wait, or the booked time."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty, StringProperty

from kiosk.language.translation import capital
from kiosk.services.desk.slip_lines import APPOINTMENTS, NUMBERS
from kiosk.vocabulary.states import QueueState, SlipKind
from screens.frame.screen import told_by
from screens.visitor.slip import SlipScreen


class QueueNumberScreen(SlipScreen):
    """Shows `number`, which can be cancelled."""

    kind = SlipKind.QUEUE
    number = ObjectProperty(None, allownone=True)
    story = StringProperty()
    passing = True

    def on_language_changed(self) -> None:
        self._tell()

    def open(self, **values: Any) -> None:
        self.number = values["number"]
        self.show_code(self.number)
        self._tell()

    def _tell(self) -> None:
        tr, number = self.app.tr, self.number
        if number is None:
            return
        when = capital(tr.language.at(number.starts_at)) if number.starts_at is not None else ""
        if number.state != QueueState.WAITING:
            said = tr._((APPOINTMENTS if when else NUMBERS)[number.state])
            self.story = "\n".join(filter(None, (when, said)))
            return
        if when:
            self.story = when
            return
        ahead = tr.n("{count} person ahead of you.", "{count} people ahead of you.", number.ahead)
        first = ahead.format(count=number.ahead) if number.ahead else tr._("You are next.")
        wait = tr.n("About {count} minute.", "About {count} minutes.", number.minutes).format(count=number.minutes)
        self.story = first + "\n" + wait

    def give_back(self) -> None:
        """Cancel the number."""
        app, number, now = self.app, self.number, self.app.now()

        def left(_number: Any) -> None:
            app.shell.home()
            booked = number.starts_at is not None
            app.shell.say(
                app.tr._("Your appointment is cancelled") if booked else app.tr._("Your number was cancelled"), ""
            )

        app.work(
            lambda: app.services.guidance.move(queue_id=number.id, state=QueueState.LEFT, now=now, who="visitor"), left
        )

    @told_by("number")
    def advice(self) -> str:
        """Advice until it is called."""
        tr, number = self.app.tr, self.number
        if number is None or number.state != QueueState.WAITING:
            return ""
        if number.starts_at and number.starts_at <= self.app.now():
            return tr._("This time has come. Please tell the coordinator that you are here.")
        if number.starts_at:
            return tr._("Please arrive in good time and have a coffee. Your number will appear on this screen.")
        return tr._("Wait here and have a coffee. Your number will appear on this screen.")

    @told_by("number")
    def can_call(self) -> bool:
        """Whether a phone number may be left: for an appointment ahead."""
        number = self.number
        return bool(number and number.starts_at and number.state == QueueState.WAITING)

    @told_by("number")
    def can_give_back(self) -> bool:
        """Whether the number still counts."""
        return bool(self.number and self.number.state in (QueueState.WAITING, QueueState.SKIPPED))

    @told_by("number")
    def give_back_words(self) -> str:
        """Label of the button to cancel."""
        booked = self.number is not None and self.number.starts_at
        return self.app.tr._("Cancel the appointment") if booked else self.app.tr._("I will not wait")

    def reset(self) -> None:
        super().reset()
        self.number = None
        self.story = ""
