"""Conversion of any picture file to plain pixels and to JPEG; the only module that needs Pillow.

No file, accepted or refused, takes more than 100 MB: the cost of decoding is computed from its header. A JPEG is reduced
by its decoder and a phone's HEIC is decoded by tiles, so 200 megapixels of a phone fit; WebP, PNG and TIFF that would
take more than MEMORY are read by rows in a separate process (`.apart`). Other pictures are decoded whole, and refused
where that would take more. Rotation, colour conversion and the rest run on the reduced picture, or strip by strip.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

from PIL import AvifImagePlugin, Image, ImageOps, UnidentifiedImageError

from . import apart, mending, rows
from .store import (
    MOST_BYTES,
    SIZES,
    DamagedPicture,
    EmptyPicture,
    HugeFile,
    HugePicture,
    MissingPicture,
    NotAPicture,
    opened,
)
from .tiles import Tiles, tiles_of

#: Supported formats, and bytes per pixel of decoding (measured with Pillow 13 and pillow-heif 1.8).
COSTS = {
    "JPEG": 4.4,
    "MPO": 4.4,
    "PNG": 4.3,
    "HEIF": 5.3,
    "WEBP": 16.5,
    "AVIF": 7.9,
    "TIFF": 8.0,
    "GIF": 5.3,
    "BMP": 7.0,
}
#: Formats whose decoder holds the whole file in memory.
READ_WHOLE = ("HEIF", "WEBP", "AVIF")
#: Memory limits of decoding, bytes: in the kiosk's process, where strips and the reduced picture are extra, and by rows in
#: a separate one, where the program takes up to 30 MB more.
MEMORY, MEMORY_APART = 80 * 1024 * 1024, 68 * 1024 * 1024
#: Upper limit of pixels of a JPEG: twenty seconds of decoding are the limit, not memory.
MOST_PIXELS = 260_000_000
QUALITY = 85
#: A progressive JPEG, which the decoder keeps whole, may come out this much smaller than full size: a step of the decoder
#: makes four times fewer pixels.
_SMALLER = 0.9
#: Rows of a strip.
STRIP = 64
#: Exceptions of Pillow's decoders for damaged data.
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    RuntimeError,
    struct.error,
    zlib.error,
)
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@cache
def _know_formats() -> None:
    """Register the decoders of COSTS; only imported pictures need others than JPEG's."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    pillow_heif.options.DECODE_THREADS = 1
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    Image.init()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # the cost is checked below, by format


class _ByRows(Exception):
    """Decoding needs more memory than allowed in this process: it is done by rows in another one, `space` bytes of addresses."""

    def __init__(self, space: float) -> None:
        super().__init__(space)
        self.space = int(space)


