"""The open house: who comes for the goods on a day without a gathering is counted, and no event is made of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kiosk.errors import UnknownSession
from kiosk.journal import Store
from kiosk.journal.entries import verify_chain
from kiosk.services import Services
from kiosk.settings import Settings
from tests.services.conftest import NOW, TODAY, with_gathering

WEDNESDAY = NOW + timedelta(days=1)
OPEN = "open_house:2026-11-25:1000"


def check_in(services: Services, number: int = 1, **said: object) -> None:
    services.attendance.check_in(
        visit_id=f"visit{number}",
        session_id=OPEN,
        language="uk",
        now=WEDNESDAY,
        **said,  # type: ignore[arg-type]
    )


def test_there_is_one_on_an_open_day_without_a_gathering(services: Services) -> None:
    [house] = services.gatherings.counted_now(WEDNESDAY)
    assert (house.id, house.names["en"], house.names["fi"] != "") == (OPEN, "Open house", True)
    assert [one.gathering_id for one in services.gatherings.counted_now(NOW)] == ["coffee"]  # a Tuesday
    assert services.gatherings.counted_on(date(2026, 11, 28)) == []  # a Saturday: closed
    assert services.gatherings.sessions_between(TODAY, TODAY + timedelta(days=6)) == [
        services.gatherings.session("coffee:2026-11-24:1300")
    ]


def test_an_evening_event_leaves_the_day_to_the_open_house(store: Store, settings: Settings) -> None:
    from datetime import time

    evening = with_gathering(settings, start=time(18), end=time(20))
    services = Services(store, evening)
    services.gatherings.apply(evening.gatherings, NOW)
    assert [one.gathering_id for one in services.gatherings.counted_now(NOW)] == ["coffee", "open_house"]


def test_visits_are_counted_by_touch_and_tally_and_corrected(services: Services, store: Store) -> None:
    check_in(services, 1, adults=2, children=1)
    check_in(services, 2, way="tally", who="shell")
    services.attendance.undo(visit_id="visit2", now=WEDNESDAY)
    totals = services.attendance.correct(
        session_id=OPEN, adults=5, children=1, reason="counted", now=WEDNESDAY, who="shell"
    )
    assert (totals.people, totals.names["en"]) == (6, "Open house")
    services.gatherings.apply(services.settings.gatherings, WEDNESDAY)  # the next start leaves it alone
    assert [one.id for one in services.programme.series(WEDNESDAY)] == ["coffee"]
    made = "SELECT count(*) FROM journal WHERE kind = 'gathering.set' AND payload LIKE '%open_house%'"
    assert store.db.execute_sql(made).fetchone() == (1,)
    verify_chain(store.db)


def test_a_day_on_which_the_centre_is_closed_counts_nobody(services: Services) -> None:
    with pytest.raises(UnknownSession):
        services.attendance.check_in(
            visit_id="v", session_id="open_house:2026-11-28:1000", language="fi", now=NOW + timedelta(days=4)
        )


def test_reports_have_its_days_and_no_event_more(services: Services) -> None:
    check_in(services, 1, adults=3)
    coffee = services.gatherings.sessions_now(NOW)[0].id
    services.attendance.check_in(visit_id="c", session_id=coffee, language="fi", now=NOW)
    said = {"first": TODAY, "last": TODAY + timedelta(days=2), "as_of": NOW + timedelta(days=3), "language": "en"}
    report = services.reports.build(kind="attendance", **said)
    table = next(table for table in report.tables if table.key == "sessions")
    assert [(row[2], row[4]) for row in table.rows] == [("Tuesday coffee meeting", 1), ("Open house", 3)]
    results = services.reports.build(kind="results", **said)
    figures = {row[0]: row[1] for table in results.tables for row in table.rows}
    assert figures["Events held"] == 1
