"""The proof: tablets, a real hub and a line that fails, driven by chance; after quiet all agree and nothing is lost."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kiosk.data import new_id, store
from kiosk.errors import ItemWithdrawn, KioskError
from kiosk.hub import admin, migrations, pull
from kiosk.hub.connection import HubConnection
from kiosk.hub.enrolment import join
from kiosk.hub.errors import HubAway
from kiosk.hub.invitation import invite_text, save, saved
from kiosk.journal.entries import verify_chain
from tests.hub.conftest import NOW, Tablet
from tests.hub.invariants import check, hub_says, ids
from tests.hub.proxy import FAULTS, Proxy
from tests.hub.server import Server

TABLETS, MOST_TABLETS = 3, 5
_numbers = itertools.count()
which = st.integers(0, MOST_TABLETS - 1)
pick = st.integers(0, 1000)


class PowerCut(Exception):
    """The tablet's power goes in the middle of a page."""


class Line(RuleBasedStateMachine):
    """Three tablets, up to two copies of them, one hub. Every rule is something that happens in a lobby."""

    server: Server
    template: str

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kiosk-faults-"))
        self.name = f"faults{next(_numbers)}"
        self.url = self.server.new_database(self.name, self.template)
        self.proxy = Proxy(self.server.folder / f".s.PGSQL.{self.server.port}")
        self.tablets: list[Tablet] = []
        self.backups: dict[int, Path] = {}
        self.kept = False
        self.erased: set[str] = set()
        for number in range(TABLETS):
            one = Tablet(self.folder / f"tablet{number}")
            with admin.owner(self.url) as db:
                access = admin.invite(db, centre="Lumijoki", name=f"Tablet {number}")
            join(one.store, invite_text(access))
            save(replace(saved(one.folder), host="127.0.0.1", port=self.proxy.port), one.folder)
            self.tablets.append(one)

    def at(self, number: int) -> Tablet:
        return self.tablets[number % len(self.tablets)]

    def choose(self, tablet: Tablet, table: str, where: str, number: int) -> str | None:
        rows = tablet.store.db.execute_sql(f"SELECT id FROM {table} WHERE {where} ORDER BY id").fetchall()
        return rows[number % len(rows)][0] if rows else None

    # what people do

    @rule(t=which, quantity=st.integers(1, 2))
    def take_in(self, t: int, quantity: int) -> None:
        one = self.at(t)
        one.services.goods.add(
            now=one.now(), who="shell", category="furniture", thing="dining_chair", quantity=quantity
        )

    @rule(t=which, n=pick)
    def reserve(self, t: int, n: int) -> None:
        one = self.at(t)
        if item := self.choose(one, "item", "state = 'available'", n):
            with suppress(KioskError):
                one.services.tickets.reserve(item_id=item, language="fi", now=one.now(), held=[])

    @rule(t=which, n=pick)
    def hand_over(self, t: int, n: int) -> None:
        one = self.at(t)
        if ticket := self.choose(one, "ticket", "state = 'reserved'", n):
            code = one.services.tickets.by_id(ticket).code
            with suppress(KioskError):
                one.services.tickets.hand_over(code=code, now=one.now(), who="shell")

    @rule(t=which, n=pick)
    def undo_hand_over(self, t: int, n: int) -> None:
        one = self.at(t)
        if ticket := self.choose(one, "ticket", "state = 'collected'", n):
            code = one.services.tickets.by_id(ticket).code
            with suppress(ItemWithdrawn):  # it is told that the thing is no longer here
                one.services.tickets.undo_hand_over(code=code, now=one.now(), who="shell")

    @rule(t=which, n=pick)
    def give(self, t: int, n: int) -> None:
        one = self.at(t)
        if item := self.choose(one, "item", "state = 'available'", n):
            one.services.tickets.give(item_id=item, language="fi", now=one.now(), who="shell")

    @rule(t=which, n=pick)
    def cancel_or_settle(self, t: int, n: int) -> None:
        one = self.at(t)
        if ticket := self.choose(one, "ticket", "state IN ('reserved', 'conflicted')", n):
            with suppress(KioskError):
                one.services.tickets.cancel(code=one.services.tickets.by_id(ticket).code, now=one.now())

    @rule(t=which, n=pick)
    def withdraw(self, t: int, n: int) -> None:
        one = self.at(t)
        if item := self.choose(one, "item", "state != 'withdrawn'", n):
            one.services.shelf.withdraw(item_id=item, reason="broken", now=one.now(), who="shell")

    @rule(t=which, adults=st.integers(1, 4), children=st.integers(0, 3))
    def check_in(self, t: int, adults: int, children: int) -> None:
        one = self.at(t)
        session = one.services.gatherings.sessions_now(NOW)[0].id
        one.services.attendance.check_in(
            visit_id=new_id(one.now()),
            session_id=session,
            language="fi",
            now=one.now(),
            adults=adults,
            children=children,
        )

    @rule(t=which, n=pick)
    def undo_check_in(self, t: int, n: int) -> None:
        one = self.at(t)
        if visit := self.choose(one, "visit", "undone = 0", n):
            one.services.attendance.undo(visit_id=visit, now=one.now())

    @rule(t=which)
    def ask_for_help(self, t: int) -> None:
        one = self.at(t)
        one.services.help.sign_up(
            request_id=new_id(one.now()), service="friend", language="fi", details={"name": "Marker"}, now=one.now(),
            notice_version="1",
        )  # fmt: skip

    @rule(t=which, n=pick)
    def erase(self, t: int, n: int) -> None:
        one = self.at(t)
        if request := self.choose(one, "request", "erased = 0", n):
            one.services.help.erase(code=one.services.help.by_id(request).code, now=one.now(), who="shell")

    @rule(t=which, minutes=st.integers(1, 200))
    def time_passes(self, t: int, minutes: int) -> None:
        self.at(t).moment += timedelta(minutes=minutes)

    @rule(t=which)
    def tickets_run_out(self, t: int) -> None:
        one = self.at(t)
        one.services.tickets.expire_due(one.now())

    # what happens to them

    @rule(t=which)
    def speak(self, t: int) -> None:
        with suppress(HubAway):
            self.at(t).round()
            return
        self.at(t).sync.hang_up()

    @rule(t=which, fault=st.sampled_from(FAULTS[:3]), after=st.integers(0, 16))
    def speak_on_a_bad_line(self, t: int, fault: str, after: int) -> None:
        self.proxy.arm(fault, after)
        self.speak(t)
        self.proxy.disarm()

    @rule()
    def what_was_held_back_arrives(self) -> None:
        self.proxy.release()

    @rule()
    def part(self) -> None:
        self.proxy.part() if self.proxy.open else self.proxy.heal()

    @rule(t=which, years=st.sampled_from((-1, 0, 1)))
    def set_the_clock(self, t: int, years: int) -> None:
        self.at(t).wrong = timedelta(days=365 * years)

    @rule(t=which, late=st.booleans())
    def pull_the_plug(self, t: int, late: bool) -> None:
        """The power goes while a page is written: just before it is on the disk, or just after."""
        one, real = self.at(t), pull.set_cursor

        def cut(*values: Any) -> None:
            if late:
                real(*values)
            raise PowerCut

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pull, "set_cursor", cut)
            with suppress(PowerCut, HubAway):
                one.round()
        one.close()
        one.open()

    @precondition(lambda self: len(self.tablets) < MOST_TABLETS)
    @rule(t=which)
    def copy(self, t: int) -> None:
        one, target = self.at(t), self.folder / f"copy{len(self.tablets)}"
        one.close()
        shutil.copytree(one.folder, target)
        one.open()
        copy = Tablet(target)
        copy.moment = one.moment + timedelta(milliseconds=1)
        self.tablets.append(copy)

    @rule(t=which)
    def back_up(self, t: int) -> None:
        number = t % len(self.tablets)
        one, target = self.tablets[number], self.folder / f"backup{number}"
        one.close()
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(one.folder, target)
        one.open()
        self.backups[number] = target

    @rule(t=which)
    def restore(self, t: int) -> None:
        number = t % len(self.tablets)
        if number in self.backups:
            one = self.tablets[number]
            one.close()
            shutil.rmtree(one.folder)
            shutil.copytree(self.backups[number], one.folder)
            one.open()

    @rule()
    def back_up_the_hub(self) -> None:
        self._hang_up()
        self.server.copy(self.name, f"{self.name}kept")
        self.kept = True

    @precondition(lambda self: self.kept)
    @rule()
    def restore_the_hub(self) -> None:
        self._hang_up()
        self.server.copy(f"{self.name}kept", self.name)

    def _hang_up(self) -> None:
        for one in self.tablets:
            one.sync.hang_up()
        self.proxy.cut()

    # what must hold

    @invariant()
    def every_chain_holds(self) -> None:
        for one in getattr(self, "tablets", ()):
            verify_chain(one.store.db)

    def teardown(self) -> None:
        if not hasattr(self, "tablets"):
            return
        try:
            self._check()
        finally:
            for one in self.tablets:
                one.close()
            self.proxy.stop()
            shutil.rmtree(self.folder, ignore_errors=True)
            with psycopg.connect(self.server.url(), autocommit=True) as db:
                for name in (self.name, f"{self.name}kept"):
                    db.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())

    def _check(self) -> None:
        self._hang_up()
        self.proxy.heal()
        self.proxy.release()
        known = set().union(*(ids(one.store) for one in self.tablets), hub_says(self.url, "SELECT id FROM kiosk.event"))
        self._settle()
        check([one.store for one in self.tablets], self.url, "Lumijoki", known)

    def _settle(self) -> None:
        for _ in range(30):
            before = [(one.store.get_meta("hub_cursor"), one.store.device) for one in self.tablets]
            for one in self.tablets:
                self._round(one)
            if before == [(one.store.get_meta("hub_cursor"), one.store.device) for one in self.tablets]:
                return
        raise AssertionError("they never come to rest")

    def _round(self, one: Tablet) -> None:
        """Let a tablet speak on a line that is sound; a busy machine may still be too slow for it, and then it tries
        again, as it does in the lobby."""
        for _ in range(5):
            with suppress(HubAway):
                one.round()
                return
            one.sync.hang_up()
        one.round()


