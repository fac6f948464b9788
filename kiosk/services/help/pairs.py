"""Pairs: someone who asks and someone who helps, suggested by what they told us, decided and looked after by staff.

Friends and neighbours' help are one path. What makes two people fit is read from the sealed requests while the key is
unlocked and is written nowhere: the table and the journal only have the ids of the two requests.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import peewee

from kiosk import clock
from kiosk.data import new_id
from kiosk.data.models import Pair, PairNote
from kiosk.errors import BadValue, PairEnded, PairTaken, UnknownPair
from kiosk.journal import Journal, Store
from kiosk.services.rights import SYSTEM, needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import PairReason, PairState, Repeat, RequestKind, RequestStatus

from .matching import Fit, assign, fit
from .requests import WAITING, HelpRequestService, RequestView

#: What staff pair: the service of who asks; who helps signed up for the same with "_offer".
SERVICES = (RequestKind.FRIEND, RequestKind.NEIGHBOUR)
OFFER = "_offer"
REPEATS: tuple[str, ...] = tuple(Repeat)
#: Months in which snow falls.
WINTER = (11, 12, 1, 2, 3)
#: Why a pair ends, and how far the requests of who asked and who helped have come then.
REASONS: dict[str, tuple[str, str]] = {
    PairReason.DONE: (RequestStatus.DONE, RequestStatus.DONE),
    PairReason.NO_MATCH: (RequestStatus.CONTACTED, RequestStatus.CONTACTED),
    PairReason.ASKER_LEFT: (RequestStatus.CLOSED, RequestStatus.CONTACTED),
    PairReason.HELPER_LEFT: (RequestStatus.CONTACTED, RequestStatus.CLOSED),
}
#: The longest task, quarters of an hour.
LONGEST = 4 * 24


@dataclass(frozen=True)
class Suggestion:
    """Two who would make a pair, and why; `names` are what they want to be called. It is never stored."""

    service: str
    asker: RequestView
    helper: RequestView
    names: tuple[str, str]
    repeat: str
    fit: Fit


@dataclass(frozen=True)
class PairView:
    """A pair. `follow_up` is the local date staff look after it; `times` how often it was, `hours` what was worked."""

    id: str
    service: str
    asker: RequestView
    helper: RequestView
    state: str
    repeat: str
    follow_up: date | None
    made_on: date
    reason: str | None
    times: int
    hours: float


@dataclass(frozen=True)
class PairCount:
    """Pairs of a service in a time: made, gone to a good end, ended otherwise, and hours worked."""

    service: str
    made: int
    done: int
    stopped: int
    hours: float


class PairService:
    """Suggests, decides, looks after, ends."""

    def __init__(self, store: Store, settings: Settings, *, help: HelpRequestService) -> None:
        self._store = store
        self._zone = clock.zone(settings.centre.timezone)
        self._follow_up = timedelta(days=settings.help.follow_up_days)
        self._help = help

    @needs("personal")
    def suggest(self, *, service: str, private: bytes, now: datetime, who: str) -> list[Suggestion]:
        """Return the pairs that suit all who wait best, the best pair first; `private` opens their requests. Raises
        BadValue, BadKey."""
        if service not in SERVICES:
            raise BadValue(field="service", value=service)
        answers = self._help.open_all(services=(service, service + OFFER), private=private, now=now, who=who)
        taken = {request.id for pair in self.active() for request in (pair.asker, pair.helper)}
        free = [request for request in answers if request.id not in taken]
        askers = [request for request in free if request.service == service]
        helpers = [request for request in free if request.service != service]
        judged = set(
            Pair.select(Pair.asker, Pair.helper).where(Pair.state != PairState.UNDONE).tuples().execute(self._store.db)
        )
        fits = [
            [
                Fit(0, ()) if (asker.id, helper.id) in judged else fit(service, answers[asker], answers[helper])
                for helper in helpers
            ]
            for asker in askers
        ]
        found = [
            Suggestion(
                service,
                askers[row],
                helpers[column],
                (_name(answers[askers[row]]), _name(answers[helpers[column]])),
                answers[askers[row]].get("repeat", Repeat.ONCE),
                fits[row][column],
            )
            for row, column in assign([[one.points for one in line] for line in fits])
        ]
        return sorted(found, key=lambda one: -one.fit.points)

    @needs("requests")
    def accept(self, *, asker: str, helper: str, repeat: str = Repeat.ONCE, now: datetime, who: str) -> PairView:
        """Make two requests a pair. Raises PairTaken, BadValue, UnknownCode."""
        if repeat not in REPEATS:
            raise BadValue(field="repeat", value=repeat)
        with self._store.write(now) as journal:
            pair_id, service = self._judge(asker, helper, now)
            today = clock.local_date(now, self._zone)
            follow_up = today + (timedelta(weeks=1) if service == RequestKind.NEIGHBOUR else self._follow_up)
            Pair.insert(
                id=pair_id,
                service=service,
                asker=asker,
                helper=helper,
                state=PairState.ACTIVE,
                repeat=repeat,
                follow_up=follow_up,
                made_on=today,
            ).execute(self._store.db)
            said = {"pair": pair_id, "service": service, "asker": asker, "helper": helper, "repeat": repeat}
            journal.append("pair.made", who, said | {"day": today.isoformat(), "follow_up": follow_up.isoformat()})
            self._requests((asker, helper), (RequestStatus.ARRANGED, RequestStatus.ARRANGED), now, who)
            return self._get(pair_id)

    @needs("requests")
    def set_aside(self, *, asker: str, helper: str, now: datetime, who: str) -> PairView:
        """Note that two are no pair: they are not suggested again. Raises PairTaken, UnknownCode, BadValue."""
        with self._store.write(now) as journal:
            pair_id, service = self._judge(asker, helper, now)
            today = clock.local_date(now, self._zone)
            said = {"service": service, "asker": asker, "helper": helper}
            Pair.insert(id=pair_id, state=PairState.ASIDE, repeat=Repeat.ONCE, made_on=today, **said).execute(
                self._store.db
            )
            journal.append("pair.aside", who, {"pair": pair_id, "day": today.isoformat()} | said)
            return self._get(pair_id)

    @needs("requests")
    def undo(self, *, pair_id: str, now: datetime, who: str) -> PairView:
        """Take back that two were made a pair, or set aside; they are as before. Raises UnknownPair, PairEnded."""
        with self._store.write(now) as journal:
            pair = self._get(pair_id)
            if pair.state not in (PairState.ACTIVE, PairState.ASIDE):
                raise PairEnded()
            Pair.update(state=PairState.UNDONE, follow_up=None).where(Pair.id == pair_id).execute(self._store.db)
            journal.append("pair.undone", who, {"pair": pair_id})
            if pair.state == PairState.ACTIVE:
                self._requests(
                    (pair.asker.id, pair.helper.id), (RequestStatus.CONTACTED, RequestStatus.CONTACTED), now, who
                )
            return self._get(pair_id)

    @needs("requests")
    def note(self, *, pair_id: str, quarters: int = 0, now: datetime, who: str) -> PairView:
        """Note that a pair was looked after, or that its task was done in `quarters` of an hour. A task that comes
        again has its next day then; one that does not is at its end. Raises UnknownPair, PairEnded, BadValue."""
        if not 0 <= quarters <= LONGEST:
            raise BadValue(field="quarters", value=quarters)
        with self._store.write(now) as journal:
            pair = self._active(pair_id)
            today = clock.local_date(now, self._zone)
            task = pair.service == RequestKind.NEIGHBOUR
            again = next_day(today, pair.repeat) if task else today + self._follow_up
            note = {"id": new_id(now), "quarters": quarters}
            PairNote.insert(pair=pair_id, day=today, **note).execute(self._store.db)
            Pair.update(follow_up=again).where(Pair.id == pair_id).execute(self._store.db)
            said = {"pair": pair_id, "day": today.isoformat(), "follow_up": again.isoformat()}
            journal.append("pair.noted", who, said | {"note": note["id"], "quarters": quarters})
            if task and quarters and pair.repeat == Repeat.ONCE:
                self._end(journal, pair, PairReason.DONE, now, who)
            return self._get(pair_id)

    @needs("requests")
    def end(self, *, pair_id: str, reason: str, now: datetime, who: str) -> PairView:
        """End a pair for a reason; whoever still wants one waits again. Raises UnknownPair, PairEnded, BadValue."""
        if reason not in REASONS:
            raise BadValue(field="reason", value=reason)
        with self._store.write(now) as journal:
            self._end(journal, self._active(pair_id), reason, now, who)
            return self._get(pair_id)

    def active(self) -> list[PairView]:
        """Return the pairs there are, the next to look after in front."""
        rows = Pair.select().where(Pair.state == PairState.ACTIVE).order_by(Pair.follow_up, Pair.id)
        return [self._view(row) for row in list(rows.execute(self._store.db))]

    def due(self, now: datetime) -> list[PairView]:
        """Return the pairs to look after today, or before."""
        today = clock.local_date(now, self._zone)
        return [pair for pair in self.active() if pair.follow_up is not None and pair.follow_up <= today]

    @needs(SYSTEM)
    def settle(self, now: datetime) -> int:
        """End the pairs one of whom had their request erased; returns how many."""
        ended = [pair for pair in self.active() if pair.asker.erased or pair.helper.erased]
        for pair in ended:
            reason = PairReason.ASKER_LEFT if pair.asker.erased else PairReason.HELPER_LEFT
            self.end(pair_id=pair.id, reason=reason, now=now, who="clock")
        return len(ended)

    def count(self, first: date, last: date) -> list[PairCount]:
        """Return how many pairs there were from `first` to `last`, by service; what was undone or set aside is none."""
        sql = f"""SELECT coalesce(sum(made_on BETWEEN ?1 AND ?2), 0),
                     coalesce(sum(reason = '{PairReason.DONE}' AND ended_on BETWEEN ?1 AND ?2), 0),
                     coalesce(sum(reason <> '{PairReason.DONE}' AND ended_on BETWEEN ?1 AND ?2), 0),
                     (SELECT coalesce(sum(quarters), 0) / 4.0 FROM pair_note JOIN pair AS worked ON worked.id = pair_note.pair
                         WHERE worked.service = ?3 AND pair_note.day BETWEEN ?1 AND ?2)
                 FROM pair WHERE service = ?3 AND state IN ('{PairState.ACTIVE}', '{PairState.ENDED}')"""
        span = (first.isoformat(), last.isoformat())
        return [
            PairCount(service, *self._store.db.execute_sql(sql, (*span, service)).fetchone()) for service in SERVICES
        ]

    def _judge(self, asker: str, helper: str, now: datetime) -> tuple[str, str]:
        """Return an id for a new pair and its service. Raises PairTaken when one of the two does not wait any more, or
        they were judged before, UnknownCode, BadValue."""
        one, other = self._help.by_id(asker), self._help.by_id(helper)
        if one.service not in SERVICES or other.service != one.service + OFFER:
            raise BadValue(field="service", value=f"{one.service}, {other.service}")
        judged = (Pair.asker == asker) & (Pair.helper == helper) & (Pair.state != PairState.UNDONE)
        busy = (Pair.state == PairState.ACTIVE) & ((Pair.asker == asker) | (Pair.helper == helper))
        if (
            Pair.select().where(judged | busy).exists(self._store.db)
            or one.status not in WAITING
            or other.status not in WAITING
        ):
            raise PairTaken()
        return new_id(now), one.service

    def _end(self, journal: Journal, pair: PairView, reason: str, now: datetime, who: str) -> None:
        today = clock.local_date(now, self._zone)
        Pair.update(state=PairState.ENDED, follow_up=None, ended_on=today, reason=reason).where(
            Pair.id == pair.id
        ).execute(self._store.db)
        journal.append("pair.ended", who, {"pair": pair.id, "day": today.isoformat(), "reason": reason})
        asker, helper = REASONS[reason]
        if pair.service == RequestKind.NEIGHBOUR and reason == PairReason.DONE:
            helper = RequestStatus.CONTACTED  # a neighbour who helped once can help the next
        self._requests((pair.asker.id, pair.helper.id), (asker, helper), now, who)

    def _requests(self, requests: tuple[str, str], statuses: tuple[str, str], now: datetime, who: str) -> None:
        for request_id, status in zip(requests, statuses, strict=True):
            if not self._help.by_id(request_id).erased:
                self._help.set_status(request_id=request_id, status=status, now=now, who=who)

    def _active(self, pair_id: str) -> PairView:
        pair = self._get(pair_id)
        if pair.state != PairState.ACTIVE:
            raise PairEnded()
        return pair

    def _get(self, pair_id: str) -> PairView:
        for row in Pair.select().where(Pair.id == pair_id).execute(self._store.db):
            return self._view(row)
        raise UnknownPair()

    def _view(self, row: Pair) -> PairView:
        notes = PairNote.select(peewee.fn.COUNT(), peewee.fn.COALESCE(peewee.fn.SUM(PairNote.quarters), 0))
        [(times, quarters)] = notes.where(PairNote.pair == row.id).tuples().execute(self._store.db)
        return PairView(
            row.id,
            row.service,
            self._help.by_id(row.asker),
            self._help.by_id(row.helper),
            row.state,
            row.repeat,
            row.follow_up,
            row.made_on,
            row.reason,
            times,
            quarters / 4,
        )


def next_day(today: date, repeat: str) -> date:
    """Return when a task comes again, a week on; one of the winter waits for the next winter."""
    day = today + timedelta(weeks=1)
    return date(day.year, WINTER[0], 1) if repeat == Repeat.WINTER and day.month not in WINTER else day


def _name(answers: dict[str, Any]) -> str:
    return str(answers.get("name", ""))
