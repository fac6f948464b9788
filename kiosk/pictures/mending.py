"""Repair of picture files whose pixels are complete although the file is not: a missing end marker, corrupt text chunks
in a PNG."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from PIL import Image, ImageChops

#: The largest file that is repaired, bytes: it is held in memory.
MOST_BYTES = 40 * 1024 * 1024
#: Paddings for a truncated JPEG; they decode to different pixels.
_FILLINGS = (b"", b"\x55\xaa" * 2048)
#: The largest share of the pixels that may be missing.
_MISSING = 0.02
_JPEG, _JPEG_END = b"\xff\xd8", b"\xff\xd9"
_PNG = b"\x89PNG\r\n\x1a\n"
#: The chunks of a PNG that make its pixels and colours; the rest are texts, times and the like.
_PIXEL_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"iCCP", b"sRGB", b"eXIf")
#: Markers of a frame header (it has the size of a JPEG), and markers without a length field.
_FRAMES, _BARE = (
    (*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)),
    (0x01, *range(0xD0, 0xDA)),
)
_PROGRESSIVE = (0xC2, 0xC6, 0xCA, 0xCE)


class JpegSize(NamedTuple):
    """Size of a JPEG before its decoder scales it down. `buffered` is how many bytes the decoder keeps of the whole
    picture: 0 for one scan, else two for every sample (progressive)."""

    pixels: int
    buffered: int


def looks_damaged(file: BinaryIO) -> bool:
    """Return whether a file that cannot be decoded starts with the signature of a picture format."""
    file.seek(0)
    return file.read(8).startswith((_JPEG, _PNG))


def mended(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield repaired copies of a file that could not be decoded; none where repair is impossible. A JPEG is yielded
    with two paddings: where the decoded pictures differ, its own pixels are missing."""
    file.seek(0)
    data = file.read(size) if size <= MOST_BYTES else b""
    if data.startswith(_PNG):
        whole = _png(data)
        yield from () if whole is None else (whole,)
    elif data.startswith(_JPEG) and (found := jpeg_size(io.BytesIO(data))) and not found.buffered:
        for filling in _FILLINGS:
            yield data + filling + _JPEG_END


def is_whole(pictures: Sequence[Image.Image]) -> bool:
    """Return whether the decoded copies of `mended` have the same pixels, except a share of _MISSING."""
    if len(pictures) < 2 or pictures[0].size != pictures[1].size:
        return len(pictures) == 1
    box = ImageChops.difference(*pictures).getbbox()
    width, height = pictures[0].size
    return box is None or (box[2] - box[0]) * (box[3] - box[1]) <= _MISSING * width * height


def _png(data: bytes) -> bytes | None:
    """Return a PNG of the chunks that make pixels, with an end chunk; None when one of them is corrupt."""
    kept, at = [_PNG], len(_PNG)
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        chunk = data[at : at + 12 + length]
        if kind == b"IEND":
            break
        if kind in _PIXEL_CHUNKS:
            if len(chunk) < 12 + length:
                return None
            kept.append(chunk)
        at += 12 + length
    end = struct.pack(">I4s", 0, b"IEND")
    return b"".join((*kept, end, struct.pack(">I", zlib.crc32(b"IEND"))))


def jpeg_size(file: BinaryIO) -> JpegSize | None:
    """Parse the size from the header of a JPEG; None when it has none."""
    file.seek(2)
    pixels, samples, parts, progressive = 0, 0, 0, False
    while len(mark := file.read(2)) == 2 and mark[0] == 0xFF:
        if mark[1] in _BARE or mark[1] == 0xFF:
            file.seek(-1 if mark[1] == 0xFF else 0, io.SEEK_CUR)
            continue
        (length,) = struct.unpack(">H", file.read(2).rjust(2, b"\0"))
        start = file.tell()
        if mark[1] in _FRAMES:
            head = file.read(length - 2)
            pixels, samples, parts = _frame(head)
            progressive = mark[1] in _PROGRESSIVE
        if mark[1] == 0xDA:
            in_scan = (file.read(1) or b"\0")[0]
            return JpegSize(pixels, samples * 2 if progressive or in_scan < parts else 0)
        file.seek(start + max(0, length - 2))
    return None


def _frame(head: bytes) -> tuple[int, int, int]:
    """Return (pixels, samples of all components, number of components) of a frame header."""
    if len(head) < 6 or len(head) < 6 + head[5] * 3:
        return 0, 0, 0
    height, width, parts = struct.unpack_from(">HHB", head, 1)
    factors = [(head[6 + 3 * at + 1] >> 4, head[6 + 3 * at + 1] & 15) for at in range(parts)]
    most = max((h for h, _ in factors), default=1) * max((v for _, v in factors), default=1)
    return width * height, sum(width * height * h * v // max(1, most) for h, v in factors), parts
