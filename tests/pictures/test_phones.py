"""Pictures as phones, office programs and bad sticks make them: taken where the pixels are whole, within 100 MB."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat, PngImagePlugin

from kiosk.pictures import apart
from kiosk.pictures.pixels import normalise
from kiosk.pictures.store import BadPicture, DamagedPicture, HugePicture, MissingPicture, Pictures
from kiosk.pictures.tiles import tiles_of


def noise(size: tuple[int, int] = (640, 480)) -> Image.Image:
    return Image.effect_noise(size, 90).convert("RGB")


def saved(image: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def tiff_entry(tag: int, kind: int, count: int, value: bytes) -> bytes:
    return struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")


def with_exif(*entries: bytes, more: bytes = b"") -> bytes:
    """Return a JPEG that lies on its side, with `entries` of EXIF beside the orientation."""
    rows = (tiff_entry(0x0112, 3, 1, struct.pack("<H", 6)), *entries)
    body = b"Exif\0\0II*\0" + struct.pack("<IH", 8, len(rows)) + b"".join(rows) + bytes(4) + more
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + saved(noise())[2:]


@pytest.mark.parametrize(
    "data",
    [
        with_exif(),
        with_exif(tiff_entry(0x011A, 10, 1, struct.pack("<I", 38)), more=struct.pack("<ii", -72, 1)),  # negative
        with_exif(tiff_entry(0x011A, 2, 3, b"72\0")),  # a text
        with_exif(tiff_entry(0x011A, 5, 1, struct.pack("<I", 60_000))),  # leads out of the file
        with_exif(tiff_entry(0x9286, 7, 999, struct.pack("<I", 8))),
        with_exif(tiff_entry(0x0128, 99, 1, b"\xff\xff")),
    ],
)
def test_of_odd_exif_only_the_orientation_is_read(data: bytes) -> None:
    assert normalise(data).size == (480, 640)


def test_a_missing_end_is_no_damage_and_missing_pixels_are() -> None:
    data = saved(noise((1200, 900)))
    assert normalise(data[:-2]).size == (1200, 900)
    assert normalise(data[:-30]).size == (1200, 900)
    for cut in (len(data) // 2, len(data) * 8 // 10, 700):
        with pytest.raises(DamagedPicture):
            normalise(data[:cut])


def test_a_flat_picture_that_was_cut_is_damaged_too() -> None:
    image = noise((800, 800))
    image.paste("white", (0, 400, 800, 800))
    data = saved(image)
    with pytest.raises(DamagedPicture):
        normalise(data[: len(data) // 3])


def chunk(kind: bytes, body: bytes, wrong: int = 0) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body) ^ wrong)


@pytest.mark.parametrize(
    "more",
    [
        chunk(b"tEXt", b"Comment\0hello", wrong=1),
        chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b" " * 3_000_000)),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + b"x" * 2_000_000),
        chunk(b"tIME", b"\0"),
    ],
)
def test_texts_in_a_png_do_no_harm(more: bytes) -> None:
    data = saved(noise(), "PNG")
    assert normalise(data[:33] + more + data[33:]).size == (640, 480)


def test_a_png_without_its_end_is_taken_and_one_without_pixels_is_not() -> None:
    data = saved(noise(), "PNG")
    assert normalise(data[:-12]).size == (640, 480)
    with pytest.raises(DamagedPicture):
        normalise(data[: len(data) // 2])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF", "GIF", "BMP"])
def test_every_kind_is_taken(kind: str) -> None:
    normalise(saved(noise((64, 48))))  # the readers are known
    assert normalise(saved(noise((64, 48)), kind)).size == (64, 48)


@pytest.mark.parametrize("size", [(8160, 6144), (8192, 6144), (16384, 12288), (16000, 1200)])
def test_a_phone_with_many_megapixels(size: tuple[int, int]) -> None:
    small = noise((size[0] // 16, size[1] // 16))
    small.paste("red", (0, 0, small.width // 2, small.height))
    picture = normalise(saved(small.resize(size), quality=60))
    assert max(picture.size) == 1600
    assert picture.getpixel((picture.width // 4, picture.height // 2))[0] > 200  # type: ignore[index]


def test_a_true_limit_is_said_truly() -> None:
    with pytest.raises(HugePicture) as told:
        normalise(saved(Image.new("L", (10000, 9000)), "BMP"))
    assert told.value.values == {"found": 90, "limit": 11}
    assert normalise(saved(Image.new("L", (3300, 3300)), "BMP")).width == 1600


#: By name: format, size and how it is saved: the largest of each kind that is decoded whole, or by rows.
WITHIN = {
    "heic": ("HEIF", (4320, 3240), {"quality": 40}), "avif": ("AVIF", (3700, 2775), {"speed": 10, "quality": 40}),
    "webp of 12": ("WEBP", (4000, 3000), {"method": 0}), "progressive of 24": ("JPEG", (6000, 4000), {"progressive": True}),
}  # fmt: skip
#: What would take more than the limit: what is said of it.
BEYOND = {
    "heic": ("HEIF", (4896, 3672), {"quality": 40}, (18, 15)), "avif": ("AVIF", (4000, 3000), {"speed": 10, "quality": 40}, (12, 10)),
    "progressive": ("JPEG", (8000, 6000), {"progressive": True}, (48, 25)), "gif": ("GIF", (4000, 4000), {}, (16, 15)),
}  # fmt: skip


@pytest.mark.parametrize("name", WITHIN)
def test_the_largest_that_fit_are_taken(name: str, tmp_path: Path) -> None:
    kind, size, how = WITHIN[name]
    normalise(saved(noise((64, 48))))  # the writers are known
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    (tmp_path / "a").write_bytes(saved(picture, kind, **how))
    with (tmp_path / "a").open("rb") as file:
        taken = normalise(file)
        assert max(taken.size) in (1500, 1600)
        assert taken.mode == "RGB"
        left, right = (taken.getpixel((taken.width * at // 4, 400)) for at in (1, 3))
        assert left[0] > 200 > 60 > left[2]  # type: ignore[index]
        assert right[2] > 200  # type: ignore[index]


@pytest.mark.parametrize("name", BEYOND)
def test_of_what_does_not_fit_the_limit_of_its_kind_is_said(name: str) -> None:
    kind, size, how, told = BEYOND[name]
    normalise(saved(noise((64, 48))))  # the writers are known
    with pytest.raises(HugePicture) as caught:
        normalise(saved(Image.new("RGB" if kind != "GIF" else "P", size), kind, **how))
    assert tuple(caught.value.values[name] for name in ("found", "limit")) == told


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_heic_of_tiles_is_what_it_is_whole(orientation: int) -> None:
    normalise(saved(noise((64, 48))))  # the readers are known
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = Image.effect_mandelbrot((700, 500), (-2, -1, 1, 1), 50).convert("RGB")
    data = saved(picture, "HEIF", quality=90, tile_size=256, exif=exif)
    with Image.open(io.BytesIO(data)) as opened:
        assert tiles_of(opened, io.BytesIO(data)) is not None
        whole = opened.convert("RGB")
    taken = normalise(data)
    assert taken.size == whole.size
    assert ImageChops.difference(taken, whole).getbbox() is None


def test_a_heic_whose_tiles_are_not_said_rightly_is_read_whole_or_told() -> None:
    normalise(saved(noise((64, 48))))  # the readers are known
    data = saved(noise((700, 500)), "HEIF", quality=50, tile_size=256)
    meta = data.index(b"mdat")
    taken = 0
    for at in range(20, meta, 7):
        for bit in (0x01, 0x80):
            damaged = bytearray(data)
            damaged[at] ^= bit
            try:
                taken += normalise(bytes(damaged)).width > 0
            except BadPicture:
                continue
    assert taken > 0


def test_a_large_picture_that_is_damaged_is_told() -> None:
    normalise(saved(noise((64, 48))))  # the writers are known
    data = saved(noise((400, 300)).resize((4000, 3000)), "WEBP", method=0)
    with pytest.raises(DamagedPicture):
        normalise(data[: len(data) * 6 // 10])


MEASURE = """
import io, resource, sys
from PIL import Image
from kiosk.errors import KioskError
from kiosk.pictures.pixels import _know_formats, normalise
_know_formats()
with open(sys.argv[1], "rb") as file:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        normalise(file)
    except KioskError as error:
        print(type(error).__name__, file=sys.stderr)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
