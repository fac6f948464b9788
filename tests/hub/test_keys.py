"""The keys of tablets that share a hub, and of what was sealed on each; a key that was replaced opens nothing there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.backup.offsite import OffsiteCopy
from kiosk.backup.restore import open_sealed, put_in_place
from kiosk.data import new_id
from kiosk.hub import admin
from kiosk.hub.enrolment import join
from kiosk.privacy.sealing import Cost, SealedElsewhere, fingerprint, new_keypair, open_box
from kiosk.services.staff.keys import new_key
from tests.hub.conftest import KEYS, Tablet, settle


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


def ask(one: Tablet, name: str) -> str:
    """Leave a request; returns its id."""
    request_id = new_id(one.now())
    one.services.help.sign_up(
        request_id=request_id,
        service="friend",
        language="uk",
        details={"name": name},
        now=one.now(),
        notice_version="1",
    )
    return request_id


def name_in(one: Tablet, request_id: str, private: bytes) -> str:
    opened = one.services.help.open(request_id=request_id, private=private, now=one.now(), who="shell")
    return str(opened["name"])


def test_a_tablet_made_from_the_copy_of_another_opens_what_was_sealed_there(
    tablet: Callable[..., Tablet], invite: Callable[..., str], tmp_path: Path
) -> None:
    first, place, folder = tablet(), tmp_path / "stick", tmp_path / "second"
    place.mkdir()
    folder.mkdir()
    before = ask(first, "Marker one")
    sealed = OffsiteCopy(first.store, place).take_data(first.now())
    put_in_place(folder, open_sealed(folder, sealed, KEYS.private), first.now())
    second = Tablet(folder)
    join(second.store, invite("Lumijoki", "Second"))
    later, here = ask(first, "Marker two"), ask(second, "Marker three")
    settle(first, second)
    for one in (first, second):
        assert [name_in(one, each, KEYS.private) for each in (before, later, here)] == [
            "Marker one", "Marker two", "Marker three",
        ]  # fmt: skip
    second.close()


def test_a_tablet_with_keys_of_its_own_says_where_a_request_opens(tablet: Callable[..., Tablet]) -> None:
    first, other = tablet(), tablet(keys=new_keypair())
    there = ask(other, "Marker four")
    settle(first, other)
    with pytest.raises(SealedElsewhere):
        name_in(first, there, KEYS.private)
