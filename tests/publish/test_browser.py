"""Every page in Chromium: axe-core in the light and in the dark, 320 pixels, the keyboard, with and without JavaScript.

Needs Node.js, Chromium (Debian's `chromium`, 300 MB) and the modules of `tests/publish/browser/package.json`; without one of them it is
skipped. To install the modules: npm install --no-package-lock --prefix tests/publish/browser
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.pictures.store import Pictures
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


@pytest.mark.long
def test_every_page_is_for_everybody(
    services: Services, settings: Settings, pictures: Pictures, modules: Path, tmp_path: Path
) -> None:
    for item in services.goods.find(today=NOW.date(), category="clothes"):
        ticket(services, services.goods.item(item))
    shown = services.under(settings._replace(public=settings.public._replace(reserved=True)))
    Publisher(shown).to_folder(tmp_path / "site", NOW, lambda done, of: None)
    command = ["node", str(BROWSER / "check.mjs"), str(tmp_path / "site"), chromium()]
    environment = os.environ | {"PAGE_CHECKS": str(modules)}
    done = subprocess.run(command, capture_output=True, text=True, timeout=3600, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["pages"] > 30
    assert found["wrong"] == []
