"""Autocompletion of thing names from the multilingual vocabulary, in any language, by prefix and with typos."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from rapidfuzz.distance import OSA

from kiosk.language.collation import romanised
from kiosk.vocabulary import Thing, things

from .search import allowed_typos, words_of

#: Suggestions shown at once.
MOST = 24


def suggest(text: str, most: int = MOST, order: Callable[[Thing], Any] = lambda thing: thing.key) -> list[Thing]:
    """Return the things that match `text`, best match first, ties by `order`; none for an empty text."""
    query = sorted(words_of([text]), key=len, reverse=True)
    if not query:
        return []
    found = []
    for thing, words in _indexed():
        costs = [min((_cost(word, known) for known in words), default=99) for word in query]
        if max(costs) < 99:
            found.append((sum(costs), thing))
    return [thing for _, thing in sorted(found, key=lambda one: (one[0], order(one[1])))[:most]]


@cache
def _indexed() -> list[tuple[Thing, frozenset[str]]]:
    indexed = [(thing, words_of(thing.words)) for thing in things().values()]
    return [(thing, frozenset(words | {romanised(word) for word in words})) for thing, words in indexed]


def _cost(word: str, known: str) -> int:
    if known == word:
        return 0
    if known.startswith(word):
        return 1
    if len(word) > 2 and word in known:
        return 2
    allowed = allowed_typos(word)
    distance = min(OSA.distance(word, known), OSA.distance(word, known[: len(word)])) if allowed else 99
    return 3 + distance if distance <= allowed else 99
