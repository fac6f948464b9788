"""A booking: code, state, cancellation, check-in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from kiosk.errors import N_
from kiosk.language.translation import capital
from kiosk.services.desk.slip_lines import SEATS
from kiosk.vocabulary.states import SeatState, SlipKind
from screens.visitor.slip import SlipScreen
from screens.words.gatherings import why

#: How seats stand, where the screen says more than the slip.
STATES = SEATS | {SeatState.BOOKED: N_("Your seats are booked.")}
#: Hours before the start from which check-in is possible.
EARLY = 3


class SeatScreen(SlipScreen):
    """Shows `seat`, to visitors and to staff."""

    kind = SlipKind.SEAT
    seat = ObjectProperty(None, allownone=True)
    heading = StringProperty()
    story = StringProperty()
    can_arrive = BooleanProperty(False)
    can_cancel = BooleanProperty(False)
    passing = True
    about_code = N_("Take a photo of the code or write it down. You can use it to check in or to cancel the seats.")

    def on_language_changed(self) -> None:
        self._tell()

    def open(self, **values: Any) -> None:
        self._set(values["seat"])
        self.show_code(self.seat)

    def _set(self, seat: Any) -> None:
        self.seat = seat
        self._tell()

    def _tell(self) -> None:
        tr, seat, now = self.app.tr, self.seat, self.app.now()
        if seat is None:
            return
        session = seat.session
        still = seat.state in (SeatState.BOOKED, SeatState.WAITING)
        live = session is not None and still and now < session.ends_at
        self.can_cancel = live
        self.can_arrive = bool(
            live
            and seat.state == SeatState.BOOKED
            and session.starts_at - timedelta(hours=EARLY) <= now < session.ends_at
        )
        self.heading = tr._("This event is over.") if still and session and not live else tr._(STATES[seat.state])
        if session is None:
            self.heading = tr._("This has been cancelled. We are sorry.")
            self.story = self._what_was(seat.was)
            return
        lines = [
            tr.name(session.names),
            capital(tr.weekday_date(session.starts_at)) + "  " + tr.session_time(session),
            tr.n("For {count} person", "For {count} people", seat.people).format(count=seat.people),
        ]
        if live and seat.place:
            lines.append(tr("Your place on the waiting list: {place}", place=seat.place))
        self.story = "\n".join(lines)

    def _what_was(self, was: Any) -> str:
        """Return the text about a session that does not take place: name, time, reason."""
        tr = self.app.tr
        if was is None:
            return ""
        when = capital(tr.weekday_date(was.starts_at)) + "  " + tr.session_time(was)
        return "\n".join(filter(None, (tr.name(was.names), when, why(tr, was))))

    def give_back(self) -> None:
        """Cancel the booking."""
        app, code, now = self.app, self.seat.code, self.app.now()
        app.work(lambda: app.services.seats.cancel(code=code, now=now), self._changed)

    def arrive(self) -> None:
        """Check in the people of the booking; if this visitor is counted there already, show that count."""
        app, code, now = self.app, self.seat.code, self.app.now()
        session_id, who = self.seat.session_id, app.member.who if app.member else "visitor"
        known = app.visitor.visits.get(session_id) if app.member is None else None

        def arrived(seat: Any) -> None:
            if app.member is None:
                app.visitor.visits.setdefault(session_id, seat.id)
            self._changed(seat)
            if known is not None:
                self._show_visit(known)

        app.work(
            lambda: app.services.seats.arrive(code=code, now=now, who=who, counted=known is not None),
            app.visitor.during(arrived),
        )

    def _show_visit(self, visit_id: str) -> None:
        app, session = self.app, self.seat.session

        def found(visit: Any) -> None:
            if app.shell.current == self.name:
                app.shell.go("party", visit=visit, session=session, again=True)

        app.work(lambda: app.services.attendance.by_id(visit_id), app.visitor.during(found))

    def _changed(self, seat: Any) -> None:
        if self.app.shell.current == self.name:
            self._set(seat)

    def reset(self) -> None:
        super().reset()
        self.seat = None
        self.heading = self.story = ""
        self.can_arrive = self.can_cancel = False
