"""The help sign-up by touch: every step, correction, sealing, and what does not reach the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kiosk.journal import Store
from kiosk.privacy.sealing import CannotOpen, new_keypair, open_box
from screens.forms.steps import CHECK, Form, Step
from tests.screens.stage import Stage


@pytest.fixture
def keys(store: Store) -> tuple[bytes, bytes]:
    """A coordinator's key pair that the store seals to."""
    private, public = new_keypair()
    store.set_recipients([public, new_keypair()[1]])
    return private, public


def step(stage: Stage, button: str, after: str) -> None:
    stage.tap(button)
    stage.see(after)
    stage.settle()
    stage.rest()


def begin(stage: Stage, service: str) -> None:
    """Say what it is about, and the languages."""
    step(stage, "English", "What would you like to do?")
    step(stage, "Help and friends", "What is it about?")
    step(stage, service, "Which languages do you speak?")
    stage.tap("Українська")
    stage.tap("Svenska")


def fill(stage: Stage) -> None:
    """Ask for something, reachable by phone, up to the review."""
    begin(stage, "Something else")
    step(stage, "Next", "When is a good time?")
    stage.tap("Weekday mornings")
    step(stage, "Next", "What should we call you?")
    stage.type("Oksana")
    step(stage, "Next", "What would help you?")
    stage.type("coffee and a walk")
    step(stage, "Next", "How can we reach you?")
    step(stage, "Call me or send a message", "Your phone number")
    stage.type("0401234567")
    step(stage, "Next", "Is everything right?")


def test_a_form_says_where_one_is(stage: Stage, keys: tuple[bytes, bytes]) -> None:
    step(stage, "English", "What would you like to do?")
    step(stage, "Help and friends", "Step 1 of 5: What")
    step(stage, "I would like a friend", "Step 2 of 5: About you")
    step(stage, "Next", "Step 2 of 5: About you")
    stage.see("What do you like?")
    step(stage, "Skip", "How old are you?")
    step(stage, "Skip", "Step 3 of 5: When")
    stage.tap("Tuesdays")
    step(stage, "Next", "What time of the day?")
    step(stage, "Skip", "Step 4 of 5: Contact")
    step(stage, "Skip", "What would help you?")
    step(stage, "Skip", "How can we reach you?")
    step(stage, "I will ask at the desk", "Step 5 of 5: Check")
    stage.see("Is everything right?")
    step(stage, "Back", "Step 4 of 5: Contact")


def test_a_step_without_a_name_is_a_question() -> None:
    form = Form((Step("a", "A?"), Step("b", "B?", when=lambda answers: answers.get("a") == "yes"), Step("c", "C?")))
    assert form.place(reviewed=False) == (1, 2, "")
    form.answer("yes")
    assert form.place(reviewed=False) == (2, 3, "")
    form.answer("no")
    form.answer("no")
    assert form.place(reviewed=True) == (4, 4, CHECK)


