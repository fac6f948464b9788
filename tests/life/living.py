"""Lives a story: every event to the ledger and to the program, and every evening all of it is compared."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path

from . import centre, evening
from .ledger import Ledger
from .past import Past
from .people import Town
from .player import Player, settings
from .story import Event, shortest, table

#: Part of the events that the power cuts off.
CUT = 0.1


class Difference(AssertionError):
    """The program says otherwise than the ledger."""


class Life:
    """One centre with its ledger, and what was lived so far. With `cuts` every tenth event or so is first cut off by the
    power, and `killed` counts those. `past`: what an earlier version of the program lived before `begins`."""

    def __init__(
        self,
        folder: Path,
        begins: date,
        *,
        player: type[Player] = Player,
        cuts: random.Random | None = None,
        past: Past | None = None,
    ) -> None:
        self.begins, self.ledger, self.story = past.begins if past else begins, Ledger(), list[Event]()
        self._cuts, self.killed = cuts, 0
        start = centre.moment(begins, time(6))
        years = range(self.begins.year, begins.year + 11)
        self.late = timedelta()
        self._hour: tuple[date, int] | None = None
        said = folder, start, settings(years), "PRAGMA synchronous = OFF"
        if past:
            self._remember(past)
        self.player = Player(*said, past) if past else player(*said)

    def _remember(self, past: Past) -> None:
        """Let the ledger know what was lived before, day by day."""
        for at in range(past.days):
            day = past.begins + timedelta(days=at)
            for event in past.on(day):
                if self._is_time(event.at):
                    self.ledger.minute(event.at)
                self.ledger.tell(event)
            if self._is_time(evening_of(day)):
                self.ledger.minute(evening_of(day))

    def tell(self, event: Event) -> None:
        """Let an event happen on both sides. Raises Difference when the answers differ."""
        self.minute(event.at)
        self.story.append(event)
        wanted = self.ledger.tell(event)
        if wanted is None:
            return
        if self._cuts and self._cuts.random() < CUT:
            self.killed += self.player.killed(event, self._cuts.randint(1, 30))
        said = self.player.tell(event)
        if wanted != said:
            raise Difference(f"{event.verb}: it is {wanted or 'done'}, the program says {said or 'done'}")

    def minute(self, now: datetime) -> None:
        """Let the program do what it does every minute: at least once in every hour in which something happens, and when
        a reservation is over."""
        if self._is_time(now):
            self.ledger.minute(now)
            self.player.minute(now)

    def _is_time(self, now: datetime) -> bool:
        local = now.astimezone(centre.ZONE)
        before, self._hour = self._hour, (local.date(), local.hour)
        return before != self._hour or self.ledger.is_due(now)

    def end_day(self, day: date, *, whole: bool) -> None:
        """Compare everything in the evening; with `whole` also the reports of the month and of the year."""
        now = evening_of(day) + self.late
        self.minute(now)
        found = evening.differences(self.ledger, self.player, now)
        if whole:
            for first in (day.replace(day=1), max(self.begins, day.replace(month=1, day=1))):
                found += evening.reports(self.ledger, self.player, first, now)
            found += evening.earlier(self.ledger, self.player, self.begins, now)
            found += evening.laws(self.player)
        if found:
            raise Difference("\n".join(found))

    def figures(self) -> str:
        """Return what was lived, for people."""
        book, days = self.ledger, {centre.today(event.at) for event in self.story}
        rows = {"tickets": book.tickets, "wishes": book.wishes, "requests": book.requests, "months closed": book.closed}
        counts = {"events": self.story, "visits": book.visits, "things": book.things} | rows
        lived = (max(days) - self.begins).days + 1
        return ", ".join([f"{lived} days", *(f"{len(rows)} {name}" for name, rows in counts.items())])

    def close(self) -> None:
        self.player.store.close()


def live(
    folder: Path,
    seed: int,
    begins: date,
    days: int,
    *,
    often: bool = True,
    cuts: bool = False,
    past: Past | None = None,
) -> Life:
    """Live the days of a seed, with power `cuts` if wanted; all is compared every evening, or (not `often`) every Sunday
    and at the end of a month. With `past` the data of an earlier version are brought to today's on the first morning.
    Raises Difference with the shortest story that leads to one."""
    life = Life(folder, begins, cuts=random.Random(seed) if cuts else None, past=past)
    town = Town(seed, life.ledger, life.tell, named=past.names if past else 0)
    try:
        if past is None:
            town.first_day(begins)
        for at in range(days):
            day = begins + timedelta(days=at)
            town.day(day)
            if often or is_whole(day) or at == days - 1:
                life.end_day(day, whole=is_month_end(day) or (often and is_whole(day)) or at == days - 1)
    except Difference as difference:
        wanted, whole = kind(str(difference)), str(difference)[0].isdigit()
        story = shortest(life.story, lambda part: bool(again(part, begins, wanted, whole=whole, past=past)))
        told = again(story, begins, whole=whole, past=past)
        raise Difference(f"{difference}\n\nThe shortest story that leads to {told}:\n{table(story)}") from None
    finally:
        life.close()
    return life


def evening_of(day: date) -> datetime:
    return centre.moment(day, time(23, 50))


def is_whole(day: date) -> bool:
    """Return whether an evening is one of the thorough ones: every Sunday and at the end of a month."""
    return day.weekday() == 6 or is_month_end(day)


def is_month_end(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def kind(difference: str) -> str:
    """Return the kind of a difference: its first words, so that a shorter story is about the same."""
    return difference.split(":", 2)[1].split(" ")[1] if difference[0].isdigit() else difference.split(" ", 1)[0]


def again(
    story: Sequence[Event], begins: date, wanted: str = "", *, whole: bool = True, past: Past | None = None
) -> str:
    """Live a story again in a folder of its own; returns the difference, "" if there is none or one of another kind.
    Without `whole` the reports are not compared."""
    with tempfile.TemporaryDirectory(prefix="life-") as folder:
        life = Life(Path(folder), begins, past=past)
        try:
            for day, events in groupby(story, lambda event: centre.today(event.at)):
                for event in events:
                    life.tell(event)
                life.end_day(day, whole=whole and (is_whole(day) or event is story[-1]))
        except Difference as difference:
            return str(difference) if kind(str(difference)) == wanted or not wanted else ""
        finally:
            life.close()
    return ""
