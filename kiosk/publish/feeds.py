"""The site for programs: an Atom feed of new things (RFC 4287), calendars (RFC 5545), goods and events as JSON-LD (schema.org),
and the data of the page's own search. docs/public-page.md describes each."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from icalendar import Calendar, vDuration

from kiosk.data.models import Gathering
from kiosk.services import Services, SessionView
from kiosk.services.programme.calendar_files import HERE

from .contents import Contents, PublicThing, public_id
from .file import SiteFile, known
from .pages import list_file, page_of, templates
from .pictures import SitePictures
from .views import Views

#: Things in the feed.
NEWEST = 50
#: How often a program should look for changes of a calendar.
DAILY = timedelta(days=1)
SCHEMA = "https://schema.org/"
#: The condition of a thing in schema.org's words.
CONDITIONS = {
    "new": "NewCondition",
    "good": "UsedCondition",
    "worn": "UsedCondition",
    "needs_repair": "DamagedCondition",
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Feeds:
    """What is made of `contents` for programs. Addresses begin with that of the site, or are relative while it is not set."""

    def __init__(self, services: Services, contents: Contents, pictures: SitePictures, now: datetime) -> None:
        self._services, self._settings, self._contents, self._pictures = services, services.settings, contents, pictures
        self._now = now
        self._pages = dict(_placed(contents))

    def files(self) -> Iterator[SiteFile]:
        """Yield the files that are the same for every language."""
        yield known("goods.json", _json(self.goods()))
        yield known("events.json", _json(self.events()))
        yield known(
            "robots.txt",
            b"User-agent: *\nDisallow:\n" if self._settings.public.listed else b"User-agent: *\nDisallow: /\n",
        )

    def of(self, views: Views) -> Iterator[SiteFile]:
        """Yield the files of one language."""
        folder = views.language.code
        yield known(f"{folder}/things.js", self._search(views))
        yield known(f"{folder}/new.xml", self._atom(views))
        if self._settings.services.calendar:
            yield known(f"{folder}/events.ics", self._calendar(views, None))
            for series in self._contents.series:
                yield known(f"{folder}/events-{series.id}.ics", self._calendar(views, series.key))

    def centre(self) -> str:
        """Return the centre as JSON-LD."""
        settings = self._settings
        hours = [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": SCHEMA + DAYS[day],
                "opens": f"{opens:%H:%M}",
                "closes": f"{closes:%H:%M}",
            }
            for day, (opens, closes) in sorted(settings.opening.items())
        ]
        about = {
            "@context": SCHEMA,
            "@type": "LocalBusiness",
            "name": settings.centre.name,
            "openingHoursSpecification": hours,
        }
        known_facts = {
            "address": settings.centre.address,
            "telephone": settings.centre.phone,
            "url": settings.public.url,
        }
        return (
            _json(about | {key: value for key, value in known_facts.items() if value}).decode().replace("<", "\\u003c")
        )

    def goods(self) -> dict[str, Any]:
        """Return the things as a schema.org ItemList of Offers, newest first."""
        offers = [self._offer(thing) for thing in self._contents.things]
        return {"@context": SCHEMA, "@type": "ItemList", "numberOfItems": len(offers), "itemListElement": offers}

    def _offer(self, thing: PublicThing) -> dict[str, Any]:
        names = [{"@language": code, "@value": name} for code, name in sorted(thing.names.items()) if "_" not in code]
        photos = filter(None, map(self._pictures.photo, thing.photos))
        product = {
            "@type": "Product",
            "name": names,
            "category": thing.category,
            "size": thing.size,
            "audience": thing.age_group,
            "image": [self._address(f"pictures/{photo}-large.jpg") for photo in photos],
        }
        return {
            "@type": "Offer",
            "@id": thing.id,
            "url": self._link(thing, self._settings.centre.default_language),
            "price": 0,
            "priceCurrency": "EUR",
            "availability": SCHEMA + ("Reserved" if thing.reserved else "InStoreOnly"),
            "itemCondition": SCHEMA + CONDITIONS[thing.condition],
            "availabilityStarts": thing.arrived_on.isoformat(),
            "inventoryLevel": thing.left,
            "itemOffered": {key: value for key, value in product.items() if value},
        }

    def events(self) -> dict[str, Any]:
        """Return the coming sessions as a schema.org ItemList of Events."""
        found = [self._event(session) for session in self._contents.sessions]
        return {"@context": SCHEMA, "@type": "ItemList", "numberOfItems": len(found), "itemListElement": found}

    def _event(self, session: SessionView) -> dict[str, Any]:
        names = [{"@language": code, "@value": name} for code, name in sorted(session.names.items()) if "_" not in code]
        status = "EventScheduled" if session.takes_place else "EventCancelled"
        return {
            "@type": "Event",
            "@id": public_id(session.id),
            "name": names,
            "startDate": session.starts_at.isoformat(),
            "endDate": session.ends_at.isoformat(),
            "eventStatus": SCHEMA + status,
            "location": {"@type": "Place", "name": session.place or self._settings.centre.name},
            "isAccessibleForFree": True,
            "url": self._address(f"{self._settings.centre.default_language}/events.html"),
        }

    def _atom(self, views: Views) -> bytes:
        new = [thing for thing in self._contents.things if not thing.reserved][:NEWEST]
        entries = [
            {
                "id": _urn(thing.id),
                "view": views.thing(thing),
                "category": views.category(self._contents.category(thing.shelf)),
                "day": _midnight(thing.arrived_on),
                "link": self._link(thing, views.language.code),
            }
            for thing in new
        ]
        feed = {
            "id": _urn(f"{self._settings.centre.name}/{views.language.code}"),
            "title": self._settings.centre.name,
            "lang": views.language.code.partition("_")[0],
            "updated": entries[0]["day"] if entries else _midnight(self._contents.today),
            "link": self._address(f"{views.language.code}/things.html"),
            "own": self._address(f"{views.language.code}/new.xml") if self._settings.public.url else "",
            "site": self._address(""),
            "entries": entries,
        }
        return templates().get_template("new.xml.j2").render(feed).encode()

    def _calendar(self, views: Views, series: str | None) -> bytes:
        """Return one series, or all, as a calendar: names in one language, and ids that lead to no row."""
        calendar, centre = Calendar.from_ical(self._exported), self._settings.centre.name
        names = {one.key: views.name(one.names).text for one in self._contents.series if series in (None, one.key)}
        _for_subscribers(calendar, f"{names[series]} – {centre}" if series else centre)
        for event in list(calendar.walk("VEVENT")):
            key = self._keys[str(event["uid"])]
            if key in names:
                _make_public(event, key, names[key])
            else:
                calendar.subcomponents.remove(event)
        return bytes(calendar.to_ical())

    @cached_property
    def _exported(self) -> bytes:
        return self._services.calendar_files.export(now=self._now)

    @cached_property
    def _keys(self) -> dict[str, str]:
        """The id of each series by the UID of its events."""
        rows = Gathering.select(Gathering.id, Gathering.uid).tuples().execute(self._services.store.db)
        return {uid or key + HERE: key for key, uid in rows}

    def _search(self, views: Views) -> bytes:
        """Return the data of the search, each name once: a shelf has many chairs."""
        names: dict[tuple[str, str], int] = {}
        words: list[str] = []
        rows = []
        for thing in self._contents.things:
            name = views.name(thing.names).text
            at = names.setdefault((name, thing.kind), len(names))
            if at == len(words):
                words.append(" ".join(dict.fromkeys((*thing.names.values(), *thing.words))))
            photo = next(filter(None, map(self._pictures.photo, thing.photos)), "")
            flags = thing.is_new + 2 * thing.reserved
            rows.append([thing.id, thing.shelf, self._pages[thing.id], thing.age_group, flags, at, photo, thing.size])
        data = {"names": [name for name, _ in names], "words": words, "things": rows}
        return b"window.kioskThings=" + json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b";\n"

    def _link(self, thing: PublicThing, code: str) -> str:
        return self._address(f"{code}/{list_file(thing.shelf, self._pages[thing.id])}#t-{thing.id}")

    def _address(self, path: str) -> str:
        return self._settings.public.url + path


def _placed(contents: Contents) -> Iterator[tuple[str, int]]:
    """Yield each thing with the number of its page."""
    for things in contents.by_category().values():
        for place, thing in enumerate(things):
            yield thing.id, page_of(place)


def _make_public(event: Any, key: str, name: str) -> None:
    """Replace what tells more than the programme, and what changes without it."""
    for field in [field for field in event if field.upper().startswith("X-")]:
        del event[field]
    event["uid"] = public_id(key) + HERE
    del event["dtstamp"], event["summary"]
    event.add("dtstamp", datetime.combine(event["dtstart"].dt.date(), time(), UTC))
    event.add("summary", name)


def _for_subscribers(calendar: Any, name: str) -> None:
    """Say what the calendar is called, and how often a program should look for changes: the names of RFC 7986 and those that
    programs knew before it."""
    for field, value in (("name", name), ("x-wr-calname", name)):
        calendar[field] = value
    calendar.add("refresh-interval", vDuration(DAILY, params={"VALUE": "DURATION"}))
    calendar.add("x-published-ttl", vDuration(DAILY))


def _urn(text: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, text).urn


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
