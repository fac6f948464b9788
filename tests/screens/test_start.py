"""The start goes on, whatever is wrong with what is done beside the first picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kiosk.app import KioskApp
from kiosk.errors import DamagedDatabase, KioskError, StorageBusy


@pytest.mark.parametrize("error", [StorageBusy(), DamagedDatabase(folder="", reason="no page 7"), ValueError("what?")])
def test_a_trouble_at_the_start_stops_neither_housekeeping_nor_printing(
    open_stage: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(KioskApp, "first", staticmethod(fail))
    stage = open_stage()  # waits until the start is through
    assert [record for record in caplog.records if record.getMessage().startswith("at the start")]
    assert (stage.app.shell.dialog is not None) == (not isinstance(error, KioskError)), "only what nobody knows is told"
    stage.app.housekeeping()
    stage.settle()
    assert stage.app.hub is not None
    assert stage.app.spooler is not None
