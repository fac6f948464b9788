"""Two ledgers meet: what each tablet of a centre knew is put together, as DESIGN and the guide to the hub promise it."""

from __future__ import annotations

import pickle
from datetime import datetime

from .book import Row
from .helping import QUEUE_OVER
from .ledger import Ledger
from .shelf import LIVE

#: The rows that tablets tell each other of. Staff, and what is decided in the office, are one tablet's.
TABLES = ("things", "tickets", "wishes", "donations", "visits", "seats", "requests", "pairs", "numbers", "shifts")


def meet(office: Ledger, other: Ledger, now: datetime) -> None:
    """Let the ledger of the tablet in the `office`, and another one, know the same."""
    for table in TABLES:
        rows: dict[str, Row] = getattr(office, table)
        for name, row in getattr(other, table).items():
            if name in rows:
                rows[name].hear(row)
            else:
                rows[name] = row
        setattr(office, table, dict(sorted(rows.items(), key=lambda one: one[1].__dict__["born"])))
    office.opened |= other.opened
    office.volunteers = list(dict.fromkeys([*office.volunteers, *other.volunteers]))
    office.erased |= other.erased
    office.sealed = (office.sealed | other.sealed) - office.erased
    rebuild(office, now)
    for name, value in pickle.loads(pickle.dumps(office.__dict__)).items():
        if name not in ("tablet", "lane", "staff", "removed"):
            setattr(other, name, value)


def rebuild(ledger: Ledger, now: datetime) -> None:
    """Bring everything up to the rows of a ledger: claims, what may change by itself, and every sum."""
    _place_tickets(ledger, now)
    for request in ledger.requests.values():
        request.replay()
    _index(ledger, now)
    ledger.sums.clear()
    ledger.booked.clear()
    for name in ledger.things:
        ledger._count(name)
    for name in {*ledger.by_session, *ledger.corrected}:
        ledger._recount(name)
    for name in ledger.earlier:
        ledger._count_earlier(name)
    for day, category in ledger.moved:
        ledger._count_moved(day, category)
    for name in ledger.requests:
        ledger._count_request(name)
    for name in ledger.pairs:
        ledger._count_pair(name)
    for name in ledger.numbers:
        ledger._count_number(name)
    for shift in ledger.shifts.values():
        if shift.quarters is not None:
            ledger._count_shifts(shift)


def _place_tickets(ledger: Ledger, now: datetime) -> None:
    """Give the units of each thing to its tickets: a hand-over before a reservation, else who was first. Who gets none is
    in conflict: staff are told."""
    Row.now = now
    ledger._by_thing = {}
    for ticket in ledger.tickets.values():
        ticket.replay()
        ledger._by_thing.setdefault(ticket.thing, {})[ticket.name] = ticket
    for thing in ledger.things.values():
        live = sorted(ledger.of(thing.name, *LIVE), key=lambda one: (one.state != "collected", one.since, one.name))
        for place, ticket in enumerate(live):
            if ticket.state == "reserved" and (thing.gone or place >= thing.quantity):
                ticket.tell(now, "conflicted", thing.name)
            elif place >= thing.quantity:
                ticket.tell(now, "given twice", thing.name)


def _index(ledger: Ledger, now: datetime) -> None:
    """Bring up to date what is looked up, and what may change by itself."""
    ledger._maybe_free = {name for name, thing in ledger.things.items() if ledger.free(thing)}
    ledger._maybe_reserved = {name for name, ticket in ledger.tickets.items() if ticket.state == "reserved"}
    ledger._maybe_waiting = {name: wish for name, wish in ledger.wishes.items() if not wish.over}
    ledger.by_session.clear()
    for name, visit in ledger.visits.items():
        ledger.by_session.setdefault(visit.session, []).append(name)
    ledger.on_day.clear()
    for name, number in ledger.numbers.items():
        ledger.on_day[number.day].append(name)
    ledger._open_days = {number.day for number in ledger.numbers.values() if number.state not in QUEUE_OVER}
