"""Who fits whom: the same from both sides, and never a worse assignment than any order of taking the best."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kiosk.services.help.matching import RULES, assign, fit

some = st.lists(st.sampled_from(["fi", "uk", "mon", "tue", "garden", "snow", "other", "any"]), unique=True, max_size=5)
ages = st.sampled_from([None, "under_18", "18_29", "65"])
keys = sorted({rule.key for rules in RULES.values() for rule in rules} - {"age"})
people = st.builds(lambda lists, age: dict(zip(keys, lists, strict=True)) | {"age": age},
                   st.lists(some, min_size=len(keys), max_size=len(keys)), ages)  # fmt: skip
tables = st.integers(1, 4).flatmap(
    lambda rows: st.integers(1, 4).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 20), min_size=columns, max_size=columns), min_size=rows, max_size=rows
        )
    )
)


@given(st.sampled_from(sorted(RULES)), people, people)
def test_a_fit_is_the_same_from_both_sides(service: str, one: dict[str, Any], other: dict[str, Any]) -> None:
    found = fit(service, one, other)
    assert found == fit(service, other, one)
    assert bool(found.points) == bool(found.reasons)


@given(tables)
@hypothesis_settings(deadline=None)
def test_never_worse_than_taking_the_best_in_any_order(points: list[list[int]]) -> None:
    pairs = assign(points)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert all(points[row][column] for row, column in pairs)
    best = sum(points[row][column] for row, column in pairs)
    for order in permutations(range(len(points))):
        free, greedy = set(range(len(points[0]))), 0
        for row in order:
            column = max(free, key=lambda column, row=row: points[row][column], default=None)
            if column is not None:
                greedy += points[row][column]
                free.remove(column)
        assert best >= greedy


def test_taking_the_best_first_would_leave_somebody_alone() -> None:
    assert assign([[9, 8], [8, 0]]) == [(0, 1), (1, 0)]
    assert assign([]) == assign([[]]) == assign([[0]]) == []


@pytest.mark.parametrize(
    ("service", "one", "other", "reasons"),
    [
        ("friend", {"languages": ["uk", "fi"], "days": ["tue"], "interests": ["garden"]},
         {"languages": ["uk"], "days": ["tue", "wed"], "interests": ["garden", "music"]},
         (("languages", "uk"), ("days", "tue"), ("interests", "garden"))),
        ("friend", {"languages": ["uk"], "days": ["any"]}, {"languages": ["uk"], "days": ["sat"]},
         (("languages", "uk"), ("days", "sat"))),
        ("friend", {"languages": ["uk"]}, {"languages": ["fi"], "interests": ["garden"]}, ()),
        ("friend", {"languages": ["other"]}, {"languages": ["other"]}, ()),
        ("friend", {"languages": ["fi"], "age": "under_18"}, {"languages": ["fi"], "age": "65"}, ()),
        ("friend", {"languages": ["fi"], "age": "under_18"}, {"languages": ["fi"]}, ()),
        ("neighbour", {"kinds": ["snow"], "areas": ["Ylipää"]}, {"kinds": ["snow", "computer"], "areas": ["Ylipää"]},
         (("kinds", "snow"), ("areas", "Ylipää"))),
        ("neighbour", {"kinds": ["snow"], "languages": ["fi"]}, {"kinds": ["computer"], "languages": ["fi"]}, ()),
    ],
)  # fmt: skip
def test_reasons(service: str, one: dict[str, Any], other: dict[str, Any], reasons: tuple[Any, ...]) -> None:
    found = fit(service, one, other)
    assert found.reasons == reasons
    assert bool(found.points) == bool(reasons)
