"""The settings at the desk: hours changed, a service switched off and gone, a wrong value told, a broken file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from kiosk.settings import load
from tests.screens.conftest import photo
from tests.screens.test_desk import row


@pytest.fixture
def stage(open_stage: Callable[..., Any], settings: Any) -> Any:
    stage = open_stage(using=settings._replace(centre=settings.centre._replace(default_language="en")))
    stage.app.enter_desk(stage.services.staff.by_name("Coordinator"))
    stage.app.tr.use("en")
    stage.settle()
    return stage


def touch(stage: Any, *words: str) -> None:
    for word in words:
        stage.settle()
        stage.rest()
        stage.tap(word)


def line(stage: Any, title: str) -> None:
    stage.settle()
    stage.rest()
    stage.tap(row(stage, title))


def now(stage: Any, title: str, note: str) -> None:
    """Wait until the line `title` says `note`."""
    stage.wait(
        lambda: any(
            (line.title, line.note) == (title, note) for line in stage.app.shell.screen("settings_part").lines or ()
        ),
        f"{title}: {note}",
    )
    stage.settle()  # the list may be read before the app takes the settings


def test_hours_and_services_hold_at_once(stage: Any) -> None:
    app, file = stage.app, stage.services.preferences.file
    touch(stage, "Settings", "Opening hours")
    line(stage, "Monday")
    touch(stage, "Change")
    stage.see("At what time does it begin?")
    touch(stage, "09", "30", "OK")
    stage.see("At what time does it end?")
    touch(stage, "17", "00", "OK")
    now(stage, "Monday", "09:30–17:00")
    line(stage, "Tuesday")
    touch(stage, "Closed on this day")
    now(stage, "Tuesday", "Closed")
    line(stage, "Closed days")
    touch(stage, "Add a day", "25")
    stage.wait(lambda: app.settings.closed, "the closed day")
    assert app.settings.opening[0] == (time(9, 30), time(17))
    assert sorted(app.settings.opening) == [0, 2, 3]
    assert app.settings.closed == {date(2026, 11, 25)}
    assert load(file) == app.settings
    assert app.member is not None

    touch(stage, "Back", "What we offer")
    line(stage, "Donations")
    touch(stage, "Switch it off")
    now(stage, "Donations", "Off")
    app.end_session()
    app.tr.use("en")
    app.shell.home()
    stage.see("Coming events")
    stage.settle()
    assert "I want to donate something" not in stage.words()


def test_a_wrong_value_and_a_broken_file_are_told(stage: Any) -> None:
    file = stage.services.preferences.file
    touch(stage, "Settings", "Things and wishes")
    line(stage, "Tickets per visitor")
    stage.see("Valid tickets one visitor may have")
    touch(stage, "Change")
    stage.settle()
    ask = stage.app.shell.screen("ask")
    for text in ("40", "4"):
        ask.ids.entry.text = text
        touch(stage, "OK")
        if text == "40":
            stage.see("must be a whole number from 1 to 20")
    now(stage, "Tickets per visitor", "4")
    assert stage.app.services.settings.tickets.limit == 4
    line(stage, "Tickets per visitor")
    touch(stage, "Reset to default")
    now(stage, "Tickets per visitor", "3")
    broken = file.read_text(encoding="utf-8").replace("limit = 3", "limit = = 3")
    file.write_text(broken, encoding="utf-8")
    line(stage, "Days a thing counts as new")
    touch(stage, "Reset to default")
    stage.see("settings.toml line")
    assert file.read_text(encoding="utf-8") == broken


def test_languages_keep_their_order(stage: Any) -> None:
    touch(stage, "Settings", "The centre")
    line(stage, "Languages")
    touch(stage, "Change", "Svenska", "Українська", "OK")
    now(stage, "Languages", "Suomi, English, Svenska")
    assert stage.app.settings.centre.languages == ("fi", "en", "sv")
    stage.app.end_session()
    stage.see("Svenska")


def test_a_printer_is_named_and_prints_a_page(stage: Any, tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    from screens.staff.settings.values import shortened

    touch(stage, "Settings", "Printers, scanners and sound")
    line(stage, "Receipt printer")
    touch(stage, "Change", "Another address")
    stage.settle()
    ask = stage.app.shell.screen("ask")
    ask.ids.entry.text = "printer"
    touch(stage, "OK")
    stage.see("printer is not a printer address")
    ask.ids.entry.text = f"file://{paper}"
    touch(stage, "OK")
    now(stage, "Receipt printer", shortened(f"file://{paper}"))
    assert stage.app.settings.printers.receipt == f"file://{paper}"
    touch(stage, "Print a test page")
    stage.see("It was printed")
    assert len(paper.read_bytes()) > 1000


def test_a_screen_is_chosen_among_those_that_are_plugged_in(stage: Any) -> None:
    [name] = stage.app.window.outputs
    touch(stage, "Settings", "The screen")
    stage.settle()
    stage.app.shell.screen("settings_part").touched("screen.output")
    touch(stage, "Change")
    stage.see("The main one")
    touch(stage, name)
    stage.wait(lambda: stage.app.settings.screen.output == name, "the chosen screen")
    assert load(stage.services.preferences.file).screen.output == name
    now(stage, "Which screen", name)


def test_every_setting_with_a_name_is_on_the_screen() -> None:
    from kiosk.settings.schema import ENTRIES
    from screens.staff.settings.parts import PARTS

    shown = [key for part in PARTS.values() for key in part.keys]
    named = {entry.key for entry in ENTRIES if entry.name or entry.key.startswith(("opening.", "message."))}
    assert sorted(shown) == sorted(named)


def test_kinds_of_things_a_message_and_a_picture_of_the_centre(
    open_stage: Callable[..., Any], settings: Any, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "house.jpg").write_bytes(photo("purple"))
    english = settings._replace(centre=settings.centre._replace(default_language="en"))
    stage = open_stage(using=english._replace(goods=english.goods._replace(picture_folder=str(stick))))
    app = stage.app
    app.enter_desk(stage.services.staff.by_name("Coordinator"))
    app.tr.use("en")

    touch(stage, "Settings", "The centre")
    line(stage, "Picture of the centre")
    touch(stage, "Change")
    pick = app.shell.screen("pick_photo")
    stage.wait(lambda: pick.ids.grid.children and pick.ids.grid.children[0].texture, "the picture")
    stage.tap(pick.ids.grid.children[0])
    now(stage, "Picture of the centre", "A picture of your own")
    assert len(app.settings.centre.logo) == 64

    touch(stage, "Back", "Things and wishes")
    line(stage, "Categories of things")
    touch(stage, "Change")
    touch(stage, *(words for words in ("Furniture", "Books", "Electronics", "OK")))
    stage.wait(lambda: len(app.settings.goods.categories) == 7, "three kinds less")

    touch(stage, "Back", "Message to everyone")
    line(stage, "English")
    touch(stage, "Change")
    stage.type("closed")
    touch(stage, "OK")
    now(stage, "English", "closed")
    assert load(stage.services.preferences.file) == app.settings

    app.end_session()
    stage.see("closed")
    assert app.shell.screen("welcome").messages == ["closed"]
    app.tr.use("en")
    app.shell.home()
    stage.see("closed")
    touch(stage, "Find free things")
    stage.see("Clothes")
    stage.settle()
    assert not {"Furniture", "Books", "Electronics"} & set(stage.words())
