"""Kinds about staff, keys, settings, printing, reports and the tablet itself."""

from __future__ import annotations

from .declaration import NAMED_BOXES, kind, optional
from .fields import (
    HASH,
    ID,
    MOMENT,
    MONTH,
    PLAIN,
    WORD,
    either,
    integer,
    many,
    nullable,
    number,
    one_of,
    record,
    table,
    text,
)

_STAFF, _JOB = {"staff": ID}, {"job": ID}
_CHANGE = {"role": WORD, "old": HASH, "new": HASH}
#: A figure of a report: a number, its text ("12.50"), or the mark of a suppressed one.
_FIGURE = either(integer(-(10**12), 10**12), text(40))
_SHOWN = record(
    parts=many(ID),
    rows=table(record(people=nullable(integer(0, 10**9)), cells=many(either(integer(0, 10**9), one_of("<5", "*"))))),
)
_MARK = integer(0, 2**53)

KINDS = (
    kind("staff.added", 2, "people", _STAFF | {"role": WORD}),
    kind("staff.pin_set", 2, "people", _STAFF),
    kind("staff.revoked", 2, "people", _STAFF),
    kind("staff.badge_made", 2, "people", _STAFF),
    kind("staff.badge_revoked", 2, "people", _STAFF),
    kind("staff.refused", 2, "door", _STAFF),
    kind("staff.waits_ended", 18, "door", {}),
    kind("staff.entered", 2, "hand_over", {"by": WORD}),
    kind("staff.left", 2, "hand_over", {"why": WORD}),
    kind("keys.made", 15, "people", {"recipients": many(HASH, 20)}),
    kind("keys.change_begun", 15, "people", _CHANGE),
    kind("keys.sealed_anew", 15, "people", {"key": HASH, "envelopes": table(HASH)}, travels=(NAMED_BOXES,)),
    kind("keys.changed", 15, "people", _CHANGE),
    kind(
        "settings.changed",
        14,
        "settings clock people",
        {
            "keys": many(ID),
            "settings": optional(WORD),
            "values": optional(PLAIN),
        },
    ),
    kind("slip.erased", 15, "visitor personal", {"slip": WORD, "subject": ID}),
    kind(
        "print.queued",
        2,
        "visitor volunteer clock print",
        _JOB | {"kind": WORD, "subject": ID, "copy": integer(1, 100_000)},
    ),
    kind("print.retried", 2, "visitor print", _JOB),
    kind("print.sent", 2, "printer print", _JOB),
    kind("print.unsure", 2, "printer", _JOB),
    kind("print.dropped", 2, "printer visitor print", _JOB),
    kind(
        "month.closed",
        10,
        "reports",
        {
            "month": MONTH,
            "who": ID,
            "figures": table(_FIGURE),
            "digest": HASH,
            "marks": table(_MARK),
            "shown": optional(table(_SHOWN)),
        },
        counts="kept",
    ),
    kind("glass.measured", 10, "settings people", {"pixels": many(integer(1, 100_000), 2), "inches": number(0, 1000)}),
    kind("store.restored", 10, "people", {"made_at": MOMENT}),
    kind("device.renewed", 10, "clock", {"device": ID}),
    kind("safe.without_gathering", 16, "safe", {"people": integer(0, 100_000)}),
)
