"""A life over two tablets of one centre: they meet in the evening, and now and then one is away for weeks."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path

from tests.hub.server import Server

from . import centre, meeting
from .living import Difference, Life, is_month_end, is_whole, kind
from .people import BESIDE, Town
from .story import Event, shortest, table
from .tablets import Hub, Tablet

#: The office's tablet, and the one that is away: at the library, or at a fair.
OFFICE, OTHER = "office", "library"
_numbers = itertools.count()


class Lives:
    """The lives of two tablets, each with a ledger of what it can know, and the story of both."""

    def __init__(self, server: Server, folder: Path, begins: date) -> None:
        self.story, Tablet.names = list[Event](), {}
        self.hub = Hub(server, f"life{next(_numbers)}")
        self.of = {name: Life(folder / name, begins, player=Tablet) for name in (OFFICE, OTHER)}
        for name, life in self.of.items():
            life.ledger.tablet, life.late = name, BESIDE * (name == OTHER)
            life.ledger.lane = self.tablet(name).enrol(self.hub.invite(name))

    def tablet(self, name: str) -> Tablet:
        player = self.of[name].player
        assert isinstance(player, Tablet)
        return player

    def tell(self, event: Event) -> None:
        """Let an event happen on its tablet, or let the tablets meet."""
        if event.verb == "new_keys":
            return  # a key is replaced on one tablet only, and the other keeps what is sealed to the old one
        self.story.append(event)
        if event.verb == "meet":
            self._meet(event.at)
        else:
            self.of[event.tablet].tell(event)

    def _meet(self, now: datetime) -> None:
        try:
            self.hub.sync([self.tablet(OFFICE), self.tablet(OTHER)], now)
        except AssertionError as error:
            raise Difference(f"tablets: {error}") from None
        meeting.meet(self.of[OFFICE].ledger, self.of[OTHER].ledger, now)

    def end_day(self, day: date, *, whole: bool) -> None:
        """Compare each tablet with what it can know."""
        for name, life in self.of.items():
            try:
                life.end_day(day, whole=whole)
            except Difference as difference:
                lines = [f"{line}, on the tablet {name}" for line in str(difference).splitlines()]
                raise Difference("\n".join(lines)) from None

    def close(self) -> None:
        for name in self.of:
            self.tablet(name).close()
        self.hub.close()


def live_apart(server: Server, folder: Path, seed: int, begins: date, days: int, away: Sequence[range]) -> Lives:
    """Live the days of a seed on two tablets; in the days of `away` the second is away. Raises Difference with the shortest
    story that leads to one."""
    lives = Lives(server, folder, begins)
    towns = {
        name: Town(
            seed, lives.of[name].ledger, lambda event, on=name: lives.tell(event._replace(tablet=on)), beside=mark
        )
        for name, mark in ((OFFICE, ""), (OTHER, "b"))
    }
    try:
        for name in towns:
            towns[name].first_day(begins)
        for at in range(days):
            day = begins + timedelta(days=at)
            for name in towns:
                towns[name].day(day)
            if not any(at in span for span in away):
                lives.tell(Event(centre.moment(day, time(23, 30)), "meet", {}))
            lives.end_day(day, whole=is_whole(day) or at == days - 1)
    except Difference as difference:
        wanted, whole = kind(str(difference)), str(difference)[0].isdigit()
        story = shortest(lives.story, lambda part: bool(again(server, part, begins, wanted, whole=whole)))
        told = again(server, story, begins, whole=whole)
        raise Difference(f"{difference}\n\nThe shortest story that leads to {told}:\n{table(story)}") from None
    finally:
        lives.close()
    return lives


def again(server: Server, story: Sequence[Event], begins: date, wanted: str = "", *, whole: bool = True) -> str:
    """Live a story of two tablets again; returns the difference, "" if there is none or one of another kind."""
    with tempfile.TemporaryDirectory(prefix="life-") as folder:
        lives = Lives(server, Path(folder), begins)
        try:
            for day, events in groupby(story, lambda event: centre.today(event.at)):
                for event in events:
                    lives.tell(event)
                lives.end_day(day, whole=whole and (is_month_end(day) or event is story[-1]))
        except Difference as difference:
            return str(difference) if kind(str(difference)) == wanted or not wanted else ""
        finally:
            lives.close()
    return ""
