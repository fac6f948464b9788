"""The programme made at the desk: series and single events beside those of the settings file, cancelled, moved, held;
holidays; several sessions at once, past midnight and in the nights when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from kiosk.data.models import JournalEntry
from kiosk.errors import BadRule, BadValue, KioskError, PastTime, UnknownGathering, UnknownPartner, UnknownSession
from kiosk.journal import Store
from kiosk.services import SeriesView, Services, SessionView
from kiosk.services.programme.rhythm import check_rule, dates, rhythm_of, rule_for
from kiosk.settings import Settings
from tests.services.conftest import NOW, TODAY, with_gathering

NEXT = "coffee:2026-12-01:1300"


def add(services: Services, **said: Any) -> SeriesView:
    first = said.get("since", date(2026, 12, 3))
    usual: dict[str, Any] = {
        "names": {"fi": "Kielikahvila", "en": "Language café"}, "since": first, "rule": rule_for("weekly", first),
        "start": "17:00", "end": "19:00", "place": "Library",
    }  # fmt: skip
    return services.programme.add(**(usual | said), now=NOW, who="shell")


def starts(sessions: list[SessionView]) -> list[tuple[str, str]]:
    return [(session.starts_at.strftime("%d.%m. %H:%M"), session.state) for session in sessions]


def kinds(store: Store) -> list[str]:
    return [row.kind for row in JournalEntry.select().order_by(JournalEntry.seq).execute(store.db)]


def test_a_series_made_at_the_desk_is_there_after_the_next_start(services: Services, settings: Settings) -> None:
    series = add(services, languages=("fi", "uk"), groups=("family",), seats=8)
    services.gatherings.apply(settings.gatherings, NOW)
    sessions = services.gatherings.sessions_between(date(2026, 12, 1), date(2026, 12, 11))
    assert [session.gathering_id for session in sessions] == ["coffee", series.id, "coffee", series.id]
    assert (sessions[1].groups, sessions[1].languages, sessions[1].seats) == (("family",), ("fi", "uk"), 8)
    assert [one.owner for one in services.programme.series(NOW)] == ["desk", "settings"]


def test_a_change_of_a_series_of_the_file_survives_the_next_start(services: Services, settings: Settings) -> None:
    services.programme.change(gathering_id="coffee", place="Library", seats=20, now=NOW, who="shell")
    moved_file = with_gathering(settings, place="School", partner="4H")
    services.gatherings.apply(moved_file.gatherings, NOW)
    [session] = services.gatherings.sessions_on(TODAY)
    assert (session.place, session.seats, session.partner) == ("Library", 20, "4H")
    assert services.programme.by_id("coffee").changed
    back = services.programme.reset(gathering_id="coffee", now=NOW, who="shell")
    assert (back.place, back.seats, back.changed) == ("Help Center", 0, False)


def test_what_goes_from_the_file_goes_and_the_desk_s_stays(services: Services, settings: Settings) -> None:
    series = add(services)
    services.gatherings.apply((), NOW)
    assert [one.id for one in services.programme.series(NOW)] == [series.id]
    with pytest.raises(UnknownGathering):
        services.programme.reset(gathering_id=series.id, now=NOW, who="shell")


def test_a_single_event(services: Services) -> None:
    first = date(2026, 12, 6)  # Independence Day: who names the date means it
    event = add(services, since=first, rule=rule_for("once", first))
    sessions = services.gatherings.sessions_between(date(2026, 12, 2), date(2027, 12, 31))
    assert starts([one for one in sessions if one.gathering_id == event.id]) == [("06.12. 15:00", "on")]
    assert services.programme.series(NOW + timedelta(days=14)) == [services.programme.by_id("coffee")]


@pytest.mark.parametrize(
    ("kind", "first", "following"),
    [
        ("weekly", date(2026, 11, 24), ["2026-11-24", "2026-12-01", "2026-12-08"]),
        ("fortnightly", date(2026, 11, 24), ["2026-11-24", "2026-12-08", "2026-12-22"]),
        ("monthly", date(2026, 11, 24), ["2026-11-24", "2026-12-22", "2027-01-26"]),  # the fourth Tuesday
        ("monthly", date(2026, 12, 1), ["2026-12-01", "2027-01-05", "2027-02-02"]),
        ("last", date(2026, 11, 24), ["2026-11-24", "2026-12-29", "2027-01-26"]),
        ("once", date(2026, 11, 24), ["2026-11-24"]),
    ],
)
def test_what_is_chosen_gives_these_dates_and_is_known_again(kind: str, first: date, following: list[str]) -> None:
    rule = rule_for(kind, first)
    assert [day.isoformat() for day in dates(rule, first, first, first + timedelta(days=90))][:3] == following
    assert rhythm_of(rule, first).kind == kind


def test_a_rule_of_the_file_is_told_in_words_too() -> None:
    assert rhythm_of("FREQ=WEEKLY;BYDAY=TU", date(2024, 1, 1)).weekday == 1
    assert rhythm_of("FREQ=MONTHLY;BYDAY=-1FR", date(2024, 1, 1)).kind == "last"
    assert rhythm_of("FREQ=DAILY;INTERVAL=3", date(2024, 1, 1)).kind == "own"
    assert rhythm_of("FREQ=WEEKLY;BYDAY=TU,TH", date(2024, 1, 2)).kind == "own"


@pytest.mark.parametrize(
    "rule", ["", "every week", "FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=1,2", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY\nX=1",
             "FREQ=DAILY;INTERVAL=0", "FREQ=MONTHLY;BYMONTHDAY=99", "FREQ=DAILY;COUNT=100000", "FREQ=DAILY;UNTIL=x"],
)  # fmt: skip
def test_what_is_no_rule_of_days_is_refused(rule: str) -> None:
    with pytest.raises(BadRule):
        check_rule(rule)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"names": {"en": "Without Finnish"}}, BadValue), ({"names": {"fi": " "}}, BadValue), ({"place": ""}, KioskError),
        ({"end": "17:00"}, BadValue), ({"start": "25:00"}, BadValue), ({"seats": -1}, BadValue), ({"groups": ["x"]}, BadValue),
        ({"languages": ["xx"]}, BadValue), ({"art": "../logo.png"}, BadValue), ({"art": "nothing.png"}, BadValue),
        ({"partner_id": "nobody"}, UnknownPartner), ({"names": {"fi": "Kahvi 131052-308T"}}, KioskError),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(services: Services, said: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        add(services, **said)
    assert len(services.programme.series(NOW)) == 1


def test_a_cancelled_session_says_so_and_can_be_taken_back(services: Services, store: Store) -> None:
    seat = services.seats.book(session_id=NEXT, people=2, language="fi", now=NOW)
    services.programme.cancel(session_id=NEXT, reason="ill", now=NOW, who="shell")
    [session] = services.gatherings.plan(date(2026, 12, 1), date(2026, 12, 1))
    assert (session.state, session.reason, session.takes_place) == ("cancelled", "ill", False)
    assert services.gatherings.sessions_on(date(2026, 12, 1)) == []
    assert services.seats.by_code(seat.code).session is None
    services.programme.take_back(session_id=NEXT, now=NOW, who="shell")
    found = services.seats.by_code(seat.code).session
    assert found is not None
    assert found.state == "on"
    assert kinds(store)[-2:] == ["session.cancelled", "session.restored"]
    services.programme.take_back(session_id=NEXT, now=NOW, who="shell")
    assert kinds(store)[-1] == "session.restored"


def test_a_moved_session_takes_its_seats_along(services: Services) -> None:
    seat = services.seats.book(session_id=NEXT, people=2, language="fi", now=NOW)
    services.programme.move(
        session_id=NEXT, day=date(2026, 12, 3), start="14:00", end="15:30", place="School", reason="place", now=NOW,
        who="shell",
    )  # fmt: skip
    sessions = services.gatherings.plan(date(2026, 12, 1), date(2026, 12, 7))
    assert starts(sessions) == [("01.12. 11:00", "away"), ("03.12. 12:00", "moved")]
    assert sessions[0].other == sessions[1].starts_at
    assert sessions[1].other == sessions[0].starts_at
    moved = services.seats.by_code(seat.code).session
    assert moved is not None
    assert (moved.id, moved.place, moved.ends_at) == (NEXT, "School", datetime(2026, 12, 3, 13, 30, tzinfo=UTC))
    late = datetime(2026, 12, 3, 12, 5, tzinfo=UTC)
    services.seats.arrive(code=seat.code, now=late)
    [total] = services.attendance.totals(date(2026, 12, 3), date(2026, 12, 3))
    assert (total.session_id, total.people) == (NEXT, 2)


def test_a_session_that_was_opened_moves_with_its_row_and_back(services: Services) -> None:
    services.attendance.check_in(visit_id="v", session_id=NEXT, language="fi", now=NOW)
    services.programme.move(
        session_id=NEXT, day=date(2026, 12, 2), start="20:00", end="01:00", place="School", reason="other", now=NOW,
        who="shell",
    )  # fmt: skip
    assert services.attendance.session_totals(NEXT).day == date(2026, 12, 2)
    assert services.gatherings.session(NEXT).ends_at == datetime(2026, 12, 2, 23, 0, tzinfo=UTC)
    services.programme.take_back(session_id=NEXT, now=NOW, who="shell")
    assert services.attendance.session_totals(NEXT).day == date(2026, 12, 1)
    assert services.gatherings.session(NEXT).place == "Help Center"


def test_only_the_place_is_moved(services: Services) -> None:
    services.programme.move(
        session_id=NEXT, day=date(2026, 12, 1), start="13:00", end="16:00", place="School", reason="place", now=NOW,
        who="shell",
    )  # fmt: skip
    [session] = services.gatherings.plan(date(2026, 12, 1), date(2026, 12, 1))
    assert (session.state, session.place, session.other) == ("moved", "School", session.starts_at)


def test_what_is_not_in_the_schedule_is_not_decided_on(services: Services) -> None:
    for session_id in ("coffee:2026-12-02:1300", "nothing:2026-12-01:1300", "nonsense", ""):
        with pytest.raises(UnknownSession):
            services.programme.cancel(session_id=session_id, reason="ill", now=NOW, who="shell")
    with pytest.raises(BadValue):
        services.programme.cancel(session_id=NEXT, reason="because", now=NOW, who="shell")
    with pytest.raises(PastTime):
        services.programme.move(
            session_id=NEXT, day=date(2026, 11, 20), start="13:00", end="14:00", place="School", reason="ill", now=NOW,
            who="shell",
        )  # fmt: skip


def test_regular_sessions_rest_on_holidays_unless_held_or_named(services: Services, settings: Settings) -> None:
    with_sundays = with_gathering(settings, every="FREQ=WEEKLY;BYDAY=SU", extra=(date(2027, 5, 1),))
    services.gatherings.apply(with_sundays.gatherings, NOW)
    independence, may_day = date(2026, 12, 6), date(2027, 5, 1)
    [resting] = services.gatherings.plan(independence, independence)
    assert resting.state == "holiday"
    assert (resting.holiday["fi"], resting.holiday["en"]) == ("Itsenäisyyspäivä", "Independence Day")
    assert len(services.gatherings.sessions_on(may_day)) == 1
    services.programme.hold(session_id=resting.id, now=NOW, who="shell")
    assert starts(services.gatherings.plan(independence, independence)) == [("06.12. 11:00", "on")]
    services.programme.take_back(session_id=resting.id, now=NOW, who="shell")
    assert services.gatherings.sessions_on(independence) == []
    nowhere = with_sundays._replace(calendar=settings.calendar._replace(holidays=""))
    assert len(Services(services.store, nowhere).gatherings.sessions_on(independence)) == 1


def test_a_new_time_of_day_takes_the_seats_along_and_leaves_the_past(services: Services) -> None:
    services.attendance.check_in(visit_id="v", session_id="coffee:2026-11-24:1300", language="fi", now=NOW)
    seat = services.seats.book(session_id=NEXT, people=2, language="fi", now=NOW)
    services.programme.change(gathering_id="coffee", start="14:30", now=NOW, who="shell")
    assert services.seats.by_code(seat.code).session_id == "coffee:2026-12-01:1430"
    assert [session.id for session in services.gatherings.sessions_on(TODAY)] == ["coffee:2026-11-24:1300"]


def test_more_seats_move_the_waiting_list_up(services: Services) -> None:
    services.programme.change(gathering_id="coffee", seats=1, now=NOW, who="shell")
    book = services.seats.book
    book(session_id=NEXT, people=1, language="fi", now=NOW)
    waiting = book(session_id=NEXT, people=2, language="fi", now=NOW + timedelta(seconds=1))
    assert waiting.state == "waiting"
    services.programme.change(gathering_id="coffee", seats=3, now=NOW, who="shell")
    assert services.seats.by_code(waiting.code).state == "booked"


def test_another_weekday_keeps_what_was_counted(services: Services) -> None:
    services.attendance.check_in(visit_id="v", session_id="coffee:2026-11-24:1300", language="fi", now=NOW)
    first = date(2026, 12, 2)
    services.programme.change(gathering_id="coffee", since=first, rule=rule_for("weekly", first), now=NOW, who="shell")
    sessions = services.gatherings.sessions_between(date(2026, 11, 16), date(2026, 12, 10))
    assert [session.id for session in sessions] == [
        "coffee:2026-11-24:1300", "coffee:2026-12-02:1300", "coffee:2026-12-09:1300",
    ]  # fmt: skip


def test_a_series_that_was_ended_has_no_more_sessions(services: Services) -> None:
    services.programme.end(gathering_id="coffee", now=NOW, who="shell")
    assert services.gatherings.sessions_between(TODAY, TODAY + timedelta(days=60)) == []
    assert len(services.gatherings.sessions_on(TODAY - timedelta(days=7))) == 1
    assert services.programme.series(NOW) == []


def test_several_at_once_and_one_past_midnight(services: Services) -> None:
    first = date(2026, 12, 1)
    add(services, since=first, rule=rule_for("once", first), start="13:00", end="16:00")
    night = add(services, since=first, rule=rule_for("once", first), start="22:00", end="02:00")
    noon, midnight = (datetime(2026, 12, 1, hour, 30, tzinfo=UTC) for hour in (11, 22))
    assert len(services.gatherings.sessions_now(noon)) == 3
    assert [session.gathering_id for session in services.gatherings.sessions_now(midnight)] == [night.id]


@pytest.mark.parametrize(
    ("day", "start", "end", "begins", "hours"),
    [
        # 25 October 2026: 4:00 is 3:00 again. 28 March 2027: 3:00 is 4:00 at once.
        (date(2026, 10, 24), "22:00", "06:00", datetime(2026, 10, 24, 19, 0, tzinfo=UTC), 9),
        (date(2027, 3, 27), "22:00", "06:00", datetime(2027, 3, 27, 20, 0, tzinfo=UTC), 7),
        (date(2026, 10, 25), "02:30", "03:30", datetime(2026, 10, 24, 23, 30, tzinfo=UTC), 2),
        (date(2027, 3, 28), "02:30", "03:30", datetime(2027, 3, 28, 0, 30, tzinfo=UTC), 1),
        (date(2027, 3, 28), "03:30", "05:00", datetime(2027, 3, 28, 1, 30, tzinfo=UTC), 0.5),
    ],
)
def test_the_nights_when_the_clocks_change(
    services: Services, day: date, start: str, end: str, begins: datetime, hours: float
) -> None:
    event = add(services, since=day, rule=rule_for("once", day), start=start, end=end)
    [session] = [one for one in services.gatherings.sessions_on(day) if one.gathering_id == event.id]
    assert session.starts_at == begins
    assert session.ends_at - session.starts_at == timedelta(hours=hours)
    assert services.gatherings.session(session.id) == session


def test_a_weekly_evening_stays_at_its_hour_on_the_wall(services: Services) -> None:
    series = add(services, since=date(2027, 3, 25))
    sessions = services.gatherings.sessions_between(date(2027, 3, 25), date(2027, 4, 1))
    own = [session.starts_at.time() for session in sessions if session.gathering_id == series.id]
    assert own == [time(15, 0), time(14, 0)]


def test_a_description_in_each_language_and_several_partners(services: Services, settings: Settings) -> None:
    names = ("4H", "Lumijoen koulu", "Martat")
    ids = [services.partners.add(name=name, kind="association", now=NOW, who="shell").id for name in names]
    about = {"fi": " Leivotaan  yhdessä. ", "uk": "Печемо разом.", "en": ""}
    series = add(services, about=about, partner_id=ids[0], more_partners=(ids[1], ids[0], ids[1]))
    assert series.about == {"fi": "Leivotaan yhdessä.", "uk": "Печемо разом."}
    assert (series.partner_id, series.more_partners) == (ids[0], (ids[1],))
    [session] = [one for one in services.gatherings.sessions_on(date(2026, 12, 3)) if one.gathering_id == series.id]
    assert (session.partner, session.about["uk"]) == ("4H, Lumijoen koulu", "Печемо разом.")
    services.programme.change(
        gathering_id="coffee", about={"fi": "Kahvia."}, more_partners=[ids[2]], now=NOW, who="shell"
    )
    services.gatherings.apply(settings.gatherings, NOW)
    coffee = services.programme.by_id("coffee")
    assert (coffee.about, coffee.more_partners, coffee.changed) == ({"fi": "Kahvia."}, (ids[2],), True)
    assert [services.partners.by_id(one).gatherings for one in ids] == [1, 1, 1]
    assert services.programme.reset(gathering_id="coffee", now=NOW, who="shell").about == {}


@pytest.mark.parametrize(
    ("said", "error"),
    [({"about": {"fi": "x" * 401}}, KioskError), ({"about": {"fi": "131052-308T"}}, KioskError),
     ({"more_partners": ["nobody"]}, UnknownPartner)],
)  # fmt: skip
def test_a_description_and_partners_are_checked(
    services: Services, said: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        add(services, **said)
