"""The site for programs: other calendars, feed readers and sites read it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from kiosk.pictures.store import Pictures
from kiosk.publish.errors import NoAddress
from kiosk.publish.poster import poster_pdf
from kiosk.services import Services
from kiosk.settings import Settings
from tests.publish.conftest import goods_of, made
from tests.world import NOW

ATOM = "{http://www.w3.org/2005/Atom}"
GUIDE = (Path(__file__).parents[2] / "docs" / "public-page.md").read_text(encoding="utf-8")


def documented(kind: str) -> set[str]:
    """Return the properties that the guide describes."""
    if kind == "Offer":
        rows = GUIDE.partition("An `Offer` has:")[2].partition("\n\nAn `Event`")[0]
        return {
            name for row in re.findall(r"^\| (`.+?) \|", rows, re.MULTILINE) for name in re.findall(r"`([^`]+)`", row)
        }
    return set(re.findall(r"`([@a-z][A-Za-z]+)`", GUIDE.partition("An `Event` has")[2].partition("Addresses are")[0]))


def test_goods_are_offers_as_the_guide_says(services: Services, pictures: Pictures) -> None:
    offers = goods_of(made(services, pictures))
    assert len(offers) == 3
    for offer in offers:
        assert set(offer) - {"@type"} == documented("Offer")
        assert offer["url"].startswith("https://example.fi/shelf/fi/")
        assert offer["price"] == 0
        assert {"@language", "@value"} == set(offer["itemOffered"]["name"][0])
        assert all(
            image.startswith("https://example.fi/shelf/pictures/") for image in offer["itemOffered"].get("image", ())
        )
    events = json.loads(made(services, pictures)["events.json"])["itemListElement"]
    assert events
    assert all(set(event) - {"@type"} == documented("Event") for event in events)


def test_the_feed_is_atom_with_stable_ids(services: Services, pictures: Pictures) -> None:
    before = ElementTree.fromstring(made(services, pictures)["uk/new.xml"])
    entries = before.findall(f"{ATOM}entry")
    assert len(entries) == 3
    for each in (before, *entries):
        assert all(each.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated", "link"))
    services.goods.add(now=NOW, who="shell", category="books", names={"en": "A & <B>"})
    after = ElementTree.fromstring(made(services, pictures)["uk/new.xml"])
    ids = [[entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")] for feed in (before, after)]
    assert ids[1][1:] == ids[0]
    assert after.find(f"{ATOM}entry").findtext(f"{ATOM}title") == "A & <B>"  # type: ignore[union-attr]


def test_calendars_have_names_in_their_language_and_ids_of_their_own(services: Services, pictures: Pictures) -> None:
    series = services.programme.add(
        names={"fi": "Retki", "uk": "Екскурсія"}, rule="FREQ=WEEKLY;BYDAY=TH", since=NOW.date(), start="17:00", end="18:00",
        place="Koulu", uid="anna@example.com", now=NOW, who="shell",
    )  # fmt: skip
    site = made(services, pictures)
    whole = Calendar.from_ical(site["uk/events.ics"])
    assert "Екскурсія" in {str(event["summary"]) for event in whole.walk("VEVENT")}
    alone = [path for path in site if re.fullmatch(r"fi/events-\w+\.ics", path) and b"Retki" in site[path]]
    assert len(alone) == 1
    [event] = Calendar.from_ical(site[alone[0]]).walk("VEVENT")
    assert event["rrule"]["FREQ"] == ["WEEKLY"]
    assert "anna" not in str(event["uid"])
    assert series.id not in str(event["uid"])
    names = {str(event["uid"]) for event in Calendar.from_ical(site["fi/events.ics"]).walk("VEVENT")}
    assert {str(event["uid"]) for event in whole.walk("VEVENT")} == names


def test_a_calendar_to_subscribe_to_has_a_name_and_is_asked_again_each_day(
    services: Services, pictures: Pictures
) -> None:
    """Whoever subscribes to two series sees which is which, and a program asks for changes daily."""
    services.programme.add(
        names={"fi": "Retki", "uk": "Екскурсія"}, rule="FREQ=WEEKLY;BYDAY=TH", since=NOW.date(), start="17:00", end="18:00",
        place="Koulu", now=NOW, who="shell",
    )  # fmt: skip
    site = made(services, pictures)
    calendars = {path: Calendar.from_ical(data) for path, data in site.items() if path.endswith(".ics")}
    assert calendars["uk/events.ics"]["x-wr-calname"] == "Help Center Lumijobi"
    alone = {str(one["x-wr-calname"]) for path, one in calendars.items() if path.startswith("uk/events-")}
    assert len(alone) == len([path for path in calendars if path.startswith("uk/events-")])
    assert "Екскурсія – Help Center Lumijobi" in alone
    for one in calendars.values():
        assert one["name"] == one["x-wr-calname"]
        assert one["refresh-interval"].dt == timedelta(days=1)
        assert str(one["x-published-ttl"]) == "P1D"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D" in site["uk/events.ics"]


def test_the_feed_says_where_it_is(services: Services, pictures: Pictures, settings: Settings) -> None:
    """RFC 4287 4.1.1: a feed should have a link to itself."""
    feed = ElementTree.fromstring(made(services, pictures)["uk/new.xml"])
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == "https://example.fi/shelf/uk/new.xml"
    nowhere = services.under(settings._replace(public=settings.public._replace(url="")))
    feed = ElementTree.fromstring(made(nowhere, pictures)["uk/new.xml"])
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["alternate"]


def test_the_poster_has_the_address(settings: Settings) -> None:
    import pypdfium2
    import zxingcpp

    page = pypdfium2.PdfDocument(poster_pdf(settings))[0]
    found = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    assert [code.text for code in found] == ["https://example.fi/shelf/"]
    text = page.get_textpage().get_text_range()
    assert "Hyllymme ja tapaamisemme puhelimessasi" in text
    with pytest.raises(NoAddress):
        poster_pdf(settings._replace(public=settings.public._replace(url="")))
