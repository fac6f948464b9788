"""While the key is unlocked: numbers on the list of calls, names of pairs, notes, the phone number first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.screens.test_desk import PASSPHRASE
from tests.screens.test_pairs import enter_desk, sign_up, stage

__all__ = ["stage"]

PHONE = "+358 40 1234567"


def unlock(stage: Any, button: str) -> None:
    stage.tap(button)
    stage.see("The coordinator’s passphrase")
    stage.settle()
    stage.app.shell.screen("ask").ids.entry.text = PASSPHRASE
    stage.rest()
    stage.tap("OK")


def test_names_numbers_and_notes_are_shown_until_the_key_locks(stage: Any) -> None:
    services = stage.services
    asker, helper = sign_up(stage, "friend", "Oksana", phone=PHONE), sign_up(stage, "friend_offer", "Helmi")
    pair = services.pairs.accept(asker=asker, helper=helper, now=stage.moment, who="shell")
    services.notes.write(about=pair.id, text="Met at the library", language="en", now=stage.moment, who="shell")
    stage.moment += timedelta(days=14)
    enter_desk(stage)
    stage.app.shell.go("calls")
    stage.see("Ask how the pair is doing")
    assert "Oksana" not in " ".join(stage.words())
    stage.settle()
    unlock(stage, "Show the numbers")
    stage.see("Oksana  –  Helmi")
    stage.app.shell.go("pairs")
    stage.see("Oksana  –  Helmi")
    stage.app.shell.screen("pairs").choose(pair.id)
    stage.see(PHONE)
    stage.see("Met at the library")
    services.keyring.lock()
    stage.app.shell.screen("pair").on_return()
    stage.settle()
    said = " ".join(stage.words())
    assert not any(words in said for words in ("Oksana", PHONE, "library"))


def test_the_whole_request_is_on_one_screen_phone_number_first(stage: Any) -> None:
    request = sign_up(stage, "friend", "Oksana", phone=PHONE, reach="phone", wish="A walk")
    note = stage.services.notes.write(
        about=request, text="Called on Monday", language="en", now=stage.moment, who="shell"
    )
    stage.app.shell.go("request", request=stage.services.help.by_id(request))
    stage.settle()
    unlock(stage, "Read the request")
    stage.see("Called on Monday")
    screen = stage.app.shell.screen("request")
    assert screen.lines[0].title == PHONE
    assert screen.ids.reading.pages == 1
    screen.choose(note)
    stage.settle()
    stage.tap("Delete the note")
    stage.wait(lambda: "Called on Monday" not in stage.words(), "the note is gone")
    assert stage.services.notes.about(request) == ()
