"""Every evening: what the ledger says is true, beside what the program's database and reports say."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from kiosk.journal.entries import verify_chain
from kiosk.reports import Report
from kiosk.vocabulary import CATEGORIES

from . import centre
from .book import month_end
from .ledger import Ledger
from .player import MARKER, Player

Rows = dict[str, Any]


def predicted(ledger: Ledger) -> Rows:
    """Return the state of every thing as the ledger has it, by name."""
    found: Rows = {f"item {name}": (ledger.state_of(row), row.quantity) for name, row in ledger.things.items()}
    found |= {f"ticket {name}": (row.state, _until(row)) for name, row in ledger.tickets.items()}
    found |= {f"wish {name}": ledger.wish_state(row) for name, row in ledger.wishes.items()}
    found |= {f"donation {name}": row.state for name, row in ledger.donations.items()}
    found |= {f"seat {name}": row.state for name, row in ledger.seats.items()}
    found |= {f"queue_number {name}": (row.state, row.number) for name, row in ledger.numbers.items()}
    found |= {f"request {name}": (row.status, int(row.erased)) for name, row in ledger.requests.items()}
    found |= {f"pair {name}": (row.state, str(row.follow_up or "")) for name, row in ledger.pairs.items()}
    found |= {f"shift {name}": row.quarters for name, row in ledger.shifts.items()}
    return found


def _until(row: Any) -> str:
    return f"{row.deadline:%Y-%m-%dT%H:%M}" if row.state == "reserved" else ""


#: The same of the database, by table.
SQL = {
    "item": "SELECT id, state, quantity FROM item",
    "ticket": "SELECT id, state, CASE state WHEN 'reserved' THEN substr(deadline, 1, 16) ELSE '' END FROM ticket",
    "wish": "SELECT id, state FROM wish",
    "donation": "SELECT id, state FROM donation",
    "seat": "SELECT id, state FROM seat",
    "queue_number": "SELECT id, state, number FROM queue_number",
    "request": "SELECT id, status, erased FROM request",
    "pair": "SELECT id, state, coalesce(follow_up, '') FROM pair",
    "shift": "SELECT id, quarters FROM shift",
}


def shown(player: Player) -> Rows:
    """Return the state of every thing as the program's database has it, by the names of the story."""
    found: Rows = {}
    for table, sql in SQL.items():
        names = {row_id: name for name, row_id in player.ids.get(table, {}).items()}
        if table == "ticket":
            names |= _held(player)
        for row_id, *values in player.store.db.execute_sql(sql):
            name = names.get(row_id)
            if name is None and table == "request":
                continue  # the sealed part of a register
            found[f"{table} {name or row_id}"] = values[0] if len(values) == 1 else tuple(values)
    return found


def _held(player: Player) -> dict[str, str]:
    """Return the names of the tickets that were held for wishes."""
    wishes, things = ({row_id: name for name, row_id in player.ids.get(one, {}).items()} for one in ("wish", "item"))
    sql = """SELECT json_extract(payload, '$.ticket'), json_extract(payload, '$.wish'), json_extract(payload, '$.item')
             FROM journal WHERE kind = 'wish.held'"""
    return {ticket: f"{wishes[wish]}/{things[item]}" for ticket, wish, item in player.store.db.execute_sql(sql)}


def heads(ledger: Ledger, player: Player, days: tuple[date, ...]) -> Iterator[str]:
    """Yield what differs in the head counts of the sessions of these days."""
    for session in ledger.opened:
        if ledger.day_of(session) in days:
            told = player.do.attendance.session_totals(player.session(session))
            yield from differ(
                f"heads of {session}",
                ledger.heads(session),
                [told.visits, told.adults, told.children, told.first_visits],
            )


def differ(what: str, wanted: Any, said: Any) -> Iterator[str]:
    if wanted != said:
        yield f"{what}: it is {wanted}, the program says {said}"


def differences(ledger: Ledger, player: Player, now: datetime) -> list[str]:
    """Return everything that the program says otherwise this evening."""
    today = centre.today(now)
    wanted, said = predicted(ledger), shown(player)
    found = [
        f"{name}: it is {wanted.get(name)}, the program says {said.get(name)}"
        for name in sorted({*wanted, *said})
        if wanted.get(name) != said.get(name)
    ]
    found += heads(ledger, player, (today, today - timedelta(days=7)))
    found += _free_is_free(ledger, player, today)
    found += _sealed(ledger, player)
    return found


def _free_is_free(ledger: Ledger, player: Player, today: date) -> Iterator[str]:
    names = {row_id: name for name, row_id in player.ids.get("item", {}).items()}
    shelf = {names[one] for one in player.do.goods.find(today=today, free_only=True)}
    yield from differ(
        "what is free", sorted(row.name for row in ledger.things.values() if ledger.free(row)), sorted(shelf)
    )


def _sealed(ledger: Ledger, player: Player) -> Iterator[str]:
    """Yield what is still on the disk though it should be gone, and the other way round."""
    owners = {row_id: name for name, row_id in player.ids.get("request", {}).items()}
    sql = "SELECT id, request FROM {} WHERE request IS NOT NULL"
    for table in ("wish", "volunteer"):
        names = {row_id: f"{table} {name}" for name, row_id in player.ids.get(table, {}).items()}
        owners |= {request: names[row_id] for row_id, request in player.store.db.execute_sql(sql.format(table))}
    here = {
        owners.get(request, request)
        for (request,) in player.store.db.execute_sql("SELECT DISTINCT request FROM envelope")
    }
    yield from differ("whose sealed words are kept", sorted(ledger.sealed), sorted(here))
    for path in player.store.copies():
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
            kept = {owners.get(request, request) for (request,) in copy.execute("SELECT request FROM envelope")}
        yield from differ(f"whose erased words are in {path.name}", [], sorted(kept - ledger.sealed))


