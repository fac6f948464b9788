"""What one visitor has chosen and taken, in one place that is cleared when they go."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from kiosk.settings import Settings
    from kiosk.settings.tablet import Screen
    from screens.widgets.theme import Theme
    from screens.widgets.tr import Tr

Answer = TypeVar("Answer")


class VisitorSession:
    """The visit of now. `number` counts visits, so that what one visitor began does not end before another. Language and
    looks are kept by `tr` and `theme`, which the screens follow; the session gives both back at the end."""

    def __init__(self, theme: Theme, tr: Tr) -> None:
        self._theme, self._tr = theme, tr
        self.number = 0
        self.tickets: list[str] = []  # ids of tickets taken
        self.wishes: list[str] = []  # ids of wishes left
        self.visits: dict[str, str] = {}  # by session, the id of the visit that was counted
        self.unhurried = False  # has asked for more time

    def during(self, then: Callable[[Answer], object]) -> Callable[[Answer], object]:
        """Return `then`, which does nothing once this visit is over."""
        number = self.number
        return lambda answer: then(answer) if self.number == number else None

    def has_chosen(self, settings: Settings) -> bool:
        """Whether the visitor has chosen a language, looks or pace other than those of `settings`."""
        return (
            self.unhurried
            or self._tr.code != settings.centre.default_language
            or (self._theme.big, self._theme.high_contrast, self._theme.motion) != _looks(settings.screen)
        )

    def plain_looks(self, screen: Screen) -> None:
        """Show the looks of the settings."""
        self._theme.big, self._theme.high_contrast, self._theme.motion = _looks(screen)

    def end(self, settings: Settings) -> None:
        """Forget the visitor: the next begins as `settings` say."""
        self.number += 1
        self.tickets.clear()
        self.wishes.clear()
        self.visits.clear()
        self.unhurried = False
        self.plain_looks(settings.screen)
        self._tr.use(settings.centre.default_language)


def _looks(screen: Screen) -> tuple[bool, bool, bool]:
    """Return big text, high contrast and motion, as `screen` has them."""
    return screen.text == "big", screen.contrast == "high", screen.motion
