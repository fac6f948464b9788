"""What of the database is public, and nothing else of it: no code, person, place in the room, weight or staff member.

Rows are known by a digest of their id: it cannot be guessed from outside or led back, and is the same on every tablet.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kiosk.data.models import NeighbourItem
from kiosk.services import CategoryView, Services, SessionView
from kiosk.services.goods.categories import in_order
from kiosk.vocabulary import CATEGORIES, things
from kiosk.vocabulary.states import ItemState, SessionState, TicketState

#: Days ahead for which sessions are listed.
DAYS_AHEAD = 60
#: Sessions that are listed: cancelled and moved ones too, so that nobody travels in vain.
LISTED = (SessionState.ON, SessionState.MOVED, SessionState.AWAY, SessionState.CANCELLED, SessionState.HOLIDAY)


@dataclass(frozen=True)
class PublicThing:
    """A thing, or a lot with `left` units that nobody has claimed. `words` are other words for it in every language,
    `photos` content hashes, `own` the public name of the own category in use that it stands in, `centre` the neighbouring
    centre that has it, "" for this one."""

    id: str
    kind: str
    names: dict[str, str]
    words: tuple[str, ...]
    category: str
    size: str
    age_group: str
    condition: str
    left: int
    reserved: bool
    is_new: bool
    arrived_on: date
    photos: tuple[str, ...]
    own: str = ""
    centre: str = ""

    @property
    def shelf(self) -> str:
        """The key of the list that has it."""
        return self.own or self.category


@dataclass(frozen=True)
class PublicSeries:
    """A series of events. `key` is its id in the database, which stays here."""

    id: str
    key: str
    names: dict[str, str]


@dataclass(frozen=True)
class Contents:
    """All that the site is made of, on local day `today`. `things` are newest first."""

    today: date
    things: tuple[PublicThing, ...]
    neighbours: tuple[PublicThing, ...]
    sessions: tuple[SessionView, ...]
    series: tuple[PublicSeries, ...]
    partners: tuple[str, ...]
    own: tuple[CategoryView, ...]

    def by_category(self) -> dict[str, list[PublicThing]]:
        """Return the things of each category that has any, own ones by their public names, in the order of all."""
        found: dict[str, list[PublicThing]] = defaultdict(list)
        for thing in self.things:
            found[thing.shelf].append(thing)
        order = (one if isinstance(one, str) else public_id(one.id) for one in in_order(CATEGORIES, self.own))
        return {key: found[key] for key in order if key in found}

    def category(self, key: str) -> str | CategoryView:
        """Return the category of a key of `by_category`."""
        return next((one for one in self.own if public_id(one.id) == key), key)


def public_id(row_id: str) -> str:
    """Return the public name of a row or file: 16 hexadecimal digits of a digest."""
    return hashlib.sha256(f"public:{row_id}".encode()).hexdigest()[:16]


def read_contents(services: Services, today: date) -> Contents:
    """Return what is public on local day `today`."""
    offered = services.settings.services
    with services.store.read():
        sessions = services.gatherings.plan(today, today + timedelta(days=DAYS_AHEAD)) if offered.calendar else []
        coming = tuple(session for session in sessions if session.state in LISTED)
        return Contents(
            today,
            tuple(_things(services, today)),
            tuple(_neighbours(services, today)),
            coming,
            tuple(_series(services, coming)),
            _thanked(services) if offered.partners else (),
            tuple(services.categories.offered()),
        )


def _things(services: Services, today: date) -> Iterable[PublicThing]:
    states = (ItemState.AVAILABLE, *((ItemState.RESERVED,) if services.settings.public.reserved else ()))
    since = (today - timedelta(days=services.settings.goods.new_days)).isoformat()
    photos = _photos(services)
    own = {one.id: public_id(one.id) for one in services.categories.offered()}
    sql = f"""SELECT id, thing, names, category, own_category, size, age_group, condition, state, arrived_on, quantity -
                     (SELECT count(*) FROM ticket WHERE ticket.item = item.id
                      AND ticket.state IN ('{TicketState.RESERVED}', '{TicketState.COLLECTED}'))
              FROM item WHERE state IN ({", ".join("?" * len(states))}) ORDER BY arrived_on DESC, id DESC"""
    for row in services.store.db.execute_sql(sql, states):
        row_id, kind, names, category, kept_in, size, age_group, condition, state, arrived_on, left = row
        yield PublicThing(
            id=public_id(row_id),
            **_named(kind, json.loads(names) if names else None),
            category=category,
            size=size,
            age_group=age_group,
            condition=condition,
            left=left,
            reserved=state == ItemState.RESERVED,
            is_new=arrived_on > since,
            arrived_on=date.fromisoformat(arrived_on),
            photos=tuple(photos.get(row_id, ())),
            own=own.get(kept_in, ""),
        )


def _neighbours(services: Services, today: date) -> Iterable[PublicThing]:
    """Yield what other centres of the region share, while this centre shows it."""
    since = today - timedelta(days=services.settings.goods.new_days)
    if not services.settings.goods.neighbours:
        return
    order = (NeighbourItem.centre, NeighbourItem.arrived_on.desc(), NeighbourItem.id.desc())
    for row in NeighbourItem.select().order_by(*order).execute(services.store.db):
        yield PublicThing(
            id=public_id(row.id),
            **_named(row.thing, row.names),
            category=row.category,
            size=row.size,
            age_group=row.age_group,
            condition=row.condition,
            left=1,
            reserved=False,
            is_new=row.arrived_on > since,
            arrived_on=row.arrived_on,
            photos=(row.photo,) if row.photo else (),
            centre=row.centre,
        )


def _photos(services: Services) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for item, photo in services.store.db.execute_sql("SELECT item, hash FROM photo ORDER BY item, position"):
        found[item].append(photo)
    return found


def _named(kind: str | None, names: dict[str, str] | None) -> dict[str, Any]:
    """Return what a thing is called: its own names, else those of the vocabulary."""
    known = things().get(kind or "")
    return {
        "kind": known.key if known else "",
        "names": names or (known.names if known else {}),
        "words": known.words if known else (),
    }


def _series(services: Services, sessions: tuple[SessionView, ...]) -> Iterable[PublicSeries]:
    """Yield the series that have a session coming."""
    coming = {session.gathering_id: session.names for session in sessions}
    for key in sorted(coming):
        yield PublicSeries(public_id(key), key, coming[key])


def _thanked(services: Services) -> tuple[str, ...]:
    """Return the partners who agreed to be thanked in public."""
    return tuple(partner.name for partner in services.partners.all() if partner.thanked_on)
