"""Pictures as a phone takes them of paper and of glass: each kind of damage has a function, its strength drawn by a seed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from PIL import Image

#: Size of a picture, and how wide the paper is on it, pixels.
WIDTH, HEIGHT, PAPER = 1280, 960, 820

Pixels = Any
Damage = Callable[[Pixels, np.random.Generator], Pixels]


def perspective(view: Pixels, draw: np.random.Generator) -> Pixels:
    """Held askew: each corner is off by up to a tenth of the picture."""
    corners = np.array([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], np.float32)
    moved = corners + draw.uniform(-0.1, 0.1, (4, 2)).astype(np.float32) * (WIDTH, HEIGHT)
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), draw.uniform(-25, 25), 0.9)
    tilted = cv2.warpPerspective(view, matrix, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)
    return cv2.warpAffine(tilted, turn, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)


def blur(view: Pixels, draw: np.random.Generator) -> Pixels:
    """Out of focus, and moved while it was taken."""
    soft = cv2.GaussianBlur(view, (0, 0), draw.uniform(1.5, 4.5))
    length = int(draw.integers(1, 12))
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2] = 1 / length
    return cv2.filter2D(soft, -1, kernel)


def glare(view: Pixels, draw: np.random.Generator) -> Pixels:
    """A lamp mirrored in it."""
    light = np.zeros((HEIGHT, WIDTH), np.float32)
    at = (int(draw.uniform(0.3, 0.7) * WIDTH), int(draw.uniform(0.3, 0.7) * HEIGHT))
    cv2.ellipse(
        light, at, (int(draw.uniform(60, 170)), int(draw.uniform(25, 70))), draw.uniform(0, 180), 0, 360, 1.0, -1
    )
    light = cv2.GaussianBlur(light, (0, 0), 25) * draw.uniform(0.7, 1.0)
    return view * (1 - light) + 255 * light


def moire(view: Pixels, draw: np.random.Generator) -> Pixels:
    """The grid of a screen's pixels against that of the camera."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    pitch, angle = draw.uniform(1.9, 2.7), draw.uniform(-0.1, 0.1)
    across = np.sin(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / pitch)
    down = np.sin(2 * np.pi * (y * np.cos(angle) - x * np.sin(angle)) / pitch)
    return view * (1 - draw.uniform(0.2, 0.45) * (0.5 + 0.25 * (across + down)))


def dim(view: Pixels, draw: np.random.Generator) -> Pixels:
    """In the dark: little contrast, and grain."""
    return 60 + view * draw.uniform(0.15, 0.35) + draw.normal(0, draw.uniform(6, 14), view.shape)


def all_of_it(view: Pixels, draw: np.random.Generator) -> Pixels:
    """Some of each."""
    softer = cv2.GaussianBlur(perspective(view, draw), (0, 0), draw.uniform(0.8, 2.0))
    return glare(softer, draw) * 0.7 + 30 + draw.normal(0, 6, view.shape)


DAMAGES: dict[str, Damage] = {
    "perspective": perspective, "blur": blur, "glare": glare, "moiré": moire, "dim": dim, "all of it": all_of_it,
}  # fmt: skip


def photo(paper: Image.Image, damage: Damage, seed: int, *, wide: int = PAPER) -> Image.Image:
    """Return the picture of `paper`, `wide` pixels of it, on a table; the same seed gives the same picture."""
    scale = min(wide / paper.width, 0.9 * HEIGHT / paper.height)
    size = (max(1, round(paper.width * scale)), max(1, round(paper.height * scale)))
    view = Image.new("L", (WIDTH, HEIGHT), 150)
    place = ((WIDTH - size[0]) // 2, (HEIGHT - size[1]) // 2)
    view.paste(paper.convert("L").resize(size, Image.Resampling.LANCZOS), place)
    pixels = damage(np.asarray(view, np.float32), np.random.default_rng(seed))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
