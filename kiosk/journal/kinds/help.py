"""Requests, numbers for guidance, pairs, volunteers and their shifts."""

from __future__ import annotations

from .declaration import BOXES, CODE, kind, late, optional
from .fields import BOOLEAN, DAY, HASH, ID, MOMENT, NOTE, WORD, integer, many, nullable, one_of, table

_QUEUE = {"queue": ID}
_PAIR = {"pair": ID, "service": WORD, "asker": ID, "helper": ID}
_STATUS = one_of("new", "contacted", "arranged", "done", "closed")
_QUARTERS = integer(0, 4 * 24)
_NUMBER = integer(0, 10_000_000)

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
    ),
    kind(
        "request.status",
        2,
        "visitor clock requests goods",
        {"request": ID, "from": _STATUS, "to": _STATUS},
        counts="request",
    ),
    kind("request.opened", 2, "personal", {"request": ID}),
    kind("requests.opened", 10, "personal", {"requests": many(ID, 100_000)}),
    kind("request.erased", 2, "visitor clock personal goods partners", {"request": ID}, counts="request"),
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
    ),
    kind("queue.called", 3, "requests", _QUEUE | {"number": optional(_NUMBER)}, counts="queue"),
    kind("queue.waiting", 3, "requests", _QUEUE, counts="queue"),
    kind("queue.skipped", 3, "requests", _QUEUE, counts="queue"),
    kind("queue.done", 3, "clock requests", _QUEUE, counts="queue"),
    kind("queue.missed", 25, "clock requests", _QUEUE, counts="queue"),
    kind("queue.moved", 25, "requests", _QUEUE | {"number": _NUMBER, "day": DAY, "starts_at": MOMENT}, counts="queue"),
    kind("queue.left", 3, "visitor clock requests", _QUEUE, counts="queue"),
    kind("pair.made", 6, "requests", _PAIR | {"repeat": WORD, "day": late(10, DAY), "follow_up": DAY}, counts="pair"),
    kind("pair.aside", 6, "requests", _PAIR | {"day": late(10, DAY)}),
    kind("pair.undone", 6, "requests", {"pair": ID}, counts="pair"),
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
    ),
    kind("pair.ended", 6, "clock visitor requests", {"pair": ID, "day": late(10, DAY), "reason": WORD}),
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
    ),
    kind(
        "shift.begun", 4, "volunteer", {"shift": ID, "volunteer": ID, "task": WORD, "of_age": BOOLEAN}, counts="shift"
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
    ),
    kind(
        "shift.noted",
        25,
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
