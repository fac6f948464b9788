"""Which fingers on the glass are meant. Knows nothing of widgets or of the X server."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: What names a finger: its panel, and which of the panel's.
Key = tuple[int, int]
#: So many fingers that come down within so many seconds are a palm, a sleeve or a splash.
PALM, PALM_TIME = 3, 0.3
#: A finger that rests or slides so long and is on nothing is ignored, seconds.
REST = 0.5
#: A finger that has not moved for so long is let go, whatever it is on: the panel may be unplugged, seconds.
NEVER = 5.0
#: What is no movement, a share of the width or the height: 2 mm on a screen of ten inches.
STILL = 0.01
#: Fingers that are remembered after they were let go; a panel that was unplugged never says that they ended.
MOST = 40


@dataclass
class Finger:
    """A finger since the moment it came down, and since when and where it has been still."""

    device: int
    began: float
    x: float
    y: float
    still: float
    meant: bool = True


class Fingers:
    """All that are on the glass. A key names a finger; places are shares of the glass, moments seconds of one clock."""

    def __init__(self) -> None:
        self._down: dict[Key, Finger] = {}

    def begin(self, key: Key, device: int, x: float, y: float, moment: float) -> list[Key]:
        """Take in a finger that came down; returns which are not meant after all, that one too when it is not."""
        while len(self._down) >= MOST:
            del self._down[next(iter(self._down))]
        self._down[key] = Finger(device, moment, x, y, moment)
        young = [other for other, finger in self._down.items() if abs(moment - finger.began) <= PALM_TIME]
        return self._let_go(young) if len(young) >= PALM else []

    def move(self, key: Key, x: float, y: float, moment: float, *, held: bool) -> bool:
        """Note that a finger moved; returns whether that counts. `held` is whether something has the finger."""
        finger = self._down.get(key)
        if finger is None or not finger.meant:
            return False
        if abs(x - finger.x) > STILL or abs(y - finger.y) > STILL:
            finger.x, finger.y, finger.still = x, y, moment
        return held or moment - finger.began <= REST

    def end(self, key: Key) -> bool:
        """Forget a finger that was lifted; returns whether it was meant."""
        finger = self._down.pop(key, None)
        return finger is not None and finger.meant

    def stale(self, now: float) -> list[Key]:
        """Return those that were still for too long; they are let go."""
        return self._let_go(key for key, finger in self._down.items() if now - finger.still > NEVER)

    def gone(self, device: int) -> list[Key]:
        """Forget the fingers of a panel that was unplugged; returns those that were meant."""
        keys = [key for key, finger in self._down.items() if finger.device == device]
        return [key for key in keys if self.end(key)]

    def _let_go(self, keys: Iterable[Key]) -> list[Key]:
        found = [key for key in keys if self._down[key].meant]
        for key in found:
            self._down[key].meant = False
        return found
