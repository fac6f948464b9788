"""The next weeks as cards: what, when, where, and whether there is room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kivy.properties import ListProperty

from screens.base import KioskScreen
from screens.widgets.lists import Line

#: How far one looks ahead, days.
AHEAD = 42


class Calendar(KioskScreen):
    """Leads to each gathering."""

    lines = ListProperty()

    def __init__(self, **kwargs: Any) -> None:
        self._found: list[Any] = []
        super().__init__(**kwargs)
        self.app.tr.bind(code=lambda *_: self._show(self._found))

    def open(self, **values: Any) -> None:
        app, now = self.app, self.app.now()
        today = app.local_day(now)

        def look() -> list[Any]:
            sessions = app.services.gatherings.sessions_between(today, today + timedelta(days=AHEAD))
            return [(session, app.services.seats.count(session)) for session in sessions if session.ends_at > now]

        app.work(look, self._show)

    def returned(self) -> None:
        self.open()

    def _show(self, found: Any) -> None:
        self._found = found
        tr = self.app.tr
        lines = []
        for session, count in found:
            note = f"{tr.session_time(session)}  ·  {session.place}"
            mark = tr.language.short_date(session.starts_at)
            if count.left == 0:
                note += "  ·  " + tr._("Full: waiting list")
            elif count.left is not None:
                note += "  ·  " + tr.n("{count} seat free", "{count} seats free", count.left).format(count=count.left)
            lines.append(Line(session.id, tr.name(session.names), note, mark, icon="calendar_star"))
        self.lines = lines

    def choose(self, session_id: str) -> None:
        """Open a gathering."""
        session, count = next(one for one in self._found if one[0].id == session_id)
        self.app.shell.go("gathering", session=session, count=count)

    def wipe(self) -> None:
        self.lines = []
        self._found = []
