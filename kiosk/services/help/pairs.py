"""Pairs of a person who asks for help and one who offers it: suggested by matching, decided and followed up by staff.

Friends and neighbours' help share this code. Matching reads the sealed requests while the key is unlocked and stores
nothing of them: the table and the journal have only the ids of the two requests.
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

#: Services with pairs: the asker's service; the helper's has the suffix "_offer".
SERVICES = (RequestKind.FRIEND, RequestKind.NEIGHBOUR)
OFFER = "_offer"
REPEATS: tuple[str, ...] = tuple(Repeat)
#: Months in which snow falls.
WINTER = (11, 12, 1, 2, 3)
#: Reasons to end a pair, and the resulting states of the asker's and the helper's request.
REASONS: dict[str, tuple[str, str]] = {
    PairReason.DONE: (RequestStatus.DONE, RequestStatus.DONE),
    PairReason.NO_MATCH: (RequestStatus.CONTACTED, RequestStatus.CONTACTED),
    PairReason.ASKER_LEFT: (RequestStatus.CLOSED, RequestStatus.CONTACTED),
    PairReason.HELPER_LEFT: (RequestStatus.CONTACTED, RequestStatus.CLOSED),
}
#: Upper limit of a task, quarters of an hour.
LONGEST = 4 * 24


@dataclass(frozen=True)
class Suggestion:
    """A suggested pair with reasons; `names` are the names they gave. Never stored."""

    service: str
    asker: RequestView
    helper: RequestView
    names: tuple[str, str]
    repeat: str
    fit: Fit


@dataclass(frozen=True)
class PairView:
    """A pair. `follow_up` is the local date of the next follow-up; `times` how many there were, `hours` the hours
    worked."""

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
    """Pairs of a service in a period: made, ended well, ended otherwise, and hours worked."""

    service: str
    made: int
    done: int
    stopped: int
    hours: float


class PairService:
    """Suggests, makes, follows up and ends pairs."""

    def __init__(self, store: Store, settings: Settings, *, help: HelpRequestService) -> None:
        self._store = store
        self._zone = clock.zone(settings.centre.timezone)
        self._follow_up = timedelta(days=settings.help.follow_up_days)
        self._help = help

    @needs("personal")
    def suggest(self, *, service: str, private: bytes, now: datetime, who: str) -> list[Suggestion]:
        """Return the assignment with the highest total score, best pair first; `private` opens the requests. Raises
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

    @needs("personal")
    def people(self, *, private: bytes, now: datetime, who: str) -> dict[str, dict[str, Any]]:
        """Return what those of the active pairs told, by request, opened with a recipient's private key. The access is
        journalled. Raises BadKey."""
        requests = [one.id for pair in self.active() for one in (pair.asker, pair.helper) if not one.erased]
        return self._help.open_these(request_ids=requests, private=private, now=now, who=who)

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
        """Reject a suggestion, which is not made again. Raises PairTaken, UnknownCode, BadValue."""
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
        """Undo the making or the rejection of a pair. Raises UnknownPair, PairEnded."""
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
        """Note a follow-up, or a task done in `quarters` of an hour. A repeating task is scheduled again; one that does
        not repeat ends. Raises UnknownPair, PairEnded, BadValue."""
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
        """End a pair for a reason; by the reason their requests wait again or close. Raises UnknownPair, PairEnded,
        BadValue."""
        if reason not in REASONS:
            raise BadValue(field="reason", value=reason)
        with self._store.write(now) as journal:
            self._end(journal, self._active(pair_id), reason, now, who)
            return self._get(pair_id)

    def active(self) -> list[PairView]:
        """Return the active pairs, next follow-up first."""
        rows = Pair.select().where(Pair.state == PairState.ACTIVE).order_by(Pair.follow_up, Pair.id)
        return [self._view(row) for row in list(rows.execute(self._store.db))]

    def due(self, now: datetime) -> list[PairView]:
        """Return the pairs whose follow-up is due."""
        today = clock.local_date(now, self._zone)
        return [pair for pair in self.active() if pair.follow_up is not None and pair.follow_up <= today]

    @needs(SYSTEM)
    def settle(self, now: datetime) -> int:
        """End pairs with an erased request; returns how many."""
        sql = f"""SELECT pair.id, asker.erased FROM pair
                  JOIN request AS asker ON asker.id = pair.asker JOIN request AS helper ON helper.id = pair.helper
                  WHERE pair.state = '{PairState.ACTIVE}' AND (asker.erased OR helper.erased) ORDER BY pair.id"""
        ended = self._store.db.execute_sql(sql).fetchall()
        for pair, asker_erased in ended:
            reason = PairReason.ASKER_LEFT if asker_erased else PairReason.HELPER_LEFT
            self.end(pair_id=pair, reason=reason, now=now, who="clock")
        return len(ended)

    def count(self, first: date, last: date) -> list[PairCount]:
        """Return the number of pairs from `first` to `last` by service, without undone and rejected ones."""
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
        """Return (new pair id, service). Raises PairTaken when one of the two does not wait or the pair was decided
        before, UnknownCode, BadValue."""
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
            helper = RequestStatus.CONTACTED  # a helping neighbour stays available for the next
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
    """Return the next date of a repeating task: a week later; a winter task waits for the next winter."""
    day = today + timedelta(weeks=1)
    return date(day.year, WINTER[0], 1) if repeat == Repeat.WINTER and day.month not in WINTER else day


def _name(answers: dict[str, Any]) -> str:
    return str(answers.get("name", ""))
