"""The words passphrases are made of: a list of 2048 for each language that has one, English (BIP 39) for any other."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from mnemonic import Mnemonic

__all__ = ["ENGLISH", "words_of"]

#: The list of the 24 recovery words, which are English in every language.
ENGLISH = "english"


@lru_cache(maxsize=4)
def words_of(language: str) -> tuple[str, ...]:
    """Return the words for a language of the screen; plain Finnish has those of Finnish."""
    file = files(__package__) / f"{language.partition('_')[0]}.txt"
    if not file.is_file():
        return tuple(Mnemonic(ENGLISH).wordlist)
    return tuple(line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
