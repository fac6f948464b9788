"""The words of partners."""

from __future__ import annotations

from kiosk.errors import N_
from screens.widgets.choices import Option

KIND_WORDS = {
    "company": N_("Company (business)"),
    "association": N_("Association"),
    "school": N_("School"),
    "municipality": N_("Municipality"),
}
KIND_ICONS = {
    "company": "store_outline",
    "association": "account_group_outline",
    "school": "school_outline",
    "municipality": "city_variant_outline",
}
KINDS = tuple(Option(key, words, icon=KIND_ICONS[key]) for key, words in KIND_WORDS.items())
#: The choice of no partner.
NOBODY = Option("", N_("No partner"), icon="close_circle_outline")
