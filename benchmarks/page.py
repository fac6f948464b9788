"""How long the public page takes: ``python -m benchmarks.page [--things 10000] [--photos 10000]``.

Makes a shelf in a folder, each thing with a photo (so many different ones), then the page in five languages: first, again without a
change, and after one thing was changed. Prints files and seconds, and the largest page and first load in bytes.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.reports import megabytes
from kiosk.files.resources import asset
from kiosk.journal import Store
from kiosk.pictures.store import Pictures
from kiosk.publish.publisher import Publisher
from kiosk.services import Services
from kiosk.settings import load
from kiosk.vocabulary import things

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LANGUAGES = ("fi", "uk", "en", "sv", "fi_selko")


def photos(pictures: Pictures, count: int) -> Iterator[str]:
    """Store `count` different photos: drawings of the demo with grain, as a camera has it; yields their names."""
    drawn = cycle(sorted(asset("demo/pictures").glob("*.*")))
    for number in range(count):
        with Image.open(next(drawn)) as image:
            pixels = np.asarray(image.convert("RGB"), np.int16)
        grain = np.random.default_rng(number).integers(-6, 7, pixels.shape, np.int16)
        path = pictures.folder.parent / "photo.png"
        Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8)).save(path, compress_level=0)
        yield pictures.add(path)


def shelve(services: Services, pictures: Pictures, count: int, different: int) -> None:
    looks, kinds = list(photos(pictures, different)), list(things().values())
    chance = random.Random(7)
    for number in range(count):
        kind = chance.choice(kinds)
        services.goods.add(
            category=kind.category, thing=kind.key, photos=[looks[number % different]],
            arrived_on=NOW.date() - timedelta(days=number % 100), now=NOW, who="shell",
        )  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--things", type=int, default=10_000)
    parser.add_argument("--photos", type=int, default=10_000, help="different ones")
    options = parser.parse_args()
    plain = load(None)
    settings = plain._replace(centre=plain.centre._replace(languages=LANGUAGES))
    with tempfile.TemporaryDirectory() as place:
        store, site = Store.create(Path(place) / "data", now=NOW), Path(place) / "site"
        services = Services(store, settings)
        shelve(services, Pictures(store.folder / "pictures"), options.things, options.photos)
        publisher = Publisher(services)

        def measured(what: str) -> None:
            began, cpu = time.monotonic(), time.process_time()
            done = publisher.to_folder(site, NOW, lambda done, of: None)
            took = f"{time.monotonic() - began:7.1f} s, {time.process_time() - cpu:6.1f} s of CPU"
            print(f"{what:18} {done.written:6} written, {done.same:6} as they were, {took}", flush=True)

        measured("first")
        measured("again")
        [item, *_] = services.goods.find(today=NOW.date(), category="books")
        services.shelf.edit(item_id=item, size="A5", now=NOW, who="shell")
        measured("one thing changed")
        pages = max(path.stat().st_size for path in site.rglob("*.html"))
        beside = sum(path.stat().st_size for path in site.glob("site-*"))
        search = max(path.stat().st_size for path in site.rglob("things.js"))
        print(f"largest page {pages} B, style and script {beside} B, search {search} B, {megabytes():.0f} MB of memory")
        store.close()


if __name__ == "__main__":
    main()
