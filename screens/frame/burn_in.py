"""A picture that stays for hours burns into a screen: the one that waits moves by a hair now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kivy.clock import Clock

if TYPE_CHECKING:
    from screens.app import KioskApp

#: How often it moves, seconds, and how far from its place, mm: less than any margin.
EVERY, STEP = 180, 0.7
#: The places it goes through, in steps from its own.
PATH = ((0, 0), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))
#: Screens that stay when nobody is here: the welcome, which is also the board of the number being served.
STAY = ("welcome",)


class BurnInShift:
    """Moves the frame of the shell with all that can be touched in it; other screens are where they belong."""

    def __init__(self, app: KioskApp) -> None:
        self._app, self._at = app, 0
        self._clock = Clock.schedule_interval(self.move, EVERY)
        app.shell.fbind("current", self._place)

    def stop(self) -> None:
        """Move no more."""
        self._clock.cancel()
        self._app.shell.funbind("current", self._place)

    def move(self, _seconds: float = 0) -> None:
        """Go to the next place."""
        self._at = (self._at + 1) % len(PATH)
        self._place()

    def _place(self, *_: object) -> None:
        app, shell = self._app, self._app.shell
        stays = app.settings.screen.shift and shell.current in STAY
        step = round(STEP * app.theme.mm) if stays else 0
        x, y = PATH[self._at]
        shell.shift = (x * step, y * step)
