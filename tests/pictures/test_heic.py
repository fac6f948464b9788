"""Pictures from phones: HEIC, taken in like any other."""

from __future__ import annotations

import io
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from kiosk.files.usb import picture_files
from kiosk.pictures.pixels import preview
from kiosk.pictures.store import DamagedPicture, EmptyPicture, HugePicture, MissingPicture, NotAPicture, Pictures


def heic(size: tuple[int, int] = (800, 600), *, orientation: int = 6) -> bytes:
    """Return a HEIC with a place and an orientation in its EXIF; red on the left, blue on the right."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    pillow_heif.from_pillow(image).save(out, quality=80, exif=exif.tobytes())
    return out.getvalue()


def test_a_heic_is_taken_in_upright_and_without_its_place(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path)
    name = pictures.add(heic(orientation=1))
    assert pictures.is_sound(name)
    with Image.open(pictures.path(name)) as stored:
        assert (stored.format, stored.size, dict(stored.getexif())) == ("JPEG", (800, 600), {})
        left, right = stored.convert("RGB").getpixel((50, 300)), stored.convert("RGB").getpixel((750, 300))
    assert left[0] > 200 > 60 > left[2]
    assert right[2] > 200


def test_a_half_copied_heic_is_told(tmp_path: Path) -> None:
    data = heic()
    with pytest.raises((DamagedPicture, NotAPicture)):
        Pictures(tmp_path).add(data[: len(data) // 2])


def test_the_limit_holds_before_anything_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Pictures(tmp_path).add(heic((64, 48)))  # the readers, which keep a limit of their own, are known
    monkeypatch.setattr("kiosk.pictures.pixels.MOST_PIXELS", 1000)
    with pytest.raises(HugePicture):
        Pictures(tmp_path).add(heic())


def test_pictures_on_a_stick_newest_first(tmp_path: Path) -> None:
    import os

    (tmp_path / "DCIM" / "100").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    for at, name in enumerate(("DCIM/100/a.HEIC", "b.jpg", ".hidden/c.jpg", "notes.txt", ".d.png", "e.JPEG")):
        (tmp_path / name).write_bytes(heic((64, 48)) if name.endswith("HEIC") else b"")
        os.utime(tmp_path / name, (1000 + at, 1000 + at))
    files = picture_files(str(tmp_path))
    assert [path.name for path in files] == ["e.JPEG", "b.jpg", "a.HEIC"]
    assert preview(files[2], (32, 32)).width <= 32
    with pytest.raises(EmptyPicture):
        preview(files[0], (32, 32))
    with pytest.raises(MissingPicture):
        preview(tmp_path / "pulled_out.jpg", (32, 32))
    assert picture_files(str(tmp_path / "not there")) == []
