"""The centre's own reasons to decline a donation."""

from __future__ import annotations

from kiosk.services import ReasonView
from screens.widgets.lists import Line

from .own_list import OwnListScreen


class DeclineReasonsScreen(OwnListScreen):
    """Lists the reasons, those that are offered first."""

    def find(self) -> list[ReasonView]:
        return self.app.services.reasons.all()

    def line_of(self, one: ReasonView) -> Line:
        tr = self.app.tr
        return Line(
            one.id,
            tr.name(one.names),
            tr.name(one.instead),
            "" if one.active else tr._("Not in use"),
            icon="map_marker_outline" if one.active else "map_marker_off_outline",
        )

    def choose(self, reason_id: str) -> None:
        self.app.shell.go("reason", reason=self.kept[reason_id])
