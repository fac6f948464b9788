"""The stage of the screen tests: a window, a fresh database, a few things on the shelves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import argon2
import pytest

import screens.app  # noqa: F401  (before Kivy, so that it has the rules it has in the kiosk)
from kiosk.journal import Store
from kiosk.pictures.store import Pictures
from kiosk.privacy.sealing import new_keypair
from kiosk.services import Services
from kiosk.settings import Settings, load
from tests.world import NOW as TUESDAY
from tests.world import PIN, photo, shelve

__all__ = ["TUESDAY", "on", "photo", "with_gathering"]


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
    return shelve(services, Pictures(store.folder / "pictures"))


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
            services.staff.add_first(name="Coordinator", pin=PIN, now=now)
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
