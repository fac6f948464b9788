"""Plays a story through the services that the screens call, as one tablet with its own data folder."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.codes.codes import Code
from kiosk.data import new_id
from kiosk.data.store import FILE
from kiosk.errors import KioskError
from kiosk.journal import Store
from kiosk.journal.entries import SUBJECT
from kiosk.privacy.sealing import KeyPair, new_keypair
from kiosk.services import Services
from kiosk.services.desk.earlier_columns import HeadedTable
from kiosk.services.staff.keys import new_key
from kiosk.settings import GatheringSetting, Settings, load
from kiosk.vocabulary.states import EarlierKind

from . import centre
from .past import Past
from .story import Event

NAMES = {"coffee": "Tiistaikahvit", "craft": "Käsityöilta", "club": "Kielikahvila"}
#: Sealed words: they must never stand on the disk in the clear.
MARKER = "Merkkisana"
PIN = "739164"


def settings(years: range) -> Settings:
    """Return the settings of the simulated centre, with its closed days of `years`."""
    series = tuple(
        GatheringSetting(
            one.key,
            {"fi": NAMES[one.key], "en": one.key.title()},
            f"FREQ=WEEKLY;INTERVAL={one.weeks}",
            one.start,
            one.end,
            "Help Center",
            one.since,
            seats=one.seats,
        )
        for one in centre.SERIES
    )
    closed = frozenset(date(year, month, day) for year in years for month, day in centre.CLOSED)
    return load(None)._replace(opening=centre.OPENING, closed=closed, gatherings=series)


@cache
def _empty(begins: datetime) -> bytes:
    """Return the database of a new data folder: a story is lived again many times when it is made shorter."""
    with tempfile.TemporaryDirectory(prefix="life-") as name:
        Store.create(Path(name), now=begins).close()
        return (Path(name) / FILE).read_bytes()


def _copy_of_empty(folder: Path, begins: datetime) -> None:
    (folder / "pictures").mkdir(parents=True)
    (folder / FILE).write_bytes(_empty(begins))


class Player:
    """One tablet. `ids` has the program's id of each nickname."""

    def __init__(
        self, folder: Path, begins: datetime, settings: Settings, pragma: str = "", past: Past | None = None
    ) -> None:
        self.folder, self.settings, self.pragma = folder, settings, pragma
        self.ids: dict[str, dict[str, str]] = {}
        if past:
            self.keys, self.ids = [KeyPair(*pair) for pair in past.keys], past.unpack(folder)
            self.open(begins)
            return
        self.keys = [new_keypair(), new_keypair()]
        _copy_of_empty(folder, begins)
        self.open(begins)
        self.store.set_recipients([key.public for key in self.keys])

    def open(self, now: datetime) -> None:
        """Start the program over the data folder."""
        self.store = Store.open(self.folder)
        if self.pragma:
            self.store.db.execute_sql(self.pragma)
        self.do = Services(self.store, self.settings)
        self.do.gatherings.apply(self.settings.gatherings, now)

    def killed(self, event: Event, statement: int) -> bool:
        """Let the process be killed in the middle of an event, at so many SQL statements or when it is to be committed, and
        start again; returns whether it came to that. Nothing of the event may be left."""
        self.store.close()
        child = os.fork()
        if not child:
            try:
                self.open(event.at)
                self._dies_at(statement)
                self.tell(event)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        self.open(event.at)
        return os.WIFSIGNALED(status)

    def _dies_at(self, statement: int) -> None:
        left = iter(range(statement))

        def die(sql: str) -> None:
            if sql == "COMMIT" or next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        self.store.db.connection().set_trace_callback(die)

    def tell(self, event: Event) -> str:
        """Do what an event says: "" if it is done, else the name of the refusal."""
        try:
            getattr(self, event.verb)(event.at, **event.said)
        except KioskError as error:
            return type(error).__name__
        return ""

    def minute(self, now: datetime) -> None:
        """Do what the program does by itself every minute, as screens/frame/background.py."""
        do = self.do
        do.staff.note_waits(now)
        do.donations.forget_old(now)
        do.help.erase_old(now)
        do.pairs.settle(now)
        do.appointments.settle(now)
        do.seats.settle(now)
        do.tickets.expire_due(now)
        do.wishes.settle(now)

    def id(self, table: str, name: str) -> str:
        wish, of_wish, thing = name.partition("/")
        return self._held(wish, thing) if table == "ticket" and of_wish else self.ids[table][name]

    def _held(self, wish: str, thing: str) -> str:
        """Return the id of the ticket by which a thing was held for a wish: its name is "w1/i2"."""
        sql = f"""SELECT json_extract(payload, '$.ticket') FROM journal WHERE kind = 'wish.held' AND {SUBJECT} = ?
                  AND json_extract(payload, '$.item') = ? ORDER BY id LIMIT 1"""
        held = self.store.db.execute_sql(sql, (self.id("wish", wish), self.id("item", thing))).fetchone()
        return str(held[0])

    def keep(self, table: str, name: str, row: Any) -> None:
        self.ids.setdefault(table, {})[name] = row.id

    def code(self, table: str, name: str) -> Code:
        sql = f"SELECT code FROM {table} WHERE id = ?"
        return Code(self.store.db.execute_sql(sql, (self.id(table, name),)).fetchone()[0])

    def who(self, name: str) -> str:
        return f"staff:{self.id('staff', name)}" if name in self.ids.get("staff", {}) else name

    # staff

    def hire(self, now: datetime, *, member: str, role: str) -> None:
        self.keep("staff", member, self.do.staff.add(name=member, role=role, pin=PIN, now=now, who="shell"))

    def leave(self, now: datetime, *, member: str) -> None:
        self.do.staff.revoke(member_id=self.id("staff", member), now=now, who="shell")

    def new_keys(self, now: datetime) -> None:
        """Replace the recovery key, while the coordinator's is unlocked."""
        key = new_key("recovery")
        self.do.keys.replace(key=key, now=now, who="shell")
        self.do.keys.go_on(private=self.keys[0].private, now=now, who="shell")
        self.keys[1] = KeyPair(key.private, key.public)

    def restart(self, now: datetime) -> None:
        self.store.close()
        self.open(now)

    def snapshot(self, now: datetime) -> None:
        self.do.backups.make_snapshot(now)

    def close_month(self, now: datetime, *, month: str, who: str) -> None:
        self.do.reports.close_month(month=month, now=now, who=self.who(who))

    def import_visits(self, now: datetime, *, rows: tuple[tuple[str, int, int, int], ...], who: str) -> None:
        self._import(EarlierKind.ATTENDANCE, ("day", "people", "children", "first_visits"), rows, now, who)

    def import_goods(self, now: datetime, *, rows: tuple[tuple[str, str, int, int], ...], who: str) -> None:
        self._import(EarlierKind.GOODS, ("day", "category", "taken_in", "given"), rows, now, who)

    def _import(
        self, kind: str, fields: tuple[str, ...], rows: Iterable[Iterable[Any]], now: datetime, who: str
    ) -> None:
        """Bring in a list of an earlier year, as the desk does after its columns were read."""
        lines = tuple((number, tuple(map(str, row))) for number, row in enumerate(rows, 2))
        columns = {field: at for at, field in enumerate(fields)}
        gathering = "coffee" if kind == EarlierKind.ATTENDANCE else ""
        table = HeadedTable("list", "0" * 64, fields, lines)
        plan = self.do.earlier.plan(table=table, kind=kind, columns=columns, gathering=gathering, now=now)
        self.do.earlier.bring_in(plan=plan, now=now, who=self.who(who))

    # things

    def add(
        self,
        now: datetime,
        *,
        thing: str,
        category: str,
        kind: str,
        who: str,
        size: str = "",
        age: str = "",
        quantity: int = 1,
        grams: int | None = None,
        donation: str = "",
        imported: bool = False,
    ) -> None:
        said = {"category": category, "thing": kind, "size": size, "age_group": age, "quantity": quantity}
        by = {"kg": None if grams is None else grams / 1000, "now": now, "who": self.who(who)}
        if donation:
            item = self.do.donations.take_in(donation_id=self.id("donation", donation), **said, **by)
        else:
            item = self.do.goods.add(**said, **by)
        self.keep("item", thing, item)
        if not imported:
            self.do.wishes.offer(item_id=item.id, now=now)

    def withdraw(self, now: datetime, *, thing: str, reason: str, who: str) -> None:
        self.do.shelf.withdraw(item_id=self.id("item", thing), reason=reason, now=now, who=self.who(who))

    def put_back(self, now: datetime, *, thing: str, who: str) -> None:
        self.do.shelf.put_back(item_id=self.id("item", thing), now=now, who=self.who(who))

    def recount(self, now: datetime, *, thing: str, quantity: int, who: str) -> None:
        self.do.shelf.edit(item_id=self.id("item", thing), quantity=quantity, now=now, who=self.who(who))

    def join(self, now: datetime, *, thing: str, into: str, who: str) -> None:
        self.do.shelf.merge(item_id=self.id("item", thing), into=self.id("item", into), now=now, who=self.who(who))

    def reserve(self, now: datetime, *, ticket: str, thing: str, held: tuple[str, ...] = ()) -> None:
        known = [self.id("ticket", one) for one in held if one in self.ids.get("ticket", {})]
        made = self.do.tickets.reserve(item_id=self.id("item", thing), language="fi", now=now, held=known)
        self.keep("ticket", ticket, made)

    def give(self, now: datetime, *, ticket: str, thing: str, who: str) -> None:
        item = self.id("item", thing)
        self.keep("ticket", ticket, self.do.tickets.give(item_id=item, language="uk", now=now, who=self.who(who)))

    def _by_ticket(self, method: Callable[..., Any], ticket: str, now: datetime, **said: Any) -> None:
        method(code=self.code("ticket", ticket), now=now, **said)

    def cancel(self, now: datetime, *, ticket: str) -> None:
        self._by_ticket(self.do.tickets.cancel, ticket, now)

    def hand_over(self, now: datetime, *, ticket: str, who: str) -> None:
        self._by_ticket(self.do.tickets.hand_over, ticket, now, who=self.who(who))

    def undo_hand_over(self, now: datetime, *, ticket: str, who: str) -> None:
        self._by_ticket(self.do.tickets.undo_hand_over, ticket, now, who=self.who(who))

    def reactivate(self, now: datetime, *, ticket: str, who: str) -> None:
        self._by_ticket(self.do.tickets.reactivate, ticket, now, who=self.who(who))

    def wish(
        self,
        now: datetime,
        *,
        wish: str,
        category: str,
        kind: str | None = None,
        size: str = "",
        age: str = "",
        made: tuple[str, ...] = (),
        details: bool = False,
    ) -> None:
        known = [self.id("wish", one) for one in made if one in self.ids.get("wish", {})]
        words = f"{MARKER} {wish}" if details else ""
        said = {"category": category, "thing": kind, "size": size, "age_group": age, "language": "fi"}
        left = self.do.wishes.leave(**said, now=now, made=known, details=words)
        if left.id not in known:
            self.keep("wish", wish, left)

    def cancel_wish(self, now: datetime, *, wish: str) -> None:
        self.do.wishes.cancel(code=self.code("wish", wish), now=now)

    def announce(self, now: datetime, *, donation: str, categories: tuple[str, ...], fetch: bool = False) -> None:
        made = self.do.donations.announce(
            donation_id=new_id(now),
            categories=categories,
            amount="box",
            language="fi",
            now=now,
            contact={"name": f"{MARKER} {donation}", "contact": "045 123 4567"} if fetch else None,
        )
        self.keep("donation", donation, made)
        if fetch:
            self.ids.setdefault("request", {})[f"gift {donation}"] = made.id

    def decide(self, now: datetime, *, donation: str, state: str, who: str) -> None:
        reason = "no_room" if state == "declined" else None
        self.do.donations.decide(
            donation_id=self.id("donation", donation), state=state, reason=reason, now=now, who=self.who(who)
        )

    # programme

    def session(self, name: str) -> str:
        """Return the program's id of a session."""
        key, _, day = name.partition(":")
        series = centre.BY_KEY.get(key)
        hours = centre.hours(date.fromisoformat(day))
        start = series.start if series else hours[0] if hours else time(10)
        return f"{key}:{day}:{start:%H%M}"

    def call_off(self, now: datetime, *, session: str, who: str) -> None:
        self.do.programme.cancel(session_id=self.session(session), reason="ill", now=now, who=self.who(who))

    def hold(self, now: datetime, *, session: str, who: str) -> None:
        self.do.programme.hold(session_id=self.session(session), now=now, who=self.who(who))

    def move(self, now: datetime, *, session: str, day: date, start: time, end: time, who: str) -> None:
        self.do.programme.move(
            session_id=self.session(session),
            day=day,
            start=f"{start:%H:%M}",
            end=f"{end:%H:%M}",
            place="Kirjasto",
            reason="place",
            now=now,
            who=self.who(who),
        )

    def take_back(self, now: datetime, *, session: str, who: str) -> None:
        self.do.programme.take_back(session_id=self.session(session), now=now, who=self.who(who))

    def check_in(
        self,
        now: datetime,
        *,
        visit: str,
        session: str,
        adults: int,
        children: int = 0,
        language: str = "fi",
        way: str = "kiosk",
    ) -> None:
        visit_id = self.ids.get("visit", {}).get(visit) or new_id(now)
        made = self.do.attendance.check_in(
            visit_id=visit_id,
            session_id=self.session(session),
            language=language,
            adults=adults,
            children=children,
            now=now,
            way=way,
            who="shell" if way == "tally" else "visitor",
        )
        self.keep("visit", visit, made)

    def amend(
        self,
        now: datetime,
        *,
        visit: str,
        children: int | None = None,
        first: bool | None = None,
        group: str | None = None,
    ) -> None:
        groups = None if group is None else group.split("+")
        said = {"children": children, "first_visit": first, "groups": groups}
        self.do.attendance.amend(visit_id=self.id("visit", visit), now=now, **said)

    def undo(self, now: datetime, *, visit: str) -> None:
        self.do.attendance.undo(visit_id=self.id("visit", visit), now=now)

    def correct(self, now: datetime, *, session: str, adults: int, children: int, who: str) -> None:
        self.do.attendance.correct(
            session_id=self.session(session),
            adults=adults,
            children=children,
            reason="list",
            now=now,
            who=self.who(who),
        )

    def seat(self, now: datetime, *, seat: str, session: str, people: int) -> None:
        self.keep(
            "seat", seat, self.do.seats.book(session_id=self.session(session), people=people, language="fi", now=now)
        )

    def cancel_seat(self, now: datetime, *, seat: str) -> None:
        self.do.seats.cancel(code=self.code("seat", seat), now=now)

    def arrive(self, now: datetime, *, seat: str) -> None:
        made = self.do.seats.arrive(code=self.code("seat", seat), now=now)
        self.keep("visit", f"seat {seat}", made)

    # help

    def ask(self, now: datetime, *, request: str, kind: str) -> None:
        made = self.do.help.sign_up(
            request_id=new_id(now),
            service=kind,
            language="uk",
            details={"name": f"{MARKER} {request}", "languages": ["uk"]},
            now=now,
            notice_version="1",
        )
        self.keep("request", request, made)

    def set_step(self, now: datetime, *, request: str, status: str, who: str) -> None:
        self.do.help.set_status(request_id=self.id("request", request), status=status, now=now, who=self.who(who))

    def erase(self, now: datetime, *, request: str, who: str) -> None:
        self.do.help.erase(code=self.code("request", request), now=now, who=self.who(who))

    def pair(self, now: datetime, *, pair: str, asker: str, helper: str, repeat: str, who: str) -> None:
        asks, helps = self.id("request", asker), self.id("request", helper)
        self.keep(
            "pair", pair, self.do.pairs.accept(asker=asks, helper=helps, repeat=repeat, now=now, who=self.who(who))
        )

    def met(self, now: datetime, *, pair: str, quarters: int, who: str) -> None:
        self.do.pairs.note(pair_id=self.id("pair", pair), quarters=quarters, now=now, who=self.who(who))

    def part(self, now: datetime, *, pair: str, reason: str, who: str) -> None:
        self.do.pairs.end(pair_id=self.id("pair", pair), reason=reason, now=now, who=self.who(who))

    def undo_pair(self, now: datetime, *, pair: str, who: str) -> None:
        self.do.pairs.undo(pair_id=self.id("pair", pair), now=now, who=self.who(who))

    def take(self, now: datetime, *, number: str) -> None:
        said = {"topic": "housing", "language": "uk", "interpreter": True}
        self.keep("queue_number", number, self.do.guidance.take(**said, now=now))

    def book_time(self, now: datetime, *, number: str, begins: datetime) -> None:
        said = {"topic": "work", "language": "fi", "interpreter": False}
        self.keep("queue_number", number, self.do.guidance.book(starts_at=begins, **said, now=now))

    def call_next(self, now: datetime, *, who: str) -> None:
        self.do.guidance.call_next(now=now, who=self.who(who))

    def move_number(self, now: datetime, *, number: str, state: str, who: str) -> None:
        self.do.guidance.move(queue_id=self.id("queue_number", number), state=state, now=now, who=self.who(who))

    def volunteer(self, now: datetime, *, volunteer: str, who: str) -> None:
        self.keep(
            "volunteer",
            volunteer,
            self.do.volunteers.register(name=f"{MARKER} {volunteer}", now=now, who=self.who(who)),
        )

    def begin_shift(self, now: datetime, *, shift: str, volunteer: str, task: str, of_age: bool = True) -> None:
        code = self.code("volunteer", volunteer)
        self.keep("shift", shift, self.do.volunteers.sign_in(code=code, task=task, of_age=of_age, now=now).shift)

    def end_shift(self, now: datetime, *, volunteer: str) -> None:
        self.do.volunteers.sign_out(code=self.code("volunteer", volunteer), now=now)

    def correct_shift(self, now: datetime, *, shift: str, quarters: int, who: str) -> None:
        said = {"hours": quarters / 4, "reason": "forgot to sign out"}
        self.do.volunteers.correct(shift_id=self.id("shift", shift), **said, now=now, who=self.who(who))
