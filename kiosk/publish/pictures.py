"""Pictures of the site: WebP for most, JPEG or PNG for browsers that do not know it. Only pixels are written, so nothing of
a photo's metadata is."""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.files.resources import asset
from kiosk.pictures.store import BadPicture, MissingPicture, Pictures

from .contents import public_id
from .file import SiteFile

if TYPE_CHECKING:
    from PIL import Image

log = logging.getLogger(__name__)

#: The drawing for a thing without a photo.
NO_PHOTO = "no_photo.png"
#: Quality of WebP: photos look like the JPEG beside them at half its size.
QUALITY = 74
#: Width of drawings, pixels: twice their width on the page; and of the banner, which is a photo's file.
ART_WIDTH, BANNER_WIDTH = 240, 1200
#: What Pillow finds in the head of a JPEG without metadata.
PLAIN = frozenset(("jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"))
#: Rises when a picture is written otherwise, so that it is written again.
VERSION = "1"


class SitePictures:
    """Names the pictures that pages show, and remembers them, so that `files` has each once."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._photos: dict[str, str] = {}
        self._art: dict[str, str] = {}

    def photo(self, name: str) -> str:
        """Return the public name of a photo; "" for one that is not here yet."""
        if name not in self._photos:
            self._photos[name] = public_id(name) if self._is_here(name) else ""
        return self._photos[name]

    def art(self, name: str) -> str:
        """Return the public name of a drawn picture such as "home_goods.png"; "" for an unknown one."""
        if name not in self._art:
            path = asset(f"art/{Path(name).name}")
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else ""
            self._art[name] = f"{path.stem}-{digest}" if digest else ""
        return self._art[name]

    def files(self) -> Iterator[SiteFile]:
        """Yield the files of all pictures named so far."""
        for name, public in self._photos.items():
            if public:
                tile = self._pictures.path(name, "tile")
                yield SiteFile(f"pictures/{public}.webp", VERSION, partial(_webp, tile))
                yield SiteFile(f"pictures/{public}.jpg", VERSION, partial(_jpeg, tile))
                yield SiteFile(
                    f"pictures/{public}-large.jpg", VERSION, partial(_jpeg, self._pictures.path(name, "page"))
                )
        for name, public in self._art.items():
            if public:
                source = asset(f"art/{Path(name).name}")
                for kind in ("webp", source.suffix[1:]):
                    yield SiteFile(f"art/{public}.{kind}", VERSION, partial(_drawn, source, kind))

    def _is_here(self, name: str) -> bool:
        try:
            return all(self._pictures.path(name, size).is_file() for size in ("tile", "page"))
        except MissingPicture:
            return False


def _webp(path: Path) -> bytes:
    out = io.BytesIO()
    _pixels(path).save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()


def _jpeg(path: Path) -> bytes:
    """Return a stored JPEG; one with metadata, which another program wrote, is encoded anew from its pixels."""
    from PIL import Image

    from kiosk.pictures.pixels import jpeg

    with suppress(OSError, SyntaxError), Image.open(path, formats=("JPEG",)) as image:
        if not set(image.info) - PLAIN:
            return path.read_bytes()
    return jpeg(_pixels(path))


def _pixels(path: Path) -> Image.Image:
    """Return the pixels of a stored photo; those of the drawing for none where it is damaged, so that one bad file does not hold
    the whole page back."""
    from PIL import Image

    from kiosk.pictures.pixels import decoded

    try:
        width, height, pixels = decoded(path)
    except BadPicture as error:
        log.error("public page: %s: %s", path.name, error)
        with Image.open(asset(f"art/{NO_PHOTO}")) as image:
            return image.convert("RGB")
    return Image.frombytes("RGB", (width, height), pixels)


def _drawn(path: Path, kind: str) -> bytes:
    """Return a drawing, reduced, as "webp", "png" or "jpg"."""
    from PIL import Image

    width = BANNER_WIDTH if path.suffix == ".jpg" else ART_WIDTH
    with Image.open(path) as image:
        small = image.convert("RGB" if path.suffix == ".jpg" else "RGBA")
    small.thumbnail((width, width), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if kind == "png":
        small.quantize(128, method=Image.Quantize.FASTOCTREE).save(out, "PNG", optimize=True)
    else:
        small.save(out, {"webp": "WEBP", "jpg": "JPEG"}[kind], quality=QUALITY)
    return out.getvalue()