def normalise(source: bytes | BinaryIO) -> Image.Image:
    """Return the picture in a file as upright sRGB pixels, at most 1600 along the longest side. Of its metadata only
    the orientation is read.

    Raises EmptyPicture, NotAPicture, DamagedPicture, HugePicture, HugeFile.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    size = file.seek(0, io.SEEK_END)
    if not size:
        raise EmptyPicture()
    if size > MOST_BYTES:
        raise HugeFile(limit=MOST_BYTES // 1024 // 1024)
    _know_formats()
    try:
        return _decode(file, size)
    except _ByRows as needs:
        return apart.normalised(file, needs.space)
    except _DAMAGE as error:
        damage = error
    try:
        pictures = [_decode(io.BytesIO(data), len(data)) for data in mending.mended(file, size)]
    except _ByRows:
        raise DamagedPicture() from damage
    except _DAMAGE as error:
        raise DamagedPicture() from error
    if not mending.is_whole(pictures):
        raise DamagedPicture() from damage
    return pictures[0]


def _decode(file: BinaryIO, size: int) -> Image.Image:
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image: Image.Image = Image.open(file, formats=[kind for kind in COSTS if kind in Image.OPEN])
    except Image.DecompressionBombError:
        raise HugePicture(found="?", limit=MOST_PIXELS // 1_000_000) from None
    except UnidentifiedImageError:
        if mending.looks_damaged(file):
            raise
        raise NotAPicture() from None
    with image:
        if image.format in ("JPEG", "MPO"):
            progressive = bool(image.info.get("progressive"))  # what is left of the memory is for fewer pixels
            image.draft(None, _size(image, round(SIZES["full"] * (_SMALLER if progressive else 1))))
        tiles = tiles_of(image, file) if image.format in ("HEIF", "AVIF") else None
        _check_cost(image, file, size, tiles)
        turns, profile = _turn(image), image.info.get("icc_profile")  # to ask a PNG for its EXIF decodes it
        plain = _plain(tiles or image)
    turns = tiles.turns + turns if tiles else turns
    del image, tiles  # release the full-size picture
    plain = _to_srgb(reduced(plain, SIZES["full"]), profile)
    for turn in turns:
        plain = plain.transpose(turn)
    return plain


def _check_cost(image: Image.Image, file: BinaryIO, size: int, tiles: Tiles | None) -> None:
    """Raise _ByRows or HugePicture if decoding would take more than MEMORY, and HugePicture if it would take more than
    MEMORY_APART by rows. Only the header has been read so far."""
    kind = str(image.format)
    pixels, most = image.width * image.height, MEMORY
    cost = tiles.cost if tiles else pixels * COSTS[kind]
    whole = mending.jpeg_size(file) if kind in ("JPEG", "MPO") else None
    if whole:
        pixels, cost = whole.pixels, cost + whole.buffered
    read = size if kind in READ_WHOLE else 0
    by_rows = cost > most - read and kind in rows.KINDS
    if by_rows:
        cost, read, most = rows.cost(image, file, size), 0, MEMORY_APART
    if cost > most - read or pixels > MOST_PIXELS:
        limit = min(MOST_PIXELS, pixels * max(most - read, 0) / max(cost, 1))
        raise HugePicture(found=round(pixels / 1_000_000), limit=int(limit / 1_000_000))
    if by_rows:
        raise _ByRows(cost + pixels * rows.RESERVED)


def _turn(image: Image.Image) -> list[Image.Transpose]:
    """Return the transposition by the EXIF orientation, if any; errors in the rest of the EXIF are ignored."""
    try:
        turn = _TURNS.get(int(image.getexif()[_ORIENTATION]))
    except (*_DAMAGE, ZeroDivisionError):
        return []
    return [turn] if turn is not None else []


def _plain(image: Image.Image | Tiles) -> Image.Image:
    """Decode, reduce by an integer factor and convert; a new image has none of the metadata that Pillow's savers
    copy."""
    longest, out = max(image.size), None
    step = max(1, longest // SIZES["full"])  # the rest is done at the end, with a better filter
    for top, strip in _strips(image, STRIP * step):
        small = _to_rgb(strip).reduce(step) if step > 1 else _to_rgb(strip)
        if out is None:
            out = Image.new(small.mode, (small.width, -(-image.size[1] // step)), "white" if small.mode == "RGB" else 0)
        out.paste(small, (0, top // step))
    assert out is not None
    return out


def _strips(image: Image.Image | Tiles, rows: int) -> Iterator[tuple[int, Image.Image]]:
    """Yield (top, strip) of an image. HEIF and AVIF are read from their decoder's memory, which saves a full copy."""
    decoded = None if isinstance(image, Tiles) else _heif(image) or _avif(image)
    for top in range(0, image.size[1], rows):
        bottom = min(top + rows, image.size[1])
        if isinstance(image, Tiles):
            yield top, image.crop(top, bottom)
        elif decoded is None:
            yield top, image.crop((0, top, image.width, bottom))
        else:
            data, mode, stride = decoded
            part = data[top * stride : bottom * stride]
            yield top, Image.frombuffer(mode, (image.width, bottom - top), part, "raw", mode, stride, 1)  # type: ignore[arg-type]


def _heif(image: Image.Image) -> tuple[memoryview, str, int] | None:
    frame = getattr(image, "_heif_file", None)
    frame = frame[0] if frame is not None else None
    if frame is None or frame.mode not in ("RGB", "RGBA", "L") or frame.size != image.size:
        return None
    return memoryview(frame.data), frame.mode, frame.stride


def _avif(image: Image.Image) -> tuple[memoryview, str, int] | None:
    decoder = getattr(image, "_decoder", None) if image.format == "AVIF" else None
    if decoder is None or image.mode not in ("RGB", "RGBA"):
        return None
    return memoryview(decoder.get_frame(0)[0]), image.mode, image.width * len(image.mode)


def _to_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image.convert("RGBA"))
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        from PIL import ImageCms

        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            # The profile is corrupt or for another colour space: use the colours unconverted.
            converted = None
        if converted is not None:
            return converted
    return image if image.mode == "RGB" else image.convert("RGB")


def reduced(image: Image.Image, longest: int) -> Image.Image:
    """Return the picture, its longer side `longest` pixels at most."""
    size = _size(image, longest)
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _size(image: Image.Image, longest: int) -> tuple[int, int]:
    factor = min(1.0, longest / max(image.size))
    return max(1, round(image.width * factor)), max(1, round(image.height * factor))


def jpeg(image: Image.Image) -> bytes:
    """Return the picture as the bytes of a JPEG file."""
    encoded = io.BytesIO()
    image.save(encoded, "JPEG", quality=QUALITY, optimize=True)
    return encoded.getvalue()


def decoded(path: Path, box: tuple[int, int] | None = None) -> tuple[int, int, bytes]:
    """Return (width, height, RGB bytes from the top row down) of a stored JPEG, cut from the middle to fill `box` if
    given. Raises MissingPicture, DamagedPicture."""
    try:
        with Image.open(path, formats=("JPEG",)) as image:
            if box:
                # The decoder itself can leave out detail: up to 8 times less work.
                image.draft("RGB", box)
            picture = image.convert("RGB")
    except FileNotFoundError:
        raise MissingPicture() from None
    except _DAMAGE as error:
        raise DamagedPicture() from error
    if box:
        wanted = (max(1, int(box[0])), max(1, int(box[1])))
        picture = ImageOps.fit(picture, wanted, Image.Resampling.BILINEAR)
    return picture.width, picture.height, picture.tobytes()


def preview(path: Path, size: tuple[int, int]) -> Image.Image:
    """Return a small picture of a file. Raises BadPicture with what is wrong with it."""
    with opened(path) as file:
        image = normalise(file)
    image.thumbnail(size)
    return image
