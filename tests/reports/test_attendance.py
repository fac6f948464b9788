"""Attendance added up: weeks, months and years by hand, splits, corrections, times that are easy to get wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.data import new_id
from kiosk.errors import BadPeriod, UnknownProject
from kiosk.reports import Cancelled, Cell, ProgressTracker, Report, Table
from kiosk.services import Services
from kiosk.settings import GatheringSetting, ProjectSetting, Settings

#: After everything that is told here.
LATER = datetime(2027, 6, 1, tzinfo=UTC)
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    coffee = settings.gatherings[0]._replace(since=date(2020, 1, 1), every="FREQ=DAILY")
    night = GatheringSetting("night", {"en": "Night café"}, "FREQ=DAILY", time(22), time(5), "x", date(2020, 1, 1))
    every_day = settings.calendar._replace(holidays="")
    return settings._replace(gatherings=(coffee, night), calendar=every_day)


def come(services: Services, at: datetime, *, gathering: str = "coffee", people: int = 1, **said: object) -> str:
    """Check a party in at a local time, at the session that runs then."""
    moment = at.replace(tzinfo=HELSINKI).astimezone(UTC)
    running = [one for one in services.gatherings.sessions_now(moment) if one.starts_at <= moment < one.ends_at]
    [session] = [one for one in running if one.gathering_id == gathering]
    visit_id = new_id(moment)
    services.attendance.check_in(visit_id=visit_id, session_id=session.id, language="fi", adults=people, now=moment)
    if said:
        services.attendance.amend(visit_id=visit_id, now=moment, **said)  # type: ignore[arg-type]
    return visit_id


def report(services: Services, first: date, last: date, as_of: datetime = LATER, **rest: object) -> Report:
    return services.reports.build(
        kind="attendance",
        first=first,
        last=last,
        as_of=as_of,
        language="en",
        **rest,  # type: ignore[arg-type]
    )


def table(made: Report, key: str) -> Table:
    [found] = [table for table in made.tables if table.key == key]
    return found


def by(made: Report, key: str) -> dict[Cell, tuple[Cell, ...]]:
    """Return the rows of a table by their first cell, the total under "Total"."""
    found = table(made, key)
    total = found.total or ()
    return {row[0]: row[1:] for row in found.rows} | {"Total": total[1:]}


def test_iso_weeks_around_new_year(services: Services) -> None:
    for day, people in ((27, 1), (28, 2), (31, 4)):
        come(services, datetime(2026, 12, day, 13, 30), people=people)
    for day, people in ((1, 8), (3, 16), (4, 32)):
        come(services, datetime(2027, 1, day, 13, 30), people=people)
    made = report(services, date(2026, 12, 20), date(2027, 1, 10))
    weeks = {week: row[3] for week, row in by(made, "weeks").items()}
    # 2026 has 53 weeks: the last of them runs from Monday 28 December to Sunday 3 January.
    assert weeks == {"week 51/2026": 0, "week 52/2026": 1, "week 53/2026": 30, "week 1/2027": 32, "Total": 63}
    assert {year: row[1] for year, row in by(made, "years").items()} == {"2026": 7, "2027": 56, "Total": 63}
    months = {month: row[1] for month, row in by(made, "months").items()}
    assert months == {"December 2026": 7, "January 2027": 56, "Total": 63}


def test_weeks_without_anybody_are_shown(services: Services) -> None:
    come(services, datetime(2026, 11, 3, 13, 30))
    made = report(services, date(2026, 11, 1), date(2026, 11, 30))
    rows = table(made, "weeks").rows
    assert [row[0] for row in rows] == [f"week {week}/2026" for week in (44, 45, 46, 47, 48, 49)]
    assert [row[3:] for row in rows] == [(0, 0, 0), (1, 1, 0), *[(0, 0, 0)] * 4]
    assert rows[0][1:3] == (date(2026, 11, 1), date(2026, 11, 1))  # of week 44 only the Sunday is in the report


def test_a_session_over_midnight_counts_on_the_day_it_began(services: Services) -> None:
    come(services, datetime(2026, 10, 31, 23, 50), gathering="night")
    come(services, datetime(2026, 11, 1, 1, 10), gathering="night", people=2)
    made = report(services, date(2026, 10, 31), date(2026, 11, 1))
    assert [row[:5] for row in table(made, "sessions").rows] == [(date(2026, 10, 31), "22:00", "Night café", 2, 3)]


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 10, 24)])
def test_nights_on_which_the_clock_is_changed(services: Services, day: date) -> None:
    start = datetime.combine(day, time(22, 30))
    come(services, start, gathering="night")
    come(services, start + timedelta(hours=6), gathering="night")
    come(services, datetime.combine(day + timedelta(days=1), time(23, 59)), gathering="night")
    made = report(services, day, day + timedelta(days=1))
    assert [row[0] for row in table(made, "sessions").rows] == [day, day + timedelta(days=1)]
    assert [row[4] for row in table(made, "sessions").rows] == [2, 1]


def test_what_is_undone_and_amended_counts_as_it_is_now(services: Services) -> None:
    come(services, datetime(2026, 11, 3, 13, 30), people=6, group="family", first_visit=True)
    undone = come(services, datetime(2026, 11, 3, 13, 40), people=7, group="older")
    services.attendance.undo(visit_id=undone, now=datetime(2026, 11, 3, 12, tzinfo=UTC))
    changed = come(services, datetime(2026, 11, 4, 13, 30), people=5, group="older")
    services.attendance.amend(
        visit_id=changed, adults=3, children=5, group="family", now=datetime(2026, 11, 4, 12, tzinfo=UTC)
    )
    made = report(services, date(2026, 11, 1), date(2026, 11, 30))
    assert by(made, "months")["Total"] == (2, 14, 1)
    assert table(made, "groups").rows == (("November 2026", 14, 0, 0, 14),)
    # Earlier the report said what was known then.
    before = report(services, date(2026, 11, 1), date(2026, 11, 30), datetime(2026, 11, 3, 11, 45, tzinfo=UTC))
    assert by(before, "months")["Total"] == (2, 13, 1)


def test_a_correction_of_staff_is_a_column_of_its_own(services: Services) -> None:
    come(services, datetime(2026, 11, 3, 13, 30), people=20)
    services.attendance.correct(
        session_id="coffee:2026-11-03:1300", adults=23, children=0, reason="Paper list", now=LATER, who="staff:x"
    )
    made = report(services, date(2026, 11, 1), date(2026, 11, 30))
    assert by(made, "months")["Total"] == (1, 23, 0)
    assert table(made, "groups").rows[0][-2:] == (3, 23)


def test_a_moved_session_counts_on_the_day_it_took_place(services: Services) -> None:
    come(services, datetime(2026, 10, 29, 13, 30), people=2)
    which = {"session_id": "coffee:2026-10-30:1300", "who": "staff:x"}
    services.programme.move(
        **which, day=date(2026, 11, 2), start="17:00", end="20:00", place="x", reason="ill",
        now=datetime(2026, 10, 28, 9, tzinfo=UTC),
    )  # fmt: skip
    at = datetime(2026, 11, 2, 15, 30, tzinfo=UTC)
    services.attendance.check_in(visit_id=new_id(at), session_id=which["session_id"], language="fi", adults=5, now=at)
    october, november = (date(2026, 10, 1), date(2026, 10, 31)), (date(2026, 11, 1), date(2026, 11, 30))
    assert by(report(services, *october), "months")["Total"] == (1, 2, 0)
    moved = report(services, *november)
    assert [row[:5] for row in table(moved, "sessions").rows] == [
        (date(2026, 11, 2), "17:00", "Tuesday coffee meeting", 1, 5)
    ]
    years = services.reports.build(
        kind="years", first=date(2026, 10, 1), last=date(2026, 11, 30), as_of=LATER, language="en"
    )
    assert [row[1] for row in table(years, "people").rows] == [2, 5]
    # Closed as it was counted then; what is taken back later is a correction of both months.
    for month in ("2026-10", "2026-11"):
        services.reports.close_month(month=month, now=datetime(2026, 12, 2, tzinfo=UTC), who="staff:x")
    services.programme.take_back(**which, now=datetime(2026, 12, 3, tzinfo=UTC))
    assert by(report(services, *october), "months") == {
        "October 2026": (1, 2, 0), "Correction of October 2026": (1, 5, 0), "Total": (2, 7, 0),
    }  # fmt: skip
    assert by(report(services, *november), "months") == {
        "November 2026": (1, 5, 0), "Correction of November 2026": (-1, -5, 0), "Total": (0, 0, 0),
    }  # fmt: skip
    before = report(services, *november, datetime(2026, 11, 30, tzinfo=UTC))
    assert by(before, "months")["Total"] == (1, 5, 0)


def test_of_a_project_only_its_days_and_gatherings_count(services: Services) -> None:
    project = ProjectSetting(
        "273535", {"fi": "Hanke"}, "Ruokavirasto", date(2026, 11, 2), date(2026, 11, 30), gatherings=("coffee",)
    )
    services = Services(services.store, services.reports._settings._replace(projects=(project,)))
    for day in (1, 2, 3):
        come(services, datetime(2026, 11, day, 13, 30), people=day)
    come(services, datetime(2026, 11, 3, 22, 30), gathering="night", people=50)
    made = report(services, date(2026, 1, 1), date(2026, 12, 31), project="273535")
    assert (made.first, made.last) == (date(2026, 11, 2), date(2026, 11, 30))
    assert ("Project number", "273535") in made.head
    assert by(made, "months")["Total"] == (2, 5, 0)
    with pytest.raises(UnknownProject):
        report(services, date(2026, 1, 1), date(2026, 12, 31), project="1")
    with pytest.raises(BadPeriod):
        report(services, date(2025, 1, 1), date(2025, 12, 31), project="273535")


def test_it_tells_how_far_it_is_and_can_be_stopped(services: Services) -> None:
    come(services, datetime(2026, 11, 3, 13, 30))
    parts: list[float] = []
    report(services, date(2026, 1, 1), date(2026, 12, 31), work=ProgressTracker(parts.append))
    assert parts == sorted(parts)
    assert parts[-1] == 1
    with pytest.raises(Cancelled):
        report(services, date(2026, 1, 1), date(2026, 12, 31), work=ProgressTracker(cancelled=lambda: True))
