"""A tablet that was off for a month, or a new one (`--days 450`): how long until it shows what the others show."""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from kiosk.hub import admin
from kiosk.hub.enrolment import join
from kiosk.hub.invitation import invite_text
from kiosk.hub.projection import summary
from tests.hub.conftest import NOW, Tablet
from tests.hub.server import Server


def month(server: Server, wanted: argparse.Namespace) -> None:
    """Let one tablet work for some days through the services themselves, and another read it all."""
    with tempfile.TemporaryDirectory(prefix="kiosk-month-") as folder, admin.owner(server.new_database("month")) as db:
        admin.init(db)
        db.execute("UPDATE kiosk.hub SET lines_a_day = 10000000, bytes_a_day = 10000000000, calls_a_day = 10000000")
        tablets = [Tablet(Path(folder) / f"tablet{number}") for number in range(2)]
        for number, each in enumerate(tablets):
            join(each.store, invite_text(admin.invite(db, centre="Lumijoki", name=f"Tablet {number}")))
        one, late = tablets
        one.store.db.pragma("synchronous", 0)  # a month in a minute; what is measured is the other tablet
        for day in range(wanted.days):
            one.moment = NOW + timedelta(days=day)
            a_day(one, wanted.a_day)
        start = time.perf_counter()
        one.round()
        told = time.perf_counter() - start
        late.moment = one.moment
        start, work = time.perf_counter(), time.process_time()
        came = late.round()
        took, work = time.perf_counter() - start, time.process_time() - work
        assert summary(one.store) == summary(late.store)
        for each in tablets:
            each.close()
    print(f"month: {wanted.days} days of {wanted.a_day} entries, {came} came")
    print(f"  told by the one   {came / told:8.0f} events/s, {told:.1f} s")
    print(f"  read by the other {came / took:8.0f} events/s, {took:.1f} s until it shows the same")
    print(f"  for each second of its CPU {came / work:8.0f}, {work:.1f} s", flush=True)


def a_day(one: Tablet, entries: int) -> None:
    """Five visits, a thing taken in, reserved and handed over, and somebody who asks for help, again and again."""
    do, session = (
        one.services,
        one.services.gatherings.sessions_between(one.now().date(), one.now().date() + timedelta(7))[0].id,
    )
    for number in range(entries // 9):
        for _ in range(5):
            visit = f"{one.moment:%Y%m%d%H%M%S%f}"
            do.attendance.check_in(visit_id=visit, session_id=session, language="fi", now=one.now(), adults=2)
        item = do.goods.add(now=one.now(), who="shell", category="furniture", thing="dining_chair").id
        code = do.tickets.reserve(item_id=item, language="fi", now=one.now(), held=[]).code
        do.tickets.hand_over(code=code, now=one.now(), who="shell")
        request = f"{one.moment:%Y%m%d%H%M%S%f}r{number}"
        do.help.sign_up(
            request_id=request,
            service="friend",
            language="fi",
            details={"name": "x"},
            now=one.now(),
            notice_version="1",
        )
