"""Keys replaced: everything opens with the new one, nothing with the old one, and a pulled plug loses nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.backup.schedule import open_or_heal
from kiosk.data import snapshots
from kiosk.data.store import FILE
from kiosk.journal import Store
from kiosk.journal.entries import verify_chain
from kiosk.privacy.sealing import (
    KEY_FILE,
    NEW_KEY_FILE,
    CannotOpen,
    Cost,
    WrongPassphrase,
    fingerprint,
    new_keypair,
    recovery_digits,
)
from kiosk.services import Services, new_id
from kiosk.services.staff.keyring import OtherSheet
from kiosk.services.staff.keys import BATCH, ChangeOpen, KeysExist, NewKey, new_key
from kiosk.settings import Settings
from tests.services.conftest import NOW

MANY = BATCH + 20
#: Where the plug is pulled while a change ends: for the coordinator's after the file has changed.
PULLED = {"coordinator": "kiosk.services.staff.keys.fsync", "recovery": "kiosk.journal.Store.write"}


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.services.staff.keys.COST", Cost(1, 8 * 1024 * 1024))


@pytest.fixture
def made(store: Store, services: Services) -> dict[str, NewKey]:
    """Both keys in use, and many requests sealed to them."""
    store.set_recipients([])
    keys = {role: new_key(role) for role in ("coordinator", "recovery")}
    services.keys.install(**keys, now=NOW, who="shell")
    for number in range(MANY):
        sign_up(services, number)
    return keys


def sign_up(services: Services, number: int) -> str:
    at = NOW + timedelta(minutes=number)
    return services.help.sign_up(
        request_id=new_id(at), service="friend", language="uk", details={"name": f"Name {number}"}, now=at,
        notice_version="1",
    ).id  # fmt: skip


def names(services: Services, private: bytes) -> set[str]:
    opened = services.help.open_all(services=("friend",), private=private, now=NOW, who="shell")
    return {details["name"] for details in opened.values()}


def everybody(count: int = MANY) -> set[str]:
    return {f"Name {number}" for number in range(count)}


def test_both_keys_open_and_are_not_made_twice(services: Services, made: dict[str, NewKey]) -> None:
    ring = services.keyring
    for secret in (made["coordinator"].secret, made["recovery"].secret, recovery_digits(made["recovery"].secret)):
        ring.unlock(secret, NOW)
        assert names(services, ring.private(NOW)) == everybody()
    with pytest.raises(OtherSheet):
        ring.unlock(new_key("recovery").secret, NOW)
    with pytest.raises(KeysExist):
        services.keys.install(coordinator=new_key("coordinator"), recovery=new_key("recovery"), now=NOW, who="shell")


@pytest.mark.parametrize("role", ["coordinator", "recovery"])
@pytest.mark.parametrize("opener", ["coordinator", "recovery"])
def test_a_key_is_replaced(
    store: Store, services: Services, made: dict[str, NewKey], role: str, opener: str
) -> None:  # fmt: skip
    services.backups.make_snapshot(NOW)
    new, old = new_key(role), made[role]
    other = made["recovery" if role == "coordinator" else "coordinator"]
    services.keys.replace(key=new, now=NOW, who="shell")
    sign_up(services, MANY)
    said: list[tuple[int, int]] = []
    left = services.keys.go_on(
        private=made[opener].private, now=NOW, who="shell", progress=lambda done, of: said.append((done, of))
    )  # fmt: skip
    assert (left, services.keys.state().changing, said[-1]) == (0, "", (MANY, MANY))
    for key in (new, other):
        assert names(services, key.private) == everybody(MANY + 1)
    assert names(services, old.private) == set()
    services.keyring.unlock(new.secret, NOW)
    assert services.keyring.private(NOW) == new.private
    assert not (store.folder / NEW_KEY_FILE).exists()
    assert store.recipients()[("coordinator", "recovery").index(role)] == new.public
    if role == "coordinator":
        with pytest.raises(WrongPassphrase):
            services.keyring.unlock(old.secret, NOW)
    verify_chain(store.db)


def test_no_copy_on_the_tablet_opens_with_the_old_key(
    store: Store, services: Services, settings: Settings, made: dict[str, NewKey]
) -> None:
    services.backups.make_snapshot(NOW)
    old = [bytes(box) for (box,) in store.db.execute_sql(
        "SELECT box FROM envelope WHERE recipient = ?", (fingerprint(made["coordinator"].public),)).fetchall()]  # fmt: skip
    new = new_key("coordinator")
    services.keys.replace(key=new, now=NOW, who="shell")
    services.keys.go_on(private=made["recovery"].private, now=NOW, who="shell")
    for path in (*store.copies_folder.glob("*.db"), *store.folder.glob("kiosk.db*")):
        data = path.read_bytes()
        assert not any(box[-64:] in data for box in old), path.name
    [copy] = snapshots.listed(store.copies_folder)
    snapshots.need_sound(copy.path)
    store.close()
    (store.folder / FILE).write_bytes(b"damaged" * 1000)
    healed = open_or_heal(store.folder, NOW)
    again = Services(healed, settings)
    assert names(again, new.private) == everybody()
    assert new.public in healed.recipients()
    healed.close()


@pytest.mark.parametrize("role", ["coordinator", "recovery"])
@pytest.mark.parametrize("at", ["begun", "some", "file"])
def test_an_interrupted_change_is_gone_on_with(
    store: Store, settings: Settings, services: Services, made: dict[str, NewKey], role: str, at: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    class Plug(Exception):
        pass

    def pull(*_: object) -> None:
        raise Plug

    new = new_key(role)
    services.keys.replace(key=new, now=NOW, who="shell")
    opener = made["recovery" if role == "coordinator" else "coordinator"]
    if at == "some":
        with pytest.raises(Plug):
            services.keys.go_on(private=opener.private, now=NOW, who="shell", progress=pull)
    elif at == "file":
        with monkeypatch.context() as patch:
            patch.setattr(PULLED[role], pull)
            with pytest.raises(Plug):
                services.keys._end(services.keys._change(), NOW, "test")
    store.close()
    again = Store.open(store.folder)
    after = Services(again, settings)
    assert after.keys.state().changing == role
    with pytest.raises(ChangeOpen):
        after.keys.replace(key=new_key("recovery"), now=NOW, who="shell")
    if at != "file" or role == "recovery":
        after.keyring.unlock(made["coordinator"].secret, NOW)  # the old words still open meanwhile
    after.keyring.unlock(new.secret, NOW)
    with pytest.raises(CannotOpen):
        after.keys.go_on(private=new_keypair().private, now=NOW, who="shell")
    assert after.keys.go_on(private=opener.private, now=NOW, who="shell") == 0
    assert names(after, new.private) == everybody()
    after.keyring.unlock(new.secret, NOW)
    again.close()


def test_what_a_key_does_not_open_keeps_its_old_envelope(
    store: Store, services: Services, made: dict[str, NewKey]
) -> None:
    """A request that is sealed only to the key that goes: nothing is deleted before another key has opened it."""
    [(lonely,)] = store.db.execute_sql("SELECT min(id) FROM request").fetchall()
    with store.write(NOW):
        store.db.execute_sql(
            "DELETE FROM envelope WHERE request = ? AND recipient = ?", (lonely, fingerprint(made["recovery"].public))
        )  # fmt: skip
    services.keys.replace(key=new_key("coordinator"), now=NOW, who="shell")
    assert services.keys.go_on(private=made["recovery"].private, now=NOW, who="shell") == 1
    assert services.keys.state().left == 1
    assert services.keys.go_on(private=made["coordinator"].private, now=NOW, who="shell") == 0
    assert services.keys.state().changing == ""


def test_the_key_file_is_the_owner_s_alone(store: Store, made: dict[str, NewKey]) -> None:
    file: Path = store.folder / KEY_FILE
    assert file.stat().st_mode & 0o777 == 0o600
