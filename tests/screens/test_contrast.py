"""Contrast as it is on the glass: every text of a picture of the screen against what it really lies on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kivy.uix.label import Label
from PIL import Image

from screens.widgets.theme import Theme
from tests.screens.stage import Stage

#: WCAG 2.2, 1.4.3: text, and large text (18 pt, or 14 pt bold: 6.4 and 4.9 mm of font height).
TEXT, LARGE = 4.5, 3.0
LARGE_MM = 6.4
Pixel = tuple[int, int, int]


def luminance(pixel: Pixel) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (one / 255 for one in pixel)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Pixel, other: Pixel) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def shown(label: Label) -> bool:
    """Whether a text is there to be read now: neither faded with what holds it nor covered."""
    at: Any = label
    while at is not None and hasattr(at, "opacity"):
        if at.opacity < 1 or getattr(at, "disabled", False):
            return False
        at = at.parent if at.parent is not at else None
    return True


def written(stage: Stage) -> list[Label]:
    """The texts in front."""
    top = stage.app.shell.dialog or stage.app.shell
    return [one for one in top.walk() if isinstance(one, Label) and one.text.strip() and one.width > 3 and shown(one)]


def faint(picture: Image.Image, label: Label, theme: Theme) -> str:
    """Return what is wrong with `label` in `picture`; "" when it reads well."""
    wide, high = label.texture_size
    x, y = label.to_window(*label.center)
    wide, high = min(wide, label.width), min(high, label.height)
    left, top = x - label.width / 2, picture.height - y - high / 2
    box = tuple(map(round, (left, top, left + label.width, top + high)))
    if box[0] < 0 or box[1] < 0 or box[2] > picture.width or box[3] > picture.height or wide < 4:
        return ""
    colours: Counter[Pixel] = Counter(picture.crop(box).getdata())
    ground = colours.most_common(1)[0][0]
    ink = max(colours, key=lambda one: contrast(one, ground))
    bar = LARGE if label.font_size / theme.pixels_per_mm >= LARGE_MM else TEXT
    found = contrast(ink, ground)
    return "" if found >= bar else f"{label.text!r}: {found:.1f}, {ink} on {ground}"


VISITOR = (
    "home",
    "arrive",
    "shelves",
    "goods",
    "enter_code",
    "help",
    "guidance",
    "donate",
    "wish",
    "calendar",
    "volunteer",
)
DESK = ("desk", "requests", "reports")


@pytest.mark.parametrize("high", [False, True], ids=["normal", "high contrast"])
def test_what_is_written_can_be_read(
    open_stage: Callable[..., Any], shelf: dict[str, Any], services: Any, tmp_path: Path, high: bool
) -> None:
    stage = open_stage()
    stage.app.theme.high_contrast = high
    bad, read = [], 0

    def look(name: str) -> None:
        nonlocal read
        stage.shot(tmp_path / "shot.png")
        with Image.open(tmp_path / "shot.png") as whole:
            picture = whole.convert("RGB")
        for label in written(stage):
            read += 1
            wrong = faint(picture, label, stage.app.theme)
            bad.extend([f"{name}: {wrong}"] if wrong else [])

    look("welcome")
    for name in VISITOR:
        stage.app.shell.go(name, **({"shelf": "all"} if name == "goods" else {}))
        look(name)
    stage.app.shell.choose_language()
    look("languages")
    stage.app.shell.close_dialog()
    stage.app.enter_desk(services.staff.by_name("Coordinator"))
    stage.app.theme.high_contrast = high
    for name in DESK:
        stage.app.shell.go(name)
        look(name)
    assert not bad, "\n".join(bad)
    assert read > 200
