"""The inventory at the desk: labels of several things on a sheet, and what a list that changes does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from screens.staff.desk.label_sheets import used
from tests.screens.test_desk import row
from tests.screens.test_gifts import enter_desk


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def stage(open_stage: Callable[..., Any], shelf: Any, settings: Any, stick: Path) -> Any:
    english = settings._replace(
        centre=settings.centre._replace(default_language="en"), reports=settings.reports._replace(folder=str(stick))
    )
    return open_stage(using=english)


def open_inventory(stage: Any) -> Any:
    enter_desk(stage)
    stage.tap("Things")
    stage.see("3 things")
    stage.settle()
    stage.rest()
    return stage.app.shell.screen("inventory")


def test_labels_of_several_things_are_written_on_a_sheet_and_known(stage: Any, stick: Path) -> None:
    screen = open_inventory(stage)
    stage.tap("Choose several")
    stage.settle()
    stage.tap("Choose all")
    stage.see("Print labels (3)")
    stage.rest()
    stage.tap("Print labels (3)")
    stage.see("Where are the labels printed?")
    stage.rest()
    stage.tap("A4 sheet on a USB stick")
    stage.see("Which sheet of labels?")
    stage.rest()
    stage.tap("24 labels, 70 × 37 mm")
    stage.see("How many labels of the first sheet are used already?")
    stage.settle()
    stage.rest()
    stage.tap("3")
    stage.rest()
    stage.tap("OK")
    stage.see("You can take out the USB stick now")
    assert (stick / "labels.pdf").read_bytes().startswith(b"%PDF")
    stage.wait(lambda: all(line.labelled for line in screen.found), "the labels that are known")
    assert not screen.choosing
    assert not screen.busy


def test_a_stick_that_is_not_there_is_told_and_nothing_is_noted(stage: Any, stick: Path) -> None:
    screen = open_inventory(stage)
    stick.rmdir()
    screen.turn_choosing()
    screen.choose_all()
    screen._make("stick", "24", 5)
    stage.wait(lambda: stage.app.shell.dialog is not None, "the message")
    assert not screen.busy
    assert len(screen.chosen) == 3, "what was chosen is chosen still"
    found = stage.services.inventory.find(now=stage.moment, wanted="no_label")
    assert len(found) == 3


def test_how_many_labels_are_used_is_checked() -> None:
    from kiosk.errors import BadValue

    assert [used(text, "24") for text in ("", "0", "23")] == [0, 0, 23]
    with pytest.raises(BadValue):
        used("24", "24")


def test_a_thing_is_opened_from_its_picture(stage: Any) -> None:
    screen = open_inventory(stage)
    stage.tap("As pictures")
    stage.settle()
    cell = screen.ids.grid.visible_cells()[0]
    screen.choose(cell.card.id)
    stage.wait(lambda: stage.app.shell.current == "found", "the thing")
    stage.see("Hand over without a ticket")


def test_the_page_stays_when_a_thing_is_chosen(stage: Any) -> None:
    for number in range(12):
        stage.services.goods.add(
            now=stage.moment, who="shell", category="furniture", names={"en": f"Stool {number:02}"}
        )
    enter_desk(stage)
    stage.tap("Things")
    stage.see("15 things")
    screen = stage.app.shell.screen("inventory")
    stage.tap("Choose several")
    stage.settle()
    screen.ids.listed.turn(1)
    stage.settle()
    screen.choose(screen.lines[-1].key)
    stage.settle()
    assert screen.ids.listed.page == 1
    assert row(stage, "Stool 09") is not None
