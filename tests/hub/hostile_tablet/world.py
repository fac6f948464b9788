"""What the tests of hostile tablets share: the owner of the hub, and what must hold of those who are not hostile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.hub import admin
from kiosk.journal.entries import verify_chain
from tests.hub.conftest import Tablet, settle
from tests.hub.hostile_tablet.attacker import Attacker
from tests.hub.test_in_step import chair as chair_of

Make = Callable[..., Tablet]
BreakIn = Callable[[Tablet], Attacker]
#: The owner of the hub: may make roles, and nothing else.
KEEPER = "keeper"


def owner_does(hub: str, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with admin.owner(hub) as db:
        done = db.execute(statement.encode(), values)
        return done.fetchall() if done.description else []


def goes_on(*tablets: Tablet) -> None:
    """Each tablet tells and is told."""
    settle(*tablets)
    for one in tablets:
        item = chair_of(one)
        settle(*tablets)
        for each in tablets:
            assert each.services.goods.item(item).state == "available"
    for one in tablets:
        verify_chain(one.store.db)
