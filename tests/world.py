"""The small world most tests begin with: a moment, a PIN, a few things on the shelves, a ticket, a request."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from PIL import Image

from kiosk.pictures.store import Pictures
from kiosk.services import Services

#: A Tuesday with a coffee meeting at 13:00, 10:00 in Finland.
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
#: The PIN of whoever is staff, and one that is nobody's.
PIN, WRONG_PIN = "739164", "284917"


def photo(colour: str) -> bytes:
    """Return a JPEG of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return out.getvalue()


def shelve(services: Services, pictures: Pictures, now: datetime = NOW) -> dict[str, Any]:
    """Put a chair, a winter coat and four plates on the shelves; returns the items by these names."""

    def add(**facts: Any) -> Any:
        return services.goods.add(now=now, who="shell", **facts)

    looks = [pictures.add(photo(colour)) for colour in ("teal", "navy")]
    plates = {"fi": "Lautaset", "uk": "Тарілки", "en": "Plates"}
    return {
        "chair": add(category="furniture", thing="dining_chair", size="45 × 90 cm", place="A3", photos=looks),
        "coat": add(
            category="clothes",
            thing="winter_coat",
            size="M",
            age_group="adult",
            place="B1",
            photos=[pictures.add(photo("brown"))],
        ),
        "plates": add(category="kitchen", names=plates, quantity=4, place="C2"),
    }


def ticket(services: Services, item: Any, now: datetime = NOW) -> Any:
    """Reserve `item` for a visitor who reads Ukrainian; returns the ticket."""
    return services.tickets.reserve(item_id=item.id, language="uk", now=now, held=())


def request(services: Services, now: datetime = NOW) -> Any:
    """Ask for a friend as Oksana, who would like a walk; returns the request."""
    return services.help.sign_up(
        request_id="0" * 32,
        service="friend",
        language="uk",
        details={"name": "Oksana", "languages": ["uk", "fi"], "wish": "a walk"},
        now=now,
        notice_version="1",
    )
