"""The table of each type of subject. The effect of an entry on a row is declared with its kind."""

from __future__ import annotations

from typing import Any, NamedTuple

from kiosk.data.models import (
    Bell,
    CallMade,
    CaseNote,
    Co2e,
    DeclineReason,
    Donation,
    Gathering,
    Item,
    OwnCategory,
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
    """The table of a subject. Kinds in `local` create a row but do not change one: each tablet has its own values.
    Raise `edition` when the effect of an entry changes: rows of older programs are then projected again."""

    model: Any
    local: str = ""
    edition: int = 1


#: By the part of a kind's name before the dot, in order of reference: referred-to subjects first.
THINGS = {
    "request": ThingTable(Request),
    "note": ThingTable(CaseNote),
    "call": ThingTable(CallMade),
    "partner": ThingTable(Partner),
    "gathering": ThingTable(Gathering, local=Owner.SETTINGS),
    "session": ThingTable(Session),
    "category": ThingTable(OwnCategory),
    "item": ThingTable(Item, edition=2),
    "stock": ThingTable(StockCount),
    "ticket": ThingTable(Ticket),
    "visit": ThingTable(Visit),
    "queue": ThingTable(QueueNumber),
    "bell": ThingTable(Bell),
    "reason": ThingTable(DeclineReason),
    "donation": ThingTable(Donation),
    "wish": ThingTable(Wish),
    "seat": ThingTable(Seat),
    "volunteer": ThingTable(Volunteer),
    "shift": ThingTable(Shift),
    "pair": ThingTable(Pair),
    "weight": ThingTable(Weight),
    "co2e": ThingTable(Co2e),
}
