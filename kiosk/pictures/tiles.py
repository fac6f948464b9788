"""HEIC and AVIF of phones: a grid of tiles (ISO/IEC 23008-12, 6.6.2.3), decoded one row of tiles at a time.

The decoders join a grid whole, 5 to 8 bytes a pixel. Its tiles are pictures too: the decoder of HEIC gives each by itself
when they are not marked as hidden, that of AVIF the one that is called the file's picture.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain
from typing import BinaryIO, NamedTuple

from PIL import Image

Transpose = Image.Transpose
#: Transpositions of the properties `irot` (quarter turns anticlockwise) and `imir` (axis).
_TURNS = {1: Transpose.ROTATE_90, 2: Transpose.ROTATE_180, 3: Transpose.ROTATE_270}
_FLIPS = {0: Transpose.FLIP_TOP_BOTTOM, 1: Transpose.FLIP_LEFT_RIGHT}
#: Properties that change neither the size nor the place of the pixels.
_PLAIN = (b"pixi", b"colr", b"pasp", b"auxC")


class _Grid(NamedTuple):
    """The grid of a file: its size before it is turned, its transpositions, the ids of its tiles, the offsets of their
    flags, and the place and form of the id of the file's picture."""

    size: tuple[int, int]
    turns: list[Transpose]
    tiles: list[int]
    flags: dict[int, int]
    primary: tuple[int, str]


class _Picture(NamedTuple):
    """A tile: its size, and what decodes it."""

    size: tuple[int, int]
    pixels: Callable[[], Image.Image]


