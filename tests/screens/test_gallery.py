"""A look that is asked for is the look drawn, in every language and after a visit has ended or the desk was left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.screens.gallery import end_visit, enter_desk, shoot_look

LOOKS = ("normal", "big", "high", "big_high")
LANGUAGES = ("fi", "uk")


def way(stage: Any, shot: Callable[[str], None]) -> None:
    """Through a visit, the desk and out again; every visit and every turn at the desk ends in the usual look."""
    app, shell = stage.app, stage.app.shell
    shell.go("help")
    shot("1_help")
    end_visit(app)
    enter_desk(app, app.services.staff.by_name("Coordinator"))
    stage.settle()
    shot("2_desk")
    end_visit(app)
    shell.go("help")
    shot("3_after_the_desk")


def drawn(folder: Path) -> dict[str, bytes]:
    """Return the pixels of every picture in `folder`."""
    pictures = {}
    for file in sorted(folder.glob("*.png")):
        with Image.open(file) as picture:
            pictures[file.stem] = picture.convert("RGB").tobytes()
    return pictures


def test_a_look_asked_for_is_the_look_drawn(
    open_stage: Callable[..., Any], settings: Any, shelf: Any, tmp_path: Path
) -> None:
    still = settings._replace(screen=settings.screen._replace(motion=False))
    stage = open_stage(size=(640, 400), using=still)
    for look in LOOKS:
        for language in LANGUAGES:
            shoot_look(stage, look, language, tmp_path / look / language, way)
    for language in LANGUAGES:
        each = [drawn(tmp_path / look / language) for look in LOOKS]
        assert all(list(pictures) == ["1_help", "2_desk", "3_after_the_desk"] for pictures in each)
        assert all(pictures["1_help"] == pictures["3_after_the_desk"] for pictures in each)
        for name in each[0]:
            assert len({pictures[name] for pictures in each}) == len(LOOKS), f"{name} in {language}"
    for look in LOOKS:
        assert len({drawn(tmp_path / look / language)["1_help"] for language in LANGUAGES}) == len(LANGUAGES)
        for language in LANGUAGES:
            with Image.open(tmp_path / look / language / "3_after_the_desk.png") as picture:
                edge = picture.convert("RGB").getpixel((1, picture.height // 2))
            assert (edge == (0, 0, 0)) == ("high" in look)


@pytest.mark.parametrize("look", LOOKS)
def test_a_picture_in_another_look_is_not_taken(stage: Any, tmp_path: Path, look: str) -> None:
    """What a way through the screens loses is an error, not a picture under a wrong name."""

    def loses_text(stage: Any, shot: Callable[[str], None]) -> None:
        stage.app.theme.big = not stage.app.theme.big
        shot("lost")

    def loses_language(stage: Any, shot: Callable[[str], None]) -> None:
        stage.app.end_session()
        shot("lost")

    for wrong in (loses_text, loses_language):
        with pytest.raises(AssertionError, match="lost would be"):
            shoot_look(stage, look, "uk", tmp_path, wrong)
    assert not list(tmp_path.glob("*.png"))
