"""The ledger of things: each is given once, whoever waits longest is served first, what is free is free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from .book import Fact, Refused, Row
from .centre import DONATION_KEPT, LONGEST_HOLD, TICKETS, WISH_KEPT, WISHES, closes, deadline, today
from .programme import Programme

LIVE = ("reserved", "collected")
#: Withdrawn for these reasons, a thing was never there.
NEVER_THERE = ("duplicate", "mistake")


@dataclass
class Thing(Row):
    name: str
    category: str
    kind: str
    size: str
    age: str
    quantity: int
    grams: int | None
    arrived: date
    arrived_at: datetime
    freed: datetime
    tablet: str
    donation: str = ""
    gone: date | None = None
    reason: str = ""


@dataclass
class Ticket(Row):
    """A claim on a thing. `log`: (when, what, thing, deadline), and `since`: when it was claimed, which says who was first."""

    name: str
    log: list[tuple[datetime, str, str, datetime | None]] = field(default_factory=list)
    thing: str = ""
    state: str = ""
    deadline: datetime = datetime.max
    since: datetime = datetime.max
    ended: datetime | None = None
    given: date | None = None

    def tell(self, now: datetime, what: str, thing: str, deadline: datetime | None = None) -> None:
        """Let something happen to it."""
        self.log = [*self.log, (now, what, thing, deadline)]
        self.replay()

    def replay(self) -> None:
        """Bring everything up to what the log says. What was handed over ends only by being taken back, or when it is
        found to have been one too many."""
        self.state, self.ended, self.given = "", None, None
        for at, what, thing, until in self.log:
            if self.state == "collected" and what not in ("taken back", "given twice"):
                continue
            if what == "collected":
                self.state, self.since, self.ended, self.given = what, at, at, today(at)
            elif what == "taken back":
                self.state, self.ended, self.given = "reserved", None, None
            elif what == "given twice":
                self.state = "conflicted"
            elif what in ("reserved", "moved"):
                self.state, self.since, self.ended = "reserved", at, None
            else:
                self.state, self.ended = what, at
            self.thing, self.deadline = thing, until or self.deadline


@dataclass
class Wish(Row):
    name: str
    category: str
    kind: str | None
    size: str
    age: str
    made: datetime
    over: str = ""
    ticket: str = ""
    offered: set[str] = field(default_factory=set)


@dataclass
class Donation(Row):
    name: str
    categories: tuple[str, ...]
    made: datetime
    fetch: bool
    state: str = "announced"


class Shelf(Programme):
    """Things, tickets, wishes and donations."""

    def __init__(self) -> None:
        super().__init__()
        self.things: dict[str, Thing] = {}
        self.tickets: dict[str, Ticket] = {}
        self.wishes: dict[str, Wish] = {}
        self.donations: dict[str, Donation] = {}
        #: Pieces taken in and given in the years before, by month and category.
        self.moved: dict[tuple[str, str], tuple[int, int]] = {}
        self._by_thing: dict[str, dict[str, Ticket]] = {}
        #: What may still change by itself, so that ten years take no longer than they must.
        self._maybe_free: set[str] = set()
        self._maybe_reserved: set[str] = set()
        self._maybe_waiting: dict[str, Wish] = {}

    # what is true

    def of(self, thing: str, *states: str) -> list[Ticket]:
        return [ticket for ticket in self._by_thing.get(thing, {}).values() if ticket.state in states]

    def free(self, thing: Thing) -> int:
        return 0 if thing.gone else thing.quantity - len(self.of(thing.name, *LIVE))

    def out(self, thing: Thing) -> int:
        """Return how many were handed over: one too many was another thing, which is still said to be here."""
        return sum(ticket.given is not None for ticket in self._by_thing.get(thing.name, {}).values())

    def state_of(self, thing: Thing) -> str:
        if thing.gone:
            return "withdrawn"
        if len(self.of(thing.name, "collected")) >= thing.quantity:
            return "given"
        return "available" if self.free(thing) else "reserved"

    def wish_state(self, wish: Wish) -> str:
        """Return the state of a wish, which follows its ticket. Who has cancelled waits no longer, whatever was held."""
        if wish.over:
            return wish.over
        state = self.tickets[wish.ticket].state if wish.ticket else ""
        return {"reserved": "held", "conflicted": "held", "collected": "fulfilled"}.get(state, "open")

    def _came_free(self, thing: Thing, now: datetime) -> None:
        thing.freed = now
        self._maybe_free.add(thing.name)

    def _came(self, thing: Thing) -> datetime:
        """Return when a unit of a thing came in or came back last."""
        ended = (ticket.ended for ticket in self.of(thing.name, "expired", "cancelled") if ticket.ended)
        return max([thing.freed, *ended])

    def _facts(self, thing: Thing) -> Iterator[Fact]:
        given = Counter(ticket.given for ticket in self._by_thing.get(thing.name, {}).values() if ticket.given)
        out, never = sum(given.values()), bool(thing.gone) and thing.reason in NEVER_THERE
        yield thing.arrived, ("in", thing.category), out if never else thing.quantity
        for day, pieces in given.items():
            assert day is not None
            yield day, ("given", thing.category), pieces
            if thing.grams is not None:
                yield day, ("grams", thing.category), round(thing.grams * pieces / thing.quantity)
        if thing.gone and not never:
            yield thing.gone, ("withdrawn", thing.category), thing.quantity - out

    def _count(self, name: str) -> None:
        self.book(f"thing {name}", self._facts(self.things[name]))

    # things

    def add(
        self,
        now: datetime,
        *,
        thing: str,
        category: str,
        kind: str,
        who: str,
        size: str = "",
        age: str = "",
        quantity: int = 1,
        grams: int | None = None,
        donation: str = "",
        imported: bool = False,
    ) -> None:
        self.fresh(self.things, thing)
        self.need(who, "staff")
        if donation:
            gift = self.known(self.donations, donation)
            if gift.state not in ("announced", "accepted"):
                raise Refused("DonationClosed")
            if gift.state == "announced":
                gift.state = "accepted"
        dates = today(now), now, now
        row = Thing(thing, category, kind, size, age, quantity, grams, *dates, self.tablet, donation)
        self.things[thing] = row
        self._came_free(row, now)
        self._count(thing)
        if not imported:
            self._offer(row, now)

    def withdraw(self, now: datetime, *, thing: str, reason: str, who: str) -> None:
        row = self.known(self.things, thing)
        self.need(who, "staff")
        if not row.gone:
            self._gone(row, reason, now)

    def _gone(self, row: Thing, reason: str, now: datetime) -> None:
        for ticket in self.of(row.name, "reserved"):
            ticket.tell(now, "cancelled", row.name)
        row.gone, row.reason = today(now), reason
        self._count(row.name)

    def put_back(self, now: datetime, *, thing: str, who: str) -> None:
        row = self.known(self.things, thing)
        self.need(who, "staff")
        if row.gone and row.reason == "duplicate":
            raise Refused("ItemWithdrawn")
        if row.gone:
            row.gone = None
            self._came_free(row, now)  # whoever wished for it hears of it within a minute
            self._count(thing)

    def recount(self, now: datetime, *, thing: str, quantity: int, who: str) -> None:
        """Staff correct the number of a lot: it cannot be less than was promised or given."""
        row = self.known(self.things, thing)
        self.need(who, "staff")
        if quantity < len(self.of(thing, *LIVE)):
            raise Refused("BadValue")
        if quantity != row.quantity:
            self._came_free(row, now)
            row.quantity = quantity
        self._count(thing)

    def join(self, now: datetime, *, thing: str, into: str, who: str) -> None:
        """A thing was entered twice: its tickets move to the other entry."""
        row, other = self.known(self.things, thing), self.known(self.things, into)
        self.need(who, "staff")
        if thing == into:
            raise Refused("SameItem")
        if row.gone or other.gone:
            raise Refused("ItemWithdrawn")
        for ticket in sorted(self.of(thing, "reserved"), key=lambda one: one.deadline):
            ticket.tell(now, "moved" if self.free(other) else "conflicted", into)
            self._by_thing.setdefault(into, {})[ticket.name] = self._by_thing[thing].pop(ticket.name)
        self._gone(row, "duplicate", now)
        self._count(into)

    def import_goods(self, now: datetime, *, rows: tuple[tuple[str, str, int, int], ...], who: str) -> None:
        """Bring in a list of an earlier year's things: the month's first day, category, taken in, given. The same row again
        is known already."""
        self.need(who, "coordinator")
        for day, category, came, went in rows:
            self.moved[day, category] = came, went
            self._count_moved(day, category)

    def _count_moved(self, day: str, category: str) -> None:
        came, went = self.moved[day, category]
        at = date.fromisoformat(day)
        self.book(f"moved {day} {category}", [(at, ("in", category), came), (at, ("given", category), went)])

    # tickets

    def _ticket(self, name: str, thing: str, state: str, now: datetime, until: datetime) -> None:
        made = self.tickets[name] = self._by_thing.setdefault(thing, {})[name] = Ticket(name)
        made.tell(now, state, thing, until)
        self._maybe_reserved.add(name)

    def reserve(self, now: datetime, *, ticket: str, thing: str, held: tuple[str, ...] = ()) -> None:
        self.fresh(self.tickets, ticket)
        row = self.known(self.things, thing)
        if len([one for one in held if one in self.tickets and self.tickets[one].state == "reserved"]) >= TICKETS:
            raise Refused("TicketLimit")
        if not self.free(row):
            raise Refused("ItemTaken")
        self._ticket(ticket, thing, "reserved", now, deadline(now))

    def give(self, now: datetime, *, ticket: str, thing: str, who: str) -> None:
        self.fresh(self.tickets, ticket)
        row = self.known(self.things, thing)
        self.need(who, "helper")
        if not self.free(row):
            raise Refused("ItemTaken")
        self._ticket(ticket, thing, "collected", now, now)
        self._count(thing)

    def cancel(self, now: datetime, *, ticket: str) -> None:
        row = self.known(self.tickets, ticket)
        if row.state == "collected":
            raise Refused("HandedOverAlready")
        if row.state == "expired":
            raise Refused("TicketClosed")
        self._end(row, "cancelled", now)

    def _end(self, row: Ticket, state: str, now: datetime) -> None:
        if row.state != state:
            row.tell(now, state, row.thing)
            self._maybe_free.add(row.thing)

    def hand_over(self, now: datetime, *, ticket: str, who: str) -> None:
        row = self.known(self.tickets, ticket)
        self.need(who, "helper")
        if row.state == "collected":
            raise Refused("HandedOverAlready")
        if row.state != "reserved":
            raise Refused("TicketClosed")
        row.tell(now, "collected", row.thing)
        self._count(row.thing)

    def undo_hand_over(self, now: datetime, *, ticket: str, who: str) -> None:
        row = self.known(self.tickets, ticket)
        self.need(who, "helper")
        if row.state == "reserved":
            return
        if row.state != "collected":
            raise Refused("TicketClosed")
        if self.things[row.thing].gone:
            raise Refused("ItemWithdrawn")
        row.tell(now, "taken back", row.thing, self._longer(row, now))
        wish = ticket.partition("/")[0]
        if wish in self.wishes:
            self._maybe_waiting[wish] = self.wishes[wish]
        self._count(row.thing)

    def reactivate(self, now: datetime, *, ticket: str, who: str) -> None:
        row = self.known(self.tickets, ticket)
        self.need(who, "helper")
        if row.state == "reserved":
            return
        if row.state == "collected":
            raise Refused("HandedOverAlready")
        if self.things[row.thing].gone:
            raise Refused("ItemWithdrawn")
        if not self.free(self.things[row.thing]):
            raise Refused("ItemTaken")
        row.tell(now, "reserved", row.thing, self._longer(row, now))

    def _longer(self, row: Ticket, now: datetime) -> datetime:
        self._maybe_reserved.add(row.name)
        return deadline(now) if row.deadline <= now else row.deadline

    def is_due(self, now: datetime) -> bool:
        """Return whether a reservation is over by now."""
        return any(
            self.tickets[name].state == "reserved" and self.tickets[name].deadline <= now
            for name in self._maybe_reserved
        )

    def _expire(self, now: datetime) -> None:
        for name in sorted(self._maybe_reserved):
            row = self.tickets[name]
            if row.state == "reserved" and row.deadline <= now:
                self._end(row, "expired", now)
            if row.state != "reserved":
                self._maybe_reserved.discard(name)

    # wishes

    def wish(
        self,
        now: datetime,
        *,
        wish: str,
        category: str,
        kind: str | None = None,
        size: str = "",
        age: str = "",
        made: tuple[str, ...] = (),
        details: bool = False,
    ) -> None:
        self.fresh(self.wishes, wish)
        before = [
            self.wishes[one]
            for one in made
            if one in self.wishes and self.wish_state(self.wishes[one]) in ("open", "held")
        ]
        same = [one for one in before if (one.category, one.kind, one.size, one.age) == (category, kind, size, age)]
        if same:  # a family that says it again
            self._describe(same[0], details)
            return
        if len([one for one in made if one in self.wishes]) >= WISHES:
            raise Refused("TooManyWishes")
        self.wishes[wish] = self._maybe_waiting[wish] = Wish(wish, category, kind, size, age, now)
        self._describe(self.wishes[wish], details)

    def _describe(self, row: Wish, details: bool) -> None:
        if details:
            self.seal(f"wish {row.name}")

    def cancel_wish(self, now: datetime, *, wish: str) -> None:
        row = self.known(self.wishes, wish)
        if self.wish_state(row) in ("open", "held"):
            ticket = self.tickets.get(row.ticket)
            self._over(row, "cancelled")
            if ticket is not None and ticket.state == "reserved":
                self._end(ticket, "cancelled", now)
        self._offer_free(now)

    def _over(self, row: Wish, state: str) -> None:
        row.over = state
        self.unseal(f"wish {row.name}")

    def _fits(self, wish: Wish, thing: Thing) -> bool:
        return (
            wish.category == thing.category
            and wish.kind in (None, thing.kind)
            and wish.size.lower() in ("", thing.size.lower())
            and wish.age in ("", thing.age)
        )

    def _offer(self, thing: Thing, now: datetime) -> None:
        """Reserve the free units of a thing for who has waited longest for such a thing: on the tablet it came in on."""
        while thing.tablet == self.tablet and self.free(thing):
            same = (one for one in self._maybe_waiting.values() if one.category == thing.category)
            waits = [one for one in same if self._waits_for(one, thing)]
            if not waits:
                return
            first = min(waits, key=lambda one: one.made)
            name = f"{first.name}/{thing.name}"
            self._ticket(name, thing.name, "reserved", now, self._held_until(first, now))
            first.ticket, first.offered = name, first.offered | {thing.name}

    def _waits_for(self, wish: Wish, thing: Thing) -> bool:
        """Return whether a thing that came in, or came back, after the wish was left is what it waits for."""
        fits = self._fits(wish, thing) and wish.made <= self._came(thing)
        return fits and self.wish_state(wish) == "open" and thing.name not in wish.offered

    def _held_until(self, wish: Wish, now: datetime) -> datetime:
        """Until the person's next gathering is over, at most the days of the settings: the gathering on whose day they
        left the wish, or any; without one until the last closing time within those days."""
        latest = now + timedelta(days=LONGEST_HOLD)
        days = [today(now) + timedelta(days=ahead) for ahead in range(1, LONGEST_HOLD + 1)]
        theirs = {one.key for one in self.sessions_on(today(wish.made))}
        for day in days:
            for session in self.sessions_on(day):
                if not self.is_closed(day) and (not theirs or session.key in theirs):
                    return min(latest, max(session.ends, closes(day) or session.ends))
        last = [at for at in map(closes, days) if at is not None and at <= latest]
        return last[-1] if last else latest

    def _settle_wishes(self, now: datetime) -> None:
        for wish in [*self._maybe_waiting.values()]:
            if self.wish_state(wish) == "open" and wish.made < now - WISH_KEPT:
                self._over(wish, "expired")
            if self.wish_state(wish) == "fulfilled":
                self.unseal(f"wish {wish.name}")
            given = self.tickets[wish.ticket].given if wish.ticket else None
            if wish.over or (given is not None and given < today(now) - timedelta(days=60)):
                del self._maybe_waiting[wish.name]
        self._offer_free(now)

    def _offer_free(self, now: datetime) -> None:
        """Offer everything that is free: every minute, and when a wish is cancelled."""
        wanted = {one.category for one in self._maybe_waiting.values() if self.wish_state(one) == "open"}
        free = [thing for name in self._maybe_free if (thing := self.things[name]).category in wanted]
        for thing in sorted(free, key=lambda one: one.arrived_at):
            self._offer(thing, now)
        self._maybe_free = {name for name in self._maybe_free if self.free(self.things[name])}

    # donations

    def announce(self, now: datetime, *, donation: str, categories: tuple[str, ...], fetch: bool = False) -> None:
        self.fresh(self.donations, donation)
        self.donations[donation] = Donation(donation, categories, now, fetch)
        if fetch:
            self.make_request(f"gift {donation}", "fetch", now)

    def decide(self, now: datetime, *, donation: str, state: str, who: str) -> None:
        row = self.known(self.donations, donation)
        if state != "cancelled":
            self.need(who, "staff")
        if row.state != state and row.state not in ("announced", "accepted"):
            raise Refused("DonationClosed")
        if row.state != state:
            row.state = state
            if row.fetch and state == "cancelled":
                self.erase_request(f"gift {donation}", now)
            elif row.fetch and state != "accepted":
                self.step(f"gift {donation}", "done" if state == "taken_in" else "closed", now)

    def _forget_donations(self, now: datetime) -> None:
        for row in self.donations.values():
            if row.state == "announced" and row.made < now - DONATION_KEPT:
                self.decide(now, donation=row.name, state="cancelled", who="visitor")
