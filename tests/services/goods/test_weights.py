"""Weights and factors: literature first, own weighings instead, each with where it is from."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from kiosk.errors import BadValue
from kiosk.journal.entries import verify_chain
from kiosk.privacy.contact import BadText, PersonalId
from kiosk.services import Services
from kiosk.services.goods.weights import factor_of, weight_of
from kiosk.vocabulary import CATEGORIES, things
from tests.services.conftest import NOW

LATER = NOW + timedelta(hours=1)


def test_every_thing_and_category_has_a_weight_with_its_source(services: Services) -> None:
    table = services.weights.table(NOW)
    assert set(table) <= {*CATEGORIES, *things()}
    for category in CATEGORIES:
        assert weight_of(table, None, category) is table[category]
    for weight in table.values():
        assert 0 < weight.low <= weight.mid <= weight.high
        assert weight.source
        assert weight.pieces == 0
    assert weight_of(table, "sofa", "furniture").mid == 37
    assert weight_of(table, "unheard of", "books").mid == 0.4


def test_weighings_add_up_and_replace_literature_from_then_on(services: Services) -> None:
    services.weights.weigh(subject="sofa", pieces=4, kg=200, now=NOW, who="shell")
    found = services.weights.weigh(subject="sofa", pieces=12, kg=520, now=LATER, who="shell")
    assert (found.mid, found.pieces, found.source, found.day) == (45, 16, "measured", date(2026, 11, 24))
    # the spread of the table, 26/37 to 52/37, over the root of 16
    assert found.low == pytest.approx(45 * (1 + (26 / 37 - 1) / 4))
    assert found.high == pytest.approx(45 * (1 + (52 / 37 - 1) / 4))
    assert services.weights.table(NOW - timedelta(seconds=1))["sofa"].mid == 37
    assert services.weights.table(NOW)["sofa"].mid == 50
    assert services.weights.table(LATER)["armchair"].mid == 20
    entry = services.store.db.execute_sql("SELECT who, payload FROM journal WHERE kind = 'weight.weighed'").fetchone()
    assert entry[0] == "shell"
    assert json.loads(entry[1]).items() > {"subject": "sofa", "pieces": 4, "kg": 200, "source": "measured"}.items()


def test_a_value_that_is_set_begins_anew(services: Services) -> None:
    services.weights.weigh(subject="books", pieces=10, kg=9, now=NOW, who="shell")
    services.weights.set(subject="books", low=0.3, mid=0.5, high=0.9, source="Own table", now=LATER, who="shell")
    found = services.weights.table(LATER)["books"]
    assert (found.low, found.mid, found.high, found.pieces, found.source) == (0.3, 0.5, 0.9, 0, "Own table")
    found = services.weights.weigh(subject="books", pieces=1, kg=0.6, now=LATER, who="shell")
    assert (found.mid, found.pieces, found.low) == (0.6, 1, pytest.approx(0.36))
    verify_chain(services.store.db)


def test_factors_have_source_and_version(services: Services) -> None:
    factors = services.weights.factors(NOW)
    assert factor_of(factors, "sofa", "furniture").of(2, 74) == pytest.approx(107.3)
    assert factor_of(factors, "chair", "furniture").of(2, 10) == 5.6
    services.weights.set_factor(
        subject="clothes", value=3.4, per="kg", source="A study", version="2025", now=NOW, who="shell"
    )
    found = factor_of(services.weights.factors(NOW), "jeans", "clothes")
    assert (found.of(3, 2), found.source, found.version) == (6.8, "A study", "2025")
    assert "clothes" not in services.weights.factors(NOW - timedelta(seconds=1))


@pytest.mark.parametrize(
    "wrong",
    [{"subject": "nothing"}, {"low": 0}, {"low": 2.0}, {"high": 0.5}, {"mid": float("nan")}, {"high": float("inf")}],
)
def test_what_cannot_be_is_refused(services: Services, wrong: dict[str, Any]) -> None:
    right = {"subject": "sofa", "low": 1.0, "mid": 1.0, "high": 2.0, "source": "x", "now": NOW, "who": "shell"}
    with pytest.raises(BadValue):
        services.weights.set(**right | wrong)
    assert services.weights.table(NOW)["sofa"].mid == 37


def test_wrong_weighings_factors_and_sources_are_refused(services: Services) -> None:
    for pieces, kg in ((0, 1.0), (1, 0.0), (1, -2.0), (1, float("nan")), (2, 2001.0)):
        with pytest.raises(BadValue):
            services.weights.weigh(subject="sofa", pieces=pieces, kg=kg, now=NOW, who="shell")
    factor = {"subject": "*", "value": 1.0, "per": "kg", "version": "1", "now": NOW, "who": "shell"}
    with pytest.raises(BadValue):
        services.weights.set_factor(**factor | {"per": "tonne"}, source="x")
    with pytest.raises(BadText):
        services.weights.set_factor(**factor, source=" ")
    with pytest.raises(PersonalId):
        services.weights.set_factor(**factor, source="131052-308T")
    assert services.store.db.execute_sql("SELECT count(*) FROM weight").fetchone() == (0,)
