"""Friends and neighbours at the desk: who fits, made a pair or set aside, looked after, ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kiosk.data import new_id
from kiosk.privacy.sealing import KEY_FILE, Cost, new_keypair, wrap
from tests.screens.test_desk import PASSPHRASE, row
from tests.world import PIN

WHO = "shell"


@pytest.fixture
def stage(open_stage: Callable[..., Any], settings: Any, store: Any) -> Any:
    """The desk in English, with the coordinator's key on the tablet."""
    key = new_keypair()
    (store.folder / KEY_FILE).write_bytes(wrap(key.private, PASSPHRASE, Cost(passes=1, memory=8 * 1024 * 1024)))
    store.set_recipients([key.public])
    stage = open_stage(using=settings._replace(centre=settings.centre._replace(default_language="en")))
    enter_desk(stage)
    return stage


def enter_desk(stage: Any) -> None:
    stage.app.end_session()
    stage.app.enter_desk(stage.services.staff.by_name("Coordinator"))
    stage.app.tr.use("en")
    stage.settle()
    stage.rest()


def sign_up(stage: Any, service: str, name: str, **details: Any) -> str:
    said = {"name": name, "languages": ["uk"], "days": ["tue"], "kinds": ["snow"]} | details
    return stage.services.help.sign_up(
        request_id=new_id(stage.moment), service=service, language="uk", details=said, now=stage.moment,
        notice_version="1",
    ).id  # fmt: skip


def pairs(stage: Any) -> list[tuple[Any, ...]]:
    return stage.store.db.execute_sql("SELECT state, reason FROM pair ORDER BY id").fetchall()


def test_friends_are_suggested_with_reasons_paired_and_looked_after(stage: Any) -> None:
    sign_up(stage, "friend", "Oksana", interests=["garden"])
    sign_up(stage, "friend_offer", "Helmi", interests=["garden"])
    stage.tap("Requests")
    stage.see("Wants to be a friend")
    stage.tap("Pairs")
    stage.see("There are no pairs yet.")
    stage.tap("Suggested friends")
    stage.see("What people told us is sealed.")
    stage.tap("See possible matches")
    stage.see("The coordinator’s passphrase")
    stage.settle()
    stage.app.shell.screen("ask").ids.entry.text = PASSPHRASE
    stage.rest()
    stage.tap("OK")
    stage.see("Both speak Ukrainian  ·  Tuesdays  ·  Gardening")
    stage.rest()
    stage.tap(row(stage, "Oksana  –  Helmi"))
    stage.see("Who helps")
    stage.settle()
    stage.tap("Not a match")
    stage.see("These two will not be suggested again")
    stage.rest()
    stage.tap("Undo")
    stage.wait(lambda: pairs(stage) == [("undone", None)], "the undoing")
    stage.see("Oksana  –  Helmi")
    stage.rest()
    stage.tap(row(stage, "Oksana  –  Helmi"))
    stage.settle()
    stage.rest()
    stage.tap("Make them a pair")
    stage.see("Next contact: Tuesday 8 December")
    stage.rest()
    stage.tap("OK")
    stage.see("No matches at the moment.")
    assert "Oksana" not in " ".join(stage.words())
    stage.moment += timedelta(days=14)
    enter_desk(stage)
    desk = stage.app.shell.screen("desk")
    stage.wait(lambda: desk.ids.pairs.number == "1", "the pair of today")
    stage.tap(desk.ids.pairs)
    stage.see("1 pair this year")
    stage.settle()
    stage.tap(row(stage, "Friend service"))
    stage.see("Contacted 0 times")
    stage.settle()
    stage.tap("I contacted them")
    stage.see("Next contact: Tuesday 22 December")
    stage.tap("OK")
    stage.rest()
    stage.tap(row(stage, "Friend service"))
    stage.see("Contacted 1 time")
    stage.settle()
    stage.tap("End the pair")
    stage.see("Why does the pair end?")
    stage.settle()
    stage.tap("They were not a good match")
    stage.see("The pair has ended")
    assert pairs(stage)[-1] == ("ended", "no_match")
    assert {request.status for request in stage.services.help.list()} == {"contacted"}


def test_a_neighbour_s_task_is_done_with_its_hours(stage: Any) -> None:
    asker, helper = sign_up(stage, "neighbour", "Veikko"), sign_up(stage, "neighbour_offer", "Timo")
    stage.services.pairs.accept(asker=asker, helper=helper, now=stage.moment, who=WHO)
    stage.app.shell.go("pairs")
    stage.see("Neighbour help")
    stage.settle()
    stage.tap(row(stage, "Neighbour help"))
    stage.see("Once")
    stage.settle()
    stage.tap("Remind me in a week")
    stage.see("Noted")
    stage.tap("OK")
    stage.rest()
    stage.tap(row(stage, "Neighbour help"))
    stage.settle()
    stage.tap("Enter the hours")
    stage.see("How many hours did it take?")
    stage.settle()
    stage.app.shell.screen("ask").ids.entry.text = "1,5"
    stage.rest()
    stage.tap("OK")
    stage.see("1 pair this year  ·  1.5 h")
    assert pairs(stage) == [("ended", "done")]
    assert [stage.services.help.by_id(one).status for one in (asker, helper)] == ["done", "contacted"]


def test_helpers_do_not_see_who_fits_and_the_sealed_part_goes_with_the_key(stage: Any) -> None:
    sign_up(stage, "friend", "Oksana")
    sign_up(stage, "friend_offer", "Helmi")
    stage.services.staff.add(name="Mykola", role="staff", pin=PIN, now=stage.moment, who=WHO, language="en")
    stage.app.services.keyring.unlock(PASSPHRASE, stage.moment)
    stage.app.shell.go("pairs")
    stage.app.shell.screen("pairs").turn_to("friend")
    stage.see("Oksana  –  Helmi")
    stage.moment += timedelta(minutes=6)
    screen = stage.app.shell.screen("pairs")
    screen.on_return()
    stage.see("What people told us is sealed.")
    assert not screen.suggestions
    stage.app.enter_desk(stage.services.staff.by_name("Mykola"))
    stage.settle()
    stage.app.shell.go("pairs")
    screen.turn_to("friend")
    stage.see("See possible matches")
    stage.tap("See possible matches")
    stage.see("This needs someone with more rights.")


def test_a_centre_without_these_services_does_not_offer_them(open_stage: Callable[..., Any], settings: Any) -> None:
    off = settings.services._replace(friends=False, neighbours=False)
    stage = open_stage(using=settings._replace(services=off, centre=settings.centre._replace(default_language="en")))
    stage.tap("English")
    stage.tap("Help and friends")
    stage.see("What is it about?")
    options = {option.key for option in stage.app.shell.screen("help").options}
    assert options == {"guidance", "other"}
    enter_desk(stage)
    assert "Pairs to contact" not in stage.words()
    one = off._replace(friends=True, guidance=False, volunteers=False)
    stage.app.settings = stage.app.settings._replace(services=one)
    screen = stage.app.shell.screen("pairs")
    assert [option.key for option in screen.options] == ["pairs", "friend"]
