"""Own categories: shown beside the others, in their order, and counted in those they are a part of for good."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.data import new_id
from kiosk.data.models import OwnCategory
from kiosk.errors import BadValue, TooManyInUse, UnknownCategory
from kiosk.journal import Store
from kiosk.language.translation import Language
from kiosk.privacy.contact import LongText, PersonalId
from kiosk.services import CategoryView, ItemView, Services
from kiosk.services.desk.slip_lines import donation as donation_slip
from kiosk.services.desk.slip_lines import wish as wish_slip
from kiosk.services.goods.categories import MOST_CATEGORIES, category_name, in_order
from kiosk.vocabulary import CATEGORIES
from tests.services.conftest import NOW, TODAY

NAMES = {"fi": "Polkupyörät", "en": "Bicycles", "uk": "Велосипеди", "sv": ""}


def bicycles(services: Services, **said: Any) -> CategoryView:
    return services.categories.add(**({"names": NAMES, "part_of": "sport"} | said), now=NOW, who="shell")


def bicycle(services: Services, category: str, thing: str = "bicycle") -> ItemView:
    return services.goods.add(now=NOW, who="shell", category=category, thing=thing)


def changed(services: Services, category: CategoryView, **said: Any) -> CategoryView:
    kept = {"names": category.names, "art": category.art, "photo": category.photo, "active": category.active}
    return services.categories.change(category_id=category.id, **(kept | said), now=NOW, who="shell")


def on_shelf(services: Services, category: str) -> list[str]:
    return services.goods.find(today=TODAY, category=category)


def test_a_thing_stands_on_its_own_shelf_and_keeps_the_category_every_program_knows(services: Services) -> None:
    own = bicycles(services)
    item, skis = bicycle(services, own.id), bicycle(services, "sport", "skis")
    assert (item.category, item.own) == ("sport", own)
    assert on_shelf(services, own.id) == [item.id]
    assert on_shelf(services, "sport") == [skis.id]
    counts = services.goods.counts(today=TODAY)
    assert (counts[own.id], counts["sport"], counts["all"]) == (1, 1, 2)
    for category in (own.id, "sport"):  # what is counted in a category is found there by its name
        assert services.goods.find(today=TODAY, category=category, text="bicycle") == [item.id]
    assert services.goods.find(today=TODAY, category=own.id, text="skis") == []


def test_while_it_is_not_in_use_its_things_stand_where_they_are_counted(services: Services) -> None:
    own = bicycles(services)
    item = bicycle(services, own.id)
    changed(services, own, active=False)
    assert services.categories.offered() == []
    assert on_shelf(services, "sport") == [item.id]
    assert services.goods.counts(today=TODAY)["sport"] == 1
    assert services.goods.item(item.id).own is not None
    changed(services, own)
    assert on_shelf(services, "sport") == []


def test_a_thing_is_put_into_one_and_out_of_it(services: Services, store: Store) -> None:
    own, item = bicycles(services), bicycle(services, "sport")
    edit = services.shelf.edit
    assert edit(item_id=item.id, category=own.id, now=NOW, who="shell").own == own
    assert edit(item_id=item.id, place="A1", now=NOW, who="shell").own == own
    assert edit(item_id=item.id, category="other", now=NOW, who="shell").own is None
    edit(item_id=item.id, category=own.id, now=NOW, who="shell")
    OwnCategory.delete().execute(store.db)  # another tablet made it just now
    assert edit(item_id=item.id, category="sport", size="28", now=NOW, who="shell").own is None
    assert store.db.execute_sql("SELECT own_category FROM item").fetchone() == (own.id,)


def test_the_order_is_that_of_all_categories(services: Services) -> None:
    def shown() -> list[str]:
        order = in_order(CATEGORIES, services.categories.offered())
        return [category_name(one, Language("en")) for one in order]

    own, pets = bicycles(services), bicycles(services, names={"fi": "Lemmikeille"}, part_of="other")
    assert shown()[-3:] == ["Bicycles", "Lemmikeille", "Other things"]
    for later, at in ((True, -1), (True, -1), (False, -2), (False, -3), (False, -4)):
        services.categories.move(category_id=pets.id, later=later, now=NOW, who="shell")
        assert shown()[at] == "Lemmikeille"
    for _ in range(20):
        services.categories.move(category_id=own.id, later=False, now=NOW, who="shell")
    assert shown()[0] == "Bicycles"
    assert len(shown()) == len(CATEGORIES) + 2


def test_a_wish_for_it_is_for_nothing_else(services: Services) -> None:
    own = bicycles(services)
    said = {"thing": None, "size": "", "age_group": "", "language": "fi", "now": NOW}
    wish = services.wishes.leave(category=own.id, **said)
    assert wish.own == own
    assert wish_slip(wish, Language("fi"))[0] == "Polkupyörät"
    assert services.wishes.leave(category=own.id, made=[wish.id], **said).id == wish.id
    assert services.wishes.leave(category="sport", made=[wish.id], **said).id != wish.id
    skis = bicycle(services, "sport", "skis")
    assert [one.own for one in services.wishes.offer(item_id=skis.id, now=NOW)] == [None]
    assert [one.id for one in services.wishes.offer(item_id=bicycle(services, own.id).id, now=NOW)] == [wish.id]


def test_a_donation_is_named_as_the_donor_chose(services: Services, store: Store) -> None:
    own = bicycles(services)
    donation = services.donations.announce(
        donation_id=new_id(NOW), categories=["toys", own.id], amount="few", language="fi", now=NOW
    )
    assert donation.categories == ("toys", "sport")
    assert donation.chosen == ("toys", own)
    assert donation_slip(donation, Language("fi"))[0] == "Lelut, polkupyörät"
    OwnCategory.delete().execute(store.db)  # another tablet made it just now
    assert services.donations.by_id(donation.id).chosen == ("toys", "sport")
    with pytest.raises(BadValue):
        services.donations.announce(donation_id=new_id(NOW), categories=["none"], amount="few", language="fi", now=NOW)


def test_intake_goes_on_with_what_has_not_come_yet(services: Services) -> None:
    own = bicycles(services)
    donation = services.donations.announce(
        donation_id=new_id(NOW), categories=["toys", own.id, "books"], amount="few", language="fi", now=NOW
    )
    assert donation.rest == ("toys", own, "books")
    for category, thing, rest in ((own.id, "bicycle", ("toys", "books")), ("books", "fi_books", ("toys",))):
        names = None if category == own.id else {"fi": thing}
        services.donations.take_in(
            donation_id=donation.id,
            category=category,
            thing="bicycle" if names is None else None,
            names=names,
            quantity=2,
            now=NOW,
            who="shell",
        )
        assert services.donations.by_id(donation.id).rest == rest
    assert services.donations.by_id(donation.id).came == 4


def test_bad_input_changes_nothing(services: Services, store: Store) -> None:
    for said, error in (
        ({"names": {"en": "Only English"}}, BadValue),
        ({"names": {"fi": "x" * 41}}, LongText),
        ({"names": {"fi": "131052-308T"}}, PersonalId),
        ({"part_of": "new"}, BadValue),
        ({"art": "home_goods"}, BadValue),
    ):
        with pytest.raises(error):
            bicycles(services, **said)
    with pytest.raises(UnknownCategory):
        services.categories.move(category_id="none", later=True, now=NOW, who="shell")
    with pytest.raises(BadValue):
        bicycle(services, "none")
    assert store.db.execute_sql("SELECT count(*) FROM own_category").fetchone() == (0,)


def test_the_shelves_stay_a_page_of_pictures(services: Services) -> None:
    first, *_ = [bicycles(services) for _ in range(MOST_CATEGORIES)]
    with pytest.raises(TooManyInUse, match=str(MOST_CATEGORIES)):
        bicycles(services)
    changed(services, first, active=False)
    bicycles(services)
    with pytest.raises(TooManyInUse):
        changed(services, first)


def test_what_another_program_says_of_a_category_loses_no_thing(services: Services, store: Store) -> None:
    own = bicycles(services)
    item = bicycle(services, own.id)
    store.db.execute_sql("UPDATE item SET category = 'toys'")  # put there when the category was unknown to it
    counts = services.goods.counts(today=TODAY)
    assert (counts[own.id], counts["toys"], counts["sport"], counts["all"]) == (1, 0, 0, 1)
    OwnCategory.update(part_of="vehicles").execute(store.db)
    assert services.categories.all() == []
    assert on_shelf(services, "toys") == [item.id]
    assert services.goods.counts(today=TODAY)["toys"] == 1


def test_a_drawing_of_a_newer_program_is_that_of_the_category_it_is_a_part_of(services: Services, store: Store) -> None:
    own = bicycles(services, art="own_bicycles")
    assert own.drawing == "own_bicycles"
    OwnCategory.update(art="own_rockets").execute(store.db)
    assert services.categories.all()[0].drawing == "category_sport"
