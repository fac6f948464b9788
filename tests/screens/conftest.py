"""The stage of the screen tests: a window, a fresh database, a few things on the shelves."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import argon2
import pytest
from PIL import Image

import screens.app  # noqa: F401  (before Kivy, so that it has the rules it has in the kiosk)
from kiosk.journal import Store
from kiosk.pictures.store import Pictures
from kiosk.privacy.sealing import new_keypair
from kiosk.services import Services
from kiosk.settings import Settings, load

#: A Tuesday, 10:00 in Finland.
TUESDAY = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def photo(colour: str) -> bytes:
    """Return a JPEG of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(autouse=True)
def fast_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """argon2id at a cost that suits a test."""
    monkeypatch.setattr(
        "kiosk.services.staff.members.HASHER", argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    )


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Properties that a .kv file sets and no class declares. Kivy puts such a one into the class while it runs; a class
    below it of which there were widgets already does not have it, and what hangs on it is silently never told."""
    from kivy.lang.parser import ParserRule

    make, undeclared = ParserRule.create_missing, []

    def strict(rule: Any, widget: Any) -> None:
        file = Path(rule.ctx.filename or "")
        if "screens" in file.parts and "@" not in rule.name:
            undeclared.extend(
                f"{file.name}: {rule.name}.{name}" for name in rule.properties if not hasattr(widget, name)
            )
        make(rule, widget)

    monkeypatch.setattr(ParserRule, "create_missing", strict)
    return undeclared


@pytest.fixture
def settings() -> Settings:
    return load(None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.create(tmp_path / "data", now=TUESDAY)
    store.set_recipients([new_keypair()[1], new_keypair()[1]])
    yield store
    store.close()


@pytest.fixture
def services(store: Store, settings: Settings) -> Services:
    services = Services(store, settings)
    services.gatherings.apply(settings.gatherings, TUESDAY)
    return services


@pytest.fixture
def shelf(store: Store, services: Services) -> dict[str, Any]:
    """A chair, a winter coat and four plates; returns the items by name."""
    pictures = Pictures(store.folder / "pictures")
    add = services.goods.add
    return {
        "chair": add(now=TUESDAY, who="shell", category="furniture", thing="dining_chair", size="45 × 90 cm", place="A3",
                     photos=[pictures.add(photo("teal")), pictures.add(photo("navy"))]),
        "coat": add(now=TUESDAY, who="shell", category="clothes", thing="winter_coat", size="M", age_group="adult",
                    place="B1", photos=[pictures.add(photo("brown"))]),
        "plates": add(now=TUESDAY, who="shell", category="kitchen", names={"fi": "Lautaset", "uk": "Тарілки", "en": "Plates"},
                      quantity=4, place="C2"),
    }  # fmt: skip


@pytest.fixture
def open_stage(store: Store, services: Services, settings: Settings) -> Iterator[Callable[..., Any]]:
    """Open the app; `now`, `size` and settings can be given."""
    from tests.screens.stage import Stage

    stages = []

    def start(
        *,
        now: datetime = TUESDAY,
        size: tuple[int, int] = (1280, 800),
        using: Settings = settings,
        first_start: bool = False,
        first: Callable[[], None] = lambda: None,
    ) -> Stage:
        services.gatherings.apply(using.gatherings, now)
        if not first_start and services.staff.needs_first:
            services.staff.add_first(name="Coordinator", pin="739164", now=now)
        stages.append(Stage(store, using, now, size, first))
        return stages[-1]

    yield start
    for stage in stages:
        stage.close()


@pytest.fixture
def stage(open_stage: Callable[..., Any], shelf: dict[str, Any]) -> Any:
    return open_stage()


def with_gathering(settings: Settings, **changes: Any) -> Settings:
    """Return `settings` whose coffee meeting has `changes`."""
    return settings._replace(gatherings=(settings.gatherings[0]._replace(**changes),))


def on(day: date, hour: int = 8) -> datetime:
    """Return `hour` UTC on `day`."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
