"""A ticket on the screen, with the layout of the printed slip."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kivy.properties import BooleanProperty, ObjectProperty

from kiosk.documents.content import photo_of, picture_bytes, ticket_slip
from kiosk.documents.slip import Slip, draw
from kiosk.errors import N_
from kiosk.vocabulary.states import TicketState
from screens.frame.screen import KioskScreen
from screens.tools.photos import texture_of
from screens.visitor.slip import print_slip

if TYPE_CHECKING:
    from screens.app import KioskApp

#: Minimum width, pixels: below it the layout pass has not run yet, or the codes would be unreadable.
SMALLEST = 200
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


class TicketScreen(KioskScreen):
    """Shows `ticket`. `fresh`: it was just reserved."""

    ticket = ObjectProperty(None, allownone=True)
    fresh = BooleanProperty(False)
    texture = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ids.paper.bind(size=lambda *_: self.draw())
        self._drawn: Any = None

    def on_language_changed(self) -> None:
        self.draw()

    def open(self, **values: Any) -> None:
        self.ticket, self.fresh = values["ticket"], values.get("fresh", False)
        self.texture = None
        self._drawn = None
        self.draw()

    def draw(self) -> None:
        """Render the slip on a worker, at the size of its widget and in the present language."""
        ticket, paper, app = self.ticket, self.ids.paper, self.app
        if ticket is None or paper.width < SMALLEST:
            return
        columns = 2 if paper.width > max(paper.height * 1.1, 2 * SMALLEST) else 1
        key = (ticket.id, ticket.state, app.tr.code, tuple(map(int, paper.size)))
        if key == self._drawn:
            return
        self._drawn = key
        size = (int(paper.width), int(paper.height))
        slip = ticket_slip(ticket, app.tr.language, app.finnish, app.settings.centre.name)
        app.work(lambda: paper_image(app, ticket, slip, size, columns), lambda image: self._show(key, image))

    def _show(self, key: Any, image: Any) -> None:
        if key == self._drawn:
            self.texture = texture_of(*image)

    def print(self) -> None:
        """Queue the ticket for printing."""
        print_slip(self.app, "ticket", self.ticket.id)

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
        self.ticket = self.texture = self._drawn = None


def paper_image(
    app: KioskApp, ticket: Any, slip: Slip, size: tuple[int, int], columns: int
) -> tuple[int, int, bytes, str]:
    """Render `slip` to fit into `size` pixels; returns the arguments of `texture_of`."""
    slip = replace(slip, photo=photo_of(app.pictures, ticket.item.photo))
    width = size[0]
    least = round(2.2 * SMALLEST) if columns == 2 else SMALLEST
    image = draw(slip, width, columns=columns)
    if image.height > size[1]:
        image = draw(slip, max(least, int(width * size[1] / image.height)), columns=columns)
    return picture_bytes(image)
