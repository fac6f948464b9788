"""The desk of one tablet while another of the centre is in other hands: agree or refuse, undo, bring back, revoke."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kiosk.hub import settings as shared
from kiosk.hub.errors import HubRefuses
from tests.hub.conftest import NOW, Tablet, settle
from tests.hub.test_stolen_tablet import alive, asked, erase_all
from tests.screens.stage import Stage
from tests.world import PIN

Make = Callable[..., Tablet]


@pytest.fixture
def centre(tablet: Make) -> Iterator[tuple[Stage, Tablet]]:
    """The desk of Tablet 1 with its coordinator, and Tablet 2, which deleted what was asked on the first."""
    here, stolen = tablet(), tablet()
    anna = here.services.staff.add_first(name="Anna", pin=PIN, now=NOW, language="en")
    ids = asked(here, 14)
    settle(here, stolen)
    stolen.services.preferences.change(changes={"message.en": "Go away"}, now=stolen.now(), who="shell")
    erase_all(stolen, ids)
    settle(here, stolen)
    before = here.services.preferences.values()
    changes, entries = shared.due(here.store)
    here.services.preferences.take(changes)
    shared.taken(here.store, entries, before, NOW)
    here.close()
    here.open()
    using = here.services.settings
    stage = Stage(here.store, using._replace(centre=using.centre._replace(default_language="en")), NOW)
    stage.app.enter_desk(anna)
    stage.settle()
    yield stage, stolen
    stage.close()


def has(stage: Stage, key: str) -> bool:
    screen: Any = stage.app.shell.screen("tablets")
    return any(line.key.startswith(key) for line in screen.lines or ())


def choose(stage: Stage, key: str) -> None:
    stage.wait(lambda: has(stage, key), key)
    screen: Any = stage.app.shell.screen("tablets")
    screen.choose(next(line.key for line in screen.lines or () if line.key.startswith(key)))
    stage.settle()


def test_the_coordinator_refuses_brings_back_undoes_and_revokes(centre: tuple[Stage, Tablet]) -> None:
    stage, stolen = centre
    sign = stage.app.shell.screen("desk").ids.tablets
    stage.wait(lambda: (sign.number, sign.text) == ("5", "Needs attention"), "the sign of the tablets")
    stage.app.shell.go("tablets")
    stage.see("Tablet 2 wants to delete or change a lot")
    stage.see("5 changes wait for your answer")
    stage.see("Tablet 2 deleted 9 requests")
    stage.see("Tablet 2 changed: Message to everyone: English")
    choose(stage, "held:")
    stage.tap("Refuse")
    stage.wait(lambda: not has(stage, "held:"), "the answer")
    choose(stage, "back:")
    stage.tap("Bring back")
    stage.wait(lambda: not has(stage, "back:"), "the requests")
    [(count,)] = stage.store.db.execute_sql("SELECT count(*) FROM request WHERE NOT erased").fetchall()
    assert count == 14
    choose(stage, "undo:")
    stage.wait(lambda: not stage.app.services.other_tablets.taken(), "the message of before")
    assert stage.services.preferences.values()["message.en"] == ""
    choose(stage, "tablet:")
    stage.tap("Revoke this tablet")
    stage.see("Revoked: Tablet 2")
    stolen.sync.hang_up()
    with pytest.raises(HubRefuses):
        stolen.round()
    assert alive(stolen) == 0


def test_a_helper_sees_nothing_of_it(centre: tuple[Stage, Tablet]) -> None:
    stage, _stolen = centre
    helper = stage.services.staff.add(name="Helvi", role="helper", pin=PIN, now=NOW, who="shell")
    stage.app.end_session()
    stage.app.enter_desk(helper)
    stage.app.shell.go("tablets")
    stage.see("Up to date")
    screen: Any = stage.app.shell.screen("tablets")
    assert not [line for line in screen.lines or () if line.key.partition(":")[0] in ("held", "back", "undo", "tablet")]
