"""A tablet that is new, a stick with the backup of the one that is gone, and the recovery sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.backup.authority import TABLET_KEY
from kiosk.journal import Store
from kiosk.privacy.sealing import recovery_digits
from kiosk.services import Services, new_id
from kiosk.services.staff.keys import new_key
from kiosk.settings import load
from tests.screens.conftest import TUESDAY
from tests.screens.test_desk import english, scan
from tests.screens.test_settings import touch
from tests.screens.test_setup import cheap, on
from tests.screens.test_setup import store as empty_store
from tests.world import PIN

__all__ = ["cheap", "empty_store", "english"]


@pytest.fixture
def store(empty_store: Store) -> Store:
    return empty_store


@pytest.fixture
def gone(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The keys of a kiosk whose sealed copy lies on a stick."""
    stick = tmp_path / "media" / "STICK" / "lumijobi-backup"
    stick.mkdir(parents=True)
    monkeypatch.setattr("kiosk.files.usb.MOUNTS", (tmp_path / "media",))
    old = Store.create(tmp_path / "old", now=TUESDAY)
    services = Services(old, settings._replace(backup=settings.backup._replace(second=str(stick))))
    keys = {role: new_key(role) for role in ("coordinator", "recovery")}
    services.keys.install(**keys, now=TUESDAY, who="shell")
    services.staff.add_first(name="Oksana", pin=PIN, now=TUESDAY)
    services.help.sign_up(request_id=new_id(TUESDAY), service="other", language="uk", details={"name": "Veikko"},
                          now=TUESDAY, notice_version="1")  # fmt: skip
    services.preferences.change(changes={"centre.name": "The one before"}, now=TUESDAY, who="shell")
    services.backups.make_all(TUESDAY)
    old.close()
    return keys | {"folder": old.folder, "again": lambda: services.backups.make_all(TUESDAY + timedelta(hours=1))}


def test_the_scanned_sheet_brings_everything_back(open_stage: Callable[..., Any], english: Any, gone: Any) -> None:
    stage = open_stage(using=english, first_start=True)
    on(stage, "setup_language")
    touch(stage, "I have a backup")
    screen = on(stage, "restore")
    stage.wait(lambda: screen.lines, "the copy")
    screen.choose(screen.lines[0].key)
    on(stage, "ask")
    scan(stage, recovery_digits(new_key("recovery").secret))
    stage.see("cannot be opened with that key")
    assert list(stage.store.folder.glob(".restoring-*")) == []
    scan(stage, recovery_digits(gone["recovery"].secret))
    stage.see("The backup is intact")
    assert stage.services.staff.members() == []  # nothing is replaced before it is confirmed
    stage.app.stop = lambda: None  # the stage ends the app itself
    touch(stage, "Yes, continue")
    folder = stage.store.folder
    stage.store.close()
    stage.app.after()
    store = Store.open(folder)
    services = Services(store, load(folder / "settings.toml"))
    assert [member.name for member in services.staff.members()] == ["Oksana"]
    assert services.settings.centre.name == "The one before"
    services.keyring.unlock(gone["coordinator"].secret, TUESDAY)
    opened = services.help.open_all(
        services=("other",), private=services.keyring.private(TUESDAY), now=TUESDAY, who="shell"
    )
    assert [details["name"] for details in opened.values()] == ["Veikko"]
    assert list(folder.glob(".restoring-*")) == []
    assert list((folder / "aside").glob("*/kiosk.db"))
    store.close()
    del stage.app.stop


def test_a_backup_nobody_signed_shows_its_staff_first(open_stage: Callable[..., Any], english: Any, gone: Any) -> None:
    (Path(gone["folder"]) / TABLET_KEY).unlink()
    gone["again"]()
    stage = open_stage(using=english, first_start=True)
    on(stage, "setup_language")
    touch(stage, "I have a backup")
    screen = on(stage, "restore")
    stage.wait(lambda: len(screen.lines or ()) == 2, "the backups")
    screen.choose(screen.lines[0].key)
    on(stage, "ask")
    scan(stage, recovery_digits(gone["recovery"].secret))
    stage.see("not signed, but older backups beside it are")
    Path(screen.lines[1].key).unlink()  # nothing says that this centre signs
    scan(stage, recovery_digits(gone["recovery"].secret))
    stage.see("This backup does not prove who made it")
    stage.see("Its staff: Oksana (Coordinator). Continue only if you know all of them.")
    touch(stage, "No")
    assert stage.services.staff.members() == []


def test_after_a_restore_the_coordinator_makes_a_new_pin_with_the_passphrase(
    open_stage: Callable[..., Any], english: Any, store: Store
) -> None:
    services, keys = Services(store, english), {role: new_key(role) for role in ("coordinator", "recovery")}
    services.keys.install(**keys, now=TUESDAY, who="shell")
    oksana = services.staff.add_first(name="Oksana", pin=PIN, now=TUESDAY)
    services.staff.add(name="Helvi", role="helper", pin=PIN, now=TUESDAY, who="shell")
    store.db.execute_sql("UPDATE staff SET pin = ''")
    stage = open_stage(using=english)
    stage.app.shell.go("door")
    door = on(stage, "door")
    stage.wait(lambda: door.ids.people.options, "the staff")
    stage.tap("Helvi")
    stage.see("Ask the coordinator for a new one.")
    stage.tap("Oksana")
    pin = on(stage, "set_pin")
    for _ in range(2):
        pin.typed("284917")
    on(stage, "ask")
    scan(stage, recovery_digits(keys["recovery"].secret))
    door = on(stage, "door")
    stage.wait(lambda: door.member is not None, "Oksana")
    assert services.staff.enter(member_id=oksana.id, pin="284917", now=TUESDAY).name == "Oksana"
