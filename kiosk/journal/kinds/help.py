"""Kinds about requests, queue numbers, pairs, volunteers and their shifts."""

from __future__ import annotations

from typing import Any

from kiosk.data.models import PairNote
from kiosk.vocabulary.states import PairState, QueueState, Repeat, RequestStatus

from .declaration import BOXES, CODE, RowEffect, Values, becomes, kind, late, optional
from .fields import BOOLEAN, DAY, HASH, ID, MOMENT, NOTE, WORD, integer, many, nullable, one_of, table

_QUEUE = {"queue": ID}
_PAIR = {"pair": ID, "service": WORD, "asker": ID, "helper": ID}
_STATUS = one_of(*RequestStatus)
_QUARTERS = integer(0, 4 * 24)
_NUMBER = integer(0, 10_000_000)


def _made(payload: Values, time: str) -> Values:
    day = payload.get("day", time[:10])
    return {"status": RequestStatus.NEW, "notice_version": payload["notice"], "day": day}


def _aside(payload: Values, time: str) -> Values:
    return {"state": PairState.ASIDE, "repeat": Repeat.ONCE, "made_on": payload["day"]}


def _ended(payload: Values, time: str) -> Values:
    return {"state": PairState.ENDED, "follow_up": None, "ended_on": payload["day"]}


def _note(payload: Values, time: str) -> tuple[Any, ...]:
    said = {name: payload[name] for name in ("pair", "day", "quarters")}
    return (PairNote.insert(id=payload["note"], **said),)


KINDS = (
    kind(
        "request.made",
        1,
        "visitor",
        {
            "request": ID,
            "service": WORD,
            "notice": ID,
            "day": late(3, DAY),
            "envelopes": table(HASH, 20),
        },
        counts="request",
        travels=(CODE, BOXES),
        row=RowEffect(_made),
    ),
    kind(
        "request.status",
        2,
        "visitor clock requests goods",
        {"request": ID, "from": _STATUS, "to": _STATUS},
        counts="request",
        row=RowEffect(lambda payload, time: {"status": payload["to"]}),
    ),
    kind("request.opened", 2, "personal", {"request": ID}),
    kind("requests.opened", 10, "personal", {"requests": many(ID, 100_000)}),
    kind(
        "request.erased",
        2,
        "visitor clock personal goods partners",
        {"request": ID},
        counts="request",
        row=RowEffect(lambda payload, time: {"erased": True}),
    ),
    kind(
        "queue.taken",
        3,
        "visitor",
        _QUEUE
        | {
            "number": _NUMBER,
            "day": late(10, DAY),
            "topic": WORD,
            "language": WORD,
            "interpreter": BOOLEAN,
            "starts_at": optional(MOMENT),
        },
        counts="queue",
        travels=(CODE,),
        row=becomes(QueueState.WAITING, "made_at"),
    ),
    kind(
        "queue.called",
        3,
        "requests",
        _QUEUE | {"number": optional(_NUMBER)},
        counts="queue",
        row=becomes(QueueState.CALLED, "called_at"),
    ),
    kind("queue.waiting", 3, "requests", _QUEUE, counts="queue", row=becomes(QueueState.WAITING)),
    kind("queue.skipped", 3, "requests", _QUEUE, counts="queue", row=becomes(QueueState.SKIPPED)),
    kind("queue.done", 3, "clock requests", _QUEUE, counts="queue", row=becomes(QueueState.DONE, "ended_at")),
    kind("queue.missed", 23, "clock requests", _QUEUE, counts="queue", row=becomes(QueueState.MISSED, "ended_at")),
    kind(
        "queue.moved",
        23,
        "requests",
        _QUEUE | {"number": _NUMBER, "day": DAY, "starts_at": MOMENT},
        counts="queue",
        row=becomes(QueueState.WAITING, called_at=None, ended_at=None),
    ),
    kind("queue.left", 3, "visitor clock requests", _QUEUE, counts="queue", row=becomes(QueueState.LEFT, "ended_at")),
    kind("queue.contact", 24, "visitor", _QUEUE | {"contact": ID}),
    kind("call.made", 24, "requests", {"call": ID}, row=RowEffect(lambda payload, time: {"made_at": time})),
    kind("call.undone", 24, "requests", {"call": ID}, row=RowEffect(lambda payload, time: {"made_at": None})),
    kind(
        "note.written",
        24,
        "requests",
        {"note": ID, "about": ID},
        row=RowEffect(lambda payload, time: {"request": payload["note"], "made_at": time}),
    ),
    kind(
        "bell.rung",
        30,
        "visitor",
        {"bell": ID, "language": WORD},
        row=RowEffect(lambda payload, time: {"made_at": time}),
    ),
    kind(
        "bell.answered",
        30,
        "hand_over",
        {"bell": ID},
        row=RowEffect(lambda payload, time: {"answered_at": time}),
    ),
    kind(
        "pair.made",
        6,
        "requests",
        _PAIR | {"repeat": WORD, "day": late(10, DAY), "follow_up": DAY},
        counts="pair",
        row=RowEffect(lambda payload, time: {"state": PairState.ACTIVE, "made_on": payload["day"]}),
    ),
    kind("pair.aside", 6, "requests", _PAIR | {"day": late(10, DAY)}, row=RowEffect(_aside)),
    kind("pair.undone", 6, "requests", {"pair": ID}, counts="pair", row=becomes(PairState.UNDONE, follow_up=None)),
    kind(
        "pair.noted",
        6,
        "requests",
        {
            "pair": ID,
            "note": ID,
            "day": late(10, DAY),
            "follow_up": DAY,
            "quarters": _QUARTERS,
        },
        counts="pair",
        row=RowEffect(beside=_note),
    ),
    kind(
        "pair.ended",
        6,
        "clock visitor requests",
        {"pair": ID, "day": late(10, DAY), "reason": WORD},
        row=RowEffect(_ended),
    ),
    kind(
        "volunteer.registered",
        4,
        "people",
        {
            "volunteer": ID,
            "number": _NUMBER,
            "partner": late(10, nullable(ID)),
        },
        counts="kept",
        travels=(CODE,),
        row=RowEffect(lambda payload, time: {"request": payload["volunteer"]}),
    ),
    kind(
        "shift.begun",
        4,
        "volunteer",
        {"shift": ID, "volunteer": ID, "task": WORD, "of_age": BOOLEAN},
        counts="shift",
        row=RowEffect(lambda payload, time: {"started_at": time}),
    ),
    kind(
        "shift.ended",
        4,
        "volunteer",
        {
            "shift": ID,
            "quarters": _QUARTERS,
            "machine_quarters": late(10, _QUARTERS),
        },
        counts="shift",
        row=RowEffect(lambda payload, time: {"ended_at": time}),
    ),
    kind(
        "shift.noted",
        23,
        "sessions",
        {
            "shift": ID,
            "volunteer": ID,
            "task": WORD,
            "of_age": BOOLEAN,
            "day": DAY,
            "started_at": MOMENT,
            "ended_at": MOMENT,
            "quarters": _QUARTERS,
            "machine_quarters": _QUARTERS,
        },
        counts="shift",
    ),
    kind(
        "shift.corrected",
        4,
        "people",
        {
            "shift": ID,
            "quarters": _QUARTERS,
            "machine_quarters": late(10, _QUARTERS),
            "reason": NOTE,
            "ended_at": late(10, MOMENT),
        },
        counts="shift",
    ),
)
