"""Calibration of the screen size: a drawn bank card is fitted to a real one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.errors import N_
from kiosk.services.desk.screen_size import CARD_MM
from screens.frame.screen import KioskScreen
from screens.staff.first_start.step import WHO
from screens.staff.first_start.way import progress

#: Steps of the width, mm: coarse and fine.
ROUGH, FINE = 3.0, 0.4
#: Name of this step in the first start.
STEP = "glass"


class CalibrateScreen(KioskScreen):
    """Works in screen pixels, as the only screen, since millimetres are not known yet. It is a step of the first start,
    or opened from the settings."""

    card_width = NumericProperty(100)  # pixels
    question = StringProperty(
        N_("Place a bank card on the picture of a card. Touch plus or minus until both are the same width.")
    )
    note = StringProperty()
    trouble = StringProperty()
    skip_words = StringProperty(N_("Skip"))
    progress = NumericProperty()
    can_skip = BooleanProperty(False)
    can_go_back = BooleanProperty(False)
    passing = True
    before_coordinator = True

    def open(self, **values: Any) -> None:
        first = values.get("first_start", False)
        self.bar = not first
        self.can_skip = self.can_go_back = first
        self.progress = progress(STEP) if first else 0
        self.done: Callable[[], None] = self.skip if first else self.app.shell.back
        self.card_width = CARD_MM[0] * self.app.theme.pixels_per_mm

    def go_back(self) -> None:
        """Return to the previous step."""
        self.app.first_start.go(STEP, -1)

    def skip(self) -> None:
        """Go to the next step."""
        self.app.first_start.go(STEP)

    def stretch(self, step: float) -> None:
        """Change the card's width by a coarse (2, -2) or a fine (1, -1) step."""
        size = ROUGH if abs(step) > 1 else FINE
        wider = self.card_width + (size if step > 0 else -size) * self.app.theme.pixels_per_mm
        self.card_width = min(max(wider, self.app.theme.width * 0.1), self.app.theme.width * 0.95)

    def save(self) -> None:
        """Save the calibration and repeat the layout."""
        app, theme = self.app, self.app.theme
        now, who = app.now(), app.member.who if app.member else WHO
        size, unit = (int(theme.width), int(theme.height)), self.card_width / CARD_MM[0]
        measured = app.services.screen_size.measured

        def saved(inches: float) -> None:
            app.fit_glass(*size, inches)
            if app.shell.current == self.name:
                self.done()

        app.work(lambda: measured(width=size[0], height=size[1], pixels_per_mm=unit, now=now, who=who), saved)

    def reset(self) -> None:
        self.done = self.app.shell.back
