"""The sheet of an item while it is filled in, and what may be written on it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from kiosk.errors import N_, BadValue
from kiosk.privacy.contact import clean_text, refuse_personal_id
from kiosk.services import CategoryView

#: Suggested sizes by category.
SIZES = {"clothes": ("S", "M", "L", "XL", "XXL"), "textiles": ("80 × 200", "90 × 200", "140 × 200", "160 × 200")}
CHILD_SIZES = ("92", "104", "116", "128", "140")


@dataclass(frozen=True)
class ItemDraft:
    """The input so far. `item_id` is "" for a new item; `kg_each` is from the scales; `own` is an own category, a part of
    `category`."""

    photos: tuple[str, ...] = ()
    thing: str | None = None
    names: dict[str, str] = field(default_factory=dict)
    category: str = ""
    size: str = ""
    age_group: str = ""
    condition: str = "good"
    place: str = ""
    quantity: int = 1
    kg_each: float | None = None
    donation: str | None = None
    item_id: str = ""
    together: bool = False
    own: CategoryView | None = None

    @property
    def ready(self) -> bool:
        """Return whether it can be saved: a name is required."""
        return bool(self.thing or self.names) and bool(self.category)

    @property
    def key(self) -> str:
        """The key of the category, or the id of the own one."""
        return self.own.id if self.own else self.category


def draft_of(item: Any) -> ItemDraft:
    """Return the sheet of an existing item."""
    free = {} if item.thing else item.names
    return ItemDraft(
        item.photos,
        item.thing,
        free,
        item.category,
        item.size,
        item.age_group,
        item.condition,
        item.place,
        item.quantity,
        item.kg / item.quantity if item.kg else None,
        None,
        item.id,
        item.together,
        item.own,
    )


def sorted_into(draft: ItemDraft, category: str | CategoryView) -> ItemDraft:
    """Return the sheet with a category, by its key, or an own one."""
    if isinstance(category, str):
        return replace(draft, category=category, own=None)
    return replace(draft, category=category.part_of, own=category)


def clean(text: str) -> str:
    """Return a cleaned size or place, which may be "". Raises PersonalId, LongText."""
    if not text:
        return ""
    refuse_personal_id(text)
    return clean_text(text, limit=30)


def weight(text: str) -> float | None:
    """Parse kilograms with comma or point; None for "". Raises BadValue."""
    if not text:
        return None
    try:
        kg = float(text.replace(",", "."))
    except ValueError:
        kg = 0
    if not 0 < kg < 1000:
        raise BadValue(N_("Please type a weight between 0 and 1000 kg."))
    return kg
