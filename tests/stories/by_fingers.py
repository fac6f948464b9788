"""Plays stories by fingers in the installed program: a process of its own, full screen, started as the service starts it.

Nothing of the program is another for it. Where to touch and what is to be read is seen through the probe of
`tests/end_to_end`; the database is asked for the journal as the table has it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import tomlkit

from kiosk.files.atomic import write_atomic
from kiosk.journal import Store
from kiosk.language.translation import Language
from kiosk.services import Services
from kiosk.settings import FILE, Settings
from tests.end_to_end.visitor import ENDS, PATIENCE, STRIKE, Visitor, rows
from tests.stories.player import Player, set_up, settings_of, world_of
from tests.stories.story import Cell, Meant, Pass, Story, World, nothing
from tests.touch.unit import as_the_unit_does
from tests.touch_panel import TouchServer
from tests.world import NOW

SIZE = (1280, 800)
#: Work in the background is done so often, seconds; a test that waits for it is patient.
HOUSEKEEPING = 30
#: Between two keys, seconds.
KEY = 0.1
#: How often the goods are turned over to find one.
PAGES = 20
#: So many looks of the probe without work under way, and nothing comes any more.
QUIET = 2


def written(settings: Settings) -> str:
    """Return the settings file for what stories change: gatherings and projects. Nobody is sent away, and a scanner may be
    slow."""

    def plain(value: Any) -> Any:
        return sorted(value) if isinstance(value, frozenset | tuple) else value

    tables = {
        name: [{key: plain(value) for key, value in row._asdict().items()} for row in getattr(settings, name)]
        for name in ("gatherings", "projects")
    }
    screen = {"motion": settings.screen.motion, "idle_seconds": 900}
    return tomlkit.dumps({"screen": screen, "staff": {"scan_gap_ms": 1000}} | tables)


def touches(story: Story, kind: type) -> bool:
    """Whether this kind of touch is in a story."""
    return any(isinstance(step.touch, kind) for step in story.steps)


def lobbies(stories: dict[str, Story]) -> list[list[str]]:
    """Return the names of stories that are played one after the other in one run of the program."""
    found: dict[Any, list[str]] = {}
    for name, story in stories.items():
        own = story.alone or story.given is not nothing or touches(story, Pass)
        found.setdefault(name if own else story.using, []).append(name)
    return list(found.values())


class Lobby:
    """The program on a panel, with things of its own for each of `stories`; what they have in common is the first one's."""

    def __init__(self, stories: dict[str, Story], folder: Path) -> None:
        self.folder, self.clock = folder / "data", folder / "ahead"
        settings = settings_of(next(iter(stories.values())))
        store = Store.create(self.folder, now=NOW)
        services = Services(store, settings)
        set_up(services)
        # What came last stands first on the shelf: the things of the stories that look for some.
        looking = sorted(reversed(stories), key=lambda name: touches(stories[name], Cell))
        self.worlds = {name: world_of(stories[name], services) for name in looking}
        store.close()
        (self.folder / FILE).write_text(written(settings), encoding="utf-8")
        self.go_on(NOW - datetime.now(UTC))
        self.server = TouchServer(SIZE)
        start = as_the_unit_does(self.server)
        program = Path(sys.executable).with_name("kiosk")
        words = ("run", "--data", str(self.folder))
        self.visitor = Visitor(program, self.folder, folder, "", self.server, start, clock=self.clock, words=words)

    def go_on(self, time: timedelta) -> None:
        """Put the program's clock forward."""
        before = float(self.clock.read_text()) if self.clock.exists() else 0.0
        write_atomic(self.clock, str(before + time.total_seconds()).encode())

    def play(self, name: str, story: Story) -> None:
        """Play a story from the welcome screen; the visitor before may have gone away anywhere."""
        player = FingerPlayer(self, self.worlds[name])
        player.begin()
        player.play(story)

    def close(self) -> None:
        self.visitor.close()
        self.server.stop()


