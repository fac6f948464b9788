"""The centre's own categories of things, such as bicycles. Each is a part of a category that every program knows, for good:
reports, weights and other centres count its things there, and its things stand there while it is not in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

import peewee

from kiosk.data import new_id
from kiosk.data.models import OwnCategory
from kiosk.errors import BadValue, TooManyInUse, UnknownCategory
from kiosk.journal import Store
from kiosk.language.translation import LANGUAGES, Language
from kiosk.privacy.contact import clean_text, refuse_personal_id
from kiosk.services.rights import needs
from kiosk.settings import Settings
from kiosk.vocabulary import CATEGORIES, words

from .search import normalise

#: Upper limit of categories in use, and of the characters of a name: the shelves stay a page of pictures.
MOST_CATEGORIES, LONGEST_NAME = 8, 40
#: Drawn pictures to choose from, files of assets/art.
PICTURES = (
    *(f"own_{name}" for name in ("bicycles", "winter", "tools", "pets", "sewing")),
    *(f"category_{key}" for key in CATEGORIES),
    *(f"interest_{name}" for name in ("garden", "cook", "craft", "children", "coffee")),
)
#: Places in the order of all categories. A new one stands before the other things.
PLACES = {key: float(number) for number, key in enumerate(CATEGORIES, 1)}
#: SQL of the ids of the own categories in use; what another program made a part of an unknown category is not.
IN_USE = f"SELECT id FROM own_category WHERE active = 1 AND part_of IN ({', '.join(map(repr, CATEGORIES))})"
_LAST, _END = PLACES["other"], len(CATEGORIES) + 1.0


@dataclass(frozen=True)
class CategoryView:
    """A category of the centre's own: `names` by language; `art`, a drawn picture (of PICTURES), or `photo`, a content
    hash; `place` in the order of all. One that is not `active` is not offered."""

    id: str
    names: dict[str, str]
    part_of: str
    art: str
    photo: str | None
    place: float
    active: bool

    @property
    def drawing(self) -> str:
        """The drawn picture; one that this program does not have is that of the category it is a part of."""
        return self.art if self.art in PICTURES else f"category_{self.part_of}"


class CategoryService:
    """Keeps the own categories."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._language = store, settings.centre.default_language

    def all(self) -> list[CategoryView]:
        """Return every own category, those in use first, each in order."""
        order = (OwnCategory.active.desc(), OwnCategory.place, OwnCategory.id)
        rows = OwnCategory.select().where(OwnCategory.part_of.in_(CATEGORIES)).order_by(*order)
        return [_view(row) for row in rows.execute(self._store.db)]

    def offered(self) -> list[CategoryView]:
        """Return those in use."""
        return [category for category in self.all() if category.active]

    @needs("goods")
    def add(
        self,
        *,
        names: Mapping[str, str],
        part_of: str,
        now: datetime,
        who: str,
        art: str = "",
        photo: str | None = None,
    ) -> CategoryView:
        """Add a category as a part of `part_of`, before the other things; without `art` it gets the picture of `part_of`.
        Raises BadValue without a name in the centre's language, or for an unknown `part_of` or `art`; TooManyInUse for
        more than MOST_CATEGORIES; BadText, LongText, PersonalId."""
        if part_of not in CATEGORIES:
            raise BadValue(field="part_of", value=part_of)
        offered = self.offered()
        before = max((one.place for one in offered if one.place < _LAST), default=_LAST - 1)
        art = art or f"category_{part_of}"
        place = (before + _LAST) / 2
        return self._set(CategoryView(new_id(now), dict(names), part_of, art, photo, place, True), now, who)

    @needs("goods")
    def change(
        self,
        *,
        category_id: str,
        names: Mapping[str, str],
        art: str,
        photo: str | None,
        active: bool,
        now: datetime,
        who: str,
    ) -> CategoryView:
        """Change a category, or stop using it. Raises UnknownCategory, and as `add` does."""
        category = replace(self._get(category_id), names=dict(names), art=art, photo=photo, active=active)
        return self._set(category, now, who)

    @needs("goods")
    def move(self, *, category_id: str, later: bool, now: datetime, who: str) -> CategoryView:
        """Move a category by one place in the order of all categories; the first and the last stay. Raises
        UnknownCategory."""
        category = self._get(category_id)
        others = sorted((*PLACES.values(), *(one.place for one in self.offered() if one.id != category_id)))
        gaps = [(low + high) / 2 for low, high in pairwise((0.0, *others, _END))]
        here = sum(place <= category.place for place in others)
        there = min(max(0, here + (1 if later else -1)), len(gaps) - 1)
        return category if there == here else self._set(replace(category, place=gaps[there]), now, who)

    def _get(self, category_id: str) -> CategoryView:
        category = known(self._store.db, category_id)
        if category is None:
            raise UnknownCategory()
        return category

    def _set(self, category: CategoryView, now: datetime, who: str) -> CategoryView:
        category = replace(category, names=_cleaned(category.names))
        for field, value, holds in (
            ("names", self._language, self._language in category.names),
            ("art", category.art, category.art in PICTURES),
        ):
            if not holds:
                raise BadValue(field=field, value=value)
        in_use = {one.id for one in self.offered()}  # more than are allowed, if several tablets added some
        if category.active and category.id not in in_use and len(in_use) >= MOST_CATEGORIES:
            raise TooManyInUse(limit=MOST_CATEGORIES)
        said = {
            "names": category.names,
            "part_of": category.part_of,
            "art": category.art,
            "photo": category.photo,
            "place": category.place,
            "active": int(category.active),
        }
        with self._store.write(now) as journal:
            OwnCategory.replace(id=category.id, **said).execute(self._store.db)
            journal.append("category.set", who, {"category": category.id} | said)
        return category


