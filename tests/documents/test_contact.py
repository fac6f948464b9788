"""How the centre is reached, in every language."""

from __future__ import annotations

from datetime import time

import pytest

from kiosk.documents.contact import contact
from kiosk.language.translation import Language
from kiosk.settings import load

DAY, SHORT = (time(10), time(16)), (time(9, 30), time(12))


@pytest.mark.parametrize(
    ("opening", "words"),
    [
        ({}, ""),
        ({1: DAY}, "ti 10.00–16.00"),
        ({0: DAY, 1: DAY, 2: DAY, 4: SHORT}, "ma–ke 10.00–16.00, pe 9.30–12.00"),
        (
            {0: DAY, 1: SHORT, 2: DAY, 5: DAY, 6: DAY},
            "ma 10.00–16.00, ti 9.30–12.00, ke 10.00–16.00, la–su 10.00–16.00",
        ),
    ],
)
def test_days_with_the_same_hours_stand_together(opening: dict[int, tuple[time, time]], words: str) -> None:
    assert Language("fi").week_hours(opening) == words


def test_it_says_what_the_settings_say() -> None:
    plain = load(None)
    assert contact(plain, Language("en")).line == "Open Tue–Thu 10:00–16:00"
    centre = plain.centre._replace(address="Kirkkotie 4, Lumijoki", phone="08 123 4567")
    said = contact(plain._replace(centre=centre, opening={}), Language("en"))
    assert said == ("", "Kirkkotie 4, Lumijoki", "08 123 4567")
    assert said.line == "Kirkkotie 4, Lumijoki  ·  08 123 4567"
