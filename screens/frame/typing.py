"""Types what comes from a USB keyboard into the field of the screen, where that is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.widgets.keyboard import KeyboardView

from .focus import CHOOSE, seen

if TYPE_CHECKING:
    from screens.app import KioskApp

#: Keys by USB HID usage.
ERASE, SPACE = 42, 44


class Typing:
    """The field that a USB keyboard types into: that of the on-screen keyboard shown. Staff may always type, visitors
    if a setting allows it."""

    def __init__(self, app: KioskApp) -> None:
        self.app = app

    @property
    def board(self) -> KeyboardView | None:
        """The on-screen keyboard whose field is typed into; None without one."""
        app = self.app
        if app.shell.dialog is not None or not self._may_type():
            return None
        boards = (one for one in seen(app.shell.ids.manager) if isinstance(one, KeyboardView))
        return next((board for board in boards if board.shown and not board.disabled and board.entry), None)

    def _may_type(self) -> bool:
        app = self.app
        staff = app.member is not None or app.first_start.runs or app.shell.screen(app.shell.current).for_staff
        return bool(staff or app.settings.screen.keyboard)

    def takes(self, act: str) -> bool:
        """Return whether a key that chooses belongs to the field instead: no control has the focus."""
        return act == CHOOSE and self.app.focus.widget is None and self.board is not None

    def type(self, text: str) -> bool:
        """Type `text`; returns False if there is no field."""
        board = self.board
        if board is None:
            return False
        self.app.focus.clear()
        board.type(text)
        return True

    def erase(self) -> None:
        """Delete the last character."""
        if (board := self.board) is not None:
            self.app.focus.clear()
            board.entry.erase()

    def confirm(self) -> None:
        """Press the button that confirms the field, if it can be pressed."""
        button = self.board.entry.confirmed_by if self.board is not None else None
        if button is not None and not button.disabled:
            button.trigger_action(0)
