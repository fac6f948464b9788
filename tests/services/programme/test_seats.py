"""Seats at gatherings: never more than there are, the waiting list in order, arriving is a visit."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kiosk.errors import BadValue, SeatsClosed
from kiosk.journal import Store
from kiosk.services import Services
from kiosk.services.programme.seats import SeatView
from kiosk.settings import Settings, load
from tests.services.conftest import NOW, with_gathering

NEXT = "coffee:2026-12-01:1300"


def opened(store: Store, seats: int = 4, **changes: object) -> Services:
    settings = with_gathering(load(None), seats=seats, **changes)
    services = Services(store, settings)
    services.gatherings.apply(settings.gatherings, NOW)
    return services


def book(services: Services, people: int = 1, at: int = 0) -> SeatView:
    return services.seats.book(session_id=NEXT, people=people, language="uk", now=NOW + timedelta(seconds=at))


def test_a_session_fills_and_the_waiting_list_moves_up_in_order(store: Store) -> None:
    services = opened(store)
    first, large, small = book(services, 3, 0), book(services, 3, 1), book(services, 1, 2)
    assert [seat.state for seat in (first, large, small)] == ["booked", "waiting", "waiting"]
    assert (large.before, small.before) == (0, 1)
    session = services.gatherings.session(NEXT)
    assert services.seats.count(session).left == 1
    services.seats.cancel(code=first.code, now=NOW)
    assert services.seats.by_code(large.code).state == "booked"
    assert services.seats.by_code(small.code).state == "booked"
    assert services.seats.count(session).left == 0
    assert services.seats.cancel(code=first.code, now=NOW).state == "cancelled"


def test_nobody_moves_up_at_what_is_over(store: Store) -> None:
    services = opened(store)
    booked, waits = book(services, 4, 0), book(services, 1, 1)
    services.seats.cancel(code=booked.code, now=NOW + timedelta(days=8))
    assert services.seats.by_code(waits.code).state == "waiting"


def test_without_seats_everybody_fits(store: Store) -> None:
    services = opened(store, seats=0)
    assert book(services, 12).state == "booked"
    assert services.seats.count(services.gatherings.session(NEXT)).left is None
    for people in (0, 13):
        with pytest.raises(BadValue):
            book(services, people)


def test_what_is_over_or_cancelled_takes_no_bookings(store: Store) -> None:
    services = opened(store, cancelled=frozenset({date(2026, 12, 8)}))
    for session_id in ("coffee:2026-11-17:1300", "coffee:2026-12-08:1300", "nothing"):
        with pytest.raises(SeatsClosed):
            services.seats.book(session_id=session_id, people=1, language="fi", now=NOW)


def test_a_session_cancelled_after_booking_is_told(store: Store) -> None:
    seat = book(opened(store))
    services = opened(store, cancelled=frozenset({date(2026, 12, 1)}))
    assert services.seats.by_code(seat.code).session is None
    with pytest.raises(SeatsClosed):
        services.seats.arrive(code=seat.code, now=NOW)


def test_arriving_is_one_visit_however_often_it_is_scanned(store: Store) -> None:
    services = opened(store)
    seat = book(services, 3)
    for _ in range(2):
        assert services.seats.arrive(code=seat.code, now=NOW).state == "arrived"
    assert (services.attendance.count(NEXT).visits, services.attendance.count(NEXT).people) == (1, 3)


def test_more_seats_let_the_list_move_up(store: Store) -> None:
    services = opened(store, seats=1)
    book(services, 1, 0)
    waiting = book(services, 1, 1)
    more = opened(store, seats=2)
    assert more.seats.settle(NOW) == 1
    assert more.seats.by_code(waiting.code).state == "booked"
    assert more.seats.settle(NOW) == 0


def test_a_list_moves_up_when_the_session_takes_place_again(store: Store) -> None:
    services = opened(store, seats=2)
    seat, waiting = book(services, 2, 0), book(services, 1, 1)
    services.programme.cancel(session_id=NEXT, reason="ill", now=NOW, who="shell")
    services.seats.cancel(code=seat.code, now=NOW)
    assert services.seats.settle(NOW) == 0
    services.programme.take_back(session_id=NEXT, now=NOW, who="shell")
    services.seats.settle(NOW)
    assert services.seats.by_code(waiting.code).state == "booked"


def test_the_next_weeks(store: Store) -> None:
    services = opened(store, start=time(23, 0), end=time(1, 0))
    sessions = services.gatherings.sessions_between(date(2026, 11, 24), date(2026, 12, 15))
    assert [session.starts_at.date() for session in sessions] == [
        date(2026, 11, 24) + timedelta(weeks=n) for n in range(4)
    ]
    assert all(session.ends_at - session.starts_at == timedelta(hours=2) for session in sessions)


@hypothesis_settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["book", "cancel"]), st.integers(1, 5)), max_size=20))
def test_there_are_never_more_people_than_seats(acts: list[tuple[str, int]]) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "data", now=NOW)
        services, seats = opened(store, seats=6), []
        session = services.gatherings.session(NEXT)
        for at, (act, number) in enumerate(acts):
            if act == "book":
                seats.append(book(services, number, at))
            elif seats:
                services.seats.cancel(code=seats[number % len(seats)].code, now=NOW)
            count = services.seats.count(session)
            assert count.booked <= 6
            waiting = services.seats._waiting(NEXT)
            assert not waiting or waiting[0][1] > 6 - count.booked  # nobody waits who would fit
        store.close()


def test_settings_say_seats(settings: Settings) -> None:
    assert settings.gatherings[0].seats == 0


def test_a_seat_of_what_was_cancelled_says_which_and_when(store: Store) -> None:
    services = opened(store)
    seat = book(services, 2)
    assert seat.was is None
    assert services.seats.held_from("coffee", date(2026, 12, 1)) == 2
    assert services.seats.held_from("coffee", date(2026, 12, 2)) == 0
    services.programme.cancel(session_id=NEXT, reason="ill", now=NOW, who="shell")
    was = services.seats.by_code(seat.code).was
    assert was is not None
    assert (was.names["en"], was.starts_at.day, was.reason) == ("Tuesday coffee meeting", 1, "ill")
    from kiosk.language.translation import Language
    from kiosk.services.desk.slip_lines import seat as lines

    told = lines(services.seats.by_code(seat.code), Language("en"))
    assert (told.name, told.boxed) == ("Tuesday coffee meeting", "Tuesday 1\u00a0December at\u00a013:00")
    assert told.due == "Tue\u00a001/12 at\u00a013:00"


def test_nothing_can_be_done_with_the_seats_of_what_is_over(store: Store) -> None:
    services = opened(store)
    seat = book(services, 2)
    assert services.scan.look_up(seat.code, NOW).actions == ("arrive", "cancel")
    assert services.scan.look_up(seat.code, NOW + timedelta(days=8)).actions == ()


def test_a_seat_of_a_series_that_ended_says_which_and_when(store: Store) -> None:
    services = opened(store)
    seat = book(services)
    services.programme.end(gathering_id="coffee", now=NOW, who="shell")
    was = services.seats.by_code(seat.code).was
    assert was is not None
    assert (was.names["en"], was.starts_at.day, was.state) == ("Tuesday coffee meeting", 1, "cancelled")


def test_the_list_for_the_door_has_all_bookings_and_the_places_on_the_waiting_list(store: Store) -> None:
    services = opened(store)
    first, off, large, small = book(services, 2), book(services, 1, 1), book(services, 3, 2), book(services, 3, 3)
    services.seats.cancel(code=off.code, now=NOW)
    rows = services.seats.at_door(NEXT)
    assert [(row.code, row.people, row.state, row.place) for row in rows] == [
        (first.code, 2, "booked", 0),
        (large.code, 3, "waiting", 1),
        (small.code, 3, "waiting", 2),
    ]
    assert [services.seats.by_code(seat.code).place for seat in (first, large, small)] == [0, 1, 2]
    services.seats.cancel(code=first.code, now=NOW)
    assert [row.place for row in services.seats.at_door(NEXT)] == [0, 1]
    assert services.seats.at_door("coffee:2026-12-08:1300") == []
