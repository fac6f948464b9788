"""A tablet whose clock was a year wrong for a day: closed months stay, earlier reports stay, and the report says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.journal import Store
from kiosk.reports import QUIET
from kiosk.reports.facts import Facts
from kiosk.services import Services
from kiosk.settings import Settings
from tests.reports.test_attendance import HELSINKI, by, come, report

BEGINNING = datetime(2025, 11, 1, 8, tzinfo=UTC)
NOVEMBER = date(2025, 11, 1), date(2025, 11, 30)


@pytest.fixture
def services(tmp_path: Path, settings: Settings) -> Iterator[Services]:
    """A centre that opened in November 2025, with ten people on the 18th and twenty a year later."""
    coffee = settings.gatherings[0]._replace(since=date(2025, 1, 1), every="FREQ=DAILY")
    store = Store.create(tmp_path / "data", now=BEGINNING)
    services = Services(store, settings._replace(gatherings=(coffee,)))
    services.gatherings.apply((coffee,), BEGINNING)
    come(services, datetime(2025, 11, 18, 13, 30), people=10)
    services.reports.close_month(month="2025-11", now=datetime(2025, 12, 5, tzinfo=UTC), who="shell")
    come(services, datetime(2026, 11, 23, 13, 30), people=20)
    yield services
    store.close()


def test_a_clock_a_year_behind_changes_no_closed_month_in_silence(services: Services) -> None:
    come(services, datetime(2025, 11, 24, 13, 30), people=3)  # it was 2026 in truth
    come(services, datetime(2026, 11, 25, 13, 30), people=5)
    made = report(services, *NOVEMBER)
    months = {month: row[:2] for month, row in by(made, "months").items()}
    assert months == {"November 2025": (1, 10), "Correction of November 2025": (1, 3), "Total": (2, 13)}
    [told] = [note for note in made.notes if "clock" in note]
    assert "23/11/2026" in told
    assert "25/11/2026" in told
    assert "24/11/2025" in told
    # A report as of that winter knows nothing of an entry that only says it is from then.
    before = report(services, *NOVEMBER, datetime(2025, 12, 31, tzinfo=UTC))
    assert by(before, "months")["Total"] == (1, 10, 0)
    assert not [note for note in before.notes if "clock" in note]


def test_a_clock_a_year_ahead_loses_nothing(services: Services) -> None:
    come(services, datetime(2027, 11, 24, 13, 30), people=3)  # it was 2026 in truth
    for day in (25, 26, 27):
        come(services, datetime(2026, 11, day, 13, 30), people=5)
    as_of = datetime(2026, 12, 1, tzinfo=UTC)
    made = report(services, date(2026, 11, 1), date(2026, 11, 30), as_of)
    assert by(made, "months")["Total"] == (4, 35, 0)
    [told] = [note for note in made.notes if "clock" in note]
    assert "24/11/2027" in told
    assert by(report(services, date(2027, 11, 1), date(2027, 11, 30), as_of), "months")["Total"] == (1, 3, 0)


def test_a_clock_put_right_by_seconds_is_nothing_to_tell(services: Services) -> None:
    come(services, datetime(2026, 11, 24, 13, 30, 50), people=3)
    come(services, datetime(2026, 11, 24, 13, 30, 10), people=4)
    made = report(services, date(2026, 11, 24), date(2026, 11, 24))
    assert by(made, "months")["Total"] == (2, 7, 0)
    with services.store.read():
        facts = Facts(services.store, HELSINKI, *NOVEMBER, datetime(2026, 12, 1, tzinfo=UTC), QUIET)
        assert facts.wrong_clocks() == []
