"""Full-text search of items: words of their names in all languages, matched exactly, by prefix, by part, or with typos.

An FTS5 index has the words of every item on the shelves (Ukrainian ones also in Latin letters) and is scanned from the
newest item, so the first results need no scan of the rest. Parts and typos are resolved against the distinct words,
which are few: by an FTS5 trigram index with the edit distance, and by looking up every word at edit distance 1. The
words of a category's name find all items of it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import chain

import peewee
from rapidfuzz.distance import OSA

from kiosk.journal import Store
from kiosk.language.collation import romanised
from kiosk.language.translation import LANGUAGES, Language
from kiosk.vocabulary import things
from kiosk.vocabulary.words import CATEGORIES

#: Limits: index words that a query word expands to, best first, and candidates for typos.
MOST_WORDS, LOOKED_AT = 60, 200
#: Query words that are used; the rest is ignored.
MOST_QUERY_WORDS = 6
LONGEST_WORD = 40
#: Letters of the shortest word of a category's name that finds it: shorter ones are "and" and "for".
SHORTEST_CATEGORY_WORD = 4
#: Row ids of the index reserved for each day, see migration 17.
DAY = 1_000_000
#: Letters inserted to generate typos: those of normalised words.
LATIN, CYRILLIC = "abcdefghijklmnopqrstuvwxyz", "абвгґдежзиіклмнопрстуфхцчшщьюяєыэъ"


def normalise(text: str) -> str:
    """Return `text` in lower case without diacritics, so that a query from any keyboard matches."""
    # Decompose first (NFKD): compatibility letters such as 𝓐 have no lower case.
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
    """Return the edit distance allowed for a query word (a transposition counts as 1)."""
    return 0 if len(word) < 4 else 1 if len(word) < 6 else 2


@cache
def _kin() -> dict[str, frozenset[str]]:
    """Return for each word that by itself names a thing all words of the things it names."""
    found: dict[str, frozenset[str]] = {}
    for thing in things().values():
        for name in thing.words:
            [*words] = words_of([name])
            if len(words) == 1:
                found[words[0]] = found.get(words[0], frozenset()) | frozenset(thing.words)
    return found


def _translations(words: Iterable[str]) -> set[str]:
    """Return the names in all languages of the things that `words` name."""
    return {name for word in words for name in _kin().get(word, ())}


def _category_words(names: Iterable[str]) -> set[str]:
    words = {word for word in words_of(names) if len(word) >= SHORTEST_CATEGORY_WORD}
    return words | {latin for word in words if (latin := romanised(word))}


@cache
def _built_in() -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the categories with the words of their names in all languages; "other things" names none."""
    named = {
        key: [Language(code).text(name) for code in LANGUAGES] for key, name in CATEGORIES.items() if key != "other"
    }
    return tuple((key, frozenset(_category_words(names))) for key, names in named.items())


def _facet(value: str) -> str:
    """Return the index word of a category or an age group; it cannot be typed."""
    return f"={value}"