class Tiles:
    """The picture of a grid before it is turned. `pictures` yields its tiles row by row."""

    def __init__(self, grid: _Grid, turns: list[Transpose], pictures: Iterator[_Picture]) -> None:
        self.size, self.turns = grid.size, turns
        first = next(pictures)
        self._pictures = chain((first,), pictures)
        self.tile: tuple[int, int] = first.size
        self.columns, rows = (-(-whole // part) for whole, part in zip(self.size, self.tile, strict=True))
        if self.columns * rows != len(grid.tiles):
            raise ValueError("grid")
        self._band = lru_cache(maxsize=1)(self._joined)

    @property
    def cost(self) -> int:
        """Return the memory of decoding, bytes: a row of tiles and a strip of it, 4 bytes a pixel, and one tile."""
        return 2 * 4 * self.size[0] * self.tile[1] + 6 * self.tile[0] * self.tile[1]

    def crop(self, top: int, bottom: int) -> Image.Image:
        """Return the rows from `top` to `bottom`."""
        out = Image.new("RGB", (self.size[0], bottom - top))
        for band in range(top // self.tile[1], -(-bottom // self.tile[1])):
            out.paste(self._band(band), (0, band * self.tile[1] - top))
        return out

    def _joined(self, band: int) -> Image.Image:
        out = Image.new("RGB", (self.size[0], self.tile[1]))
        for column in range(self.columns):
            picture = next(self._pictures)
            if picture.size != self.tile:
                raise ValueError("grid")
            out.paste(picture.pixels().convert("RGB"), (column * self.tile[0], 0))
        return out


def tiles_of(image: Image.Image, file: BinaryIO) -> Tiles | None:
    """Return the tiles of an opened HEIF or AVIF file, or None if it is no grid that can be read by tiles."""
    if image.mode != "RGB" or (image.format == "HEIF" and not image.info.get("tiling")):
        return None
    file.seek(0)
    data = file.read()
    try:
        grid = _grid(data)
        if image.format == "HEIF":
            return Tiles(grid, grid.turns, _heic(data, grid))
        return Tiles(grid, [], _avif(data, grid))  # Pillow tells its transpositions as if they were EXIF
    except (struct.error, ValueError, LookupError, ArithmeticError, OSError):
        return None


def _heic(data: bytes, grid: _Grid) -> Iterator[_Picture]:
    import pillow_heif

    shown = bytearray(data)
    for offset in grid.flags.values():
        shown[offset] &= 0xFE
    frames = [one for one in pillow_heif.open_heif(io.BytesIO(bytes(shown))) if not one.info["primary"]]
    by_id = dict(zip(sorted(grid.tiles), frames, strict=True))
    frames.clear()
    for item in grid.tiles:
        frame = by_id.pop(item)  # it keeps its pixels
        yield _Picture(frame.size, frame.to_pillow)


def _avif(data: bytes, grid: _Grid) -> Iterator[_Picture]:
    shown, (offset, form) = bytearray(data), grid.primary
    for item in grid.tiles:
        struct.pack_into(form, shown, offset, item)
        picture = Image.open(io.BytesIO(shown), formats=("AVIF",))
        yield _Picture(picture.size, picture.copy)


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield (kind, start of the content, end) of the boxes in a part of the file (ISO/IEC 14496-12, 4.2)."""
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        header = 8
        if size == 1:
            (size,), header = struct.unpack_from(">Q", data, start + 8), 16
        size = size or end - start
        if not header <= size <= end - start:
            raise ValueError("box")
        yield kind, start + header, start + size
        start += size


def _within(data: bytes, start: int, end: int) -> dict[bytes, tuple[int, int]]:
    return {kind: (first, last) for kind, first, last in _boxes(data, start, end)}


def _grid(data: bytes) -> _Grid:
    start, end = _within(data, 0, len(data))[b"meta"]
    meta = _within(data, start + 4, end)
    at = meta[b"pitm"][0]
    place = at + 4, ">H" if data[at] == 0 else ">I"
    (primary,) = struct.unpack_from(place[1], data, place[0])
    tiles = _referred(data, *meta[b"iref"], primary)
    flags = _flags(data, *meta[b"iinf"], set(tiles))
    if len(flags) != len(tiles):
        raise LookupError("tiles")
    return _Grid(*_properties(data, *meta[b"iprp"], primary), tiles, flags, place)


def _referred(data: bytes, start: int, end: int, primary: int) -> list[int]:
    """Return the items that the primary one is derived from."""
    form, width = ("H", 2) if data[start] == 0 else ("I", 4)
    for kind, first, _last in _boxes(data, start + 4, end):
        source, count = struct.unpack_from(f">{form}H", data, first)
        if kind == b"dimg" and source == primary:
            return list(struct.unpack_from(f">{count}{form}", data, first + width + 2))
    raise LookupError(primary)


def _flags(data: bytes, start: int, end: int, tiles: set[int]) -> dict[int, int]:
    """Return the offset of the byte with the mark of each hidden tile."""
    found = {}
    for _kind, first, _last in _boxes(data, start + (6 if data[start] == 0 else 8), end):
        (item,) = struct.unpack_from(">H" if data[first] < 3 else ">I", data, first + 4)
        if item in tiles and data[first + 3] & 1:
            found[item] = first + 3
    return found


def _properties(data: bytes, start: int, end: int, primary: int) -> tuple[tuple[int, int], list[Transpose]]:
    """Return the size and the transpositions of the primary item."""
    parts = _within(data, start, end)
    properties = list(_boxes(data, *parts[b"ipco"]))
    size, turns = (0, 0), []
    for index in _associated(data, *parts[b"ipma"], primary):
        kind, first, _last = properties[index - 1]
        if kind == b"ispe":
            size = struct.unpack_from(">II", data, first + 4)
        elif kind == b"irot" and data[first] & 3:
            turns.append(_TURNS[data[first] & 3])
        elif kind == b"imir":
            turns.append(_FLIPS[data[first] & 1])
        elif kind not in (*_PLAIN, b"irot"):
            raise LookupError(kind)
    return size, turns


def _associated(data: bytes, start: int, end: int, item: int) -> list[int]:
    """Return the indexes (from 1) of an item's properties."""
    id_form, id_size = (">H", 2) if data[start] == 0 else (">I", 4)
    form, size, mask = (">H", 2, 0x7FFF) if data[start + 3] & 1 else (">B", 1, 0x7F)
    (count,) = struct.unpack_from(">I", data, start + 4)
    at = start + 8
    for _ in range(count):
        (found,), many = struct.unpack_from(id_form, data, at), data[at + id_size]
        at += id_size + 1
        if found == item:
            return [struct.unpack_from(form, data, at + size * n)[0] & mask for n in range(many)]
        at += size * many
    return []
