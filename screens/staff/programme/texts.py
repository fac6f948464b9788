"""Asks for a text in one language after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.language.translation import LANGUAGES


def ask_texts(
    screen: Any, name: str, question: str, clean: Callable[[str], str], *, most: int, needed: str = ""
) -> None:
    """Ask for the texts of the field `name` of the screen's draft, in the languages of the centre, its own first; only
    the one in `needed` has to be given. `question` has {language}."""
    _ask(screen, name, question, clean, most, needed, screen.app.settings.centre.own_first)


def _ask(
    screen: Any, name: str, question: str, clean: Callable[[str], str], most: int, needed: str, codes: list[str]
) -> None:
    code, *others = codes
    texts = getattr(screen.draft, name)

    def said(text: str) -> None:
        rest = {key: value for key, value in texts.items() if key != code}
        screen.change(**{name: rest | ({code: clean(text)} if text else {})})
        if others:
            _ask(screen, name, question, clean, most, needed, others)

    screen.ask(
        screen.app.tr(question, language=LANGUAGES[code]),
        said,
        language=code,
        capitals=name == "names",
        text=texts.get(code, ""),
        optional=code != needed,
        check=lambda text: clean(text) if text else None,
        most=most,
    )
