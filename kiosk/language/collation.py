"""Collation by a language's alphabet, and romanisation of Ukrainian."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

#: Foreign letters that sort as letters of the Finnish and the Swedish alphabet (CLDR collations fi and sv).
_AS_NORDIC = {"æ": "ä", "ø": "ö", "ü": "y", "ð": "d", "đ": "d", "þ": "th", "œ": "oe"}
#: Romanisation by resolution 55 of the Cabinet of Ministers of Ukraine, 27 January 2010.
_LATIN = dict(
    zip(
        "абвгґдезиіклмнопрстуфь",
        ["a", "b", "v", "h", "g", "d", "e", "z", "y", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", ""],
        strict=True,
    )
)
_LATIN |= {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "’": "", "'": "", "ʼ": ""}
#: Letters with another romanisation at the beginning of a word.
_AT_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_INSIDE = {"є": "ie", "ї": "i", "й": "i", "ю": "iu", "я": "ia"}
_VOWELS = frozenset("аеєиіїоуюя")


def sort_key(text: str, alphabet: str) -> tuple[object, ...]:
    """Return the sort key of `text` for an `alphabet`: digits, then its letters in order, then those of other
    alphabets. Accents and then case break ties, lower case first; apostrophes and hyphens are ignored."""
    ranks = _ranks(alphabet)
    letters = unicodedata.normalize("NFC", text.casefold())
    primary: list[tuple[int, ...]] = []
    for letter in letters:
        if letter in ranks:
            primary.append((2, ranks[letter]))
        elif letter.isspace():
            primary.append((0,))
        elif letter.isdigit():
            primary.append((1, ord(letter)))
        elif letter.isalpha():
            plain = _AS_NORDIC.get(letter, "") if "ö" in ranks else ""
            plain = plain or "".join(part for part in unicodedata.normalize("NFKD", letter) if part.isalpha())
            primary += [(2, ranks[part]) if part in ranks else (3, ord(part)) for part in plain]
    return (tuple(primary), letters, text.swapcase())


@cache
def _ranks(alphabet: str) -> dict[str, int]:
    return {letter: rank for rank, letter in enumerate(alphabet)}


@lru_cache(maxsize=1 << 14)  # bounded: the input is arbitrary text
def romanised(text: str) -> str:
    """Return Ukrainian `text` in lower-case Latin letters; other text unchanged. A й that lost its diacritic (by search
    normalisation) is restored: и never follows a vowel."""
    found: list[str] = []
    before = ""
    for letter in text.lower():
        inside = before.isalpha() or before in ("’", "'", "ʼ")
        if letter == "г" and before == "з":
            latin = "gh"
        elif letter == "и" and before in _VOWELS:
            latin = "i"
        else:
            latin = (_INSIDE if inside and before else _AT_FIRST).get(letter, _LATIN.get(letter, letter))
        found.append(latin)
        before = letter
    return "".join(found)
