"""What a tablet says of things of another centre, or of the neighbours, changes nothing there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kiosk.errors import ItemTaken
from kiosk.hub import admin
from kiosk.hub.errors import CentreUnknown
from tests.hub.hostile_tablet.attacker import chair
from tests.hub.hostile_tablet.world import BreakIn, Make, owner_does
from tests.hub.test_in_step import agree, reserve, state
from tests.hub.test_in_step import chair as chair_of


@pytest.mark.parametrize("what", [{"quantity": 0}, {"quantity": "many"}, {"quantity": 1, "names": 7}, {"photos": "x"}])
def test_what_a_neighbour_says_of_a_thing_of_ours_changes_nothing_here(
    tablet: Make, break_in: BreakIn, hub: str, what: dict[str, Any]
) -> None:
    here, other, there = tablet("Lumijoki"), tablet("Lumijoki"), break_in(tablet("Liminka"))
    here.services.tickets.arbiter = here.sync.reserve
    item = chair_of(here, quantity=2)
    code = reserve(here, item)
    agree(here, other)
    ticket = here.services.tickets.by_code(code, here.now()).id
    there.say("item.edited", {"item": item} | what)
    there.say("item.withdrawn", {"item": item, "reason": "broken", "into": None})
    there.say("ticket.given", {"ticket": ticket, "item": item, "language": "fi"})
    second = reserve(here, item)
    assert not here.services.tickets.by_code(second, here.now()).provisional
    agree(here, other)
    for each in (here, other):
        assert state(each, code) == state(each, second) == "reserved"
        assert each.services.tickets.in_conflict() == []
    with pytest.raises(ItemTaken):
        reserve(here, item)
    with admin.owner(hub) as db:
        [(centre,)] = db.execute("SELECT id FROM kiosk.centre WHERE name = 'Lumijoki'").fetchall()
        assert db.execute("SELECT * FROM kiosk.room(%s, %s)", (centre, item)).fetchall() == [(2, False)]


def test_the_wrong_types_of_a_neighbour_break_no_shelf(tablet: Make, break_in: BreakIn, hub: str) -> None:
    here, neighbour = tablet("Lumijoki"), tablet("Liminka")
    there = break_in(neighbour)
    owner_does(hub, "UPDATE kiosk.centre SET region = 'north'")
    for each in (here, neighbour):
        each.sync.sharing = lambda: (True, True)
        each.round()
    good = chair_of(neighbour)
    neighbour.round()
    wrong = [
        {"names": {"fi": 7}},
        {"size": ["90"]},
        {"arrived_on": "2026-02-30"},
        {"photos": ["../../kiosk.db"]},
        {"thing": 1},
    ]
    for number, what in enumerate(wrong):
        assert there.say("item.added", chair(f"odd{number}", **what)) == ["rejected", f"aside:{next(iter(what))}"]
    # A hub of before let them in: what it shows is looked at again here.
    said = {"thing": None, "names": {"fi": 7}, "category": "furniture", "size": "", "age_group": "", "condition": "good",
            "arrived_on": "2026-11-24"}  # fmt: skip
    for number, what in enumerate(
        [{}, {"names": {"fi": "x"}, "size": 3}, {"names": {"fi": "x"}, "arrived_on": "2026-99-99"}]
    ):
        owner_does(
            hub,
            "INSERT INTO kiosk.good SELECT id, %s, %s, '../../x', 1, 1000 + %s FROM kiosk.centre WHERE name = 'Liminka'",
            f"bad{number}", json.dumps(said | what), number,
        )  # fmt: skip
    here.sync.hang_up()
    here.sync._neighbours_due = 0.0
    here.round()
    goods = here.services.settings.goods._replace(neighbours=True)
    here.services = type(here.services)(here.store, here.services.settings._replace(goods=goods))
    assert here.services.neighbour_goods.find(today=here.now().date(), text="tuoli") == [good]
    assert here.services.neighbour_goods.find(today=here.now().date()) == [good]


def test_no_region_is_no_region(tablet: Make, break_in: BreakIn, hub: str) -> None:
    here, there = break_in(tablet("Lumijoki")), break_in(tablet("Liminka"))
    for each in (here, there):
        each.db.execute("SELECT kiosk.share(true, true)")
    there.say("item.added", chair("theirs"))
    assert here.ask("SELECT count(*) FROM kiosk.neighbours()") == here.ask("SELECT count(*) FROM kiosk.good") == 0
    owner_does(hub, "UPDATE kiosk.centre SET region = 'north'")
    assert here.ask("SELECT count(*) FROM kiosk.good") == 1
    with admin.owner(hub) as db, pytest.raises(CentreUnknown):
        admin.region_reader(db, region="")
