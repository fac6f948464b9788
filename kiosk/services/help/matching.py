"""Who fits whom: rules of what two people have in common, and the assignment that makes the most of all of them.

Nothing here knows where the answers come from: they are plain dicts, in memory for as long as staff look at them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: Answers that say nothing in common: two "others" are not the same.
VAGUE = frozenset({"other"})
#: The answer that includes every other one of its question.
ANY = "any"
#: Someone this young is paired with nobody older.
MINOR = "under_18"


@dataclass(frozen=True)
class MatchingRule:
    """What answers to one question are worth in common: `points` for each, at most `most` of them; without a `needed`
    one two people are no pair."""

    key: str
    points: int
    most: int = 1
    needed: bool = False


#: What counts for whom, the weightiest first; reasons are given in this order.
RULES: dict[str, tuple[MatchingRule, ...]] = {
    "friend": (
        MatchingRule("languages", 5, 2, needed=True),
        MatchingRule("days", 3, 2),
        MatchingRule("interests", 3, 3),
        MatchingRule("parts", 2, 2),
        MatchingRule("age", 2),
    ),
    "neighbour": (
        MatchingRule("kinds", 6, 2, needed=True),
        MatchingRule("areas", 4, 1),
        MatchingRule("days", 3, 2),
        MatchingRule("languages", 3, 1),
        MatchingRule("parts", 2, 2),
    ),
}


@dataclass(frozen=True)
class Fit:
    """How well two people fit. `reasons` are (question, answer) they share; `points` 0 is no fit at all."""

    points: int
    reasons: tuple[tuple[str, str], ...]


NO_FIT = Fit(0, ())


def fit(service: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> Fit:
    """Return how well two people's answers fit; the same whoever is named first."""
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
    """Return the answers two people share, sorted; one of them may have said "any"."""
    ours, theirs = (set([said] if isinstance(said, str) else said or ()) for said in (one, other))
    if ANY in ours and ANY in theirs:
        return [ANY]
    shared = theirs if ANY in ours else ours if ANY in theirs else ours & theirs
    return sorted(shared - VAGUE)


def assign(points: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Return (row, column) pairs that use each row and column at most once and have the most points in all; those
    without points are left out."""
    if not points or not points[0]:
        return []
    # SciPy takes a second to load and is needed by this alone, on the coordinator's wish.
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(points, maximize=True)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if points[row][column] > 0]