#: By name: format, mode, size and how it is saved; the sizes are just under the limits, or far beyond them.
LARGE = {
    "heic": ("HEIF", "RGB", (4320, 3240), {"quality": 30}), "heic huge": ("HEIF", "RGB", (8000, 6000), {"quality": 30}),
    "avif": ("AVIF", "RGB", (3700, 2775), {"speed": 10}), "heic of tiles": ("HEIF", "RGB", (5120, 4096), {"quality": 30, "tile_size": 512}),
    "png": ("PNG", "RGB", (4400, 4200), {"compress_level": 1}), "png bomb": ("PNG", "L", (16000, 16000), {}),
    "png alpha": ("PNG", "RGBA", (4400, 4200), {"compress_level": 1}), "palette": ("PNG", "P", (4400, 4200), {}),
    "sixteen": ("PNG", "I;16", (4400, 4200), {"compress_level": 1}), "progressive": ("JPEG", "RGB", (6000, 4000), {"progressive": True}),
    "all of its colours": ("JPEG", "RGB", (4800, 3000), {"progressive": True, "subsampling": 0}), "bmp": ("BMP", "RGB", (3900, 3000), {}),
    "baseline": ("JPEG", "RGB", (16384, 12288), {"quality": 50}), "webp": ("WEBP", "RGB", (2500, 2000), {"method": 0}),
    "webp huge": ("WEBP", "RGB", (6000, 6000), {"method": 0}), "gif": ("GIF", "P", (4000, 3900), {}),
    "tiff": ("TIFF", "RGB", (3400, 3000), {"compression": "tiff_lzw"}), "cmyk": ("JPEG", "CMYK", (9000, 9000), {}),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_no_picture_takes_more_than_100_mb(name: str, tmp_path: Path) -> None:
    kind, mode, size, how = LARGE[name]
    normalise(saved(noise((64, 48))))  # the writers are known
    Image.new(mode, size).save(tmp_path / "a", kind, **how)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path / "a")], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) * 1024 < 100_000_000


