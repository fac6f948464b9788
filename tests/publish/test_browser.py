"""Every page in Chromium: axe-core in the light and in the dark, 320 pixels, more space between letters, a phone, a sheet of paper,
the keyboard, with and without JavaScript, requests and bytes.

Needs Node.js, Chromium (Debian's `chromium`, 300 MB) and the modules of `tests/publish/browser/package.json`; without one of them it is
skipped. To install the modules: npm install --no-package-lock --prefix tests/publish/browser
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kiosk.data.models import NeighbourItem
from kiosk.pictures.store import Pictures
from kiosk.publish.pages import ON_PAGE
from kiosk.publish.publisher import Publisher
from kiosk.services import Services
from kiosk.settings import Settings
from tests.world import NOW, ticket

BROWSER = Path(__file__).with_name("browser")


def chromium() -> str:
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


@pytest.fixture
def modules() -> Path:
    """The folder with the modules; the test is skipped without it."""
    folder = Path(os.environ.get("PAGE_CHECKS", BROWSER))
    for there, what in (
        (shutil.which("node"), "Node.js"),
        (chromium(), "Chromium"),
        (
            (folder / "node_modules" / "axe-core").is_dir(),
            "axe-core: npm install --no-package-lock --prefix tests/publish/browser",
        ),
        ((folder / "node_modules" / "playwright-core").is_dir(), "playwright-core, as axe-core"),
    ):
        if not there:
            pytest.skip(f"not installed: {what}")
    return folder


def everything_shown(services: Services, settings: Settings) -> Settings:
    """Fill the pages that a small centre does not have: reserved things, a second page, an own category, a region. Returns settings
    that show them."""
    by: dict[str, Any] = {"now": NOW, "who": "shell"}
    for item in services.goods.find(today=NOW.date(), category="clothes"):
        ticket(services, services.goods.item(item))
    bicycles = services.categories.add(names={"fi": "Polkupyörät"}, part_of="sport", art="own_bicycles", **by)
    for category, thing in [*[("books", "book_bundle")] * (ON_PAGE + 1), (bicycles.id, "bicycle")]:
        services.goods.add(category=category, thing=thing, **by)
    row = {"number": 1, "thing": "sofa", "category": "furniture", "size": "", "age_group": "", "condition": "good"}
    NeighbourItem.insert(id="n1", centre="Liminka", arrived_on=NOW.date(), **row).execute(services.store.db)
    return settings._replace(
        public=settings.public._replace(reserved=True), goods=settings.goods._replace(neighbours=True)
    )


@pytest.mark.long
def test_every_page_is_for_everybody(
    services: Services, settings: Settings, pictures: Pictures, modules: Path, tmp_path: Path
) -> None:
    shown = services.under(everything_shown(services, settings))
    Publisher(shown).to_folder(tmp_path / "site", NOW, lambda done, of: None)
    command = ["node", str(BROWSER / "check.mjs"), str(tmp_path / "site"), chromium()]
    environment = os.environ | {"PAGE_CHECKS": str(modules)}
    done = subprocess.run(command, capture_output=True, text=True, timeout=3600, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["pages"] > 50
    assert found["wrong"] == []
