"""Goods from a stick at the desk, by touch: a list with its columns, a folder of pictures, and an encoding that is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.screens.conftest import TUESDAY, photo
from tests.screens.test_desk import row
from tests.world import PIN

LIST = "Lahjoitukset 2026\n\nNimi;Luokka;Kpl;Väri\nSohva, harmaa;Huonekalut;2;harmaa\nVempain;Huonekalut;monta;\n"


@pytest.fixture
def stage(open_stage: Callable[..., Any], settings: Any, services: Any, tmp_path: Path) -> Any:
    stick = tmp_path / "stick"
    (stick / "Kuvat" / "Huonekalut").mkdir(parents=True)
    (stick / "lista.csv").write_bytes(LIST.encode("cp1252"))
    (stick / "lyhyt.csv").write_bytes("Назва;Д\nДд;1\n".encode("cp1251"))
    (stick / "Kuvat" / "Huonekalut" / "sänky.jpg").write_bytes(photo("navy"))
    (stick / "Kuvat" / "Huonekalut" / "rikki.jpg").write_bytes(photo("navy")[:300])
    using = settings._replace(
        centre=settings.centre._replace(default_language="en"),
        goods=settings.goods._replace(picture_folder=str(stick)),
    )
    anna = services.staff.add_first(name="Anna", pin=PIN, now=TUESDAY, language="en")
    stage = open_stage(using=using)
    stage.app.enter_desk(anna)
    stage.settle()
    stage.app.shell.go("import_goods")
    stage.settle()
    return stage


def count(stage: Any) -> int:
    return int(stage.store.db.execute_sql("SELECT count(*) FROM item").fetchone()[0])


def test_a_list_comes_in_after_its_dry_run_and_not_twice(stage: Any) -> None:
    stage.tap(row(stage, "lista.csv"))
    stage.see("Are these the right columns?")
    stage.tap("Check the list")
    stage.see("1 new thing  ·  Left out: 1")
    stage.see("This is not a number of people or things: monta")
    stage.see("This column is not used: Väri")
    stage.see("× 2")
    assert count(stage) == 0
    stage.tap("Take these in")
    stage.see("1 thing was taken in")
    stage.tap("OK")
    assert count(stage) == 1
    stage.tap(row(stage, "lista.csv"))
    stage.settle()
    stage.app.shell.screen("import_goods").set_column("quantity", "none")
    stage.tap("Check the list")
    stage.see("2 new things")


def test_a_folder_of_pictures_comes_in(stage: Any) -> None:
    stage.tap(row(stage, "Kuvat"))
    stage.see("1 new thing  ·  Left out: 1")
    stage.see("Bed")
    stage.see("This picture is damaged or incomplete. Please take it again.")
    stage.tap("Take these in")
    stage.see("1 thing was taken in")
    stage.tap("OK")
    stage.tap(row(stage, "Kuvat"))
    stage.see("0 new things  ·  Already there: 1  ·  Left out: 1")


def test_letters_that_cannot_be_told_are_asked(stage: Any) -> None:
    screen = stage.app.shell.screen("import_goods")
    (Path(screen.found[0].path).parent / "lyhyt.csv").write_bytes("nimi\nДд\n".encode("cp1251"))
    stage.tap(row(stage, "lyhyt.csv"))
    stage.see("Choose the line that reads right")
    stage.tap("Дд")
    stage.see("Are these the right columns?")
    stage.tap("Check the list")
    stage.see("1 new thing")
    stage.see("Дд")


def test_a_stick_that_is_gone_is_told(stage: Any) -> None:
    screen = stage.app.shell.screen("import_goods")
    path = next(one.path for one in screen.found if one.path.name == "lista.csv")
    path.unlink()
    stage.tap(row(stage, "lista.csv"))
    stage.see("The file could not be read. Is the USB stick still plugged in?")
