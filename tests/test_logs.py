"""The log says where something went wrong and never what a visitor has typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TYPED = "Markerina"
HOW = {
    "told": 'logging.getLogger("x").error("unexpected %s", "E", exc_info=error)',
    "main": "raise error",
    "thread": "t = threading.Thread(target=fail); t.start(); t.join()",
    "caused": 'raise RuntimeError("Markerina") from error',
}
PROGRAM = """
import logging, threading
from kiosk import logs
logs.begin()
def fail():
    int("Markerina")
try:
    fail()
except ValueError as caught:
    error = caught
{how}
logging.getLogger("peewee").debug("Markerina")
logging.getLogger("PIL.x").warning("Markerina")
"""


@pytest.mark.parametrize("how", sorted(HOW))
def test_where_and_not_what(how: str) -> None:
    program = PROGRAM.format(how=HOW[how])
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert TYPED not in done.stdout + done.stderr
    assert "ValueError" in done.stderr
    assert "fail" in done.stderr
    assert done.returncode == (1 if how in ("main", "caused") else 0)


def test_the_journal_of_a_tablet_is_bounded() -> None:
    text = (ROOT / "deploy" / "etc" / "lumijobi-journald.conf").read_text()
    limits = dict(line.split("=") for line in text.splitlines() if "=" in line)
    assert {"SystemMaxUse", "RuntimeMaxUse", "MaxRetentionSec"} <= set(limits)
    assert "StandardError=journal" in (ROOT / "deploy" / "lumijobi-kiosk.service").read_text()
