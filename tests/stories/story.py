"""What a story is: a journey through the screens as a table of steps.

A story begins on the welcome screen. Texts are those of the code (English); the player finds them in the language of the
screen. `tests/stories/player.py` plays it: on a stage with a window or without, and in the installed program by fingers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

from kiosk.services import Services
from kiosk.settings import Settings


class Meant(NamedTuple):
    """A text with a context in the catalogues: the button "Done"."""

    text: str
    context: str = "button"


class Child(NamedTuple):
    """The child at `at` (from 0, as read) of the widget `id` of the screen."""

    id: str
    at: int = 0


class Cell(NamedTuple):
    """The picture of a thing of the world among the goods."""

    item: str


class Line(NamedTuple):
    """The line of a list whose title begins so."""

    title: str


class Fact(NamedTuple):
    """The line of a sheet that asks this question."""

    question: str


class Keys(NamedTuple):
    """Typed on the keyboard of the screen; `uk` on the Ukrainian one, where that has not the letters."""

    text: str
    uk: str = ""


class CodeKeys(NamedTuple):
    """The code of the newest row of `table`, typed on the keyboard of the screen; `wrong` changes its last sign."""

    table: str
    wrong: bool = False


class Scan(NamedTuple):
    """A scanner reads the code of the newest row of `table`, or one that the world names so."""

    table: str


class Pass(NamedTuple):
    """Nobody touches anything for so long; then the work in the background is done."""

    time: timedelta


#: What is done in a step: a button with this text, or one of the others.
Touch = str | Meant | Child | Cell | Line | Fact | Keys | CodeKeys | Scan | Pass


class Entry(NamedTuple):
    """An entry of the journal: its kind, and what its payload has among other things."""

    kind: str
    said: Mapping[str, Any]


def wrote(kind: str, **said: Any) -> Entry:
    """Return the journal entry of `kind` that says at least this."""
    return Entry(kind, said)


class Step(NamedTuple):
    """On `screen`, `touch` leads to the screen `then`, on which `sees` stand, and writes just these entries."""

    screen: str
    touch: Touch
    then: str
    sees: tuple[str, ...] = ()
    wrote: tuple[Entry, ...] = ()
    #: The name of its picture among the screenshots, "" for none.
    picture: str = ""
    #: In big text what is touched stands on the next page.
    next_page_in_big: bool = False


@dataclass
class World:
    """What a story is played in: the services, things by name, codes that are on no slip of the database."""

    services: Services
    items: dict[str, Any]
    codes: dict[str, str] = field(default_factory=dict)


def nothing(world: World) -> None:
    """Nothing more is given."""


def _as_is(settings: Settings) -> Settings:
    return settings


@dataclass(frozen=True)
class Story:
    """A journey: `given` puts into the world what it needs, `using` changes the settings; `alone` is one in which would be
    seen what others did before."""

    name: str
    steps: tuple[Step, ...]
    given: Callable[[World], None] = nothing
    using: Callable[[Settings], Settings] = _as_is
    alone: bool = False
