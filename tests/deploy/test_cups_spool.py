"""CUPS is told to keep nothing of what it printed, and told back, on its own settings file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "deploy/cups-spool"
DEFAULT = Path("/usr/share/cups/cupsd.conf.default")


def spool(file: Path, *words: str) -> str:
    return subprocess.run([str(SCRIPT), str(file), *words], check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize(
    "own",
    ["", "PreserveJobFiles Yes\n", "  preservejobfiles 3600 \nPreserveJobHistory Yes\n"],
    ids=["none", "yes", "hour"],
)
def test_it_is_set_once_and_set_back_to_the_letter(tmp_path: Path, own: str) -> None:
    file = tmp_path / "cupsd.conf"
    shutil.copy(DEFAULT, file)
    file.write_text(file.read_text() + own)
    before = file.read_text()
    file.chmod(0o640)

    assert spool(file) == "changed"
    words = [line.split() for line in file.read_text().splitlines()]
    assert [line[1] for line in words if line and line[0].lower() == "preservejobfiles"] == ["No"]
    assert file.stat().st_mode & 0o777 == 0o640
    assert spool(file) == ""  # run again it changes nothing

    assert spool(file, "--remove") == "changed"
    assert file.read_text() == before
    assert spool(file, "--remove") == ""


def test_where_there_is_no_cups_nothing_is_done(tmp_path: Path) -> None:
    assert spool(tmp_path / "cupsd.conf") == ""
    assert list(tmp_path.iterdir()) == []
