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
    StockCount,
    Ticket,
    Visit,
    Volunteer,
    Weight,
    Wish,
)
from kiosk.vocabulary.states import Owner


class ThingTable(NamedTuple):
    """The table of a thing. What `local` writes makes a row and does not change one: of that each tablet has its own."""

    model: Any
    local: str = ""


#: By the part of a kind's name before the dot; a thing comes after those that its rows refer to.
THINGS = {
    "request": ThingTable(Request),
    "partner": ThingTable(Partner),
    "gathering": ThingTable(Gathering, local=Owner.SETTINGS),
    "session": ThingTable(Session),
    "item": ThingTable(Item),
    "stock": ThingTable(StockCount),
    "ticket": ThingTable(Ticket),
    "visit": ThingTable(Visit),
    "queue": ThingTable(QueueNumber),
    "donation": ThingTable(Donation),
    "wish": ThingTable(Wish),
    "seat": ThingTable(Seat),
    "volunteer": ThingTable(Volunteer),
    "shift": ThingTable(Shift),
    "pair": ThingTable(Pair),
    "weight": ThingTable(Weight),
    "co2e": ThingTable(Co2e),
}
