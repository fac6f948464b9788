"""Tickets to hand over with their short numbers, first to expire first."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty

from screens.widgets.lists import Line

from .base import StaffScreen


class WaitingTicketsScreen(StaffScreen):
    """Opens a ticket like a scan of its code."""

    lines = ListProperty(None, allownone=True)
    tickets: dict[str, Any]

    def open(self, **values: Any) -> None:
        app, now = self.app, self.app.now()
        self.load("hand_over", lambda who: app.services.day.look(now), self._show)

    def on_return(self) -> None:
        self.open()

    def _show(self, day: Any) -> None:
        tr = self.app.tr
        due = {ticket.id for ticket in day.due}
        self.tickets = {ticket.id: ticket for ticket in day.waiting}
        self.lines = [
            Line(
                ticket.id,
                "  ·  ".join(filter(None, (ticket.named(tr.language), str(ticket.number or "")))),
                ticket.item.size,
                f"{tr.language.short_date(ticket.deadline)}  {tr.time(ticket.deadline)}",
                photo=ticket.item.photo,
                alarm=ticket.id in due,
            )
            for ticket in day.waiting
        ]

    def choose(self, ticket_id: str) -> None:
        """Open a ticket."""
        app, code, now = self.app, self.tickets[ticket_id].code, self.app.now()
        self.do("hand_over", lambda who: app.services.scan.look_up(code, now), app.code_router.show)

    def reset(self) -> None:
        self.lines = None
        self.tickets = {}
