"""A year of a small centre, written as its journal: three gatherings, requests, numbers for guidance, goods, talkoot,
partners; most months closed, and what came after that."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from kiosk.data import new_id
from kiosk.journal import Store
from kiosk.services import Services
from kiosk.settings import GatheringSetting, ProjectSetting, Settings
from kiosk.settings.rows import RateSetting
from kiosk.vocabulary import CATEGORIES

YEAR = 2026
#: Weekday (Monday is 0), and how many parties come at most.
GATHERINGS = {"coffee": (1, 5), "craft": (2, 2), "club": (3, 3)}
#: Of a party, as the journal says them: several are joined.
GROUPS = (
    "family",
    "older",
    "young",
    "ukrainian",
    "other",
    "family.ukrainian",
    "family.older.ukrainian",
    "older.other",
    None,
)
LANGUAGES = ("fi", "fi", "fi", "uk", "uk", "en")
SERVICES = ("friend", "friend", "friend_offer", "neighbour", "guidance", "other")
#: Months closed, and when that was done.
CLOSED = tuple(f"{YEAR}-{month:02}" for month in range(1, 11))
#: After everything.
END = datetime(YEAR + 1, 3, 1, tzinfo=UTC)
WHO = "shell"


def day_of(moment: date, hour: int = 12) -> datetime:
    """Return an hour of a day in UTC; all hours used here are on the same day in Finland."""
    return datetime.combine(moment, time(hour), UTC)


def settings_of(settings: Settings) -> Settings:
    """Return `settings` with three gatherings and projects that overlap."""
    gatherings = tuple(
        GatheringSetting(key, {"en": key.title()}, "FREQ=WEEKLY", time(13), time(16), "Hall", date(YEAR, 1, 1))
        for key in GATHERINGS
    )
    craft = gatherings[1]._replace(partner="4H  club")
    whole = (date(YEAR, 1, 1), date(YEAR, 12, 31))
    projects = (
        ProjectSetting("1", {"en": "Coffee"}, "EU", *whole, gatherings=("coffee",), services=("friend",), tasks=("yard",)),
        ProjectSetting("2", {"en": "Both"}, "EU", *whole, gatherings=("coffee", "craft"), services=("friend", "neighbour")),
        ProjectSetting("3", {"en": "Rest"}, "EU", *whole, gatherings=("craft", "club"), categories=("kitchen", "toys")),
        ProjectSetting("4", {"en": "Spring"}, "EU", date(YEAR, 2, 10), date(YEAR, 6, 20)),
    )  # fmt: skip
    rates = (
        RateSetting("work", date(2020, 1, 1), Decimal("15.00")),
        RateSetting("machine", date(2020, 1, 1), Decimal("30")),
    )
    return settings._replace(gatherings=(gatherings[0], craft, gatherings[2]), projects=projects, rates=rates)


@dataclass
class Writer:
    """Writes entries of the journal; those of one time together."""

    store: Store
    chance: random.Random
    waiting: list[tuple[datetime, tuple[tuple[str, dict[str, Any]], ...]]] = field(default_factory=list)

    def write(self, now: datetime, *entries: tuple[str, dict[str, Any]]) -> None:
        self.waiting.append((now, entries))

    def flush(self, until: datetime) -> None:
        """Write what happened until then, in the order of time."""
        self.waiting.sort(key=lambda one: one[0])
        while self.waiting and self.waiting[0][0] <= until:
            now, entries = self.waiting.pop(0)
            with self.store.write(now) as journal:
                for kind, said in entries:
                    journal.append_unchecked(kind, WHO, said)

    def id(self) -> str:
        return new_id(END)

    def day(self, day: date) -> None:
        """Write what happened on a day."""
        for key, (weekday, most) in GATHERINGS.items():
            if day.weekday() == weekday:
                for _ in range(self.chance.randint(0, most)):
                    self.visit(f"{key}:{day.isoformat()}:1300", day_of(day))
        for happening in (self.request, self.number, self.item, self.shift, self.gift):
            if self.chance.random() < 0.18:
                happening(day)

    def visit(self, session: str, now: datetime) -> None:
        chance, visit = self.chance, self.id()
        said = {
            "visit": visit,
            "session": session,
            "language": chance.choice(LANGUAGES),
            "adults": chance.randint(1, 3),
        }
        said |= {"children": max(0, chance.randint(-2, 2)), "way": chance.choice(("kiosk", "kiosk", "tally", "paper"))}
        more = {"visit": visit, "group": chance.choice(GROUPS), "first_visit": chance.random() < 0.2}
        self.write(now, ("visit.checked_in", said), ("visit.amended", more))
        if chance.random() < 0.1:
            self.write(now, ("visit.undone", {"visit": visit}))

    def correct(self, session: str, now: datetime, adults: int, children: int) -> None:
        said = {"correction": self.id(), "session": session, "adults": adults, "children": children, "reason": "list"}
        self.write(now, ("session.corrected", said))

    def request(self, day: date) -> None:
        request, now, chance = self.id(), day_of(day), self.chance
        service = chance.choice(SERVICES)
        self.write(now, ("request.made", {"request": request, "service": service, "notice": "1", "language": "fi"}))
        for step in ("contacted", "arranged", "done")[: chance.randint(0, 3)]:
            now += timedelta(days=chance.randint(1, 20))
            self.write(now, ("request.status", {"request": request, "to": step}))
        if service == "friend" and chance.random() < 0.5:
            pair = {"pair": self.id(), "service": "friend", "day": now.date().isoformat()}
            self.write(
                now, ("pair.made", pair), ("pair.noted", {"pair": pair["pair"], "day": pair["day"], "quarters": 5})
            )

    def number(self, day: date) -> None:
        queue, now = self.id(), day_of(day, 9)
        kinds = ["queue.taken", *self.chance.choice((["queue.called", "queue.done"], ["queue.left"], []))]
        self.write(
            now, *((kind, {"queue": queue} | ({"day": day.isoformat()} if kind == kinds[0] else {})) for kind in kinds)
        )

    def item(self, day: date) -> None:
        item, chance, now = self.id(), self.chance, day_of(day, 10)
        quantity, kg = chance.randint(1, 4), chance.choice((None, None, 1.35))
        said = {"item": item, "category": chance.choice(CATEGORIES), "thing": None, "quantity": quantity, "kg": kg}
        self.write(now, ("item.added", said | {"arrived_on": day.isoformat()}))
        for _ in range(chance.randint(0, quantity)):
            ticket = {"ticket": self.id(), "item": item, "language": "fi"}
            self.write(now + timedelta(days=chance.randint(0, 30)), ("ticket.given", ticket))

    def shift(self, day: date) -> None:
        shift, chance = self.id(), self.chance
        said = {"shift": shift, "volunteer": chance.choice("ab"), "task": chance.choice(("yard", "kitchen"))}
        self.write(day_of(day, 8), ("shift.begun", said | {"of_age": chance.random() < 0.8}))
        ended = {"shift": shift, "quarters": chance.randint(1, 12), "machine_quarters": 1}
        self.write(day_of(day, 12), ("shift.ended", ended))

    def gift(self, day: date) -> None:
        gift = {"donation": self.id()}
        said = gift | {"categories": [self.chance.choice(CATEGORIES)], "amount": "box", "partner": "p1"}
        self.write(day_of(day, 9), ("donation.announced", said), ("donation.taken_in", gift))


def write_year(store: Store, settings: Settings, seed: int, *, busy: float = 1.0) -> Services:
    """Write the year of `seed` and return the services over it; `busy` is the part of its days that are written."""
    services = Services(store, settings_of(settings))
    services.gatherings.apply(services.settings.gatherings, day_of(date(YEAR, 1, 1), 6))
    writer = Writer(store, random.Random(seed))
    start = day_of(date(YEAR, 1, 1), 7)
    writer.write(start, ("partner.added", {"partner": "p1", "name": "4h Club", "kind": "association"}))
    writer.write(
        start,
        *(
            ("volunteer.registered", {"volunteer": one, "number": at, "partner": "p1"})
            for at, one in enumerate("ab", 1)
        ),
    )
    for day in days():
        if writer.chance.random() < busy:
            writer.day(day)
    paper = writer.chance.choice([day for day in days() if day.weekday() == 3])
    writer.correct(f"club:{paper.isoformat()}:1301", day_of(paper, 18), 6, 2)  # counted on paper alone
    written = list(writer.waiting)
    writer.flush(datetime(YEAR, 12, 31, 19, tzinfo=UTC))
    for month in CLOSED:
        services.reports.close_month(month=month, now=datetime(YEAR, 12, 31, 20, int(month[-2:]), tzinfo=UTC), who=WHO)
    after = datetime(YEAR + 1, 1, 10, tzinfo=UTC)
    for month in CLOSED[::3]:
        writer.correct(f"coffee:{month}-13:1300", after, 3, 1)
        writer.visit(f"craft:{month}-14:1300", after)
        late = {"item": writer.id(), "category": "toys", "thing": "soft_toy", "quantity": 3, "kg": 0.35}
        writer.write(after, ("item.added", late | {"arrived_on": f"{month}-15"}))
        asked = {"request": writer.id(), "service": "friend", "notice": "1", "language": "fi", "day": f"{month}-17"}
        writer.write(after, ("request.made", asked))
    ended = [said for _, entries in written for kind, said in entries if kind == "shift.ended"]
    for said in ended[:3]:  # the tablet gave them too few hours
        more = said | {"quarters": said["quarters"] + 4, "reason": "paper", "ended_at": "2026-01-01T00:00:00.000000Z"}
        writer.write(after, ("shift.corrected", more))
    writer.flush(END)
    return services


def days() -> Iterator[date]:
    """Yield the days of the year."""
    day = date(YEAR, 1, 1)
    while day.year == YEAR:
        yield day
        day += timedelta(days=1)
