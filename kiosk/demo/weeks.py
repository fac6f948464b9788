"""The last weeks of the demo centre: people with habits come, look, take things home, wait for their turn and help."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import NamedTuple

from kiosk import clock
from kiosk.codes import Code
from kiosk.data.ids import new_id
from kiosk.services import Services
from kiosk.services.goods.items import ItemView
from kiosk.vocabulary.states import DonationState, QueueState

from .centre import WEEKS, Day

#: Share of visits with answers to the optional questions: four to six in ten.
GROUPS = ("family", "older", "ukrainian", "ukrainian", "young", "other", None, None, None, None)
LANGUAGES = ("fi", "fi", "fi", "uk", "uk", "en")
#: Volunteers: name, task, and the weekdays on which they come (0: Monday).
VOLUNTEERS = (
    ("Eino", "carrying", (1, 3)),
    ("Iryna", "kitchen", (1, 2)),
    ("Tuula", "goods", (0, 1, 4)),
    ("Mykhailo", "kitchen", (3, 4)),
)
TOPICS = ("housing", "housing", "work", "papers", "benefits")
GIFTS = (["clothes"], ["kitchen", "textiles"], ["books"], ["toys"])
#: Visits of a gathering, at least and at most; reservations, and numbers of the queue, of an open day.
VISITS, RESERVED, WAITING = (9, 26), (1, 4), (2, 6)
#: A busy day has so many times the people.
BUSY = 3


class OnShelf(NamedTuple):
    """An item, and when it came."""

    item: ItemView
    arrived: datetime


class Town:
    """Lives days until `now`; `things` are those that nobody has asked for."""

    def __init__(self, services: Services, things: list[OnShelf], now: datetime, choice: random.Random) -> None:
        self.services, self.things, self.now, self.choice = services, list(things), now, choice
        self.zone = clock.zone(services.settings.centre.timezone)
        self.helpers = [
            (services.volunteers.register(name=name, now=now, who="demo").code, task, days)
            for name, task, days in VOLUNTEERS
        ]

    def day(self, day: date) -> None:
        """Live a day, as far as it has come."""
        for session in self.services.gatherings.sessions_on(day):
            for _ in range(self.choice.randint(*VISITS)):
                self._visit(session.id, session.starts_at + timedelta(minutes=self.choice.randint(0, 120)))
        hours = self.services.opening.hours_on(day)
        if hours is None:
            return
        opens = clock.local_to_utc(day, hours[0], self.zone)
        for _ in range(self.choice.randint(*RESERVED)):
            self.reserve(opens + timedelta(minutes=self.choice.randint(5, 200)))
        if opens + timedelta(hours=4) < self.now:
            self._guidance(opens)
        for helper in self.helpers:
            if day.weekday() in helper[2] and self.choice.random() < 0.85:
                self._help(helper[0], helper[1], opens + timedelta(minutes=self.choice.randint(-15, 40)))
        if day.weekday() in (1, 4):
            self._gift(opens + timedelta(minutes=45))

    def today(self) -> None:
        """People who are here now, at whatever hour this is."""
        for minutes in range(5, 60, 5):
            self.reserve(self.now - timedelta(minutes=minutes), minutes < 20)
        if not self.services.volunteers.running():
            self._help(self.helpers[0][0], self.helpers[0][1], self.now - timedelta(minutes=20))

    def rush(self, day: date) -> None:
        """Many more of them."""
        for session in self.services.gatherings.sessions_on(day)[:1]:
            for _ in range(BUSY * VISITS[1]):
                self._visit(session.id, self.now - timedelta(minutes=self.choice.randint(1, 150)))
        for _ in range(BUSY * RESERVED[1]):
            self.reserve(self.now - timedelta(minutes=self.choice.randint(1, 90)), True)
        for minutes in range(BUSY * WAITING[1], 0, -2):
            self._take(self.now - timedelta(minutes=minutes))
        for number, categories in enumerate(GIFTS):
            self._announce(categories, self.now - timedelta(minutes=20 * number + 3))
        self._fill_seats(day)

    def _visit(self, session_id: str, at: datetime) -> None:
        if at >= self.now:
            return
        visit_id, choice = new_id(at), self.choice
        family = choice.random() < 0.3
        self.services.attendance.check_in(
            visit_id=visit_id,
            session_id=session_id,
            language=choice.choice(LANGUAGES),
            now=at,
            adults=choice.choice((1, 1, 1, 2)),
            children=choice.randint(1, 3) if family else 0,
        )
        groups = {"family"} if family else set()
        groups |= {group for group in (choice.choice(GROUPS),) if group}
        if groups:
            self.services.attendance.amend(visit_id=visit_id, now=at, groups=groups, first_visit=choice.random() < 0.2)

    def reserve(self, at: datetime, waits: bool = False) -> None:
        """Somebody wants a thing; most fetch it within hours, some think again, and some never come."""
        here = [thing for thing in self.things if thing.arrived < at]
        if at >= self.now or not here:
            return
        thing, chance = self.choice.choice(here), self.choice.random()
        self.things.remove(thing)
        ticket = self.services.tickets.reserve(
            item_id=thing.item.id,
            language=self.choice.choice(LANGUAGES),
            now=at,
            held=(),
            pieces=thing.item.least,
        )
        fetched = at + timedelta(minutes=self.choice.randint(5, 150))
        if waits or fetched >= self.now:
            return
        if chance < 0.7:
            self.services.tickets.hand_over(code=ticket.code, now=fetched, who="demo")
        elif chance < 0.8:
            self.services.tickets.cancel(code=ticket.code, now=fetched)

    def _guidance(self, opens: datetime) -> None:
        """A day's queue, from the first number to the end of the last conversation."""
        each = timedelta(minutes=self.choice.randint(20, 35))
        at = opens
        for number in range(self.choice.randint(*WAITING)):
            at = opens + number * each
            self._take(at)
            called = self.services.guidance.call_next(now=at + timedelta(minutes=8), who="demo")
        self.services.guidance.move(queue_id=called.id, state=QueueState.DONE, now=at + each, who="demo")

    def _take(self, at: datetime) -> None:
        topic, language = self.choice.choice(TOPICS), self.choice.choice(LANGUAGES)
        self.services.guidance.take(topic=topic, language=language, interpreter=language == "uk", now=at)

    def _help(self, code: Code, task: str, begins: datetime) -> None:
        ends = begins + timedelta(hours=self.choice.randint(2, 4))
        if begins < self.now:
            self.services.volunteers.sign_in(code=code, task=task, of_age=True, now=begins)
        if ends < self.now:
            self.services.volunteers.sign_out(code=code, now=ends)

    def _gift(self, at: datetime) -> None:
        done = at + timedelta(hours=2)
        if done < self.now:
            gift = self._announce(self.choice.choice(GIFTS), at)
            self.services.donations.decide(donation_id=gift, state=DonationState.TAKEN_IN, now=done, who="demo")

    def _announce(self, categories: list[str], at: datetime) -> str:
        return self.services.donations.announce(
            donation_id=new_id(at), categories=categories, amount="box", language="fi", now=at
        ).id

    def _fill_seats(self, day: date) -> None:
        """Book every seat of the next week, and a few on the waiting list."""
        for session in self.services.gatherings.sessions_between(day, day + timedelta(days=8)):
            if session.seats and session.ends_at > self.now:
                for people in (4, 3, 2, 3, 2):
                    self.services.seats.book(session_id=session.id, people=people, language="fi", now=self.now)


def live(services: Services, things: list[OnShelf], now: datetime, choice: random.Random, kind: Day) -> None:
    """Live the last weeks, and today until `now`."""
    town = Town(services, things, now, choice)
    today = clock.local_date(now, town.zone)
    for back in range(WEEKS * 7, -1, -1):
        town.day(today - timedelta(days=back))
    town.today()
    if kind == Day.BUSY:
        town.rush(today)
    services.tickets.expire_due(now)
