"""Search: every item is found by the words of its names in all languages, from a prefix on, and with a typo.

Distinct words lie in their own small table; prefixes come from its index, parts of compounds and typos from an FTS5
trigram index over it, judged by edit distance. So a query touches words, not items.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

import peewee
from rapidfuzz.distance import OSA

from kiosk.alphabets import romanised
from kiosk.data import Store
from kiosk.vocabulary import things

#: Words looked at for one word of the query, best first.
MOST_WORDS = 400
#: Words of a query that are used; the rest is ignored.
MOST_QUERY_WORDS = 6
LONGEST_WORD = 40
#: What a match costs, best first: the word itself, its beginning, a part of it, one or two typos.
EXACT, PREFIX, PART, TYPO = 0, 1, 2, 3


def normalise(text: str) -> str:
    """Return `text` in small letters without accents: what is typed on any keyboard finds what is written with care."""
    # Taken apart first: a letter of another form (𝓐) has no small letter of its own.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words_of(texts: Iterable[str]) -> set[str]:
    """Return the normalised words in `texts`."""
    return {
        word[:LONGEST_WORD]
        for text in texts
        for word in re.findall(r"\w+", re.sub("[’'ʼ]", "", normalise(text)))
        if len(word) > 1 or word.isdigit()
    }


def allowed_typos(word: str) -> int:
    """Return how many typos (a swap of neighbours is one) a word of the query may have."""
    return 0 if len(word) < 4 else 1 if len(word) < 6 else 2


@cache
def _kin() -> dict[str, frozenset[str]]:
    """Return, for every word that alone names a thing, all words of the things it names."""
    found: dict[str, frozenset[str]] = {}
    for thing in things().values():
        for name in thing.words:
            [*words] = words_of([name])
            if len(words) == 1:
                found[words[0]] = found.get(words[0], frozenset()) | frozenset(thing.words)
    return found


def _translations(words: Iterable[str]) -> set[str]:
    """Return what the things that `words` name are called in every language."""
    return {name for word in words for name in _kin().get(word, ())}


class Search:
    """The words of items, and what a query finds. All calls run inside the caller's transaction."""

    def __init__(self, store: Store) -> None:
        self._db: peewee.SqliteDatabase = store.db

    def index(self, item_id: str, thing: str | None, names: dict[str, str] | None, category: str) -> None:
        """Note what the item is found by, instead of what was noted before."""
        known = things().get(thing or "")
        own = words_of((names or {}).values())
        wanted = own | words_of(known.words if known else ()) | words_of(_translations(own))
        execute = self._db.execute_sql
        execute("DELETE FROM item_word WHERE item = ?", (item_id,))
        for word in sorted(wanted):
            row = execute("SELECT id FROM search_word WHERE word = ?", (word,)).fetchone()
            if row is None:
                row = (execute("INSERT INTO search_word (word) VALUES (?)", (word,)).lastrowid,)
                execute("INSERT INTO search_trigram (rowid, word) VALUES (?, ?)", (row[0], word))
            execute("INSERT INTO item_word (word, item) VALUES (?, ?)", (row[0], item_id))

    def find(self, text: str) -> dict[str, int] | None:
        """Return what `text` finds: item id -> cost, every word of the query matching; None for an empty query."""
        query = sorted(words_of([text]), key=len, reverse=True)[:MOST_QUERY_WORDS]
        if not query:
            return None if not text.strip() else self._short(normalise(text.strip()))
        found: dict[str, int] | None = None
        for word in query:
            items = self._items(self._matches(word))
            found = (
                items if found is None else {item: found[item] + cost for item, cost in items.items() if item in found}
            )
        return found

    def _short(self, text: str) -> dict[str, int]:
        return self._items(self._matches(text)) if text.isalnum() else {}

    def _matches(self, word: str) -> dict[int, int]:
        latin = romanised(word)
        if latin == word:
            return {**self._cyrillic(word), **self._alike(word)}
        other = {word_id: cost for word_id, cost in self._alike(latin).items() if cost < TYPO}
        return {**other, **self._alike(word)}

    def _cyrillic(self, word: str) -> dict[int, int]:
        """Find the Ukrainian words that in Latin letters begin with `word`."""
        if len(word) < 3:
            return {}
        found = {}
        for word_id, known in self._db.execute_sql("SELECT id, word FROM search_word WHERE word >= 'а'"):
            latin = romanised(known)
            if latin.startswith(word):
                found[word_id] = EXACT if latin == word else PREFIX
        return found

    def _alike(self, word: str) -> dict[int, int]:
        """Find the words that begin with `word`, hold it, or are it with a typo; none for "", as "ь" is in Latin."""
        if not word:
            return {}
        execute = self._db.execute_sql
        found: dict[int, int] = {}
        last = word[:-1] + chr(ord(word[-1]) + 1)
        rows = execute(
            "SELECT id, word FROM search_word WHERE word >= ? AND word < ? LIMIT ?", (word, last, MOST_WORDS)
        )
        for word_id, known in rows:
            found[word_id] = EXACT if known == word else PREFIX
        if len(word) < 3:
            return found
        allowed = 0 if EXACT in found.values() else allowed_typos(word)
        trigrams = {word[at : at + 3] for at in range(len(word) - 2)}
        if allowed and len(word) >= 4:  # a swap or a wrong letter breaks up to three trigrams: look at both halves too
            trigrams |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
        match = " OR ".join(f'"{trigram}"' for trigram in sorted(trigrams))
        rows = execute(
            "SELECT rowid, word FROM search_trigram WHERE search_trigram MATCH ? ORDER BY rank LIMIT ?",
            (match, MOST_WORDS),
        )
        for word_id, known in rows:
            if word_id in found:
                continue
            if word in known:
                found[word_id] = PART
            elif allowed:
                distance = min(OSA.distance(word, known), OSA.distance(word, known[: len(word)]))
                if distance <= allowed:
                    found[word_id] = TYPO + distance
        if not found and allowed:
            found = self._slowly(word, allowed)
        return found

    def _slowly(self, word: str, allowed: int) -> dict[int, int]:
        """Compare with every word of nearly the same beginning or length; only when nothing else was found."""
        rows = self._db.execute_sql(
            "SELECT id, word FROM search_word WHERE length(word) BETWEEN ? AND ?",
            (len(word) - allowed, len(word) + allowed),
        )
        return {
            word_id: TYPO + distance
            for word_id, known in rows
            if (distance := OSA.distance(word, known, score_cutoff=allowed)) <= allowed
        }

    def _items(self, words: dict[int, int]) -> dict[str, int]:
        found: dict[str, int] = {}
        ids = list(words)
        for at in range(0, len(ids), 500):
            part = ids[at : at + 500]
            rows = self._db.execute_sql(
                f"SELECT word, item FROM item_word WHERE word IN ({','.join('?' * len(part))})", part
            )
            for word_id, item in rows:
                found[item] = min(found.get(item, 99), words[word_id])
        return found
