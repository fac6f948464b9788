"""Prevents burn-in: the welcome screen, which is shown for hours, moves by 0.7 mm every three minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kivy.clock import Clock

if TYPE_CHECKING:
    from screens.app import KioskApp

#: Seconds between moves, and the size of a step, mm: less than any margin.
EVERY, STEP = 180, 0.7
#: The offsets it cycles through, in steps (x, y).
PATH = ((0, 0), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))
#: Screens that stay when nobody is here. The welcome screen also shows the number being served.
STAY = ("welcome",)


class BurnInShift:
    """Shifts the shell with its touch targets while a screen of STAY is shown; other screens are not shifted."""

    def __init__(self, app: KioskApp) -> None:
        self._app, self._at = app, 0
        self._clock = Clock.schedule_interval(self.move, EVERY)
        app.shell.fbind("current", self._place)

    def stop(self) -> None:
        """Stop moving."""
        self._clock.cancel()
        self._app.shell.funbind("current", self._place)

    def move(self, _seconds: float = 0) -> None:
        """Move to the next offset."""
        self._at = (self._at + 1) % len(PATH)
        self._place()

    def _place(self, *_: object) -> None:
        app, shell = self._app, self._app.shell
        stays = app.settings.screen.shift and shell.current in STAY
        step = round(STEP * app.theme.mm) if stays else 0
        x, y = PATH[self._at]
        shell.shift = (x * step, y * step)