@pytest.fixture
def template(server: Server) -> str:
    url = server.new_database("template_hub")
    with admin.owner(url) as db:
        migrations.init(db)
        db.execute("INSERT INTO kiosk.centre (name) VALUES ('Lumijoki')")
    return "template_hub"


def _run(server: Server, template: str, monkeypatch: pytest.MonkeyPatch, examples: int, steps: int) -> None:
    # What a pulled plug does to a disk is shown elsewhere; here it would only take time.
    monkeypatch.setitem(store.PRAGMAS, "synchronous", 0)
    machine = type("Machine", (Line,), {"server": server, "template": template})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), print_blob=False, phases=(Phase.generate,),
        ),
    )  # fmt: skip


def test_whatever_happens_they_agree(server: Server, template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _run(server, template, monkeypatch, examples=4, steps=40)


@pytest.mark.long
def test_whatever_happens_they_agree_for_longer(server: Server, template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _run(server, template, monkeypatch, examples=300, steps=60)


def test_a_hub_that_says_nothing_is_given_up(
    server: Server, tablet: Callable[..., Tablet], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = tablet()
    proxy = Proxy(server.folder / f".s.PGSQL.{server.port}")
    try:
        access = replace(saved(one.folder), host="127.0.0.1", port=proxy.port)
        link = HubConnection(access, one.folder, answer=0.3)
        assert link.value("SELECT 1") == 1
        proxy.arm("black_hole", 0)
        with pytest.raises(HubAway):
            link.value("SELECT 2")
        proxy.part()
        with pytest.raises(HubAway):
            HubConnection(access, one.folder)
    finally:
        proxy.stop()
