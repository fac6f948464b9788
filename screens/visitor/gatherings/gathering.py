"""One session: details, and booking of seats."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from kiosk.errors import NC_, KioskError
from kiosk.language.translation import LANGUAGES, capital
from screens.frame.screen import KioskScreen
from screens.words.gatherings import GROUP_WORDS, PLAIN_ART, STATE_WORDS, why


class GatheringScreen(KioskScreen):
    """Shows `session`; with a seat limit, seats are booked here anonymously."""

    plain_art = PLAIN_ART

    session = ObjectProperty(None, allownone=True)
    count = ObjectProperty(None, allownone=True)
    when = StringProperty()
    facts = StringProperty()
    about = StringProperty()
    room = StringProperty()
    counted = BooleanProperty(False)
    #: Nothing is told of it but whether it takes place: that is in its card, which has the whole screen.
    bare = BooleanProperty(False)
    #: With the whole of a wide screen the picture is beside the words.
    beside = BooleanProperty(False)
    busy = BooleanProperty(False)

    def on_language_changed(self) -> None:
        self._show()

    def open(self, **values: Any) -> None:
        self.session, self.count = values["session"], values["count"]
        self.busy = False
        self.ids.people.value = 1
        self._show()

    def _show(self) -> None:
        session, tr = self.session, self.app.tr
        if session is None:
            return
        self.when = capital(tr.weekday_date(session.starts_at)) + "\n" + tr.session_time(session)
        spoken = ", ".join(LANGUAGES[code] for code in session.languages)
        partner = tr("In cooperation with: {partner}", partner=session.partner) if session.partner else ""
        groups = tr.language.listed(tr._(GROUP_WORDS[group]) for group in session.groups)
        self.facts = "\n".join(
            filter(None, (tr(NC_("event", "Place: {place}"), place=session.place), spoken, groups, partner))
        )
        self.about = tr.name(session.about) if session.about else ""
        changed = "\n".join(filter(None, (tr._(STATE_WORDS.get(session.state, "")), why(tr, session))))
        left = self.count.left
        self.counted = left is not None and session.takes_place and self.app.settings.services.sign_up
        self.bare = not self.counted and not self.about
        self.room = "\n".join(filter(None, (changed, self._room(left) if session.takes_place else "")))

    def _room(self, left: int | None) -> str:
        """Return the text about free seats."""
        tr = self.app.tr
        if left is None:
            return str(tr._("Just come along. There is no need to sign up."))
        if not self.counted:
            return str(tr._("Please sign up at the desk."))
        if left:
            return str(tr.n("{count} seat free", "{count} seats free", left).format(count=left))
        return str(tr._("It is full. You can join the waiting list: you move up as seats become free."))

    def book(self) -> None:
        """Book the chosen number of seats."""
        if self.busy:
            return
        self.busy = True
        app, session, now, language = self.app, self.session, self.app.now(), self.app.tr.code
        people = int(self.ids.people.value)
        app.work(
            lambda: app.services.seats.book(session_id=session.id, people=people, language=language, now=now),
            self._booked,
            self._refused,
        )

    def _booked(self, seat: Any) -> None:
        self.busy = False
        app = self.app
        if app.shell.current == self.name:
            app.visitor.keep(seat.code)
            app.shell.go("seat", seat=seat)
        else:  # the visit ended before the result: release the seats
            app.work(lambda: app.services.seats.cancel(code=seat.code, now=app.now()))

    def _refused(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)

    def reset(self) -> None:
        self.session = self.count = None
        self.when = self.facts = self.about = self.room = ""
        self.busy = False
