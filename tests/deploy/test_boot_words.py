"""The trial on a machine touches words that the screens have."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from kiosk.language.translation import LANGUAGES

ROOT = Path(__file__).parents[2]
STORY = ROOT / "tests/deploy/boot/story.py"
#: What a person does with a text.
ACTS = {"tap", "see", "go"}


def touched() -> list[str]:
    """Return each text that the story looks for."""
    calls = [node for node in ast.walk(ast.parse(STORY.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    acts = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in ACTS]
    return sorted({arg.value for call in acts for arg in call.args if isinstance(arg, ast.Constant)})


def texts() -> list[str]:
    """Return each text that a screen may show, in English, and the names of the languages."""
    with (ROOT / "locales/fi/LC_MESSAGES/kiosk.po").open("rb") as file:
        ids = [message.id for message in read_po(file) if message.id]
    return [text for one in ids for text in (one if isinstance(one, tuple) else (one,))] + [*LANGUAGES.values()]


@pytest.mark.parametrize("sought", touched())
def test_what_the_story_looks_for_is_on_a_screen(sought: str) -> None:
    assert any(sought in text for text in [*texts(), "Language"]), sought
