"""Services over a temporary data folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.journal import Store
from kiosk.privacy.sealing import KeyPair, new_keypair
from kiosk.services import ItemView, Services
from kiosk.settings import Settings, load
from tests.world import NOW

TODAY = date(2026, 11, 24)


@pytest.fixture
def settings() -> Settings:
    return load(None)


@pytest.fixture
def keys() -> KeyPair:
    return new_keypair()


@pytest.fixture
def store(tmp_path: Path, keys: KeyPair) -> Iterator[Store]:
    store = Store.create(tmp_path / "data", now=NOW)
    store.set_recipients([keys.public, new_keypair().public])
    yield store
    store.close()


@pytest.fixture
def services(store: Store, settings: Settings) -> Services:
    services = Services(store, settings)
    services.gatherings.apply(settings.gatherings, NOW)
    return services


def chair(services: Services, *, quantity: int = 1) -> ItemView:
    """Put a dining chair, or a lot of them, on the shelf."""
    return services.goods.add(now=NOW, who="shell", category="furniture", thing="dining_chair", quantity=quantity)


def with_gathering(settings: Settings, **changes: object) -> Settings:
    """Return `settings` whose coffee meeting has `changes`."""
    return settings._replace(gatherings=(settings.gatherings[0]._replace(**changes),))  # type: ignore[arg-type]
