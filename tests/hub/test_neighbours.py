"""Goods of a neighbouring centre: shown where both allow it, with its name, and never anything more."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from PIL import Image

from kiosk.errors import UnknownItem
from kiosk.hub import admin, sync
from kiosk.hub.connection import HubConnection
from kiosk.hub.invitation import saved
from kiosk.services import Services
from tests.hub.conftest import NOW, Tablet, settle
from tests.hub.test_in_step import chair, reserve
from tests.screens.stage import Stage
from tests.world import PIN

Make = Callable[..., Tablet]


def region(hub: str, *centres: str, name: str = "north") -> None:
    """Put centres in one region."""
    with admin.owner(hub) as db:
        db.execute("UPDATE kiosk.centre SET region = %s WHERE name = ANY (%s)", (name, list(centres)))


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neighbours are asked in every round."""
    monkeypatch.setattr(sync, "NEIGHBOURS", 0.0)


def allow(tablet: Tablet, *, share: bool = False, show: bool = False) -> None:
    goods = tablet.services.settings.goods._replace(share=share, neighbours=show)
    tablet.services = Services(tablet.store, tablet.services.settings._replace(goods=goods))
    tablet.sync.sharing = lambda: (share, show)
    tablet.round()


def seen(tablet: Tablet, **query: str) -> list[str]:
    tablet.round()
    return tablet.services.neighbour_goods.find(today=tablet.now().date(), **query)


def test_goods_are_shown_where_both_allow_it(tablet: Make, hub: str) -> None:
    here, there = tablet("Lumijoki"), tablet("Liminka")
    region(hub, "Lumijoki", "Liminka")
    item, sold = chair(there, size="90 cm"), chair(there)
    reserve(there, sold)
    for each in (here, there):
        each.round()
    assert seen(here) == []
    allow(there, share=True)
    assert seen(here) == []  # one side alone is not enough
    allow(here, show=True)
    assert seen(here) == [item]
    assert seen(there) == []
    view = here.services.neighbour_goods.item(item)
    assert (view.centre, view.names["fi"], view.size) == ("Liminka", "Ruokapöydän tuoli", "90 cm")
    [card] = here.services.goods.cards([item])
    assert (card.centre, card.state) == ("Liminka", "available")
    assert seen(here, text="tuoli") == [item]
    assert seen(here, text="sohva") == seen(here, category="toys") == []
    late = chair(there)
    there.services.shelf.withdraw(item_id=item, reason="broken", now=there.now(), who="shell")
    there.round()
    assert seen(here) == [late]
    with pytest.raises(UnknownItem):
        here.services.neighbour_goods.item(item)
    allow(here)
    assert seen(here) == []
    allow(here, show=True)
    assert seen(here) == [late]
    allow(there)
    assert seen(here) == []


def test_centres_of_another_region_see_nothing(tablet: Make, hub: str) -> None:
    here, there = tablet("Lumijoki"), tablet("Kuopio")
    region(hub, "Lumijoki", "Kuopio")
    item = chair(there)
    there.round()
    allow(there, share=True)
    allow(here, show=True)
    assert seen(here) == [item]
    region(hub, "Lumijoki", name="south")
    assert seen(here) == []
    for name in ("", "north"):  # no region is no region
        region(hub, "Lumijoki", "Kuopio", name=name)
        assert seen(here) == ([item] if name else [])


def test_nothing_but_what_is_shown_can_be_read(tablet: Make, hub: str) -> None:
    here, there = tablet("Lumijoki"), tablet("Liminka")
    region(hub, "Lumijoki", "Liminka")
    noise = Image.effect_noise((800, 600), 90).convert("RGB")
    pictures = []
    for _ in range(2):
        out = io.BytesIO()
        noise.rotate(90 * len(pictures)).save(out, "JPEG")
        pictures.append(there.pictures.add(out.getvalue()))
    item, sold = chair(there, photos=pictures[:1], place="A1", kg=3.0), chair(there, photos=pictures[1:])
    there.services.tickets.give(item_id=sold, language="fi", now=there.now(), who="shell")
    there.services.help.sign_up(request_id="r", service="friend", language="fi", details={"name": "Marker"},
                                now=there.now(), notice_version="1")  # fmt: skip
    there.round()
    allow(there, share=True)
    allow(here, show=True)
    assert seen(here) == [item]
    assert here.pictures.path(pictures[0], "tile").read_bytes() == there.pictures.path(pictures[0], "tile").read_bytes()
    with closing(HubConnection(saved(here.folder), here.folder)) as link:
        [(centre,)] = link.rows("SELECT DISTINCT centre FROM kiosk.good")
        assert link.value("SELECT count(*) FROM kiosk.event WHERE centre = %s", (centre,)) == 0
        assert link.value("SELECT count(*) FROM kiosk.parcel WHERE centre = %s", (centre,)) == 0
        found = link.rows("SELECT DISTINCT hash, size FROM kiosk.picture WHERE centre = %s ORDER BY size", (centre,))
        assert found == [(pictures[0], "page"), (pictures[0], "tile")]
        said = link.value("SELECT said FROM kiosk.good WHERE free > 0")
        assert set(said) == {"thing", "names", "category", "size", "age_group", "condition", "arrived_on"}
        assert link.value("SELECT kiosk.reserve('t', %s)", (item,)) in (None, True)
    settle(there)
    assert there.services.goods.item(item).left == 1  # what is said here of a thing there changes nothing there
    allow(there)
    with closing(HubConnection(saved(here.folder), here.folder)) as link:
        assert link.value("SELECT count(*) FROM kiosk.good") == 0
        assert link.value("SELECT count(*) FROM kiosk.picture WHERE centre = %s", (centre,)) == 0


@pytest.fixture
def lobby(tablet: Make, hub: str) -> Iterator[Stage]:
    here, there = tablet("Lumijoki"), tablet("Liminka")
    region(hub, "Lumijoki", "Liminka")
    chair(here)
    there.services.goods.add(now=there.now(), who="shell", category="furniture", thing="sofa", size="200 cm")
    for each in (here, there):
        each.round()
    allow(there, share=True)
    allow(here, show=True)
    here.round()
    here.sync.hang_up()
    here.services.staff.add_first(name="Anna", pin=PIN, now=NOW, language="fi")
    stage = Stage(here.store, here.services.settings, NOW)
    yield stage
    stage.close()


def test_on_the_screen_with_the_centres_name_and_where_to_ask(lobby: Stage) -> None:
    for words in ("English", "Find free things", "Everything"):
        lobby.tap(words)
        lobby.settle()
        lobby.rest()
    grid = lobby.app.shell.screen("goods").ids.grid
    lobby.wait(lambda: len(grid.visible_cells()) == 2 and all(cell.card for cell in grid.visible_cells()), "the cards")
    lobby.see("Liminka")
    [cell] = [cell for cell in grid.visible_cells() if cell.card.centre]
    x, y = grid.ids.view.to_window(*cell.center)
    lobby.tap_at(x, y + grid.ids.view.shift)
    lobby.wait(lambda: lobby.app.shell.current == "elsewhere", "the page of the thing")
    lobby.see("This is in another centre: Liminka")
    lobby.rest()
    lobby.tap("Look at other things")
    lobby.wait(lambda: lobby.app.shell.current == "goods", "the shelf")
