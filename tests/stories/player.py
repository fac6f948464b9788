"""What plays a story: it does the steps of the table and holds the screens and the journal against it.

Who touches and looks is a subclass: `tests/stories/on_stage.py` for a Kivy app in the tests' own process,
`tests/stories/by_fingers.py` for the installed program on a touch panel.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from kiosk.codes import display
from kiosk.pictures.store import Pictures
from kiosk.privacy.sealing import new_keypair
from kiosk.services import Services
from kiosk.settings import Settings, load
from tests.stories.story import (
    Cell,
    Child,
    CodeKeys,
    Entry,
    Fact,
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


def settings_of(story: Story) -> Settings:
    """Return the settings a story is played with: nothing moves by itself."""
    settings = load(None)
    return story.using(settings._replace(screen=settings.screen._replace(motion=False)))


def set_up(services: Services) -> None:
    """Set up a centre: the keys it seals with, its gatherings, its coordinator, a snapshot as the program makes one when it
    starts."""
    services.store.set_recipients([new_keypair().public, new_keypair().public])
    services.gatherings.apply(services.settings.gatherings, NOW)
    services.staff.add_first(name="Anna", pin=PIN, now=NOW, language="en")
    services.backups.make_snapshot(NOW)


def world_of(story: Story, services: Services) -> World:
    """Return things of its own for a story, and what is given in it."""
    world = World(services, shelve(services, Pictures(services.store.folder / "pictures")))
    story.given(world)
    return world


class Player:
    """Plays the steps of a story in a world."""

    def __init__(self, world: World, shot: Shot = lambda name: None) -> None:
        self.world, self.shot = world, shot

    def play(self, story: Story) -> None:
        """Play it to its end. Raises AssertionError with the number of the step that went another way."""
        for number, step in enumerate(story.steps, 1):
            try:
                self.step(step)
            except AssertionError as error:
                raise AssertionError(f"{story.name}, step {number} ({step.touch!r}): {error}") from error

    def step(self, step: Step) -> None:
        """Do one step and check what it led to."""
        assert self.current == step.screen, f"on {self.current}, not on {step.screen}"
        last = self._last()
        if step.next_page_in_big and self.big:
            self.touch("Next")
            self.settle()
            self.rest()
        self.touch(step.touch)
        self.comes_to(step.then)
        for text in step.sees:
            self.sees(text)
        self.settle()
        assert self.current == step.then, f"went on from {step.then} to {self.current}"
        self._hold(step.wrote, last)
        if step.picture:
            self.shot(step.picture)
        self.rest()

    def touch(self, touch: Touch) -> None:
        """Do what a person does."""
        match touch:
            case Child(name, at):
                self.tap_child(name, at)
            case Cell(name):
                self.tap_cell(self.world.items[name].id)
            case Line(title):
                self.tap_line(title)
            case Fact(question):
                self.tap_fact(question)
            case Keys(text, uk):
                self.type(uk if uk and self.language == "uk" else text)
            case CodeKeys(table, wrong):
                code = self._code(table)
                self.type(display(code) if not wrong else code[:-1] + ("0" if code[-1] != "0" else "1"))
            case Scan(name):
                self.scan(self.world.codes.get(name) or self._code(name))
            case Pass(time):
                self.passes(time)
            case _:
                self.tap(touch)

    # who looks and touches; texts are those of the code

    @property
    def current(self) -> str:
        """The screen that is shown."""
        raise NotImplementedError

    @property
    def language(self) -> str:
        """The language of the screen."""
        raise NotImplementedError

    @property
    def big(self) -> bool:
        """Whether the text is big."""
        return False

    def comes_to(self, screen: str) -> None:
        """Wait for a screen."""
        raise NotImplementedError

    def sees(self, text: str | Meant) -> None:
        """Wait until a text stands on the screen, whole or as a part of another."""
        raise NotImplementedError

    def settle(self) -> None:
        """Wait until nothing moves and no work is under way."""
        raise NotImplementedError

    def rest(self) -> None:
        """Be slow enough for the next touch not to count as a second strike."""
        raise NotImplementedError

    def tap(self, text: str | Meant) -> None:
        """Touch the button with this text."""
        raise NotImplementedError

    def tap_child(self, name: str, at: int) -> None:
        """Touch the child at `at`, as read, of the widget `name` of the screen."""
        raise NotImplementedError

    def tap_cell(self, item_id: str) -> None:
        """Touch the picture of a thing among the goods."""
        raise NotImplementedError

    def tap_line(self, title: str) -> None:
        """Touch the line whose title begins so."""
        raise NotImplementedError

    def tap_fact(self, question: str) -> None:
        """Touch the line of a sheet that asks this."""
        raise NotImplementedError

    def type(self, text: str) -> None:
        """Type on the keyboard of the screen."""
        raise NotImplementedError

    def scan(self, code: str) -> None:
        """Let a scanner read a code."""
        raise NotImplementedError

    def passes(self, time: timedelta) -> None:
        """Let time pass untouched, then the work in the background be done."""
        raise NotImplementedError

    def rows(self, sql: str, *values: Any) -> Iterable[tuple[Any, ...]]:
        """Ask the database of the program."""
        raise NotImplementedError

    # the journal

    def _code(self, table: str) -> str:
        [(code,)] = self.rows(f"SELECT code FROM {table} ORDER BY id DESC LIMIT 1")
        return str(code)

    def _last(self) -> int:
        [(last,)] = self.rows("SELECT max(seq) FROM journal")
        return int(last or 0)

    def _written(self, last: int) -> list[Entry]:
        rows = self.rows("SELECT kind, payload, who FROM journal WHERE seq > ? ORDER BY seq", last)
        return [Entry(kind, json.loads(payload)) for kind, payload, who in rows if who not in BY_THEMSELVES]

    def _hold(self, wanted: tuple[Entry, ...], last: int) -> None:
        """Check that just the entries wanted came after `last`."""
        written = self._written(last)
        same = [entry.kind for entry in written] == [entry.kind for entry in wanted]
        same = same and all(
            want.said.items() <= entry.said.items() for want, entry in zip(wanted, written, strict=True)
        )
        assert same, f"wrote {written}, not {list(wanted)}"
