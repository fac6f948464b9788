"""The desk says how the tablet stands with the others, and lets it join by scanning."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.codes.scanner import Invitation, typed_code
from kiosk.data.models import Refused
from kiosk.hub import here
from kiosk.hub.enrolment import join
from kiosk.hub.invitation import save, saved
from kiosk.hub.standing import STATE
from kiosk.journal import Store
from kiosk.journal.entries import add_entry
from tests.hub.conftest import NOW, Tablet
from tests.hub.own import new_folder
from tests.screens.stage import Stage
from tests.screens.test_desk import row, scan
from tests.world import PIN


@pytest.fixture
def desk(tablet: Callable[..., Tablet]) -> Iterator[Stage]:
    """A tablet alone in the lobby, its coordinator at the desk."""
    one = tablet(joined=False)
    anna = one.services.staff.add_first(name="Anna", pin=PIN, now=NOW, language="en")
    using = one.services.settings
    stage = Stage(one.store, using._replace(centre=using.centre._replace(default_language="en")), NOW)
    stage.app.enter_desk(anna)
    stage.settle()
    yield stage
    stage.close()


def test_scan_an_invitation_and_see_who_was_first(
    desk: Stage, tablet: Callable[..., Tablet], invite: Callable[..., str], tmp_path: Path
) -> None:
    other = tablet()
    item = other.services.goods.add(now=other.now(), who="shell", category="furniture", thing="dining_chair").id
    mine = other.services.tickets.reserve(item_id=item, language="fi", now=other.now(), held=[])
    other.round()
    sign = desk.app.shell.screen("desk").ids.tablets
    desk.wait(lambda: sign.text == "Works alone", "the tablet works alone")
    scan(desk, invite(name="Lobby"))
    desk.see("This tablet now works with others")
    desk.tap("OK")
    desk.wait(lambda: sign.number == "Up to date", "the tablet is up to date")
    hub: Any = desk.app.background.hub
    desk.wait(lambda: desk.services.goods.find(today=NOW.date()) == [item], "the others' chair")
    # The other tablet goes alone and hands over what is reserved here: two people come for one chair.
    given = other.services.tickets.hand_over(code=mine.code, now=other.now(), who="shell")
    other.services.tickets.undo_hand_over(code=given.code, now=other.now(), who="shell")
    other.services.tickets.cancel(code=given.code, now=other.now())
    other.round()
    desk.wait(lambda: desk.services.goods.item(item).state == "available", "the chair is free")
    save(replace(saved(desk.store.folder), port=1, host="127.0.0.1"), desk.store.folder)
    hub.stop()
    here = desk.services.tickets.reserve(item_id=item, language="en", now=desk.moment, held=[])
    assert here.provisional
    there = other.services.tickets.give(item_id=item, language="fi", now=other.now(), who="shell")
    other.round()
    save(saved_at(desk, other), desk.store.folder)
    desk.app.background.start_hub()
    desk.wait(lambda: desk.services.tickets.by_id(here.id).state == "conflicted", "the conflict")
    assert desk.services.tickets.by_id(there.id).state == "collected"
    desk.see("Someone else was first. Find a solution for both.")
    desk.tap(row(desk, "Dining chair"))
    desk.see("Two tickets for one thing")


def saved_at(desk: Stage, other: Tablet) -> Any:
    there = saved(other.folder)
    return replace(saved(desk.store.folder), host=there.host, port=there.port)


def test_what_was_put_aside_and_a_used_up_day_are_said_in_words(
    desk: Stage, tablet: Callable[..., Tablet], invite: Callable[..., str]
) -> None:
    scan(desk, invite(name="Lobby"))
    desk.see("This tablet now works with others")
    desk.tap("OK")
    desk.see("Up to date")
    hub: Any = desk.app.background.hub
    hub.stop()
    put_aside(desk.store)
    desk.app.shell.go("tablets")
    for words in (
        "An entry from another tablet is wrong and was left out", "An entry of this tablet is wrong and was left out",
        "item.added", "Its time is more than a day ahead.", "Who wrote it may not do that.", "It cannot be read.",
        "This part of it is wrong: quantity", "The hub takes no more from this tablet today.",
    ):  # fmt: skip
        desk.see(words)


def put_aside(store: Store) -> None:
    """Note entries that were put aside, and a day that is used up."""
    other, own = "f" * 32, store.device
    with store.db.atomic():
        for seq, (device, reason) in enumerate(
            [(other, "aside:ahead"), (other, "aside:who"), (other, "unreadable"), (own, "aside:quantity")], 1
        ):
            Refused.replace(device=device, seq=seq, reason=reason).execute(store.db)
        entry = ("0" * 32, "2026-11-24T08:00:00.000000Z", "item.added", "staff:x", "{}", "", "x")
        add_entry(store.db, (other, 1, *entry))
    store.set_meta(STATE, json.dumps(json.loads(store.get_meta(STATE) or "{}") | {"full": True}))


def test_a_touch_makes_this_tablet_the_hub_and_another_joins_by_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(here, "own_addresses", lambda: ["127.0.0.1"])
    with new_folder() as folder:
        one, other = Tablet(folder), Tablet(tmp_path / "other")
        anna = one.services.staff.add_first(name="Anna", pin=PIN, now=NOW, language="en")
        using = one.services.settings
        stage = Stage(one.store, using._replace(centre=using.centre._replace(default_language="en")), NOW)
        stage.app.enter_desk(anna)
        stage.settle()
        stage.tap("Settings")
        stage.settle()
        stage.tap("Other tablets")
        stage.see("This tablet works alone.")
        stage.tap("Make this tablet the hub")
        stage.see("Leave it switched on while the centre is open.")
        stage.tap("Make it the hub")
        stage.wait(lambda: stage.app.background.hosting.look().on, "it begins")
        until_it_is_the_hub(stage)
        stage.app.shell.screen("tablets").look()
        stage.see("This tablet is the hub")
        stage.rest()
        stage.tap("Invite a tablet")
        stage.see("Invitation for: Tablet 2")
        invited = typed_code(stage.app.shell.screen("invite_tablet").typed.lower())
        assert isinstance(invited, Invitation)
        join(other.store, invited.text)
        other.round()
        stage.close()
        other.close()
        one.close()


def until_it_is_the_hub(stage: Stage) -> None:
    """Wait for a first start of PostgreSQL, which a busy machine takes minutes for."""
    for _ in range(6):
        with suppress(AssertionError):
            stage.wait(lambda: stage.app.background.hub.look().in_step_at)
            return
    raise AssertionError(stage.app.background.hosting.look())
