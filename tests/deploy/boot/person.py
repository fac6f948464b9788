"""Somebody in front of the machine: looks for words on the screen, touches them, and types on the keyboard that is drawn."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from PIL import Image

from kiosk.language.keyboards import Key, Rows
from tests.deploy.boot import sight
from tests.deploy.boot.machine import PATIENCE, Machine

#: Between two touches on drawn keys: emulated, the screen follows slowly, seconds.
BETWEEN = 1.5
#: What must not move around a text before it is touched, pixels to each side.
AROUND = 80
#: A text that is read this near to where it was before has not moved, pixels.
STILL = 6


#: After so many seconds without the next text a person touches again.
AGAIN = 45.0


class Person:
    """Every picture that was waited for is kept in `pictures`, numbered."""

    def __init__(self, machine: Machine, pictures: Path) -> None:
        self.machine, self._pictures = machine, pictures
        pictures.mkdir(parents=True, exist_ok=True)
        self._taken = 0

    def see(
        self, *any_of: str, patience: float = PATIENCE
    ) -> tuple[Image.Image, list[sight.Word], tuple[float, float]]:
        """Wait until one of some texts is on the screen; returns the picture, its words and where the text is. Raises
        AssertionError with what is there instead."""
        end = time.monotonic() + patience
        while True:
            picture = self.machine.shot()
            words = sight.read(picture)
            for text in any_of:
                if place := sight.find(words, text):
                    self.keep(picture, text)
                    return picture, words, place
            if time.monotonic() > end:
                self.keep(picture, "instead")
                raise AssertionError(f"not seen: {any_of}; but: {' '.join(word.text for word in words)}")
            time.sleep(1)

    def keep(self, picture: Image.Image, name: str) -> None:
        """Keep a picture."""
        self._taken += 1
        plain = "".join(letter if letter.isalnum() else "-" for letter in name.lower())[:40]
        picture.save(self._pictures / f"{self._taken:02}-{plain}.png")

    def tap(self, text: str, patience: float = PATIENCE) -> None:
        """Touch a text when it is there and stands still."""
        picture, _, (x, y) = self.see(text, patience=patience)
        around = (int(x) - AROUND, int(y) - AROUND // 4, int(x) + AROUND, int(y) + AROUND // 4)
        while picture.crop(around) != (picture := self.machine.shot()).crop(around):
            before = (x, y)  # the text moves, or it snows behind it
            x, y = sight.find(sight.read(picture), text) or before
            if abs(x - before[0]) + abs(y - before[1]) < STILL:
                break
        self.machine.touch(x, y)

    def go(self, *texts: str) -> None:
        """Touch one after the other, and one again that changed nothing: a slow machine misses a touch at times."""
        for text, following in zip(texts, (*texts[1:], ""), strict=True):
            self.tap(text)
            if not following:
                return
            try:
                self.see(following, patience=AGAIN)
            except AssertionError:
                self.tap(text)

    def type(self, text: str, rows: Rows) -> None:
        """Type `text` on the drawn keyboard with `rows`."""
        time.sleep(3)
        places = keys(sight.read(self.machine.shot(), sight.ROWS), rows)
        for letter in text:
            self.machine.touch(*places[letter])
            time.sleep(BETWEEN)


def keys(words: list[sight.Word], rows: Rows) -> dict[str, tuple[float, float]]:
    """Return where the keys of `rows` are, by those of them that were read: rows are as high as each other and stand
    above one another by their middles."""
    units = {key.text: place for place, key in _units(rows) if key.text}
    seen = [(word, units[word.text.lower()]) for word in words if word.text.lower() in units]
    assert len(seen) >= 4, f"no keyboard: {' '.join(word.text for word in words)}"
    across = _fit([(unit[0], word.x) for word, unit in seen])
    down = _fit([(unit[1], word.y) for word, unit in seen])
    return {text: (across[0] + across[1] * x, down[0] + down[1] * y) for text, (x, y) in units.items()}


def _units(rows: Rows) -> list[tuple[tuple[float, float], Key]]:
    found = []
    for y, row in enumerate(rows):
        x = -sum(key.width for key in row) / 2
        for key in row:
            found.append(((x + key.width / 2, float(y)), key))
            x += key.width
    return found


def _fit(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the line through `pairs` that most of them agree on (Theil and Sen), as its start and slope."""
    slope = median((b[1] - a[1]) / (b[0] - a[0]) for a in pairs for b in pairs if abs(b[0] - a[0]) > 0.4)
    return median(pixel - slope * unit for unit, pixel in pairs), slope
