"""The state of one visit, in one place that is cleared at its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from kiosk.codes.codes import Code
    from kiosk.settings import Settings
    from kiosk.settings.tablet import Screen
    from screens.widgets.theme import Theme
    from screens.widgets.tr import Tr

Answer = TypeVar("Answer")


class VisitorSession:
    """The present visit. `number` counts visits, so that results of one visit are not delivered to the next. Language
    and looks are kept in `tr` and `theme`, which the screens observe; the session resets both at the end."""

    def __init__(self, theme: Theme, tr: Tr) -> None:
        self._theme, self._tr = theme, tr
        self.number = 0
        self.tickets: list[str] = []  # ids of tickets taken
        self.wishes: list[str] = []  # ids of wishes left
        self.codes: list[Code] = []  # of everything taken, booked or told, in order
        self.visits: dict[str, str] = {}  # session id -> id of the counted visit
        self.unhurried = False  # the visitor asked for more time

    def keep(self, code: Code) -> None:
        """Remember the code of what was taken, until the visit ends."""
        if code not in self.codes:
            self.codes.append(code)

    def forget(self, code: Code) -> None:
        """Drop the code of what was given up again."""
        if code in self.codes:
            self.codes.remove(code)

    def during(self, then: Callable[[Answer], object]) -> Callable[[Answer], object]:
        """Return a callback that calls `then` unless this visit is over."""
        number = self.number
        return lambda answer: then(answer) if self.number == number else None

    def has_chosen(self, settings: Settings) -> bool:
        """Return whether language, looks or pace differ from those of `settings`."""
        return (
            self.unhurried
            or self._tr.code != settings.centre.default_language
            or (self._theme.big, self._theme.high_contrast, self._theme.motion) != _looks(settings.screen)
        )

    def plain_looks(self, screen: Screen) -> None:
        """Reset to the looks of the settings."""
        self._theme.big, self._theme.high_contrast, self._theme.motion = _looks(screen)

    def end(self, settings: Settings) -> None:
        """End the visit: reset everything to `settings`."""
        self.number += 1
        self.tickets.clear()
        self.wishes.clear()
        self.codes.clear()
        self.visits.clear()
        self.unhurried = False
        self.plain_looks(settings.screen)
        self._tr.use(settings.centre.default_language)


def _looks(screen: Screen) -> tuple[bool, bool, bool]:
    """Return (big text, high contrast, motion) of `screen`."""
    return screen.text == "big", screen.contrast == "high", screen.motion
