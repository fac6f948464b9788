"""The check-in: at once at the only session of today, else a choice of sessions."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ListProperty, ObjectProperty

from kiosk.services import new_id
from kiosk.vocabulary import OPEN_HOUSE
from screens.frame.screen import KioskScreen, told_by
from screens.widgets.buttons import Touch


class SessionCard(Touch):
    """A session of today; a touch checks in."""

    session = ObjectProperty(None, allownone=True)
    open_house = BooleanProperty(False)

    def on_session(self, *_: object) -> None:
        self.open_house = self.session is not None and self.session.gathering_id == OPEN_HOUSE


class ArriveScreen(KioskScreen):
    """Counts a visit at the only session of today; shows several as cards, and without any the time of the next one.
    On a day without a session visits are counted at the open house if the visitor came `for_things`."""

    sessions = ListProperty()
    #: There is no session now: visits are counted under the open house.
    open_house = BooleanProperty(False)
    following = ObjectProperty(None, allownone=True)
    _at_once = _for_things = _passed = False

    def open(self, **values: Any) -> None:
        self.visit_id = new_id(self.app.now())  # one id for this arrival, so that a second tap is idempotent
        self._at_once, self._for_things = values.get("at_once", True), values.get("for_things", False)
        self._passed = False
        self.look()

    def on_return(self) -> None:
        self.open(at_once=False)

    def look(self) -> None:
        """Load today's sessions."""
        now = self.app.now()
        gatherings = self.app.services.gatherings
        self.app.work(lambda: (gatherings.counted_now(now), gatherings.next_session(now)), self._show)

    def _show(self, found: Any) -> None:
        self.sessions, self.following = found
        self.open_house = [one.gathering_id for one in self.sessions] == [OPEN_HOUSE]
        cards = self.ids.cards
        cards.clear_widgets()
        for session in self.sessions:
            card = SessionCard(session=session)
            card.bind(on_release=lambda card: self.check_in(card.session))
            cards.add_widget(card)
        if self._at_once and len(self.sessions) == 1 and self.open_house == self._for_things:
            self._passed = True
            self.check_in(self.sessions[0])

    @property
    def passing(self) -> bool:  # type: ignore[override]
        """Whether the visit was counted without a choice: Back has nothing to return to."""
        return self._passed

    def check_in(self, session: Any) -> None:
        """Count one adult at `session`; the next screen asks who came. A visitor who is counted there already
        sees that number."""
        app, language, now = self.app, self.app.tr.code, self.app.now()
        attendance, known = app.services.attendance, app.visitor.visits.get(session.id)
        visit_id = known or self.visit_id

        def counted(visit: Any) -> None:
            app.visitor.visits[session.id] = visit.id
            if app.shell.current == self.name:
                app.shell.go("party", visit=visit, session=session, again=known is not None)

        app.work(
            lambda: attendance.check_in(visit_id=visit_id, session_id=session.id, language=language, now=now),
            app.visitor.during(counted),
        )

    @told_by("sessions", "following", "open_house")
    def advice(self) -> str:
        """Instruction to check in; without a session, the time of the next one."""
        if self.open_house and self.following:
            tr = self.app.tr
            when = f"{tr.weekday_date(self.following.starts_at)}  {tr.session_time(self.following)}"
            return f"{self.next_heading} {tr.name(self.following.names)}, {when}"
        if len(self.sessions) > 1:
            return self.app.tr._("Touch the event you have come to.")
        return self.app.tr._("One touch and you are counted. We do not ask your name.")

    @told_by("following")
    def next_heading(self) -> str:
        """Heading above the next session."""
        if self.following:
            return self.app.tr._("The next one is:")
        return self.app.tr._("The next event is not in the calendar yet. Please ask at the desk.")

    @told_by("following")
    def next_time(self) -> str:
        """Time of the next session."""
        tr, session = self.app.tr, self.following
        return f"{tr.weekday_date(session.starts_at)}\n{tr.session_time(session)}" if session else ""

    def reset(self) -> None:
        self.visit_id = ""
        self._at_once = self._for_things = self._passed = False
