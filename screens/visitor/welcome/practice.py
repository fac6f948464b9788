"""Practice for people new to touch screens: touching, and paging a list. It can be left at any time."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ListProperty, NumericProperty, StringProperty

from kiosk.errors import N_
from screens.frame.screen import KioskScreen
from screens.widgets.buttons import IconButton
from screens.widgets.lists import Line

#: Positions of the snowflakes, shares of the free space.
FLAKES = ((0.5, 0.5), (0.12, 0.8), (0.85, 0.25))
#: The list to page: names and icons; the last is the target.
THINGS = (
    ("mitten", N_("Mitten"), "hand_back_right_outline"),
    ("lamp", N_("Lamp"), "lamp_outline"),
    ("book", N_("Book"), "book_open_variant"),
    ("chair", N_("Chair"), "chair_rolling"),
    ("bicycle", N_("Bicycle"), "bicycle"),
    ("teddy", N_("Teddy bear"), "teddy_bear"),
    ("boots", N_("Boots"), "shoe_print"),
    ("cup", N_("Cup of coffee"), "coffee_outline"),
)
TOUCH = (
    N_("Touch the snowflake with one finger."),
    N_("Well done! Now the next one."),
    N_("And another one."),
)
TURN = N_(
    "A long list has arrows at its side. Touch the down arrow until you see the cup of coffee, then touch the cup."
)
DONE = N_("That is all you need. Nothing can go wrong here.")


class Flake(IconButton):
    """A snowflake at its `spot`, shares of the free space, until it is `caught`."""

    spot = ListProperty([0, 0])
    caught = BooleanProperty(False)


class PracticeScreen(KioskScreen):
    """Steps 0 to 2 are snowflakes, step 3 is the list, step 4 the end."""

    step = NumericProperty(0)
    words = StringProperty(TOUCH[0])
    lines = ListProperty(None, allownone=True)

    def open(self, **values: Any) -> None:
        self.step = 0
        tr = self.app.tr
        self.lines = [Line(key, tr._(name), icon=icon) for key, name, icon in THINGS]

    def on_step(self, *_: object) -> None:
        self.words = (*TOUCH, TURN, DONE)[int(self.step)]

    def touched(self) -> None:
        """Handle a caught snowflake."""
        self.step = min(self.step + 1, len(FLAKES))

    def choose(self, key: str) -> None:
        """End the practice if the cup was touched; ignore other lines."""
        if key == THINGS[-1][0]:
            self.step = len(FLAKES) + 1

    def reset(self) -> None:
        self.step = 0
        self.lines = None
