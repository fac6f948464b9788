"""Requests: sealed to every recipient, never readable here, saved once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.data import new_id
from kiosk.errors import BadValue, NoRecipients
from kiosk.journal import Store
from kiosk.journal.entries import verify_chain
from kiosk.privacy.sealing import CannotOpen, KeyPair, new_keypair, open_box
from kiosk.services import Services
from tests.services.conftest import NOW

MARKER = "Solomiya-Marker"


def sign_up(services: Services, request_id: str, service: str = "friend") -> str:
    return services.help.sign_up(
        request_id=request_id, service=service, language="uk", details={"name": MARKER}, now=NOW, notice_version="1"
    ).code


def test_only_the_key_opens_it(services: Services, store: Store, keys: KeyPair) -> None:
    sign_up(services, new_id(NOW))
    boxes = [bytes(box) for (box,) in store.db.execute_sql("SELECT box FROM envelope")]
    assert len(boxes) == 2
    stranger = new_keypair()
    opened = []
    for box in boxes:
        with pytest.raises(CannotOpen):
            open_box(box, stranger.private)
        try:
            opened.append(open_box(box, keys.private))
        except CannotOpen:
            continue
    assert opened == [{"name": MARKER, "language": "uk"}]


def test_no_plain_text_reaches_the_disk(services: Services, store: Store) -> None:
    sign_up(services, new_id(NOW))
    files = [path for path in store.folder.rglob("*") if path.is_file()]
    assert any(path.name.endswith("-wal") for path in files)
    for path in files:
        assert MARKER.encode() not in path.read_bytes(), path


def test_the_same_request_twice_is_one(services: Services, store: Store) -> None:
    request_id = new_id(NOW)
    assert sign_up(services, request_id) == sign_up(services, request_id)
    assert store.db.execute_sql("SELECT count(*) FROM envelope").fetchone() == (2,)
    verify_chain(store.db)


def test_without_a_key_nothing_is_taken(services: Services, store: Store) -> None:
    store.set_recipients([])
    with pytest.raises(NoRecipients):
        sign_up(services, new_id(NOW))
    with pytest.raises(BadValue):
        sign_up(services, new_id(NOW), service="loan")
    assert store.db.execute_sql("SELECT count(*) FROM request").fetchone() == (0,)


def test_the_envelope_can_go_and_the_chain_still_holds(services: Services, store: Store, tmp_path: Path) -> None:
    sign_up(services, new_id(NOW))
    with store.write(NOW):
        store.db.execute_sql("DELETE FROM envelope")
    assert verify_chain(store.db) > 0


def test_details_are_erased_in_their_time(services: Services, store: Store) -> None:
    made = {}
    for service, status, days in (
        ("friend", "done", 91), ("other", "closed", 90), ("guidance", "new", 365), ("neighbour", "contacted", 366),
        ("friend", "arranged", 700), ("volunteer", "done", 700),
    ):  # fmt: skip
        at = NOW - timedelta(days=days)
        request = services.help.sign_up(
            request_id=new_id(at), service=service, language="fi", details={"name": "x"}, now=at, notice_version="1"
        )
        services.help.set_status(request_id=request.id, status=status, now=at, who="shell")
        made[service, status] = request.id
    assert services.help.erase_old(NOW) == 3
    gone = {key for key, request_id in made.items() if services.help.by_id(request_id).erased}
    assert gone == {("friend", "done"), ("neighbour", "contacted"), ("friend", "arranged")}
    assert services.help.erase_old(NOW) == 0
    left = store.db.execute_sql("SELECT count(*) FROM envelope").fetchone()
    assert left == (2 * 3,)


def test_two_who_still_meet_are_not_forgotten(services: Services) -> None:
    codes = [sign_up(services, new_id(NOW), service=service) for service in ("friend", "friend_offer")]
    asker, helper = map(services.help.by_code, codes)
    pair = services.pairs.accept(asker=asker.id, helper=helper.id, now=NOW, who="shell")
    late = NOW + timedelta(days=800)
    assert services.help.erase_old(late) == 0
    services.pairs.end(pair_id=pair.id, reason="no_match", now=late, who="shell")
    assert services.help.erase_old(late) == 2
