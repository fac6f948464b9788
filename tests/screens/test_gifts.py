"""Donations and wishes, on the visitor's screen and at the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kivy.base import EventLoop

from kiosk.codes.codes import display
from kiosk.privacy.sealing import KEY_FILE, Cost, new_keypair, wrap
from kiosk.services import new_id
from tests.screens.stage import Finger, middle
from tests.screens.test_desk import PASSPHRASE, row, scan


@pytest.fixture
def english(settings: Any) -> Any:
    return settings._replace(centre=settings.centre._replace(default_language="en"))


@pytest.fixture
def stage(open_stage: Callable[..., Any], shelf: Any, english: Any) -> Any:
    return open_stage(using=english)


def enter_desk(stage: Any) -> None:
    stage.app.end_session()
    stage.app.enter_desk(stage.services.staff.by_name("Coordinator"))
    stage.app.tr.use("en")
    stage.settle()
    stage.rest()


def rows(stage: Any, table: str, columns: str) -> list[tuple[Any, ...]]:
    return stage.store.db.execute_sql(f"SELECT {columns} FROM {table}").fetchall()


def bring_furniture(stage: Any) -> None:
    """Go on to the question how much it is."""
    stage.tap("English")
    stage.tap("I want to donate something")
    stage.see("Broken or dirty things")
    stage.rest()
    stage.tap("Next")
    stage.see("What are you bringing?")
    stage.settle()
    stage.tap("Furniture")
    stage.rest()
    stage.tap("Next")


def test_a_second_finger_does_not_answer_the_next_question(stage: Any) -> None:
    bring_furniture(stage)
    stage.see("How much are you bringing?")
    stage.settle()
    fingers = [Finger(*middle(stage.find(words))) for words in ("A few things", "A bag")]
    for kind in ("begin", "end"):
        for finger in fingers:
            EventLoop.post_dispatch_input(kind, finger)  # all within one frame
    form = stage.app.shell.screen("donate").form
    assert form.step.key == "pieces"
    assert form.answers["amount"] == "few"
    assert "pieces" not in form.answers


def test_a_donation_is_announced_and_taken_in_by_its_slip(stage: Any) -> None:
    bring_furniture(stage)
    stage.tap("A few things")
    stage.see("About how many things?")
    stage.settle()
    stage.tap("More")
    stage.tap("More")
    stage.tap("Next")
    stage.see("Would you like us to collect it?")
    stage.rest()
    stage.tap("No")
    stage.see("Is everything right?")
    stage.rest()
    stage.tap("Yes, continue")
    stage.see("Thank you for your donation!")
    stage.see("This month 6 things came in.")
    [(code, state, request, pieces)] = rows(stage, "donation", "code, state, request, pieces")
    assert (state, request, pieces) == ("announced", None, 3)
    enter_desk(stage)
    scan(stage, code)
    stage.see("A few things (3)")
    stage.tap("Accept")
    stage.wait(lambda: rows(stage, "donation", "state") == [("accepted",)], "the decision")
    stage.linger(1.1)  # a scan within a second of the same would be one read twice
    scan(stage, code)
    stage.tap("Take in now")
    stage.settle()
    sheet = stage.app.shell.screen("take_in")
    assert (sheet.draft.donation, sheet.draft.category) == (code, "furniture")
    sheet._change(thing="sofa")
    stage.rest()
    stage.tap("Save")
    stage.see("It is on the shelf")
    stage.see(f"Donation {display(code)}: 1 of 3 in")
    assert rows(stage, "donation", "state") == [("accepted",)]
    assert (code,) in rows(stage, "item", "donation")
    stage.rest()
    stage.tap("One more like it")
    assert sheet.draft.thing == "sofa"
    stage.rest()
    stage.tap("Save")
    stage.see(f"Donation {display(code)}: 2 of 3 in")
    stage.rest()
    stage.tap("All of it is in")
    stage.wait(lambda: rows(stage, "donation", "state") == [("taken_in",)], "the donation that is all in")
    stage.app.end_session()
    stage.linger(1.1)
    scan(stage, code)
    stage.see("2 things have come in.")


def test_what_is_to_be_fetched_needs_a_contact_and_consent(stage: Any) -> None:
    stage.tap("English")
    stage.tap("I want to donate something")
    form = stage.app.shell.screen("donate")
    form.go_on()
    form.ids.choose_grid.chosen = ["toys"]
    form.go_on()
    form.chosen("box")
    form.go_on()
    form.chosen("yes")
    for text in ("Veikko", "Lumitie 1"):
        form.ids.write_entry.text = text
        form.go_on()
    form.ids.countries.chosen = ["FI"]
    form.ids.phone_entry.text = "0451234567"
    form.go_on()
    stage.see("Veikko")
    stage.settle()
    stage.tap("Yes, continue")
    stage.see("Only the coordinator can read your name")
    stage.tap("Yes, save it")
    stage.see("We will call you to arrange collection.")
    [(request,)] = rows(stage, "donation", "request")
    assert rows(stage, "request", "id, service") == [(request, "fetch")]
    stored = b"".join(path.read_bytes() for path in stage.store.folder.rglob("*") if path.is_file())
    assert b"Veikko" not in stored
    assert b"Lumitie" not in stored
    enter_desk(stage)
    stage.tap("Donations")
    stage.see("Toys")
    stage.tap(row(stage, "Toys"))
    stage.see("Boxes")
    stage.rest()
    stage.tap("Decline")
    stage.see("Why is it declined?")
    stage.rest()
    stage.tap("No room at the moment")
    stage.wait(lambda: rows(stage, "donation", "state, reason") == [("declined", "no_room")], "the decision")
    assert rows(stage, "request", "status") == [("closed",)]
    [(code,)] = rows(stage, "donation", "code")
    stage.app.end_session()
    stage.settle()
    scan(stage, code)
    stage.see("No room at the moment")


def test_what_was_announced_is_called_off_at_once_or_by_its_code(stage: Any) -> None:
    def announce() -> str:
        return stage.services.donations.announce(
            donation_id=new_id(stage.moment), categories=["toys", "books"], amount="bag", language="en",
            now=stage.moment,
        ).code  # fmt: skip

    announce()
    [donation] = stage.services.donations.open()
    stage.app.shell.go("announced", donation=donation, gifts=stage.services.donations.gifts(stage.moment))
    stage.see("Please show this code at the desk.")
    stage.settle()
    stage.tap("I am not bringing it after all")
    stage.see("This announcement is no longer active.")
    stage.app.end_session()
    stage.settle()
    scan(stage, announce())
    stage.tap("I am not bringing it after all")
    stage.see("This announcement is no longer active.")
    assert {state for (state,) in rows(stage, "donation", "state")} == {"cancelled"}
    enter_desk(stage)
    scan(stage, announce())
    stage.tap("Take in now")
    sheet = stage.app.shell.screen("take_in")
    assert sheet.draft.category == "toys"
    sheet._change(thing="doll_house")
    stage.rest()
    stage.tap("Save")
    stage.see("It is on the shelf")
    stage.rest()
    stage.tap("Something else")
    assert sheet.draft.category == "books"


def test_a_kind_is_enough_for_a_wish(stage: Any) -> None:
    stage.tap("English")
    stage.app.shell.go("wish")
    stage.settle()
    wish = stage.app.shell.screen("wish")
    stage.tap(wish.ids.kind)
    stage.see("What kind of thing is it?")
    stage.settle()
    stage.tap("Books")
    stage.settle()
    stage.rest()
    stage.tap("Send the wish")
    stage.see("We are still looking.")
    [(code,)] = rows(stage, "wish", "code")
    stage.app.end_session()
    stage.settle()
    scan(stage, code)
    stage.see("We are still looking.")
    stage.app.shell.go("wish")
    wish._sorted("books")
    stage.settle()
    stage.tap("Send the wish")
    stage.see("We are still looking.")
    assert len(rows(stage, "wish", "id")) == 1


def test_what_a_wish_should_be_like_is_read_at_the_desk_only(stage: Any) -> None:
    key = new_keypair()
    (stage.store.folder / KEY_FILE).write_bytes(wrap(key.private, PASSPHRASE, Cost(passes=1, memory=8 * 1024 * 1024)))
    stage.store.set_recipients([key.public])
    stage.tap("English")
    stage.app.shell.go("wish")
    wish = stage.app.shell.screen("wish")
    wish._sorted("furniture")
    stage.settle()
    stage.tap(wish.ids.more)
    stage.see("What should it be like?")
    stage.settle()
    entry = stage.app.shell.screen("ask").ids.entry
    entry.text = "ring 040 123 4567"
    stage.tap("OK")
    stage.see("Please do not write a phone number")
    entry.text = ""
    stage.type("low")
    stage.tap("OK")
    stage.wait(lambda: stage.app.shell.current == "wish", "the wish")
    stage.see("low")
    stage.settle()
    stage.rest()
    stage.tap("Send the wish")
    stage.see("We are still looking.")
    enter_desk(stage)
    stage.app.shell.go("wishes")
    stage.settle()
    stage.tap(row(stage, "Furniture"))
    stage.tap("Read what they wrote")
    stage.see("The coordinator’s passphrase")
    stage.settle()
    stage.app.shell.screen("ask").ids.entry.text = PASSPHRASE
    stage.rest()
    stage.tap("OK")
    stage.wait(lambda: stage.app.shell.dialog and stage.app.shell.dialog.text == "low", "what they wrote")
    stage.rest()
    stage.tap("OK")
    stage.settle()
    stage.tap(row(stage, "Furniture"))
    stage.tap("Cancel the wish")
    stage.wait(lambda: rows(stage, "wish", "state") == [("cancelled",)], "the wish taken back")
    assert rows(stage, "envelope", "request") == []


def test_a_wish_is_left_held_and_collected(stage: Any) -> None:
    stage.tap("English")
    stage.tap("Find free things")
    stage.tap("Leave a wish")
    stage.see("What do you need?")
    stage.settle()
    wish = stage.app.shell.screen("wish")
    stage.tap(next(widget for widget in wish.walk() if getattr(widget, "question", "") == "Thing"))
    stage.type("sofa")
    stage.wait(lambda: stage.app.shell.screen("pick_thing").lines, "the list")
    stage.settle()
    assert "Use this name, in this language only" not in stage.words()
    stage.tap(row(stage, "Sofa"))
    stage.wait(lambda: stage.app.shell.current == "wish", "the wish")
    stage.settle()
    stage.rest()
    stage.tap("Send the wish")
    stage.see("We are still looking.")
    [(code,)] = rows(stage, "wish", "code")
    enter_desk(stage)
    stage.app.shell.go("take_in")
    stage.settle()
    stage.app.shell.screen("take_in")._change(thing="sofa", category="furniture")
    stage.tap("Save")
    stage.see("Reserved for a wish")
    stage.rest()
    stage.tap("To the staff area")
    stage.settle()
    stage.app.shell.go("wishes")
    stage.see("Reserved")
    stage.app.end_session()
    stage.settle()
    scan(stage, code)
    stage.see("It is reserved for you")
    enter_desk(stage)
    stage.linger(1.1)
    scan(stage, code)
    stage.tap("Hand over")
    stage.see("Handed over")
    stage.services.wishes.settle(stage.moment)
    assert rows(stage, "wish", "state") == [("fulfilled",)]


def test_a_wish_is_taken_back_by_its_code(stage: Any) -> None:
    wish = stage.services.wishes.leave(
        category="clothes", thing="winter_coat", size="XL", age_group="adult", language="en", now=stage.moment
    )
    stage.tap("English")
    stage.tap("I have a code")
    stage.type(wish.code)
    stage.tap("Find it")
    stage.see("Winter coat")
    stage.rest()
    stage.tap("Cancel the wish")
    stage.see("You cancelled this wish.")
    assert rows(stage, "wish", "state") == [("cancelled",)]


def test_what_was_accepted_is_declined_after_all(stage: Any) -> None:
    donation = stage.services.donations.announce(
        donation_id=new_id(stage.moment), categories=["toys"], amount="bag", language="en", now=stage.moment
    )
    stage.services.donations.decide(donation_id=donation.id, state="accepted", now=stage.moment, who="shell")
    enter_desk(stage)
    stage.tap("Donations")
    stage.see("Toys")
    stage.tap(row(stage, "Toys"))
    stage.tap("Decline")
    stage.see("Why is it declined?")
    stage.rest()
    stage.tap("We have enough of them")
    stage.wait(lambda: rows(stage, "donation", "state") == [("declined",)], "the decision")
    stage.app.end_session()
    stage.settle()
    scan(stage, donation.code)
    stage.see("We cannot take it this time.")
    assert "Thank you for your donation!" not in stage.words()


@pytest.mark.parametrize("button", ["Home", "Back"])
def test_a_filled_in_sheet_is_not_lost_without_a_question(stage: Any, button: str) -> None:
    enter_desk(stage)
    stage.tap("Take in a thing")
    stage.settle()
    sheet = stage.app.shell.screen("take_in")
    sheet._change(thing="sofa", category="furniture")
    stage.rest()
    stage.tap(button)
    stage.see("Leave without saving?")
    stage.rest()
    stage.tap("Go on filling in")
    assert stage.app.shell.current == "take_in"
    assert sheet.draft.thing == "sofa"
    stage.rest()
    stage.tap(button)
    stage.see("Leave without saving?")
    stage.rest()
    stage.tap("Leave without saving")
    stage.wait(lambda: stage.app.shell.current != "take_in", "another screen")


def test_an_empty_sheet_and_a_saved_one_are_left_at_once(stage: Any) -> None:
    enter_desk(stage)
    stage.tap("Take in a thing")
    stage.settle()
    stage.rest()
    stage.tap("Home")
    stage.wait(lambda: stage.app.shell.current == "desk", "the desk")
    stage.rest()
    stage.tap("Take in a thing")
    stage.settle()
    stage.app.shell.screen("take_in")._change(thing="sofa", category="furniture")
    stage.rest()
    stage.tap("Save")
    stage.see("It is on the shelf")
    stage.rest()
    stage.tap("One more like it")
    stage.settle()
    stage.rest()
    stage.tap("Home")
    stage.wait(lambda: stage.app.shell.current == "desk", "the desk")


def test_a_wish_that_has_come_in_is_told_in_the_language_it_was_left_in(stage: Any) -> None:
    wish = stage.services.wishes.leave(
        category="furniture", thing="sofa", size="", age_group="", language="uk", now=stage.moment
    )
    item = stage.services.goods.add(now=stage.moment, who="shell", category="furniture", thing="sofa")
    [held] = stage.services.wishes.offer(item_id=item.id, now=stage.moment)
    assert held.ticket.language == "uk"
    scan(stage, wish.code)
    stage.wait(lambda: stage.app.shell.current == "ticket", "the ticket")
    assert stage.app.tr.code == "uk"
    stage.app.end_session()
    assert stage.app.tr.code == "en"


def test_staff_see_which_wish_could_be_met_now(stage: Any) -> None:
    stage.services.wishes.leave(
        category="furniture", thing="dining_chair", size="", age_group="", language="uk", now=stage.moment
    )
    enter_desk(stage)
    stage.app.shell.go("wishes")
    stage.see("One is free")
    stage.settle()
    stage.tap(row(stage, "Dining chair"))
    stage.tap("Show the thing")
    stage.wait(lambda: stage.app.shell.current == "found", "the thing")
    stage.see("Hand over without a ticket")
