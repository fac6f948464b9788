"""Open tasks, most urgent first, each with the screen where it is done."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import peewee

from kiosk.data.models import Donation, QueueNumber, Request, Shift, Wish
from kiosk.services.staff.volunteers import FORGOTTEN
from kiosk.vocabulary.states import REGISTERS, DonationState, PrintState, QueueState, RequestStatus, WishState

if TYPE_CHECKING:
    from kiosk.journal import Store

    from .dashboard import DayView

#: Kinds of task by urgency, each with its screen; "" for those done on the spot.
SCREENS = {
    "bell": "",
    "storage": "",
    "backup": "",
    "second_backup": "",
    "conflicts": "tablets",
    "printer": "prints",
    "appointments": "queue",
    "calls": "calls",
    "requests": "requests",
    "tickets": "waiting",
    "holds": "wishes",
    "donations": "donations",
    "pairs": "pairs",
    "shifts": "volunteers",
    "goals": "goals",
    "public_page": "public_page",
}
#: The right a task needs, where it is not the right to hand over.
RIGHTS = {
    "appointments": "requests",
    "calls": "requests",
    "requests": "requests",
    "pairs": "requests",
    "donations": "goods",
    "shifts": "sessions",
    "goals": "reports",
    "public_page": "settings",
}
#: Key of the local day on which goals were counted, and how many were behind.
GOALS = "goals"
#: Age in days after which a snapshot, and a second-place backup, is overdue.
MISSED, SECOND_MISSED = 1, 8


class Task(NamedTuple):
    """`number` open tasks of `kind` (a key of SCREENS)."""

    kind: str
    number: int


class Waits(NamedTuple):
    """Counts beyond those of a `DayView`: new requests of earlier days, appointments whose time has come, things held
    for a wish, donations announced before today, shifts without a sign-out."""

    requests: int
    appointments: int
    holds: int
    donations: int
    shifts: int


def waits(db: peewee.Database, now: datetime, today: date, midnight: datetime) -> Waits:
    """Return the counts at `now`, on local day `today`, which began at `midnight`."""
    asked = (Request.status == RequestStatus.NEW) & (Request.day < today) & Request.service.not_in(REGISTERS)
    due = (QueueNumber.day == today) & (QueueNumber.state == QueueState.WAITING) & (QueueNumber.starts_at <= now)
    old = (Donation.state == DonationState.ANNOUNCED) & (Donation.made_at < midnight)
    forgotten = Shift.ended_at.is_null() & (Shift.started_at < now - timedelta(hours=FORGOTTEN))
    return Waits(
        Request.select().where(asked).count(db),
        QueueNumber.select().where(due).count(db),
        Wish.select().where(Wish.state == WishState.HELD).count(db),
        Donation.select().where(old).count(db),
        Shift.select().where(forgotten).count(db),
    )


def goals_behind(store: Store, today: date) -> int | None:
    """Return how many goals of projects were behind when they were counted on `today`; None before."""
    day, behind = json.loads(store.get_meta(GOALS) or '["", 0]')
    return int(behind) if day == today.isoformat() else None


def note_behind(store: Store, today: date, behind: int) -> None:
    """Store how many goals are behind on `today`."""
    store.set_meta(GOALS, json.dumps([today.isoformat(), behind]))


def stale(copied: datetime | None, now: datetime, days: int) -> bool:
    """Return whether the last copy is older than `days`, or there was none."""
    return copied is None or now - copied > timedelta(days=days)


def tasks(day: DayView, now: datetime) -> list[Task]:
    """Return the open tasks, most urgent first."""
    counts = {
        "bell": len(day.bells),
        "storage": int(day.little_space),
        "backup": int(stale(day.backed_up, now, MISSED)),
        "second_backup": int(day.has_second_place and stale(day.second_backup, now, SECOND_MISSED)),
        "conflicts": day.conflicts,
        "printer": sum(job.state == PrintState.UNSURE or bool(job.error) for job in day.prints),
        "appointments": day.waits.appointments,
        "calls": day.calls,
        "requests": day.waits.requests,
        "tickets": len(day.due),
        "holds": day.waits.holds,
        "donations": day.waits.donations,
        "pairs": day.due_pairs,
        "shifts": day.waits.shifts,
        "goals": day.goals_behind or 0,
        "public_page": int(bool(day.public_page.error)),
    }
    return [Task(kind, counts[kind]) for kind in SCREENS if counts[kind]]
