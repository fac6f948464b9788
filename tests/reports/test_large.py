"""Ten busy years: what a report asks of the database does not grow with what is in the journal."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.reports import FIRST, YEARS, fill
from kiosk.journal import Store
from kiosk.reports import KINDS
from kiosk.services import Services
from kiosk.settings import load

AS_OF = datetime(FIRST.year + YEARS, 12, 31, 12, tzinfo=UTC)


def statements(folder: Path, visits: int) -> dict[str, int]:
    """Return how many SQL statements each report runs over ten years with so many visits."""
    store = Store.create(folder, now=FIRST)
    services = Services(store, load(None))
    fill(store, visits, visits // 5)
    services.reports.closings(AS_OF)
    found = {}
    for kind in KINDS:
        run: list[str] = []
        store.db.connection().set_trace_callback(run.append)
        services.reports.build(kind=kind, first=FIRST.date(), last=date(AS_OF.year, 12, 31), as_of=AS_OF, language="fi")
        store.db.connection().set_trace_callback(None)
        found[kind] = len(run)
    store.close()
    return found


def test_five_times_the_visits_take_no_more_statements(tmp_path: Path) -> None:
    assert statements(tmp_path / "many", 2500) == statements(tmp_path / "few", 500)
