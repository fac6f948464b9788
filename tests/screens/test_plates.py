"""Shapes that cards are drawn with: nothing is filled twice, and nothing is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kiosk.pictures.store import Pictures
from kiosk.services import Services
from tests.screens.conftest import TUESDAY, photo
from tests.screens.test_goods import to_shelf


def rectangles(mount: Any) -> list[tuple[float, float, float, float]]:
    """Return left, low, right and high of every field of the mesh that is not empty."""
    found = []
    for start in range(0, len(mount.vertices), 16):
        x0, y0, *_, x1, y1, _, _ = mount.vertices[start : start + 12]
        if x1 > x0 and y1 > y0:
            found.append((x0, y0, x1, y1))
    return found


@pytest.mark.parametrize("opening", [(0, 0, 0, 0), (20, 90, 160, 100), (14, 14, 172, 180), (5, 3, 190, 194)])
def test_a_mount_covers_all_but_its_opening_once(open_stage: Callable[..., Any], opening: tuple[float, ...]) -> None:
    open_stage()
    from screens.widgets.plates import Mount

    mount = Mount()
    mount.frame, mount.opening = (0, 0, 200, 200, 12), opening
    fields = rectangles(mount)
    for at in range(4, 200, 8):
        for up in range(4, 200, 8):
            over = [one for one in fields if one[0] <= at < one[2] and one[1] <= up < one[3]]
            left, low, wide, high = opening
            # The rows of the round corners are always whole.
            free = left <= at < left + wide and max(low, 12) <= up < min(low + high, 188)
            assert len(over) == (not free), (at, up)


def test_a_card_is_open_only_under_a_photo_that_is_there(open_stage: Callable[..., Any], services: Services) -> None:
    red = Pictures(services.store.folder / "pictures").add(photo("red"))
    for name, photos in (("Bare", []), ("Seen", [red])):
        services.goods.add(now=TUESDAY, who="shell", category="books", names={"en": name}, photos=photos)
    stage = open_stage()
    to_shelf(stage, "Books")
    stage.rest()
    cells = {cell.card.names["en"]: cell for cell in stage.app.shell.screen("goods").ids.grid.visible_cells()}
    assert cells["Bare"].opening == [0, 0, 0, 0]
    seen = cells["Seen"]
    left, low, wide, high = seen.opening
    assert seen.x < left < left + wide < seen.right
    assert seen.y < low < low + high < seen.top
    holder = seen.ids.holder
    assert (left, wide) == (holder.x + 1, pytest.approx(holder.width - 2, abs=1))
