"""Correction of a past session's attendance."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty, StringProperty

from kiosk.errors import KioskError

from .base import StaffScreen


class CorrectCountScreen(StaffScreen):
    """The present numbers, two steppers, and a reason, which is asked for on saving."""

    session = ObjectProperty(None, allownone=True)
    note = StringProperty()

    def open(self, **values: Any) -> None:
        tr = self.app.tr
        self.session, total = values["session"], values["total"]
        self.before = (total.adults, total.children) if total else (0, 0)
        self.ids.adults.value, self.ids.children_count.value = self.before
        self.note = tr.weekday_date(self.session.starts_at) + "  " + tr.session_time(self.session)

    def save(self) -> None:
        """Ask for the reason, then save the correction."""
        adults, children = int(self.ids.adults.value), int(self.ids.children_count.value)
        if (adults, children) == self.before:
            self.app.shell.back()
            return
        tr = self.app.tr
        reasons = (tr._("Counted on paper"), tr._("Counted twice"), tr._("The tablet was switched off"))
        self.ask(
            tr._("Why is this being corrected?"), lambda reason: self._save(adults, children, reason), quick=reasons
        )

    def _save(self, adults: int, children: int, reason: str) -> None:
        app, session, now = self.app, self.session, self.app.now()
        self.do(
            "sessions",
            lambda who: app.services.attendance.correct(
                session_id=session.id, adults=adults, children=children, reason=reason, now=now, who=who
            ),
            lambda total: app.shell.back(),
            self._failed,
        )

    def _failed(self, error: KioskError) -> None:
        self.app.show_error(error)

    def reset(self) -> None:
        self.session = None
        self.note = ""
        self.before = (0, 0)
