"""Who may do what: every call that changes something, with everybody who may ask, against one table."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import argon2
import pytest

from kiosk.errors import CoordinatorExists, KioskError, UnknownMember, WrongRole
from kiosk.journal import Store
from kiosk.services import _SERVICES, Services
from kiosk.services.rights import GIVEN, OTHERS, RIGHTS, ROLES, has_right, needs
from tests.services.conftest import NOW
from tests.world import PIN, WRONG_PIN

#: Which right each call takes: read by people, compared with what the services declare. "name=value" is a call with it.
TABLE = {
    "visitor": """
        attendance.amend attendance.check_in attendance.undo bell.ring calls.leave_number donations.announce donations.decide(state=cancelled)
        guidance.book guidance.move(state=left) guidance.take help.sign_up keyring.end_waits keyring.renew_pin print_queue.add seats.arrive seats.book
        seats.cancel staff.add_first staff.enter staff.enter_by_badge tickets.by_code tickets.cancel tickets.reserve
        volunteers.sign_in volunteers.sign_out wishes.by_code wishes.cancel wishes.leave""",
    "system": """
        appointments.settle calls.settle donations.forget_old first_start.reach keyring.unlock gatherings.apply help.erase_old pairs.settle preferences.take print_queue.again print_queue.recover
        print_queue.sent print_queue.take print_queue.unsure public_page.begin public_page.end public_page.keep_files reports.note_goals seats.settle staff.left staff.note_waits tickets.expire_due
        wishes.offer wishes.settle""",
    "hand_over": "bell.answer inventory.see tickets.give tickets.hand_over tickets.reactivate tickets.undo_hand_over",
    "tally": "attendance.check_in(way=tally)",
    "print": "inventory.labelled print_queue.add(kind=label) print_queue.retry print_queue.settle",
    "goods": """
        donations.announce(partner=GIVEN) donations.decide donations.give donations.take_in categories.add categories.change categories.move goods.add inventory.begin inventory.end reasons.add reasons.change shelf.edit shelf.merge shelf.put_back
        shelf.withdraw weights.weigh""",
    "sessions": "attendance.correct volunteers.correct volunteers.note_paper volunteers.register",
    "events": """
        calendar_files.bring_in programme.add programme.cancel programme.change programme.end programme.hold
        programme.move programme.reset programme.take_back""",
    "partners": "partners.add partners.change partners.set_contact",
    "requests": """
        appointments.change_time appointments.note calls.tick data_requests.erase guidance.call_next guidance.move help.erase help.set_status notes.write pairs.accept pairs.end pairs.note
        pairs.set_aside pairs.undo""",
    "people": "other_tablets.settle staff.add staff.new_badge staff.revoke staff.revoke_badge staff.set_pin",
    "personal": """
        calls.read data_requests.forget_code data_requests.unsealed help.bring_back help.erase_by_id help.open help.open_all help.open_these keys.go_on keys.install keys.replace notes.erase notes.read other_tablets.bring_back pairs.people pairs.suggest
        volunteers.names""",
    "reports": "day.know_restored earlier.bring_in reports.close_month weights.set weights.set_factor",
    "settings": "other_tablets.undo preferences.change preferences.reset preferences.set_target public_page.set_password screen_size.measured",
}
#: What begins a change.
WRITERS = {"write", "set_meta", "set_recipients"}


def classes() -> Iterator[tuple[str, type]]:
    for name, where in _SERVICES.items():
        if not where.startswith("."):
            continue  # the copies of everything are made by the program, in nobody's name
        yield name, getattr(import_module(where, "kiosk.services"), Services.__annotations__[name])


def changing(service: type) -> set[str]:
    """Return the public methods of a class that begin a change, by themselves or through others of it, or are asked in
    somebody's name."""
    body = ast.parse(textwrap.dedent(inspect.getsource(service))).body[0]
    assert isinstance(body, ast.ClassDef)
    methods = {each.name: each for each in body.body if isinstance(each, ast.FunctionDef)}
    calls: dict[str, set[str]] = {}
    found: set[str] = set()
    for name, method in methods.items():
        called = [node.func for node in ast.walk(method) if isinstance(node, ast.Call)]
        reached = {func.attr: ast.unparse(func.value) for func in called if isinstance(func, ast.Attribute)}
        calls[name] = {attr for attr, of in reached.items() if of == "self"}
        args = {arg.arg for arg in method.args.args + method.args.kwonlyargs}
        writes = any(attr in WRITERS and of == "self._store" for attr, of in reached.items())
        if writes or ("who" in args and "journal" not in args):
            found.add(name)
    while more := {name for name, others in calls.items() if others & found} - found:
        found |= more
    inside = {name for name, method in methods.items() if "journal" in {a.arg for a in method.args.args}}
    return {name for name in found - inside if not name.startswith("_")}


def declared() -> dict[str, set[str]]:
    """Return the calls by the right they declare, as TABLE has them."""
    found: dict[str, set[str]] = {}
    for name, service in classes():
        for attr, method in inspect.getmembers(service, inspect.isfunction):
            if not hasattr(method, "right"):
                continue
            found.setdefault(method.right, set()).add(f"{name}.{attr}")
            for argument, rights in method.besides.items():
                for value, right in rights.items():
                    said = "GIVEN" if value is GIVEN else value
                    found.setdefault(right, set()).add(f"{name}.{attr}({argument}={said})")
    return found


