"""The demonstration, whenever it is opened: `make run` must show a centre in the middle of its life at any hour of any day."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk import clock, demo
from kiosk.journal import Store
from kiosk.journal.entries import verify_chain
from kiosk.pictures.store import Pictures
from kiosk.services import Services
from kiosk.settings import load


def filled(folder: Path, now: datetime) -> Services:
    settings = load(None)
    settings = demo.settings_for(settings, clock.local_date(now, clock.zone(settings.centre.timezone)))
    services = Services(Store.create(folder, now=now), settings)
    demo.fill(services, Pictures(folder / "pictures"), settings, now, lambda done, of: None)
    return services


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), id="on a Tuesday morning"),
        pytest.param(datetime(2026, 11, 26, 19, 31, tzinfo=UTC), id="on a Thursday, when the language café is over"),
        pytest.param(datetime(2026, 11, 18, 21, 55, tzinfo=UTC), id="in the last minutes of a Wednesday"),
        pytest.param(datetime(2026, 12, 31, 22, 30, tzinfo=UTC), id="in a new year that has not begun in Greenwich"),
        pytest.param(datetime(2027, 1, 6, 10, 0, tzinfo=UTC), id="on Epiphany"),
        pytest.param(datetime(2027, 6, 26, 3, 0, tzinfo=UTC), id="in the night of Midsummer Day"),
        pytest.param(datetime(2028, 2, 29, 15, 0, tzinfo=UTC), id="on a leap day"),
    ],
)
def test_it_can_be_opened_at_any_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(demo, "_goods", lambda *_: None)  # its photos are the same whenever it is
    services = filled(tmp_path / "data", now)
    assert services.gatherings.sessions_on(clock.local_date(now, clock.zone("Europe/Helsinki"))), (
        "nothing goes on today"
    )
    assert services.guidance.serving(now) is not None
    for table in ("visit", "request", "donation", "wish", "partner", "volunteer", "seat"):
        [(count,)] = services.store.db.execute_sql(f"SELECT count(*) FROM {table}").fetchall()
        assert count, f"no {table}"
    assert verify_chain(services.store.db) > 100


def test_the_shelf_is_full(tmp_path: Path) -> None:
    now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    services = filled(tmp_path / "data", now)
    counts = services.goods.counts(today=now.date())
    assert counts["all"] > 100
    assert all(counts.values()), counts
    assert services.tickets.waiting()
    assert len(services.goods.newest(6, now)) == 6
