"""Projection: turns journal entries into rows. The state of a thing is the fold of its entries in the order of their
ids.

That order is the same everywhere and entries are immutable, so tablets with the same entries have the same rows,
whatever the order of arrival. The effect of each kind on its row is declared in kiosk/journal/kinds.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import peewee
from peewee import FloatField, TextField

from kiosk import clock
from kiosk.data.models import (
    Correction,
    Envelope,
    JsonField,
    Meta,
    Photo,
    Request,
    SessionChange,
    Ticket,
    Unfolded,
    canonical_json,
)
from kiosk.errors import UnknownSession
from kiosk.journal import Store
from kiosk.journal.entries import COUNTS, SUBJECT
from kiosk.journal.kinds import CODE, KINDS
from kiosk.journal.kinds.declaration import PAYLOAD_ONLY, Values
from kiosk.services.goods.items import settle
from kiosk.services.goods.search import SearchIndex
from kiosk.services.programme.gatherings import split_id
from kiosk.vocabulary.states import ItemState, Owner, RequestStatus, TicketState

from .projection_rules import DECISIONS, RULES, ProjectionRule

#: Attachments, sent beside the journal: (subject, part) -> data. Parts are "<kind>.code" and "box:<recipient>".
Attachments = dict[tuple[str, str], bytes]
CLAIMS = frozenset({"ticket.reserved", "ticket.held", "ticket.reactivated"})
HAND_OVERS = frozenset({"ticket.collected", "ticket.given"})
ENDS = frozenset({"ticket.expired", "ticket.cancelled", "ticket.conflicted"})
#: Things with a code, which is an attachment.
WITH_CODE = frozenset(declared.thing for declared in KINDS.values() if CODE in declared.travels)
#: Errors of a projection when a row it needs is missing, or an entry comes from a newer program.
NOT_YET = (
    peewee.IntegrityError,
    peewee.InterfaceError,
    sqlite3.ProgrammingError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    UnknownSession,
)
#: How long boxes that another tablet deleted are kept here, sealed.
WITHHELD = timedelta(hours=72)
#: How many waiting things are retried with a page, how many rounds, and the note key of the next one's turn.
TRIED, PASSES, TURN = 500, 8, "hub_waiting"
#: One entry as the projection reads it.
Entry = tuple[str, str, str, str]  # id, kind, time, payload


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


def fold_ticket(entries: Iterable[Entry]) -> Claim:
    """Return the state of a ticket after its entries. A hand-over is physical: only its undoing, or the decision that
    it was one too many (given_twice), ends it. The SQL of the hub has the same rules."""
    claim = Claim()
    for entry_id, kind, at, payload in entries:
        said = json.loads(payload)
        if kind in HAND_OVERS:
            if claim.state != TicketState.COLLECTED:
                claim.state, claim.stamp, claim.row["ended_at"] = TicketState.COLLECTED, entry_id, at
        elif kind == "ticket.hand_over_undone":
            claim.state, claim.row["ended_at"] = TicketState.RESERVED, None
        elif kind == "ticket.given_twice":
            claim.state, claim.row["given_twice"] = TicketState.CONFLICTED, True
        elif claim.state == TicketState.COLLECTED:
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
        claim.row |= {name: said[name] for name in ("item", "language", "deadline", "number") if name in said}
        claim.items |= {said["item"]} if "item" in said else set()
    return claim


class Projector:
    """Projects entries inside the write transaction of the caller."""

    def __init__(self, store: Store, zone: ZoneInfo, now: datetime | None = None) -> None:
        self._store, self._zone, self._now = store, zone, now
        self._search = SearchIndex(store)

    def waiting(self) -> list[tuple[str, str]]:
        """Return waiting things to retry, TRIED at most, in turn: entries may refer to any number of things that never
        arrive."""
        sql = "SELECT kind, subject FROM unfolded WHERE (kind, subject) > (?, ?) ORDER BY kind, subject LIMIT ?"
        found: list[tuple[str, str]] = []
        for after in (json.loads(self._store.get_meta(TURN) or '["", ""]'), ("", "")):
            found += self._store.db.execute_sql(sql, (*after, TRIED - len(found))).fetchall()
        return list(dict.fromkeys(found))

    def fold(self, touched: set[tuple[str, str]], attachments: Attachments) -> None:
        """Project the things `touched` (thing, id) and those that wait."""
        tried = self.waiting()
        todo = touched | set(tried)
        for _ in range(PASSES):
            if not todo:
                break
            self._pass(todo, attachments)
            waiting = self._still_waiting(todo)
            if waiting == todo:
                break  # no progress: the rest need rows that are missing
            todo = waiting
        if len(tried) == TRIED:
            Meta.replace(key=TURN, value=json.dumps(tried[-1])).execute(self._store.db)

    def _still_waiting(self, todo: set[tuple[str, str]]) -> set[tuple[str, str]]:
        waiting = set(self._store.db.execute_sql("SELECT kind, subject FROM unfolded").fetchall())
        return waiting if len(waiting) <= TRIED else waiting & todo

    def _pass(self, todo: set[tuple[str, str]], attachments: Attachments) -> None:
        items: set[str] = set()
        for thing, rule in RULES.items():
            for subject in sorted(subject for kind, subject in todo if kind == thing):
                try:
                    with self._store.db.atomic():
                        done = self._one(thing, rule, subject, attachments)
                except NOT_YET:
                    done = None
                db = self._store.db
                if done is None:
                    Unfolded.replace(kind=thing, subject=subject).execute(db)
                else:
                    Unfolded.delete().where(Unfolded.kind == thing, Unfolded.subject == subject).execute(db)
                    items |= done
            if thing == "ticket":  # claims are needed before all other rows
                for item_id in sorted(items):
                    self._try_to_place(item_id)

    def _entries(self, thing: str, subject: str, *, besides: str = "") -> list[Entry]:
        """Return the entries of a thing, except those of the device `besides`."""
        return self._said(f"{SUBJECT} = ? AND kind LIKE ? AND who <> ?", subject, f"{thing}.%", besides)

    def _said(self, which: str, *values: str) -> list[Entry]:
        sql = f"SELECT id, kind, time, payload FROM journal WHERE {which} AND {COUNTS} ORDER BY id"
        return list(self._store.db.execute_sql(sql, values).fetchall())

    def _one(self, thing: str, rule: ProjectionRule, subject: str, attachments: Attachments) -> set[str] | None:
        """Project one thing. Returns the items whose claims may have changed; None when a row it needs is missing."""
        known = rule.model.select().where(rule.model.id == subject).exists(self._store.db)
        entries = self._entries(thing, subject, besides=rule.local if known else "")
        if thing == "session":
            self._decide(subject)
            if all(kind != "session.opened" for _id, kind, _at, _payload in entries):
                return set()  # no tablet makes a row for it before somebody came
        if thing == "ticket":
            claim = fold_ticket(entries)
            if entries and not claim.state:
                return None  # claimed by a newer program in a way unknown here
            row = claim.row | {
                "unit": 1,
                "state": TicketState.CANCELLED,
            }  # its unit and state are set in `_place`, with the item's other tickets
            return claim.items if self._write(rule, thing, subject, row, claim.born, attachments) else None
        row = self._row(thing, rule, entries, known)
        photos = row.pop("photos", None)
        if not self._write(rule, thing, subject, row, {}, attachments):
            return None
        if thing == "item":
            self._finish_item(subject, photos)
            return {subject}
        if thing == "request":
            self._boxes(subject, attachments)
        for _id, kind, at, payload in entries:
            beside = rule.effects.get(kind, PAYLOAD_ONLY).beside
            if beside is not None:
                beside(json.loads(payload), at).on_conflict_ignore().execute(self._store.db)
        return set()

    def _row(self, thing: str, rule: ProjectionRule, entries: list[Entry], known: bool) -> Values:
        row: Values = {}
        changed: set[str] = set()
        columns = set(rule.model._meta.columns) - {"id"} | {"photos"}
        for _id, kind, at, payload in entries:
            said, effect = json.loads(payload), rule.effects.get(kind, PAYLOAD_ONLY)
            if not effect.own:
                continue
            if known and kind == "gathering.set" and said["owner"] == Owner.SETTINGS:
                # Each tablet creates the row from its settings; only changes made at the desk are sent.
                changed |= {*said["changes"], "changes"}
                said = {name: said[name] for name in changed}
            row |= {name: value for name, value in said.items() if name in columns}
            row |= effect.columns(said, at) if effect.columns is not None else {}
        if row.get("erased"):
            row["status"] = RequestStatus.CLOSED  # an erased request stays closed, whatever entries follow
        return row

    def _write(
        self, rule: ProjectionRule, thing: str, subject: str, row: Values, born: Values, attachments: Attachments
    ) -> bool:
        """Insert or update a row. Returns False when a column that it needs is not known yet."""
        db, model = self._store.db, rule.model
        check_types(model, row)
        if model.select().where(model.id == subject).exists(db):
            if row:
                model.update(**row).where(model.id == subject).execute(db)
            return True
        if thing in WITH_CODE:
            code = attachments.get((subject, f"{thing}.code"))
            if code is None:
                return False
            row = row | {"code": code.decode()}
        if not row:
            return False
        model.insert(id=subject, **(born | row)).execute(db)
        return True

    def _decide(self, session: str) -> None:
        """Project the last decision about a day's session, even if the series had another time of day then."""
        db, (gathering, day) = self._store.db, split_id(session)
        begin = f"{gathering}:{day.isoformat()}:"
        which = f"{SUBJECT} >= ? AND {SUBJECT} < ? AND kind LIKE 'session.%'"
        said = [entry for entry in self._said(which, begin, begin + "~") if entry[1] in DECISIONS]
        if not said:
            return
        _id, kind, _at, payload = said[-1]
        if kind == "session.restored":
            here = (SessionChange.gathering == gathering) & (SessionChange.day == day)
            SessionChange.delete().where(here).execute(db)
        else:
            columns = {name: value for name, value in json.loads(payload).items() if name in SessionChange._meta.fields}
            SessionChange.replace(**columns).execute(db)

    def _finish_item(self, item_id: str, photos: list[str] | None) -> None:
        db = self._store.db
        self._search.index(item_id)
        if photos is not None:
            Photo.delete().where(Photo.item == item_id).execute(db)
            for position, photo in enumerate(photos):
                Photo.insert(item=item_id, position=position, hash=photo).execute(db)

    def _boxes(self, request_id: str, attachments: Attachments) -> None:
        """Insert the sealed envelopes of a request; delete those of an erased one."""
        db = self._store.db
        [request] = Request.select().where(Request.id == request_id).execute(db)
        if request.erased:
            self._withhold(request_id)
            Envelope.delete().where(Envelope.request == request_id).execute(db)
            return
        for (subject, part), box in attachments.items():
            if subject == request_id and part.startswith("box:"):
                values = {"request": request_id, "recipient": part.removeprefix("box:"), "box": box}
                Envelope.insert(**values).on_conflict_ignore().execute(db)

    def _withhold(self, request_id: str) -> None:
        """Keep the sealed boxes of a request that another tablet deleted for WITHHELD: that tablet may be stolen."""
        said = f"SELECT device FROM journal WHERE {SUBJECT} = ? AND kind = 'request.erased' AND {COUNTS} ORDER BY id LIMIT 1"
        [(device,)] = self._store.db.execute_sql(said, (request_id,)).fetchall() or [("",)]
        if device and device != self._store.device:
            until = clock.utc_text((self._now or clock.utc_now()) + WITHHELD)
            sql = "INSERT OR IGNORE INTO withheld SELECT request, recipient, box, ?, ? FROM envelope WHERE request = ?"
            self._store.db.execute_sql(sql, (device, until, request_id))

    def _claim(self, ticket_id: str) -> Claim:
        """Return the claim of a ticket. If the hub refused all its entries, it ranks after all others on this
        tablet."""
        entries = self._entries("ticket", ticket_id)
        if entries:
            return fold_ticket(entries)
        sql = f"SELECT id, kind, time, payload FROM journal WHERE {SUBJECT} = ? AND kind LIKE 'ticket.%' ORDER BY id"
        claim = fold_ticket(self._store.db.execute_sql(sql, (ticket_id,)).fetchall())
        claim.stamp = f"~{claim.stamp}"
        return claim

    def _try_to_place(self, item_id: str) -> None:
        """Assign the units of an item to its tickets; an entry of a newer program may violate a constraint."""
        try:
            with self._store.db.atomic():
                self._place(item_id)
        except NOT_YET:
            Unfolded.replace(kind="item", subject=item_id).execute(self._store.db)

    def _place(self, item_id: str) -> None:
        """Assign the units of an item to its tickets: handed-over ones first, then by the earliest claim. A ticket
        without a unit is in conflict. The decision of the hub is the same and follows."""
        db = self._store.db
        rows = db.execute_sql("SELECT quantity, state FROM item WHERE id = ?", (item_id,)).fetchall()
        if not rows:
            return
        [(quantity, state)] = rows
        tickets = db.execute_sql("SELECT id FROM ticket WHERE item = ?", (item_id,)).fetchall()
        claims = {ticket_id: self._claim(ticket_id) for (ticket_id,) in tickets}
        claims = {ticket: claim for ticket, claim in claims.items() if claim.state and claim.row.get("item") == item_id}
        live = sorted(
            (claim.state != TicketState.COLLECTED, claim.stamp, ticket_id)
            for ticket_id, claim in claims.items()
            if claim.state in (TicketState.RESERVED, TicketState.COLLECTED)
        )
        Ticket.update(state=TicketState.CANCELLED).where(Ticket.id.in_(list(claims))).execute(db)
        for place, (reserved, _stamp, ticket_id) in enumerate(live, 1):
            if place <= quantity and not (reserved and state == ItemState.WITHDRAWN):
                claims[ticket_id].row["unit"] = place
            else:
                claims[ticket_id].state = TicketState.CONFLICTED
                claims[ticket_id].row["given_twice"] = not reserved
        for ticket_id, claim in claims.items():
            Ticket.update(state=claim.state, **claim.row).where(Ticket.id == ticket_id).execute(db)
        ended = [claim.row["ended_at"] for claim in claims.values() if claim.state == TicketState.COLLECTED]
        day = clock.local_date(clock.parse(max(ended, default=clock.utc_text(clock.utc_now()))), self._zone)
        if state != ItemState.WITHDRAWN:
            db.execute_sql(f"UPDATE item SET state = '{ItemState.AVAILABLE}', given_on = NULL WHERE id = ?", (item_id,))
        settle(db, item_id, day)  # without a hand-over no unit is given, so the day is not needed


