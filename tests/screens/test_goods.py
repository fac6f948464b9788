"""Browsing, searching, reserving and giving back, by touch."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

import zxingcpp
from PIL import Image

from kiosk.codes import display, parse
from kiosk.journal import Store
from tests.screens.conftest import TUESDAY
from tests.screens.stage import Stage


def tickets(store: Store) -> list[tuple[str, str]]:
    """Return code and state of every ticket on disk."""
    with sqlite3.connect(store.folder / "kiosk.db") as db:
        return db.execute("SELECT code, state FROM ticket ORDER BY id").fetchall()


def to_shelf(stage: Stage, shelf: str = "Everything") -> None:
    stage.tap("English")
    stage.settle()
    stage.rest()
    stage.tap("Find free things")
    stage.settle()
    stage.rest()
    stage.tap(shelf)
    stage.settle()
    stage.rest()


def cells(stage: Stage) -> dict[str, Any]:
    """Return the cells on the screen by the name they show."""
    grid = stage.app.shell.screen("goods").ids.grid
    stage.wait(lambda: all(cell.card for cell in grid.visible_cells()), "the cards")
    return {stage.app.tr.name(cell.card.names): cell for cell in grid.visible_cells()}


def tap_cell(stage: Stage, name: str) -> None:
    view = stage.app.shell.screen("goods").ids.grid.ids.view
    cell = stage.wait(lambda: cells(stage).get(name), f"the cell {name}")
    x, y = view.to_window(*cell.center)
    stage.tap_at(x, y + view.shift)
    stage.wait(lambda: stage.app.shell.current == "item", "the page of the item")
    stage.settle()
    stage.rest()


def reserve(stage: Stage, name: str) -> None:
    tap_cell(stage, name)
    stage.tap("Reserve it for me")
    stage.wait(lambda: stage.app.shell.current == "ticket", "the ticket")
    stage.wait(lambda: stage.app.shell.screen("ticket").texture, "the slip")
    stage.settle()
    stage.rest()


def test_a_shelf_shows_its_things(stage: Stage) -> None:
    to_shelf(stage, "Furniture")
    assert list(cells(stage)) == ["Dining chair"]


def test_the_page_says_what_it_is_like(stage: Stage) -> None:
    to_shelf(stage)
    tap_cell(stage, "Dining chair")
    for words in ("Dining chair", "45 × 90 cm", "In good condition"):
        stage.see(words)
    assert not [words for words in stage.words() if "A3" in words]  # its shelf is for staff


def test_a_ticket_can_be_read_from_the_screen(stage: Stage, store: Store, tmp_path: Any) -> None:
    to_shelf(stage)
    reserve(stage, "Winter coat")
    [(code, state)] = tickets(store)
    assert state == "reserved"
    stage.shot(tmp_path / "ticket.png")
    read = {result.text for result in zxingcpp.read_barcodes(Image.open(tmp_path / "ticket.png"))}
    assert read == {code}
    assert str(parse(code)) == code


def test_who_looked_at_the_second_photo_sees_the_next_thing(stage: Stage, shelf: Any) -> None:
    thing = shelf["chair"]
    stage.app.shell.go("item", item=replace(thing, photos=("a" * 64, "b" * 64)))
    page = stage.app.shell.screen("item")
    page.turn(1)
    assert page.photo_at == 1
    stage.app.shell.go("item", item=thing)
    stage.settle()
    assert page.photo_at == 0


def test_a_reserved_thing_shows_it(stage: Stage) -> None:
    to_shelf(stage)
    reserve(stage, "Dining chair")
    stage.tap("More things")
    stage.settle()
    stage.rest()
    stage.tap("Furniture")
    stage.settle()
    stage.rest()
    stage.see("Reserved")
    tap_cell(stage, "Dining chair")
    stage.see("Someone has reserved this.")
    assert stage.find("Reserved").disabled


def test_a_lot_is_reserved_one_by_one(stage: Stage, store: Store) -> None:
    to_shelf(stage)
    tap_cell(stage, "Plates")
    stage.see("4 left")
    stage.tap("Reserve it for me")
    stage.wait(lambda: stage.app.shell.current == "ticket", "the ticket")
    stage.settle()
    stage.tap("Back")
    stage.see("3 left")
    assert [state for _, state in tickets(store)] == ["reserved"]


def test_the_limit_is_told(stage: Stage, store: Store, settings: Any) -> None:
    to_shelf(stage)
    tap_cell(stage, "Plates")
    for _ in range(settings.tickets.limit):
        stage.tap("Reserve it for me")
        stage.wait(lambda: stage.app.shell.current == "ticket", "the ticket")
        stage.settle()
        stage.rest()
        stage.tap("Back")
        stage.wait(lambda: stage.app.shell.current == "item", "the page")
        stage.settle()
        stage.rest()
    stage.tap("Reserve it for me")
    stage.see("You can reserve 3 things per visit.")
    assert len(tickets(store)) == 3


def test_a_ticket_is_given_back(stage: Stage, store: Store) -> None:
    to_shelf(stage)
    reserve(stage, "Dining chair")
    stage.tap("Cancel the reservation")
    stage.settle()
    stage.rest()
    stage.tap("Yes, cancel it")
    stage.see("This reservation was cancelled")
    assert [state for _, state in tickets(store)] == ["cancelled"]


def test_a_ticket_is_found_by_its_code_and_a_wrong_code_is_told(stage: Stage, store: Store) -> None:
    to_shelf(stage)
    reserve(stage, "Dining chair")
    [(code, _)] = tickets(store)
    stage.app.end_session()
    stage.settle()
    stage.rest()
    stage.tap("English")
    stage.settle()
    stage.rest()
    stage.tap("I have a code")
    stage.settle()
    stage.rest()
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    stage.type(wrong)
    stage.rest()
    stage.tap("Find it")
    entry = stage.app.shell.screen("enter_code")
    stage.wait(lambda: entry.trouble, "what is wrong")
    assert stage.app.shell.current == "enter_code"
    while entry.ids.entry.text:
        stage.tap("ERASE")
    stage.type(display(code))
    stage.rest()
    stage.tap("Find it")
    stage.see("It is reserved for you")


def test_search_in_another_language_and_with_a_typo(stage: Stage) -> None:
    to_shelf(stage)
    stage.tap("Search")
    stage.settle()
    stage.rest()
    goods = stage.app.shell.screen("goods")
    stage.type("talvitaki")
    stage.wait(lambda: goods.count == 1, "the coat")
    assert list(cells(stage)) == ["Winter coat"]
    stage.rest()
    stage.type("zzzz")
    stage.see("Nothing like that is here today")


def test_expired_tickets_free_the_thing(stage: Stage, store: Store) -> None:
    from datetime import timedelta

    to_shelf(stage)
    reserve(stage, "Dining chair")
    stage.moment += timedelta(days=8)
    stage.app.background.housekeeping()
    stage.wait(lambda: tickets(store)[0][1] == "expired", "the ticket to run out")
    stage.app.end_session()
    stage.settle()
    stage.rest()
    to_shelf(stage, "Furniture")
    tap_cell(stage, "Dining chair")
    stage.see("It costs nothing.")


def test_many_things_go_on_below_the_first(stage: Stage, services: Any) -> None:
    """The first block is found and shown alone; the others join it without a jump."""
    for number in range(70):
        services.goods.add(now=TUESDAY, who="shell", category="books", names={"en": f"Book {number:02}"})
    to_shelf(stage, "Books")
    screen = stage.app.shell.screen("goods")
    stage.wait(lambda: screen.count == 70, "all of them")
    assert "Book 69" in cells(stage)
    view = screen.ids.grid.ids.view
    view.scroll_to(view.longest)
    assert "Book 00" in cells(stage)
    view.scroll_to(0)
    assert "Book 69" in cells(stage)
