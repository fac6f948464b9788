"""Room that is kept for the day the disk is full, and what the doctor says of the disk and the clock."""

from __future__ import annotations

import os
import shutil
from collections import namedtuple
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk import doctor
from kiosk.data import InstanceLock
from kiosk.errors import DiskFull, StorageTrouble
from kiosk.files import reserve
from kiosk.files.atomic import write_atomic
from kiosk.journal import Store
from tests.small_disk import fill, turn
from tests.small_disk import small_disk as mounted

Usage = namedtuple("Usage", "total used free")


def free(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(1 << 40, 0, count))


def test_the_reserve_is_used_once_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free(monkeypatch, reserve.PLENTY - 1)
    reserve.lay_in(tmp_path)
    assert not (tmp_path / reserve.FILE).exists()
    free(monkeypatch, reserve.PLENTY + 1)
    reserve.lay_in(tmp_path)
    assert (tmp_path / reserve.FILE).stat().st_size == reserve.SIZE
    assert not reserve.use(tmp_path)
    free(monkeypatch, 0)
    assert [reserve.use(tmp_path), reserve.use(tmp_path)] == [True, False]
    assert not (tmp_path / reserve.FILE).exists()


def test_the_plain_screen_says_which_trouble_it_is() -> None:
    from screens.safe_mode.safe_app import FOR_STAFF, FULL, NO_STORAGE, staff_words

    assert [staff_words(trouble) for trouble in (None, DiskFull(), StorageTrouble(reason="x"))] == [
        FOR_STAFF, FULL, NO_STORAGE,
    ]  # fmt: skip


def found(folder: Path, name: str) -> doctor.Check:
    return next(check for check in doctor.examine(folder, None) if check.name == name)


def test_the_doctor_compares_the_clock_with_what_was_written(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    Store.create(tmp_path / "now", now=now).close()
    for name, at in (("now", now), ("ahead", now + timedelta(days=20))):
        store = Store.create(tmp_path / name, now=at) if name != "now" else Store.open(tmp_path / name)
        with store.write(at) as journal:
            journal.append_unchecked("note", "test", {})
        store.close()
    assert found(tmp_path / "now", "clock").ok
    wrong = found(tmp_path / "ahead", "clock")
    assert not wrong.ok
    assert "set the clock" in wrong.detail


@pytest.mark.skipif(os.getuid() == 0, reason="root writes everywhere")
def test_the_doctor_tries_to_write(tmp_path: Path) -> None:
    Store.create(tmp_path, now=datetime.now(UTC)).close()
    tmp_path.chmod(0o500)
    assert not found(tmp_path, "writing").ok


def test_the_doctor_tries_to_write_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.create(tmp_path, now=datetime.now(UTC)).close()
    assert found(tmp_path, "writing").ok
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kiosk.files.atomic.os.fsync", full)
    assert not found(tmp_path, "writing").ok


def test_the_doctor_asks_printers(tmp_path: Path) -> None:
    Store.create(tmp_path, now=datetime.now(UTC)).close()
    paper = tmp_path / "paper"
    paper.touch()
    text = f'[printers]\nreceipt = "file://{paper}"\nlabel = "tcp://127.0.0.1:9"\n'
    (tmp_path / "settings.toml").write_text(text)
    assert found(tmp_path, "receipt printer").ok
    assert not found(tmp_path, "label printer").ok


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 12 MB."""
    with mounted(tmp_path / "disk", 12) as folder:
        yield folder


def test_on_a_full_disk_the_reserve_lets_the_database_open(small_disk: Path) -> None:
    now, data = datetime.now(UTC), small_disk / "data"
    Store.create(data, now=now).close()
    write_atomic(data / reserve.FILE, os.urandom(reserve.SIZE))
    fill(small_disk)
    with pytest.raises(StorageTrouble):
        Store.open(data)
    assert reserve.is_full(data)
    assert reserve.use(data)
    store = Store.open(data)
    with store.write(now) as journal:
        journal.append_unchecked("note", "test", {})
    store.close()
    assert found(data, "clock").ok


def test_the_doctor_sees_a_disk_that_cannot_be_written(small_disk: Path) -> None:
    Store.create(small_disk / "data", now=datetime.now(UTC)).close()
    with InstanceLock(small_disk / "data"):
        pass
    turn(small_disk, "ro")
    with InstanceLock(small_disk / "data"), pytest.raises(StorageTrouble):
        Store.open(small_disk / "data")
    assert not found(small_disk / "data", "writing").ok
    assert found(small_disk / "data", "clock").ok
