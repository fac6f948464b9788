"""How long reports of ten years take: ``python -m benchmarks.reports [--years 10]``, of a centre that was lived in, or
``--visits 1000000 --items 200000``, of more than any centre has: rows that were made.

Prints seconds and peak memory of booking the journal, and of each report, beside one bare SQL sum over the same rows in
the same run.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.life import lived
from kiosk import clock
from kiosk.data.models import canonical_json
from kiosk.data.store import FILE
from kiosk.journal import Store
from kiosk.journal.entries import BEGINNING
from kiosk.reports import KINDS
from kiosk.services import Services
from kiosk.settings import load
from kiosk.vocabulary import CATEGORIES

FIRST, YEARS = datetime(2017, 1, 1, 8, tzinfo=UTC), 10
GROUPS = ("family", "older", "young", "ukrainian", "other", None)
BARE = "SELECT sum(adults + children) FROM ledger_visit WHERE day BETWEEN ? AND ?"


def entries(visits: int, items: int) -> Iterator[tuple[datetime, str, dict[str, Any]]]:
    """Yield what happened in ten years, evenly spread: (time, kind, payload)."""
    chance = random.Random(7)
    every = timedelta(days=365.25 * YEARS) / max(visits, 1)
    for number in range(visits):
        now = FIRST + every * number
        session = f"coffee:{now.date().isoformat()}:1300"
        visit = f"{number:032x}"
        said = {"visit": visit, "session": session, "language": chance.choice(("fi", "uk", "en")), "adults": 1}
        yield now, "visit.checked_in", said | {"children": chance.randrange(3), "way": "kiosk"}
        if number % 3 == 0:
            yield now, "visit.amended", {"visit": visit, "group": chance.choice(GROUPS), "first_visit": number % 9 == 0}
        if items and number % max(1, visits // items) == 0 and number // max(1, visits // items) < items:
            item = f"i{number:031x}"
            said = {"item": item, "category": chance.choice(CATEGORIES), "thing": None, "quantity": 1, "kg": None}
            yield now, "item.added", said | {"arrived_on": now.date().isoformat()}
            yield now, "ticket.given", {"ticket": f"t{number:031x}", "item": item, "language": "fi"}


def fill(store: Store, visits: int, items: int) -> int:
    """Write the journal as it would stand; its hashes are left out, as reports do not read them."""
    rows, count = [], 0
    sql = "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    with store.db.atomic("IMMEDIATE"):
        connection = store.db.connection()
        [(before,)] = store.db.execute_sql("SELECT coalesce(max(seq), 0) FROM journal").fetchall()
        for count, (now, kind, said) in enumerate(entries(visits, items), 1):
            text = clock.utc_text(now)
            rows.append(
                (
                    store.device,
                    before + count,
                    f"{count:032x}",
                    text,
                    kind,
                    "x",
                    canonical_json(said),
                    BEGINNING,
                    BEGINNING,
                )
            )
            if len(rows) == 20_000:
                connection.executemany(sql, rows)
                rows.clear()
        connection.executemany(sql, rows)
    return count


def copy(store: Store, years: int) -> int:
    """Write the journal of a centre that was lived in, of which nothing was booked."""
    with tempfile.TemporaryDirectory(prefix="kiosk-benchmark-") as name:
        other = multiprocessing.get_context("spawn").Process(  # its memory is not that of the reports
            target=lived, args=(Path(name) / "data", date(FIRST.year + YEARS, 1, 1), years)
        )
        other.start()
        other.join()
        db = store.db.connection()
        db.execute("ATTACH ? AS lived", (str(Path(name) / "data" / FILE),))
        count = db.execute("INSERT INTO journal SELECT * FROM lived.journal").rowcount
        db.execute("DETACH lived")
    return count


def megabytes() -> float:
    """Return the most memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=YEARS)
    parser.add_argument("--visits", type=int, default=0, help="that are made, instead of a life")
    parser.add_argument("--items", type=int, default=0, help="that are made, with the visits")
    asked = parser.parse_args()
    first, last = FIRST.date(), date(FIRST.year + YEARS, 12, 31)
    with tempfile.TemporaryDirectory(prefix="kiosk-benchmark-") as name:
        store = Store.create(Path(name) / "data", now=FIRST)
        services = Services(store, load(None))
        count = fill(store, asked.visits, asked.items) if asked.visits else copy(store, asked.years)
        print(f"{count} journal entries; memory before: {megabytes():.0f} MB")
        as_of = datetime(last.year, last.month, last.day, 12, tzinfo=UTC)
        began = time.perf_counter()
        services.reports.closings(as_of)  # books the journal, once in its life
        print(f"{'booking, once':16} {time.perf_counter() - began:8.3f} s            peak {megabytes():5.0f} MB")
        began = time.perf_counter()
        store.db.execute_sql(BARE, (first.isoformat(), last.isoformat())).fetchall()
        bare = time.perf_counter() - began
        print(f"{'bare SQL sum':16} {bare:8.3f} s   1.0 times")
        for kind in KINDS:
            began = time.perf_counter()
            services.reports.build(kind=kind, first=first, last=last, as_of=as_of, language="fi")
            took = time.perf_counter() - began
            print(f"{kind:16} {took:8.3f} s {took / bare:5.1f} times  peak {megabytes():5.0f} MB")
        store.close()


if __name__ == "__main__":
    main()
