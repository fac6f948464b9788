"""A sixth language that is one file and no code: every text is the longest that any of the languages has for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from kiosk.language import translation
from kiosk.language.catalogues import compile_all, messages

ROOT = Path(__file__).parents[2]
#: The code of the language.
LONG = "et"
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


def longest(key: str, books: list[Catalog], context: str | None = None) -> tuple[str, ...]:
    """Return the longest translation of `key`, all its forms: the one with most letters in its text and longest word."""
    found = [book.get(key, context).string for book in books if book.get(key, context)]
    forms = [(text,) if isinstance(text, str) else tuple(text) for text in (key, *found) if text]
    return max(forms, key=lambda texts: len(texts[-1]) + max(map(len, texts[-1].split()), default=0))


@contextmanager
def long_language(folder: Path) -> Iterator[str]:
    """Make the language known, its file and copies of the others in `folder`; gives its code."""
    import_module("screens.staff.settings.parts")  # it lists the languages once, as the settings do
    usual = translation.locales()
    shutil.copytree(usual, folder)
    file = folder / LONG / "LC_MESSAGES" / "kiosk.po"
    file.parent.mkdir(parents=True)
    file.write_text(HEADER, encoding="utf-8")
    with file.open("rb") as lines:
        book = read_po(lines)
    books = []
    for catalogue in sorted(usual.glob("*/LC_MESSAGES/kiosk.po")):
        with catalogue.open("rb") as lines:
            books.append(read_po(lines))
    for _, message in messages(ROOT):
        if isinstance(message, tuple):
            forms = longest(message[0], books)
            book.add(message, (forms[0], forms[-1]))
        else:
            context, _, words = message.rpartition("\x04")
            book.add(words, longest(words, books, context or None)[-1], context=context or None)
    with file.open("wb") as out:
        write_po(out, book)
    compile_all(folder)
    before, translation.locales = translation.locales, lambda: folder
    translation.find_languages(folder)
    try:
        yield LONG
    finally:
        translation.locales = before
        translation.find_languages(usual)
