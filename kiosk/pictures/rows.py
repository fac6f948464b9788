"""Reduces a picture while it is decoded, row by row, with libvips: photos in WebP, PNG and TIFF of any size in less than 100 MB.

libvips is called by the bare binding that its package (pyvips-binary) brings; pyvips itself comes without a wheel. It
runs only in the process of `.apart`, never in the kiosk's.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, BinaryIO

from .store import SIZES

if TYPE_CHECKING:
    from PIL import Image

#: Formats that are read by rows.
KINDS = ("WEBP", "PNG", "TIFF")
#: Bytes per pixel that libvips holds of a WebP by the chunk that has its pixels (measured with libvips 8.18). Of one that moves
#: only the first picture is decoded, which may be of either kind.
_LOSSY, _TRANSPARENT, _LOSSLESS = 0.1, 2.0, 4.9
_CHUNKS = {b"VP8 ": _LOSSY, b"ALPH": _TRANSPARENT, b"VP8L": _LOSSLESS, b"ANIM": _LOSSLESS}
#: Rows of a PNG or TIFF that it holds at once, and the share that is added of what it must have whole: an interlaced PNG, a strip
#: or tile of a TIFF (measured likewise, on 4000 to 12000 pixels in a row).
_ROWS, _INTERLACED, _PIECE = 2000, 1.1, 0.5
#: What an alpha channel adds to the bytes of its pixels: it is multiplied in.
_ALPHA = 1.4
#: Bytes of addresses per pixel that it reserves and hardly uses.
RESERVED = 4.0
#: Channels by the colour type of a PNG; those with an alpha channel.
_CHANNELS, _WITH_ALPHA = {0: 1, 2: 3, 3: 3, 4: 2, 6: 4}, (4, 6)
#: Tags of TIFF: what is compressed as one piece is held as one.
_BITS, _COMPRESSION, _STRIP_ROWS, _TILE = 258, 259, 278, (322, 323)
_UNCOMPRESSED = 1


def cost(image: Image.Image, file: BinaryIO, size: int) -> float:
    """Return what of an opened picture is in memory at once when it is read by rows, bytes."""
    if image.format == "WEBP":
        return image.width * image.height * _webp_cost(file) + size
    if image.format == "PNG":
        whole = image.height * _INTERLACED if image.info.get("interlace") else 0
        return image.width * (_ROWS + whole) * _png_bytes(file, cut_out="transparency" in image.info)
    tags: Any = getattr(image, "tag_v2", {})
    each = float(sum(tags.get(_BITS, (8,)))) / 8
    return (image.width * _ROWS + _tiff_piece(image, tags) * _PIECE) * each


def _png_bytes(file: BinaryIO, *, cut_out: bool) -> float:
    """Return the bytes of a pixel of a PNG, by the depth and colour type in its header; `cut_out` means that a colour is
    transparent, which makes an alpha channel."""
    file.seek(24)
    depth, colour = file.read(2)
    channels, alpha = _CHANNELS.get(colour, 4) + cut_out, cut_out or colour in _WITH_ALPHA
    return channels * (2 if depth == 16 else 1) * (_ALPHA if alpha else 1)


def _tiff_piece(image: Image.Image, tags: Any) -> int:
    """Return the pixels of a strip or tile of a TIFF; 0 for one that is not compressed."""
    if _TILE[0] in tags:
        return int(tags[_TILE[0]]) * int(tags.get(_TILE[1], image.height))
    if tags.get(_COMPRESSION, _UNCOMPRESSED) == _UNCOMPRESSED:
        return 0
    return image.width * min(int(tags.get(_STRIP_ROWS, image.height)), image.height)


def _webp_cost(file: BinaryIO) -> float:
    """Return the bytes per pixel of a WebP (RIFF: four letters, length, content, padded to an even length)."""
    at, end = 12, file.seek(0, 2)
    while at + 8 <= end:
        file.seek(at)
        kind, length = struct.unpack("<4sI", file.read(8))
        if kind in _CHUNKS:
            return _CHUNKS[kind]
        at += 8 + length + length % 2
    return _LOSSY


def write_reduced(source: int, target: int) -> None:
    """Write the picture of an open file, upright and in sRGB, at most 1600 along the longest side, as PNG; both are
    descriptors. Raises ValueError for what cannot be decoded."""
    from _libvips import lib

    lib.vips_init(b"kiosk")
    lib.vips_block_untrusted_set(1)  # of its many readers only those that are made for hostile files
    longest = SIZES["full"]
    size = f"width={longest},height={longest},size=down"
    image = _out(_operation("thumbnail", f"filename={_path(source)},{size},output-profile=srgb,fail-on=error"))
    if lib.vips_image_hasalpha(image):
        image = _out(_operation("flatten", "background=255", image))
    _operation("pngsave", f"filename={_path(target)},compression=0,keep=none", image)


def _path(descriptor: int) -> str:
    return f"/proc/self/fd/{descriptor}"


def _operation(name: str, options: str, image: Any = None) -> Any:
    """Run an operation of libvips on an image, with options as on its command line. Nothing is freed: the process
    ends."""
    from _libvips import ffi, lib

    operation = lib.vips_operation_new(name.encode())
    if operation == ffi.NULL:
        raise ValueError(name)
    if image is not None:
        value = _image_value()
        lib.g_value_set_object(value, image)
        lib.g_object_set_property(ffi.cast("GObject *", operation), b"in", value)
    lib.vips_object_set_from_string(ffi.cast("VipsObject *", operation), options.encode())
    built = lib.vips_cache_operation_build(operation)
    if built == ffi.NULL:
        raise ValueError(ffi.string(lib.vips_error_buffer()).decode(errors="replace"))
    return built


def _out(operation: Any) -> Any:
    """Return the image that an operation has made."""
    from _libvips import ffi, lib

    value = _image_value()
    lib.g_object_get_property(ffi.cast("GObject *", operation), b"out", value)
    return ffi.cast("VipsImage *", lib.g_value_get_object(value))


def _image_value() -> Any:
    from _libvips import ffi, lib

    value = ffi.new("GValue *")
    lib.g_value_init(value, lib.g_type_from_name(b"VipsImage"))
    return value
