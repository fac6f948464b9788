"""Matching of people: a score by shared answers, and the assignment with the highest total score.

Pure functions over plain dicts. Answers are sealed data, in memory only while staff look at them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.vocabulary.states import RequestKind

#: Answers that are no match: two "others" need not be the same.
VAGUE = frozenset({"other"})
#: Wildcard answer of a question.
ANY = "any"
#: Infinity: above any distance.
_FAR = 1 << 60
#: Age group that is only paired with itself.
MINOR = "under_18"


@dataclass(frozen=True)
class MatchingRule:
    """The score of a question: `points` for each shared answer, at most `most` answers; a `needed` question without a
    shared answer excludes the pair."""

    key: str
    points: int
    most: int = 1
    needed: bool = False


#: Rules by service, highest weight first; reasons are listed in this order.
RULES: dict[str, tuple[MatchingRule, ...]] = {
    RequestKind.FRIEND: (
        MatchingRule("languages", 5, 2, needed=True),
        MatchingRule("days", 3, 2),
        MatchingRule("interests", 3, 3),
        MatchingRule("parts", 2, 2),
        MatchingRule("age", 2),
    ),
    RequestKind.NEIGHBOUR: (
        MatchingRule("kinds", 6, 2, needed=True),
        MatchingRule("areas", 4, 1),
        MatchingRule("days", 3, 2),
        MatchingRule("languages", 3, 1),
        MatchingRule("parts", 2, 2),
    ),
}


@dataclass(frozen=True)
class Fit:
    """The score of a pair. `reasons` are shared (question, answer); 0 `points` means no match."""

    points: int
    reasons: tuple[tuple[str, str], ...]


NO_FIT = Fit(0, ())


def fit(service: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> Fit:
    """Return the score of two people's answers; symmetric."""
    if MINOR in (one.get("age"), other.get("age")) and one.get("age") != other.get("age"):
        return NO_FIT
    points, reasons = 0, []
    for rule in RULES[service]:
        shared = common(one.get(rule.key), other.get(rule.key))
        if rule.needed and not shared:
            return NO_FIT
        points += rule.points * min(len(shared), rule.most)
        reasons += [(rule.key, answer) for answer in shared]
    return Fit(points, tuple(reasons))


def common(one: str | Sequence[str] | None, other: str | Sequence[str] | None) -> list[str]:
    """Return the shared answers, sorted; either side may be the wildcard."""
    ours, theirs = (set([said] if isinstance(said, str) else said or ()) for said in (one, other))
    if ANY in ours and ANY in theirs:
        return [ANY]
    shared = theirs if ANY in ours else ours if ANY in theirs else ours & theirs
    return sorted(shared - VAGUE)


def assign(points: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Return (row, column) pairs with the highest total of points, each row and column used at most once; pairs with 0
    points are left out.

    The Hungarian method by shortest augmenting paths (Jonker and Volgenant 1987), in O(rows² · columns).
    """
    if not points or not points[0]:
        return []
    if len(points) > len(points[0]):
        return sorted((row, column) for column, row in assign(list(zip(*points, strict=True))))
    row_of = _augment(points)
    return sorted((row, column) for column, row in row_of.items() if points[row][column] > 0)


def _augment(points: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return the row assigned to each column, with every row assigned; needs at least as many columns as rows."""
    columns = range(len(points[0]))
    row_price, column_price = [0] * len(points), [0] * len(columns)
    row_of: dict[int, int] = {}
    for new_row in range(len(points)):
        slack, came_from = [_FAR] * len(columns), [-1] * len(columns)  # distance to each column, and its predecessor
        open_columns, column, row = set(columns), -1, new_row
        while True:
            base, gains, nearest, least = row_price[row], points[row], -1, _FAR
            for other in open_columns:
                distance = -gains[other] - base - column_price[other]
                if distance < slack[other]:
                    slack[other], came_from[other] = distance, column
                if slack[other] < least:
                    least, nearest = slack[other], other
            row_price[new_row] += least
            for done in columns:
                if done in open_columns:
                    slack[done] -= least
                elif done in row_of:
                    row_price[row_of[done]] += least
                    column_price[done] -= least
            open_columns.discard(nearest)
            column = nearest
            if column not in row_of:
                break
            row = row_of[column]
        while column >= 0:  # flip the augmenting path: each row takes the next column on it
            before = came_from[column]
            row_of[column] = row_of[before] if before >= 0 else new_row
            column = before
    return row_of
