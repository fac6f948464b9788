"""A further language is one .po file: it is chosen, read, sorted and typed, and its longer words fit the first screen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po, write_po
from kivy.core.window import Window

from kiosk import i18n
from kiosk.catalogues import compile_all, messages
from kiosk.i18n import Language
from kiosk.keyboards import keyboard_for
from kiosk.resources import locales
from kiosk.settings import load
from screens.widgets.words import Words

from .stage import Stage

ROOT = Path(__file__).parents[2]
#: What the longest translations add to English.
LONGER = 0.4
HEADER = """\
# Name: Pikk keel
# Locale: et
# Voice: et
# Alphabet: abcdefghijklmnopqrsšzžtuvwõäöüxy
# Keys: qwertyuiopüõ asdfghjklöä zxcvbnmšž
msgid ""
msgstr ""
"Language: et\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"""


def longer(text: str) -> str:
    """Return `text` with more letters in it, as a translation has them: in its words and as words of their own."""
    wanted = int(len(text) * LONGER)
    words = text.split(" ")
    for at, word in enumerate(words):
        more = min(wanted, len(word) // 3 + 1)
        if "{" not in word and more > 0:
            words[at] = word + "õ" * more
            wanted -= more
    return " ".join(words) + (" " + "üü " * (wanted // 3)).rstrip()


@pytest.fixture
def sixth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A language that exists only as a file; returns its code."""
    folder = tmp_path / "locales"
    shutil.copytree(locales(), folder)
    file = folder / "et" / "LC_MESSAGES" / "kiosk.po"
    file.parent.mkdir(parents=True)
    file.write_text(HEADER, encoding="utf-8")
    with file.open("rb") as lines:
        book = read_po(lines)
    for _, message in messages(ROOT):
        forms = tuple(map(longer, message)) if isinstance(message, tuple) else longer(message)
        book.add(message, forms)
    with file.open("wb") as out:
        write_po(out, book)
    compile_all(folder)
    monkeypatch.setattr(i18n, "locales", lambda: folder)
    i18n.find_languages(folder)
    yield "et"
    i18n.find_languages(locales())


def cut(stage: Stage) -> list[str]:
    """Return the texts on the screen that do not fit their places, or stand outside the window."""
    found = []
    for widget in stage.widgets():
        if not isinstance(widget, Words) or not widget.text:
            continue
        x, y = widget.to_window(*widget.pos)
        inside = x > -2 and y > -2 and x + widget.width < Window.width + 2 and y + widget.height < Window.height + 2
        if not inside or not widget._fits(widget.width, None if widget.grow else widget.height, widget.font_size):
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
    assert language.weekday_date(stage.moment) == "teisipäev, 24. november"
    assert keyboard_for(sixth).letters[0][-1].text == "õ"
    assert Language("et").tongue.voice == "et"
