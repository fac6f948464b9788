"""Names of things while one types: the multilingual list, found in any language, from the first letters, with a typo."""

from __future__ import annotations

from functools import cache

from rapidfuzz.distance import OSA

from kiosk.vocabulary import Thing, things

from .search import allowed_typos, words_of

#: What is shown at once.
MOST = 24


def suggest(text: str, most: int = MOST) -> list[Thing]:
    """Return the things `text` may mean, the likeliest first; none for an empty text."""
    query = sorted(words_of([text]), key=len, reverse=True)
    if not query:
        return []
    found = []
    for order, (thing, words) in enumerate(_indexed()):
        costs = [min((_cost(word, known) for known in words), default=99) for word in query]
        if max(costs) < 99:
            found.append((sum(costs), len(thing.names.get("fi", "")), order, thing))
    return [thing for *_, thing in sorted(found, key=lambda one: one[:3])[:most]]


@cache
def _indexed() -> list[tuple[Thing, frozenset[str]]]:
    return [(thing, frozenset(words_of(thing.words))) for thing in things().values()]


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