def check_types(model: Any, row: Values) -> None:
    """Raise ValueError when a value is not of the type of its column: SQLite would store it, and a screen would
    fail."""
    for column, value in row.items():
        kind = model._meta.columns[column]
        if value is None or isinstance(kind, JsonField):
            continue
        if isinstance(kind, TextField):
            right = isinstance(value, str)
            if right:
                kind.python_value(value)  # dates and times are stored as text
        else:
            right = isinstance(value, int | float) and (isinstance(kind, FloatField) or value == int(value))
        if not right:
            raise ValueError(f"{column}: {value!r}")


def summary(store: Store) -> dict[str, str]:
    """Return a hash of each shared table, for comparing tablets. The unit of a ticket in a lot and the number of an
    item in the search index differ between tablets and are left out."""
    found = {}
    own = {"ticket": {"unit"}, "gathering": None}
    for rule in (
        *RULES.values(),
        ProjectionRule(Correction),
        ProjectionRule(Photo),
        ProjectionRule(Envelope),
        ProjectionRule(SessionChange),
    ):
        meta = rule.model._meta
        left_out = own.get(meta.table_name, set())
        if left_out is None:
            continue
        columns = sorted(set(meta.columns) - left_out)
        names = ", ".join(f'"{name}"' for name in columns)
        rows = store.db.execute_sql(f"SELECT {names} FROM {meta.table_name} ORDER BY {names}").fetchall()
        plain = [[value.hex() if isinstance(value, bytes) else value for value in row] for row in rows]
        found[meta.table_name] = hashlib.sha256(canonical_json(plain).encode()).hexdigest()
    return found
