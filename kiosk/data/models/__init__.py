"""peewee models of the tables. The migrations create the tables; a test compares the two.

No model is bound to a database: every query is run with `execute(store.db)`, so there is no global state here. For the same
reason references are plain id columns; the database checks them (FOREIGN KEY in the migrations).
"""

from peewee import Model

from .fields import DayField, JsonField, UtcField, canonical_json
from .gatherings import Correction, Gathering, Seat, Session, SessionChange, Visit
from .goods import (
    DeclineReason,
    Donation,
    Item,
    ItemText,
    NeighbourItem,
    OwnCategory,
    Photo,
    SearchWord,
    StockCount,
    Ticket,
    Wish,
    WishOffer,
)
from .help import CallMade, CaseNote, Envelope, Pair, PairNote, QueueNumber, Request, Withheld
from .journal import JournalEntry, Meta, Refused, Unfolded
from .people import Badge, Bell, DoorCount, Partner, Shift, StaffMember, Volunteer
from .printing import PrintJob
from .reports import Co2e, EarlierCount, EarlierGoods, Weight

#: Every table.
MODELS = tuple(kind for kind in Model.__subclasses__() if kind.__module__.startswith(__name__))

__all__ = [
    "MODELS",
    "Badge",
    "Bell",
    "CallMade",
    "CaseNote",
    "Co2e",
    "Correction",
    "DayField",
    "DeclineReason",
    "Donation",
    "DoorCount",
    "EarlierCount",
    "EarlierGoods",
    "Envelope",
    "Gathering",
    "Item",
    "ItemText",
    "JournalEntry",
    "JsonField",
    "Meta",
    "NeighbourItem",
    "OwnCategory",
    "Pair",
    "PairNote",
    "Partner",
    "Photo",
    "PrintJob",
    "QueueNumber",
    "Refused",
    "Request",
    "SearchWord",
    "Seat",
    "Session",
    "SessionChange",
    "Shift",
    "StaffMember",
    "StockCount",
    "Ticket",
    "Unfolded",
    "UtcField",
    "Visit",
    "Volunteer",
    "Weight",
    "Wish",
    "WishOffer",
    "Withheld",
    "canonical_json",
]
