"""The words for what an item is like."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.errors import N_
from kiosk.vocabulary.words import CATEGORIES
from screens.widgets.choices import Option

CATEGORY_WORDS = CATEGORIES | {"new": N_("New this week"), "all": N_("Everything")}
STATE_WORDS = {
    "available": N_("Available"),
    "reserved": N_("Reserved"),
    "given": N_("Given away"),
    "withdrawn": N_("No longer here"),
}
CONDITION_WORDS = {
    "new": N_("As new"),
    "good": N_("In good condition"),
    "worn": N_("Shows signs of use"),
    "needs_repair": N_("Needs repair"),
}
AGE_WORDS = {"adult": N_("For adults"), "child": N_("For children"), "baby": N_("For babies")}
#: Where clothes are asked for by age first.
AGES = tuple(Option(key, words) for key, words in AGE_WORDS.items())


def state_words(translate: Callable[[str], str], state: str) -> str:
    """Return `state` in the language of `translate`, "" for none."""
    return translate(STATE_WORDS[state]) if state else ""
