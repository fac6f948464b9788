"""Texts of an item's properties."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.errors import N_, NC_
from kiosk.vocabulary.states import ItemState
from kiosk.vocabulary.words import AGES as AGE_GROUPS
from kiosk.vocabulary.words import CATEGORIES, CONDITIONS
from screens.widgets.choices import Option

if TYPE_CHECKING:
    from screens.widgets.tr import Tr

CATEGORY_WORDS = CATEGORIES | {"new": N_("New this week"), "all": N_("Everything")}
STATE_WORDS: dict[str, str] = {
    ItemState.AVAILABLE: N_("Available"),
    ItemState.RESERVED: N_("Reserved"),
    ItemState.GIVEN: N_("Given away"),
    ItemState.WITHDRAWN: N_("No longer here"),
}
CONDITION_WORDS, AGE_WORDS = CONDITIONS, AGE_GROUPS
#: Options of the age group, which is the first filter of clothes.
AGES = tuple(Option(key, words) for key, words in AGE_WORDS.items())


def state_words(translate: Callable[[str], str], state: str) -> str:
    """Return `state` in the language of `translate`, "" for none."""
    return translate(STATE_WORDS[state]) if state else ""


def age_words(tr: Tr, item: Any) -> str:
    """Return the age group of `item`; "" if the category implies it, or without an item."""
    return tr._(AGE_WORDS[item.age_group]) if item and item.age_group and item.category != "baby" else ""


def place_words(tr: Tr, item: Any) -> str:
    """Return the location of `item`, "" if unknown."""
    return tr._(NC_("thing", "Place: {place}")).format(place=item.place) if item and item.place else ""


def set_words(tr: Tr, item: Any) -> str:
    """Return the text about a set that is given only as a whole."""
    return tr._("A set of {count}, given only as a whole").format(count=item.quantity)
