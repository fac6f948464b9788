"""Kinds about items, tickets, wishes, donations and weights."""

from __future__ import annotations

from typing import Any

from kiosk.data.models import EarlierGoods, WishOffer
from kiosk.vocabulary.states import DonationState, ItemState, TicketState, WishState

from .declaration import CODE, Field, Fields, RowEffect, Values, becomes, kind, late, optional
from .fields import (
    BOOLEAN,
    DAY,
    FLAG,
    HASH,
    ID,
    MOMENT,
    NAME,
    NAMES,
    NOTE,
    WORD,
    FieldCheck,
    integer,
    many,
    nullable,
    number,
    one_of,
    record,
    text,
)

_QUANTITY, _KG = integer(1, 1000), nullable(number(0, 1_000_000))
_PHOTOS = many(HASH, 100)
#: A row of a list of earlier years.
_MOVED = {"id": ID, "day": DAY, "category": WORD, "taken_in": integer(0, 100_000), "given": integer(0, 100_000)}
#: Fields of an item, from staff or an imported list.
_ITEM: dict[str, FieldCheck] = {
    "thing": nullable(WORD),
    "names": nullable(NAMES),
    "category": WORD,
    "size": text(200),
    "age_group": WORD,
    "condition": WORD,
    "place": NAME,
    "quantity": _QUANTITY,
    "kg": _KG,
}
_TICKET: Fields = {"ticket": ID, "item": ID}
_CLAIM: Fields = _TICKET | {
    "language": WORD,
    "provisional": late(10, BOOLEAN),
    "deadline": late(10, MOMENT),
    "number": late(30, integer(0, 10_000_000)),
    "bundle": late(26, nullable(ID)),
}
_AGAIN: Fields = _TICKET | {"deadline": late(10, MOMENT)}
_DECISION: Fields = _TICKET | {"against": optional(ID)}
_WISH: Fields = {"wish": ID}
_DONATION: Fields = {"donation": ID, "reason": nullable(WORD)}


def _withdrawn(payload: Values, time: str) -> Values:
    return {"state": ItemState.WITHDRAWN, "merged_into": payload.get("into"), "given_on": None}


def _wish_left(payload: Values, time: str) -> Values:
    return {"state": WishState.OPEN, "made_at": time, "language": payload.get("language", "fi")}


def _offer(payload: Values, time: str) -> tuple[Any, ...]:
    return (WishOffer.insert(wish=payload["wish"], item=payload["item"]),)


def _earlier(payload: Values, time: str) -> tuple[Any, ...]:
    rows = [{name: row[name] for name in _MOVED} | {"source": payload["source"]} for row in payload["rows"]]
    return (EarlierGoods.insert_many(rows),) if rows else ()


def _at(column: str, **columns: Any) -> RowEffect:
    """Return the effect of an entry that sets `columns`, and `column` to the time of the entry."""
    return RowEffect(lambda payload, time: columns | ({column: time} if column else {}))


_AT = _at("at")

