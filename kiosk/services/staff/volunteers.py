"""Volunteers: number, code and hours in quarters. Names are sealed like a request for help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

import peewee

from kiosk import clock
from kiosk.codes.codes import Code, Kind, new_code
from kiosk.data import new_id
from kiosk.data.models import Shift, Volunteer
from kiosk.errors import N_, BadValue, ShiftClosed, ShiftOpen, UnknownCode
from kiosk.journal import Store
from kiosk.privacy.contact import clean_name, clean_text, refuse_personal_id
from kiosk.services.help.requests import HelpRequestService
from kiosk.services.programme.partners import refuse_unknown
from kiosk.services.rights import VISITOR, needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import RequestKind

TASKS = ("kitchen", "goods", "carrying", "events", "yard", "other")
#: Hours after which a running shift counts as forgotten.
FORGOTTEN = 12
#: Upper limit of a shift, quarters of an hour.
LONGEST = 4 * 24
#: Numbers are shared out between tablets in blocks of this size.
BLOCK = 1000
MACHINE_TOO_LONG = N_("A machine cannot run for longer than the shift.")
#: Service name of the sealed name.
SERVICE = RequestKind.VOLUNTEER


@dataclass(frozen=True)
class ShiftView:
    """A shift. `hours` and `machine_hours` are in whole quarters, None while it runs; `of_age`: 15 years or older, the
    only ones the fund counts (DOMAIN.md 3.1)."""

    id: str
    volunteer_id: str
    number: int
    task: str
    of_age: bool
    started_at: datetime
    ended_at: datetime | None
    hours: float | None
    machine_hours: float
    corrected: bool


@dataclass(frozen=True)
class VolunteerView:
    """A volunteer by number; `shift` is the running one, or None."""

    id: str
    code: Code
    number: int
    request: str
    shift: ShiftView | None


@dataclass(frozen=True)
class ListedVolunteer:
    """A volunteer with the hours of this calendar year and the local date of the last shift, None before the first."""

    volunteer: VolunteerView
    hours: float
    last: date | None


class PaperShift(NamedTuple):
    """A row of a paper list. `start` is the local time; hours are whole quarters."""

    id: str
    volunteer_id: str
    task: str
    of_age: bool
    day: date
    start: time
    hours: float
    machine_hours: float = 0


class VolunteerService:
    """Registers volunteers, signs them in and out, corrects shifts."""

    def __init__(self, store: Store, settings: Settings, *, help: HelpRequestService) -> None:
        self._store, self._settings = store, settings
        self._help = help
        self._zone = clock.zone(settings.centre.timezone)

    @needs("sessions")
    def register(self, *, name: str, now: datetime, who: str, partner: str | None = None) -> VolunteerView:
        """Register a volunteer, of a `partner` if given; the name is sealed. Raises NoRecipients, UnknownPartner, and
        as `clean_name` does."""
        volunteer_id, db = new_id(now), self._store.db
        refuse_unknown(db, partner)
        with self._store.write(now) as journal:
            request = self._help.sign_up(
                request_id=volunteer_id,
                service=SERVICE,
                language=self._settings.centre.default_language,
                details={"name": clean_name(name)},
                now=now,
                notice_version=self._settings.help.notice_version,
            )
            number = self._store.next_in_lane("volunteer", "1", (), BLOCK)
            Volunteer.insert(
                id=volunteer_id, code=new_code(Kind.VOLUNTEER), number=number, request=request.id, partner=partner
            ).execute(db)
            said = {"volunteer": volunteer_id, "number": number, "partner": partner}
            journal.append("volunteer.registered", who, said)
            return self._get(Volunteer.id == volunteer_id)

    def by_code(self, code: Code) -> VolunteerView:
        """Return the volunteer with this code. Raises UnknownCode."""
        return self._get(Volunteer.code == code)

    def by_number(self, number: str) -> VolunteerView:
        """Return the volunteer with this number. Raises UnknownCode."""
        try:
            return self._get(Volunteer.number == int(number))
        except (ValueError, OverflowError, UnknownCode):
            raise UnknownCode(N_("There is no volunteer with this number. Please ask the staff.")) from None

    @needs("personal")
    def names(self, *, private: bytes, now: datetime, who: str) -> dict[str, str]:
        """Return volunteers' names by id, those this key opens; the access is journalled. Raises BadKey."""
        rows = Volunteer.select(Volunteer.id, Volunteer.request).tuples().execute(self._store.db)
        of = {request: volunteer_id for volunteer_id, request in rows}
        opened = self._help.open_these(request_ids=list(of), private=private, now=now, who=who)
        return {of[request]: details["name"] for request, details in opened.items()}

    @needs(VISITOR)
    def sign_in(self, *, code: Code, task: str, of_age: bool, now: datetime) -> VolunteerView:
        """Begin a shift. Raises UnknownCode, ShiftOpen, BadValue."""
        if task not in TASKS:
            raise BadValue(field="task", value=task)
        with self._store.write(now) as journal:
            volunteer = self.by_code(code)
            if volunteer.shift is not None:
                raise ShiftOpen()
            shift_id = new_id(now)
            said = {"volunteer": volunteer.id, "task": task, "of_age": of_age}
            Shift.insert(id=shift_id, started_at=now, **said).execute(self._store.db)
            journal.append("shift.begun", "volunteer", {"shift": shift_id} | said)
            return self._get(Volunteer.id == volunteer.id)

    @needs(VISITOR)
    def sign_out(self, *, code: Code, now: datetime, machine_hours: float = 0) -> ShiftView:
        """End the running shift; its length is rounded to a quarter of an hour, halves up.

        Raises UnknownCode, ShiftClosed (none runs), BadValue.
        """
        with self._store.write(now) as journal:
            volunteer = self.by_code(code)
            if volunteer.shift is None:
                raise ShiftClosed()
            quarters = min(LONGEST, _quarters((now - volunteer.shift.started_at) / timedelta(hours=1)))
            machine = _quarters(machine_hours)
            if not 0 <= machine <= quarters:
                raise BadValue(field="machine_hours", value=machine_hours)
            self._end(volunteer.shift.id, now, quarters, machine)
            payload = {"shift": volunteer.shift.id, "quarters": quarters, "machine_quarters": machine}
            journal.append("shift.ended", "volunteer", payload)
            return self._shift(Shift.id == volunteer.shift.id)

    @needs("sessions")
    def note_paper(self, *, rows: Sequence[PaperShift], now: datetime, who: str) -> int:
        """Add the shifts of a paper list in one transaction; rows with a known id are skipped. Returns how many are
        new. Raises UnknownCode, BadValue."""
        with self._store.write(now) as journal:
            known = {one for (one,) in Shift.select(Shift.id).tuples().execute(self._store.db)} if rows else set()
            fresh = [row for row in rows if row.id not in known]
            for row in fresh:
                said = self._checked(row, now)
                Shift.insert(id=row.id, **said).execute(self._store.db)
                texts = {name: clock.utc_text(said[name]) for name in ("started_at", "ended_at")}
                journal.append("shift.noted", who, {"shift": row.id, "day": row.day.isoformat()} | said | texts)
            return len(fresh)

    def _checked(self, row: PaperShift, now: datetime) -> dict[str, Any]:
        quarters, machine = _quarters(row.hours), _quarters(row.machine_hours)
        if row.task not in TASKS:
            raise BadValue(field="task", value=row.task)
        if not 0 < quarters <= LONGEST:
            raise BadValue(field="hours", value=row.hours)
        if not 0 <= machine <= quarters:
            raise BadValue(MACHINE_TOO_LONG)
        volunteer = self._get(Volunteer.id == row.volunteer_id)
        started_at = clock.local_to_utc(row.day, row.start, self._zone)
        ended_at = started_at + timedelta(minutes=15 * quarters)
        if ended_at > now:
            raise BadValue(N_("This shift would end in the future. Please check the day and the time."))
        said = {"volunteer": volunteer.id, "task": row.task, "of_age": row.of_age}
        times = {"started_at": started_at, "ended_at": ended_at}
        return said | times | {"quarters": quarters, "machine_quarters": machine}

    @needs("sessions")
    def correct(
        self, *, shift_id: str, hours: float, reason: str, now: datetime, who: str, machine_hours: float | None = None
    ) -> ShiftView:
        """Correct the length of a shift, for example a forgotten one, and its machine hours; without `machine_hours`
        those are kept, limited to the length. Raises UnknownCode, BadValue, BadText for the reason."""
        reason = clean_text(reason, limit=200)
        refuse_personal_id(reason)
        quarters = _quarters(hours)
        if not 0 <= quarters <= LONGEST:
            raise BadValue(field="hours", value=hours)
        with self._store.write(now) as journal:
            shift = self._shift(Shift.id == shift_id)
            ended_at = shift.started_at + timedelta(minutes=15 * quarters)
            machine = _quarters(shift.machine_hours if machine_hours is None else machine_hours)
            if machine_hours is None:
                machine = min(quarters, machine)
            if not 0 <= machine <= quarters:
                raise BadValue(MACHINE_TOO_LONG)
            self._end(shift_id, ended_at, quarters, machine, reason)
            payload = {"shift": shift_id, "quarters": quarters, "machine_quarters": machine, "reason": reason}
            journal.append("shift.corrected", who, payload | {"ended_at": clock.utc_text(ended_at)})
            return self._shift(Shift.id == shift_id)

    def all(self, now: datetime) -> list[ListedVolunteer]:
        """Return every volunteer, by number."""
        year = clock.local_to_utc(clock.local_date(now, self._zone).replace(month=1, day=1), time(), self._zone)
        sql = """SELECT volunteer, coalesce(sum(CASE WHEN started_at >= ? THEN quarters END), 0), max(started_at)
                 FROM shift GROUP BY volunteer"""
        rows = self._store.db.execute_sql(sql, (clock.utc_text(year),)).fetchall()
        done = {volunteer: (quarters / 4, clock.parse(last)) for volunteer, quarters, last in rows}
        here = {shift.volunteer_id: shift for shift in self.running()}
        found = Volunteer.select().where(Volunteer.active == 1).order_by(Volunteer.number).execute(self._store.db)
        return [
            ListedVolunteer(
                VolunteerView(row.id, row.code, row.number, row.request, here.get(row.id)),
                done[row.id][0] if row.id in done else 0,
                clock.local_date(done[row.id][1], self._zone) if row.id in done else None,
            )
            for row in found
        ]

    def running(self) -> list[ShiftView]:
        """Return the running shifts, longest first."""
        rows = Shift.select().where(Shift.ended_at.is_null()).order_by(Shift.started_at)
        return [self._shift_view(row) for row in list(rows.execute(self._store.db))]

    def ended_since(self, since: datetime) -> list[ShiftView]:
        """Return the finished shifts that began after `since`, newest first."""
        which = (Shift.started_at >= since) & Shift.ended_at.is_null(False)
        rows = Shift.select().where(which).order_by(Shift.started_at.desc())
        return [self._shift_view(row) for row in list(rows.execute(self._store.db))]

    def _end(self, shift_id: str, at: datetime, quarters: int, machine: int, reason: str | None = None) -> None:
        changes = {"ended_at": at, "quarters": quarters, "machine_quarters": machine}
        if reason is not None:
            changes["reason"] = reason
        Shift.update(**changes).where(Shift.id == shift_id).execute(self._store.db)

    def _get(self, which: peewee.Expression) -> VolunteerView:
        for row in Volunteer.select().where(which, Volunteer.active == 1).execute(self._store.db):
            running = (Shift.volunteer == row.id) & Shift.ended_at.is_null()
            shift = next((self._shift_view(one) for one in Shift.select().where(running).execute(self._store.db)), None)
            return VolunteerView(row.id, row.code, row.number, row.request, shift)
        raise UnknownCode()

    def _shift(self, which: peewee.Expression) -> ShiftView:
        for row in Shift.select().where(which).execute(self._store.db):
            return self._shift_view(row)
        raise UnknownCode()

    def _shift_view(self, row: Shift) -> ShiftView:
        sql = "SELECT number FROM volunteer WHERE id = ?"
        [(number,)] = self._store.db.execute_sql(sql, (row.volunteer,)).fetchall()
        return ShiftView(
            row.id,
            row.volunteer,
            number,
            row.task,
            bool(row.of_age),
            row.started_at,
            row.ended_at,
            None if row.quarters is None else row.quarters / 4,
            row.machine_quarters / 4,
            row.reason is not None,
        )


def is_forgotten(shift: ShiftView, now: datetime) -> bool:
    """Return whether a running shift is so long that the sign-out was forgotten."""
    return shift.ended_at is None and now - shift.started_at > timedelta(hours=FORGOTTEN)


def _quarters(hours: float) -> int:
    return int(hours * 4 + 0.5)
