"""One X server with a touch panel and one running kiosk for the tests of a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.end_to_end.visitor import SETTINGS, Visitor, kiosk
from tests.touch_panel import TouchServer
from tests.world import PIN

PROGRAM = Path(sys.executable).with_name("kiosk")
SIZE = (1280, 800)
#: No motion and nobody sent away, so that a test need not hurry.
CALM = SETTINGS + '[centre]\ndefault_language = "en"\n[screen]\nmotion = false\nidle_seconds = 900\n'
#: More than a screen shows, so that there is something to scroll.
THINGS = 40


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("touch")


@pytest.fixture(scope="module")
def folder(place: Path) -> Path:
    """A data folder made by the program itself, with a shelf that can be scrolled."""
    folder, pictures = place / "data", place / "pictures" / "furniture"
    kiosk(PROGRAM, "init", "--data", str(folder), "--coordinator", "Anna", "--pin-stdin", typed=PIN)
    pictures.mkdir(parents=True)
    for number in range(THINGS):
        Image.new("RGB", (320, 240), (5 * number, 90, 120)).save(pictures / f"Chair {number}.png")
    kiosk(PROGRAM, "goods", "import", str(pictures.parent), "--data", str(folder))
    return folder


@pytest.fixture(scope="module")
def server() -> Iterator[TouchServer]:
    server = TouchServer(SIZE, [(800, 1280)])
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def running(server: TouchServer, folder: Path, place: Path) -> Iterator[Visitor]:
    visitor = Visitor(PROGRAM, folder, place, CALM, server)
    yield visitor
    visitor.close()


@pytest.fixture
def visitor(running: Visitor) -> Visitor:
    """The kiosk on its welcome screen."""
    running.welcome()
    return running