KINDS = (
    kind(
        "item.added",
        1,
        "goods",
        {"item": ID}
        | _ITEM
        | {
            "label_code": ID,
            "arrived_on": DAY,
            "number": late(2, nullable(ID)),
            "donation": late(3, nullable(ID)),
            "photos": _PHOTOS,
            "mark": optional(ID),
            "together": late(26, BOOLEAN),
            "own_category": late(31, nullable(ID)),
        },
        counts="item",
        row=becomes(ItemState.AVAILABLE, "seen_at", merged_into=None),
    ),
    kind(
        "item.edited",
        2,
        "goods",
        {"item": Field(ID)}
        | {name: optional(check) for name, check in _ITEM.items()}
        | {"photos": optional(_PHOTOS), "together": optional(BOOLEAN), "own_category": optional(nullable(ID))},
        counts="item",
    ),
    kind(
        "item.withdrawn",
        2,
        "goods",
        {"item": ID, "reason": WORD, "into": late(3, nullable(ID))},
        counts="item",
        row=RowEffect(_withdrawn),
    ),
    kind(
        "item.put_back",
        2,
        "goods",
        {"item": ID},
        counts="item",
        row=becomes(ItemState.AVAILABLE, reason=None, merged_into=None),
    ),
    kind("item.relabelled", 10, "clock", {"item": ID, "label_code": ID}, row=_at("", labelled=False)),
    kind("item.labelled", 22, "printer print", {"item": ID, "labelled": BOOLEAN}),
    kind("item.seen", 22, "hand_over", {"item": ID, "labelled": optional(BOOLEAN)}, row=_at("seen_at")),
    kind("stock.begun", 22, "goods", {"stock": ID}, row=_at("begun_at")),
    kind("stock.ended", 22, "goods", {"stock": ID}, row=_at("ended_at")),
    kind("ticket.reserved", 1, "visitor", _CLAIM, travels=(CODE,)),
    kind("ticket.held", 3, "clock", _CLAIM, travels=(CODE,)),
    kind(
        "ticket.given",
        2,
        "hand_over goods",
        _TICKET | {"language": WORD, "bundle": late(26, nullable(ID))},
        counts="item",
        travels=(CODE,),
    ),
    kind("ticket.collected", 1, "hand_over goods", _TICKET, counts="item"),
    kind("ticket.hand_over_undone", 2, "hand_over goods", _AGAIN, counts="item"),
    kind("ticket.reactivated", 2, "hand_over goods", _AGAIN),
    kind(
        "ticket.moved",
        2,
        "goods",
        _TICKET | {"state": one_of(*TicketState)},
    ),
    kind("ticket.cancelled", 1, "visitor clock hand_over goods", _TICKET),
    kind("ticket.expired", 1, "clock", _TICKET),
    kind("ticket.confirmed", 10, "hub", _DECISION),
    kind("ticket.conflicted", 10, "hub", _DECISION),
    kind("ticket.given_twice", 10, "hub", _DECISION),
    kind(
        "wish.left",
        3,
        "visitor",
        _WISH
        | {
            "language": late(10, WORD),
            "category": WORD,
            "thing": nullable(WORD),
            "size": text(200),
            "age_group": WORD,
            "own_category": late(31, nullable(ID)),
        },
        travels=(CODE,),
        row=RowEffect(_wish_left),
    ),
    kind(
        "wish.described",
        14,
        "visitor",
        _WISH | {"request": ID},
        row=RowEffect(lambda payload, time: {"request": payload["request"]}),
    ),
    kind("wish.contact", 24, "visitor", _WISH | {"contact": ID}),
    kind(
        "wish.held",
        3,
        "clock",
        _WISH | {"item": ID, "ticket": ID},
        row=becomes(WishState.HELD)._replace(beside=_offer, once="ticket"),
    ),
    kind("wish.open", 3, "clock", _WISH, row=becomes(WishState.OPEN)),
    kind("wish.fulfilled", 3, "clock", _WISH, row=becomes(WishState.FULFILLED)),
    kind("wish.expired", 3, "clock", _WISH, row=becomes(WishState.EXPIRED)._replace(final=True)),
    kind(
        "wish.cancelled",
        3,
        "visitor clock goods",
        _WISH,
        row=becomes(WishState.CANCELLED)._replace(final=True),
    ),
    kind(
        "donation.announced",
        3,
        "visitor goods",
        {
            "donation": ID,
            "request": nullable(ID),
            "categories": many(WORD, 100),
            "amount": WORD,
            "pieces": late(10, nullable(integer(1, 99))),
            "fetch": BOOLEAN,
            "partner": late(10, nullable(ID)),
            "chosen": late(31, many(ID, 100)),
        },
        counts="kept",
        travels=(CODE,),
        row=becomes(DonationState.ANNOUNCED, "made_at"),
    ),
    kind("donation.accepted", 3, "goods", _DONATION, row=becomes(DonationState.ACCEPTED)),
    kind("donation.declined", 3, "goods", _DONATION, row=becomes(DonationState.DECLINED)),
    kind("donation.taken_in", 3, "goods", _DONATION, counts="kept", row=becomes(DonationState.TAKEN_IN)),
    kind("donation.cancelled", 3, "visitor clock goods", _DONATION, row=becomes(DonationState.CANCELLED)),
    kind("reason.set", 25, "goods", {"reason": ID, "names": NAMES, "instead": NAMES, "active": FLAG}),
    kind(
        "category.set",
        31,
        "goods",
        {
            "category": ID,
            "names": NAMES,
            "part_of": WORD,
            "art": WORD,
            "photo": nullable(HASH),
            "place": number(0, 1000),
            "active": FLAG,
        },
        counts="kept",
    ),
    kind("donation.given_by", 10, "goods partners", {"donation": ID, "partner": nullable(ID)}, counts="kept"),
    kind(
        "weight.set",
        8,
        "goods reports",
        {
            "weight": ID,
            "subject": ID,
            "low": number(0, 1000),
            "kg": number(0, 1000),
            "high": number(0, 1000),
            "source": NOTE,
        },
        row=_AT,
    ),
    kind(
        "weight.weighed",
        8,
        "goods",
        {
            "weight": ID,
            "subject": ID,
            "pieces": integer(1, 100_000),
            "kg": number(0, 100_000_000),
            "source": NOTE,
        },
        row=_AT,
    ),
    kind(
        "co2e.set",
        8,
        "reports",
        {
            "co2e": ID,
            "subject": ID,
            "value": number(0, 100_000),
            "per": WORD,
            "source": NOTE,
            "version": NOTE,
        },
        row=_AT,
    ),
    kind(
        "goods.imported",
        10,
        "reports",
        {
            "goods": ID,
            "source": NAME,
            "rows": many(record(**_MOVED)),
        },
        counts="earlier_goods",
        row=RowEffect(own=False, beside=_earlier),
    ),
)
