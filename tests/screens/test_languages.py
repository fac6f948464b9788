"""A further language is one .po file: it is chosen, read, sorted and typed, and its longer words fit the first screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from kivy.core.window import Window

from kiosk.language.keyboards import keyboard_for
from kiosk.language.translation import Language
from kiosk.services.goods.cells import language_of
from kiosk.settings import load
from screens.widgets.words import Words
from tests.screens.longer import long_language, longer
from tests.screens.stage import Stage


@pytest.fixture
def sixth(tmp_path: Path) -> Iterator[str]:
    """A language that exists only as a file; returns its code."""
    with long_language(tmp_path / "locales") as code:
        yield code


def cut(stage: Stage) -> list[str]:
    """Return the texts on the screen that do not fit their places, or stand outside the window."""
    found = []
    for widget in stage.widgets():
        if not isinstance(widget, Words) or not widget.text:
            continue
        x, y = widget.to_window(*widget.pos)
        inside = x > -2 and y > -2 and x + widget.width < Window.width + 2 and y + widget.height < Window.height + 2
        height = None if widget.grow else widget.height
        if not inside or not widget._fits(widget.width, height, widget.font_size):
            found.append(f"{stage.app.shell.current}: {widget.text!r} {widget.size}")
    return found


def test_a_sixth_language_is_one_file(
    sixth: str, tmp_path: Path, open_stage: Callable[..., Any], shelf: dict[str, Any]
) -> None:
    (tmp_path / "kiosk.toml").write_text('[centre]\nlanguages = ["fi", "uk", "en", "et"]\n', encoding="utf-8")
    stage = open_stage(using=load(tmp_path / "kiosk.toml"))
    stage.tap("Pikk keel")
    stage.see(longer("What would you like to do?"))
    stage.settle()
    assert cut(stage) == []
    language = stage.app.tr.language
    assert sorted(["žest", "tee", "üle", "õun", "zoo"], key=language.sort_key) == ["zoo", "žest", "tee", "õun", "üle"]
    assert language.weekday_date(stage.moment) == "teisipäev, 24.\u00a0november"
    assert keyboard_for(sixth).letters[0][-1].text == "õ"
    assert Language("et").tongue.voice == "et"
    assert language_of("Pikk keel") == sixth
