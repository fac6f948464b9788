"""A centre whose every private text is a marker that can be looked for, and its site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.journal import Store
from kiosk.pictures.store import Pictures
from kiosk.privacy.sealing import new_keypair
from kiosk.publish.site import site_files
from kiosk.services import Services
from kiosk.settings import Settings, load
from tests.world import NOW, PIN, photo, shelve


@pytest.fixture
def settings() -> Settings:
    plain = load(None)
    return plain._replace(
        centre=plain.centre._replace(
            languages=("fi", "uk", "en", "sv", "fi_selko"), address="Kirkkotie 1, Lumijoki", phone="08 123 4567"
        ),
        public=plain.public._replace(url="https://example.fi/shelf/"),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.create(tmp_path / "data", now=NOW)
    store.set_recipients([new_keypair().public, new_keypair().public])
    yield store
    store.close()


@pytest.fixture
def pictures(store: Store) -> Pictures:
    return Pictures(store.folder / "pictures")


@pytest.fixture
def services(store: Store, settings: Settings, pictures: Pictures) -> Services:
    services = Services(store, settings)
    services.gatherings.apply(settings.gatherings, NOW)
    shelve(services, pictures)
    return services


@pytest.fixture
def private(services: Services, pictures: Pictures) -> dict[str, str]:
    """Fill the centre with everything that is not public; returns what may be found nowhere, by what it is."""
    by: dict[str, Any] = {"now": NOW, "who": "shell"}
    chair = services.goods.add(
        category="furniture", thing="armchair", place="PLACEMARK", kg=7.125, number="NUMBERMARK",
        photos=[pictures.add(photo("olive"))], **by,
    )  # fmt: skip
    ticket = services.tickets.reserve(item_id=chair.id, language="fi", now=NOW, held=())
    member = services.staff.add(name="Staffmark", role="staff", pin=PIN, **by)
    request = services.help.sign_up(
        request_id="0" * 32,
        service="friend",
        language="uk",
        details={"name": "Requestmark"},
        now=NOW,
        notice_version="1",
    )
    partner = services.partners.add(name="Partnermark", kind="company", **by)
    services.partners.set_contact(
        partner_id=partner.id, details={"name": "Contactmark", "contact": "045 9999999"}, **by
    )
    volunteer = services.volunteers.register(name="Volunteermark", **by)
    donation = services.donations.announce(donation_id="d", categories=["toys"], amount="bag", language="fi", now=NOW)
    wish = services.wishes.leave(category="baby", thing="pram", size="", age_group="", language="uk", now=NOW)
    series = services.programme.add(
        names={"fi": "Retki", "en": "Trip"}, rule="FREQ=DAILY;COUNT=1", since=NOW.date(), start="20:00", end="21:00",
        place="Koulu", uid="anna.uidmark@example.com", partner_id=partner.id, **by,
    )  # fmt: skip
    session = services.gatherings.sessions_on(NOW.date())[-1]
    services.programme.cancel(session_id=session.id, reason="ill", **by)
    codes = {
        "ticket": ticket,
        "label": chair,
        "request": request,
        "volunteer": volunteer,
        "donation": donation,
        "wish": wish,
    }
    found = {name: str(getattr(row, "code", None) or row.label_code) for name, row in codes.items()}
    ids = {
        f"id of {name}": row.id
        for name, row in (("chair", chair), ("ticket", ticket), ("series", series), ("member", member))
    }
    texts = ("PLACEMARK", "NUMBERMARK", "7.125", "Staffmark", "Requestmark", "Partnermark", "Contactmark", "9999999", "Volunteermark",
             "uidmark", "A3", "B1", "C2", PIN, store_id(services))  # fmt: skip
    return found | ids | {text: text for text in texts} | photos_of(services)


def store_id(services: Services) -> str:
    return services.store.device


def photos_of(services: Services) -> dict[str, str]:
    rows = services.store.db.execute_sql("SELECT hash FROM photo").fetchall()
    return {f"photo {name[:6]}": name for (name,) in rows}


def made(services: Services, pictures: Pictures, now: Any = NOW) -> dict[str, bytes]:
    """Return the files of the site by their paths."""
    return {file.path: file.make() for file in site_files(services, pictures, now)}


def goods_of(site: dict[str, bytes]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(site["goods.json"])["itemListElement"]
    return found
