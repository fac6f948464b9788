"""Attendance added up: weeks, months and years by hand, splits, corrections, times that are easy to get wrong."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kiosk import clock
from kiosk.data import new_id
from kiosk.errors import BadPeriod, UnknownProject
from kiosk.journal import Store
from kiosk.reports import Cancelled, Cell, Hidden, ProgressTracker, Report, Table
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


#: When November 2026 is closed.
CLOSED = datetime(2026, 12, 2, 10, tzinfo=UTC)


def close(services: Services, month: str = "2026-11") -> None:
    services.reports.close_month(month=month, now=CLOSED, who="shell")


def kept(services: Services, kind: str) -> list[tuple[str, dict[str, Any]]]:
    sql = "SELECT time, payload FROM ledger_kept WHERE kind = ? ORDER BY time"
    services.reports.closings(LATER)
    return [(time, json.loads(said)) for time, said in services.store.db.execute_sql(sql, (kind,)).fetchall()]


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
    come(services, datetime(2026, 11, 3, 13, 30), people=6, groups=["family"], first_visit=True)
    undone = come(services, datetime(2026, 11, 3, 13, 40), people=7, groups=["older"])
    services.attendance.undo(visit_id=undone, now=datetime(2026, 11, 3, 12, tzinfo=UTC))
    changed = come(services, datetime(2026, 11, 4, 13, 30), people=5, groups=["older"])
    services.attendance.amend(
        visit_id=changed, adults=3, children=5, groups=["family"], now=datetime(2026, 11, 4, 12, tzinfo=UTC)
    )
    open_ = report(services, date(2026, 11, 1), date(2026, 11, 30))
    assert by(open_, "months")["Total"] == (2, 14, 1)
    assert [one.key for one in open_.tables] == ["sessions", "weeks", "months", "years"]  # no groups of an open month
    close(services)
    made = report(services, date(2026, 11, 1), date(2026, 11, 30))
    assert by(made, "months")["Total"] == (2, 14, 1)
    assert table(made, "groups").rows == (("November 2026", 14, 0, 0, 14),)
    days = report(services, date(2026, 11, 2), date(2026, 12, 31))
    assert "groups" not in [one.key for one in days.tables]  # nor of a part of a closed one
    # Earlier the report said what was known then.
    before = report(services, date(2026, 11, 1), date(2026, 11, 30), datetime(2026, 11, 3, 11, 45, tzinfo=UTC))
    assert by(before, "months")["Total"] == (2, 13, 1)


def test_a_correction_of_staff_is_a_column_of_its_own(services: Services) -> None:
    come(services, datetime(2026, 11, 3, 13, 30), people=20)
    services.attendance.correct(
        session_id="coffee:2026-11-03:1300", adults=23, children=0, reason="Paper list", now=CLOSED, who="shell"
    )
    close(services)
    come(services, datetime(2026, 12, 8, 13, 30), people=8)
    made = report(services, date(2026, 11, 1), date(2026, 12, 31))
    assert by(made, "months")["Total"] == (2, 31, 0)
    november, december = table(made, "groups").rows
    assert november[-3:] == (3, 0, 23)
    assert december[-3:] == (0, 8, 8)
    assert table(made, "groups").total[-3:] == (3, 8, 31)  # type: ignore[index]


def test_shares_are_parts_of_everybody(services: Services) -> None:
    """24 of 44 are 55 %, also when the groups of the other twenty are hidden."""
    for people, group in ((24, "family"), (4, "older"), (16, "young")):
        come(services, datetime(2026, 11, 3, 13, 30), people=people, groups=[group])
    close(services)
    made = report(services, date(2026, 11, 1), date(2026, 11, 30))
    assert by(made, "groups")["November 2026"][:2] == (24, Hidden.FEW)
    [chart] = [one for one in made.charts if one.key == "groups"]
    assert (chart.labels, chart.series[0].values) == (("Families with children", "Young people"), (24.0, 16.0))
    assert chart.whole == 44


def test_a_party_of_several_groups_counts_in_each_and_once_in_the_people(services: Services) -> None:
    """A Ukrainian family with a grandmother; a group of few hides nothing but itself."""
    parties = ((6, ["family", "ukrainian", "older"]), (7, ["family"]), (9, ["ukrainian"]), (2, ["young"]), (5, []))
    for people, groups in parties:
        come(services, datetime(2026, 11, 3, 13, 30), people=people, groups=groups)
    close(services)
    made = report(services, date(2026, 11, 1), date(2026, 11, 30))
    assert [column.key for column in table(made, "groups").columns] == [
        "month", "family", "older", "young", "ukrainian", "correction", "open", "people",
    ]  # fmt: skip
    assert by(made, "groups")["November 2026"] == (13, 6, Hidden.FEW, 15, 0, 0, 29)
    assert by(made, "groups")["Total"] == (13, 6, Hidden.FEW, 15, 0, 0, 29)
    assert any("several groups" in note for note in made.notes)


def test_all_but_a_few_of_one_group_are_hidden_too(services: Services) -> None:
    """With the people of the month, a group of 27 of 29 says that two are not in it."""
    for people, groups in ((27, ["family"]), (2, ["young"])):
        come(services, datetime(2026, 11, 3, 13, 30), people=people, groups=groups)
    close(services)
    made = report(services, date(2026, 11, 1), date(2026, 11, 30))
    assert by(made, "groups")["November 2026"][:2] == (Hidden.KEPT, Hidden.FEW)


def test_a_month_closed_with_one_table_of_groups_stands_beside_one_with_a_table_for_each(services: Services) -> None:
    """An earlier program published who belongs to no group. It is not known of months closed since."""
    at = datetime(2026, 10, 6, 13, 30)
    for people, group in ((24, "family"), (16, "")):
        come(services, at, people=people, groups=[group] if group else [])
    moment = datetime(2026, 11, 2, tzinfo=UTC)
    services.reports.close_month(month="2026-10", now=moment, who="shell")
    [(_, said)] = kept(services, "month.closed")
    row = {"people": 40, "cells": [16, 24]}
    one_table = {"group": {"parts": ["", "family"], "rows": {"coffee": row, "": row}}}
    older = {name: shown for name, shown in said["shown"].items() if not name.startswith("group:")} | one_table
    sql = "UPDATE ledger_kept SET payload = ? WHERE kind = 'month.closed'"
    services.store.db.execute_sql(sql, (json.dumps(said | {"shown": older}),))
    come(services, datetime(2026, 11, 3, 13, 30), people=12, groups=["family", "older"])
    close(services)
    made = report(services, date(2026, 10, 1), date(2026, 11, 30))
    groups = by(made, "groups")
    assert groups["October 2026"] == (24, 0, 16, 0, 0, 40)
    assert groups["November 2026"] == (12, 12, Hidden.KEPT, 0, 0, 12)
    assert groups["Total"] == (36, 12, "≥16", 0, 0, 52)


def test_of_two_tablets_that_close_a_month_the_first_counts(services: Services) -> None:
    come(services, datetime(2026, 11, 3, 13, 30), people=20, groups=["family"])
    close(services)
    before = report(services, date(2026, 11, 1), date(2026, 11, 30))
    [closing] = [said for _, said in kept(services, "month.closed")]
    come(services, datetime(2026, 11, 4, 13, 30), people=9, groups=["older"])
    other = closing | {"shown": closing["shown"] | {"group:family": {"parts": ["family"], "rows": {}}}}
    with services.store.write(LATER - timedelta(days=1)) as journal:
        journal.append("month.closed", "staff:y", other)
    made = report(services, date(2026, 11, 1), date(2026, 11, 30))
    assert table(made, "groups").rows[0] == table(before, "groups").rows[0]


def test_a_month_closed_by_an_older_program_is_split_as_that_one_did(services: Services, store: Store) -> None:
    """In one table of groups: a second way of splitting the same people would give the hidden ones away."""
    for people, group in ((24, "family"), (4, "older"), (16, "young")):
        come(services, datetime(2026, 11, 3, 13, 30), people=people, groups=[group])
    close(services)
    come(services, datetime(2026, 11, 4, 13, 30), people=9, groups=["older"])
    report(services, date(2026, 11, 1), date(2026, 11, 30))
    [(seq, text)] = store.db.execute_sql("SELECT seq, payload FROM ledger_kept WHERE kind = 'month.closed'").fetchall()
    said = json.loads(text)
    del said["shown"]
    sql = "UPDATE ledger_kept SET payload = ? WHERE kind = 'month.closed' AND seq = ?"
    store.db.execute_sql(sql, (json.dumps(said), seq))
    again = report(services, date(2026, 11, 1), date(2026, 11, 30))
    assert table(again, "groups").rows[0][1:4] == (24, Hidden.FEW, Hidden.KEPT)
    # As long as entries it was closed with are not here, nothing is said of its groups.
    said["marks"]["f" * 32] = 3
    store.db.execute_sql(sql, (json.dumps(said), seq))
    assert "groups" not in [one.key for one in report(services, date(2026, 11, 1), date(2026, 11, 30)).tables]


def test_a_moved_session_counts_on_the_day_it_took_place(services: Services) -> None:
    come(services, datetime(2026, 10, 29, 13, 30), people=2)
    which = {"session_id": "coffee:2026-10-30:1300", "who": "shell"}
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
        services.reports.close_month(month=month, now=datetime(2026, 12, 2, tzinfo=UTC), who="shell")
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


def test_another_tablet_shows_what_was_decided_before_all_entries_are_there(services: Services, tmp_path: Path) -> None:
    for people, group in ((24, "family"), (4, "older"), (16, "young")):
        come(services, datetime(2026, 11, 3, 13, 30), people=people, groups=[group])
    close(services)
    made = report(services, date(2026, 11, 1), date(2026, 11, 30))
    [(time, said)] = kept(services, "month.closed")
    other = Services(Store.create(tmp_path / "other", now=CLOSED), services.settings)
    with other.store.write(clock.parse(time)) as journal:
        journal.append("month.closed", "shell", said)
    there = report(other, date(2026, 11, 1), date(2026, 11, 30))
    assert table(there, "groups").rows[0][:-3] == table(made, "groups").rows[0][:-3]
    other.store.close()
