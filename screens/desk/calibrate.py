"""The size of the screen: a drawn bank card is fitted to a real one, and millimetres are right from then on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.properties import NumericProperty

from kiosk.services.glass import CARD_MM
from screens.base import KioskScreen

#: One touch makes the card this much wider, mm: roughly, and finely.
ROUGH, FINE = 3.0, 0.4


class Calibrate(KioskScreen):
    """Works in pixels of the glass, the one screen that must: it is used before millimetres are known. `done` is where
    to go then."""

    card_width = NumericProperty(100)  # pixels
    passing = True

    def open(self, **values: Any) -> None:
        self.bar = self.app.member is not None  # at the first start there is no way round the PIN
        self.done: Callable[[], None] = values.get("done", self.app.shell.back)
        self.card_width = CARD_MM[0] * self.app.theme.pixels_per_mm

    def stretch(self, step: float) -> None:
        """Make the card wider by a rough (2, -2) or a fine (1, -1) step."""
        size = ROUGH if abs(step) > 1 else FINE
        wider = self.card_width + (size if step > 0 else -size) * self.app.theme.pixels_per_mm
        self.card_width = min(max(wider, self.app.theme.width * 0.1), self.app.theme.width * 0.95)

    def save(self) -> None:
        """Keep it and lay everything out anew."""
        app, theme = self.app, self.app.theme
        now, who = app.now(), app.member.who if app.member else "shell"
        size, unit = (int(theme.width), int(theme.height)), self.card_width / CARD_MM[0]
        measured = app.services.glass.measured

        def saved(inches: float) -> None:
            app.fit_glass(*size, inches)
            if app.shell.current == self.name:
                self.done()

        app.work(lambda: measured(width=size[0], height=size[1], pixels_per_mm=unit, now=now, who=who), saved)

    def wipe(self) -> None:
        self.done = self.app.shell.back
