"""What the centre sets on one tablet holds on its others; what is a tablet's own does not travel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from kiosk.hub import settings as shared
from kiosk.hub.enrolment import join
from kiosk.settings import Settings, load
from tests.hub.conftest import NOW, Tablet, settle
from tests.screens.stage import Stage
from tests.world import PIN

Make = Callable[..., Tablet]


def change(tablet: Tablet, **changes: Any) -> Settings:
    named = {key.replace("__", "."): value for key, value in changes.items()}
    return tablet.services.preferences.change(changes=named, now=tablet.now(), who="shell")


def take(tablet: Tablet) -> Settings:
    changes, entries = shared.due(tablet.store)
    settings, left = tablet.services.preferences.take(changes)
    shared.taken(tablet.store, {key: entry for key, entry in entries.items() if key not in left})
    return settings


def test_the_last_word_of_the_centre_holds_on_every_tablet(tablet: Make) -> None:
    one, other = tablet(), tablet()
    change(one, tickets__limit=7, closed=[date(2026, 12, 24)], opening__mon="09:00-12:00", services__wishes=False)
    change(one, screen__idle_seconds=90, printers__receipt="tcp://192.0.2.1:9100")
    settle(one, other)
    there = take(other)
    assert (there.tickets.limit, there.services.wishes, sorted(there.opening)) == (7, False, [0, 1, 2, 3])
    assert date(2026, 12, 24) in there.closed
    assert (there.screen.idle_seconds, there.printers.receipt) == (load(None).screen.idle_seconds, "")
    assert shared.due(other.store) == ({}, {})  # and only once
    assert shared.due(one.store) == ({}, {})
    # Both change the same while they cannot speak: the later holds on both, and what else was said too.
    change(one, tickets__limit=2)
    other.moment = one.moment
    change(other, tickets__limit=5, wishes__hold_days=12)
    settle(one, other)
    for each in (one, other):
        settings = take(each)
        assert (settings.tickets.limit, settings.wishes.hold_days) == (5, 12)
    change(one, opening__mon=None)
    settle(one, other)
    assert sorted(take(other).opening) == [1, 2, 3]


def test_how_a_tablet_was_set_up_before_it_joined_changes_nobody(tablet: Make, invite: Callable[..., str]) -> None:
    one, late = tablet(), tablet(joined=False)
    change(one, tickets__limit=7)
    late.moment += timedelta(minutes=1)
    change(late, tickets__limit=2)
    join(late.store, invite(name="Late"))
    settle(one, late)
    assert take(one).tickets.limit == take(late).tickets.limit == 7


def test_what_a_newer_tablet_sets_waits_and_stops_nothing(tablet: Make) -> None:
    one, other = tablet(), tablet()
    with one.store.write(one.now()) as journal:
        values = {"tickets.limit": 4, "tickets.colour": {"red": 1}, "wishes.hold_days": "long"}
        journal.append("settings.changed", "t", {"keys": sorted(values), "settings": "centre", "values": values})
        values = {"wishes.hold_days": "long", "goods.new_days": 5}
        journal.append("settings.changed", "t", {"keys": sorted(values), "settings": "centre", "values": values})
    settle(one, other)
    assert take(other).goods.new_days == 5
    assert list(shared.due(other.store)[0]) == ["wishes.hold_days"]


@pytest.fixture
def lobby(tablet: Make) -> Iterator[tuple[Stage, Tablet]]:
    here, there = tablet(), tablet()
    here.services.staff.add_first(name="Anna", pin=PIN, now=NOW, language="fi")
    here.close()
    here.open()
    stage = Stage(here.store, here.services.settings._replace(), NOW)
    yield stage, there
    stage.close()


def test_on_the_screen_it_holds_once_nobody_is_in_the_middle_of_something(lobby: tuple[Stage, Tablet]) -> None:
    stage, there = lobby
    stage.tap("English")
    stage.settle()
    stage.see("Find free things")
    change(there, services__guidance=False, centre__name="Limingan keskus")
    there.round()
    stage.wait(lambda: shared.due(stage.store)[0], "the news")
    assert stage.app.settings.services.guidance
    stage.app.end_session()
    stage.wait(lambda: stage.app.shell.current == "welcome", "the welcome screen")
    stage.app.background.housekeeping()
    stage.wait(lambda: not stage.app.settings.services.guidance, "the settings of the centre")
    assert stage.app.settings.centre.name == "Limingan keskus"
    stage.see("Limingan keskus")
