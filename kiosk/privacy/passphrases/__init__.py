"""Word lists of passphrases: 2048 words for each language that has a list, English (BIP 39) for any other."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from mnemonic import Mnemonic

__all__ = ["ENGLISH", "words_of"]

#: The list of the recovery words, always English.
ENGLISH = "english"


@lru_cache(maxsize=4)
def words_of(language: str) -> tuple[str, ...]:
    """Return the word list of a language; plain Finnish uses the Finnish one."""
    file = files(__package__) / f"{language.partition('_')[0]}.txt"
    if not file.is_file():
        return tuple(Mnemonic(ENGLISH).wordlist)
    return tuple(line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
