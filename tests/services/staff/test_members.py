"""The staff door: PINs, badges, waits that a power cut or a changed clock does not shorten, roles."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import argon2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import (
    BadgeNeedsPin,
    BadPin,
    CommonPin,
    CoordinatorExists,
    DoorShut,
    LastCoordinator,
    NameTaken,
    UnknownBadge,
    UnknownMember,
    WrongPin,
    WrongRole,
)
from kiosk.journal.entries import verify_chain
from kiosk.privacy.sealing import WrongPassphrase
from kiosk.services import Services
from kiosk.services.rights import RIGHTS, ROLES
from kiosk.services.staff.keys import new_key
from kiosk.services.staff.members import StaffService, check_pin
from kiosk.services.staff.pin_throttle import PinThrottle, wait_after
from tests.services.conftest import NOW
from tests.world import PIN, WRONG_PIN


@pytest.fixture(autouse=True)
def fast_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same argon2id at a cost that suits a test."""
    monkeypatch.setattr(
        "kiosk.services.staff.members.HASHER", argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    )


class Ticks:
    """Seconds since the machine was switched on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def staff(services: Services, ticks: Ticks) -> StaffService:
    return StaffService(services.store, services.settings, ticks)


def add(staff: StaffService, name: str = "Anna", role: str = "coordinator") -> Any:
    return staff.add(name=name, role=role, pin=PIN, now=NOW, who="shell")


def wrong(staff: StaffService, member: Any, times: int) -> list[type[Exception]]:
    """Try a wrong PIN so often; returns what came of it."""
    outcomes: list[type[Exception]] = []
    for _ in range(times):
        with pytest.raises((WrongPin, DoorShut)) as raised:
            staff.enter(member_id=member.id, pin=WRONG_PIN, now=NOW)
        outcomes.append(raised.type)
    return outcomes


def test_the_first_coordinator_and_no_second_first(staff: StaffService) -> None:
    assert staff.needs_first
    member = staff.add_first(name="  Anna ", pin=PIN, now=NOW)
    assert (member.name, member.role, member.language, member.has_badge) == ("Anna", "coordinator", "fi", False)
    assert not staff.needs_first
    with pytest.raises(CoordinatorExists):
        staff.add_first(name="Eve", pin=PIN, now=NOW)
    with pytest.raises(NameTaken):
        add(staff, "anna")


def test_a_pin_opens_the_door_and_is_nowhere_on_the_disk(services: Services, staff: StaffService) -> None:
    member = add(staff)
    assert staff.enter(member_id=member.id, pin=PIN, now=NOW) == member
    services.store.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    stored = b"".join(path.read_bytes() for path in services.store.folder.rglob("*") if path.is_file())
    assert PIN.encode() not in stored
    assert verify_chain(services.store.db) == 3  # with the gathering


@pytest.mark.parametrize(
    "pin",
    ["000000", "123456", "654321", "246802", "112233", "121212", "123123", "123321", "147258", "251299", "991225",
     "122599", "010101", "900909", "199007"],
)  # fmt: skip
def test_pins_that_people_choose_are_refused(pin: str) -> None:
    with pytest.raises(CommonPin):
        check_pin(pin)


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12a456", "１２３４５６", " 73916", "73916\n"])
def test_a_pin_has_six_digits(pin: str) -> None:
    with pytest.raises(BadPin):
        check_pin(pin)


@given(st.integers(0, 999_999))
def test_most_pins_may_be_used(number: int) -> None:
    pin = f"{number:06d}"
    try:
        assert check_pin(pin) == pin
    except CommonPin:
        assert len(set(pin)) < 6 or pin  # told, never another error


def test_at_least_four_in_five_pins_are_left() -> None:
    refused = 0
    for number in range(0, 1_000_000, 97):
        try:
            check_pin(f"{number:06d}")
        except CommonPin:
            refused += 1
    assert refused / (1_000_000 / 97) < 0.2


def test_waits_grow(staff: StaffService, ticks: Ticks) -> None:
    member = add(staff)
    assert wrong(staff, member, 2) == [WrongPin, WrongPin]
    waits = []
    for _ in range(9):
        [outcome] = wrong(staff, member, 1)
        assert outcome is DoorShut
        waits.append(round(staff.wait(member.id)))
        assert wrong(staff, member, 3) == [DoorShut] * 3  # not even looked at
        ticks.now += waits[-1] + 1
    assert waits == [30, 30, 120, 120, 600, 600, 600, 3600, 3600]
    assert [wait_after(failures) for failures in (0, 2, 3, 5, 7, 10, 99)] == [0, 0, 30, 120, 600, 3600, 3600]


def test_the_right_pin_does_not_open_while_a_wait_runs(staff: StaffService, ticks: Ticks) -> None:
    member = add(staff)
    wrong(staff, member, 3)
    with pytest.raises(DoorShut):
        staff.enter(member_id=member.id, pin=PIN, now=NOW)
    ticks.now += 31
    assert staff.enter(member_id=member.id, pin=PIN, now=NOW) == member
    assert staff.wait(member.id) == 0
    assert wrong(staff, member, 2) == [WrongPin, WrongPin]  # counted from the start again


def test_a_restart_and_a_changed_clock_shorten_nothing(services: Services, staff: StaffService, ticks: Ticks) -> None:
    member = add(staff)
    wrong(staff, member, 3)
    ticks.now += 12
    staff.note_waits(NOW)
    after_power_cut = Ticks()
    after_power_cut.now = 2.0  # the machine has just been switched on
    again = StaffService(services.store, services.settings, after_power_cut)
    assert round(again.wait(member.id)) == 18
    with pytest.raises(DoorShut):
        again.enter(member_id=member.id, pin=PIN, now=NOW + timedelta(days=400))
    with pytest.raises(DoorShut):
        again.enter(member_id=member.id, pin=PIN, now=NOW - timedelta(days=400))


def test_one_person_guessing_at_others_is_no_faster(staff: StaffService, ticks: Ticks) -> None:
    people = [add(staff, f"Person {number}", "coordinator") for number in range(4)]
    for person in people[:3]:
        wrong(staff, person, 1)
    assert wrong(staff, people[3], 1) == [DoorShut]
    ticks.now += 31
    staff.enter(member_id=people[3].id, pin=PIN, now=NOW)  # somebody's own PIN …
    wrong(staff, people[0], 1)
    wrong(staff, people[0], 1)
    assert staff.wait(people[0].id) > 0  # … does not win new guesses at another's


@pytest.mark.parametrize("seed", [1, *[pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 40)]])
def test_brute_force_gets_less_than_a_hundred_guesses_a_day(services: Services, ticks: Ticks, seed: int) -> None:
    """A day and a night at full speed: at anybody, with the plug pulled whenever it pleases, the clock set to any year,
    and while the staff come and go all the time. It is fewer than a hundred, however many people there are."""
    chance, staff, day = random.Random(seed), StaffService(services.store, services.settings, ticks), 24 * 3600.0
    people = [add(staff, f"Person {number}", "helper") for number in range(chance.randrange(1, 9))]
    owner = add(staff)
    badge = staff.new_badge(member_id=owner.id, now=NOW, who="shell")
    passed, comes, noted = 0.0, 0.0, 0.0
    while passed < day:
        now = NOW + timedelta(days=chance.choice((-4000, 0, 0, 0, 4000)))
        if passed >= comes and not staff.wait(owner.id):
            who = owner if chance.random() < 0.05 else chance.choice(people)
            if not staff.wait(who.id):
                staff.enter(member_id=who.id, pin=PIN, now=now)
                comes = passed + 300
        try:
            staff.enter(member_id=chance.choice([*people, owner]).id, pin=WRONG_PIN, now=now)
        except WrongPin:
            step = 1.0
        except DoorShut:
            step = chance.choice((1.0, 5.0, min(staff.wait(person.id) for person in people)))
        if chance.random() < 0.1:
            if chance.random() < 0.5:
                staff.note_waits(now)
            ticks, step = Ticks(), step + 20
            ticks.now = chance.uniform(1, 30)  # the machine has just been switched on
            staff = StaffService(services.store, services.settings, ticks)
        elif passed >= noted:
            staff.note_waits(now)
            noted = passed + 30
        if chance.random() < 0.1:  # a photograph of a badge is shown again and again
            with pytest.raises(BadgeNeedsPin):
                staff.enter_by_badge(code=badge, now=now)
        step = max(step, 0.5)
        ticks.now += step
        passed += step
    tried = services.store.db.execute_sql("SELECT count(*) FROM journal WHERE kind = 'staff.refused'").fetchone()[0]
    assert 20 < tried < 100


def test_counting_comes_before_looking(
    services: Services, staff: StaffService, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = add(staff)

    class Unplugged(Exception):
        pass

    def pull(*_: object) -> None:
        raise Unplugged

    for _ in range(3):
        with monkeypatch.context() as patch:
            patch.setattr("argon2.PasswordHasher.verify", pull)
            with pytest.raises(Unplugged):
                staff.enter(member_id=member.id, pin=WRONG_PIN, now=NOW)
    assert PinThrottle(services.store).left(member.id) > 0


def test_badges(services: Services, staff: StaffService) -> None:
    member = add(staff, "Mykola", "staff")
    first = staff.new_badge(member_id=member.id, now=NOW, who="shell")
    assert staff.enter_by_badge(code=first, now=NOW).id == member.id
    second = staff.new_badge(member_id=member.id, now=NOW, who="shell")
    with pytest.raises(UnknownBadge):
        staff.enter_by_badge(code=first, now=NOW)
    wrong(staff, member, 5)
    assert staff.enter_by_badge(code=second, now=NOW).has_badge  # a wait does not keep a badge out
    staff.revoke_badge(member_id=member.id, now=NOW, who="shell")
    with pytest.raises(UnknownBadge):
        staff.enter_by_badge(code=second, now=NOW)
    stored = b"".join(path.read_bytes() for path in services.store.folder.rglob("*") if path.is_file())
    assert first.encode() not in stored
    assert second.encode() not in stored


def test_a_coordinators_badge_asks_for_the_pin_and_ends_the_waits(staff: StaffService) -> None:
    member = add(staff)
    badge = staff.new_badge(member_id=member.id, now=NOW, who="shell")
    wrong(staff, member, 5)
    assert staff.wait(member.id) > 0
    with pytest.raises(BadgeNeedsPin) as raised:
        staff.enter_by_badge(code=badge, now=NOW)
    assert raised.value.values["member"] == member.id
    assert staff.wait(member.id) == 0
    assert staff.enter(member_id=member.id, pin=PIN, now=NOW).id == member.id


def test_many_wrong_pins_of_one_keep_the_others_waiting_half_a_minute(staff: StaffService, ticks: Ticks) -> None:
    victim, other = add(staff), add(staff, "Helmi", "helper")
    for _ in range(10):
        wrong(staff, victim, 1)
        assert staff.wait(other.id) <= 30
        ticks.now += staff.wait(victim.id) + 1
    wrong(staff, victim, 1)
    ticks.now += 31
    assert staff.wait(victim.id) > 3000
    assert staff.enter(member_id=other.id, pin=PIN, now=NOW) == other


def test_the_passphrase_ends_every_wait_but_leaves_few_tries(
    services: Services, staff: StaffService, ticks: Ticks
) -> None:
    member = add(staff)
    coordinator, recovery = new_key("coordinator"), new_key("recovery")
    services.store.set_recipients([])
    services.keys.install(coordinator=coordinator, recovery=recovery, now=NOW, who="shell")
    people = [add(staff, f"Person {number}", "helper") for number in range(20)]
    for person in people * 2:
        ticks.now += 31
        wrong(staff, person, 1)
    for person in people[:3]:
        ticks.now += 121
        wrong(staff, person, 1)
    assert staff.wait(member.id) > 30  # the debt is full: the door is shut for all
    with pytest.raises(WrongPassphrase):
        services.keyring.end_waits(secret="not these five words here", now=NOW)
    assert staff.wait(member.id) > 30
    services.keyring.end_waits(secret=coordinator.secret, now=NOW)
    assert not services.keyring.is_open(NOW)
    assert staff.wait(member.id) == 0
    tried = 0
    while tried < 10 and staff.wait(member.id) < 100:
        ticks.now += staff.wait(member.id) + 1
        wrong(staff, member, 1)
        tried += 1
    assert tried <= 4
    services.keyring.end_waits(secret=recovery.secret, now=NOW)
    assert staff.enter(member_id=member.id, pin=PIN, now=NOW) == member


def test_who_is_removed_stays_out(staff: StaffService) -> None:
    coordinator, helper = add(staff), add(staff, "Helmi", "helper")
    badge = staff.new_badge(member_id=helper.id, now=NOW, who="shell")
    with pytest.raises(LastCoordinator):
        staff.revoke(member_id=coordinator.id, now=NOW, who="shell")
    staff.revoke(member_id=helper.id, now=NOW, who="shell")
    assert [member.name for member in staff.members()] == ["Anna"]
    attempts: list[tuple[type[Exception], Callable[[], object]]] = [
        (UnknownMember, lambda: staff.enter(member_id=helper.id, pin=PIN, now=NOW)),
        (UnknownBadge, lambda: staff.enter_by_badge(code=badge, now=NOW)),
    ]
    for error, attempt in attempts:
        with pytest.raises(error):
            attempt()
    assert add(staff, "Helmi", "helper").id != helper.id


def test_a_new_pin_replaces_the_old_and_ends_the_wait(staff: StaffService) -> None:
    member = add(staff)
    wrong(staff, member, 3)
    staff.set_pin(member_id=member.id, pin=WRONG_PIN, now=NOW, who="shell")
    assert staff.enter(member_id=member.id, pin=WRONG_PIN, now=NOW) == member


def test_each_role_has_the_rights_of_those_before(staff: StaffService) -> None:
    members = [add(staff, role, role) for role in ROLES]
    rights = [{right for right in RIGHTS if member.may(right)} for member in members]
    assert rights[0] < rights[1] < rights[2] == set(RIGHTS)
    assert rights[0] == {"hand_over", "tally", "print"}
    with pytest.raises(WrongRole):
        members[0].need("goods")
