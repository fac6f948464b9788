"""Row 15: a centre that was lived in, instead of rows that were made: ``python -m benchmarks.life [--years 10] [--seed 1]``.

The life is that of `tests/life`: visitors, donors, volunteers and staff with habits, everything through the services. One line
a year: what there is, how large, and how long a start, a check-in, a search and each report of the whole time take, ms.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

from kiosk.data import new_id
from kiosk.data.store import FILE
from kiosk.journal import Store
from kiosk.reports import KINDS
from kiosk.services import Services
from tests.life import centre
from tests.life.living import Life
from tests.life.people import Town

#: A Monday; the first days are those of a new centre.
BEGINS = date(2024, 1, 8)
#: How often what is quick is timed: the middle one is printed.
ROUNDS = 15


def lived(folder: Path, until: date, years: int, seed: int = 1) -> None:
    """Make the data folder of a centre that was lived in for so many years, the last day of which is the one before `until`."""
    days(Life(folder, until - timedelta(days=365 * years)), 365 * years, seed).close()


def days(life: Life, count: int, seed: int, each: Callable[[int], None] = lambda done: None) -> Life:
    """Live so many days, and call `each` after each with their number."""
    town = Town(seed, life.ledger, life.tell)
    town.first_day(life.begins)
    for done in range(1, count + 1):
        town.day(life.begins + timedelta(days=done - 1))
        each(done)
    return life


def middle(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return how long a call takes, ms: the middle of some rounds."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1000)
    return sorted(took)[rounds // 2]


def start(life: Life) -> None:
    """Open the data folder as the program does, and close it."""
    store = Store.open(life.player.folder)
    Services(store, life.player.settings)
    store.close()


def check_in(life: Life, now: datetime) -> None:
    """Somebody comes to the next meeting."""
    do = life.player.do
    [session, *_] = do.gatherings.sessions_between(centre.today(now), centre.today(now) + timedelta(days=7))
    do.attendance.check_in(visit_id=new_id(now), session_id=session.id, language="fi", now=now)


def measure(life: Life, year: int, now: datetime) -> None:
    """Print the line of a year."""
    do, db = life.player.do, life.player.store.db
    [(entries,)] = db.execute_sql("SELECT count(*) FROM journal").fetchall()
    size = (life.player.folder / FILE).stat().st_size / 1e6
    quick = [middle(lambda: start(life)), middle(lambda: check_in(life, now))]
    quick.append(middle(lambda: do.goods.find(today=centre.today(now), text="tuoli", most=30)))
    whole = {"first": life.begins, "last": centre.today(now), "as_of": now, "language": "fi"}
    do.reports.closings(now)  # books what is new
    built = [middle(lambda kind=kind: do.reports.build(kind=kind, **whole), 3) for kind in KINDS]  # type: ignore[misc]
    print(f"{year:4} {entries:9,} {size:7.1f}", *(f"{ms:8.2f}" for ms in (*quick, *built)), flush=True)


def main() -> None:
    """Live and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(
        f"{'year':4} {'entries':>9} {'MB':>7}", *(f"{name[:8]:>8}" for name in ("start", "check-in", "search", *KINDS))
    )
    with tempfile.TemporaryDirectory(prefix="kiosk-benchmark-") as name:
        life = Life(Path(name) / "data", BEGINS)

        def each(done: int) -> None:
            if done % 365 == 0:
                measure(life, done // 365, centre.moment(BEGINS + timedelta(days=done - 1), clock(21)))

        days(life, asked.years * 365, asked.seed, each).close()


if __name__ == "__main__":
    main()
