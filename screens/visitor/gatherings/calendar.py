"""The programme of the next weeks as cards, with free seats and changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from kivy.properties import ListProperty, NumericProperty, ObjectProperty

from kiosk.vocabulary.states import SessionState
from screens.frame.screen import KioskScreen
from screens.widgets.buttons import Touch
from screens.widgets.lists import LineList
from screens.words.gatherings import PLAIN_ART, STATE_WORDS, whom, why

#: Days shown ahead.
AHEAD = 42


@dataclass(frozen=True)
class CalendarLine:
    """The content of a card. `off`: the session does not take place; `alarm`: highlighted."""

    key: str
    title: str
    when: str
    facts: str
    mark: str
    art: str
    photo: str | None
    off: bool
    alarm: bool


class GatheringCard(Touch):
    """One session as a card."""

    line = ObjectProperty(None, allownone=True)


class CardList(LineList):
    """A list of cards, `rows_shown` of which fill its height."""

    row: ClassVar[type[Touch]] = GatheringCard
    rows_shown = NumericProperty(2)


class CalendarScreen(KioskScreen):
    """Shows the programme; a card opens its session."""

    lines = ListProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:
        self._found: list[Any] = []
        super().__init__(**kwargs)

    def on_language_changed(self) -> None:
        if self.lines is not None:
            self._show(self._found)

    def open(self, **values: Any) -> None:
        app, now = self.app, self.app.now()
        today = app.local_day(now)

        def look() -> list[Any]:
            # From yesterday on: an evening session may run past midnight.
            sessions = app.services.gatherings.plan(today - timedelta(days=1), today + timedelta(days=AHEAD))
            return [(session, app.services.seats.count(session)) for session in sessions if session.ends_at > now]

        app.work(look, self.latest(self._show))

    def on_return(self) -> None:
        self.open()

    def _show(self, found: Any) -> None:
        self._found = found
        tr = self.app.tr
        self.lines = [
            CalendarLine(
                f"{session.state} {session.id}",
                tr.name(session.names),
                f"{tr.language.short_date(session.starts_at)}  {tr.session_time(session)}",
                "\n".join(filter(None, (session.place, whom(tr, session)))),
                self._mark(session, count),
                session.art or PLAIN_ART,
                session.photo,
                not session.takes_place,
                session.state != SessionState.ON,
            )
            for session, count in found
        ]

    def _mark(self, session: Any, count: Any) -> str:
        tr = self.app.tr
        if session.state != SessionState.ON:
            return "  ·  ".join(filter(None, (tr._(STATE_WORDS[session.state]), why(tr, session))))
        if count.left is None or not self.app.settings.services.sign_up:
            return ""
        if count.left == 0:
            return str(tr._("Full: waiting list"))
        return str(tr.n("{count} seat free", "{count} seats free", count.left).format(count=count.left))

    def choose(self, key: str) -> None:
        """Open a session; a moved one at its new time."""
        _, _, session_id = key.partition(" ")
        shown = [one for one in self._found if one[0].id == session_id]
        session, count = next((one for one in shown if one[0].state != SessionState.AWAY), shown[0])
        self.app.shell.go("gathering", session=session, count=count)

    def reset(self) -> None:
        self.lines = None
        self._found = []