class FingerPlayer(Player):
    """Touches the panel of a lobby."""

    def __init__(self, lobby: Lobby, world: World) -> None:
        super().__init__(world)
        self.lobby, self.visitor = lobby, lobby.visitor

    def begin(self) -> None:
        """End the visit before."""
        self.visitor.wait(lambda seen: seen["screen"], "a screen")
        self.settle()
        self._answer("OK")
        if self.current != "welcome":
            if self.current not in ENDS:
                self.tap("Home")
                self.settle()
                self._answer("Leave without saving")
            self.tap("Finish")
            self.settle()
            self._answer("Leave without saving")
            self.comes_to("welcome")

    def _answer(self, words: str) -> None:
        """Touch the button with these words of a dialog, if there is one."""
        if any(found["text"] == self._said(words) for found in self.visitor.look()["widgets"]):
            self.tap(words)
            self.settle()

    @property
    def current(self) -> str:
        return str(self.visitor.look()["screen"])

    @property
    def language(self) -> str:
        return str(self.visitor.look()["language"])

    def comes_to(self, screen: str) -> None:
        self.visitor.on(screen)

    def sees(self, text: str | Meant) -> None:
        def there(seen: dict[str, Any]) -> bool:
            return any(self._said(text, seen) in found["text"].replace("\u00a0", " ") for found in seen["widgets"])

        self.visitor.wait(there, f"the text {text!r}")

    def settle(self) -> None:
        busy = self.visitor.look()["look"]

        def quiet(seen: dict[str, Any]) -> bool:
            nonlocal busy
            busy = seen["look"] if seen["busy"] else busy
            return bool(seen["look"] > busy + QUIET)

        self.visitor.wait(quiet, "an end of the work")

    def rest(self) -> None:
        """The visitor's hand rests before each touch."""

    def tap(self, text: str | Meant) -> None:
        self.visitor.tap(self._said(text))

    def tap_child(self, name: str, at: int) -> None:
        self._tap(lambda found: found["child"] == [name, at], f"child {at} of {name}")

    def tap_cell(self, item_id: str) -> None:
        def cell(seen: dict[str, Any]) -> Any:
            return next((found for found in seen["widgets"] if found["card"] == item_id), None)

        for _ in range(PAGES):
            self.settle()
            there = cell(self.visitor.look())
            if there and not there["hidden"]:
                break
            self.tap("Up" if there and there["hidden"] > 0 else "Down")
        self.visitor.tap_found(cell, "the picture of the thing")

    def tap_line(self, title: str) -> None:
        self._tap(lambda found: found["line"].startswith(self._said(title)) and found["line"], f"the line {title!r}")

    def tap_fact(self, question: str) -> None:
        self._tap(lambda found: found["question"] == self._said(question), f"the question {question!r}")

    def type(self, text: str) -> None:
        pause = STRIKE
        for letter in text.replace(" ", "␣"):
            key = self.visitor.wait(
                lambda seen: self.visitor.button(seen, letter) or self.visitor.button(seen, letter.upper()),  # noqa: B023
                f"the key {letter}",
            )
            self.visitor.touch(key["x"], key["y"], pause)
            pause = KEY

    def scan(self, code: str) -> None:
        self.visitor.scan(code)

    def passes(self, time: timedelta) -> None:
        self.lobby.go_on(time)
        kept = self.visitor.look()["kept"]
        self.visitor.wait(lambda seen: seen["kept"] != kept, "work in the background", HOUSEKEEPING + PATIENCE)

    def rows(self, sql: str, *values: Any) -> Iterable[tuple[Any, ...]]:
        return rows(self.lobby.folder, sql, *values)

    def _tap(self, named: Callable[[dict[str, Any]], Any], what: str) -> None:
        self.visitor.tap_found(lambda seen: next((found for found in seen["widgets"] if named(found)), None), what)

    def _said(self, text: str | Meant, seen: dict[str, Any] | None = None) -> str:
        """Return a text of the code in the language of the screen."""
        language = Language((seen or self.visitor.look())["language"], timezone="Europe/Helsinki")
        return language.meant(text.context, text.text) if isinstance(text, Meant) else language.text(text)