def on_disk(folder: Path) -> bytes:
    """Return everything that lies in the data folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_sign_up_is_sealed_and_saved(stage: Stage, store: Store, keys: tuple[bytes, bytes]) -> None:
    fill(stage)
    for words in ("Oksana", "coffee and a walk", "+358 40 1234567"):
        stage.see(words)
    step(stage, "Yes, continue", "Only the coordinator can read")
    step(stage, "Yes, save it", "Saved. Thank you for telling us!")
    with sqlite3.connect(store.folder / "kiosk.db") as db:
        [(service,)] = db.execute("SELECT service FROM request").fetchall()
        boxes = [bytes(box) for (box,) in db.execute("SELECT box FROM envelope")]
    assert service == "other"
    assert len(boxes) == 2
    opened = []
    for box in boxes:
        with suppress(CannotOpen):  # the other recipient's box
            opened.append(open_box(box, keys[0]))
    assert len(opened) == 1
    assert opened[0]["name"] == "Oksana"
    assert opened[0]["languages"] == ["uk", "en", "sv"]  # that of the visit was chosen already
    assert "40 1234567" in opened[0]["phone"]
    data = on_disk(store.folder)
    for secret in (b"Oksana", b"coffee and a walk", b"1234567", b"weekday_morning"):
        assert secret not in data


def test_who_wants_to_be_a_friend_is_asked_what_makes_a_pair(
    stage: Stage, store: Store, keys: tuple[bytes, bytes]
) -> None:
    begin(stage, "I want to be a friend")
    step(stage, "Next", "What do you like?")
    stage.tap("Gardening")
    step(stage, "Next", "How old are you?")
    step(stage, "Skip", "Which days suit you?")
    stage.tap("Tuesdays")
    step(stage, "Next", "What time of the day?")
    step(stage, "Skip", "What should we call you?")
    step(stage, "Skip", "Would you like to tell us something?")
    step(stage, "Skip", "How can we reach you?")
    step(stage, "I will ask at the desk", "Is everything right?")
    step(stage, "Yes, continue", "Only the coordinator can read")
    step(stage, "Yes, save it", "Saved. Thank you for telling us!")
    answers = stage.services.help.open_all(
        services=["friend_offer"], private=keys[0], now=stage.moment, who="shell"
    )  # fmt: skip
    [details] = answers.values()
    assert (details["languages"], details["interests"], details["days"]) == (["uk", "en", "sv"], ["garden"], ["tue"])
    assert b"garden" not in on_disk(store.folder)


def test_an_answer_is_corrected_in_the_review(stage: Stage, keys: tuple[bytes, bytes]) -> None:
    fill(stage)
    rows = stage.app.shell.screen("help").ids.answers.children
    reach = next(row for row in rows if row.step.key == "reach")
    stage.tap(reach)
    stage.see("How can we reach you?")
    stage.settle()
    stage.rest()
    step(stage, "I will ask at the desk", "Is everything right?")
    assert not any("+358" in words for words in stage.words())
    assert "phone" not in stage.app.shell.screen("help").form.answers


def test_thrown_away_nothing_is_saved(stage: Stage, store: Store, keys: tuple[bytes, bytes]) -> None:
    fill(stage)
    step(stage, "Yes, continue", "Only the coordinator can read")
    step(stage, "No, delete it", "What would you like to do?")
    with sqlite3.connect(store.folder / "kiosk.db") as db:
        assert db.execute("SELECT count(*) FROM request").fetchone() == (0,)


def test_a_wrong_number_and_a_personal_identity_code_are_told(stage: Stage, keys: tuple[bytes, bytes]) -> None:
    fill(stage)
    screen = stage.app.shell.screen("help")
    stage.tap(next(row for row in screen.ids.answers.children if row.step.key == "phone"))
    stage.settle()
    stage.rest()
    screen.ids.phone_entry.text = ""
    stage.type("11204")
    stage.tap("Next")
    stage.wait(lambda: screen.trouble, "what is wrong with the number")
    assert screen.panel == "phone"


def test_the_ukrainian_trap_warns(stage: Stage, keys: tuple[bytes, bytes]) -> None:
    fill(stage)
    screen = stage.app.shell.screen("help")
    stage.tap(next(row for row in screen.ids.answers.children if row.step.key == "phone"))
    stage.settle()
    stage.rest()
    screen.ids.phone_entry.text = ""
    stage.type("0671234567")
    stage.see("Is this a Ukrainian number? Then choose +380.")
    stage.tap("Україна  +380")
    stage.rest()
    step(stage, "Next", "+380 67 123 4567")


def test_the_language_changes_in_the_middle_and_nothing_is_lost(stage: Stage, keys: tuple[bytes, bytes]) -> None:
    fill(stage)
    stage.tap("English")
    stage.see("Kieli")
    stage.settle()
    stage.rest()
    stage.tap("Українська")
    stage.see("Чи все правильно?")
    stage.see("Oksana")
    stage.see("Будні зранку")


def test_without_keys_it_says_so_and_keeps_the_answers(
    open_stage: Callable[..., Any], store: Store, shelf: dict[str, Any]
) -> None:
    store.set_recipients([])
    stage = open_stage()
    fill(stage)
    step(stage, "Yes, continue", "Only the coordinator can read")
    step(stage, "Yes, save it", "We cannot take requests yet")
    assert stage.app.shell.screen("help").form.answers["name"] == "Oksana"


@pytest.mark.parametrize("language", ["fi", "fi_selko", "sv", "uk", "en"])
def test_all_answers_have_room_on_one_page(stage: Stage, keys: tuple[bytes, bytes], language: str) -> None:
    from screens.widgets.words import Words

    app = stage.app
    app.shell.size = 1280, 800
    app.theme.fit(1280, 800)
    step(stage, "English", "What would you like to do?")
    step(stage, "Help and friends", "Step 1 of 5: What")
    screen = app.shell.screen("help")
    screen.form.answers = {
        "service": "friend",
        "languages": ["fi", "ru"],
        "interests": ["coffee", "garden"],
        "age": "30_49",
        "days": ["mon", "thu"],
        "parts": ["morning", "evening"],
        "name": "Oksana",
        "wish": "",
        "reach": "phone",
        "phone": "+358 40 1234567",
    }
    screen.form.at = len(screen.form.steps)
    app.tr.use(language)
    screen._ask()
    stage.frames(4)
    rows = [row for row in screen.ids.answers.children if row.step]
    assert len(rows) == 10
    texts = [one for row in rows for one in row.walk() if isinstance(one, Words)]
    smaller = [one for one in texts if one.alone]
    assert len({one.parent for one in smaller}) <= 1  # only an answer of three lines yields, with its own label
    assert all(one.alone > 0.8 * app.theme.steps[-1] for one in smaller)
