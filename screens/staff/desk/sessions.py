"""Sessions of the last weeks with their counts, which can be corrected."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kivy.properties import ListProperty

from screens.widgets.lists import Line

from .base import StaffScreen

#: Days shown back.
BACK = 60


class SessionsScreen(StaffScreen):
    """Lists sessions, newest first, also those without check-ins, which may have been counted on paper."""

    lines = ListProperty(None, allownone=True)
    sessions: dict[str, Any]
    counted: dict[str, Any]

    def open(self, **values: Any) -> None:
        app, today = self.app, self.app.local_day(self.app.now())

        def look(who: str) -> Any:
            counted = {
                total.session_id: total for total in app.services.attendance.totals(today - timedelta(BACK), today)
            }
            days = [today - timedelta(days=back) for back in range(BACK + 1)]
            sessions = [session for day in days for session in reversed(app.services.gatherings.counted_on(day))]
            return sessions, counted

        self.load("sessions", look, self._show)

    def on_return(self) -> None:
        self.open()

    def _show(self, found: Any) -> None:
        tr, now = self.app.tr, self.app.now()
        sessions, counted = found
        self.sessions = {session.id: session for session in sessions if session.starts_at <= now}
        self.counted = counted
        lines = []
        for session in self.sessions.values():
            total = counted.get(session.id)
            people = total.people if total else 0
            note = tr.language.short_date(session.starts_at) + "  " + tr.session_time(session)
            if total and total.corrected:
                note += "  ·  " + tr._("corrected")
            mark = tr.n("{count} person", "{count} people", people).format(count=people)
            lines.append(Line(session.id, tr.name(session.names), note, mark, icon="calendar_check"))
        self.lines = lines

    def choose(self, session_id: str) -> None:
        self.app.shell.go("correct", session=self.sessions[session_id], total=self.counted.get(session_id))

    def reset(self) -> None:
        self.lines = None
        self.sessions = {}
        self.counted = {}
