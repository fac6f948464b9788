"""Claims: which ticket gets which unit of an item. The SQL of the hub has the same rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import peewee

from kiosk.data import prepared
from kiosk.data.models import Item, Ticket
from kiosk.journal.entries import SUBJECT, Told
from kiosk.journal.kinds.declaration import Values
from kiosk.services.goods.items import settle
from kiosk.vocabulary.states import ItemState, TicketState

CLAIMS = frozenset({"ticket.reserved", "ticket.held", "ticket.reactivated"})
HAND_OVERS = frozenset({"ticket.collected", "ticket.given"})
ENDS = frozenset({"ticket.expired", "ticket.cancelled", "ticket.conflicted"})
OVER = frozenset({TicketState.EXPIRED, TicketState.CANCELLED})


@dataclass
class Claim:
    """The fold of a ticket's entries. `stamp` is the id of the claiming entry: the earliest wins."""

    state: str = ""
    stamp: str = ""
    row: Values = field(default_factory=dict)
    #: Initial values of a row that its entries do not set.
    born: Values = field(default_factory=dict)
    #: Every item the ticket was ever for.
    items: set[str] = field(default_factory=set)


def fold_ticket(entries: Iterable[Told]) -> Claim:
    """Return the state of a ticket after its entries. A hand-over is physical: only its undoing, or the decision that
    it was one too many (given_twice), ends it. What was over when the hub decided against it stays as it was."""
    claim = Claim()
    for entry_id, kind, at, payload, _who in entries:
        said = json.loads(payload)
        if kind in HAND_OVERS:
            if claim.state != TicketState.COLLECTED:
                claim.state, claim.stamp, claim.row["ended_at"] = TicketState.COLLECTED, entry_id, at
        elif kind == "ticket.hand_over_undone":
            claim.state, claim.row["ended_at"] = TicketState.RESERVED, None
        elif kind == "ticket.given_twice":
            claim.state, claim.row["given_twice"] = TicketState.CONFLICTED, True
        elif claim.state == TicketState.COLLECTED or (kind == "ticket.conflicted" and claim.state in OVER):
            continue
        elif kind in CLAIMS:
            claim.state, claim.stamp, claim.row["ended_at"] = TicketState.RESERVED, entry_id, None
            claim.row |= {"provisional": bool(said.get("provisional")), "given_twice": False}
        elif kind == "ticket.moved":
            claim.state, claim.stamp = said["state"], entry_id
        elif kind == "ticket.confirmed":
            claim.row["provisional"] = False
        elif kind in ENDS:
            claim.state, claim.row["ended_at"] = kind.partition(".")[2], at
        claim.born = claim.born or {"created_at": at, "deadline": at, "language": "fi"}
        claim.row |= {name: said[name] for name in ("item", "language", "deadline", "bundle", "number") if name in said}
        claim.items |= {said["item"]} if "item" in said else set()
    return claim


@dataclass
class Placing:
    """An item whose units are to be assigned, and the entries of each of its tickets."""

    item: str
    quantity: int
    state: str
    given_on: str | None
    tickets: dict[str, list[Told]] = field(default_factory=dict)


def placings(
    db: peewee.SqliteDatabase, items: Iterable[str], told_of: Callable[[str, list[str]], dict[str, list[Told]]]
) -> list[Placing]:
    """Return the known ones of some items, in order of their ids; `told_of` returns the entries of things of a type."""
    sql = """SELECT item.id, quantity, item.state, given_on, ticket.id FROM json_each(?) CROSS JOIN item ON item.id = value
             LEFT JOIN ticket ON ticket.item = item.id ORDER BY item.id, ticket.id"""
    rows = db.execute_sql(sql, (json.dumps([*items]),)).fetchall()
    told = told_of("ticket", [ticket for *_item, ticket in rows if ticket is not None])
    found: dict[str, Placing] = {}
    for item, quantity, state, given_on, ticket in rows:
        placing = found.setdefault(item, Placing(item, quantity, state, given_on))
        if ticket is not None:
            placing.tickets[ticket] = told.get(ticket, [])
    return list(found.values())


def _claim(db: peewee.SqliteDatabase, ticket: str, entries: list[Told]) -> Claim:
    """Return the claim of a ticket. If the hub refused all its entries, it ranks after all others on this tablet."""
    if entries:
        return fold_ticket(entries)
    sql = f"SELECT id, kind, time, payload, who FROM journal WHERE {SUBJECT} = ? AND kind LIKE 'ticket.%' ORDER BY id"
    claim = fold_ticket(db.execute_sql(sql, (ticket,)).fetchall())
    claim.stamp = f"~{claim.stamp}"
    return claim


def place(db: peewee.SqliteDatabase, placing: Placing, zone: ZoneInfo) -> None:
    """Assign the units of an item to its tickets: handed-over ones first, then by the earliest claim. A ticket without
    a unit is in conflict. The decision of the hub is the same and follows."""
    every = {ticket: _claim(db, ticket, entries) for ticket, entries in placing.tickets.items()}
    claims = {ticket: claim for ticket, claim in every.items() if claim.state and claim.row.get("item") == placing.item}
    live = sorted(
        (claim.state != TicketState.COLLECTED, claim.stamp, ticket)
        for ticket, claim in claims.items()
        if claim.state in (TicketState.RESERVED, TicketState.COLLECTED)
    )
    if len(claims) > 1:  # no two may have the same unit meanwhile
        Ticket.update(state=TicketState.CANCELLED).where(Ticket.id.in_(list(claims))).execute(db)
    for unit, (reserved, _stamp, ticket) in enumerate(live, 1):
        if unit <= placing.quantity and not (reserved and placing.state == ItemState.WITHDRAWN):
            claims[ticket].row["unit"] = unit
        else:
            claims[ticket].state = TicketState.CONFLICTED
            claims[ticket].row["given_twice"] = not reserved
    for ticket, claim in claims.items():
        prepared.update(db, Ticket, ticket, state=claim.state, **claim.row)
    if placing.state != ItemState.WITHDRAWN and (placing.state, placing.given_on) != (ItemState.AVAILABLE, None):
        prepared.update(db, Item, placing.item, state=ItemState.AVAILABLE, given_on=None)
    if placing.tickets:
        settle(db, placing.item, zone)
