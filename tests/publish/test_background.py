"""The renewal in the background, and the command, each as its own program; many things."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.pictures.store import Pictures
from kiosk.publish.background import PageRenewal
from kiosk.publish.publisher import Publisher
from kiosk.services import Services
from kiosk.settings import load
from kiosk.vocabulary import things
from tests.world import NOW

#: Seconds for a process on a busy machine.
PATIENCE = 120


def kiosk(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)


def with_place(services: Services, place: Path) -> Services:
    file = services.store.folder / "settings.toml"
    file.write_text(f'[centre]\nlanguages = ["fi"]\n[delivery]\nplace = "{place}"\n', encoding="utf-8")
    return Services(services.store, load(file))


def test_the_page_is_renewed_by_another_process(services: Services, tmp_path: Path) -> None:
    here, renewal = with_place(services, tmp_path / "site"), PageRenewal()
    renewal.run_due(here, NOW)
    assert renewal.runs
    renewal.run_due(here, NOW)  # one at a time
    end = time.monotonic() + PATIENCE
    while renewal.runs and time.monotonic() < end:
        time.sleep(0.05)
    state = here.public_page.state()
    assert state.error == ""
    assert state.done is not None
    assert (tmp_path / "site" / "index.html").is_file()
    assert not here.public_page.is_due(state.done)
    renewal.run_due(here, state.done)
    assert not renewal.runs


def test_the_end_of_the_kiosk_ends_a_renewal(services: Services, tmp_path: Path) -> None:
    renewal = PageRenewal()
    renewal.stop()
    here = with_place(services, tmp_path / "site")
    renewal.run_due(here, NOW)
    renewal.stop()
    assert not renewal.runs
    Publisher(here).to_place(NOW, lambda done, of: None)
    assert (tmp_path / "site" / "index.html").is_file()


def test_the_command_writes_a_folder_and_says_what(services: Services, tmp_path: Path) -> None:
    data, site = services.store.folder, tmp_path / "site"
    first = kiosk("publish", site, "--data", data)
    assert first.returncode == 0, first.stderr
    assert first.stdout.endswith(" written, 0 removed, 0 as they were\n")
    assert kiosk("publish", site, "--data", data).stdout.startswith("0 written, 0 removed, ")
    inside = kiosk("publish", data / "site", "--data", data)
    assert inside.returncode == 2
    assert "in the data folder" in inside.stderr
    nowhere = kiosk("publish", "--data", data)
    assert nowhere.returncode == 1
    assert nowhere.stderr == "kiosk: There is no place for the public page yet. You can choose one in the settings.\n"


@pytest.mark.long
def test_ten_thousand_things_are_made_once(services: Services, pictures: Pictures, tmp_path: Path) -> None:
    """The second time only what changed is written: the list of the category, the first pages and the data."""
    kinds, looks = list(things().values()), pictures.names()
    for number in range(10_000):
        kind = kinds[number % len(kinds)]
        services.goods.add(
            now=NOW, who="shell", category=kind.category, thing=kind.key, photos=[looks[number % len(looks)]],
            arrived_on=NOW.date() - timedelta(days=number % 100),
        )  # fmt: skip
    publisher = Publisher(services)
    first = publisher.to_folder(tmp_path / "site", NOW, lambda done, of: None)
    assert first.written > 800
    assert publisher.to_folder(tmp_path / "site", NOW, lambda done, of: None).written == 0
    [newest, *_] = services.goods.find(today=NOW.date(), category="books")
    services.shelf.edit(item_id=newest, size="A5", now=NOW, who="shell")
    again = publisher.to_folder(tmp_path / "site", NOW, lambda done, of: None)
    assert again.written < 30
    pages = [path.stat().st_size for path in (tmp_path / "site").rglob("*.html")]
    assert max(pages) < 120_000
