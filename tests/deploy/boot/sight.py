"""Eyes: the words on a picture of the screen and where they stand, read by tesseract."""

from __future__ import annotations

import subprocess
from io import BytesIO
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageChops, ImageFilter, ImageOps

#: What differs from what lies so far around it is a letter, whatever its colour, pixels; by so much at least, of 255.
AROUND, INK = 18, 90
#: Nothing larger is a letter: edges of buttons, pictures, pixels.
LARGEST = 80
#: How tesseract looks for words that stand anywhere, and for letters in rows as on a keyboard.
SCATTERED, ROWS = 11, 6
#: How sure it must be of a word, percent.
SURE = 10


class Word(NamedTuple):
    """A word and its middle, pixels of the screen; `line` is the same for words of one line."""

    text: str
    x: float
    y: float
    line: tuple[str, ...]


def read(picture: Image.Image, way: int = SCATTERED) -> list[Word]:
    """Return the words on `picture`, line by line; `way` is how tesseract looks at it."""
    file = BytesIO()
    _letters(picture).save(file, "PNG")
    command = ["nice", "tesseract", "-", "-", "-l", "eng", "--psm", str(way), "--dpi", "200", "tsv"]
    table = subprocess.run(command, input=file.getvalue(), capture_output=True, check=True).stdout.decode()
    words = []
    for row in table.splitlines()[1:]:
        *line, left, top, width, height, sure, text = row.split("\t")
        if float(sure) >= SURE and text.strip():
            x, y = int(left) + int(width) / 2, int(top) + int(height) / 2
            words.append(Word(text.strip(), x, y, tuple(line[:5])))
    return words


def _letters(picture: Image.Image) -> Image.Image:
    """Return what may be letters, dark on white."""
    grey = ImageOps.grayscale(picture)
    edges = ImageChops.difference(grey, grey.filter(ImageFilter.GaussianBlur(AROUND)))
    ink = np.asarray(ImageOps.autocontrast(edges))
    _, parts, sizes, _ = cv2.connectedComponentsWithStats((ink > INK).astype(np.uint8))
    small = (sizes[:, cv2.CC_STAT_WIDTH] <= LARGEST) & (sizes[:, cv2.CC_STAT_HEIGHT] <= LARGEST)
    small[0] = False  # what is no ink at all
    return Image.fromarray(np.where(small[parts], 255 - ink, 255).astype(np.uint8))


def find(words: list[Word], sought: str) -> tuple[float, float] | None:
    """Return where `sought`, some words of one line, stands; None when it is not there. Blanks between words do not count:
    not all are seen."""
    letters = _plain(sought)
    for start, first in enumerate(words):
        read: list[Word] = []
        for word in words[start:]:
            read.append(word)
            text = _plain("".join(one.text for one in read))
            if word.line != first.line or not letters.startswith(text):
                break
            if text == letters:
                return sum(one.x for one in read) / len(read), first.y
    return None


def _plain(text: str) -> str:
    """Return the letters of a text; those that look like each other are the same."""
    letters = text.casefold().translate(str.maketrans("l1", "ii"))
    return "".join(letter for letter in letters if letter.isalnum() or letter in "%+")


def filled(picture: Image.Image) -> float:
    """Return the part of the picture's edge that is not black: 1 when the screen is used from edge to edge."""
    width, height = picture.size
    edge = [(x, y) for x in range(width) for y in (0, height - 1)] + [
        (x, y) for y in range(height) for x in (0, width - 1)
    ]
    lit = 0
    for place in edge:
        pixel = picture.getpixel(place)
        lit += isinstance(pixel, tuple) and max(pixel) > 40
    return lit / len(edge)