def known(db: peewee.Database, category_id: str | None) -> CategoryView | None:
    """Return the own category with this id; None for any other value, and for one that another tablet made just now."""
    which = OwnCategory.select().where(OwnCategory.id == category_id, OwnCategory.part_of.in_(CATEGORIES))
    return next((_view(row) for row in which.execute(db)), None) if category_id else None


def resolved(db: peewee.Database, key: str) -> tuple[str, str | None]:
    """Return (category, id of the own category or None) of a `key`: that of a category, or the id of an own one. Raises
    BadValue."""
    if key in CATEGORIES:
        return key, None
    own = known(db, key)
    if own is None:
        raise BadValue(field="category", value=key)
    return own.part_of, own.id


def in_order(ours: Iterable[str], own: Iterable[CategoryView]) -> list[str | CategoryView]:
    """Return the keys `ours` of categories and the `own` ones in the order of all."""
    placed: list[tuple[float, str, str | CategoryView]] = [(PLACES[key], "", key) for key in ours]
    placed += [(one.place, one.id, one) for one in own]
    return [one for _, _, one in sorted(placed, key=lambda each: each[:2])]


def category_name(category: str | CategoryView, language: Language) -> str:
    """Return the name of a category, by its key, or of an own one."""
    if isinstance(category, str):
        return language.text(words.CATEGORIES[category])
    return language.name(category.names)


def named(own: Iterable[CategoryView]) -> dict[str, str]:
    """Return the id of the own category that each normalised name names."""
    return {normalise(name).strip(): one.id for one in own for name in one.names.values()}


def check_name(text: str) -> str:
    """Return the name of a category cleaned; may be "". Raises LongText, PersonalId."""
    cleaned = clean_text(text, LONGEST_NAME) if text.strip() else ""
    refuse_personal_id(cleaned)
    return cleaned


def _cleaned(names: Mapping[str, str]) -> dict[str, str]:
    return {code: check_name(text) for code, text in names.items() if text.strip() and code in LANGUAGES}


def _view(row: OwnCategory) -> CategoryView:
    return CategoryView(row.id, dict(row.names), row.part_of, row.art, row.photo, row.place, bool(row.active))
