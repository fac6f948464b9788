"""A hub of an earlier version that has hostile data works again after it is brought up to date."""

from __future__ import annotations

import psycopg
import pytest

from kiosk.hub import admin, migrations
from kiosk.hub.enrolment import join
from kiosk.hub.invitation import invite_text
from tests.hub.conftest import settle
from tests.hub.hostile_tablet.attacker import chair
from tests.hub.hostile_tablet.world import KEEPER, BreakIn, Make, goes_on
from tests.hub.server import Server
from tests.hub.test_in_step import chair as chair_of
from tests.hub.test_in_step import reserve, state


@pytest.mark.parametrize("version", [number for number, _statements in migrations.steps()][:-1])
def test_a_hub_of_before_with_hostile_data_works_again(
    server: Server, tablet: Make, break_in: BreakIn, version: int
) -> None:
    name = f"before{version}"
    with psycopg.connect(server.url(), autocommit=True) as db:
        db.execute(f'CREATE DATABASE "{name}" OWNER {KEEPER}'.encode())
    url = server.url(name).replace("owner@", f"{KEEPER}:{KEEPER}@")
    tablets = [tablet(joined=False) for _ in range(3)]
    with admin.owner(url) as db:
        migrations.init(db, until=version)
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
        assert migrations.init(db) == (version, migrations.latest())
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