def test_every_call_that_changes_something_declares_its_right() -> None:
    bare = {
        f"{name}.{each}"
        for name, one in classes()
        for each in changing(one)
        if not hasattr(getattr(one, each), "right")
    }
    assert not bare


def test_the_declarations_are_the_table() -> None:
    assert declared() == {right: set(calls.split()) for right, calls in TABLE.items()}
    assert set(TABLE) == {*RIGHTS, "visitor", "system"}


@pytest.fixture(autouse=True)
def fast_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same argon2id at a cost that suits a test."""
    monkeypatch.setattr(
        "kiosk.services.staff.members.HASHER", argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    )


@pytest.fixture
def people(services: Services) -> dict[str, str]:
    """How each role, and somebody who was removed, is called."""
    add = services.staff.add
    found = {role: add(name=role, role=role, pin=PIN, now=NOW, who="shell").who for role in ROLES}
    gone = add(name="gone", role="coordinator", pin=PIN, now=NOW, who="shell")
    services.staff.revoke(member_id=gone.id, now=NOW, who="shell")
    return found | {"gone": gone.who}


def calls() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give every call that is made in somebody's name: the right, the call, the arguments that decide."""
    for right, text in TABLE.items():
        for call in text.split():
            name, _, rest = call.partition("(")
            argument, _, value = rest.rstrip(")").partition("=")
            yield right, name, {argument: value} if argument else {}


@pytest.mark.parametrize(
    ("right", "name", "said"), [pytest.param(*each, id=f"{each[1]} {each[0]}") for each in calls()]
)
def test_each_call_refuses_by_the_table(
    services: Services, store: Store, people: dict[str, str], right: str, name: str, said: dict[str, Any]
) -> None:
    capability, _, attr = name.partition(".")
    method = getattr(getattr(services, capability), attr)
    parameters = inspect.signature(method).parameters
    if "who" not in parameters:
        assert right in ("visitor", "system")
        return
    rest = {each: None for each in parameters if each not in (*said, "who", "now")}
    whos = {who: who for who in OTHERS} | people | {"unknown": "somebody"}
    for label, who in whos.items():
        before = store.db.execute_sql("SELECT count(*) FROM journal").fetchone()
        refused: type[BaseException] | None = None
        try:
            with store.db.atomic() as block:
                try:
                    method(now=NOW, who=who, **rest, **said)
                finally:
                    block.rollback()
        except (WrongRole, UnknownMember, CoordinatorExists) as error:
            refused = type(error)
            if refused is UnknownMember and label != "gone":  # the call went on, and found nobody to act on
                refused = None
        except Exception:  # the arguments are no good: it was let in
            refused = None
        assert (refused is None) == may(label, right), label
        if refused is not None:
            assert store.db.execute_sql("SELECT count(*) FROM journal").fetchone() == before


def may(label: str, right: str) -> bool:
    """Tell what the table says; "first" is over as soon as there is a coordinator."""
    if label in ("gone", "unknown", "first"):
        return False
    if right == "visitor":
        return True
    return right in OTHERS[label] if label in OTHERS else has_right(label, right)


def test_who_is_removed_while_a_call_runs_is_refused_in_its_transaction(
    services: Services, store: Store, people: dict[str, str]
) -> None:
    class Slow:
        """A service that thinks for a while before it writes."""

        def __init__(self) -> None:
            self._store = store

        @needs("goods")
        def act(self, *, who: str) -> None:
            services.staff.revoke(member_id=who.removeprefix("staff:"), now=NOW, who="shell")
            with self._store.write(NOW) as journal:
                journal.append("test.acted", who, {})

    with pytest.raises(UnknownMember):
        Slow().act(who=people["staff"])
    assert not store.db.execute_sql("SELECT 1 FROM journal WHERE kind = 'test.acted'").fetchall()


def test_nobody_gives_or_changes_more_than_they_have(
    services: Services, people: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if staff were let look after people, they would not make or take over a coordinator."""
    monkeypatch.setitem(RIGHTS, "people", "staff")
    staff, by = services.staff, {"now": NOW, "who": people["staff"]}
    coordinator = people["coordinator"].removeprefix("staff:")
    attempts = (
        lambda: staff.add(name="Eve", role="coordinator", pin=WRONG_PIN, **by),
        lambda: staff.set_pin(member_id=coordinator, pin=WRONG_PIN, **by),
        lambda: staff.new_badge(member_id=coordinator, **by),
        lambda: staff.revoke_badge(member_id=coordinator, **by),
        lambda: staff.revoke(member_id=coordinator, **by),
    )
    for attempt in attempts:
        with pytest.raises(WrongRole):
            attempt()
    assert staff.add(name="Mykola", role="staff", pin=WRONG_PIN, **by).role == "staff"


def test_first_sets_up_only_what_has_no_coordinator(services: Services) -> None:
    services.screen_size.measured(width=800, height=600, pixels_per_mm=4.0, now=NOW, who="first")
    with pytest.raises(WrongRole):
        services.goods.add(now=NOW, who="first", category="furniture", thing="dining_chair", quantity=1)
    services.staff.add_first(name="Anna", pin=PIN, now=NOW)
    with pytest.raises(KioskError):
        services.screen_size.measured(width=800, height=600, pixels_per_mm=4.0, now=NOW, who="first")
