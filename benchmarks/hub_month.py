"""A tablet that was off for a month (`month`), and a new one of a centre with ten years (`new`): how long until it shows
what the others show."""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections import deque
from datetime import timedelta
from pathlib import Path

from kiosk.hub import admin, migrations
from kiosk.hub.enrolment import join
from kiosk.hub.invitation import invite_text
from kiosk.hub.projection import summary
from kiosk.journal import Store
from tests.hub.conftest import NOW, Tablet
from tests.hub.server import Server

#: Days of some 300 entries that are as many as a small centre writes in ten years.
TEN_YEARS = 450
#: Of so many things one stays on the shelf, and one is reserved.
STAYS = 20
#: Days after which a request is erased.
KEPT = 60
#: What a visitor and the staff see first: the shelf, open slips, visits of the last days, sessions, who waits for help.
FIRST_LOOK = (
    "SELECT id, state, category, thing, place, quantity FROM item WHERE state IN ('available', 'reserved') ORDER BY id",
    "SELECT id, code, item, state FROM ticket WHERE state = 'reserved' ORDER BY id",
    "SELECT id, session, adults, children FROM visit WHERE at >= ? ORDER BY id",
    "SELECT id, starts_at, ends_at, place FROM session WHERE starts_at >= ? ORDER BY id",
    "SELECT id, code, service, status FROM request WHERE NOT erased ORDER BY id",
)


def month(server: Server, wanted: argparse.Namespace) -> None:
    """Let a tablet read what another did in some days."""
    _read(server, wanted.days, wanted.a_day)


def new(server: Server, wanted: argparse.Namespace) -> None:
    """Let a new tablet read what another did in ten years."""
    _read(server, TEN_YEARS, wanted.a_day)


def _read(server: Server, days: int, entries: int) -> None:
    """Let one tablet work for some days through the services themselves, and another read it all."""
    with tempfile.TemporaryDirectory(prefix="kiosk-month-") as folder, admin.owner(server.new_database("month")) as db:
        migrations.init(db)
        db.execute("UPDATE kiosk.hub SET lines_a_day = 10000000, bytes_a_day = 10000000000, calls_a_day = 10000000")
        tablets = [Tablet(Path(folder) / f"tablet{number}") for number in range(2)]
        for number, each in enumerate(tablets):
            join(each.store, invite_text(admin.invite(db, centre="Lumijoki", name=f"Tablet {number}")))
        one, late = tablets
        work_for(one, days, entries)
        start = time.perf_counter()
        one.round()
        told = time.perf_counter() - start
        late.moment = one.moment
        came, took, work, useful = catch_up(one, late)
        for each in tablets:
            each.close()
    print(f"{days} days of {entries} entries, {came} came")
    print(f"  told by the one   {came / told:8.0f} events/s, {told:.1f} s")
    print(f"  read by the other {came / took:8.0f} events/s, {took:.1f} s until it shows the same")
    print(f"  for each second of its CPU {came / work:8.0f}, {work:.1f} s")
    print(
        f"  shelf, open slips, the week's visits and sessions, requests as at the other after {useful:.1f} s",
        flush=True,
    )


def catch_up(one: Tablet, late: Tablet) -> tuple[int, float, float, float]:
    """Let `late` read; returns how many entries came, seconds by the clock and of CPU until all is the same, and seconds
    until the first look is the same for good."""
    wanted, since, over = first_look(one.store, one), time.perf_counter(), threading.Event()
    same: list[tuple[float, bool]] = []

    def watch() -> None:
        watching = Store.open(late.folder)
        while not over.wait(0.2):
            same.append((time.perf_counter() - since, first_look(watching, one) == wanted))
        watching.close()

    watcher = threading.Thread(target=watch)
    watcher.start()
    work = time.process_time()
    came = late.round()
    took, work = time.perf_counter() - since, time.process_time() - work
    over.set()
    watcher.join()
    assert summary(one.store) == summary(late.store)
    useful = took
    for at, is_same in reversed(same):
        if not is_same:
            break
        useful = at
    return came, took, work, useful


def first_look(store: Store, one: Tablet) -> list[list[tuple[object, ...]]]:
    """Return what is seen first, as rows."""
    week = (one.moment - timedelta(days=7)).isoformat()
    return [store.db.execute_sql(sql, (week,) * sql.count("?")).fetchall() for sql in FIRST_LOOK]


def work_for(one: Tablet, days: int, entries: int) -> None:
    """Let a tablet work for some days."""
    one.store.db.pragma("synchronous", 0)  # a month in a minute; what is measured is the other tablet
    slips: deque[tuple[int, str]] = deque()
    for day in range(days):
        one.moment = NOW + timedelta(days=day)
        while slips and slips[0][0] < day - KEPT:
            one.services.help.erase(code=slips.popleft()[1], now=one.now(), who="shell")
        slips.extend((day, code) for code in a_day(one, entries))


def a_day(one: Tablet, entries: int) -> list[str]:
    """Five visits, a thing taken in, reserved and handed over, and somebody who asks for help, again and again; returns
    the codes of who asked."""
    do, day = one.services, one.now().date()
    session = do.gatherings.sessions_between(day, day + timedelta(7))[0].id
    asked = []
    for number in range(entries // 9):
        for _ in range(5):
            visit = f"{one.moment:%Y%m%d%H%M%S%f}"
            do.attendance.check_in(visit_id=visit, session_id=session, language="fi", now=one.now(), adults=2)
        item = do.goods.add(now=one.now(), who="shell", category="furniture", thing="dining_chair").id
        if number % STAYS > 0:
            code = do.tickets.reserve(item_id=item, language="fi", now=one.now(), held=[]).code
        if number % STAYS > 1:
            do.tickets.hand_over(code=code, now=one.now(), who="shell")
        asked.append(
            do.help.sign_up(
                request_id=f"{one.moment:%Y%m%d%H%M%S%f}r{number}",
                service="friend",
                language="fi",
                details={"name": "x"},
                now=one.now(),
                notice_version="1",
            ).code
        )
    return asked
