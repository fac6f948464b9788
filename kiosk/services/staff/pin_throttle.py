"""Throttle of PIN attempts: growing lock-outs that neither a power cut nor a clock change shortens.

Consecutive wrong PINs are counted per person, with growing lock-outs, and for everybody together, with lock-outs of at
most half a minute. A right PIN or a badge resets both counts. Each wrong PIN also adds to a debt that only time reduces
(a leaky bucket), so guessing at many people, or between logins of staff, stays within the daily limit. The
coordinator's passphrase ends all three, but leaves only a few attempts of the debt.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk import clock
from kiosk.data.models import DoorCount
from kiosk.journal import Store

#: (consecutive wrong PINs, lock-out in seconds), highest first (DOMAIN.md 4.1: below 100 guesses a day).
WAITS = ((10, 3600), (7, 600), (5, 120), (3, 30))
#: The same for everybody together; short, so that nobody can lock the others out for long.
WAITS_OF_ALL = ((3, 30),)
#: Key of the count for everybody.
EVERYBODY = ""
#: Key of the debt, the debt of one wrong PIN, and its limit, in seconds: 40 wrong PINs at once, then 36 a day; 76 on
#: the worst day.
DEBT, PER_WRONG, MOST_DEBT = "debt", 2400, 40 * 2400
#: Attempts that remain after the passphrase has ended the lock-outs.
TRIES_AFTER_PASSPHRASE = 3


def wait_after(failures: int, waits: tuple[tuple[int, int], ...] = WAITS) -> int:
    """Return the lock-out in seconds after `failures` consecutive wrong PINs."""
    return next((seconds for least, seconds in waits if failures >= least), 0)


class PinThrottle:
    """Counts wrong PINs in the database; elapsed time is measured by `ticks`. The rest of a lock-out is stored
    periodically (`note`) and resumes from there after a restart."""

    def __init__(self, store: Store, ticks: Callable[[], float] = clock.since_boot) -> None:
        self._store, self._ticks = store, ticks
        self._running: dict[
            str, tuple[int, float, float]
        ] = {}  # person -> failures, seconds left, tick of the measurement

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
        """End every lock-out, inside the caller's transaction. Only a few attempts of the debt are freed, so that this
        hardly raises the daily limit."""
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
