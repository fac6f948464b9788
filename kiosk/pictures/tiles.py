"""HEIC of phones: a grid of tiles (ISO/IEC 23008-12, 6.6.2.3), decoded one row of tiles at a time.

The decoder joins a grid whole, 5 bytes a pixel. Its tiles are pictures too, only marked as hidden: without the mark the
same decoder gives each by itself.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO, NamedTuple

from PIL import Image

Transpose = Image.Transpose
#: Transpositions of the properties `irot` (quarter turns anticlockwise) and `imir` (axis).
_TURNS = {1: Transpose.ROTATE_90, 2: Transpose.ROTATE_180, 3: Transpose.ROTATE_270}
_FLIPS = {0: Transpose.FLIP_TOP_BOTTOM, 1: Transpose.FLIP_LEFT_RIGHT}
#: Properties that change neither the size nor the place of the pixels.
_PLAIN = (b"pixi", b"colr", b"pasp", b"auxC")


class _Grid(NamedTuple):
    """The grid of a file: its size before it is turned, its transpositions, the ids of its tiles, and the offsets of
    their flags."""

    size: tuple[int, int]
    turns: list[Transpose]
    tiles: list[int]
    flags: dict[int, int]


class Tiles:
    """The picture of a grid before it is turned."""

    def __init__(self, data: bytes, grid: _Grid) -> None:
        import pillow_heif

        shown = bytearray(data)
        for offset in grid.flags.values():
            shown[offset] &= 0xFE
        self.size, self.turns = grid.size, grid.turns
        frames = list(pillow_heif.open_heif(io.BytesIO(bytes(shown))))
        by_id = dict(zip(sorted(grid.tiles), [frame for frame in frames if not frame.info["primary"]], strict=True))
        self._frames = [by_id[tile] for tile in grid.tiles]
        self.tile: tuple[int, int] = self._frames[0].size
        self.columns, rows = (-(-whole // part) for whole, part in zip(self.size, self.tile, strict=True))
        if self.columns * rows != len(self._frames):
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
            at = band * self.columns + column
            out.paste(self._frames[at].to_pillow().convert("RGB"), (column * self.tile[0], 0))
            self._frames[at] = None  # its pixels go
        return out


def tiles_of(image: Image.Image, file: BinaryIO) -> Tiles | None:
    """Return the tiles of an opened HEIF file, or None if it is no grid that can be read by tiles."""
    if not image.info.get("tiling") or image.mode != "RGB":
        return None
    file.seek(0)
    data = file.read()
    try:
        return Tiles(data, _grid(data))
    except (struct.error, ValueError, LookupError, ArithmeticError):
        return None


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
    (primary,) = struct.unpack_from(">H" if data[at] == 0 else ">I", data, at + 4)
    tiles = _referred(data, *meta[b"iref"], primary)
    flags = _flags(data, *meta[b"iinf"], set(tiles))
    if len(flags) != len(tiles):
        raise LookupError("tiles")
    return _Grid(*_properties(data, *meta[b"iprp"], primary), tiles, flags)


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
