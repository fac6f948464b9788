"""Keys replaced on the screen, and requests read by who forgot the passphrase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kiosk.privacy.sealing import Cost, recovery_digits
from kiosk.services import new_id
from kiosk.services.staff.keys import new_key
from tests.screens.conftest import TUESDAY
from tests.screens.test_desk import english, scan
from tests.screens.test_settings import line, touch
from tests.screens.test_setup import on

__all__ = ["english"]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.services.staff.keys.COST", Cost(1, 8 * 1024 * 1024))


@pytest.fixture
def stage(open_stage: Callable[..., Any], store: Any, services: Any, english: Any) -> Any:
    store.set_recipients([])
    keys = {role: new_key(role) for role in ("coordinator", "recovery")}
    services.keys.install(**keys, now=TUESDAY, who="shell")
    for number in range(3):
        services.help.sign_up(
            request_id=new_id(TUESDAY + timedelta(minutes=number)), service="other", language="uk",
            details={"name": f"Name {number}"}, now=TUESDAY, notice_version="1",
        )  # fmt: skip
    stage = open_stage(using=english)
    stage.keys = keys
    stage.app.enter_desk(stage.services.staff.by_name("Coordinator"))
    stage.app.tr.use("en")
    stage.settle()
    return stage


def test_a_forgotten_passphrase_is_replaced_by_the_recovery_sheet(stage: Any) -> None:
    touch(stage, "Settings", "Keys")
    on(stage, "keys")
    line(stage, "The passphrase of five words")
    stage.see("do not open with the new passphrase")
    touch(stage, "Yes, continue")
    ask = on(stage, "ask")
    ask.ids.entry.text = "not the right five words"
    touch(stage, "OK")
    stage.see("Wrong passphrase")
    scan(stage, recovery_digits(new_key("recovery").secret))
    stage.see("another kiosk")
    scan(stage, recovery_digits(stage.keys["recovery"].secret))
    new = on(stage, "passphrase").key.secret
    touch(stage, "I have written them down")
    on(stage, "ask").ids.entry.text = new
    touch(stage, "OK")
    stage.see("The new key is in use")
    touch(stage, "OK")
    ring = stage.app.services.keyring
    with pytest.raises(Exception, match="Wrong passphrase"):
        ring.unlock(stage.keys["coordinator"].secret, stage.moment)
    ring.unlock(new, stage.moment)
    opened = stage.services.help.open_all(
        services=("other",), private=ring.private(stage.moment), now=stage.moment, who="shell"
    )
    assert len(opened) == 3


def test_an_interrupted_change_stands_on_the_screen(stage: Any) -> None:
    new = new_key("recovery")
    stage.services.keys.replace(key=new, now=stage.moment, who="shell")
    touch(stage, "Settings", "Keys")
    on(stage, "keys")
    line(stage, "Finish the change of keys")
    on(stage, "ask").ids.entry.text = stage.keys["coordinator"].secret
    touch(stage, "OK")
    stage.see("The new key is in use")
    assert stage.services.keys.state().changing == ""
    stage.services.keyring.unlock(new.secret, stage.moment)
