"""The public page at the desk: a place is chosen, tried and renewed, and what goes wrong is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.services.desk.public_page import PublicPageService
from screens.staff.settings.values import broken, shortened
from tests.screens.test_desk import row
from tests.screens.test_settings import touch


@pytest.fixture
def stage(open_stage: Callable[..., Any], settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(PublicPageService, "is_due", lambda self, now: False)  # nothing in the background
    centre = settings.centre._replace(default_language="en", languages=("en",))
    stage = open_stage(
        using=settings._replace(centre=centre, public=settings.public._replace(url="https://example.fi/shelf/"))
    )
    stage.app.enter_desk(stage.services.staff.by_name("Coordinator"))
    stage.app.tr.use("en")
    stage.settle()
    touch(stage, "Settings", "Public page")
    return stage


def line(stage: Any, title: str) -> None:
    stage.settle()
    stage.rest()
    stage.tap(row(stage, title))


def said(stage: Any, title: str, note: str) -> None:
    """Wait until the line `title` says `note`, "" for any text."""
    stage.wait(
        lambda: any(
            one.title == title and note in one.note for one in stage.app.shell.screen("public_page").lines or ()
        ),
        f"{title}: {note}",
    )


def choose_place(stage: Any, place: str) -> None:
    line(stage, "Where the page is published")
    touch(stage, "Change")
    stage.settle()
    stage.app.shell.screen("ask").ids.entry.text = place
    touch(stage, "OK")


def test_long_words_are_broken() -> None:
    """An address, a key, a text of words, one word that just fits."""
    assert broken(f"to {'a' * 65} and back") == f"to {'a' * 30}\n{'a' * 30}\n{'a' * 5} and back"
    assert shortened(f"at {'a' * 65}") == f"at {'a' * 39}…"
    assert shortened("a" * 40) == "a" * 40
    assert broken("b" * 30) == "b" * 30
    assert broken("a text of short words " * 9) == "a text of short words " * 9


def test_a_folder_is_chosen_tried_and_filled(stage: Any, tmp_path: Path) -> None:
    said(stage, "Last update", "Not published anywhere yet")
    said(stage, "Poster with the QR code", "A4")
    choose_place(stage, "site")
    stage.see("site is no folder and no address such as sftp://name@host/folder")
    stage.app.shell.screen("ask").ids.entry.text = str(tmp_path / "site")
    touch(stage, "OK")
    said(stage, "Last update", "Not updated yet")
    line(stage, "Last update")
    touch(stage, "Test the place")
    stage.see("The place can be written to")
    touch(stage, "OK")
    assert list((tmp_path / "site").iterdir()) == []
    line(stage, "Last update")
    touch(stage, "Renew it now")
    stage.see("The public page is up to date")
    touch(stage, "OK")
    assert (tmp_path / "site" / "en" / "things.html").is_file()
    said(stage, "Last update", "24")


def test_a_place_that_is_not_there_is_told_and_is_a_task(stage: Any, tmp_path: Path) -> None:
    choose_place(stage, str(tmp_path / "none" / "site"))
    said(stage, "Last update", "Not updated yet")
    line(stage, "Last update")
    touch(stage, "Renew it now")
    stage.see("The place of the public page was not found")
    stage.app.shell.close_dialog()
    said(stage, "Last update", "The place of the public page was not found")
    stage.app.shell.go("todo")
    stage.see("The public page was not renewed")


def test_the_access_to_a_server_is_set(stage: Any) -> None:
    choose_place(stage, "sftp://anna@example.fi/shelf")
    said(stage, "Access to the server", "No password")
    line(stage, "Access to the server")
    touch(stage, "Type the password")
    stage.settle()
    stage.app.shell.screen("ask").ids.entry.text = "kahvi"
    touch(stage, "OK")
    said(stage, "Access to the server", "A password is set")
    assert stage.app.services.public_page.password() == "kahvi"
    line(stage, "Access to the server")
    touch(stage, "Show the key of this tablet")
    stage.see("ssh-ed25519")
    stage.app.shell.close_dialog()
    line(stage, "Access to the server")
    touch(stage, "Forget the password")
    said(stage, "Access to the server", "No password")
