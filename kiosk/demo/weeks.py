"""The last weeks of the demo centre: people with habits come, look, take things home, wait for their turn and help."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from kiosk import clock
from kiosk.codes import Code
from kiosk.data.ids import new_id
from kiosk.services import Services
from kiosk.services.goods.items import ItemView
from kiosk.services.programme.gatherings import SessionView
from kiosk.vocabulary.states import DonationState, QueueState

from .centre import WEEKS, Day
from .habits import Habits

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
#: What becomes of what is announced, in turn: every second one comes.
GIFT_STATES = (DonationState.TAKEN_IN, DonationState.DECLINED, DonationState.TAKEN_IN, DonationState.CANCELLED)
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
        self.habits = Habits(services, choice, self._off_the_shelf)
        self._gifts = 0
        self.helpers = [
            (services.volunteers.register(name=name, now=now, who="demo").code, task, days)
            for name, task, days in VOLUNTEERS
        ]

    def day(self, day: date, back: int) -> None:
        """Live a day, so many days back, as far as it has come."""
        noon = clock.local_to_utc(day, time(12), self.zone)
        if noon + timedelta(hours=12) < self.now:
            self.habits.day(back, noon)
            self.habits.evening(noon + timedelta(hours=11))
        for session in self.services.gatherings.sessions_on(day):
            for _ in range(self.choice.randint(*VISITS)):
                self._visit(session.id, session.starts_at + timedelta(minutes=self.choice.randint(0, 120)))
            if session.ends_at < self.now:
                self._after(session, day)
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

    def _after(self, session: SessionView, day: date) -> None:
        """Who had a seat comes or does not; every second week somebody was not counted; a child touched the screen."""
        seats = self.services.seats
        for people in (2, 1) if session.seats else ():
            seat = seats.book(
                session_id=session.id, people=people, language="uk", now=session.starts_at - timedelta(hours=26)
            )
            if people == 2:
                seats.arrive(code=seat.code, now=session.starts_at + timedelta(minutes=5))
            else:
                seats.cancel(code=seat.code, now=session.starts_at - timedelta(hours=2))
        if day.isocalendar().week % 2:
            counted = self.services.attendance.session_totals(session.id)
            self.services.attendance.correct(
                session_id=session.id, adults=counted.adults + 2, children=counted.children,
                reason="Kaksi jäi laskematta", now=session.ends_at, who="demo",
            )  # fmt: skip
        visit = self._visit(session.id, session.ends_at - timedelta(minutes=3))
        if visit is not None:
            self.services.attendance.undo(visit_id=visit, now=session.ends_at - timedelta(minutes=2))

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

    def _visit(self, session_id: str, at: datetime) -> str | None:
        if at >= self.now:
            return None
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
        return visit_id

    def _off_the_shelf(self, at: datetime) -> ItemView | None:
        """Return a thing that nobody has asked for: it may be held for a wish meanwhile."""
        while here := [thing for thing in self.things if thing.arrived < at]:
            thing = self.choice.choice(here)
            self.things.remove(thing)
            if self.services.goods.item(thing.item.id).left >= thing.item.least:
                return thing.item
        return None

    def reserve(self, at: datetime, waits: bool = False) -> None:
        """Somebody wants a thing; most fetch it within hours, some think again, and some never come."""
        item = self._off_the_shelf(at) if at < self.now else None
        if item is None:
            return
        chance, language = self.choice.random(), self.choice.choice(LANGUAGES)
        ticket = self.services.tickets.reserve(item_id=item.id, language=language, now=at, held=(), pieces=item.least)
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
        if self.choice.random() < 0.3:  # who did not want to wait
            self._take(at + each)

    def _take(self, at: datetime) -> None:
        topic, language = self.choice.choice(TOPICS), self.choice.choice(LANGUAGES)
        self.services.guidance.take(topic=topic, language=language, interpreter=language == "uk", now=at)

    def _help(self, code: Code, task: str, begins: datetime) -> None:
        ends = begins + timedelta(hours=self.choice.randint(2, 4))
        if begins >= self.now:
            return
        shift = self.services.volunteers.sign_in(code=code, task=task, of_age=True, now=begins).shift
        if (
            shift is not None and ends + timedelta(days=1) < self.now and self.choice.random() < 0.1
        ):  # forgot to sign out
            self.services.volunteers.correct(
                shift_id=shift.id, hours=3, reason="Uloskirjaus unohtui", now=ends + timedelta(hours=1), who="demo"
            )
        elif ends < self.now:
            self.services.volunteers.sign_out(code=code, now=ends)

    def _gift(self, at: datetime) -> None:
        done = at + timedelta(hours=2)
        if done < self.now:
            gift, decide = self._announce(self.choice.choice(GIFTS), at), self.services.donations.decide
            state, self._gifts = GIFT_STATES[self._gifts % len(GIFT_STATES)], self._gifts + 1
            if state == DonationState.TAKEN_IN:
                decide(donation_id=gift, state=DonationState.ACCEPTED, now=at + timedelta(minutes=9), who="demo")
            reason = "no_room" if state == DonationState.DECLINED else None
            who = "visitor" if state == DonationState.CANCELLED else "demo"
            decide(donation_id=gift, state=state, reason=reason, now=done, who=who)

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
        town.day(today - timedelta(days=back), back)
    town.today()
    if kind == Day.BUSY:
        town.rush(today)
    services.tickets.expire_due(now)
