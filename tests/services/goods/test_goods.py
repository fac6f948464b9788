"""Goods and search."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kiosk.errors import BadValue, LabelTaken, UnknownItem
from kiosk.services import Services
from kiosk.services.goods.search import allowed_typos, normalise
from kiosk.vocabulary import things
from tests.services.conftest import NOW, TODAY, chair


@pytest.fixture
def shelf(services: Services) -> dict[str, str]:
    """One of every kind of thing; returns item id by thing."""
    return {
        key: services.goods.add(now=NOW, who="shell", category=thing.category, thing=key).id
        for key, thing in sorted(things().items())
    }


def found(services: Services, text: str, **query: Any) -> list[str]:
    cards = services.goods.cards(services.goods.find(text=text, today=TODAY, **query))
    return [card.names["en"] for card in cards]


@pytest.mark.parametrize(
    ("typed", "thing"),
    [
        ("tuoli", "dining_chair"), ("TUOL", "dining_chair"), ("tuoil", "dining_chair"), ("стілець", "dining_chair"),
        ("стіл", "dining_table"), ("обідній стілець", "dining_chair"), ("ruokapöydän", "dining_chair"),
        ("talvitakki", "winter_coat"), ("talvitaki", "winter_coat"), ("talvitkaki", "winter_coat"),
        ("takki", "winter_coat"), ("winter coat", "winter_coat"), ("coat winter", "winter_coat"), ("вінтер", "winter_coat"),
        ("stilets", "dining_chair"), ("dyvan", "sofa"), ("stiltsi", "dining_chair"),
        ("xyzzy", ""), ("' OR 1=1 --", ""), ("%", ""), ("\x00\x01", ""),
    ],
)  # fmt: skip
def test_what_is_typed_finds_what_is_meant(services: Services, shelf: dict[str, str], typed: str, thing: str) -> None:
    ids = services.goods.find(text=typed, today=TODAY)
    if thing:
        assert shelf[thing] in ids
    else:
        assert ids == []


def test_accents_do_not_matter(services: Services) -> None:
    names = {"fi": "Pöytäliina", "uk": "Їжачок", "en": "Cloth"}
    services.goods.add(now=NOW, who="shell", category="textiles", names=names)
    for typed in ("poytaliina", "PÖYTÄ", "liina", "їжачок", "іжачок"):
        assert found(services, typed) == ["Cloth"], typed


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=80))
@example("𝓐")
@example("ь")
def test_no_text_breaks_the_search(services: Services, text: str) -> None:
    chair(services)
    assert isinstance(services.goods.find(text=text, today=TODAY), list)
    assert normalise(normalise(text)) == normalise(text)


def test_only_what_is_on_the_shelf_is_searched(services: Services) -> None:
    one, two, three = (chair(services).id for _ in range(3))
    held = services.tickets.reserve(item_id=two, language="fi", now=NOW, held=())
    assert services.goods.find(text="chair", today=TODAY) == [three, one, two]
    assert services.goods.find(text="chair", today=TODAY, most=2) == [three, one]
    assert services.goods.find(text="chair", today=TODAY, free_only=True) == [three, one]
    services.tickets.hand_over(code=held.code, now=NOW, who="shell")
    services.shelf.withdraw(item_id=one, reason="broken", now=NOW, who="shell")
    assert services.goods.find(text="chair", today=TODAY) == [three]
    services.tickets.undo_hand_over(code=held.code, now=NOW, who="shell")
    services.shelf.put_back(item_id=one, now=NOW, who="shell")
    assert services.goods.find(text="chair", today=TODAY) == [three, one, two]
    services.shelf.edit(item_id=one, now=NOW, who="shell", names={"en": "Anvil"}, thing=None, age_group="child")
    assert services.goods.find(text="chair", today=TODAY) == [three, two]
    assert services.goods.find(text="anvil", today=TODAY, age_group="child") == [one]


def test_the_best_match_comes_first(services: Services) -> None:
    names = ("Lampun varjostin", "Kattolamppu", "Lamppu", "Lamppujalka", "Lamput")
    ids = {
        name: services.goods.add(now=NOW, who="shell", category="electronics", names={"fi": name}).id for name in names
    }
    assert services.goods.find(text="lamppu", today=TODAY) == [ids["Lamppu"], ids["Lamppujalka"], ids["Kattolamppu"]]
    assert ids["Lamppu"] in services.goods.find(text="lampup", today=TODAY)


@pytest.mark.parametrize(
    ("typed", "category"),
    [
        ("vaatteet", "clothes"), ("Kläder", "clothes"), ("одяг", "clothes"), ("odiah", "clothes"), ("vaattet", "clothes"),
        ("huonek", "furniture"), ("furniture", "furniture"), ("lelut", "toys"), ("kirjat", "books"), ("ulkoilu", "sport"),
    ],
)  # fmt: skip
def test_the_name_of_a_category_finds_what_is_in_it(
    services: Services, shelf: dict[str, str], typed: str, category: str
) -> None:
    held = {shelf[key] for key, thing in things().items() if thing.category == category}
    answer = services.goods.find(text=typed, today=TODAY)
    assert held <= set(answer)
    assert services.goods.find(text=typed, today=TODAY, category="electronics") == [
        one for one in answer if services.goods.item(one).category == "electronics"
    ]


@pytest.mark.parametrize("typed", ["for", "ja", "tavarat", "things", "muut"])
def test_a_small_word_of_a_category_finds_nothing_of_it(services: Services, typed: str) -> None:
    chair(services)
    assert services.goods.find(text=typed, today=TODAY) == []


def test_the_name_of_an_own_category_finds_what_is_in_it(services: Services) -> None:
    own = services.categories.add(
        names={"fi": "Polkupyörät", "uk": "Велосипеди"}, part_of="sport", now=NOW, who="shell"
    )
    bell = services.goods.add(now=NOW, who="shell", category=own.id, names={"fi": "Soittokello"}).id
    for typed in ("polkupyörät", "велосипед", "velosypedy", "Polkupyorat"):
        assert services.goods.find(text=typed, today=TODAY) == [bell]


def test_typos_grow_with_the_word() -> None:
    assert [allowed_typos(word) for word in ("abc", "abcd", "abcde", "abcdef")] == [0, 1, 1, 2]


def test_free_things_come_first_then_reserved_then_given(services: Services) -> None:
    first, second, third = (chair(services).id for _ in range(3))
    services.tickets.reserve(item_id=third, language="fi", now=NOW, held=())
    code = services.tickets.reserve(item_id=second, language="fi", now=NOW, held=()).code
    services.tickets.hand_over(code=code, now=NOW, who="shell")
    assert services.goods.find(today=TODAY) == [first, third, second]
    assert services.goods.find(today=TODAY, free_only=True) == [first]
    assert services.goods.find(today=TODAY + timedelta(days=8)) == [first, third]


def test_filters(services: Services) -> None:
    coat = services.goods.add(now=NOW, who="shell", category="clothes", thing="winter_coat", age_group="child").id
    old = services.goods.add(
        now=NOW, who="shell", category="clothes", thing="winter_coat", arrived_on=TODAY - timedelta(days=20)
    ).id
    chair(services)
    assert set(services.goods.find(today=TODAY, category="clothes")) == {coat, old}
    assert services.goods.find(today=TODAY, category="clothes", age_group="child") == [coat]
    assert old not in services.goods.find(today=TODAY, new_only=True)
    counts = services.goods.counts(today=TODAY)
    assert (counts["clothes"], counts["furniture"], counts["new"], counts["all"]) == (2, 1, 2, 3)


def test_cards_come_in_the_order_asked(services: Services) -> None:
    ids = [chair(services).id for _ in range(5)]
    asked = [ids[3], "unknown", ids[0], ids[4]]
    assert [card.id for card in services.goods.cards(asked)] == [ids[3], ids[0], ids[4]]


def test_labels_are_all_different(services: Services) -> None:
    labels = [chair(services).label_code for _ in range(40)]
    assert len(set(labels)) == 40


@pytest.mark.parametrize(
    "values",
    [
        {"category": "weapons", "thing": "dining_chair"}, {"category": "furniture"}, {"category": "furniture", "thing": "x"},
        {"category": "furniture", "thing": "dining_chair", "quantity": 0},
        {"category": "furniture", "thing": "dining_chair", "kg": -1.0},
        {"category": "furniture", "thing": "dining_chair", "condition": "ugly"},
    ],
)  # fmt: skip
def test_values_out_of_range_are_refused(services: Services, values: dict[str, Any]) -> None:
    with pytest.raises(BadValue):
        services.goods.add(now=NOW, who="shell", **values)
    assert services.goods.find(today=TODAY) == []


def test_a_known_number_and_an_unknown_item_are_told(services: Services) -> None:
    services.goods.add(now=NOW, who="shell", category="furniture", thing="dining_chair", number="A-1")
    with pytest.raises(LabelTaken):
        services.goods.add(now=NOW, who="shell", category="furniture", thing="dining_chair", number="A-1")
    with pytest.raises(UnknownItem):
        services.goods.item("nothing")


@pytest.mark.parametrize("typed", ["tuoli", "стілець", "stilets", "stol", "chair", "Стілець Олександра", "Oleksandra"])
def test_a_thing_named_in_one_language_is_found_in_all(services: Services, typed: str) -> None:
    item = services.goods.add(now=NOW, who="shell", category="furniture", names={"uk": "Стілець Олександра"})
    assert services.goods.find(text=typed, today=TODAY) == [item.id]
