"""Handing over to a stick: none, full, pulled out in the middle, and well."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import DiskFull, KioskError
from kiosk.files import usb
from kiosk.files.atomic import atomic_file


def test_a_file_is_there_whole(tmp_path: Path) -> None:
    path = usb.hand_over(str(tmp_path), "a.csv", lambda path: path.write_text("1"))  # type: ignore[arg-type,return-value]
    assert (path, path.read_text()) == (tmp_path / "a.csv", "1")


def test_each_trouble_is_told_as_what_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> None:
        raise DiskFull()

    def pulled(path: Path) -> None:
        with atomic_file(path) as file:
            file.write(b"half")
            raise OSError(5, "Input/output error")

    for write, error in ((full, usb.FullStick), (pulled, usb.GoneStick)):
        with pytest.raises(KioskError) as told:
            usb.hand_over(str(tmp_path), "a.csv", write)
        assert type(told.value) is error
        assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(usb, "MOUNTS", (tmp_path,))
    with pytest.raises(usb.NoStick):
        usb.hand_over("", "a.csv", full)
