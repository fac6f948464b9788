"""The sequence of the first start: the screen of each step, and navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import N_
from kiosk.services.staff.first_start import PRIVATE, STEPS, beside

if TYPE_CHECKING:
    from screens.app import KioskApp

#: The screen of each step.
SCREENS = {
    "language": "setup_language",
    "languages": "setup_languages",
    "name": "setup_name",
    "hours": "setup_hours",
    "glass": "calibrate",
    "printer": "setup_printer",
    "coordinator": "setup_coordinator",
    "keys": "keys_why",
}
NOT_YET = N_("This kiosk is not ready yet")
NOT_YET_TEXT = N_("Someone from the centre needs to set it up first. It takes a few minutes. Thank you for waiting!")


class FirstStart:
    """Owned by the app. `runs` while there is no coordinator: then only these screens are shown."""

    def __init__(self, app: KioskApp) -> None:
        self._app = app
        self.look()

    def look(self) -> None:
        """Check whether there is a coordinator."""
        self.runs = self._app.services.staff.needs_first

    def open(self) -> None:
        """Show the stored step."""
        self._show(self._app.services.first_start.step)

    @property
    def keys_wait(self) -> bool:
        """Return whether the signed-in coordinator must still create the keys."""
        return self._app.services.first_start.step in PRIVATE

    def go(self, step: str, by: int = 1) -> None:
        """Go on from `step`, or back, and store the new step, so that a power cut resumes there."""
        then = beside(step, by)
        if then in PRIVATE and self._app.member is None:
            return
        setup, shell = self._app.services.first_start, self._app.shell
        here = shell.current
        self._app.work(lambda: setup.reach(then), lambda answer: self._show(then) if shell.current == here else None)

    def refuse(self) -> None:
        """Show that the kiosk is not set up yet."""
        tr = self._app.tr
        self._app.shell.say(tr._(NOT_YET), tr._(NOT_YET_TEXT))

    def _show(self, step: str) -> None:
        values = {"first_start": True} if step == "glass" else {}
        self._app.shell.begin(SCREENS[step], **values)


def progress(step: str) -> float:
    """Return the progress at `step`, 0 to 1."""
    return (STEPS.index(step) + 1) / (len(STEPS) + 1)
