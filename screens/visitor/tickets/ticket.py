"""A ticket on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty

from kiosk.documents.content import photo_of
from kiosk.documents.slip import Slip
from kiosk.errors import N_
from kiosk.vocabulary.states import SlipKind, TicketState
from screens.visitor.slip import SlipScreen

#: Text of a ticket by state, with what to do next.
STATES = {
    TicketState.RESERVED: (
        N_("It is reserved for you"),
        N_("Take a photo of the ticket with your phone and show it at the desk."),
    ),
    TicketState.COLLECTED: (
        N_("This ticket has been used"),
        N_("The thing was handed over. Thank you for giving it a home!"),
    ),
    TicketState.EXPIRED: (
        N_("This ticket has expired"),
        N_("Check whether the thing is still on the shelf, or ask at the desk."),
    ),
    TicketState.CANCELLED: (N_("This reservation was cancelled"), N_("You can look for other things.")),
    TicketState.CONFLICTED: (
        N_("Two people have a ticket for this"),
        N_("Please come to the desk. We will sort it out."),
    ),
}


class TicketScreen(SlipScreen):
    """Shows `ticket`. `fresh`: it was just reserved."""

    kind = SlipKind.TICKET
    ticket = ObjectProperty(None, allownone=True)
    fresh = BooleanProperty(False)

    def open(self, **values: Any) -> None:
        self.ticket, self.fresh = values["ticket"], values.get("fresh", False)
        self.show_code(self.ticket)

    def slip(self, view: Any) -> Callable[[], Slip]:
        app, make = self.app, super().slip(view)
        return lambda: replace(make(), photo=photo_of(app.pictures, view.item.photo))

    def ask_to_cancel(self) -> None:
        """Ask for confirmation to cancel."""
        tr = self.app.tr
        self.app.shell.say(
            tr._("Cancel the reservation?"),
            tr._("Others can have it then."),
            [(tr._("No, keep it"), lambda: None, True), (tr._("Yes, cancel it"), self.cancel, False)],
        )

    def cancel(self) -> None:
        """Cancel the ticket."""
        app, ticket, now = self.app, self.ticket, self.app.now()
        app.work(lambda: app.services.tickets.cancel(code=ticket.code, now=now), self._cancelled)

    def _cancelled(self, ticket: Any) -> None:
        app = self.app
        app.visitor.tickets[:] = [held for held in app.visitor.tickets if held != ticket.id]
        app.visitor.forget(ticket.code)
        app.shell.home()
        heading, text = STATES[ticket.state]
        app.shell.say(app.tr._(heading), app.tr._(text))

    def reset(self) -> None:
        super().reset()
        self.ticket = None
