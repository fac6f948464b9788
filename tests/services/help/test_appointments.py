"""Appointments: on open days only, seen ahead, come to or missed, moved."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from kiosk.errors import CentreClosed, NumberClosed, PastTime, SlotTaken
from kiosk.journal import Store
from kiosk.services import QueueView, Services
from kiosk.settings import Settings
from tests.services.conftest import NOW, TODAY

WHO = "shell"
LATER = NOW + timedelta(days=1)


def book(services: Services, starts_at: datetime, *, interpreter: bool = False) -> QueueView:
    return services.guidance.book(starts_at=starts_at, topic="work", language="uk", interpreter=interpreter, now=NOW)


def take(services: Services) -> QueueView:
    return services.guidance.take(topic="housing", language="fi", interpreter=False, now=NOW)


def days_of(services: Services, now: datetime = NOW) -> set[date]:
    return {one.astimezone(UTC).date() for one in services.guidance.free(now)}


def test_no_time_is_offered_on_a_weekday_on_which_the_centre_is_closed(store: Store, settings: Settings) -> None:
    opening = {day: hours for day, hours in settings.opening.items() if day != 1}
    assert {day.weekday() for day in days_of(Services(store, settings._replace(opening=opening)))} == {3}


def test_no_time_is_offered_on_a_public_holiday(store: Store, settings: Settings) -> None:
    whole = settings._replace(opening=dict.fromkeys(range(7), (time(10), time(16))))
    every = whole._replace(guidance=whole.guidance._replace(days=frozenset(range(7)), weeks=6))
    found = days_of(Services(store, every))
    assert date(2026, 12, 5) in found
    assert not found & {date(2026, 12, 6), date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)}
    elsewhere = every._replace(calendar=every.calendar._replace(holidays=""))
    assert date(2026, 12, 6) in days_of(Services(store, elsewhere))


def test_no_time_is_offered_outside_the_opening_hours(store: Store, settings: Settings) -> None:
    opening = dict.fromkeys(settings.opening, (time(13, 30), time(14, 30)))
    times = Services(store, settings._replace(opening=opening)).guidance.free(NOW)
    assert {(one.hour, one.minute) for one in times} == {(11, 30), (12, 0)}


def test_a_ticket_does_not_end_on_a_public_holiday(store: Store, settings: Settings) -> None:
    opening = {6: (time(10), time(16)), 0: (time(10), time(16))}
    service = Services(store, settings._replace(opening=opening)).opening
    assert service.deadline(datetime(2026, 12, 5, 10, tzinfo=UTC)) == datetime(2026, 12, 7, 14, tzinfo=UTC)


def test_days_and_weeks_ahead_are_seen_with_the_interpreter(services: Services) -> None:
    free = services.guidance.free(NOW)
    last, first = book(services, free[-1], interpreter=True), book(services, free[4])
    gone = book(services, free[5])
    services.guidance.move(queue_id=gone.id, state="left", now=NOW, who="visitor")
    take(services)
    ahead = services.appointments.between(TODAY, TODAY + timedelta(days=13), NOW)
    assert [(one.id, one.interpreter) for one in ahead] == [(first.id, False), (last.id, True)]
    thursday = services.appointments.on(date(2026, 11, 26), NOW)
    assert [one.id for one in thursday] == [first.id]


def test_walk_ins_and_appointments_are_in_one_list_what_is_over_last(services: Services) -> None:
    done, waits = take(services), take(services)
    booked = book(services, services.guidance.free(NOW)[0])
    services.guidance.call_next(now=NOW, who=WHO)
    services.guidance.move(queue_id=done.id, state="done", now=NOW, who=WHO)
    at = NOW + timedelta(hours=3)
    assert [one.id for one in services.appointments.on(TODAY, at)] == [booked.id, waits.id, done.id]


def test_who_did_not_come_waits_no_longer_and_the_code_says_so(services: Services, store: Store) -> None:
    booked, walked_in = book(services, services.guidance.free(NOW)[0]), take(services)
    assert services.guidance.by_code(booked.code, LATER).state == "missed"  # before any housekeeping
    assert services.appointments.settle(LATER) == 2
    assert services.appointments.settle(LATER) == 0
    kinds = "SELECT kind, who FROM journal WHERE kind LIKE 'queue.%' AND kind <> 'queue.taken'"
    assert store.db.execute_sql(kinds).fetchall() == [("queue.missed", "clock")] * 2
    assert {services.guidance.by_id(one.id, LATER).state for one in (booked, walked_in)} == {"missed"}
    with pytest.raises(NumberClosed):
        services.guidance.move(queue_id=booked.id, state="waiting", now=LATER, who=WHO)


def test_who_was_being_served_in_the_evening_was_served(services: Services) -> None:
    number = take(services)
    services.guidance.call_next(now=NOW, who=WHO)
    services.appointments.settle(LATER)
    assert services.guidance.by_id(number.id, LATER).state == "done"


def test_came_or_not_is_noted_and_corrected(services: Services) -> None:
    booked = book(services, services.guidance.free(NOW)[0])
    note = services.appointments.note
    assert note(queue_id=booked.id, came=False, now=NOW, who=WHO).state == "missed"
    assert services.guidance.free(NOW)[0] == booked.starts_at  # somebody else can have the time
    assert note(queue_id=booked.id, came=True, now=LATER, who=WHO).state == "done"
    assert note(queue_id=booked.id, came=True, now=LATER, who=WHO).state == "done"
    services.guidance.move(queue_id=(left := take(services)).id, state="left", now=NOW, who="visitor")
    with pytest.raises(NumberClosed):
        note(queue_id=left.id, came=True, now=NOW, who=WHO)


def test_an_appointment_is_moved_and_keeps_its_code(services: Services, store: Store) -> None:
    free = services.guidance.free(NOW)
    mine, other = book(services, free[0]), book(services, free[4])
    change = services.appointments.change_time
    moved = change(queue_id=mine.id, starts_at=free[5], now=NOW, who=WHO)
    assert (moved.code, moved.starts_at, moved.number, moved.state) == (mine.code, free[5], 2, "waiting")
    assert free[0] in services.guidance.free(NOW)
    assert free[5] not in services.guidance.free(NOW)
    between = free[4] + timedelta(minutes=15)
    for starts_at, error in ((between, SlotTaken), (NOW, PastTime), (free[4] + timedelta(days=1), CentreClosed)):
        with pytest.raises(error):
            change(queue_id=mine.id, starts_at=starts_at, now=NOW, who=WHO)
    late = change(queue_id=other.id, starts_at=free[4] + timedelta(hours=2), now=NOW, who=WHO)
    assert late.number == other.number
    with pytest.raises(NumberClosed):
        change(queue_id=take(services).id, starts_at=free[6], now=NOW, who=WHO)


def test_a_missed_one_gets_another_time(services: Services) -> None:
    booked = book(services, services.guidance.free(NOW)[0])
    services.appointments.settle(LATER)
    again = services.guidance.free(LATER)[0]
    moved = services.appointments.change_time(queue_id=booked.id, starts_at=again, now=LATER, who=WHO)
    assert (moved.state, moved.starts_at) == ("waiting", again)


def test_reports_count_the_day_it_was_moved_to_and_who_did_not_come(services: Services, store: Store) -> None:
    free = services.guidance.free(NOW)
    missed, came, after_all = (book(services, free[place]) for place in (0, 1, 2))
    services.appointments.change_time(queue_id=came.id, starts_at=free[4], now=NOW, who=WHO)
    services.appointments.note(queue_id=came.id, came=True, now=NOW + timedelta(days=2), who=WHO)
    services.appointments.settle(LATER)
    services.appointments.note(queue_id=after_all.id, came=True, now=LATER, who=WHO)
    as_of = NOW + timedelta(days=8)
    services.reports.build(kind="services", first=TODAY, last=TODAY, as_of=as_of, language="en")
    sql = "SELECT day, step, sum(people) FROM ledger_help GROUP BY day, step HAVING sum(people) <> 0 ORDER BY day, step"
    assert store.db.execute_sql(sql).fetchall() == [
        ("2026-11-24", "asked", 2),
        ("2026-11-24", "cancelled", 1),
        ("2026-11-24", "contacted", 1),
        ("2026-11-24", "done", 1),
        ("2026-11-26", "asked", 1),
        ("2026-11-26", "contacted", 1),
        ("2026-11-26", "done", 1),
    ]
    assert services.guidance.by_id(missed.id, LATER).state == "missed"
