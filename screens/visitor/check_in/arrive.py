"""The check-in: at once at the only session of today, else a choice of sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kivy.properties import BooleanProperty, ListProperty, ObjectProperty

from kiosk.language.translation import capital
from kiosk.services import new_id
from kiosk.vocabulary import OPEN_HOUSE
from screens.frame.screen import KioskScreen, told_by
from screens.widgets.buttons import Touch

if TYPE_CHECKING:
    from screens.app import KioskApp


class SessionCard(Touch):
    """A session of today; a touch checks in."""

    session = ObjectProperty(None, allownone=True)
    open_house = BooleanProperty(False)

    def on_session(self, *_: object) -> None:
        self.open_house = self.session is not None and self.session.gathering_id == OPEN_HOUSE


class ArriveScreen(KioskScreen):
    """Shows today's sessions as cards; without any, the time of the next one."""

    sessions = ListProperty()
    #: There is no session now: visits are counted under the open house.
    open_house = BooleanProperty(False)
    following = ObjectProperty(None, allownone=True)

    def open(self, **values: Any) -> None:
        self.visit_id = new_id(self.app.now())  # one id for this arrival, so that a second tap is idempotent
        if "found" in values:
            self._show(values["found"])
        else:
            _look(self.app, self._show)

    def on_return(self) -> None:
        self.open()

    def _show(self, found: Any) -> None:
        self.sessions, self.following = found
        self.open_house = _is_open_house(self.sessions)
        cards = self.ids.cards
        cards.clear_widgets()
        for session in self.sessions:
            card = SessionCard(session=session)
            card.bind(on_release=lambda card: check_in(self, card.session, self.visit_id))
            cards.add_widget(card)

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
        return f"{capital(tr.weekday_date(session.starts_at))}\n{tr.session_time(session)}" if session else ""

    def reset(self) -> None:
        self.visit_id = ""


def come(screen: KioskScreen, visit_id: str, *, for_things: bool = False) -> None:
    """Count a visit at the only session of today, or show what there is. On a day without a session it is counted at the
    open house if the visitor came `for_things`."""

    def found(answer: Any) -> None:
        sessions = answer[0]
        if screen.app.shell.current != screen.name:
            return
        if len(sessions) == 1 and _is_open_house(sessions) == for_things:
            check_in(screen, sessions[0], visit_id)
        else:
            screen.app.shell.go("arrive", found=answer)

    _look(screen.app, screen.app.visitor.during(found))


def check_in(screen: KioskScreen, session: Any, visit_id: str) -> None:
    """Count one adult at `session`; the next screen asks who came. A visitor who is counted there already sees what is
    counted."""
    app, language, now = screen.app, screen.app.tr.code, screen.app.now()
    known = app.visitor.visits.get(session.id)

    def counted(visit: Any) -> None:
        app.visitor.visits[session.id] = visit.id
        if app.shell.current == screen.name:
            app.shell.go("party", visit=visit, session=session, again=known is not None)

    app.work(
        lambda: app.services.attendance.check_in(
            visit_id=known or visit_id, session_id=session.id, language=language, now=now
        ),
        app.visitor.during(counted),
    )


def _look(app: KioskApp, then: Callable[[Any], object]) -> None:
    """Call `then` with today's sessions and the next one."""
    gatherings, now = app.services.gatherings, app.now()
    app.work(lambda: (gatherings.counted_now(now), gatherings.next_session(now)), then)


def _is_open_house(sessions: Any) -> bool:
    return [one.gathering_id for one in sessions] == [OPEN_HOUSE]
