"""Pictures: every kind that comes, and every kind that must not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from kiosk.pictures.pixels import reduced
from kiosk.pictures.store import (
    BadPicture,
    DamagedPicture,
    EmptyPicture,
    HugePicture,
    MissingPicture,
    NotAPicture,
    Pictures,
)


@pytest.fixture
def pictures(tmp_path: Path) -> Pictures:
    return Pictures(tmp_path / "pictures")


def encoded(mode: str = "RGB", kind: str = "JPEG", size: tuple[int, int] = (640, 480), **extra: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 128 if mode == "L" else "teal" if mode == "RGB" else None).save(out, kind, **extra)
    return out.getvalue()


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "JPEG"), ("CMYK", "JPEG"), ("L", "JPEG"), ("RGBA", "PNG"), ("P", "PNG"), ("RGB", "WEBP")]
)
def test_every_kind_becomes_three_sizes(pictures: Pictures, mode: str, kind: str) -> None:
    name = pictures.add(encoded(mode, kind, (2000, 1500)))
    for size, longest in (("tile", 320), ("page", 960), ("full", 1600)):
        with Image.open(pictures.path(name, size)) as image:
            assert max(image.size) == longest
            assert image.format == "JPEG"
    assert pictures.is_sound(name)


def test_a_turned_photo_stands_upright_and_loses_its_place(pictures: Pictures) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "MARKER-DESCRIPTION"
    exif.get_ifd(0x8825)[1] = "N"
    name = pictures.add(encoded(size=(640, 480), exif=exif))
    path = pictures.path(name)
    with Image.open(path) as image:
        assert image.size == (480, 640)
        assert not image.getexif()
    assert b"MARKER" not in path.read_bytes()


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (4000, 1000)])
def test_of_a_large_photo_the_decoder_leaves_out_what_is_too_fine(
    pictures: Pictures, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    """Half of 4000 is still more than 1600: a quarter of the pixels is read, whatever the shape."""
    worked_on: list[tuple[int, int]] = []

    def watched(image: Image.Image, longest: int) -> Image.Image:
        worked_on.append(image.size)
        return reduced(image, longest)

    monkeypatch.setattr("kiosk.pictures.pixels.reduced", watched)
    name = pictures.add(encoded(size=size))
    assert worked_on[0] == (size[0] // 2, size[1] // 2)
    with Image.open(pictures.path(name)) as image:
        assert image.size == (size[0] * 1600 // 4000, size[1] * 1600 // 4000)


def test_the_same_picture_twice_is_one(pictures: Pictures) -> None:
    assert pictures.add(encoded()) == pictures.add(encoded())
    assert len(list(pictures.folder.rglob("*.jpg"))) == 3


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyPicture),
        (b"not a picture at all", NotAPicture),
        (encoded()[:400], DamagedPicture),
        (b"GIF89a" + b"\0" * 50, NotAPicture),
    ],
)
def test_what_is_no_picture_is_told(pictures: Pictures, data: bytes, error: type[BadPicture]) -> None:
    with pytest.raises(error):
        pictures.add(data)
    assert not list(pictures.folder.rglob("*.jpg"))


def test_a_picture_bomb_is_refused(pictures: Pictures) -> None:
    with pytest.raises(HugePicture):
        pictures.add(encoded("L", "GIF", (12_000, 9_000)))


def test_decoding_fills_the_box_and_missing_ones_are_told(pictures: Pictures) -> None:
    name = pictures.add(encoded())
    width, height, data = pictures.decode(name, "tile", (120, 120))
    assert (width, height, len(data)) == (120, 120, 120 * 120 * 3)
    for bad in ("0" * 64, "../../etc/passwd", ""):
        with pytest.raises(MissingPicture):
            pictures.decode(bad, "tile")
    with pytest.raises(MissingPicture):
        pictures.add(pictures.folder / "none.jpg")
