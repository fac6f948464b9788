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
from contextlib import nullcontext
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import peewee

from kiosk import clock
from kiosk.data import prepared
from kiosk.data.models import (
    Correction,
    Envelope,
    Meta,
    Photo,
    SessionChange,
    Unfolded,
    canonical_json,
)
from kiosk.errors import UnknownSession
from kiosk.journal import Store
from kiosk.journal.entries import COUNTS, SUBJECT, Told, told_of
from kiosk.journal.kinds import CODE, KINDS
from kiosk.journal.kinds.declaration import PAYLOAD_ONLY, Values
from kiosk.services.goods.search import SearchIndex
from kiosk.services.programme.gatherings import split_id
from kiosk.vocabulary.states import TicketState

from .claims import fold_ticket, place, placings
from .parcels import Attachments
from .projection_rules import DECISIONS, RULES, ProjectionRule
from .thing_rows import ThingRow, typed

#: Entries that are not in the journal yet, by (thing, id).
Ahead = dict[tuple[str, str], list[Told]]
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
#: Things that write more than one row: all of it or nothing.
SEVERAL = frozenset({"session", "item", "request"}) | {
    declared.thing for declared in KINDS.values() if declared.row.beside is not None
}
#: Things projected together.
PART = 100
_WAITING = """SELECT kind, subject FROM json_each(?) CROSS JOIN unfolded
              ON kind = json_extract(value, '$[0]') AND subject = json_extract(value, '$[1]')"""
#: How long boxes that another tablet deleted are kept here, sealed.
WITHHELD = timedelta(hours=72)
#: How many waiting things are retried with a page, how many rounds, and the note key of the next one's turn.
TRIED, PASSES, TURN = 500, 8, "hub_waiting"