# months


def reports(ledger: Ledger, player: Player, first: date, now: datetime) -> list[str]:
    """Return what the reports from `first` to today say otherwise."""
    last = centre.today(now)
    built = {
        kind: player.do.reports.build(kind=kind, first=first, last=last, as_of=now, language="en")
        for kind in ("attendance", "goods", "talkoot", "services", "results")
    }
    sums = Sums(ledger.between(first, last))
    found = [*_attendance(ledger, built["attendance"], sums), *_goods(ledger, built["goods"], sums, last)]
    found += _work(built["talkoot"], built["services"], sums)
    found += _results(built["results"], sums)
    return [f"{first}–{last}: {line}" for line in found]


def earlier(ledger: Ledger, player: Player, begins: date, now: datetime) -> list[str]:
    """Return what the reports of the time before the kiosk say otherwise, of which lists were brought in."""
    first, last = min(ledger.sums, default=begins), begins - timedelta(days=1)
    if first > last:
        return []
    period = {"first": first, "last": last, "as_of": now, "language": "en"}
    attendance, results = (player.do.reports.build(kind=kind, **period) for kind in ("attendance", "results"))
    sums = Sums(ledger.between(first, last))
    found = [*_attendance(ledger, attendance, sums), *_results(results, sums)]
    return [f"{first}–{last}: {line}" for line in found]


class Sums:
    """The ledger's sums of a period."""

    def __init__(self, sums: Counter[tuple[str, ...]]) -> None:
        self.sums = sums

    def of(self, *key: str) -> int:
        return sum(number for known, number in self.sums.items() if known[: len(key)] == key)

    def held(self) -> int:
        return sum(
            number > 0
            for key, number in self.sums.items()
            if key[0] == "people" and not key[1].startswith("open_house")
        )


def total(report: Report, key: str) -> dict[str, Any]:
    [made] = [one for one in report.tables if one.key == key]
    assert made.total is not None
    return dict(zip((column.key for column in made.columns), made.total, strict=True))


def _attendance(ledger: Ledger, report: Report, sums: Sums) -> Iterator[str]:
    wanted = [sums.of(name) for name in ("visits", "people", "first")]
    for key in ("sessions", "weeks", "months", "years"):
        said = total(report, key)
        yield from differ(f"attendance, {key}", wanted, [said[name] for name in ("visits", "people", "first")])
    months = {str(row[0]): list(row[1:]) for made in report.tables if made.key == "months" for row in made.rows}
    for month, closed in ledger.closed.items():
        label = f"{date.fromisoformat(month + '-01'):%B %Y}"
        if label in months and report.first <= date.fromisoformat(f"{month}-01") and month_end(month) <= report.last:
            frozen, now = Sums(closed), Sums(ledger.month(month))
            yield from differ(
                f"closed {month}", [frozen.of(one) for one in ("visits", "people", "first")], months[label]
            )
            late = [now.of(one) - frozen.of(one) for one in ("visits", "people", "first")]
            yield from differ(f"late in {month}", late, months.get(f"Correction of {label}", [0, 0, 0]))


def _goods(ledger: Ledger, report: Report, sums: Sums, last: date) -> Iterator[str]:
    said = total(report, "categories")
    for move in ("in", "given", "withdrawn"):
        yield from differ(f"things {move}", sums.of(move), said[move])
    shelf = sum(row.quantity - ledger.out(row) for row in ledger.things.values() if not row.gone)
    yield from differ("things on the shelf", shelf, said["shelf"])
    kilograms = sum(Decimal(sums.of("grams", category)) / 1000 for category in CATEGORIES)
    if abs(total(report, "weights")["mid"] - kilograms) > Decimal("0.05") * (len(CATEGORIES) + len(ledger.closed)):
        yield f"kilograms: it is {kilograms}, the program says {total(report, 'weights')['mid']}"


def _work(talkoot: Report, services: Report, sums: Sums) -> Iterator[str]:
    yield from differ("hours of talkoot", Decimal(sums.of("hours")) / 4, total(talkoot, "sheet")["hours"])
    yield from differ("hours of the young", Decimal(sums.of("young")) / 4, total(talkoot, "young")["hours"])
    said = total(services, "services")
    for step in ("asked", "contacted", "arranged", "done", "cancelled", "paired"):
        yield from differ(f"requests {step}", sums.of(step), said[step])
    yield from differ("hours of help", Decimal(sums.of("quarters")) / 4, said["hours"])


def _results(report: Report, sums: Sums) -> Iterator[str]:
    said = {str(row[0]): row[1] for made in report.tables if made.key.startswith("results_") for row in made.rows}
    wanted = {
        "Events held": sums.held(),
        "Visits": sums.of("visits"),
        "People": sums.of("people"),
        "First visits": sums.of("first"),
        "Requests for help": sums.of("asked"),
        "Pairs made": sums.of("paired"),
        "Things taken in": sums.of("in"),
        "Things given": sums.of("given"),
    }
    yield from differ("results", wanted, {name: said[name] for name in wanted})


def laws(player: Player) -> list[str]:
    """Return which laws of the whole data folder are broken: the chain, and no word in the clear."""
    verify_chain(player.store.db)
    marker = MARKER.encode()
    return [
        f"{path.name} has {MARKER}"
        for path in player.folder.rglob("*")
        if path.is_file() and marker in path.read_bytes()
    ]
