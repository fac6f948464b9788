"""Plays stories by touch on a stage: with a window under Xvfb (tests/stories/test_stories.py) and without one
(tests/stories/windowless.py)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from kivy.core.window import Window

from kiosk.journal import Store
from kiosk.services import Services
from tests.codes.test_scanner import keys
from tests.screens.stage import Stage
from tests.stories.player import Player, Shot, set_up, settings_of, world_of
from tests.stories.story import Meant, Story, World
from tests.world import NOW


@contextmanager
def a_world(story: Story, folder: Path) -> Iterator[tuple[Stage, World]]:
    """Open the app with the world of `story` on a new database in `folder`."""
    settings = settings_of(story)
    store = Store.create(folder / "data", now=NOW)
    services = Services(store, settings)
    set_up(services)
    world = world_of(story, services)
    stage = Stage(store, settings, NOW)
    try:
        yield stage, world
    finally:
        stage.close()
        store.close()


class StagePlayer(Player):
    """Touches the widgets of a stage where they are."""

    def __init__(self, stage: Stage, world: World, shot: Shot = lambda name: None) -> None:
        super().__init__(world, shot)
        self.stage, self.app = stage, stage.app
        self.settle, self.rest, self.type = stage.settle, stage.rest, stage.type

    @property
    def current(self) -> str:
        return str(self.app.shell.current)

    @property
    def language(self) -> str:
        return str(self.app.tr.code)

    @property
    def big(self) -> bool:
        return bool(self.app.theme.big)

    def comes_to(self, screen: str) -> None:
        self.stage.wait(lambda: self.app.shell.current == screen, f"the screen {screen}")

    def sees(self, text: str | Meant) -> None:
        self.stage.see(self._said(text))

    def tap(self, text: str | Meant) -> None:
        self.stage.tap(self._said(text))

    def tap_child(self, name: str, at: int) -> None:
        self.stage.tap(list(reversed(self._screen.ids[name].children))[at])

    def tap_cell(self, item_id: str) -> None:
        grid = self._screen.ids.grid

        def look() -> Any:
            return next((cell for cell in grid.visible_cells() if cell.card and cell.card.id == item_id), None)

        cell = self.stage.wait(look, "the picture of the thing")
        x, y = grid.ids.view.to_window(*cell.center)
        self.stage.tap_at(x, y + grid.ids.view.shift)

    def tap_line(self, title: str) -> None:
        said = self._said(title)

        def look() -> Any:
            lines = [widget for widget in self.stage.widgets() if getattr(widget, "line", None)]
            return next((widget for widget in lines if widget.line.title.startswith(said)), None)

        self.stage.tap(self.stage.wait(look, f"the line {said!r}"))

    def tap_fact(self, question: str) -> None:
        facts = [widget for widget in self._screen.walk() if getattr(widget, "question", None)]
        self.stage.tap(next(widget for widget in facts if widget.question == self._said(question)))

    def scan(self, code: str) -> None:
        for scancode, letter, held in keys(code):
            Window.dispatch("on_key_down", 0, scancode, letter, held)

    def passes(self, time: timedelta) -> None:
        self.stage.moment += time
        self.app.background.housekeeping()

    def rows(self, sql: str, *values: Any) -> Iterable[tuple[Any, ...]]:
        return list(self.stage.store.db.execute_sql(sql, values).fetchall())

    @property
    def _screen(self) -> Any:
        return self.app.shell.screen(self.app.shell.current)

    def _said(self, text: str | Meant) -> str:
        """Return a text of the code in the language of the screen."""
        if isinstance(text, Meant):
            return str(self.app.tr.p(text.context, text.text))
        return str(self.app.tr._(text))
