"""Wishes for things not on the shelf. A matching item that comes in is held for the wish that has waited longest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import peewee

from kiosk import clock
from kiosk.codes.codes import Code, Kind, new_code
from kiosk.data import new_id
from kiosk.data.models import Wish, WishOffer
from kiosk.errors import N_, BadValue, KioskError, UnknownCode
from kiosk.journal import Journal, Store
from kiosk.journal.entries import COUNTS, SUBJECT
from kiosk.services.help.requests import HelpRequestService
from kiosk.services.programme.gatherings import GatheringService
from kiosk.services.programme.opening_hours import OpeningHoursService
from kiosk.services.rights import SYSTEM, VISITOR, needs
from kiosk.settings import Settings
from kiosk.vocabulary import things
from kiosk.vocabulary.states import ItemState, RequestKind, TicketState, WishState

from .categories import CategoryView, known, resolved
from .goods import AGE_GROUPS, GoodsService
from .items import ItemCard
from .tickets import TicketService, TicketView

#: Service name of the sealed details.
DETAILS = RequestKind.WISH
#: Limit of wishes of one visit.
LIMIT = 3
#: Free items shown for a wish.
SHOWN = 3
#: SQL condition "the item fits the wish"; a field that the wish leaves open fits all.
FITS = """item.category = wish.category
           AND (wish.own_category IS NULL OR wish.own_category = item.own_category)
           AND (wish.thing IS NULL OR wish.thing = item.thing)
           AND (wish.size = '' OR lower(wish.size) = lower(item.size))
           AND (wish.age_group = '' OR wish.age_group = item.age_group)"""
#: SQL for the state of a wish that was not cancelled and is not too old: it follows its ticket.
FOLLOWS = f"""CASE ticket.state WHEN '{TicketState.COLLECTED}' THEN '{WishState.FULFILLED}'
              WHEN '{TicketState.RESERVED}' THEN '{WishState.HELD}' WHEN '{TicketState.CONFLICTED}' THEN '{WishState.HELD}'
              ELSE '{WishState.OPEN}' END"""
#: SQL condition "a unit of the item came in, or came back, after the wish was left".
CAME_AFTER = f"""(EXISTS (SELECT 1 FROM ticket WHERE ticket.item = item.id AND ended_at >= wish.made_at
                      AND ticket.state IN ('{TicketState.EXPIRED}', '{TicketState.CANCELLED}'))
                  OR EXISTS (SELECT 1 FROM journal WHERE {SUBJECT} = +item.id AND time >= wish.made_at AND {COUNTS}
                      AND (kind IN ('item.added', 'item.put_back') OR kind = 'item.edited' AND coalesce(
                          {", ".join(f"json_type(payload, '$.{name}')" for name in ("quantity", "category", "own_category", "thing", "size", "age_group"))})
                          IS NOT NULL)))"""
#: SQL condition "the item was not reserved for the wish before".
NOT_OFFERED = "NOT EXISTS (SELECT 1 FROM wish_offer WHERE wish_offer.wish = wish.id AND wish_offer.item = item.id)"
#: SQL condition "this tablet (?) took the item in": of several tablets one offers it.
TOOK_IN = f"EXISTS (SELECT 1 FROM journal WHERE {SUBJECT} = +item.id AND kind = 'item.added' AND device = ?)"


class TooManyWishes(KioskError):
    default = N_("You have left {limit} wishes, the most for one visit.")


@dataclass(frozen=True)
class WishView:
    """A wish. `state` is "open", "held", "fulfilled", "cancelled" or "expired"; `ticket` is the last one that was
    reserved for it, which it follows, or None; `own` the centre's own category that it is for, or None; `request` and
    `contact` are the ids of its sealed details and phone number, or None."""

    id: str
    code: Code
    category: str
    thing: str | None
    size: str
    age_group: str
    language: str
    state: str
    ticket: TicketView | None
    made_at: datetime
    request: str | None
    contact: str | None
    own: CategoryView | None


class WishService:
    """Takes, matches and ends wishes."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        *,
        goods: GoodsService,
        tickets: TicketService,
        help: HelpRequestService,
        gatherings: GatheringService,
        opening: OpeningHoursService,
    ) -> None:
        self._store = store
        self._hold_days = settings.wishes.hold_days
        self._zone = clock.zone(settings.centre.timezone)
        self._keep = timedelta(days=settings.wishes.keep_days)
        self._goods, self._tickets, self._help = goods, tickets, help
        self._gatherings, self._opening = gatherings, opening
        self._notice = settings.help.notice_version

    @needs(VISITOR)
    def leave(
        self,
        *,
        category: str,
        thing: str | None,
        size: str,
        age_group: str,
        language: str,
        now: datetime,
        made: Sequence[str] = (),
        details: str = "",
    ) -> WishView:
        """Leave a wish. `made` are this visitor's wishes of today: an equal one is the same wish, so that a family is
        counted once. `details`, free text, are sealed and replace earlier ones. Raises BadValue, TooManyWishes, and
        with details NoRecipients. `category` may be the id of an own one."""
        category, own = resolved(self._store.db, category)
        rules = (
            ("thing", thing, thing is None or things().get(thing) is not None),
            ("age_group", age_group, age_group in AGE_GROUPS),
            ("size", size, len(size) <= 30),
        )
        for field, value, holds in rules:
            if not holds:
                raise BadValue(field=field, value=value)
        said = {"category": category, "thing": thing, "size": size, "age_group": age_group, "own_category": own}
        with self._store.write(now) as journal:
            wish = self._same(made, said) or self._new(journal, said, len(made), language, now)
            if details:
                self._describe(journal, wish, details, language, now)
        if details and wish.request:
            self._store.forget_deleted()
        return self._get(Wish.id == wish.id)

    def _same(self, made: Sequence[str], said: dict[str, str | None]) -> WishView | None:
        wishes = (self._get(Wish.id == wish_id) for wish_id in made)
        alive = (one for one in wishes if one.state in (WishState.OPEN, WishState.HELD))
        return next((one for one in alive if _said(one) == said), None)

    def _new(self, journal: Journal, said: dict[str, str | None], made: int, language: str, now: datetime) -> WishView:
        if made >= LIMIT:
            raise TooManyWishes(limit=LIMIT)
        wish_id = new_id(now)
        Wish.insert(
            id=wish_id, code=new_code(Kind.WISH), language=language, state=WishState.OPEN, made_at=now, **said
        ).execute(self._store.db)
        journal.append("wish.left", "visitor", {"wish": wish_id, "language": language} | said)
        return self._get(Wish.id == wish_id)

    def _describe(self, journal: Journal, wish: WishView, details: str, language: str, now: datetime) -> None:
        request = self._help.sign_up(
            request_id=new_id(now),
            service=DETAILS,
            language=language,
            details={"details": details},
            now=now,
            notice_version=self._notice,
        )
        self._help.end(journal, wish.request, who="visitor")
        Wish.update(request=request.id).where(Wish.id == wish.id).execute(self._store.db)
        journal.append("wish.described", "visitor", {"wish": wish.id, "request": request.id})

    def by_id(self, wish_id: str) -> WishView:
        """Return the wish with this id. Raises UnknownCode."""
        return self._get(Wish.id == wish_id)

    @needs(VISITOR)
    def by_code(self, code: Code, now: datetime) -> WishView:
        """Return the wish with this code. Raises UnknownCode."""
        self.settle(now)
        return self._get(Wish.code == code)

    @needs(VISITOR)
    def cancel(self, *, code: Code, now: datetime, who: str = "visitor") -> WishView:
        """Cancel a wish; its reservation ends, and the item is offered to the next. One that came true stays so. Raises
        UnknownCode."""
        with self._store.write(now) as journal:
            self._tickets.expire_due(now)
            self._change_all(self._followed(), now)
            wish = self._get(Wish.code == code)
            if wish.state in (WishState.OPEN, WishState.HELD):
                self._change(journal, wish.id, WishState.CANCELLED, who)
                if wish.ticket is not None and wish.ticket.state == TicketState.RESERVED:
                    self._tickets.cancel(code=wish.ticket.code, now=now, who=who)
        self._store.forget_deleted()
        self._offer_due(now)
        return self._get(Wish.id == wish.id)

    def open(self) -> list[WishView]:
        """Return the open and held wishes, oldest first."""
        rows = Wish.select().where(Wish.state.in_((WishState.OPEN, WishState.HELD))).order_by(Wish.made_at, Wish.id)
        return [self._view(row) for row in list(rows.execute(self._store.db))]

    def free_now(self, wish_id: str | None = None) -> dict[str, list[ItemCard]]:
        """Return the newest SHOWN free items that fit each open wish, or the one with this id. An item that the wisher
        did not collect in time is included while it is free."""
        sql = f"""SELECT wish.id, item.id FROM wish JOIN item ON {FITS}
                  WHERE wish.state = '{WishState.OPEN}' AND item.state = '{ItemState.AVAILABLE}' AND wish.id = coalesce(?, wish.id)
                  ORDER BY item.arrived_on DESC, item.id DESC"""
        found: dict[str, list[str]] = {}
        with self._store.read():
            for wish, item in self._store.db.execute_sql(sql, (wish_id,)):
                found.setdefault(wish, []).append(item)
            shown = {wish: items[:SHOWN] for wish, items in found.items()}
            cards = {
                card.id: card for card in self._goods.cards(sorted({one for items in shown.values() for one in items}))
            }
        return {wish: [cards[item] for item in items if item in cards] for wish, items in shown.items()}

    @needs(SYSTEM)
    def offer(self, *, item_id: str, now: datetime) -> list[WishView]:
        """Reserve an item's free units for matching wishes, oldest first; returns those wishes."""
        return self._offer(item_id, "1", now)

    def _offer(self, item_id: str, which: str, now: datetime) -> list[WishView]:
        """Reserve free units for the wishes of the SQL condition `which`."""
        held = []
        item = self._goods.item(item_id, now)
        for _times in range(item.most // item.least if item.state != ItemState.WITHDRAWN else 0):
            wish = self._fitting(item_id, which)
            if wish is None:
                break
            until = self._until(wish, now)
            with self._store.write(now) as journal:
                ticket_id = self._tickets.hold(journal, item_id, wish.language, now, until, item.least)
                Wish.update(state=WishState.HELD, ticket=ticket_id).where(Wish.id == wish.id).execute(self._store.db)
                WishOffer.insert(wish=wish.id, item=item_id).execute(self._store.db)
                journal.append("wish.held", "clock", {"wish": wish.id, "item": item_id, "ticket": ticket_id})
            held.append(self._get(Wish.id == wish.id))
        return held

    def _until(self, wish: WishView, now: datetime) -> datetime:
        """Return the deadline of a reservation for a wish (aware UTC): the end of the next session, after today, of the
        gathering on whose day the wish was left, or of any gathering if there was none that day. Without such a session
        within the days of the settings, the end of the last opening day within them."""
        latest = now + timedelta(days=self._hold_days)
        days = [clock.local_date(now, self._zone) + timedelta(days=ahead) for ahead in range(1, self._hold_days + 1)]
        theirs = {one.gathering_id for one in self._gatherings.sessions_on(clock.local_date(wish.made_at, self._zone))}
        for session in self._gatherings.sessions_between(days[0], days[-1]):
            day = clock.local_date(session.starts_at, self._zone)
            if not self._opening.is_closed_on(day) and (not theirs or session.gathering_id in theirs):
                return min(latest, max(session.ends_at, self._opening.closes_on(day) or session.ends_at))
        closes = [at for at in map(self._opening.closes_on, days) if at is not None and at <= latest]
        return closes[-1] if closes else latest

    @needs(SYSTEM)
    def settle(self, now: datetime) -> int:
        """Let wishes follow their tickets: a collected one is fulfilled, one not collected in time waits again. Wishes
        past their maximum age expire. What came in or came back is offered. Returns how many changed."""
        self._tickets.expire_due(now)
        changed = self._change_all(self._followed(), now)
        changed += self._change_all(self._too_old(now), now)  # those that wait again since then too
        if changed:
            self._store.forget_deleted()
        return changed + self._offer_due(now)

    def _change_all(self, changes: list[tuple[str, str]], now: datetime) -> int:
        if changes:
            with self._store.write(now) as journal:
                for wish_id, state in changes:
                    self._change(journal, wish_id, state, "clock")
        return len(changes)

    def _followed(self) -> list[tuple[str, str]]:
        """Return (wish, new state) of the wishes whose tickets went on."""
        sql = f"""SELECT wish.id, {FOLLOWS} FROM wish JOIN ticket ON ticket.id = wish.ticket
                  WHERE wish.state IN ('{WishState.OPEN}', '{WishState.HELD}', '{WishState.FULFILLED}')
                      AND wish.state <> {FOLLOWS}"""
        return list(self._store.db.execute_sql(sql).fetchall())

    def _too_old(self, now: datetime) -> list[tuple[str, str]]:
        """Return (wish, "expired") of the open wishes past their maximum age."""
        which = Wish.select(Wish.id).where(Wish.state == WishState.OPEN, Wish.made_at < now - self._keep)
        return [(row.id, WishState.EXPIRED) for row in which.execute(self._store.db)]

    def _offer_due(self, now: datetime) -> int:
        """Offer what came in or came back after somebody wished for it; returns to how many wishes."""
        mine, values = (f"AND {TOOK_IN}", (self._store.device,)) if self._store.joined else ("", ())
        sql = f"""SELECT DISTINCT item.id FROM wish JOIN item ON {FITS}
                  WHERE wish.state = '{WishState.OPEN}' AND item.state = '{ItemState.AVAILABLE}'
                      AND {NOT_OFFERED} AND {CAME_AFTER} {mine} ORDER BY item.id"""
        due = self._store.db.execute_sql(sql, values).fetchall()
        return sum(len(self._offer(item_id, CAME_AFTER, now)) for (item_id,) in due)

    def _fitting(self, item_id: str, which: str) -> WishView | None:
        """Return the oldest open wish of `which` that the item fits and was not offered to before."""
        sql = f"""SELECT wish.id FROM wish JOIN item ON item.id = ? AND {FITS} WHERE wish.state = '{WishState.OPEN}'
                  AND {NOT_OFFERED} AND {which} ORDER BY made_at, wish.id LIMIT 1"""
        row = self._store.db.execute_sql(sql, (item_id,)).fetchone()
        return self._get(Wish.id == row[0]) if row else None

    def _change(self, journal: Journal, wish_id: str, state: str, who: str) -> None:
        Wish.update(state=state).where(Wish.id == wish_id).execute(self._store.db)
        wish = self._get(Wish.id == wish_id)
        held = (
            {"item": wish.ticket.item.id, "ticket": wish.ticket.id} if wish.ticket and state == WishState.HELD else {}
        )
        journal.append(f"wish.{state}", who, {"wish": wish_id} | held)
        if state not in (WishState.OPEN, WishState.HELD):
            self._help.end(journal, wish.request, wish.contact, who=who)

    def _get(self, which: peewee.Expression) -> WishView:
        for row in Wish.select().where(which).execute(self._store.db):
            return self._view(row)
        raise UnknownCode()

    def _view(self, row: Wish) -> WishView:
        ticket = self._tickets.by_id(row.ticket) if row.ticket else None
        return WishView(
            row.id,
            row.code,
            row.category,
            row.thing,
            row.size,
            row.age_group,
            row.language,
            row.state,
            ticket,
            row.made_at,
            row.request,
            row.contact,
            known(self._store.db, row.own_category),
        )


def _said(wish: WishView) -> dict[str, str | None]:
    """Return what a wish is for, as it was left."""
    kept_in = wish.own.id if wish.own else None
    return {
        "category": wish.category,
        "thing": wish.thing,
        "size": wish.size,
        "age_group": wish.age_group,
        "own_category": kept_in,
    }
