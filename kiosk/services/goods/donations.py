"""Donations: announced on the screen, decided by staff, taken in piece by piece by their slip until it is all in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import peewee

from kiosk import clock
from kiosk.codes.codes import Code, Kind, new_code
from kiosk.data.models import Donation
from kiosk.errors import BadValue, DonationClosed, UnknownCode
from kiosk.journal import Store
from kiosk.services.help.requests import HelpRequestService
from kiosk.services.programme.partners import refuse_unknown
from kiosk.services.rights import GIVEN, SYSTEM, VISITOR, needs
from kiosk.settings import Settings
from kiosk.vocabulary import CATEGORIES
from kiosk.vocabulary.states import DonationState, RequestKind, RequestStatus, TicketState, WithdrawReason
from kiosk.vocabulary.words import DECLINED

from .categories import CategoryView, resolved
from .categories import known as known_category
from .goods import GoodsService
from .items import ItemView
from .reasons import ReasonView, known

AMOUNTS = ("one", "few", "bag", "box", "car")
#: Upper limit of things in one announcement.
MOST = 99
#: States in which further things can be taken in.
OPEN = (DonationState.ANNOUNCED, DonationState.ACCEPTED)
#: Reasons of withdrawal that mean an item was entered by mistake.
NOT_CAME = (WithdrawReason.MISTAKE, WithdrawReason.DUPLICATE)
#: Decisions by staff; CANCELLED also by the donor.
DECISIONS = tuple(state for state in DonationState if state is not DonationState.ANNOUNCED)
#: Service name of the sealed contact of a donation to be fetched.
FETCH = RequestKind.FETCH


@dataclass(frozen=True)
class DonationView:
    """A donation. `pieces` is the approximate number of things, None if not given; `came` how many were taken in so
    far. `chosen` is what the donor chose: keys of categories, and own ones that this tablet knows, whose parts are in
    `categories`; `rest` are those of which nothing is in yet. `request` is the id of the sealed contact, `partner` that
    of the giver, `own` the centre's own reason for which it was declined; None without one."""

    id: str
    code: Code
    categories: tuple[str, ...]
    amount: str
    pieces: int | None
    fetch: bool
    request: str | None
    state: str
    reason: str | None
    made_at: datetime
    partner: str | None
    came: int = 0
    own: ReasonView | None = None
    chosen: tuple[str | CategoryView, ...] = ()
    rest: tuple[str | CategoryView, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether further things can be taken in."""
        return self.state in OPEN


@dataclass(frozen=True)
class Gifts:
    """Gifts since a day: things that came in, and pieces that were given away."""

    came: int
    given: int


class DonationService:
    """From the announcement to the shelf."""

    def __init__(self, store: Store, settings: Settings, *, help: HelpRequestService, goods: GoodsService) -> None:
        self._store, self._settings = store, settings
        self._help, self._goods = help, goods
        self._zone = clock.zone(settings.centre.timezone)

    @needs(VISITOR, partner={GIVEN: "goods"})
    def announce(
        self,
        *,
        donation_id: str,
        categories: Sequence[str],
        amount: str,
        language: str,
        now: datetime,
        pieces: int | None = None,
        contact: dict[str, Any] | None = None,
        partner: str | None = None,
        who: str = "visitor",
    ) -> DonationView:
        """Announce a donation, of a partner if staff say so. With `contact`, which is sealed, the donor asks for it to
        be fetched. Idempotent by `donation_id`; `categories` may have ids of own ones. Raises BadValue, NoRecipients,
        UnknownPartner."""
        if not categories:
            raise BadValue(field="categories", value="")
        kept_in = list(dict.fromkeys(resolved(self._store.db, key)[0] for key in categories))
        if amount not in AMOUNTS:
            raise BadValue(field="amount", value=amount)
        if pieces is not None and not 1 <= pieces <= MOST:
            raise BadValue(field="pieces", value=pieces)
        known = self._find(Donation.id == donation_id)
        if known is not None:
            return known
        refuse_unknown(self._store.db, partner)
        said = {"categories": kept_in, "amount": amount, "pieces": pieces, "fetch": contact is not None}
        said |= {"partner": partner, "chosen": list(categories)}
        with self._store.write(now) as journal:
            request = None if contact is None else self._seal(donation_id, contact, language, now)
            Donation.insert(
                id=donation_id,
                code=new_code(Kind.DONATION),
                request=request,
                state=DonationState.ANNOUNCED,
                made_at=now,
                **said,
            ).execute(self._store.db)
            journal.append("donation.announced", who, {"donation": donation_id, "request": request} | said)
        return self._get(Donation.id == donation_id)

    def _seal(self, donation_id: str, contact: dict[str, Any], language: str, now: datetime) -> str:
        """Seal the contact of a donation to be fetched, inside the caller's transaction; returns its request's id."""
        return self._help.sign_up(
            request_id=donation_id,
            service=FETCH,
            language=language,
            details=contact,
            now=now,
            notice_version=self._settings.help.notice_version,
        ).id

    def by_id(self, donation_id: str) -> DonationView:
        """Return the donation with this id. Raises UnknownCode."""
        return self._get(Donation.id == donation_id)

    def by_code(self, code: Code) -> DonationView:
        """Return the donation with this code. Raises UnknownCode."""
        return self._get(Donation.code == code)

    def open(self) -> list[DonationView]:
        """Return donations that await a decision or delivery, oldest first."""
        with self._store.read():
            rows = Donation.select().where(Donation.state.in_(OPEN)).order_by(Donation.made_at, Donation.id)
            return self._views(list(rows.execute(self._store.db)))

    @needs("goods")
    def take_in(self, *, donation_id: str, now: datetime, who: str, **facts: Any) -> ItemView:
        """Take in a thing, or a lot, of a donation: `facts` are those of `GoodsService.add`. This accepts an announced
        donation, which stays open until staff mark it complete. Raises UnknownCode, DonationClosed, BadValue."""
        with self._store.write(now):
            donation = self._get(Donation.id == donation_id)
            if not donation.is_open:
                raise DonationClosed()
            item = self._goods.add(donation=donation.code, now=now, who=who, **facts)
            if donation.state == DonationState.ANNOUNCED:
                self.decide(donation_id=donation_id, state=DonationState.ACCEPTED, now=now, who=who)
            return item

    @needs("goods", state={DonationState.CANCELLED: VISITOR})
    def decide(
        self, *, donation_id: str, state: str, now: datetime, who: str, reason: str | None = None
    ) -> DonationView:
        """Accept, decline with a reason (also after accepting, or the rest), mark as complete, or cancel; with the
        cancellation the sealed contact is erased. Raises UnknownCode, DonationClosed, BadValue."""
        if state not in DECISIONS:
            raise BadValue(field="state", value=state)
        if (state == DonationState.DECLINED) != self._is_offered(reason):
            raise BadValue(field="reason", value=reason)
        with self._store.write(now) as journal:
            donation = self._get(Donation.id == donation_id)
            if donation.state != state and not donation.is_open:
                raise DonationClosed()
            if donation.state != state:
                Donation.update(state=state, reason=reason).where(Donation.id == donation_id).execute(self._store.db)
                journal.append(f"donation.{state}", who, {"donation": donation_id, "reason": reason})
                if donation.request and state == DonationState.CANCELLED:
                    self._help.end(journal, donation.request, who=who)
                elif donation.request and state != DonationState.ACCEPTED:
                    status = RequestStatus.DONE if state == DonationState.TAKEN_IN else RequestStatus.CLOSED
                    self._close(donation.request, status, now, who)
        if donation.request and state == DonationState.CANCELLED:
            self._store.forget_deleted()
        return self._get(Donation.id == donation_id)

    @needs("goods")
    def give(self, *, donation_id: str, partner: str | None, now: datetime, who: str) -> DonationView:
        """Set the partner who gives it, or None. Raises UnknownCode, UnknownPartner."""
        with self._store.write(now) as journal:
            refuse_unknown(self._store.db, partner)
            if self._get(Donation.id == donation_id).partner != partner:
                Donation.update(partner=partner).where(Donation.id == donation_id).execute(self._store.db)
                journal.append("donation.given_by", who, {"donation": donation_id, "partner": partner})
            return self._get(Donation.id == donation_id)

    def _close(self, request_id: str, status: str, now: datetime, who: str) -> None:
        if not self._help.by_id(request_id).erased:
            self._help.set_status(request_id=request_id, status=status, now=now, who=who)

    def gifts(self, now: datetime) -> Gifts:
        """Return this month's gifts."""
        since = clock.local_date(now, self._zone).replace(day=1)
        db = self._store.db
        [(came,)] = db.execute_sql(
            "SELECT coalesce(sum(quantity), 0) FROM item WHERE arrived_on >= ?", (since.isoformat(),)
        ).fetchall()
        start = clock.local_to_utc(since, datetime.min.time(), self._zone)
        sql = f"SELECT count(*) FROM ticket WHERE state = '{TicketState.COLLECTED}' AND ended_at >= ?"
        [(given,)] = db.execute_sql(sql, (clock.utc_text(start),)).fetchall()
        return Gifts(came, given)

    @needs(SYSTEM)
    def forget_old(self, now: datetime, days: int = 60) -> int:
        """Cancel donations announced over `days` days ago and never brought; returns how many."""
        which = (Donation.state == DonationState.ANNOUNCED) & (Donation.made_at < now - timedelta(days=days))
        ids = [row.id for row in Donation.select(Donation.id).where(which).execute(self._store.db)]
        for donation_id in ids:
            self.decide(donation_id=donation_id, state=DonationState.CANCELLED, now=now, who="clock")
        return len(ids)

    def _get(self, which: peewee.Expression) -> DonationView:
        found = self._find(which)
        if found is None:
            raise UnknownCode()
        return found

    def _find(self, which: peewee.Expression) -> DonationView | None:
        return next(iter(self._views(list(Donation.select().where(which).execute(self._store.db)))), None)

    def _views(self, rows: Sequence[Donation]) -> list[DonationView]:
        if not rows:
            return []
        codes = [str(row.code) for row in rows]
        sql = f"""SELECT donation, category, own_category, sum(quantity) FROM item
                  WHERE donation IN ({",".join("?" * len(codes))}) AND coalesce(reason, '') NOT IN
                  ({",".join("?" * len(NOT_CAME))}) GROUP BY donation, category, own_category"""
        came: dict[str, dict[str | None, int]] = {code: {} for code in codes}
        for code, category, own, pieces in self._store.db.execute_sql(sql, (*codes, *NOT_CAME)).fetchall():
            came[code] |= {category: came[code].get(category, 0) + pieces, own: 0}
        return [_view(row, came[str(row.code)], known(self._store.db, row.reason), self._chosen(row)) for row in rows]

    def _chosen(self, row: Donation) -> tuple[str | CategoryView, ...]:
        """Return what the donor chose; the categories, where an own one is not known here yet or nothing was noted."""
        found = [key if key in CATEGORIES else known_category(self._store.db, key) for key in row.chosen]
        return tuple(one for one in found if one) if all(found) and found else tuple(row.categories)

    def _is_offered(self, reason: str | None) -> bool:
        own = known(self._store.db, reason)
        return reason in DECLINED or (own is not None and own.active)


def _view(
    row: Donation, came: dict[str | None, int], own: ReasonView | None, chosen: tuple[str | CategoryView, ...]
) -> DonationView:
    """Return the view of a row; `came` are the pieces that are in by category, with the own ones among its keys."""
    return DonationView(
        row.id,
        row.code,
        tuple(row.categories),
        row.amount,
        row.pieces,
        bool(row.fetch),
        row.request,
        row.state,
        row.reason,
        row.made_at,
        row.partner,
        sum(came.values()),
        own,
        chosen,
        tuple(one for one in chosen if (one if isinstance(one, str) else one.id) not in came),
    )
