"""The first start: the steps until visitors can use the kiosk. How far they came is noted, so that a pulled plug loses
none of them."""

from __future__ import annotations

from kiosk.journal import Store
from kiosk.services.rights import SYSTEM, needs
from kiosk.settings import Settings

from .members import StaffService

#: In this order. What each sets is kept at once, by the service it belongs to.
STEPS = ("language", "languages", "name", "hours", "glass", "printer", "coordinator", "keys")
#: Steps after the coordinator are only for who comes in by PIN.
PRIVATE = ("keys",)
#: Without these there is something to go on with all the same.
OPTIONAL = frozenset(STEPS) - {"language", "coordinator"}
#: Key of the note.
NOTE = "setup"


class FirstStartService:
    """Knows which step comes next. A kiosk whose coordinator was made by the shell has no steps."""

    def __init__(self, store: Store, settings: Settings, *, staff: StaffService) -> None:
        self._store, self._staff = store, staff

    @property
    def step(self) -> str:
        """The step to go on with; "" when the first start is over."""
        noted = self._store.get_meta(NOTE)
        if self._staff.needs_first:
            return noted if noted in STEPS and noted not in PRIVATE else STEPS[0]
        return "keys" if noted and not self._store.recipients() else ""

    @needs(SYSTEM)
    def reach(self, step: str) -> None:
        """Note that `step` is the one to go on with."""
        self._store.set_meta(NOTE, step)


def beside(step: str, by: int) -> str:
    """Return the step after (1) or before (-1) `step`; "" beyond both ends."""
    at = STEPS.index(step) + by
    return STEPS[at] if 0 <= at < len(STEPS) else ""
