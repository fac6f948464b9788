"""What every screen behind the desk has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from screens.base import KioskScreen


class DeskScreen(KioskScreen):
    """Only for staff; work is done in their name and dropped when they have left."""

    staff_only: ClassVar[bool] = True

    def do(
        self, right: str, work: Callable[[str], Any], done: Callable[[Any], None] = lambda answer: None,
        failed: Any = None,
    ) -> None:  # fmt: skip
        """Run `work(who)`, then `done(answer)` if this screen is still the one shown."""

        def here(answer: Any) -> None:
            if self.app.shell.current == self.name:
                done(answer)

        self.app.staff_work(right, work, here, failed)

    def ask(self, question: str, done: Callable[[str], None], **how: Any) -> None:
        """Ask for a text on a screen of its own, see `Ask`."""
        self.app.shell.go("ask", question=question, done=done, **how)

    def pick(self, question: str, options: Any, done: Callable[[Any], None], chosen: Any = "", **how: Any) -> None:
        """Ask for one of `options`, or `several`, on a screen of its own."""
        self.app.shell.go("choose", question=question, options=options, done=done, chosen=chosen, **how)
