"""A stolen tablet: its disk and its hub credentials are in other hands. What it can do, and how it is sent away."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from kiosk.cli.main import cli
from kiosk.data import new_id
from kiosk.errors import WrongRole
from kiosk.hub import admin, migrations
from kiosk.hub import settings as shared
from kiosk.hub.connection import HubConnection
from kiosk.hub.enrolment import join
from kiosk.hub.errors import HubAway, HubRefuses, SeveralTablets, UnknownTablet
from kiosk.hub.invitation import invite_text, saved
from kiosk.services.staff.other_tablets import NothingHeld
from tests.hub.conftest import KEYS, NOW, Tablet, settle
from tests.hub.server import Server

Make = Callable[..., Tablet]


def asked(tablet: Tablet, count: int) -> list[str]:
    """Let people ask for help on a tablet; returns the ids."""
    ids = [new_id(tablet.now()) for _ in range(count)]
    for number, request in enumerate(ids):
        tablet.services.help.sign_up(
            request_id=request,
            service="friend",
            language="fi",
            details={"name": f"Marker {number}"},
            now=tablet.now(),
            notice_version="1",
        )
    return ids


def erase_all(tablet: Tablet, ids: list[str]) -> None:
    for request in ids:
        tablet.services.help.erase(code=tablet.services.help.by_id(request).code, now=tablet.now(), who="shell")


def alive(tablet: Tablet) -> int:
    [(count,)] = tablet.store.db.execute_sql("SELECT count(*) FROM request WHERE NOT erased").fetchall()
    return int(count)


def boxes(hub: str) -> int:
    with admin.owner(hub) as db:
        [count] = db.execute("SELECT count(DISTINCT subject) FROM kiosk.parcel WHERE part LIKE 'box:%'").fetchone() or (
            0,
        )
    return int(count)


@pytest.fixture
def small_owner(server: Server, hub: str) -> Iterator[str]:
    """The address of a hub whose owner has CREATEROLE and nothing else."""
    name = hub.partition("?")[0].rpartition("/")[2] + "_small"
    with psycopg.connect(server.url(), autocommit=True) as db:
        db.execute("DROP ROLE IF EXISTS small")
        db.execute("CREATE ROLE small LOGIN CREATEROLE PASSWORD 'small'")
        for role in (migrations.TABLETS, migrations.REGIONS):
            db.execute(f"GRANT {role} TO small WITH ADMIN OPTION".encode())
        db.execute(f"CREATE DATABASE {name} OWNER small".encode())
    url = f"postgresql://small:small@127.0.0.1:{server.port}/{name}"
    with admin.owner(url) as db:
        migrations.init(db)
    yield url
    with psycopg.connect(server.url(), autocommit=True) as db:
        db.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_an_owner_with_createrole_sends_a_connected_tablet_away(small_owner: str, tmp_path: Path) -> None:
    one = Tablet(tmp_path / "one")
    with admin.owner(small_owner) as db:
        join(one.store, invite_text(admin.invite(db, centre="Lumijoki", name="Lobby")))
    with closing(HubConnection(saved(one.folder), one.folder)) as link:
        assert link.value("SELECT count(*) FROM kiosk.event") == 0
        run = CliRunner().invoke(cli, ["hub", "revoke", small_owner, "Lumijoki/Lobby"])
        assert run.exit_code == 0, run.output
        with pytest.raises((HubAway, HubRefuses)):
            link.value("SELECT kiosk.hello('x', 0, '')")
    with pytest.raises(HubRefuses):
        HubConnection(saved(one.folder), one.folder)
    one.close()


def test_a_connection_that_stays_can_do_nothing(tablet: Make, hub: str) -> None:
    """Where sessions cannot be ended, the tablet is revoked all the same."""
    one, other = tablet(), tablet()
    asked(other, 2)
    settle(one, other)
    with closing(HubConnection(saved(one.folder), one.folder)) as link:
        with admin.owner(hub) as db:
            db.execute("UPDATE kiosk.tablet SET revoked = now() WHERE name = 'Tablet 1'")
        assert link.rows("SELECT * FROM kiosk.event") == link.rows("SELECT * FROM kiosk.parcel") == []
        for call in (
            "kiosk.hello('x', 0, '')",
            "kiosk.head()",
            "kiosk.held_changes()",
            "kiosk.centre_tablets()",
            "kiosk.revoke_tablet(2)",
            "kiosk.settle_held('{1}', true)",
            "kiosk.push('a', '', '{}', '{}', '[]')",
            "kiosk.push('a', '', '{}', '{}', '[]', true)",
            "kiosk.join_in('x')",
        ):
            with pytest.raises(HubRefuses):
                link.rows(f"SELECT {call}")


def test_revoking_never_hits_another_centre_s_tablet(invite: Callable[..., str], hub: str) -> None:
    for centre in ("Lumijoki", "Liminka", "Lumijoki"):
        invite(centre, "Lobby")
    with admin.owner(hub) as db:
        with pytest.raises(UnknownTablet):
            admin.revoke(db, which="Lobby")
        with pytest.raises(SeveralTablets) as several:
            admin.revoke(db, which="Lumijoki/Lobby")
        assert admin.revoke(db, which="Liminka/Lobby").closed
        assert [(view.centre, view.revoked is None) for view in admin.tablets(db)] == [
            ("Liminka", False),
            ("Lumijoki", True),
            ("Lumijoki", True),
        ]
        role = str(several.value.values["roles"]).split(", ")[0]
        assert admin.revoke(db, which=role).role == role


def test_region_readers_run_out_and_are_revoked(tablet: Make, hub: str) -> None:
    tablet("Lumijoki")
    with admin.owner(hub) as db:
        db.execute("UPDATE kiosk.centre SET region = 'north'")
        made = [admin.region_reader(db, region="north", days=30) for _ in range(2)]
        where = {"host": db.info.host, "port": db.info.port, "dbname": db.info.dbname}
        [limit] = db.execute("SELECT rolvaliduntil FROM pg_roles WHERE rolname = %s", (made[0][0],)).fetchone() or (
            None,
        )
        assert limit is not None
        count = "SELECT count(*) FROM kiosk.counts"
        readers = [psycopg.connect(**where, user=role, password=word, autocommit=True) for role, word in made]
        assert [reader.execute(count).fetchone() for reader in readers] == [(1,), (1,)]
        db.execute("UPDATE kiosk.region_reader SET until = now() WHERE role = %s", (made[0][0],))
        assert readers[0].execute(count).fetchone() == (0,)  # connected, and over
        admin.revoke(db, which=made[1][0])
        with pytest.raises(psycopg.OperationalError):
            readers[1].execute(count)
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(**where, user=made[1][0], password=made[1][1])
        said = CliRunner().invoke(cli, ["hub", "region", hub]).output
        assert said.count("revoked") == 1
        readers[0].close()


def test_one_tablet_deletes_ten_requests_of_others_a_day_and_no_more(tablet: Make, hub: str) -> None:
    """With hub.json alone: every request of the centre was erased on the other tablets and at the hub."""
    stolen, other = tablet(), tablet()
    own, ids = asked(stolen, 3), asked(other, 30)
    settle(stolen, other)
    erase_all(stolen, ids + own)
    settle(stolen, other)
    assert (alive(stolen), alive(other)) == (0, 20)
    assert boxes(hub) == 20
    assert other.services.help.by_id(ids[10]).status == "new"
    with admin.owner(hub) as db:
        assert db.execute("SELECT count(*) FROM kiosk.event WHERE reason = 'held'").fetchone() == (20,)
        assert db.execute("SELECT count(*) FROM kiosk.tombstone").fetchone() == (13,)
    run = CliRunner().invoke(cli, ["hub", "changes", hub, "15"])
    assert run.exit_code == 0
    more = asked(other, 10)
    settle(stolen, other)
    erase_all(stolen, more)
    settle(stolen, other)
    assert alive(other) == 25


def test_a_made_up_beginning_makes_a_request_nobody_s_own(tablet: Make, hub: str) -> None:
    stolen, other = tablet(), tablet()
    ids = asked(other, 12)
    settle(stolen, other)
    with stolen.store.write(NOW) as journal:  # says it made them itself, long ago
        for request in ids:
            said = {"request": request, "service": "friend", "notice": "1", "day": "2026-11-24", "envelopes": {}}
            journal.append("request.made", "visitor", said)
    erase_all(stolen, ids)
    settle(stolen, other)
    assert alive(other) == 2


def test_a_tablet_alone_in_its_centre_deletes_what_it_likes(tablet: Make, hub: str) -> None:
    one = tablet()
    ids = asked(one, 20)
    settle(one)
    erase_all(one, ids)
    settle(one)
    assert boxes(hub) == 0


def test_settings_are_counted_by_their_number(tablet: Make, hub: str) -> None:
    stolen, other = tablet(), tablet()
    change = stolen.services.preferences.change
    for number in range(9):
        change(changes={"tickets.limit": number + 1}, now=stolen.now(), who="shell")
    settle(stolen, other)
    assert shared.due(other.store)[0] == {"tickets.limit": 9}
    change(changes={"centre.name": "Hacked", "wishes.hold_hours": 1}, now=stolen.now(), who="shell")
    settle(stolen, other)
    assert shared.due(other.store)[0] == {"tickets.limit": 9}
    change(changes={"wishes.hold_hours": 2}, now=stolen.now(), who="shell")
    settle(stolen, other)
    assert shared.due(other.store)[0] == {"tickets.limit": 9, "wishes.hold_hours": 2}


def test_a_coordinator_on_another_tablet_agrees_or_refuses(tablet: Make, hub: str) -> None:
    one, other = tablet(), tablet()
    ids = asked(other, 14)
    settle(one, other)
    erase_all(one, ids)
    settle(one, other)
    with closing(HubConnection(saved(one.folder), one.folder)) as link:
        assert link.rows("SELECT * FROM kiosk.held_changes()") == []  # its own it neither sees nor settles
        with admin.owner(hub) as db:
            positions = [pos for (pos,) in db.execute("SELECT position FROM kiosk.held ORDER BY 1").fetchall()]
        assert link.value("SELECT kiosk.settle_held(%s, true)", (positions,)) == 0
    with closing(HubConnection(saved(other.folder), other.folder)) as link:
        rows = link.rows("SELECT pos, number, kind, subject, payload FROM kiosk.held_changes()")
        assert [(number, kind, subject) for _pos, number, kind, subject, _payload in rows] == [
            (1, "request.erased", request) for request in ids[10:]
        ]
        assert json.loads(rows[0][4]) == {"request": ids[10]}
        assert link.value("SELECT kiosk.settle_held(%s, true)", ([rows[0][0]],)) == 1
        assert link.value("SELECT kiosk.settle_held(%s, false)", ([row[0] for row in rows[1:]],)) == 3
    erase_all(other, ids[10:11])
    settle(one, other)
    assert alive(other) == 3
    assert boxes(hub) == 3


def test_a_tablet_revokes_another_of_its_centre_one_a_day(tablet: Make, hub: str) -> None:
    one, two, three, far = tablet(), tablet(), tablet(), tablet("Liminka")
    settle(one, two, three, far)
    with closing(HubConnection(saved(one.folder), one.folder)) as link:
        found = link.rows("SELECT number, name, own FROM kiosk.centre_tablets()")
        assert found == [(1, "Tablet 1", True), (2, "Tablet 2", False), (3, "Tablet 3", False)]
        said = [link.value(f"SELECT kiosk.revoke_tablet({number})") for number in (4, 1, 2, 3)]
        assert said == ["unknown", "unknown", "ended", "limit"]
    two.sync.hang_up()
    with pytest.raises(HubRefuses):
        two.round()
    three.round()
    far.round()


def test_what_was_deleted_elsewhere_is_brought_back_for_three_days(tablet: Make) -> None:
    stolen, other = tablet(), tablet()
    ids = asked(other, 3)
    settle(stolen, other)
    sealed = other.store.db.execute_sql("SELECT box FROM envelope ORDER BY box").fetchall()
    erase_all(stolen, ids[:2])
    erase_all(other, ids[2:])
    settle(stolen, other)
    others = other.services.other_tablets
    [found] = others.deleted(other.now())
    assert (found.count, others.name_of(found.device)) == (2, "Tablet 1")
    assert stolen.services.other_tablets.deleted(stolen.now())[0].count == 1
    assert others.bring_back(device=found.device, now=other.now(), who="shell") == 2
    assert others.deleted(other.now()) == []
    back = other.services.help.list()
    assert len(back) == 2
    assert not {request.id for request in back} & set(ids)
    opened = other.services.help.open_these(
        request_ids=[request.id for request in back], private=KEYS.private, now=other.now(), who="shell"
    )
    assert {details["name"] for details in opened.values()} == {"Marker 0", "Marker 1"}
    settle(stolen, other)
    assert alive(stolen) == alive(other) == 2
    # Three days later nothing is left of what nobody brought back.
    gone = {bytes(box) for (box,) in sealed} - {
        bytes(box) for (box,) in other.store.db.execute_sql("SELECT box FROM envelope").fetchall()
    }
    assert len(gone) == 1
    stolen.services.backups.make_snapshot(stolen.now())
    stolen.services.help.erase_old(stolen.now() + timedelta(hours=71))
    assert stolen.services.other_tablets.deleted(stolen.now())
    stolen.services.help.erase_old(stolen.now() + timedelta(hours=73))
    assert not stolen.services.other_tablets.deleted(stolen.now())
    [box] = gone
    for path in stolen.folder.rglob("*"):
        assert not path.is_file() or box[-64:] not in path.read_bytes(), path


def test_the_coordinator_s_word_is_carried_out_here(tablet: Make, hub: str) -> None:
    one, other = tablet(), tablet()
    ids = asked(other, 14)
    settle(one, other)
    erase_all(one, ids)
    one.services.preferences.change(changes={"tickets.limit": 7}, now=one.now(), who="shell")
    settle(one, other)
    others = other.services.other_tablets
    assert [held.kind for held in others.held()] == ["request.erased"] * 4 + ["settings.changed"]
    with pytest.raises(WrongRole):
        others.settle(tablet=1, agree=True, tell=other.sync.settle, now=other.now(), who="visitor")
    assert others.settle(tablet=1, agree=True, tell=other.sync.settle, now=other.now(), who="shell") == 5
    assert others.held() == []
    with pytest.raises(NothingHeld):
        others.settle(tablet=1, agree=True, tell=other.sync.settle, now=other.now(), who="shell")
    settle(one, other)
    assert (alive(one), alive(other), boxes(hub)) == (0, 0, 0)
    assert other.services.preferences.values()["tickets.limit"] == 7
    assert list(shared.due(one.store)[0]) == ["tickets.limit"]


def test_what_is_refused_stays_as_it_was(tablet: Make, hub: str) -> None:
    one, other = tablet(), tablet()
    ids = asked(other, 14)
    settle(one, other)
    erase_all(one, ids)
    settle(one, other)
    others = other.services.other_tablets
    assert others.settle(tablet=1, agree=False, tell=other.sync.settle, now=other.now(), who="shell") == 4
    settle(one, other)
    assert (others.held(), alive(other), boxes(hub)) == ([], 4, 4)


def test_a_setting_from_elsewhere_says_from_which_tablet_and_is_undone(tablet: Make) -> None:
    one, other = tablet(), tablet()
    before = other.services.preferences.values()
    one.services.preferences.change(changes={"centre.name": "Hacked", "tickets.limit": 9}, now=one.now(), who="shell")
    settle(one, other)
    changes, entries = shared.due(other.store)
    other.services.preferences.take(changes)
    shared.taken(other.store, entries, before, other.now())
    others = other.services.other_tablets
    found = {one.key: one for one in others.taken()}
    assert set(found) == {"centre.name", "tickets.limit"}
    assert others.name_of(found["centre.name"].device) == "Tablet 1"
    settings = others.undo(entry=found["centre.name"].entry, key="centre.name", now=other.now(), who="shell")
    assert settings.centre.name == before["centre.name"]
    assert [one.key for one in others.taken()] == ["tickets.limit"]
    with pytest.raises(NothingHeld):
        others.undo(entry=found["centre.name"].entry, key="centre.name", now=other.now(), who="shell")
    settle(one, other)
    assert shared.due(one.store)[0] == {"centre.name": before["centre.name"]}


def test_each_tablet_deletes_by_the_clock_what_was_asked_on_it(tablet: Make, hub: str) -> None:
    """By day 90 the tablets do not spend what they may delete of each other's."""
    one, other = tablet(), tablet()
    for each in (one, other):
        each.moment -= timedelta(days=91)
        for request in asked(each, 12):
            each.services.help.set_status(request_id=request, status="done", now=each.now(), who="shell")
        each.moment = NOW
    settle(one, other)
    for each in (one, other):
        assert each.services.help.erase_old(each.now()) == 12
    settle(one, other)
    assert (alive(one), alive(other), boxes(hub)) == (0, 0, 0)
    with admin.owner(hub) as db:
        assert db.execute("SELECT count(*) FROM kiosk.event WHERE reason = 'held'").fetchone() == (0,)
