"""Nothing confirmed is ever lost: killed at any moment, the log cut at any byte, the disk failing, full or read-only."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.data import new_id
from kiosk.errors import DiskFull, ReadOnlyFolder
from kiosk.journal import Store
from kiosk.services import Services
from kiosk.settings import load
from tests.small_disk import fill, small_disk, turn
from tests.survival.ordeal import NOW, after_power_cut, prepare, record, verify

HERE, ROOT = Path(__file__).parent, Path(__file__).parents[2]


def ordeal(how: str, folder: Path, rounds: int, **env: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.survival.ordeal", how, str(folder), str(rounds), "7"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


@pytest.mark.parametrize("kills", [15, pytest.param(1000, marks=pytest.mark.long)])
def test_killed_at_any_moment(tmp_path: Path, kills: int) -> None:
    figures = ordeal("kill", tmp_path / "data", kills)
    print(figures)
    assert (figures["rounds"], figures["lost"], figures["told"]) == (kills, 0, [])
    assert figures["confirmed"] > kills


@pytest.mark.parametrize("step", [211, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("torn", [False, True], ids=["cut", "torn"])
def test_the_log_ends_at_any_byte(tmp_path: Path, step: int, torn: bool) -> None:
    """What a power cut leaves of the log is a beginning of it, or a beginning and then nonsense."""
    base, wal, ends = record(tmp_path / "data", 4)
    (tmp_path / "again").mkdir()
    edges = {at + shift for at in ends for shift in (-1, 0, 1)} & set(range(len(wal) + 1))
    for at in sorted({*range(0, len(wal) + 1, step), *edges}):
        left = wal[:at] + (random.Random(at).randbytes(len(wal) - at) if torn else b"")
        whole = 1 + sum(end <= at for end in ends)
        assert after_power_cut(tmp_path / "again", base, left) == (whole, whole), f"the log ended at byte {at}"


@pytest.fixture
def shim(tmp_path: Path) -> Path:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        pytest.skip("a C compiler makes the failing disk")
    library = tmp_path / "failing_disk.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, HERE / "failing_disk.c", "-ldl"], check=True)
    return library


@pytest.mark.parametrize("faults", [24, pytest.param(400, marks=pytest.mark.long)])
def test_reads_writes_and_syncs_that_fail_are_told(tmp_path: Path, shim: Path, faults: int) -> None:
    figures = ordeal("disk", tmp_path / "data", faults, LD_PRELOAD=str(shim))
    print(figures)
    assert figures["lost"] == 0
    assert set(figures["told"]) & {"StorageTrouble", "DiskFull", "ReadOnlyFolder"}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "small") as place:
        yield place


def check_in_until_it_fails(services: Services, most: int) -> set[str]:
    [session] = services.gatherings.sessions_now(NOW)
    confirmed: set[str] = set()

    def go_on() -> None:
        for _ in range(most):
            visit_id = new_id(NOW)
            services.attendance.check_in(visit_id=visit_id, session_id=session.id, language="fi", now=NOW)
            confirmed.add(visit_id)

    with pytest.raises(DiskFull):
        go_on()
    return confirmed


def test_a_full_disk_is_told_and_all_goes_on_when_there_is_room(disk: Path, tmp_path: Path) -> None:
    prepare(tmp_path / "data")
    shutil.copytree(tmp_path / "data", disk / "data", ignore=shutil.ignore_patterns("backups"))
    services = Services(Store.open(disk / "data"), load(None))
    with pytest.raises(DiskFull):
        services.backups.make_snapshot(NOW)  # a copy is not made at the cost of the check-ins
    filler = fill(disk, left=200_000)
    confirmed = check_in_until_it_fails(services, 5000)
    filler.unlink()
    [session] = services.gatherings.sessions_now(NOW)
    visit_id = new_id(NOW)
    services.attendance.check_in(visit_id=visit_id, session_id=session.id, language="fi", now=NOW)
    services.store.close()
    verify(disk / "data", {"visit": confirmed | {visit_id}, "ticket": set(), "request": set()})


def test_a_disk_turned_read_only_is_told(disk: Path, tmp_path: Path) -> None:
    prepare(tmp_path / "data")
    shutil.copytree(tmp_path / "data", disk / "data", ignore=shutil.ignore_patterns("backups"))
    turn(disk, "ro")
    services = Services(Store(disk / "data"), load(None))
    with pytest.raises(ReadOnlyFolder), services.store.write(NOW) as journal:
        journal.append_unchecked("test", "test", {})
    services.store.close()
    turn(disk, "rw")
    verify(disk / "data", {"visit": set(), "ticket": set(), "request": set()})
