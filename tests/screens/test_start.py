"""The start goes on, whatever is wrong with what is done beside the first picture; damaged data is replaced by its copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kiosk.backup.schedule import restored
from kiosk.cli.run import run_kiosk
from kiosk.errors import DamagedDatabase, DataInRepair, KioskError, StorageBusy
from kiosk.journal import Store
from kiosk.safe_mode.crash_log import AGAIN
from kiosk.services import Services
from kiosk.settings import Settings
from screens.app import KioskApp
from tests.data.damage import damage_table
from tests.screens.conftest import TUESDAY
from tests.world import PIN


@pytest.mark.parametrize("error", [StorageBusy(), DamagedDatabase(folder="", reason="no page 7"), ValueError("what?")])
def test_a_trouble_at_the_start_stops_neither_housekeeping_nor_printing(
    open_stage: Callable[..., Any], caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def fail() -> None:
        raise error

    stage = open_stage(first=fail)  # waits until the start is through
    assert [record for record in caplog.records if record.levelname == "ERROR"]
    assert (stage.app.shell.dialog is not None) == (not isinstance(error, KioskError)), "only what nobody knows is told"
    stage.app.background.housekeeping()
    stage.settle()
    assert stage.app.background.hub is not None
    assert stage.app.background.spooler is not None


@pytest.fixture
def damaged(services: Services) -> Store:
    """Data with a copy, and damage where nothing reads before the first picture."""
    services.staff.add_first(name="Coordinator", pin=PIN, now=TUESDAY)
    services.backups.make_snapshot(TUESDAY)
    services.store.close()
    damage_table(services.store.folder, "wish")
    return services.store


def test_damage_found_after_the_first_picture_is_told_and_healed(
    damaged: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.screens.stage import Stage

    monkeypatch.setattr("screens.frame.background.READING_SECONDS", 0)
    monkeypatch.setattr(KioskApp, "begin_again", lambda app, after: setattr(app, "after", after))
    stage = Stage(Store.open(damaged.folder, check_later=True), settings, TUESDAY)
    stage.see(stage.app.tr.error(DataInRepair()))
    assert not stage.app.background.runs
    stage.close()
    stage.store.close()
    stage.app.after()
    healed = Store.open(damaged.folder)
    assert restored(healed).made_at == TUESDAY  # type: ignore[union-attr]
    healed.close()


def test_a_program_that_falls_over_damaged_data_heals_them(
    damaged: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(app: KioskApp) -> None:
        raise ValueError("nonsense was read")

    monkeypatch.setattr(KioskApp, "run", fall)
    monkeypatch.setattr("screens.app.configure", lambda windowed: None)
    assert run_kiosk(damaged.folder, settings, windowed=(800, 600), demo=False) == AGAIN
    with pytest.raises(ValueError, match="nonsense"):
        run_kiosk(damaged.folder, settings, windowed=(800, 600), demo=False)
