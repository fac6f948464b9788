"""The demonstration, whenever it is opened: `make run` must show a centre in the middle of its life at any hour of any day."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from kiosk import clock, demo
from kiosk.demo import Day, content
from kiosk.journal import Store
from kiosk.journal.entries import verify_chain
from kiosk.pictures.store import Pictures
from kiosk.services import Services
from kiosk.settings import load
from tests.life.living import live

TUESDAY = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)


#: Photos take most of the time and are the same whatever the day.
NO_PHOTOS = cast(Pictures, SimpleNamespace(add=lambda data: f"{hash(data) % 2**256:064x}"))


def filled(folder: Path, now: datetime, kind: Day = Day.USUAL, pictures: Pictures = NO_PHOTOS) -> Services:
    settings = load(None)
    settings = demo.settings_for(settings, clock.local_date(now, clock.zone(settings.centre.timezone)), kind)
    services = Services(Store.create(folder, now=now), settings)
    demo.fill(services, pictures, settings, now, lambda done, of: None, kind)
    return services


def count(services: Services, what: str) -> int:
    [(found,)] = services.store.db.execute_sql(f"SELECT count(*) FROM {what}").fetchall()
    return int(found)


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
def test_it_can_be_opened_at_any_time(tmp_path: Path, now: datetime) -> None:
    services = filled(tmp_path / "data", now)
    assert services.gatherings.sessions_on(clock.local_date(now, clock.zone("Europe/Helsinki"))), (
        "nothing goes on today"
    )
    assert services.guidance.serving(now) is not None
    for table in ("visit", "request", "donation", "wish", "partner", "volunteer", "seat"):
        assert count(services, table), f"no {table}"
    assert verify_chain(services.store.db) > 100


def test_the_shelf_is_full(tmp_path: Path) -> None:
    now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    services = filled(tmp_path / "data", now, pictures=Pictures(tmp_path / "pictures"))
    counts = services.goods.counts(today=now.date())
    assert counts["all"] > 100
    assert all(counts.values()), counts
    assert services.tickets.waiting()
    assert len(services.goods.newest(6, now)) == 6


def test_every_week_had_its_life(tmp_path: Path) -> None:
    services = filled(tmp_path / "data", TUESDAY)
    for back in range(1, 5):
        begins, ends = (f"'{TUESDAY.date() - timedelta(weeks=weeks)}'" for weeks in (back, back - 1))
        for kind in ("visit.checked_in", "queue.done", "shift.ended", "ticket.collected", "donation.taken_in"):
            assert count(services, f"journal WHERE kind = '{kind}' AND time >= {begins} AND time < {ends}"), (
                kind,
                back,
            )
    assert verify_chain(services.store.db) > 500


#: What a life of some weeks has and a demo has no place for: a key lost, a member who left, a holiday on which they met.
RARE = {"key.replaced", "staff.revoked", "session.held", "keys.rewrapped"}


def test_its_weeks_are_like_those_of_a_life(tmp_path: Path) -> None:
    """Whatever happens in eight weeks of a simulated centre happens in the demo: no list, chart or task is made up."""
    life = live(tmp_path / "life", 1, date(2026, 11, 9), 56, often=False)
    life.player.open(TUESDAY)
    lived, shown = (
        {kind for (kind,) in store.db.execute_sql("SELECT DISTINCT kind FROM journal").fetchall()}
        for store in (life.player.store, filled(tmp_path / "demo", TUESDAY).store)
    )
    life.close()
    assert len(lived) > 40
    assert lived - shown <= RARE


def test_a_busy_day_is_full(tmp_path: Path) -> None:
    usual, busy = filled(tmp_path / "usual", TUESDAY), filled(tmp_path / "busy", TUESDAY, Day.BUSY)
    today = f"time >= '{TUESDAY.date()}'"
    for kind, more in (("visit.checked_in", 1.5), ("queue.taken", 2), ("ticket.reserved", 1.5)):
        which = f"journal WHERE kind = '{kind}' AND {today}"
        assert count(busy, which) > more * count(usual, which), kind
    assert count(busy, "seat WHERE state = 'waiting'")
    assert verify_chain(busy.store.db)


def test_a_first_day_has_things_and_nobody_yet(tmp_path: Path) -> None:
    services = filled(tmp_path / "data", TUESDAY, Day.NEW)
    assert services.goods.counts(today=TUESDAY.date())["all"] == content.FIRST_THINGS
    for table in ("visit", "ticket", "wish", "request", "queue_number", "donation", "partner"):
        assert not count(services, table), table
    assert services.gatherings.sessions_on(TUESDAY.date())


def test_the_demo_makes_its_public_page(tmp_path: Path) -> None:
    """With an address that is nobody's, so that the page shows what a centre's does; one that is set stays."""
    command = [sys.executable, "-m", "kiosk", "demo", "--new", "--publish", str(tmp_path / "site")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert "Esimerkkitie 1" in (tmp_path / "site" / "uk" / "visit.html").read_text(encoding="utf-8")
    settings = load(None)
    own = settings._replace(centre=settings.centre._replace(address="Koulutie 2"))
    assert demo.reachable(own).centre.address == "Koulutie 2"
