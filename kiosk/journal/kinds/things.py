"""What entries are about: the table of each thing. What an entry makes of a row is declared with its kind."""

from __future__ import annotations

from typing import Any, NamedTuple

from kiosk.data.models import (
    Co2e,
    Donation,
    Gathering,
    Item,
    Pair,
    Partner,
    QueueNumber,
    Request,
    Seat,
    Session,
    Shift,
    Ticket,
    Visit,
    Volunteer,
    Weight,
    Wish,
)
from kiosk.vocabulary.states import Owner


class Thing(NamedTuple):
    """The table of a thing. What `local` writes makes a row and does not change one: of that each tablet has its own."""

    model: Any
    local: str = ""


#: By the part of a kind's name before the dot; a thing comes after those that its rows refer to.
THINGS = {
    "request": Thing(Request),
    "partner": Thing(Partner),
    "gathering": Thing(Gathering, local=Owner.SETTINGS),
    "session": Thing(Session),
    "item": Thing(Item),
    "ticket": Thing(Ticket),
    "visit": Thing(Visit),
    "queue": Thing(QueueNumber),
    "donation": Thing(Donation),
    "wish": Thing(Wish),
    "seat": Thing(Seat),
    "volunteer": Thing(Volunteer),
    "shift": Thing(Shift),
    "pair": Thing(Pair),
    "weight": Thing(Weight),
    "co2e": Thing(Co2e),
}
