"""The staff door's memory of wrong PINs: waits that grow, and that neither a power cut nor a changed clock shortens.

Counted are the wrong PINs in a row of one person, whose waits grow, and of everybody together, which make the others wait
half a minute and no longer. A right PIN or a badge ends both counts; but every wrong one is also a debt that only time pays
off, so guessing at many people, or between the comings of the staff, does not win more than a day has. The coordinator's
passphrase ends all three, and leaves a few tries of the debt.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from kiosk.data.models import DoorCount
from kiosk.journal import Store

#: (wrong PINs in a row, seconds to wait), the most first (DOMAIN.md 4.1: below 100 guesses a day).
WAITS = ((10, 3600), (7, 600), (5, 120), (3, 30))
#: The same for everybody's together: nobody shuts the door for the others for long.
WAITS_OF_ALL = ((3, 30),)
#: The key under which everybody's wrong PINs are counted together.
EVERYBODY = ""
#: The key of the debt: what a wrong PIN adds to it, and above what the door takes none, seconds. At once that is 40 wrong
#: PINs, then 36 a day: 76 in the worst day.
DEBT, PER_WRONG, MOST_DEBT = "debt", 2400, 40 * 2400
#: Tries that are left after the passphrase has ended the waits.
TRIES_AFTER_PASSPHRASE = 3


def wait_after(failures: int, waits: tuple[tuple[int, int], ...] = WAITS) -> int:
    """Return the seconds of lock-out after so many consecutive wrong PINs."""
    return next((seconds for least, seconds in waits if failures >= least), 0)


def since_boot() -> float:
    """Return seconds of a monotonic clock that also runs in standby, whatever the wall clock is set to."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class PinThrottle:
    """Counts wrong PINs in the database; elapsed time is measured by `ticks`. The rest of a lock-out is stored now and
    then (`note`), and is waited again from there when the program restarts."""

    def __init__(self, store: Store, ticks: Callable[[], float] = since_boot) -> None:
        self._store, self._ticks = store, ticks
        self._running: dict[str, tuple[int, float, float]] = {}  # person -> failures, seconds left, at which tick

    def left(self, person: str) -> float:
        """Return the seconds for which no PIN of `person` is accepted."""
        return max(self._left(person), self._left(EVERYBODY), self._left(DEBT) - MOST_DEBT)

    def count(self, person: str) -> None:
        """Count a wrong PIN inside the transaction of the caller, before the PIN is verified: a power cut during
        verification gives no free guess."""
        for key, waits in ((person, WAITS), (EVERYBODY, WAITS_OF_ALL)):
            failures = self._row(key)[0] + 1
            self._keep(key, failures, wait_after(failures, waits))
        self._keep(DEBT, self._row(DEBT)[0] + 1, self._left(DEBT) + PER_WRONG)

    def opened(self, person: str) -> None:
        """Reset the count of `person`, whose PIN was right. Inside the transaction of the caller."""
        self.badge_shown(person)
        if debt := self._left(DEBT):
            self._keep(DEBT, self._row(DEBT)[0] + 1, max(0.0, debt - PER_WRONG))

    def badge_shown(self, person: str) -> None:
        """End the lock-outs of `person` and of everybody, but not the debt: the badge may be a photograph. Inside the
        transaction of the caller."""
        for key in (person, EVERYBODY):
            DoorCount.delete().where(DoorCount.person == key).execute(self._store.db)
            self._running.pop(key, None)

    def passphrase_typed(self) -> None:
        """End every wait, inside the caller's transaction. Of the debt a few tries are left, so that not even this makes
        a day of guessing longer by much."""
        debt = self._left(DEBT)
        failures = self._row(DEBT)[0]
        DoorCount.delete().execute(self._store.db)
        self._running.clear()
        if debt:
            self._keep(DEBT, failures + 1, min(debt, MOST_DEBT - (TRIES_AFTER_PASSPHRASE - 1) * PER_WRONG))

    def note(self) -> None:
        """Store the rest of the running lock-outs, inside the transaction of the caller."""
        for key, (failures, wait, _at) in list(self._running.items()):
            if wait > 0:
                left = self._left(key)
                DoorCount.update(wait=left).where(DoorCount.person == key, DoorCount.failures == failures).execute(
                    self._store.db
                )
                self._running[key] = (failures, left, self._ticks())

    @property
    def waiting(self) -> bool:
        """Whether a lock-out runs in this process."""
        return any(wait > 0 for _, wait, _ in self._running.values())

    def _left(self, key: str) -> float:
        failures, wait = self._row(key)
        known = self._running.get(key)
        if known is None or known[0] != failures:  # counted by another process, or this one has just started
            known = self._running[key] = (failures, wait, self._ticks())
        return max(0.0, known[1] - (self._ticks() - known[2]))

    def _keep(self, key: str, failures: int, wait: float) -> None:
        DoorCount.replace(person=key, failures=failures, wait=wait).execute(self._store.db)
        self._running[key] = (failures, wait, self._ticks())

    def _row(self, key: str) -> tuple[int, float]:
        rows = DoorCount.select(DoorCount.failures, DoorCount.wait).where(DoorCount.person == key).tuples()
        return next(iter(rows.execute(self._store.db)), (0, 0.0))
