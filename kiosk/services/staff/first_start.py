"""The first start: the steps of the setup wizard. The current step is stored, so that a power cut loses none."""

from __future__ import annotations

from kiosk.journal import Store
from kiosk.services.rights import SYSTEM, needs
from kiosk.settings import Settings

from .members import StaffService

#: The steps in order. Each saves its answer at once, by the service it belongs to.
STEPS = ("language", "languages", "name", "hours", "glass", "printer", "coordinator", "keys")
#: Steps after the coordinator need a PIN.
PRIVATE = ("keys",)
#: Steps that may be skipped.
OPTIONAL = frozenset(STEPS) - {"language", "coordinator"}
#: Key of the stored step in the table meta.
NOTE = "setup"


class FirstStartService:
    """Stores the current step. A kiosk whose coordinator was added by the command line has no steps."""

    def __init__(self, store: Store, settings: Settings, *, staff: StaffService) -> None:
        self._store, self._staff = store, staff

    @property
    def step(self) -> str:
        """The current step; "" when the first start is over."""
        noted = self._store.get_meta(NOTE)
        if self._staff.needs_first:
            return noted if noted in STEPS and noted not in PRIVATE else STEPS[0]
        return "keys" if noted and not self._store.recipients() else ""

    @needs(SYSTEM)
    def reach(self, step: str) -> None:
        """Store `step` as the current one."""
        self._store.set_meta(NOTE, step)


def beside(step: str, by: int) -> str:
    """Return the step after (1) or before (-1) `step`; "" beyond both ends."""
    at = STEPS.index(step) + by
    return STEPS[at] if 0 <= at < len(STEPS) else ""
