"""What happens now and then in the demo centre's weeks: wishes that come true, slips that expired, what was done by mistake."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.codes import Code
from kiosk.data.ids import new_id
from kiosk.services import Services
from kiosk.services.goods.items import ItemView
from kiosk.vocabulary.states import DonationState, RequestKind, SessionReason, TicketState, WishState, WithdrawReason

#: What Aino wishes for on her weekly visit, and somebody brings two days later: category and thing.
WISHES = (
    ("kitchen", "pot"),
    ("toys", "teddy_bear"),
    ("textiles", "blanket"),
    ("books", "dictionary"),
    ("toys", "puzzle"),
)
#: The week, counted back from today, in which she does not come for it.
AWAY = 2


class Habits:
    """Does what is due on a day so many days back; `take` takes a thing off the shelf that nobody has asked for."""

    def __init__(self, services: Services, choice: random.Random, take: Callable[[datetime], ItemView | None]) -> None:
        self.do, self.choice, self._take = services, choice, take
        self._wish: Code | None = None
        self._codes: dict[str, Code] = {}

    def day(self, back: int, at: datetime) -> None:
        """Live the habits of a day from the moment `at` on."""
        weekly = {6: self._wishes, 4: self._brings, 0: self._fetches, 3: self._gives, 2: self._gives_twice}
        once = {
            20: self._asks, 18: self._changes_her_mind, 16: self._reserves, 15: self._breaks, 12: self._comes_late,
            10: self._calls_off,
        }  # fmt: skip
        for act in (weekly.get(back % 7), once.get(back)):
            if act is not None:
                act(at, back // 7)

    def evening(self, at: datetime) -> None:
        """Let the services do what the clock brings."""
        self.do.appointments.settle(at)
        self.do.tickets.expire_due(at)
        self.do.wishes.settle(at)

    # Aino comes every week

    def _wishes(self, at: datetime, week: int) -> None:
        category, thing = WISHES[week % len(WISHES)]
        self._wish = self.do.wishes.leave(
            category=category, thing=thing, size="", age_group="", language="fi", now=at, details="Ehjä, kiitos"
        ).code

    def _brings(self, at: datetime, week: int) -> None:
        """A neighbour brings what she waits for, in a box that was announced."""
        category, thing = WISHES[week % len(WISHES)]
        gift = self.do.donations.announce(
            donation_id=new_id(at), categories=[category], amount="box", language="uk", now=at
        ).id
        at += timedelta(minutes=20)
        item = self.do.donations.take_in(donation_id=gift, category=category, thing=thing, kg=1.0, now=at, who="demo")
        self.do.wishes.offer(item_id=item.id, now=at)
        self.do.donations.decide(donation_id=gift, state=DonationState.TAKEN_IN, now=at, who="demo")

    def _fetches(self, at: datetime, week: int) -> None:
        wish = self.do.wishes.by_code(self._wish, at) if self._wish is not None else None
        if wish is not None and wish.state == WishState.HELD and wish.ticket is not None and week not in (0, AWAY):
            self.do.tickets.hand_over(code=wish.ticket.code, now=at, who="demo")
            self.do.wishes.settle(at)

    # others

    def _gives(self, at: datetime, week: int) -> None:
        """A thing is handed over at the counter, without a slip."""
        item = self._take(at)
        if item is not None:
            self.do.tickets.give(item_id=item.id, language="uk", now=at, who="demo", pieces=item.least)

    def _gives_twice(self, at: datetime, week: int) -> None:
        """A slip is scanned too early: that is taken back, and its owner comes in the afternoon."""
        item = self._take(at)
        if item is not None:
            code = self._reserve(item, at)
            for minutes, act in (
                (5, self.do.tickets.hand_over),
                (6, self.do.tickets.undo_hand_over),
                (90, self.do.tickets.hand_over),
            ):
                act(code=code, now=at + timedelta(minutes=minutes), who="demo")

    def _reserve(self, item: ItemView, at: datetime) -> Code:
        return self.do.tickets.reserve(item_id=item.id, language="fi", now=at, held=(), pieces=item.least).code

    def _reserves(self, at: datetime, week: int) -> None:
        item = self._take(at)
        if item is not None:
            self._codes["late"] = self._reserve(item, at)

    def _comes_late(self, at: datetime, week: int) -> None:
        """The slip has expired, the thing is still there."""
        code = self._codes.pop("late", None)
        if code is not None and self.do.tickets.by_code(code, at).state == TicketState.EXPIRED:
            self.do.tickets.reactivate(code=code, now=at, who="demo")
            self.do.tickets.hand_over(code=code, now=at + timedelta(minutes=2), who="demo")

    def _breaks(self, at: datetime, week: int) -> None:
        item = self._take(at)
        if item is not None:
            self.do.shelf.withdraw(item_id=item.id, reason=WithdrawReason.BROKEN, now=at, who="demo")

    def _asks(self, at: datetime, week: int) -> None:
        """Somebody asks for help and leaves a wish, and needs neither two days later."""
        self._codes["wish"] = self.do.wishes.leave(
            category="furniture", thing="sofa", size="", age_group="", language="en", now=at
        ).code
        self._codes["request"] = self.do.help.sign_up(
            request_id=new_id(at), service=RequestKind.OTHER, language="en", now=at,
            details={"name": "Robin", "languages": ["en"], "reach": "desk"}, notice_version=self.do.settings.help.notice_version,
        ).code  # fmt: skip

    def _changes_her_mind(self, at: datetime, week: int) -> None:
        self.do.wishes.cancel(code=self._codes["wish"], now=at)
        self.do.help.erase(code=self._codes["request"], now=at, who="demo")

    def _calls_off(self, at: datetime, week: int) -> None:
        """A meeting of the next days is called off, and takes place after all."""
        day = at.date()
        for session in self.do.gatherings.sessions_between(day + timedelta(days=1), day + timedelta(days=8))[:1]:
            self.do.programme.cancel(session_id=session.id, reason=SessionReason.ILL, now=at, who="demo")
            self.do.programme.take_back(session_id=session.id, now=at + timedelta(hours=3), who="demo")
