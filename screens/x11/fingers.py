"""Filter of intentional touches (palm rejection). Independent of widgets and of the X server."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: Key of a finger: panel and touch id.
Key = tuple[int, int]
#: This many touches within this many seconds are a palm, a sleeve or a splash.
PALM, PALM_TIME = 3, 0.3
#: A touch on no widget is ignored after this time, seconds.
REST = 0.5
#: A touch without movement is released after this time, on any widget: the panel may be unplugged, seconds.
NEVER = 5.0
#: Movement below this is jitter, a share of width or height: 2 mm on a screen of ten inches.
STILL = 0.01
#: Maximum number of released touches kept: an unplugged panel never sends their ends.
MOST = 40


@dataclass
class Finger:
    """A touch: time of touch-down, and time and position since which it is still."""

    device: int
    began: float
    x: float
    y: float
    still: float
    meant: bool = True


class Fingers:
    """All present touches. Positions are shares of the screen, times seconds of one clock."""

    def __init__(self) -> None:
        self._down: dict[Key, Finger] = {}

    def begin(self, key: Key, device: int, x: float, y: float, moment: float) -> list[Key]:
        """Add a touch; returns the keys that are rejected by it, possibly its own."""
        while len(self._down) >= MOST:
            del self._down[next(iter(self._down))]
        self._down[key] = Finger(device, moment, x, y, moment)
        young = [other for other, finger in self._down.items() if abs(moment - finger.began) <= PALM_TIME]
        return self._let_go(young) if len(young) >= PALM else []

    def move(self, key: Key, x: float, y: float, moment: float, *, held: bool) -> bool:
        """Note a movement; returns whether it counts. `held`: a widget has grabbed the touch."""
        finger = self._down.get(key)
        if finger is None or not finger.meant:
            return False
        if abs(x - finger.x) > STILL or abs(y - finger.y) > STILL:
            finger.x, finger.y, finger.still = x, y, moment
        return held or moment - finger.began <= REST

    def end(self, key: Key) -> bool:
        """Remove a lifted touch; returns whether it was intentional."""
        finger = self._down.pop(key, None)
        return finger is not None and finger.meant

    def stale(self, now: float) -> list[Key]:
        """Return and release touches without movement for too long."""
        return self._let_go(key for key, finger in self._down.items() if now - finger.still > NEVER)

    def gone(self, device: int) -> list[Key]:
        """Remove the touches of an unplugged panel; returns the intentional ones."""
        keys = [key for key, finger in self._down.items() if finger.device == device]
        return [key for key in keys if self.end(key)]

    def _let_go(self, keys: Iterable[Key]) -> list[Key]:
        found = [key for key in keys if self._down[key].meant]
        for key in found:
            self._down[key].meant = False
        return found
