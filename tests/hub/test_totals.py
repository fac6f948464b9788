"""The counts of a centre, which the hub keeps as events come, are what its events say."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg

from kiosk.hub import admin, migrations
from tests.hub.conftest import Tablet, settle

Make = Callable[..., Tablet]
#: The same counts from all events, centre by centre.
COUNTED_AGAIN = """
    SELECT c.id, (SELECT count(*) FROM kiosk.visit WHERE centre = c.id AND NOT undone),
        (SELECT coalesce(sum(adults + children), 0) FROM kiosk.visit WHERE centre = c.id AND NOT undone),
        (SELECT coalesce(sum(kiosk.number(payload::jsonb -> 'adults') + kiosk.number(payload::jsonb -> 'children')), 0)
            FROM kiosk.event WHERE centre = c.id AND kind = 'session.corrected' AND reason IS NULL),
        (SELECT count(*) FROM kiosk.event WHERE centre = c.id AND kind = 'request.made' AND reason IS NULL),
        (SELECT count(*) FROM kiosk.claim WHERE centre = c.id AND state = 'collected')
    FROM kiosk.centre AS c ORDER BY c.id"""
KEPT = "SELECT centre, visits, people, corrected, requests, given FROM kiosk.total ORDER BY centre"


def agree(hub: str) -> list[tuple[Any, ...]]:
    """Check that what is kept is what is counted again, and return it."""
    with admin.owner(hub) as db:
        kept = db.execute(KEPT).fetchall()
        assert kept == [row for row in db.execute(COUNTED_AGAIN).fetchall() if row[0] in {row[0] for row in kept}]
    return kept


def busy(one: Tablet, chance: random.Random, number: int) -> None:
    """Let somebody come, change their mind, take an item or ask for help."""
    do, now = one.services, one.now
    session = do.gatherings.sessions_between(now().date(), now().date() + timedelta(7))[0].id
    visit = f"{one.store.device[:8]}{number}"
    do.attendance.check_in(visit_id=visit, session_id=session, language="fi", now=now(), adults=chance.randint(1, 3))
    if chance.random() < 0.5:
        do.attendance.amend(visit_id=visit, now=now(), adults=chance.randint(1, 5), children=chance.randint(0, 2))
    if chance.random() < 0.3:
        do.attendance.undo(visit_id=visit, now=now())
    if chance.random() < 0.3:
        people = {"adults": chance.randint(0, 40), "children": 0}
        do.attendance.correct(session_id=session, reason="counted again", now=now(), who="shell", **people)
    if chance.random() < 0.5:
        item = do.goods.add(now=now(), who="shell", category="furniture", thing="dining_chair").id
        code = do.tickets.reserve(item_id=item, language="fi", now=now(), held=[]).code
        do.tickets.hand_over(code=code, now=now(), who="shell")
        if chance.random() < 0.5:
            do.tickets.undo_hand_over(code=code, now=now(), who="shell")
    if chance.random() < 0.3:
        details, words = {"name": "x"}, {"service": "friend", "language": "fi", "notice_version": "1"}
        do.help.sign_up(request_id=f"{visit}r", details=details, now=now(), **words)


def test_what_is_kept_is_what_the_events_say(tablet: Make, hub: str) -> None:
    chance = random.Random(7)
    tablets = [tablet("Lumijoki"), tablet("Lumijoki"), tablet("Kuopio")]
    for number in range(5):
        for one in tablets:
            busy(one, chance, number)
        tablets[number % 3].round()
        agree(hub)
    settle(*tablets)
    kept = agree(hub)
    assert all(any(row[at] for row in kept) for at in range(1, 6))


def test_what_is_accepted_later_is_counted_then(tablet: Make, hub: str) -> None:
    one = tablet()
    busy(one, random.Random(1), 0)
    settle(one)
    with admin.owner(hub) as db:
        before = db.execute(KEPT).fetchone()
        db.execute("ALTER TABLE kiosk.event DISABLE TRIGGER USER")
        db.execute("UPDATE kiosk.event SET reason = 'aside:time' WHERE kind LIKE 'visit.%'")
        db.execute("UPDATE kiosk.total SET visits = 0, people = 0")
        db.execute("ALTER TABLE kiosk.event ENABLE TRIGGER USER")
        db.execute("SELECT kiosk.reconsider(id, 'aside:%') FROM kiosk.centre")
        assert db.execute(KEPT).fetchone() == before
    agree(hub)


def test_a_hub_of_before_counts_what_it_had(server: Any) -> None:
    with admin.owner(server.new_database("totals")) as db:
        migrations.init(db, until=9)
        db.execute("INSERT INTO kiosk.centre (name) VALUES ('Lumijoki'), ('Kuopio')")
        add = """INSERT INTO kiosk.event (centre, position, device, seq, id, time, kind, who, payload, prev_hash, hash, subject)
                 VALUES (1, %s, 'd', %s, %s, '', %s, 'x', %s, '', '', %s)"""
        said = [("visit.checked_in", '{"visit":"v","adults":2,"children":1}', "v"), ("visit.amended", '{"adults":4}', "v"),
                ("visit.checked_in", '{"adults":2,"children":1}', "w"), ("visit.undone", '{"undone":true}', "w"),
                ("request.made", "{}", "r")]  # fmt: skip
        for number, (kind, payload, subject) in enumerate(said, 1):
            db.execute(add, (number, number, f"{number}", kind, payload, subject))
        migrations.init(db)
        assert db.execute(KEPT).fetchall() == [(1, 1, 5, 0, 1, 0), (2, 0, 0, 0, 0, 0)]


def test_counts_read_no_events(hub: str) -> None:
    with admin.owner(hub) as db, psycopg.ClientCursor(db) as ask:
        plan = "\n".join(row[0] for row in ask.execute("EXPLAIN SELECT * FROM kiosk.counts").fetchall())
    assert " on total" in plan
    assert " on event" not in plan
    assert " on claim" not in plan