APART = """
import sys
from kiosk.pictures import apart
code = apart.main()
with open("/proc/self/status") as status:  # ru_maxrss would count the process that started this one
    print(next(line.split()[1] for line in status if line.startswith("VmHWM")), file=sys.stderr)
sys.exit(code)
"""
#: By name: format, mode, size and how it is saved: what takes the other process most of what is read by rows.
BY_ROWS = {
    "webp": ("WEBP", "RGB", (8192, 6144), {"method": 0}), "webp with an alpha": ("WEBP", "RGBA", (4000, 3000), {"method": 0}),
    "lossless webp": ("WEBP", "RGB", (4000, 3000), {"method": 0, "quality": 0, "lossless": True}),
    "png": ("PNG", "RGB", (11600, 2400), {"compress_level": 1}), "png alpha": ("PNG", "RGBA", (5712, 4284), {"compress_level": 1}),
    "sixteen": ("PNG", "I;16", (5000, 4200), {"compress_level": 1}), "tiff": ("TIFF", "RGB", (5712, 4284), {"compression": "tiff_lzw"}),
    "tiff of cmyk": ("TIFF", "CMYK", (4000, 3000), {}),
    "tiff in one strip": ("TIFF", "RGB", (5712, 4284), {"compression": "tiff_lzw", "tiffinfo": {278: 4284}}),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_ROWS)
def test_the_other_process_stays_under_100_mb_by_rows(name: str, tmp_path: Path) -> None:
    kind, mode, size, how = BY_ROWS[name]
    normalise(saved(noise((64, 48))))  # the readers and writers are known
    grain = Image.effect_noise((size[0] // 16, size[1] // 16), 90)  # files of some size, which the program maps too
    grain.convert(mode).resize(size).save(tmp_path / "a", kind, **how)
    with (tmp_path / "a").open("rb") as file, pytest.MonkeyPatch.context() as patch:
        calls: list[tuple[Any, ...]] = []
        patch.setattr(apart, "normalised", lambda *call: calls.append(call))
        normalise(file)
        [(_file, space)] = calls
        file.seek(0)
        command = [sys.executable, "-c", APART, str(space)]
        done = subprocess.run(command, stdin=file, capture_output=True, check=True, env=os.environ | apart.SPARING)
    with Image.open(io.BytesIO(done.stdout)) as taken:
        assert max(taken.size) == 1600
    assert int(done.stderr) * 1024 < 100_000_000


@pytest.mark.parametrize("name", ["grid", "grid_turned"])
def test_an_avif_of_tiles_is_what_it_is_whole(name: str) -> None:
    """The files are avifenc's."""
    normalise(saved(noise((64, 48))))  # the readers and writers are known
    file = (Path(__file__).parent / f"{name}.avif").open("rb")
    with file, Image.open(file) as opened:
        tiles = tiles_of(opened, file)
        assert tiles is not None
        assert tiles.tile == (192, 192)
        whole = ImageOps.exif_transpose(opened.convert("RGB"))
        taken = normalise(file)
    assert taken.size == whole.size
    assert ImageChops.difference(taken, whole).getbbox() is None


def test_a_webp_by_rows_is_turned_and_has_its_colours(tmp_path: Path) -> None:
    picture = noise((80, 60)).resize((4000, 3000))
    normalise(saved(noise((64, 48))))  # the readers and writers are known
    exif = Image.Exif()
    exif[0x0112] = 6
    taken = normalise(saved(picture, "WEBP", quality=90, method=0, exif=exif))
    assert taken.size == (1200, 1600)
    whole = picture.transpose(Image.Transpose.ROTATE_270).resize((1200, 1600), Image.Resampling.LANCZOS)
    assert ImageStat.Stat(ImageChops.difference(taken, whole)).mean[1] < 3


def test_a_pipe_is_no_picture_and_a_name_can_be_asked_without_storing(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    os.mkfifo(tmp_path / "a.jpg")
    with pytest.raises(MissingPicture):
        pictures.add(tmp_path / "a.jpg")
    data = saved(noise())
    name = pictures.add(data, keep=False)
    assert not pictures.names()
    assert pictures.add(data) == name
    assert pictures.names() == [name]


def test_nothing_of_a_text_in_a_picture_is_kept() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Somebody")
    picture = normalise(saved(noise(), "PNG", pnginfo=info))
    assert picture.info == {}
