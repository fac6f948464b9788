"""At the desk, with the slip of somebody in hand: what is kept, on paper, and gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.codes.scanner import TWICE
from kiosk.privacy.sealing import KeyPair, new_keypair
from kiosk.services import new_id
from tests.screens.conftest import TUESDAY
from tests.screens.test_desk import english, scan
from tests.screens.test_settings import touch
from tests.screens.test_setup import on

__all__ = ["english"]


@pytest.fixture
def keys(store: Any) -> KeyPair:
    keys = new_keypair()
    store.set_recipients([keys.public, new_keypair().public])
    return keys


@pytest.fixture
def stage(open_stage: Callable[..., Any], english: Any, tmp_path: Path) -> Any:
    printers = english.printers._replace(receipt=f"file://{tmp_path / 'paper'}")
    stage = open_stage(using=english._replace(printers=printers))
    stage.app.enter_desk(stage.services.staff.by_name("Coordinator"))
    stage.app.tr.use("en")
    stage.settle()
    return stage


def shown(stage: Any) -> dict[str, str]:
    return {line.note: line.title for line in stage.app.shell.screen("rights").lines or ()}


def test_a_slip_is_shown_printed_and_erased(stage: Any, services: Any, keys: KeyPair, tmp_path: Path) -> None:
    request = services.help.sign_up(
        request_id=new_id(TUESDAY), service="friend", language="uk", details={"name": "Oksana"}, now=TUESDAY,
        notice_version="1",
    )  # fmt: skip
    touch(stage, "Requests", "By code")
    screen = on(stage, "rights")
    scan(stage, request.code)
    stage.wait(lambda: screen.held, "what is held")
    assert (shown(stage)["What was asked for"], shown(stage)["Name, number and wish"]) == ("Friend service", "Sealed")
    stage.app.services.keyring._private, stage.app.services.keyring._until = (
        bytearray(keys.private),
        stage.moment + screen.app.services.keyring._time,
    )
    touch(stage, "Open the sealed details")
    stage.wait(lambda: screen.opened, "the sealed part")
    assert "Oksana" in shown(stage).values()
    touch(stage, "Print it")
    stage.see("It was printed")
    assert len((tmp_path / "paper").read_bytes()) > 1000
    touch(stage, "OK", "Delete everything", "Yes, delete it")
    stage.see("The data was deleted")
    assert screen.lines == []
    assert services.help.by_id(request.id).erased
    touch(stage, "OK")
    stage.linger(TWICE)
    scan(stage, request.code)
    stage.see("This code is not known here")


def test_a_code_is_typed_and_nothing_sealed_is_offered(stage: Any, services: Any) -> None:
    number = services.guidance.take(topic="housing", language="uk", interpreter=True, now=TUESDAY)
    touch(stage, "Requests", "By code", "Type a code")
    on(stage, "ask").ids.entry.text = number.code
    touch(stage, "OK")
    screen = on(stage, "rights")
    stage.wait(lambda: screen.held, "what is held")
    assert (shown(stage)["Topic"], shown(stage)["Interpreter"]) == ("Housing", "Yes")
    assert stage.find("Open the sealed details").disabled
