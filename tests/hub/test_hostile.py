"""What a hostile tablet tries at the hub, with its own credentials and a client of its own, where the owner of the hub is
no superuser: it changes nothing elsewhere, stops nobody, and is told."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner

from kiosk import clock
from kiosk.cli.main import cli
from kiosk.data import new_id
from kiosk.errors import ItemTaken
from kiosk.hub import admin, projection
from kiosk.hub.connection import HubConnection
from kiosk.hub.enrolment import join
from kiosk.hub.errors import CentreUnknown, HubFull
from kiosk.hub.invitation import invite_text, saved
from kiosk.hub.standing import look, put_aside
from kiosk.journal.entries import verify_chain
from tests.hub.conftest import Tablet, settle
from tests.hub.hostile import Attacker, chair
from tests.hub.server import Server
from tests.hub.test_in_step import agree, reserve, state
from tests.hub.test_in_step import chair as chair_of

Make = Callable[..., Tablet]
Break_in = Callable[[Tablet], Attacker]
#: The owner of the hub: may make roles, and nothing else.
KEEPER = "keeper"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    server.start()
    with psycopg.connect(server.url(), autocommit=True) as db:
        db.execute(f"CREATE ROLE {KEEPER} LOGIN CREATEROLE PASSWORD '{KEEPER}'".encode())
    yield server
    server.stop()


@pytest.fixture
def hub(server: Server, request: pytest.FixtureRequest) -> str:
    name = f"hostile{abs(hash(request.node.nodeid))}"
    with psycopg.connect(server.url(), autocommit=True) as db:
        db.execute(f'CREATE DATABASE "{name}" OWNER {KEEPER}'.encode())
    url = server.url(name).replace("owner@", f"{KEEPER}:{KEEPER}@")
    with admin.owner(url) as db:
        admin.init(db)
    return url


@pytest.fixture
def break_in() -> Iterator[Break_in]:
    made: list[Attacker] = []

    def make(tablet: Tablet) -> Attacker:
        made.append(Attacker(tablet.folder))
        return made[-1]

    yield make
    for one in made:
        one.close()


def owner_does(hub: str, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with admin.owner(hub) as db:
        done = db.execute(statement.encode(), values)
        return done.fetchall() if done.description else []


def goes_on(*tablets: Tablet) -> None:
    """Each tablet tells and is told."""
    settle(*tablets)
    for one in tablets:
        item = chair_of(one)
        settle(*tablets)
        for each in tablets:
            assert each.services.goods.item(item).state == "available"
    for one in tablets:
        verify_chain(one.store.db)


# other centres


@pytest.mark.parametrize("what", [{"quantity": 0}, {"quantity": "many"}, {"quantity": 1, "names": 7}, {"photos": "x"}])
def test_what_a_neighbour_says_of_a_thing_of_ours_changes_nothing_here(
    tablet: Make, break_in: Break_in, hub: str, what: dict[str, Any]
) -> None:
    here, other, there = tablet("Lumijoki"), tablet("Lumijoki"), break_in(tablet("Liminka"))
    here.services.tickets.arbiter = here.sync.reserve
    item = chair_of(here, quantity=2)
    code = reserve(here, item)
    agree(here, other)
    ticket = here.services.tickets.by_code(code, here.now()).id
    there.say("item.edited", {"item": item} | what)
    there.say("item.withdrawn", {"item": item, "reason": "broken", "into": None})
    there.say("ticket.given", {"ticket": ticket, "item": item, "language": "fi"})
    second = reserve(here, item)
    assert not here.services.tickets.by_code(second, here.now()).provisional
    agree(here, other)
    for each in (here, other):
        assert state(each, code) == state(each, second) == "reserved"
        assert each.services.tickets.in_conflict() == []
    with pytest.raises(ItemTaken):
        reserve(here, item)
    with admin.owner(hub) as db:
        [(centre,)] = db.execute("SELECT id FROM kiosk.centre WHERE name = 'Lumijoki'").fetchall()
        assert db.execute("SELECT * FROM kiosk.room(%s, %s)", (centre, item)).fetchall() == [(2, False)]


def test_the_wrong_types_of_a_neighbour_break_no_shelf(tablet: Make, break_in: Break_in, hub: str) -> None:
    here, neighbour = tablet("Lumijoki"), tablet("Liminka")
    there = break_in(neighbour)
    owner_does(hub, "UPDATE kiosk.centre SET region = 'north'")
    for each in (here, neighbour):
        each.sync.sharing = lambda: (True, True)
        each.round()
    good = chair_of(neighbour)
    neighbour.round()
    wrong = [
        {"names": {"fi": 7}},
        {"size": ["90"]},
        {"arrived_on": "2026-02-30"},
        {"photos": ["../../kiosk.db"]},
        {"thing": 1},
    ]
    for number, what in enumerate(wrong):
        assert there.say("item.added", chair(f"odd{number}", **what)) == ["rejected", f"aside:{next(iter(what))}"]
    # A hub of before let them in: what it shows is looked at again here.
    said = {"thing": None, "names": {"fi": 7}, "category": "furniture", "size": "", "age_group": "", "condition": "good",
            "arrived_on": "2026-11-24"}  # fmt: skip
    for number, what in enumerate(
        [{}, {"names": {"fi": "x"}, "size": 3}, {"names": {"fi": "x"}, "arrived_on": "2026-99-99"}]
    ):
        owner_does(
            hub,
            "INSERT INTO kiosk.good SELECT id, %s, %s, '../../x', 1, 1000 + %s FROM kiosk.centre WHERE name = 'Liminka'",
            f"bad{number}", json.dumps(said | what), number,
        )  # fmt: skip
    here.sync.hang_up()
    here.sync._neighbours_due = 0.0
    here.round()
    goods = here.services.settings.goods._replace(neighbours=True)
    here.services = type(here.services)(here.store, here.services.settings._replace(goods=goods))
    assert here.services.neighbour_goods.find(today=here.now().date(), text="tuoli") == [good]
    assert here.services.neighbour_goods.find(today=here.now().date()) == [good]


def test_no_region_is_no_region(tablet: Make, break_in: Break_in, hub: str) -> None:
    here, there = break_in(tablet("Lumijoki")), break_in(tablet("Liminka"))
    for each in (here, there):
        each.db.execute("SELECT kiosk.share(true, true)")
    there.say("item.added", chair("theirs"))
    assert here.ask("SELECT count(*) FROM kiosk.neighbours()") == here.ask("SELECT count(*) FROM kiosk.good") == 0
    owner_does(hub, "UPDATE kiosk.centre SET region = 'north'")
    assert here.ask("SELECT count(*) FROM kiosk.good") == 1
    with admin.owner(hub) as db, pytest.raises(CentreUnknown):
        admin.region_reader(db, region="")


# entries

FAR = new_id(clock.utc_now() + timedelta(days=2))
GATHERING = {
    "gathering": "x", "names": {"fi": "x"}, "rule": "FREQ=WEEKLY;BYDAY=TU", "since": "2026-11-24", "start": "10:00",
    "end": "11:00", "place": "", "art": "", "cancelled": [], "extra": [], "active": 1,
}  # fmt: skip
VISIT = {
    "visit": "v",
    "session": "coffee:2026-11-24:1300",
    "adults": 1,
    "children": 0,
    "language": "fi",
    "way": "kiosk",
}
BAD: list[tuple[str, Any, str, dict[str, str], str]] = [
    ("item.added", "{", "staff:x", {}, "unreadable"),
    ("item.added", "[1, 2]", "staff:x", {}, "unreadable"),
    ("item.added", "null", "staff:x", {}, "unreadable"),
    ("item.added", '{"item": "x\\u0000"}', "staff:x", {}, "unreadable"),
    ("item.added", "[" * 30000, "staff:x", {}, "unreadable"),
    ("item.added", '{"item": "x", "quantity": 1e400}', "staff:x", {}, "aside:thing"),
    ("item.edited", '{"item": "x", "quantity": 1e400}', "staff:x", {}, "aside:quantity"),
    ("item.edited", '{"item": "x", "quantity": 1e130000}', "staff:x", {}, "aside:quantity"),
    ("loan.made", '{"loan": "x", "until": 1e400}', "staff:x", {}, "aside:payload"),
    ("loan.made", '{"loan": ' + "[" * 20 + "]" * 20 + "}", "staff:x", {}, "aside:payload"),
    ("item.edited", {"item": "x", "photos": ["../../kiosk.db"]}, "staff:x", {}, "aside:photos"),
    ("item.edited", {"item": "x" * 3000}, "staff:x", {}, "aside:item"),
    ("item.edited", {"item": ["x"]}, "staff:x", {}, "aside:item"),
    ("item.edited", {"item": "x", "names": {"fi": ["x"]}}, "staff:x", {}, "aside:names"),
    ("item.edited", {"item": "x", "size": "a\u0007"}, "staff:x", {}, "aside:size"),
    ("item.edited", {"item": "x"}, "visitor", {}, "aside:who"),
    ("item.edited", {"item": "x"}, "x" * 300, {}, "aside:who"),
    ("item.edited", {"item": "x"}, "staff:x", {"id": FAR}, "aside:ahead"),
    ("item.edited", {"item": "x"}, "staff:x", {"id": "0fffffffffff7fff8000000000000000"}, "aside:ahead"),
    ("item.edited", {"item": "x"}, "staff:x", {"id": "zzz"}, "id"),
    ("item.edited", {"item": "x"}, "staff:x", {"time": "garbage"}, "aside:time"),
    ("item.edited", {"item": "x"}, "staff:x", {"time": "2026-02-30T08:00:00.000000Z"}, "aside:time"),
    ("item.edited", {"item": "x"}, "staff:x", {"device": "0" * 32}, "chain"),
    ('item"].edited', {"item": "x"}, "staff:x", {}, "kind"),
    ("ticket.given_twice", {"ticket": "t", "item": "i"}, "hub", {}, "aside:who"),
    ("gathering.set", GATHERING | {"rule": "FREQ=SECONDLY"}, "staff:x", {}, "aside:rule"),
    ("gathering.set", GATHERING | {"rule": "FREQ=DAILY;BYSECOND=1,2,3"}, "staff:x", {}, "aside:rule"),
    ("visit.checked_in", VISIT | {"adults": 10**9}, "visitor", {}, "aside:adults"),
    ("visit.checked_in", VISIT | {"session": "coffee:2026-11-31:1300"}, "visitor", {}, "aside:session"),
    ("settings.changed", {"keys": ["x"], "values": {"x": "y" * 5000}}, "staff:x", {}, "aside:values"),
    ("item.added", '{"item": "' + "x" * 70000 + '"}', "staff:x", {}, "size"),
]  # fmt: skip


def test_what_is_wrong_with_an_entry_is_found_at_the_hub_told_and_stops_nobody(
    tablet: Make, break_in: Break_in, hub: str
) -> None:
    here, other = tablet(), tablet()
    settle(here, other)
    there = break_in(other)
    for kind, payload, who, fields, wrong in BAD:
        assert there.say(kind, payload, who, **fields) == ["rejected", wrong], (
            kind,
            payload if len(str(payload)) < 200 else "",
        )
    assert there.say("item.added", chair("good")) == ["applied"]
    goes_on(here, other)
    for each in (here, other):
        assert each.services.goods.item("good").state == "available"
        view = look(each.store)
        assert (view.put_aside, view.refused, view.waiting) == (len(BAD), 0, 0)
    told = put_aside(here.store)
    assert {"rule", "ahead", "who"} <= {entry.wrong for entry in told}
    assert not any(entry.own for entry in told)
    [(latest,)] = owner_does(hub, "SELECT latest FROM kiosk.centre")
    assert latest < FAR
    assert len(owner_does(hub, "SELECT * FROM kiosk.put_aside")) == len(BAD)


def test_lines_that_are_no_lines_are_not_taken(tablet: Make, break_in: Break_in) -> None:
    here, other = tablet(), tablet()
    settle(here, other)
    there = break_in(other)
    good = there.line("item.added", chair("good"))
    for wrong in (
        "", "[]", "null", "{", "x" * 2_000_000, good.replace(there.device, "null"), good.replace(f'"{there.device}"', "null"),
        good.replace(",1,", ",1.0,"), good.replace(",", ", "), good.replace("good", "g\\u006fod"), '["x",1,null,null,null,null,null,null]',
        good.replace(",1,", ",99999999999999999999,"),
    ):  # fmt: skip
        there.begin_anew()
        there.device = good[2:34]
        answer = there.push(wrong)
        assert not [verdict for verdict in answer["verdicts"] if verdict[1] == "applied"], wrong[:100]
        there.begin_anew()
        assert not [verdict for verdict in there.push(wrong)["verdicts"] if verdict[1] == "applied"], wrong[:100]
    for hashes in (["x"], [""], ["0" * 64], ["a" * 500_000]):
        there.begin_anew()
        answer = there.push(there.line("item.added", chair("x")), hashes=hashes)
        assert not [verdict for verdict in answer["verdicts"] if verdict[1] == "applied"]
    for device in ("", "x" * 5000, "../../etc"):
        there.device = device
        with pytest.raises(psycopg.errors.InvalidParameterValue):
            there.push(good)
    goes_on(here, other)


def test_parcels_of_any_kind_stop_nobody(tablet: Make, break_in: Break_in, hub: str) -> None:
    here, other = tablet(), tablet()
    there = break_in(other)
    for parcels in (
        7, {}, [7], [[]], [["x"]], [["x", "box:" + "a" * 64, "no base 64!"]], [["x", "box:" + "a" * 64, None]],
        [["x" * 3000, "item.code", "QQ=="]], [["x", "../../x", "QQ=="]], [["x", "box:" + "a" * 64, "QUFB" * 20000]],
    ):  # fmt: skip
        assert there.push(there.line("item.edited", {"item": "x"}), parcels=parcels)["outcome"] == "ok"
    assert owner_does(hub, "SELECT count(*) FROM kiosk.parcel") == [(0,)]
    ticket = {
        "ticket": "t",
        "item": "chair",
        "language": "fi",
        "provisional": False,
        "deadline": "2026-11-24T12:05:00.000000Z",
    }
    lines = [there.line("item.added", chair("chair")), there.line("ticket.reserved", ticket, "visitor")]
    there.push(*lines, parcels=[["t", "ticket.code", "/////w=="]])
    goes_on(here, other)


def test_a_decision_of_the_hub_is_made_up_by_nobody_and_retold_by_all(
    tablet: Make, break_in: Break_in, hub: str
) -> None:
    one, other = tablet(), tablet()
    item = chair_of(one)
    agree(one, other)
    given = one.services.tickets.give(item_id=item, language="fi", now=one.now(), who="shell")
    agree(one, other)
    there = break_in(other)
    made_up = new_id(clock.utc_now())
    there.device = hashlib.sha256(f"hub:{made_up}".encode()).hexdigest()[:32]  # as it was named before
    assert there.say("ticket.given_twice", {"ticket": given.id, "item": item}, "hub", id=made_up) == [
        "rejected",
        "aside:who",
    ]
    settle(one, other)
    assert state(one, given.code) == "collected"


def test_a_rule_that_never_gives_a_date_is_put_aside_by_each_tablet(tablet: Make, break_in: Break_in) -> None:
    here, other = tablet(), tablet()
    settle(here, other)
    there = break_in(other)
    for rule in ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"):  # the form of a rule
        assert there.say("gathering.set", GATHERING | {"rule": rule}) == ["applied"]
    goes_on(here, other)
    assert [entry.wrong for entry in put_aside(here.store)] == ["rule", "rule"]
    assert [series.id for series in here.services.programme.series(here.now()) if series.id == "x"] == []


# a hub of before


@pytest.mark.parametrize("version", [number for number, _statements in admin.steps()][:-1])
def test_a_hub_of_before_with_hostile_data_works_again(
    server: Server, tablet: Make, break_in: Break_in, version: int
) -> None:
    name = f"before{version}"
    with psycopg.connect(server.url(), autocommit=True) as db:
        db.execute(f'CREATE DATABASE "{name}" OWNER {KEEPER}'.encode())
    url = server.url(name).replace("owner@", f"{KEEPER}:{KEEPER}@")
    tablets = [tablet(joined=False) for _ in range(3)]
    with admin.owner(url) as db:
        admin.init(db, until=version)
        for one in tablets:
            join(one.store, invite_text(admin.invite(db, centre="Lumijoki", name=one.folder.name)))
    here, other, third = tablets
    code = reserve(here, chair_of(here))
    settle(here, other)
    there = break_in(third)
    there.say("item.added", chair("far"), id="0fffffffffff7fff8000000000000000")
    there.say("item.added", "{")
    there.say("item.added", '{"item": "' + "x" * 70000 + '"}')
    there.say("item.edited", {"item": "far", "quantity": "many"})
    there.say("item.edited", {"item": "far"}, time="garbage")
    there.say("item.edited", {"item": "x"}, "x" * 3000)
    goes_on(here, other)
    with admin.owner(url) as db:
        assert admin.init(db) == (version, admin.latest())
        assert db.execute("SELECT latest < '0f' FROM kiosk.centre").fetchone() == (True,)
        assert db.execute("SELECT count(*) FROM kiosk.event WHERE length(payload) > 65536").fetchone() == (0,)
    there.close()
    goes_on(here, other)
    there = break_in(third)
    there.begin_anew()
    assert there.say("item.added", chair("good")) == ["applied"]
    there.db.execute("BEGIN; SELECT kiosk.renumber()")
    with admin.owner(url) as db:
        db.execute("UPDATE kiosk.hub SET overdue = '0 s'")
    goes_on(here, other)
    assert here.services.goods.item("good").state == state(other, code).replace("reserved", "available")


# holding others up


def test_an_open_transaction_stops_nobody(
    tablet: Make, break_in: Break_in, invite: Callable[..., str], hub: str
) -> None:
    here, neighbour, other = tablet("Lumijoki"), tablet("Lumijoki"), tablet("Liminka")
    settle(here, neighbour, other)
    there = break_in(neighbour)
    there.db.execute("BEGIN; SELECT kiosk.renumber()")
    with closing(HubConnection(saved(other.folder), other.folder, answer=3)) as link:
        assert link.value("SELECT kiosk.renumber()")["number"] > 3
    goes_on(other)
    invite("Liminka", "New")
    owner_does(hub, "UPDATE kiosk.hub SET overdue = '0 s'")
    goes_on(here)  # of the same centre: after a time the transaction is ended
    with pytest.raises(psycopg.OperationalError):
        there.db.execute("COMMIT")
    lazy = break_in(neighbour)
    lazy.db.execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0")
    lazy.db.execute("BEGIN; LISTEN everything; SELECT count(*) FROM kiosk.event")
    here.sync.hang_up()
    here.round()  # a greeting ends it
    with pytest.raises(psycopg.OperationalError):
        lazy.db.execute("COMMIT")


def test_the_roles_are_bounded(tablet: Make, break_in: Break_in, hub: str) -> None:
    here = tablet()
    there = break_in(here)
    for name, value in (
        ("statement_timeout", "1min"),
        ("lock_timeout", "30s"),
        ("idle_in_transaction_session_timeout", "30s"),
    ):
        assert there.ask(f"SHOW {name}") == value
    for statement in ("CREATE TEMP TABLE x (a int)", "CREATE TABLE kiosk.x (a int)", "CREATE SCHEMA x", "LOCK TABLE kiosk.tablet",
                      "SELECT kiosk.locked(1)", "SELECT kiosk.spend('x')", "SELECT kiosk.end_overdue()", "TABLE kiosk.used",
                      "SELECT nextval('kiosk.tablet_number')", "TABLE kiosk.put_aside", "SELECT secret FROM kiosk.hub"):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege), there.db.transaction():
            there.db.execute(statement.encode())
    there.db.execute("SELECT lo_from_bytea(0, %s)", (b"x" * 1_000_000,))
    here.round()
    assert owner_does(hub, "SELECT count(*) FROM pg_largeobject_metadata") == [(0,)]


def test_a_superuser_s_hub_lets_nobody_make_large_objects(server: Server, break_in: Break_in, tablet: Make) -> None:
    url, here = server.new_database("whole"), tablet(joined=False)
    with admin.owner(url) as db:
        admin.init(db)
        join(here.store, invite_text(admin.invite(db, centre="Lumijoki", name="Lobby")))
    for call in ("lo_create(0)", "lo_from_bytea(0, '')"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            break_in(here).db.execute(f"SELECT {call}".encode())


# limits


def test_so_many_lines_a_day_and_the_rest_tomorrow(tablet: Make, hub: str) -> None:
    here, other = tablet(), tablet()
    settle(here, other)
    [(used,)] = owner_does(hub, "SELECT max(lines) FROM kiosk.used")
    owner_does(hub, "UPDATE kiosk.hub SET lines_a_day = %s", used + 5)
    items = [chair_of(here) for _ in range(12)]
    code = reserve(here, items[-1])
    settle(here, other)
    assert len(other.services.goods.find(today=here.now().date())) == 5
    view = look(here.store)
    assert (view.full, view.waiting, view.refused, view.trouble) == (True, 8, 0, "")
    assert not look(other.store).full
    chair_of(other)
    settle(here, other)  # nobody else is kept waiting
    assert here.services.goods.counts(today=here.now().date())["all"] == 12  # one of them is reserved
    for _ in range(2):
        owner_does(hub, "UPDATE kiosk.used SET day = day - 1")
        settle(here, other)
    owner_does(hub, "UPDATE kiosk.hub SET lines_a_day = 1000")
    agree(here, other)
    assert not look(here.store).full
    assert look(here.store).waiting == 0
    assert state(other, code) == "reserved"


def test_so_many_bytes_and_calls_a_day(tablet: Make, break_in: Break_in, hub: str) -> None:
    here, other = tablet(), tablet()
    settle(here, other)
    there = break_in(here)
    owner_does(hub, "UPDATE kiosk.hub SET bytes_a_day = 300000")
    big = {"loan": "x", "more": ["y" * 3900] * 10}
    answers = [there.push(there.line("loan.made", big)) for _ in range(10)]
    assert [answer["outcome"] for answer in answers].count("ok") <= 8
    assert next(answer["outcome"] for answer in answers if answer["outcome"] != "ok") == "limit"
    assert owner_does(hub, "SELECT sum(length(payload)) < 400000 FROM kiosk.event") == [(True,)]
    owner_does(hub, "UPDATE kiosk.hub SET calls_a_day = 0, numbers_a_day = 0, picture_bytes_a_day = 0")
    assert there.ask("SELECT kiosk.reserve('t', 'i')") is None
    with closing(HubConnection(saved(here.folder), here.folder)) as link:
        for call in (
            "kiosk.renumber()",
            "kiosk.share(true, true)",
            f"kiosk.put_picture('{'a' * 64}', 'full', 0, 1, 'x')",
        ):
            with pytest.raises(HubFull):
                link.value(f"SELECT {call}")
    chair_of(other)
    other.round()
    assert look(other.store).full
    # A clock of the client's own does not make it tomorrow.
    there.db.execute("SET timezone = 'Pacific/Kiritimati'")
    assert there.ask("SELECT kiosk.reserve('t', 'i')") is None


def test_a_push_that_is_too_large_is_not_read(tablet: Make, break_in: Break_in) -> None:
    there = break_in(tablet())
    with pytest.raises(psycopg.errors.InvalidParameterValue):
        there.push(*[there.line("item.edited", {"item": "x"})] * 5001)


#: Prints by how many MB the memory of a process grew while the tablet of a data folder read what is new.
ROUND = """
import resource, sys
from pathlib import Path
from tests.hub.conftest import Tablet
one = Tablet(Path(sys.argv[1]))
one.sync._call().close()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
came = one.round()
print(came, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
one.close()
"""


#: Entries of 60,000 characters, 186 MB in all.
FLOOD = 3100


def grows(hub_reader: Tablet) -> int:
    """Return by how many MB the process of a tablet grows while it reads the flood."""
    hub_reader.close()
    done = subprocess.run([sys.executable, "-c", ROUND, hub_reader.folder], capture_output=True, text=True, check=True)
    hub_reader.open()
    came, grown = map(int, done.stdout.split())
    assert came >= FLOOD
    return grown


def test_a_flood_of_rejected_entries_takes_little_memory_on_another_tablet(tablet: Make, hub: str) -> None:
    here = tablet()
    here.round()
    owner_does(
        hub,
        """INSERT INTO kiosk.event (centre, position, device, seq, id, time, kind, who, payload, prev_hash, hash, reason)
           SELECT id, head + n, %s, n, to_hex(n), '', 'loan.made', '', '{"loan": "' || repeat('y', 60000) || '"}', '', 'x', 'aside:loan'
           FROM kiosk.centre, generate_series(1, %s) AS n""",
        "f" * 32, FLOOD,
    )  # fmt: skip
    owner_does(hub, "UPDATE kiosk.centre SET head = head + %s", FLOOD)
    assert grows(here) < 40


@pytest.mark.long
def test_a_flood_that_is_told_takes_little_memory_on_another_tablet(tablet: Make, break_in: Break_in, hub: str) -> None:
    here, other = tablet(), tablet()
    settle(here, other)
    owner_does(hub, "UPDATE kiosk.hub SET bytes_a_day = 1000000000")
    there = break_in(other)
    for _ in range(FLOOD // 50):
        answer = there.push(*(there.line("loan.made", {"loan": "x", "more": "y" * 60_000}) for _ in range(50)))
        assert {tuple(verdict[1:]) for verdict in answer["verdicts"]} == {("rejected", "aside:payload")}
    assert grows(here) < 40


def test_what_can_never_be_shown_is_tried_in_turns(
    tablet: Make, break_in: Break_in, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, other = tablet(), tablet()
    settle(here, other)
    monkeypatch.setattr(projection, "TRIED", 20)
    there, tried = break_in(other), []
    ticket = {"item": "nowhere", "language": "fi", "provisional": False, "deadline": "2026-11-24T12:05:00.000000Z"}
    lines = [there.line("ticket.reserved", ticket | {"ticket": f"t{number:03d}"}, "visitor") for number in range(150)]
    there.push(*lines)
    settle(here, other)
    assert look(here.store).unfolded == 150
    real = projection.Projector._one

    def counted(self: Any, thing: str, rule: Any, subject: str, attachments: Any) -> Any:
        tried.append(subject)
        return real(self, thing, rule, subject, attachments)

    monkeypatch.setattr(projection.Projector, "_one", counted)
    seen: set[str] = set()
    for _ in range(10):
        chair_of(other)
        other.round()
        tried.clear()
        here.round()
        assert len(tried) <= 2 * 21
        seen |= set(tried)
    assert {f"t{number:03d}" for number in range(150)} <= seen
    goes_on(here, other)


def test_the_owner_sets_the_limits(hub: str, tablet: Make) -> None:
    def kiosk(*words: str) -> str:
        done = CliRunner().invoke(cli, ["hub", *words], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    assert "lines a day                 50,000" in kiosk("limits", hub)
    assert "bytes a day              5,000,000" in kiosk("limits", hub, "--lines", "7", "--megabytes", "5")
    assert owner_does(hub, "SELECT lines_a_day, bytes_a_day FROM kiosk.hub") == [(7, 5_000_000)]
    said = kiosk("init", hub)
    assert "REVOKE EXECUTE ON FUNCTION lo_create" in said
    assert "TEMPORARY" not in said
