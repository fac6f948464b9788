"""What is to be done now, the most urgent first, each with the screen on which it is done."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import peewee

from kiosk.data.models import Donation, QueueNumber, Request, Shift, Wish
from kiosk.services.staff.volunteers import FORGOTTEN
from kiosk.vocabulary.states import REGISTERS, DonationState, PrintState, QueueState, RequestStatus, WishState

if TYPE_CHECKING:
    from .dashboard import DayView

#: Tasks in the order of their urgency, each with its screen; "" for what is done on the spot.
SCREENS = {
    "storage": "",
    "backup": "",
    "second_backup": "",
    "conflicts": "tablets",
    "printer": "prints",
    "appointments": "queue",
    "requests": "requests",
    "tickets": "waiting",
    "holds": "wishes",
    "donations": "donations",
    "pairs": "pairs",
    "shifts": "volunteers",
}
#: The right that each takes, others than handing over.
RIGHTS = {
    "appointments": "requests",
    "requests": "requests",
    "pairs": "requests",
    "donations": "goods",
    "shifts": "sessions",
}
#: After how many days a copy of the data, and one in the second place, is missed.
MISSED, SECOND_MISSED = 1, 8


class Task(NamedTuple):
    """`kind` is one of SCREENS, `number` how many there are of it."""

    kind: str
    number: int


class Waits(NamedTuple):
    """What waits beyond what a `DayView` counts: requests that are new since before today, appointments whose time has
    come, things held for a wish, donations announced before today, shifts nobody signed out of."""

    requests: int
    appointments: int
    holds: int
    donations: int
    shifts: int


def waits(db: peewee.Database, now: datetime, today: date, midnight: datetime) -> Waits:
    """Count what waits at `now`, local day `today`, which began at `midnight`."""
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


def stale(copied: datetime | None, now: datetime, days: int) -> bool:
    """Tell whether the data was last copied longer ago than `days`, or never."""
    return copied is None or now - copied > timedelta(days=days)


def tasks(day: DayView, now: datetime) -> list[Task]:
    """Return what is to be done, the most urgent first."""
    counts = {
        "storage": int(day.little_space),
        "backup": int(stale(day.backed_up, now, MISSED)),
        "second_backup": int(day.has_second_place and stale(day.second_backup, now, SECOND_MISSED)),
        "conflicts": day.conflicts,
        "printer": sum(job.state == PrintState.UNSURE or bool(job.error) for job in day.prints),
        "appointments": day.waits.appointments,
        "requests": day.waits.requests,
        "tickets": len(day.due),
        "holds": day.waits.holds,
        "donations": day.waits.donations,
        "pairs": day.due_pairs,
        "shifts": day.waits.shifts,
    }
    return [Task(kind, counts[kind]) for kind in SCREENS if counts[kind]]
