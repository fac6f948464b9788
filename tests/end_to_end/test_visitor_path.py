"""A visitor's whole path in the installed program, full screen and by fingers on a touch panel, read back from
screenshots."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from tests.end_to_end.visitor import PATIENCE, SETTINGS, Visitor, kiosk, rows
from tests.printing.paper import PaperPrinter
from tests.world import PIN


@pytest.fixture
def program() -> Path:
    """The installed `kiosk` command of the environment that runs the tests."""
    return Path(sys.executable).with_name("kiosk")


@pytest.fixture
def folder(program: Path, tmp_path: Path) -> Path:
    """A data folder made by the program itself, with a few pictures imported by it."""
    folder = tmp_path / "data"
    kiosk(program, "init", "--data", str(folder), "--coordinator", "Anna", "--pin-stdin", typed=PIN)
    pictures = tmp_path / "pictures" / "furniture"
    pictures.mkdir(parents=True)
    for number, colour in enumerate(("teal", "brown", "navy")):
        Image.new("RGB", (900, 700), colour).save(pictures / f"Chair {number}.jpg")
    kiosk(program, "goods", "import", str(pictures.parent), "--data", str(folder))
    return folder


@pytest.fixture
def visitor(program: Path, folder: Path, tmp_path: Path) -> Iterator[Visitor]:
    visitor = Visitor(program, folder, tmp_path)
    yield visitor
    visitor.close()


def test_welcome_check_in_goods_ticket_help_done(visitor: Visitor, folder: Path) -> None:
    visitor.see("Tervetuloa")
    visitor.tap("Українська")
    visitor.tap("Я на захід")
    visitor.see("Вітаємо! Вас пораховано.")
    visitor.tap("Більше")  # one child more: the last plus on the screen
    visitor.tap("Я тут уперше")
    visitor.tap("Родина з дітьми")
    visitor.tap("З України")
    visitor.tap("Готово")
    visitor.see("Дякуємо, що прийшли!")
    assert rows(folder, 'SELECT adults, children, first_visit, "group" FROM visit') == [(1, 1, 1, "family.ukrainian")]

    visitor.tap("Подивитися речі")
    visitor.tap("Меблі")
    visitor.tap(kind="ItemCell", state="available")
    visitor.tap("Забронювати для мене")
    visitor.see("Річ заброньовано для вас")
    [(code, state)] = rows(folder, "SELECT code, state FROM ticket")
    assert state == "reserved"
    read: set[str] = set()
    end = time.monotonic() + PATIENCE
    while not read and time.monotonic() < end:
        read = {result.text for result in zxingcpp.read_barcodes(visitor.shot("ticket"))}
    assert read == {code}

    visitor.tap("Головна")
    visitor.tap("Допомога і друзі")
    visitor.tap("Щось інше")
    visitor.tap("Suomi")
    visitor.tap("Далі")
    visitor.tap("Будь-коли")
    visitor.tap("Далі")
    for letter in "Оля":
        visitor.tap(letter)
    visitor.tap("Далі")
    visitor.tap("Пропустити")
    visitor.tap("Запитаю в працівників")
    visitor.see("Оля")
    visitor.tap("Так, далі")
    visitor.tap("Так, зберегти")
    visitor.see("Збережено. Дякуємо, що розповіли!")
    assert rows(folder, "SELECT service FROM request") == [("other",)]
    stored = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert "Оля".encode() not in stored

    visitor.tap("Готово")
    visitor.see("Tervetuloa")
    assert visitor.look()["screen"] == "welcome"
    assert not any("Оля" in widget["text"] for widget in visitor.look()["widgets"])


def test_staff_scan_hand_over_and_print(program: Path, folder: Path, tmp_path: Path) -> None:
    printer = PaperPrinter()
    badge_file = tmp_path / "badge.png"
    kiosk(program, "staff", "add", "Mykola", "--role", "staff", "--pin-stdin", "--data", str(folder), typed="284917")
    kiosk(program, "staff", "badge", "Mykola", "--out", str(badge_file), "--data", str(folder))
    [badge] = {result.text for result in zxingcpp.read_barcodes(Image.open(badge_file))}
    items = json.loads(kiosk(program, "goods", "list", "--json", "--data", str(folder)))
    settings = SETTINGS + f'[printers]\nreceipt = "{printer.address}"\n[centre]\ndefault_language = "en"\n'
    visitor = Visitor(program, folder, tmp_path, settings)
    try:
        visitor.see("Welcome")
        subprocess.run(["setxkbmap", "ua"], env=visitor.env, check=True)
        visitor.tap("English")
        visitor.tap("Find free things")
        visitor.tap("Furniture")
        visitor.tap(kind="ItemCell", state="available")
        visitor.tap("Reserve it for me")
        visitor.see("It is reserved for you")
        visitor.tap("Print it")
        visitor.see("It is being printed")
        [paper] = printer.wait(1)
        [(code,)] = rows(folder, "SELECT code FROM ticket")
        assert code in {result.text for result in zxingcpp.read_barcodes(paper.convert("L"))}
        visitor.tap("OK")
        visitor.tap("Done")
        visitor.see("Tervetuloa")

        visitor.scan("HTTPS")
        visitor.see("This code was not recognised.")
        visitor.tap("OK")
        visitor.scan(badge)
        visitor.see("Ota vastaan")
        visitor.scan(code)
        visitor.see("Varaus on voimassa")
        visitor.tap("Luovuta tavara")
        visitor.see("Luovutettu")
        assert rows(folder, "SELECT state FROM ticket") == [("collected",)]
        answer = json.loads(kiosk(program, "scan", code, "--json", "--data", str(folder)))
        assert (answer["ticket"]["state"], answer["actions"]) == ("collected", ["undo_hand_over"])

        label = next(item["label_code"] for item in items if item["id"] != answer["item"]["id"])
        visitor.scan(label)
        visitor.see("Vapaa")
        visitor.tap("Tulosta tarra")
        visitor.see("Tulostetaan")
        assert label in {result.text for result in zxingcpp.read_barcodes(printer.wait(2)[1].convert("L"))}
        visitor.tap("Selvä")
        visitor.tap("Alkuun")
        visitor.tap("Lopeta")
        visitor.see("Tervetuloa")
        assert visitor.look()["screen"] == "welcome"
    finally:
        visitor.close()
        printer.close()
