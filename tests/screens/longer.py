"""A sixth language that is one file and no code: every text as English, with the letters more that translations have."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from babel.messages.pofile import read_po, write_po

from kiosk.language import translation
from kiosk.language.catalogues import compile_all, messages

ROOT = Path(__file__).parents[2]
#: The code of the language.
LONG = "et"
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
    for _, message in messages(ROOT):
        if isinstance(message, tuple):
            book.add(message, tuple(map(longer, message)))
        else:
            context, _, words = message.rpartition("\x04")
            book.add(words, longer(words), context=context or None)
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
