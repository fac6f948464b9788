"""The centre's own reasons to decline a donation."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty

from screens.widgets.lists import Line

from .base import StaffScreen


class DeclineReasonsScreen(StaffScreen):
    """Lists the reasons, those that are offered first."""

    lines = ListProperty(None, allownone=True)
    reasons: dict[str, Any]

    def open(self, **values: Any) -> None:
        self.reset()
        self.look()

    def on_return(self) -> None:
        self.look()

    def on_language_changed(self) -> None:
        if self.lines is not None:
            self._list()

    def look(self) -> None:
        """Reload the list."""
        self.do("goods", lambda who: self.app.services.reasons.all(), self._show)

    def _show(self, reasons: Any) -> None:
        self.reasons = {reason.id: reason for reason in reasons}
        self._list()

    def _list(self) -> None:
        tr = self.app.tr
        self.lines = [
            Line(
                reason.id,
                tr.name(reason.names),
                tr.name(reason.instead),
                "" if reason.active else tr._("Not in use"),
                icon="map_marker_outline" if reason.active else "map_marker_off_outline",
            )
            for reason in self.reasons.values()
        ]

    def choose(self, reason_id: str) -> None:
        self.app.shell.go("reason", reason=self.reasons[reason_id])

    def reset(self) -> None:
        self.lines = None
        self.reasons = {}
