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
#: Bytes per pixel that libvips holds of a WebP by the chunk that has its pixels (measured with libvips 8.18).
_LOSSY, _TRANSPARENT, _LOSSLESS, _MOVING = 0.1, 2.0, 5.5, 16.5
_CHUNKS = {b"VP8 ": _LOSSY, b"ALPH": _TRANSPARENT, b"VP8L": _LOSSLESS, b"ANIM": _MOVING}
#: Bytes of addresses per pixel that it reserves and hardly uses.
RESERVED = 4.0
#: Tags of TIFF: what is compressed as one piece is held as one.
_BITS, _COMPRESSION, _STRIP_ROWS, _TILE = 258, 259, 278, (322, 323)
_UNCOMPRESSED = 1


def cost(image: Image.Image, file: BinaryIO, size: int) -> float:
    """Return what of an opened picture is in memory at once when it is read by rows, bytes."""
    if image.format == "WEBP":
        return image.width * image.height * _webp_cost(file) + size
    if image.format == "PNG":
        return image.width * image.height * 4.3 if image.info.get("interlace") else 0
    return _tiff_piece(image) * 1.5


def _tiff_piece(image: Image.Image) -> float:
    """Return the bytes of a strip or tile of a TIFF."""
    tags: Any = getattr(image, "tag_v2", {})
    if _TILE[0] in tags:
        pixels = int(tags[_TILE[0]]) * int(tags.get(_TILE[1], image.height))
    elif tags.get(_COMPRESSION, _UNCOMPRESSED) == _UNCOMPRESSED:
        return 0
    else:
        pixels = image.width * min(int(tags.get(_STRIP_ROWS, image.height)), image.height)
    return pixels * float(sum(tags.get(_BITS, (8,)))) / 8


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
