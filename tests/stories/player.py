"""Plays stories by touch on a stage and holds the screens and the journal against the table.

The same player runs in a window under Xvfb (tests/stories/test_stories.py) and without one (tests/stories/windowless.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kivy.core.window import Window

from kiosk.codes import display
from kiosk.journal import Store
from kiosk.pictures.store import Pictures
from kiosk.privacy.sealing import new_keypair
from kiosk.services import Services
from kiosk.settings import load
from tests.codes.test_scanner import keys
from tests.screens.stage import Stage
from tests.stories.story import (
    Cell,
    Child,
    CodeKeys,
    Entry,
    Fact,
    Free,
    Keys,
    Line,
    Meant,
    Pass,
    Scan,
    Step,
    Story,
    Touch,
    World,
)
from tests.world import NOW, PIN, shelve

#: Who writes into the journal by themselves, while a story is played.
BY_THEMSELVES = ("schedule", "clock", "settings")
#: What is called at a step with a picture, with its name.
Shot = Callable[[str], None]


@contextmanager
def a_world(story: Story, folder: Path) -> Iterator[tuple[Stage, World]]:
    """Open the app with the world of `story` on a new database in `folder`."""
    settings = load(None)
    settings = story.using(settings._replace(screen=settings.screen._replace(motion=False)))
    store = Store.create(folder / "data", now=NOW)
    store.set_recipients([new_keypair().public, new_keypair().public])
    services = Services(store, settings)
    services.gatherings.apply(settings.gatherings, NOW)
    services.staff.add_first(name="Anna", pin=PIN, now=NOW, language="en")
    world = World(services, shelve(services, Pictures(store.folder / "pictures")))
    story.given(world)
    stage = Stage(store, settings, NOW)
    try:
        yield stage, world
    finally:
        stage.close()
        store.close()


class Player:
    """Plays the steps of a story on a stage."""

    def __init__(self, stage: Stage, world: World, shot: Shot = lambda name: None) -> None:
        self.stage, self.world, self.shot = stage, world, shot
        self.app = stage.app

    def play(self, story: Story) -> None:
        """Play it to its end. Raises AssertionError with the number of the step that went another way."""
        for number, step in enumerate(story.steps, 1):
            try:
                self.step(step)
            except AssertionError as error:
                raise AssertionError(f"{story.name}, step {number} ({step.touch!r}): {error}") from error

    def step(self, step: Step) -> None:
        """Do one step and check what it led to."""
        stage, shell = self.stage, self.app.shell
        assert shell.current == step.screen, f"on {shell.current}, not on {step.screen}"
        last = self._last()
        self.touch(step.touch)
        stage.wait(lambda: shell.current == step.then, f"the screen {step.then}")
        for text in step.sees:
            stage.see(self.said(text))
        stage.settle()
        assert shell.current == step.then, f"went on from {step.then} to {shell.current}"
        self._hold(step.wrote, last)
        if step.picture:
            self.shot(step.picture)
        stage.rest()

    def said(self, text: str | Meant) -> str:
        """Return a text of the code in the language of the screen."""
        if isinstance(text, Meant):
            return str(self.app.tr.p(text.context, text.text))
        return str(self.app.tr._(text))

    def touch(self, touch: Touch) -> None:
        """Do what a person does."""
        stage = self.stage
        match touch:
            case Child(name, at):
                stage.tap(list(reversed(self._screen.ids[name].children))[at])
            case Cell(name):
                self._tap_cell(self.world.items[name].id)
            case Line(title):
                stage.tap(self._line(self.said(title)))
            case Fact(question):
                facts = [widget for widget in self._screen.walk() if getattr(widget, "question", None)]
                stage.tap(next(widget for widget in facts if widget.question == self.said(question)))
            case Free():
                stage.tap(next(widget for widget in self._screen.walk() if getattr(widget, "card", None)))
            case Keys(text):
                stage.type(text)
            case CodeKeys(table, wrong):
                code = self._code(table)
                stage.type(display(code) if not wrong else code[:-1] + ("0" if code[-1] != "0" else "1"))
            case Scan(name):
                self._scan(self.world.codes.get(name) or self._code(name))
            case Pass(time):
                stage.moment += time
                self.app.background.housekeeping()
            case _:
                stage.tap(self.said(touch))

    @property
    def _screen(self) -> Any:
        return self.app.shell.screen(self.app.shell.current)

    def _line(self, title: str) -> Any:
        def look() -> Any:
            lines = [widget for widget in self.stage.widgets() if getattr(widget, "line", None)]
            return next((widget for widget in lines if widget.line.title.startswith(title)), None)

        return self.stage.wait(look, f"the line {title!r}")

    def _tap_cell(self, item_id: str) -> None:
        grid = self._screen.ids.grid

        def look() -> Any:
            return next((cell for cell in grid.visible_cells() if cell.card and cell.card.id == item_id), None)

        cell = self.stage.wait(look, "the picture of the thing")
        x, y = grid.ids.view.to_window(*cell.center)
        self.stage.tap_at(x, y + grid.ids.view.shift)

    def _scan(self, code: str) -> None:
        for scancode, letter, held in keys(code):
            Window.dispatch("on_key_down", 0, scancode, letter, held)

    def _code(self, table: str) -> str:
        sql = f"SELECT code FROM {table} ORDER BY id DESC LIMIT 1"
        return str(self.stage.store.db.execute_sql(sql).fetchone()[0])

    def _last(self) -> int:
        return int(self.stage.store.db.execute_sql("SELECT max(seq) FROM journal").fetchone()[0] or 0)

    def _written(self, last: int) -> list[Entry]:
        sql = "SELECT kind, payload, who FROM journal WHERE seq > ? ORDER BY seq"
        rows = self.stage.store.db.execute_sql(sql, (last,)).fetchall()
        return [Entry(kind, json.loads(payload)) for kind, payload, who in rows if who not in BY_THEMSELVES]

    def _hold(self, wanted: tuple[Entry, ...], last: int) -> None:
        """Check that just the entries wanted came after `last`."""
        found = self._written(last)
        same = [entry.kind for entry in found] == [entry.kind for entry in wanted]
        same = same and all(want.said.items() <= entry.said.items() for want, entry in zip(wanted, found, strict=True))
        assert same, f"wrote {found}, not {list(wanted)}"
