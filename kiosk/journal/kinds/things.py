"""The table of each type of subject. The effect of an entry on a row is declared with its kind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from kiosk.data.models import (
    Bell,
    CallMade,
    CaseNote,
    Co2e,
    DeclineReason,
    Donation,
    EarlierCount,
    EarlierGoods,
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
    Raise `edition` when the effect of an entry changes: rows of older programs are then projected again.

    A thing is in use until an entry of a kind in `ends` (words after the dot), at most for `needed` after its last entry,
    None for ever; a tablet that is far behind reads what is in use first. An item that was given away is not."""

    model: Any
    local: str = ""
    edition: int = 1
    ends: str = ""
    needed: timedelta | None = None


#: Sessions, seats and calls are decided and booked at most so long before their day.
_SEASON = timedelta(days=200)
#: By the part of a kind's name before the dot, in order of reference: referred-to subjects first.
THINGS = {
    "request": ThingTable(Request, ends="erased"),
    "note": ThingTable(CaseNote),
    "call": ThingTable(CallMade, needed=_SEASON),
    "partner": ThingTable(Partner),
    "gathering": ThingTable(Gathering, local=Owner.SETTINGS),
    "session": ThingTable(Session, needed=_SEASON),
    "category": ThingTable(OwnCategory),
    "item": ThingTable(Item, edition=2, ends="withdrawn"),
    "stock": ThingTable(StockCount),
    "ticket": ThingTable(Ticket, edition=2, ends="collected given expired cancelled"),
    "visit": ThingTable(Visit, needed=timedelta(days=8)),
    # Lists of earlier years: many rows each, which are in no hurry.
    "attendance": ThingTable(EarlierCount, needed=timedelta(days=8)),
    "goods": ThingTable(EarlierGoods, needed=timedelta(days=8)),
    "queue": ThingTable(QueueNumber, ends="done missed left"),
    "bell": ThingTable(Bell, ends="answered", needed=timedelta(days=8)),
    "reason": ThingTable(DeclineReason),
    "donation": ThingTable(Donation, ends="declined taken_in cancelled given_by"),
    "wish": ThingTable(Wish, edition=2, ends="fulfilled expired cancelled"),
    "seat": ThingTable(Seat, ends="cancelled arrived", needed=_SEASON),
    "volunteer": ThingTable(Volunteer),
    "shift": ThingTable(Shift, ends="ended noted corrected"),
    "pair": ThingTable(Pair, ends="ended undone"),
    "weight": ThingTable(Weight),
    "co2e": ThingTable(Co2e),
}