class SearchIndex:
    """The full-text index of items. All calls run inside the caller's transaction."""

    def __init__(self, store: Store) -> None:
        self._db: peewee.SqliteDatabase = store.db

    def index(self, item_id: str) -> None:
        """Replace the indexed words of an item."""
        execute = self._db.execute_sql
        sql = "SELECT thing, names, category, own_category, age_group, arrived_on FROM item WHERE id = ?"
        [(thing, names, category, kept_in, age_group, arrived_on)] = execute(sql, (item_id,)).fetchall()
        known = things().get(thing or "")
        own = words_of(json.loads(names or "{}").values())
        words = own | words_of(known.words if known else ()) | words_of(_translations(own))
        words |= {latin for word in words if (latin := romanised(word))}
        sql = "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT word FROM search_word) ORDER BY value"
        for (word,) in execute(sql, (json.dumps([*words]),)).fetchall():
            new = execute("INSERT INTO search_word (word) VALUES (?)", (word,)).lastrowid
            execute("INSERT INTO search_trigram (rowid, word) VALUES (?, ?)", (new, word))
        text = " ".join([*(_facet(value) for value in (category, kept_in, age_group) if value), *sorted(words)])
        execute("DELETE FROM item_text WHERE item = ?", (item_id,))
        first = date.fromisoformat(arrived_on).toordinal() * DAY
        sql = """INSERT INTO item_text (no, item, words)
                 SELECT coalesce(max(no), ?1) + 1, ?2, ?3 FROM item_text WHERE no >= ?1 AND no < ?1 + ?4"""
        execute(sql, (first, item_id, text, DAY))

    def find(
        self, text: str, facets: Iterable[str | None], after: date | None, most: int | None
    ) -> Iterator[list[str]]:
        """Yield lists of items that match every word of `text`, the category and the age group, and arrived after a
        day: best matches in the first list, and so on; each list newest first, at most `most` long."""
        words = sorted(words_of([text]), key=len, reverse=True)[:MOST_QUERY_WORDS]
        plain = normalise(text.strip())
        if not words and plain.isalnum():
            words = [plain]  # a single letter
        if not words:
            return
        ways = [self._ways(word) for word in words]
        narrow = "".join(f' AND "{_facet(value)}"' for value in facets if value)
        least = (after.toordinal() + 1) * DAY if after else 0
        before = ""
        for level in range(len(ways[0])):
            if not all(any(way[: level + 1]) for way in ways):
                continue
            asked = " AND ".join(f"({' OR '.join(chain.from_iterable(way[: level + 1]))})" for way in ways)
            if asked == before:
                continue
            query = f"({asked}){narrow}" + (f" NOT ({before})" if before else "")
            sql = """SELECT item FROM item_search CROSS JOIN item_text ON item_text.no = item_search.rowid
                     WHERE item_search MATCH ? AND item_search.rowid >= ? ORDER BY item_search.rowid DESC LIMIT ?"""
            rows = self._db.execute_sql(sql, (query, least, -1 if most is None else most))
            yield [item for (item,) in rows]
            before = asked

    def _ways(self, word: str) -> list[list[str]]:
        """Return the lookups of `word` in the index, best first: exact, prefix, infix, one typo, prefix with one typo,
        two typos."""
        spellings = [spelling for spelling in dict.fromkeys((word, romanised(word))) if spelling]
        exact, begins = [f'"{spelling}"' for spelling in spellings], [f'"{spelling}"*' for spelling in spellings]
        parts: set[str] = set()
        for spelling in spellings:
            parts |= self._holding(spelling)
        known = self._known(word)
        typos = {} if known else self._with_typos(word)
        others = [[f'"{near}"' for near in sorted(typos) if typos[near] == rank] for rank in (1, 2, 3)]
        ways = [exact, begins, [f'"{known}"' for known in sorted(parts)], *others]
        for way, found in zip(ways[1:], self._categories(word, 0 if known else allowed_typos(word)), strict=False):
            way += found
        return ways

    def _categories(self, word: str, typos: int) -> list[list[str]]:
        """Return the lookups of the categories that `word` names: exactly, by prefix, with up to `typos` typos."""
        if len(word) < SHORTEST_CATEGORY_WORD:
            return []
        own = self._db.execute_sql("SELECT id, names FROM own_category").fetchall()
        named = [*_built_in(), *((key, _category_words(json.loads(names).values())) for key, names in own)]
        matches = (
            lambda known: known == word,
            lambda known: known.startswith(word),
            lambda known: OSA.distance(word, known) <= typos,
        )
        return [[f'"{_facet(key)}"' for key, words in named if any(map(match, words))] for match in matches]

    def _known(self, word: str) -> bool:
        return self._db.execute_sql("SELECT 1 FROM search_word WHERE word = ?", (word,)).fetchone() is not None

    def _holding(self, part: str) -> set[str]:
        """Return the words that contain `part`; of too many the shortest."""
        if len(part) < 3:
            return set()
        sql = "SELECT word FROM search_trigram WHERE search_trigram MATCH ? ORDER BY length(word) LIMIT ?"
        return {word for (word,) in self._db.execute_sql(sql, (f'"{part}"', MOST_WORDS))}

    def _with_typos(self, word: str) -> dict[str, int]:
        """Return the words that match `word`, or start with it, with one or two typos; by rank: 1 one typo, 2 one typo
        in the prefix, 3 two typos."""
        allowed = allowed_typos(word)
        if not allowed:
            return {}
        near = sorted(_one_off(word))
        sql = f"SELECT word FROM search_word WHERE word IN ({','.join('?' * len(near))})"
        found = {known: 1 for (known,) in self._db.execute_sql(sql, near)}
        trigrams = " OR ".join(f'"{word[at : at + 3]}"' for at in range(len(word) - 2))
        sql = "SELECT word FROM search_trigram WHERE search_trigram MATCH ? ORDER BY rank LIMIT ?"
        for (known,) in self._db.execute_sql(sql, (trigrams, LOOKED_AT)):
            distance = min(OSA.distance(word, known), OSA.distance(word, known[: len(word)]))
            if 0 < distance <= allowed and len(found) < MOST_WORDS:
                found.setdefault(known, distance + 1)
        return found


def _one_off(word: str) -> set[str]:
    """Return all words at edit distance 1 from `word`."""
    letters = CYRILLIC if word[0] in CYRILLIC else LATIN
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(head + tail[1:] for head, tail in halves if tail),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in halves if len(tail) > 1),
        *(head + letter + tail[1:] for head, tail in halves if tail for letter in letters),
        *(head + letter + tail for head, tail in halves for letter in letters),
    } - {word}
