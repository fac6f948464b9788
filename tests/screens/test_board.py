"""The board: a second screen over the same database, that reads and writes nothing."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from kivy.base import EventLoop, runTouchApp, stopTouchApp
from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.pictures.store import Pictures
from kiosk.services import Services
from kiosk.settings import Settings
from screens.board.app import BoardApp
from screens.board.pages import pages
from tests.screens.conftest import TUESDAY
from tests.screens.stage import PATIENCE


class Board:
    """The app of the board in a window of `size`."""

    def __init__(self, services: Services, settings: Settings, size: tuple[int, int]) -> None:
        Window.size = size
        self._before = set(Clock.get_events())
        self.moment = TUESDAY
        self.app = BoardApp(services, Pictures(services.store.folder / "pictures"), settings, lambda: self.moment)
        self.app._run_prepare()
        runTouchApp(embedded=True)
        for each in self.app._clocks:  # nothing happens by itself
            each.cancel()
        self.wait(lambda: self.app.view is not None and not self.app.workers.busy)

    def wait(self, until: Callable[[], Any]) -> None:
        end = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < end, "the board did not change"
            EventLoop.idle()

    def words(self) -> str:
        """Return every text that is shown."""
        EventLoop.idle()
        texts = (getattr(widget, "text", "") for widget in self.app.face.walk() if widget.opacity)
        return "\n".join(text for text in texts if text)

    def close(self) -> None:
        self.app.stop()
        for event in set(Clock.get_events()) - self._before:
            event.cancel()
        for child in list(Window.children):
            Window.remove_widget(child)
        stopTouchApp()
        gc.collect()


@pytest.fixture
def open_board(services: Services) -> Iterator[Callable[..., Board]]:
    opened: list[Board] = []

    def open_board(settings: Settings, size: tuple[int, int] = (1280, 720)) -> Board:
        opened.append(Board(services.under(settings), settings, size))
        return opened[-1]

    yield open_board
    for board in opened:
        board.close()


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280)])
def test_it_tells_what_is_on_in_one_language_after_the_other(
    open_board: Callable[..., Board], settings: Settings, shelf: Any, size: tuple[int, int]
) -> None:
    told = settings._replace(message={"fi": "Kahvi on valmista"})
    board = open_board(told, size)
    assert "Tänään Help Centerissä" in board.words()
    assert "Tiistaikahvit" in board.words()
    assert "Avoinna ti–to 10.00–16.00" in board.words()
    seen = set()
    for _page in range(9):
        board.app.turn()
        seen.add((board.app.tr.code, board.app.face.heading))
    assert {code for code, _heading in seen} == {"fi", "uk", "en"}
    assert ("en", "New things, all free") in seen
    assert ("fi", settings.centre.name) in seen


def test_the_number_that_is_called_appears(
    open_board: Callable[..., Board], services: Services, settings: Settings
) -> None:
    board = open_board(settings)
    assert board.app.face.serving == ""
    services.guidance.take(topic="work", language="uk", interpreter=False, now=TUESDAY)
    called = services.guidance.call_next(now=TUESDAY, who="shell")
    board.app.look()
    board.wait(lambda: board.app.face.serving)
    assert board.app.face.serving == str(called.number)
    services.guidance.move(queue_id=called.id, state="done", now=TUESDAY, who="shell")
    board.app.look()
    board.wait(lambda: not board.app.face.serving)


def test_it_writes_nothing_and_stands_a_database_that_does_not_answer(
    open_board: Callable[..., Board], services: Services, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    board, db = open_board(settings), services.store.db
    length = db.execute_sql("SELECT count(*) FROM journal").fetchone()
    before = board.app.view

    def broken(now: object) -> None:
        raise OSError("gone")

    monkeypatch.setattr(board.app.services.board, "look", broken)
    board.app.look()
    board.wait(lambda: not board.app.workers.busy)
    board.app.turn()
    assert board.app.view == before
    assert "Tuesday coffee meeting" in board.words() or "Кава у вівторок" in board.words()
    assert db.execute_sql("SELECT count(*) FROM journal").fetchone() == length


def test_it_moves_and_is_dark_when_the_centre_is_closed(open_board: Callable[..., Board], settings: Settings) -> None:
    dark = settings._replace(screen=settings.screen._replace(dark_when_closed=True))
    board = open_board(dark)
    assert not board.app.face.dark
    board.app.move()
    assert board.app.face.shift != [0, 0]
    board.moment = TUESDAY + timedelta(hours=12)
    board.app.look()
    board.wait(lambda: board.app.face.dark)


def test_a_cancelled_day_says_so_and_an_empty_one_names_the_next(services: Services, settings: Settings) -> None:
    from kiosk.language.translation import Language

    words = Language("en")
    services.programme.cancel(session_id="coffee:2026-11-24:1300", reason="ill", now=TUESDAY, who="shell")
    view = services.board.look(TUESDAY)
    [row] = pages(view, settings, words, TUESDAY)[0].rows
    assert row[2] == "Cancelled"
    bare = replace(view, planned=(), newest=(), thanked=())
    [page] = pages(bare, settings, words, TUESDAY)
    assert (page.heading, page.rows[0][1]) == ("The next one is:", "Tuesday coffee meeting")
    assert pages(replace(bare, following=None), settings, words, TUESDAY)[0].heading == "No event today"
