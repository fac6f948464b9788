"""Tablets and hubs of several versions side by side: each keeps working, and nothing a newer one says is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from peewee import BooleanField, IntegerField, Model, TextField

from kiosk.hub import admin, migrations
from kiosk.hub.connection import HubConnection
from kiosk.hub.enrolment import join
from kiosk.hub.errors import HubBusy, NewerHub
from kiosk.hub.invitation import invite_text, saved
from kiosk.hub.projection_rules import RULES
from kiosk.hub.standing import look
from tests.hub.conftest import Tablet, settle
from tests.hub.server import Server
from tests.hub.test_in_step import agree, chair, reserve, state

Make = Callable[..., Tablet]
VERSIONS = [number for number, _statements in migrations.steps()]


def old_hub(server: Server, version: int) -> str:
    url = server.new_database(f"old{version}")
    with admin.owner(url) as db:
        migrations.init(db, until=version)
    return url


def joined(url: str, tablet: Make, centre: str = "Lumijoki") -> Tablet:
    one = tablet(joined=False)
    with admin.owner(url) as db:
        join(one.store, invite_text(admin.invite(db, centre=centre, name=f"Tablet {one.folder.name}")))
    return one


def shape(url: str) -> list[tuple[Any, ...]]:
    """Return everything the schema of a hub is made of: columns, indexes, functions, views, rules, rights."""
    questions = (
        """SELECT 'column', table_name, column_name, data_type, is_nullable, coalesce(column_default, '')
           FROM information_schema.columns WHERE table_schema = 'kiosk'""",
        "SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'kiosk'",
        "SELECT 'function', proname, prosrc, prosecdef, proconfig, proacl::text FROM pg_proc WHERE pronamespace = 'kiosk'::regnamespace",
        "SELECT 'view', viewname, definition FROM pg_views WHERE schemaname = 'kiosk'",
        "SELECT 'rule', tablename, policyname, qual FROM pg_policies WHERE schemaname = 'kiosk'",
        "SELECT 'right', relname, relacl::text, relrowsecurity FROM pg_class WHERE relnamespace = 'kiosk'::regnamespace",
    )
    with admin.owner(url) as db:
        return sorted((row for question in questions for row in db.execute(question.encode()).fetchall()), key=repr)


@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_a_hub_of_every_earlier_version_is_brought_up_to_date_with_its_data(
    server: Server, hub: str, tablet: Make, version: int
) -> None:
    url = old_hub(server, version)
    one, other = joined(url, tablet), joined(url, tablet)
    code = reserve(one, item := chair(one))
    agree(one, other)  # today's tablets at yesterday's hub
    assert state(other, code) == "reserved"
    assert not other.services.tickets.by_code(code, other.now()).provisional
    with admin.owner(url) as db:
        assert migrations.init(db) == (version, VERSIONS[-1])
        assert migrations.init(db) == (VERSIONS[-1], VERSIONS[-1])
    assert shape(url) == shape(hub)
    other.services.tickets.hand_over(code=code, now=other.now(), who="shell")
    agree(one, other)
    assert one.services.goods.item(item).state == "given"


def test_the_hub_goes_up_while_tablets_work(server: Server, tablet: Make) -> None:
    url = old_hub(server, 1)
    tablets = [joined(url, tablet) for _ in range(2)]
    done, troubles, made = threading.Event(), [], [0, 0]

    def work(number: int) -> None:
        one = tablets[number]
        try:
            while not done.is_set() or made[number] < 3:
                reserve(one, chair(one))
                made[number] += 1
                one.round()
        except Exception as error:
            troubles.append(error)
        finally:
            one.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    with closing(HubConnection(saved(tablets[0].folder), tablets[0].folder)) as reader, admin.owner(url) as db:
        with reader.whole():
            reader.rows("SELECT count(*) FROM kiosk.event")  # and somebody reads for a long time
            assert migrations.init(db) == (1, VERSIONS[-1])
    done.set()
    for thread in threads:
        thread.join()
    assert troubles == []
    agree(*tablets)
    assert tablets[0].store.db.execute_sql("SELECT count(*) FROM ticket").fetchone() == (sum(made),)


#: A push has begun in the version before and waits for this one.
UNTIL_A_PUSH_WAITS = """
    DO $$ BEGIN
        FOR turn IN 1..100 LOOP
            EXIT WHEN EXISTS (SELECT FROM pg_locks WHERE NOT granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database()));
            PERFORM pg_sleep(0.02);
        END LOOP;
    END $$;"""


def test_a_push_that_waits_for_a_new_version_is_taken(
    server: Server, tablet: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = old_hub(server, 1)
    one = joined(url, tablet)
    slow = [(number, f"{statements}\n{UNTIL_A_PUSH_WAITS}") for number, statements in migrations.steps()]
    monkeypatch.setattr(migrations, "steps", lambda: slow)
    done, troubles, items = threading.Event(), [], []

    def work() -> None:
        try:
            while not done.is_set():
                items.append(chair(one))
                one.round()
        except Exception as error:
            troubles.append(error)

    pushes = threading.Thread(target=work)
    pushes.start()
    with admin.owner(url) as db:
        assert migrations.init(db) == (1, VERSIONS[-1])
    done.set()
    pushes.join()
    assert troubles == []
    other = joined(url, tablet)
    agree(one, other)
    assert [other.services.goods.item(item).state for item in items] == ["available"] * len(items)


def test_a_hub_that_is_held_stays_as_it_was(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    url = old_hub(server, 1)
    monkeypatch.setattr(migrations, "TRIES", 1)
    monkeypatch.setattr(migrations, "WAIT_SECONDS", 0.1)
    with admin.owner(url) as db, psycopg.connect(url) as holder:
        holder.execute("LOCK TABLE kiosk.hub, kiosk.device IN ACCESS SHARE MODE")
        with pytest.raises(HubBusy):
            migrations.init(db)
        assert migrations.version(db) == 1
        holder.rollback()
        assert migrations.init(db) == (1, VERSIONS[-1])


def test_a_hub_newer_than_the_tablet(hub: str, tablet: Make) -> None:
    one, other = tablet(), tablet()
    agree(one, other)
    with admin.owner(hub) as db:  # what later versions may do: more columns, more that is said, another number
        db.execute("ALTER TABLE kiosk.event ADD COLUMN more text; ALTER TABLE kiosk.tablet ADD COLUMN more int")
        db.execute("UPDATE kiosk.hub SET version = version + 3, least = %s", (VERSIONS[-1],))
    code = reserve(one, chair(one))
    agree(one, other)
    for each in (one, other):
        each.sync.hang_up()
    agree(one, other)
    assert state(other, code) == "reserved"
    with admin.owner(hub) as db:  # until it no longer speaks to programs of this age
        db.execute("UPDATE kiosk.hub SET least = version")
        with pytest.raises(NewerHub):
            migrations.init(db)
    one.sync.hang_up()
    with pytest.raises(NewerHub):
        one.round()
    chair(one)
    assert look(one.store).waiting > 0


def test_what_a_newer_tablet_says_is_kept_and_shown_after_the_update(
    tablet: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer, older = tablet(), tablet()

    class OldItem(Model):
        """The items of a program that did not know of numbers of the centre's own, nor of withdrawing."""

        id, label_code, thing, category, size, age_group = (TextField() for _ in range(6))
        condition, place, arrived_on, state = (TextField() for _ in range(4))
        quantity = IntegerField()
        given_on = TextField(null=True)
        # The database and the kinds here are today's, and want these.
        labelled, seen_at, merged_into = BooleanField(default=False), TextField(null=True), TextField(null=True)

        class Meta:
            table_name = "item"

    item = chair(newer, number="17")
    kept = chair(newer)
    code = reserve(newer, kept)
    newer.services.shelf.withdraw(item_id=item, reason="broken", now=newer.now(), who="shell")
    partner = newer.services.partners.add(name="4H", kind="association", now=newer.now(), who="shell").id
    with newer.store.write(newer.now()) as journal:
        ticket = newer.services.tickets.by_code(code, newer.now()).id
        journal.append_unchecked("ticket.praised", "t", {"ticket": ticket, "item": kept, "stars": 5})
        journal.append_unchecked("loan.made", "t", {"loan": "l", "item": kept, "until": "2027-01-01"})
        journal.append_unchecked("item.changed", "t", {"item": kept, "colour": "red", "size": {"wide": 3}})
    newer.round()
    with monkeypatch.context() as patch:  # the older program
        rule = RULES["item"]
        effects = {kind: effect for kind, effect in rule.effects.items() if kind != "item.withdrawn"}
        patch.setitem(RULES, "item", replace(rule, model=OldItem, effects=effects))
        patch.delitem(RULES, "partner")
        settle(newer, older)
        assert look(older.store).unfolded > 0
        assert older.services.goods.item(item).state == "available"
        assert older.store.db.execute_sql("SELECT count(*) FROM partner").fetchone() == (0,)
        mine = chair(older)  # and it works on
        given = older.services.tickets.give(item_id=mine, language="fi", now=older.now(), who="shell")
        settle(newer, older)
        assert state(newer, given.code) == "collected"
        older.sync.hang_up()
    settle(newer, older)  # the older one was updated
    assert older.services.goods.item(item).state == "withdrawn"
    assert older.services.partners.by_id(partner).name == "4H"
    rows = older.store.db.execute_sql("SELECT number FROM item WHERE id = ?", (item,)).fetchall()
    assert rows == [("17",)]
    kinds = older.store.db.execute_sql("SELECT kind FROM journal WHERE kind IN ('loan.made', 'ticket.praised')")
    assert len(kinds.fetchall()) == 2


def test_a_newer_tablets_words_stop_neither_the_hub_nor_an_older_tablet(tablet: Make) -> None:
    newer, older = tablet(), tablet()
    item, odd = chair(newer), chair(newer)
    code = reserve(newer, item)
    with newer.store.write(newer.now()) as journal:
        ticket = newer.services.tickets.by_code(code, newer.now()).id
        journal.append_unchecked("ticket.praised", "t", {"ticket": ticket, "item": item})
        journal.append_unchecked("ticket.lent", "t", {"ticket": "unheard", "item": odd, "provisional": "perhaps"})
        journal.append_unchecked("item.changed", "t", {"item": odd, "quantity": "a few"})
        journal.append_unchecked(
            "visit.checked_in", "t", {"visit": "v", "adults": "two", "session": "coffee:2026-11-24:1300"}
        )
    settle(newer, older)
    assert state(older, code) == "reserved"
    good = chair(newer)
    agree_on = reserve(newer, good)
    settle(newer, older)
    assert state(older, agree_on) == "reserved"
    assert look(newer.store).refused == 0
    assert look(newer.store).waiting == 0
