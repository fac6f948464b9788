"""The people of the centre and their habits. A day's events are chosen by chance, of what the ledger says is there."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from . import centre
from .ledger import Ledger
from .story import Event

#: What people bring and look for: category, kind, sizes, ages, grams of one (None: nobody weighs it).
THINGS = (
    ("furniture", "dining_chair", ("",), ("",), 5000),
    ("furniture", "sofa", ("",), ("",), 37000),
    ("clothes", "winter_coat", ("S", "M", "L"), ("adult", "child"), 1200),
    ("clothes", "sweater", ("M", "L"), ("adult",), 400),
    ("kitchen", "pot", ("",), ("",), 900),
    ("kitchen", "kettle", ("",), ("",), 800),
    ("toys", "teddy_bear", ("",), ("",), 300),
    ("baby", "pram", ("",), ("baby",), 11000),
    ("sport", "skis", ("160 cm", "180 cm"), ("",), 2500),
    ("textiles", "blanket", ("",), ("",), 1000),
    ("books", "dictionary", ("",), ("",), 600),
)
#: What happens on a tablet beside that of the office happens so much later: never at the same moment.
BESIDE = timedelta(milliseconds=500)
Emit = Callable[..., str | None]


class Town:
    """Draws the days of one seed. `tell` gives each event to who lives it; the ledger has taken it in when it returns.
    `beside`: these people come to a tablet beside that of the office; what they leave has this letter in its name. `named`:
    the highest number that a name has already."""

    def __init__(
        self,
        seed: int,
        ledger: Ledger,
        tell: Callable[[Event], None],
        busy: float = 1.0,
        beside: str = "",
        named: int = 0,
    ) -> None:
        self.chance, self.ledger, self.busy, self.beside = random.Random(seed), ledger, busy, beside
        self._tell, self._count = tell, named
        self._now = datetime.min.replace(tzinfo=UTC)
        self.ill: set[date] = set()

    def emit(self, at: datetime, verb: str, **said: Any) -> None:
        """Let something happen at `at`, or after what has happened: the clock is not set back by who takes their time."""
        self._now = max(at, self._now + timedelta(milliseconds=1))
        self._tell(Event(self._now, verb, said))

    def name(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}{self.beside}"

    def often(self, part: float) -> bool:
        return self.chance.random() < part * self.busy

    def first_day(self, day: date) -> None:
        """Staff and volunteers of the first day."""
        at = centre.moment(day, time(8))
        for minute, (member, role) in enumerate((("Anna", "coordinator"), ("Mykola", "staff"), ("Helmi", "helper"))):
            self.emit(at + timedelta(minutes=minute), "hire", member=member, role=role)
        for minute, volunteer in enumerate(() if self.beside else ("Eino", "Iryna", "Olena"), 10):
            self.emit(at + timedelta(minutes=minute), "volunteer", volunteer=volunteer, who="Anna")

    def day(self, day: date) -> None:
        """Live a day, in the order of the clock."""
        plan: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        for at, what in self._plan(day):
            plan.append((at, len(plan), what))
        for at, number, what in sorted(plan):
            what(at + timedelta(milliseconds=number) + BESIDE * len(self.beside))

    def _plan(self, day: date) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
        if not self.beside:
            yield from self._office(day)
        hours = centre.hours(day)
        if hours is not None:
            for _ in range(self.chance.randint(3, 9)):
                yield self._between(day, *hours), self.chance.choice(self.happenings)
            yield self._at(day, hours[1], -5), self.go_home
        for session in self.ledger.sessions_on(day):
            for _ in range(self.chance.randint(1, 6)):
                yield session.begins + timedelta(minutes=self.chance.randint(-20, 100)), self.come(session.name)

    def _between(self, day: date, first: time, last: time) -> datetime:
        begins, ends = centre.moment(day, first), centre.moment(day, last)
        return begins + timedelta(seconds=self.chance.randrange(int((ends - begins).total_seconds()) - 600))

    def _at(self, day: date, clock: time, minutes: int = 0) -> datetime:
        return centre.moment(day, clock) + timedelta(minutes=minutes)

    # the office

    def _office(self, day: date) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
        chance = self.chance
        if day.day == 1 and chance.random() < 0.3:  # ill for two weeks: nobody reads requests or calls the queue
            self.ill |= {day + timedelta(days=ahead) for ahead in range(14)}
        if day.day in (20, 27) and chance.random() < 0.6:
            yield self._at(day, time(9)), self.close_months
        if day.day == 21:
            yield self._at(day, time(9, 30)), self.correct_old
        if chance.random() < 0.04:
            yield self._at(day, time(7)), lambda at: self.emit(at, "restart")
        if day.month in (3, 9) and day.day == 15:
            yield self._at(day, time(9, 40)), self.staff_change
        if day.month == 5 and day.day == 10:
            yield self._at(day, time(9, 50)), lambda at: self.emit(at, "new_keys")
        if day.day in (5, 25):
            yield self._at(day, time(22)), lambda at: self.emit(at, "snapshot")
        if day.month in (2, 12) and day.day == 3:
            yield self._at(day, time(9, 45)), self.old_lists
        if chance.random() < 0.08:
            yield self._at(day, time(9, 10)), self.replan
        if day.weekday() < 5 and day not in self.ill and chance.random() < 0.5:
            yield self._at(day, time(9, 20)), self.coordinator
        if day.weekday() == 1:
            yield self._at(day, time(15, 30)), self.aino

    def who(self, *names: str) -> str:
        return self.chance.choice(
            [name for name in names if name in self.ledger.staff and name not in self.ledger.removed] or ["shell"]
        )

    def close_months(self, at: datetime) -> None:
        day = centre.today(at).replace(day=1) - timedelta(days=1)
        begun = min(self.ledger.sums, default=day)
        for _ in range(3):
            if day >= begun and f"{day:%Y-%m}" not in self.ledger.closed:
                self.emit(at, "close_month", month=f"{day:%Y-%m}", who="Anna")
                at += timedelta(minutes=1)
            day = day.replace(day=1) - timedelta(days=1)

    def correct_old(self, at: datetime) -> None:
        """A paper list turns up: somebody was not counted."""
        past = [
            name
            for name in self.ledger.opened
            if centre.today(at) - timedelta(days=60) < self.ledger.day_of(name) < centre.today(at)
        ]
        if past:
            session = self.chance.choice(sorted(past))
            _, adults, children, _ = self.ledger.heads(session)
            said = {
                "adults": max(0, adults + self.chance.randint(-2, 4)),
                "children": children + self.chance.randint(0, 2),
            }
            self.emit(at, "correct", session=session, **said, who=self.who("Mykola", "Anna"))
        shifts = sorted(self.ledger.shifts)[-3:]
        if shifts:
            self.emit(
                at + timedelta(minutes=1),
                "correct_shift",
                shift=self.chance.choice(shifts),
                quarters=self.chance.randint(0, 20),
                who="Anna",
            )

    def old_lists(self, at: datetime) -> None:
        """Lists of the year before the kiosk are found: first of half a year, and another time of the whole year, in which one
        count is another now."""
        year = min(self.ledger.sums, default=centre.today(at)).year - (0 if self.ledger.earlier else 1)
        days = [one for one in (date(year, 1, 1) + timedelta(days=ahead) for ahead in range(365)) if one.weekday() == 1]
        days = days if self.ledger.earlier else days[26:]
        chance = random.Random(year)  # the same each time
        rows = []
        for day in reversed(days):
            people = chance.randint(4, 40)
            rows.append((f"{day}", people, chance.randint(0, people), chance.randint(0, people // 4)))
        if self.ledger.earlier:
            rows[0] = (rows[0][0], rows[0][1] + 1, *rows[0][2:])
        self.emit(at, "import_visits", rows=tuple(rows), who="Anna")
        months = range(1, 13) if self.ledger.moved else range(7, 13)
        goods = [
            (f"{year}-{month:02}-01", kind, 20 + month, 10 + month)
            for month in months
            for kind in ("furniture", "toys")
        ]
        self.emit(at + timedelta(minutes=1), "import_goods", rows=tuple(goods), who="Anna")

    def staff_change(self, at: datetime) -> None:
        members = [name for name in self.ledger.staff if name not in ("Anna", *self.ledger.removed)]
        if members:
            gone = self.chance.choice(members)
            self.emit(at, "leave", member=gone)
            self.emit(at + timedelta(minutes=1), "call_next", who=gone)  # the key still lies on the table
        self.emit(
            at + timedelta(minutes=2), "hire", member=self.name("Kaisa "), role=self.chance.choice(("staff", "helper"))
        )

    def replan(self, at: datetime) -> None:
        day = centre.today(at)
        ahead = [
            one
            for days in range(1, 22)
            for one in self.ledger.sessions_on(day + timedelta(days=days))
            if one.name not in self.ledger.opened
        ]
        decided = sorted(
            name for name in self.ledger.decided if self.ledger.day_of(name) > day and name not in self.ledger.opened
        )
        if decided and self.often(0.3):
            self.emit(at, "take_back", session=self.chance.choice(decided), who="Anna")
        elif ahead:
            session = self.chance.choice(ahead)
            if self.often(0.5):
                self.emit(at, "call_off", session=session.name, who=self.who("Mykola", "Anna"))
            else:
                to = session.day + timedelta(days=self.chance.randint(0, 3))
                self.emit(at, "move", session=session.name, day=to, start=time(16), end=time(18), who="Anna")
        holiday = next(
            (
                f"{one.key}:{day + timedelta(days=days)}"
                for days in range(1, 15)
                for one in centre.SERIES
                if one.falls_on(day + timedelta(days=days)) and centre.is_holiday(day + timedelta(days=days))
            ),
            None,
        )
        if holiday and self.often(0.5):
            self.emit(at + timedelta(minutes=1), "hold", session=holiday, who="Anna")

    def coordinator(self, at: datetime) -> None:
        """Read the requests, carry some on, make and follow up pairs."""
        rows = [
            (name, row)
            for name, row in self.ledger.requests.items()
            if not row.erased and row.status not in ("done", "closed")
        ]
        for name, row in rows[-12:]:
            if self.often(0.25) and row.kind in ("other", "guidance", "fetch"):
                at += timedelta(minutes=1)
                self.emit(
                    at,
                    "set_step",
                    request=name,
                    status=self.chance.choice(("contacted", "arranged", "done", "closed")),
                    who="Anna",
                )
        for service in ("friend", "neighbour"):
            waits = [name for name, row in rows if row.kind == service and row.status in ("new", "contacted")]
            helps = [
                name for name, row in rows if row.kind == f"{service}_offer" and row.status in ("new", "contacted")
            ]
            if waits and helps and self.often(0.7):
                at += timedelta(minutes=1)
                repeat = self.chance.choice(("once", "weekly", "winter")) if service == "neighbour" else "once"
                self.emit(
                    at,
                    "pair",
                    pair=self.name("p"),
                    asker=waits[0],
                    helper=self.chance.choice(helps),
                    repeat=repeat,
                    who="Anna",
                )
        for name, pair in list(self.ledger.pairs.items()):
            if pair.state == "active" and pair.follow_up and pair.follow_up <= centre.today(at) and self.often(0.6):
                at += timedelta(minutes=1)
                self._follow(at, name)

    def _follow(self, at: datetime, pair: str) -> None:
        if self.often(0.15):
            self.emit(
                at,
                "part",
                pair=pair,
                reason=self.chance.choice(("done", "no_match", "asker_left", "helper_left")),
                who="Anna",
            )
        elif self.often(0.05):
            self.emit(at, "undo_pair", pair=pair, who="Anna")
        else:
            self.emit(at, "met", pair=pair, quarters=self.chance.randint(0, 8), who="Anna")

    # visitors

    def come(self, session: str) -> Callable[[datetime], None]:
        def comes(at: datetime) -> None:
            visit = self.name("v")
            seats = [
                name
                for name, row in self.ledger.seats.items()
                if row.session == session and row.state == "booked" and name.endswith("b") == bool(self.beside)
            ]  # a slip lies in one pocket: nobody shows it at two places at once
            if seats and self.often(0.6):
                self.emit(at, "arrive", seat=seats[0])
                return
            children = max(0, self.chance.randint(-3, 3))
            self.emit(
                at,
                "check_in",
                visit=visit,
                session=session,
                adults=self.chance.randint(1, 2),
                children=children,
                language=self.chance.choice(("fi", "fi", "uk", "en")),
                way=self.chance.choice(("kiosk", "kiosk", "tally")),
            )
            if self.often(0.4):
                self.emit(
                    at + timedelta(seconds=9),
                    "amend",
                    visit=visit,
                    group=self.chance.choice(("family", "older", "ukrainian", "family+ukrainian")),
                    first=self.often(0.2),
                )
            if self.often(0.04):
                self.emit(at + timedelta(seconds=20), "undo", visit=visit)

        return comes

    def aino(self, at: datetime) -> None:
        """The Tuesday visitor: she leaves wishes on Tuesdays, and comes for what is held on the next."""
        held = [
            name
            for name, row in self.ledger.wishes.items()
            if name.startswith("aino") and self.ledger.wish_state(row) == "held"
        ]
        for wish in held:
            at += timedelta(seconds=30)
            if self.often(0.7):
                self._collect(at, self.ledger.wishes[wish].ticket)
        if self.often(0.3):
            category, kind, _, _, _ = self.chance.choice(THINGS)
            self.emit(
                at + timedelta(minutes=1), "wish", wish=self.name("aino"), category=category, kind=kind, details=True
            )

    @property
    def happenings(self) -> list[Callable[[datetime], None]]:
        return [
            self.bring,
            self.bring,
            self.bring,
            self.donor,
            self.look,
            self.look,
            self.look,
            self.fetch,
            self.fetch,
            self.leave_wish,
            self.ask_help,
            self.queue,
            self.queue,
            self.call,
            self.call,
            self.call,
            self.drop_in,
            self.book_seat,
            self.work,
            self.tidy,
            self.mishap,
        ]

    def bring(self, at: datetime, donation: str = "", category: str = "") -> None:
        said = self.chance.choice([one for one in THINGS if category in ("", one[0])] or THINGS)
        quantity = self.chance.choice((1, 1, 1, 2, 4))
        grams = said[4] * quantity
        self.emit(
            at,
            "add",
            thing=self.name("i"),
            category=said[0],
            kind=said[1],
            size=self.chance.choice(said[2]),
            age=self.chance.choice(said[3]),
            quantity=quantity,
            grams=grams,
            donation=donation,
            who=self.who("Mykola", "Anna"),
            imported=not donation and self.often(0.25),
        )

    def donor(self, at: datetime) -> None:
        """Who announces a box of things and brings some of them, on another day."""
        waits = [
            name
            for name, row in self.ledger.donations.items()
            if row.state in ("announced", "accepted") and at - row.made > timedelta(days=1)
        ]
        if waits and self.often(0.7):
            donation = self.chance.choice(waits)
            for minute in range(self.chance.randint(1, 4)):
                self.bring(at + timedelta(minutes=minute), donation, self.ledger.donations[donation].categories[0])
            if self.often(0.8):
                state = self.chance.choice(("taken_in", "taken_in", "declined", "cancelled"))
                who = "visitor" if state == "cancelled" else self.who("Mykola", "Anna")
                self.emit(at + timedelta(minutes=6), "decide", donation=donation, state=state, who=who)
        else:
            self.emit(
                at,
                "announce",
                donation=self.name("d"),
                categories=(self.chance.choice(THINGS)[0],),
                fetch=self.often(0.3),
            )

    def look(self, at: datetime) -> None:
        """A visitor reserves one or two things that are free, and sometimes changes their mind."""
        free = sorted(name for name in self.ledger._maybe_free if self.ledger.free(self.ledger.things[name]))
        held: list[str] = []
        for _ in range(self.chance.choice((1, 1, 2, 4))):
            if free:
                held.append(self.name("t"))
                at += timedelta(seconds=40)
                self.emit(at, "reserve", ticket=held[-1], thing=self.chance.choice(free[-15:]), held=tuple(held[:-1]))
        if held and self.often(0.15):
            self.emit(at + timedelta(seconds=30), "cancel", ticket=held[0])

    def fetch(self, at: datetime) -> None:
        """Somebody comes with a ticket, perhaps too late."""
        waits = sorted(name for name in self.ledger._maybe_reserved if self.ledger.tickets[name].state == "reserved")
        if waits and self.often(0.85):
            self._collect(at, self.chance.choice(waits))
        elif self.ledger.tickets:
            ticket = self.chance.choice(sorted(self.ledger.tickets)[-20:])
            self.emit(at, "reactivate", ticket=ticket, who=self.who("Helmi", "Mykola"))

    def _collect(self, at: datetime, ticket: str) -> None:
        self.emit(at, "hand_over", ticket=ticket, who=self.who("Helmi", "Mykola", "Anna"))
        if self.often(0.08):  # the wrong one
            self.emit(at + timedelta(seconds=15), "undo_hand_over", ticket=ticket, who=self.who("Helmi", "Mykola"))

    def leave_wish(self, at: datetime) -> None:
        made: list[str] = []
        for _ in range(self.chance.choice((1, 1, 2, 4))):
            category, kind, sizes, ages, _ = self.chance.choice(THINGS)
            made.append(self.name("w"))
            at += timedelta(seconds=30)
            self.emit(
                at,
                "wish",
                wish=made[-1],
                category=category,
                kind=self.chance.choice((kind, kind, None)),
                size=self.chance.choice(("", *sizes)),
                age=self.chance.choice(("", *ages)),
                made=tuple(made[:-1]),
                details=self.often(0.3),
            )
        waiting = sorted(self.ledger._maybe_waiting)
        if waiting and self.often(0.2):
            self.emit(at + timedelta(minutes=1), "cancel_wish", wish=self.chance.choice(waiting))

    def ask_help(self, at: datetime) -> None:
        kind = self.chance.choice(
            ("friend", "friend_offer", "neighbour", "neighbour_offer", "guidance", "other", "volunteering")
        )
        self.emit(at, "ask", request=self.name("r"), kind=kind)
        sealed = sorted(self.ledger.sealed & self.ledger.requests.keys())
        if sealed and self.often(0.1):
            self.emit(at + timedelta(minutes=1), "erase", request=self.chance.choice(sealed), who="Anna")

    def queue(self, at: datetime) -> None:
        number = self.name("n")
        times = self.ledger.bookable(at)
        if times and self.often(0.3):
            self.emit(at, "book_time", number=number, begins=self.chance.choice(times))
        else:
            self.emit(at, "take", number=number)
        mine = [name for name in self.ledger.on_day[centre.today(at)] if name in self.ledger.numbers]
        if mine and self.often(0.15):
            state = self.chance.choice(("left", "skipped", "missed", "waiting", "done"))
            who = "visitor" if state == "left" else self.who("Mykola", "Anna")
            self.emit(at + timedelta(minutes=2), "move_number", number=self.chance.choice(mine), state=state, who=who)

    def call(self, at: datetime) -> None:
        if centre.today(at) not in self.ill:
            self.emit(at, "call_next", who=self.who("Anna", "Mykola"))

    def drop_in(self, at: datetime) -> None:
        """Somebody is counted at the open house, or at what was called off."""
        day = centre.today(at)
        open_house = self.ledger.open_house(day)
        name = open_house[0].name if open_house else f"{self.chance.choice(sorted(centre.BY_KEY))}:{day}"
        self.emit(
            at,
            "check_in",
            visit=self.name("v"),
            session=name,
            adults=self.chance.randint(0, 2),
            children=self.chance.randint(0, 1),
        )

    def book_seat(self, at: datetime) -> None:
        day = centre.today(at)
        ahead = [
            one
            for days in range(0, 15)
            for one in self.ledger.sessions_on(day + timedelta(days=days))
            if centre.BY_KEY[one.key].seats
        ]
        if ahead:
            session = self.chance.choice(ahead[:2])
            for _ in range(self.chance.randint(1, 3)):
                at += timedelta(seconds=20)
                self.emit(at, "seat", seat=self.name("s"), session=session.name, people=self.chance.randint(1, 5))
        seats = [name for name, row in self.ledger.seats.items() if row.state in ("booked", "waiting")]
        if seats and self.often(0.4):
            self.emit(at + timedelta(seconds=40), "cancel_seat", seat=self.chance.choice(seats[-12:]))

    def work(self, at: datetime) -> None:
        if not self.ledger.volunteers:
            return
        volunteer = self.chance.choice(self.ledger.volunteers)
        if any(row.volunteer == volunteer and row.quarters is None for row in self.ledger.shifts.values()):
            self.emit(at, "end_shift", volunteer=volunteer)
        else:
            task = self.chance.choice(("kitchen", "goods", "carrying"))
            self.emit(
                at, "begin_shift", shift=self.name("h"), volunteer=volunteer, task=task, of_age=volunteer != "Olena"
            )

    def go_home(self, at: datetime) -> None:
        """Most volunteers sign out; one forgets now and then."""
        for row in list(self.ledger.shifts.values()):
            if row.quarters is None and self.often(0.8):
                at += timedelta(seconds=10)
                self.emit(at, "end_shift", volunteer=row.volunteer)

    def tidy(self, at: datetime) -> None:
        """Staff tidy the shelves."""
        here = sorted(name for name in self.ledger._maybe_free)
        if here:
            thing, who = self.chance.choice(here), self.who("Mykola", "Anna")
            what = self.chance.choice(("withdraw", "recount", "join", "give", "give"))
            if what == "withdraw":
                self.emit(at, what, thing=thing, reason=self.chance.choice(("broken", "missing", "mistake")), who=who)
            elif what == "recount":
                self.emit(at, what, thing=thing, quantity=self.chance.randint(1, 4), who=who)
            elif what == "join":
                into = self.chance.choice(here)
                if self.ledger.things[into].kind == self.ledger.things[thing].kind:
                    self.emit(at, what, thing=thing, into=into, who=who)
            else:
                self.emit(at, what, ticket=self.name("t"), thing=thing, who=self.who("Helmi", "Mykola"))

    def mishap(self, at: datetime) -> None:
        """Something is put back, taken back, or done by who may not."""
        gone = sorted(name for name, row in self.ledger.things.items() if row.gone)[-10:]
        given = sorted(name for name, row in self.ledger.tickets.items() if row.state == "collected")[-5:]
        if gone and self.often(0.5):
            self.emit(at, "put_back", thing=self.chance.choice(gone), who=self.who("Mykola", "Helmi"))
        elif given:
            self.emit(at, "undo_hand_over", ticket=self.chance.choice(given), who=self.who("Helmi"))
