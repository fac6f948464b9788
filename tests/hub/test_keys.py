"""A key that was replaced opens nothing at the hub."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.data import new_id
from kiosk.hub import admin
from kiosk.privacy.sealing import Cost, fingerprint, open_box
from kiosk.services.staff.keys import new_key
from tests.hub.conftest import Tablet, settle


def boxes(hub: str) -> dict[str, list[bytes]]:
    """Return the boxes at the hub by whom they are sealed to."""
    found: dict[str, list[bytes]] = {}
    with admin.owner(hub) as db:
        for part, data in db.execute("SELECT part, data FROM kiosk.parcel WHERE part LIKE 'box:%'").fetchall():
            found.setdefault(part.removeprefix("box:"), []).append(bytes(data))
    return found


def test_boxes_of_a_replaced_key_leave_the_hub(
    hub: str, tablet: Callable[..., Tablet], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.services.staff.keys.COST", Cost(1, 8 * 1024 * 1024))
    one = tablet()
    one.store.set_recipients([])
    old, recovery, new = new_key("coordinator"), new_key("recovery"), new_key("coordinator")
    one.services.keys.install(coordinator=old, recovery=recovery, now=one.now(), who="shell")
    for name in ("Marker one", "Marker two"):
        one.services.help.sign_up(
            request_id=new_id(one.now()), service="friend", language="uk", details={"name": name}, now=one.now(),
            notice_version="1",
        )  # fmt: skip
    settle(one)
    keys = {name: fingerprint(key.public) for name, key in {"old": old, "recovery": recovery, "new": new}.items()}
    assert {key: len(there) for key, there in boxes(hub).items()} == {keys["old"]: 2, keys["recovery"]: 2}

    one.services.keys.replace(key=new, now=one.now(), who="shell")
    settle(one)  # half-way, nothing is missing
    assert keys["old"] in boxes(hub)
    assert one.services.keys.go_on(private=old.private, now=one.now(), who="shell") == 0
    settle(one)
    there = boxes(hub)
    assert {key: len(found) for key, found in there.items()} == {keys["new"]: 2, keys["recovery"]: 2}
    assert {open_box(box, new.private)["name"] for box in there[keys["new"]]} == {"Marker one", "Marker two"}
