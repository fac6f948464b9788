"""Kinds about series, sessions, visits, seats and partners."""

from __future__ import annotations

from typing import Any

from kiosk import clock
from kiosk.data.models import Correction, EarlierCount, Session
from kiosk.vocabulary.states import SeatState

from .declaration import CODE, Fields, RowEffect, Values, becomes, kind, late, optional
from .fields import (
    BOOLEAN,
    DAY,
    DESCRIPTIONS,
    FILE,
    FLAG,
    HASH,
    ID,
    MOMENT,
    NAME,
    NAMES,
    NOTE,
    PLAIN,
    RULE,
    SESSION,
    TIME_OF_DAY,
    WORD,
    integer,
    many,
    nullable,
    one_of,
    record,
    text,
)

#: People in a party, and in a corrected or imported count of a session.
_PARTY, _PEOPLE, _DIFFERENCE = integer(0, 99), integer(0, 100_000), integer(-100_000, 100_000)
_PARTS: Fields = {"adults": _PARTY, "children": _PARTY}
_DECISION: Fields = {"session": SESSION, "gathering": ID, "day": DAY, "kind": WORD, "reason": WORD}
#: A row of a list of earlier years.
_COUNTED = {"id": ID, "session": SESSION, "language": WORD, "group": WORD} | dict.fromkeys(
    ("visits", "adults", "children", "first_visits"), _PEOPLE
)
_TIMES = {"starts_at": MOMENT, "ends_at": MOMENT, "place": NAME}


def _checked_in(payload: Values, time: str) -> Values:
    return {"at": clock.utc_text(clock.to_minute(clock.parse(time)))}


def _correction(payload: Values, time: str) -> tuple[Any, ...]:
    said = {name: payload[name] for name in ("session", "adults", "children", "reason")}
    return (Correction.insert(id=payload["correction"], at=time, **said),)


def _earlier(payload: Values, time: str) -> tuple[Any, ...]:
    """Return the INSERTs of the counts of an earlier year, and of their sessions, whose times are beside the counts."""
    rows, timed = payload["rows"], record(**_TIMES)
    names = "gathering", "day", *_TIMES
    sessions = [{"id": row["session"]} | {name: row[name] for name in names} for row in rows if timed.holds(row)]
    counts = [{name: row[name] for name in _COUNTED} | {"source": payload["source"]} for row in rows]
    return tuple(model.insert_many(these) for model, these in ((Session, sessions), (EarlierCount, counts)) if these)


_DECIDED = RowEffect(own=False, decides=True)

KINDS = (
    kind(
        "gathering.set",
        1,
        "settings import events",
        {
            "gathering": ID,
            "names": NAMES,
            "rule": RULE,
            "since": DAY,
            "start": TIME_OF_DAY,
            "end": TIME_OF_DAY,
            "place": NAME,
            "art": FILE,
            "cancelled": many(DAY),
            "extra": many(DAY),
            "active": FLAG,
            "seats": late(3, integer(0, 10_000)),
            "partner": late(3, NAME),
            "languages": late(3, many(WORD, 50)),
            "owner": optional(WORD),
            "changes": optional(PLAIN),
            "until": optional(nullable(DAY)),
            "photo": optional(nullable(HASH)),
            "groups": optional(many(WORD, 50)),
            "partner_id": optional(nullable(ID)),
            "uid": optional(nullable(text(2000))),
            "about": late(26, DESCRIPTIONS),
            "more_partners": late(26, many(ID, 50)),
        },
        counts="kept",
    ),
    kind("gathering.ended", 1, "settings", {"gathering": ID}, counts="kept"),
    kind(
        "session.opened",
        1,
        "schedule",
        {
            "session": SESSION,
            "gathering": ID,
            "day": late(10, DAY),
            "starts_at": late(10, MOMENT),
            "ends_at": late(10, MOMENT),
            "place": late(10, NAME),
        },
    ),
    kind("session.cancelled", 5, "events", _DECISION, row=_DECIDED),
    kind("session.held", 5, "events", _DECISION, counts="kept", row=_DECIDED),
    kind(
        "session.moved",
        5,
        "events",
        _DECISION | _TIMES | {"moved_to": DAY},
        counts="kept",
        row=RowEffect(lambda payload, time: {"day": payload["moved_to"]}, decides=True),
    ),
    kind(
        "session.restored",
        5,
        "events",
        {"session": SESSION, "gathering": ID, "day": DAY} | {name: optional(check) for name, check in _TIMES.items()},
        counts="kept",
        row=RowEffect(decides=True),
    ),
    kind(
        "session.corrected",
        2,
        "sessions",
        {
            "correction": ID,
            "session": SESSION,
            "reason": NOTE,
            "adults": _DIFFERENCE,
            "children": _DIFFERENCE,
        },
        counts="correction",
        row=RowEffect(own=False, beside=_correction),
    ),
    kind(
        "visit.checked_in",
        1,
        "visitor safe tally sessions",
        _PARTS | {"visit": ID, "session": SESSION, "language": WORD, "way": late(2, WORD)},
        counts="visit",
        row=RowEffect(_checked_in),
    ),
    kind(
        "visit.amended",
        1,
        "visitor safe tally sessions",
        {
            "visit": ID,
            "adults": optional(_PARTY),
            "children": optional(_PARTY),
            "first_visit": optional(BOOLEAN),
            "group": optional(WORD),  # of several groups the word of `kiosk.vocabulary.joined`
        },
        counts="visit",
    ),
    kind("visit.undone", 1, "visitor safe tally sessions", {"visit": ID, "undone": BOOLEAN}, counts="visit"),
    kind(
        "attendance.imported",
        10,
        "reports",
        {
            "attendance": ID,
            "source": NAME,
            "rows": many(record(gathering=ID, day=DAY, **_COUNTED)),
        },
        counts="earlier_visits",
        row=RowEffect(own=False, beside=_earlier),
    ),
    kind(
        "seat.taken",
        3,
        "visitor",
        {
            "seat": ID,
            "session": SESSION,
            "people": integer(1, 99),
            "language": WORD,
            "state": one_of(SeatState.BOOKED, SeatState.WAITING),
        },
        travels=(CODE,),
        row=RowEffect(lambda payload, time: {"made_at": time}),
    ),
    kind("seat.contact", 24, "visitor", {"seat": ID, "contact": ID}),
    kind("seat.followed", 10, "settings events", {"seat": ID, "session": SESSION}),
    kind("seat.booked", 3, "clock", {"seat": ID}, row=becomes(SeatState.BOOKED)),
    kind("seat.cancelled", 3, "visitor sessions events", {"seat": ID}, row=becomes(SeatState.CANCELLED)),
    kind("seat.arrived", 3, "visitor sessions tally", {"seat": ID}, row=becomes(SeatState.ARRIVED)),
    kind("partner.added", 10, "partners", {"partner": ID, "name": NAME, "kind": WORD}, counts="kept"),
    kind(
        "partner.changed",
        10,
        "partners",
        {
            "partner": ID,
            "name": optional(NAME),
            "kind": optional(WORD),
            "thanked_on": optional(nullable(DAY)),
            "active": optional(FLAG),
            "request": optional(nullable(ID)),
        },
        counts="kept",
    ),
)