class Projector:
    """Projects entries, those of the journal and those read `ahead` of it, inside the write transaction of the caller."""

    def __init__(self, store: Store, zone: ZoneInfo, now: datetime | None = None, ahead: Ahead | None = None) -> None:
        self._store, self._zone, self._now, self._ahead = store, zone, now, {} if ahead is None else ahead
        self._search = SearchIndex(store)
        #: Sealed boxes by request: (recipient, box).
        self._sealed: dict[str, list[tuple[str, bytes]]] = {}

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
        self._take_boxes(attachments)
        tried = self.waiting()
        pending = touched | set(tried)
        for _ in range(PASSES):
            if not pending:
                break
            self._pass(pending, attachments)
            waiting = self._still_waiting(pending)
            if waiting == pending:
                break  # no progress: the rest need rows that are missing
            pending = waiting
        if len(tried) == TRIED:
            Meta.replace(key=TURN, value=json.dumps(tried[-1])).execute(self._store.db)

    def only(self, touched: set[tuple[str, str]], attachments: Attachments) -> None:
        """Project the things `touched` and no others; what refers to a row that is missing waits."""
        self._take_boxes(attachments)
        self._pass(touched, attachments)

    def _take_boxes(self, attachments: Attachments) -> None:
        for (subject, part), box in attachments.items():
            if part.startswith("box:"):
                self._sealed.setdefault(subject, []).append((part.removeprefix("box:"), box))

    def _told(self, thing: str, subjects: list[str]) -> dict[str, list[Told]]:
        """Return the entries of some things of one type, in the order of their ids."""
        found = told_of(self._store.db, thing, subjects)
        for subject in subjects:
            more = self._ahead.get((thing, subject))
            if more is not None:
                found[subject] = sorted({*found.get(subject, ()), *more})
        return found

    def _still_waiting(self, pending: set[tuple[str, str]]) -> set[tuple[str, str]]:
        waiting = set(self._store.db.execute_sql("SELECT kind, subject FROM unfolded").fetchall())
        return waiting if len(waiting) <= TRIED else waiting & pending

    def _pass(self, pending: set[tuple[str, str]], attachments: Attachments) -> None:
        items: set[str] = set()
        waited = set(self._store.db.execute_sql(_WAITING, (json.dumps([*pending]),)).fetchall())
        for thing, rule in RULES.items():
            subjects = sorted(subject for kind, subject in pending if kind == thing)
            for at in range(0, len(subjects), PART):
                part = subjects[at : at + PART]
                done = self._some(thing, rule, part, attachments)
                now_wait = [(thing, one) for one in part if one not in done and (thing, one) not in waited]
                over = [(thing, one) for one in part if one in done and (thing, one) in waited]
                wait(self._store.db, now_wait)
                self._store.db.connection().executemany("DELETE FROM unfolded WHERE kind = ? AND subject = ?", over)
                items.update(*done.values())
            if thing == "ticket":  # claims are needed before all other rows
                self._place(sorted(items))

    def _some(
        self, thing: str, rule: ProjectionRule, subjects: list[str], attachments: Attachments
    ) -> dict[str, set[str]]:
        """Project some things of one type; returns those that could be, with the items whose claims may have changed."""
        db, done = self._store.db, dict[str, set[str]]()
        told = self._told(thing, subjects)
        sql = f"SELECT id FROM {rule.model._meta.table_name} WHERE id IN (SELECT value FROM json_each(?))"
        known = {subject for (subject,) in db.execute_sql(sql, (json.dumps(subjects),))}
        for subject in subjects:
            row = ThingRow(thing, rule, subject, subject in known, told.get(subject, []))
            try:
                with db.atomic() if thing in SEVERAL else nullcontext():
                    changed = self._one(row, attachments)
            except NOT_YET:
                continue
            if changed is not None:
                done[subject] = changed
        return done

    def _place(self, items: list[str]) -> None:
        """Assign the units of items to their tickets; an entry of a newer program may violate a constraint."""
        db = self._store.db
        for at in range(0, len(items), PART):
            for placing in placings(db, items[at : at + PART], self._told):
                try:
                    with db.atomic() if placing.tickets else nullcontext():
                        place(db, placing, self._zone)
                except NOT_YET:
                    Unfolded.replace(kind="item", subject=placing.item).execute(db)

    def _one(self, row: ThingRow, attachments: Attachments) -> set[str] | None:
        """Project one thing. Returns the items whose claims may have changed; None when a row it needs is missing."""
        entries = row.entries()
        if row.thing == "session":
            self._decide(row.subject)
            if all(kind != "session.opened" for _id, kind, _at, _payload, _who in entries):
                return set()  # no tablet makes a row for it before somebody came
        if row.thing == "ticket":
            claim = fold_ticket(entries)
            if entries and not claim.state:
                return None  # claimed by a newer program in a way unknown here
            # Its unit and state are set by `place`, with the item's other tickets.
            values = claim.row | {"unit": 1, "state": TicketState.CANCELLED}
            return claim.items if self._write(row, values, claim.born, attachments) else None
        values = row.values(entries)
        photos = values.pop("photos", None)
        effects = [row.rule.effects.get(kind, PAYLOAD_ONLY) for _id, kind, _at, _payload, _who in entries]
        if any(effect.own for effect in effects) and not self._write(row, values, {}, attachments):
            return None
        if row.thing == "item":
            self._finish_item(row.subject, photos)
            return {row.subject}
        if row.thing == "request":
            self._boxes(row.subject)
        for effect, (_id, _kind, at, payload, _who) in zip(effects, entries, strict=True):
            for insert in effect.beside(json.loads(payload), at) if effect.beside is not None else ():
                insert.on_conflict_ignore().execute(self._store.db)
        return set()

    def _write(self, row: ThingRow, values: Values, born: Values, attachments: Attachments) -> bool:
        """Insert or update a row. Returns False when a column that it needs is not known yet."""
        db, model, subject = self._store.db, row.rule.model, row.subject
        values = typed(model, values)
        if row.known:
            if values:
                prepared.update(db, model, subject, **values)
            return True
        if row.thing in WITH_CODE:
            code = attachments.get((subject, f"{row.thing}.code"))
            if code is None:
                return False
            values["code"] = code.decode()
        if not values:
            return False
        prepared.insert(db, model, id=subject, **(born | values))
        return True

    def _decide(self, session: str) -> None:
        """Project the last decision about a day's session, even if the series had another time of day then."""
        db, (gathering, day) = self._store.db, split_id(session)
        begin = f"{gathering}:{day.isoformat()}:"
        sql = f"""SELECT id, kind, payload FROM journal WHERE {SUBJECT} >= ? AND {SUBJECT} < ? AND kind LIKE 'session.%'
                  AND {COUNTS}"""
        said = db.execute_sql(sql, (begin, begin + "~")).fetchall()
        for (thing, subject), more in self._ahead.items():
            if thing == "session" and subject.startswith(begin):
                said += [(entry_id, kind, payload) for entry_id, kind, _at, payload, _who in more]
        decisions = [entry for entry in said if entry[1] in DECISIONS]
        if not decisions:
            return
        _id, kind, payload = max(decisions)
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

    def _boxes(self, request_id: str) -> None:
        """Insert the sealed envelopes of a request; delete those of an erased one."""
        db = self._store.db
        [(erased,)] = db.execute_sql("SELECT erased FROM request WHERE id = ?", (request_id,)).fetchall()
        if erased:
            self._withhold(request_id)
            Envelope.delete().where(Envelope.request == request_id).execute(db)
            return
        for recipient, box in self._sealed.get(request_id, ()):
            db.execute_sql(
                "INSERT OR IGNORE INTO envelope (request, recipient, box) VALUES (?, ?, ?)",
                (request_id, recipient, box),
            )

    def _withhold(self, request_id: str) -> None:
        """Keep the sealed boxes of a request that another tablet deleted for WITHHELD: that tablet may be stolen."""
        said = f"SELECT device FROM journal WHERE {SUBJECT} = ? AND kind = 'request.erased' AND {COUNTS} ORDER BY id LIMIT 1"
        [(device,)] = self._store.db.execute_sql(said, (request_id,)).fetchall() or [("",)]
        if device and device != self._store.device:
            until = clock.utc_text((self._now or clock.utc_now()) + WITHHELD)
            sql = "INSERT OR IGNORE INTO withheld SELECT request, recipient, box, ?, ? FROM envelope WHERE request = ?"
            self._store.db.execute_sql(sql, (device, until, request_id))


def wait(db: peewee.SqliteDatabase, things: Iterable[tuple[str, str]]) -> None:
    """Note things that are to be projected later."""
    db.connection().executemany("INSERT OR IGNORE INTO unfolded (kind, subject) VALUES (?, ?)", things)


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
