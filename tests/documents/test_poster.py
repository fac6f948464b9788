"""The poster: every language on one page, and strips whose code a phone reads as a calendar event."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from PIL import Image

from kiosk.documents.poster import LONGEST_NAME, calendar_code, poster_of, poster_pdf
from kiosk.files.resources import asset
from kiosk.language.translation import Language
from kiosk.services import SessionView

STARTS, ENDS = datetime(2026, 12, 10, 15, tzinfo=UTC), datetime(2026, 12, 10, 17, tzinfo=UTC)
SESSION = SessionView(
    "bake:2026-12-10:1700", "bake", {"fi": "Piparitalkoot", "uk": "Печемо пряники"}, "Lumijoen koulu, keittiö", STARTS, ENDS, "",
    partner="4H, Martat", about={"fi": "Leivotaan yhdessä.", "uk": "Печемо разом."},
)  # fmt: skip
LANGUAGES = [Language(code) for code in ("fi", "uk", "en")]


def page_of(pdf: bytes) -> pypdfium2.PdfPage:
    [page] = pypdfium2.PdfDocument(pdf)
    return page


def words(pdf: bytes) -> str:
    return str(page_of(pdf).get_textpage().get_text_range())


def event_in(text: str) -> dict[str, object]:
    calendar = Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{text}\r\nEND:VCALENDAR")
    [event] = calendar.walk("VEVENT")
    return {key: getattr(event[key], "dt", str(event[key])) for key in ("SUMMARY", "DTSTART", "DTEND", "LOCATION")}


def test_the_poster_says_it_in_each_language_that_has_something_to_say() -> None:
    text = words(poster_pdf(poster_of(SESSION, LANGUAGES, "Help Center Lumijobi")))
    for part in ("Piparitalkoot", "Torstaina 10. joulukuuta", "17.00–19.00", "Leivotaan yhdessä.", "Печемо разом.",
                 "Yhteistyössä: 4H, Martat", "Lumijoen koulu, keittiö", "Help Center Lumijobi"):  # fmt: skip
        assert part in text
    assert "Thursday" not in text


@pytest.mark.parametrize("picture", [None, "photo", "art"])
def test_a_phone_reads_the_event_from_every_strip(picture: str | None) -> None:
    drawn = {
        "photo": Image.new("RGB", (1200, 1600), "teal"),
        "art": Image.open(asset("art/group_family.png")),
        None: None,
    }[picture]
    pdf = poster_pdf(poster_of(SESSION, LANGUAGES, "Help Center Lumijobi", drawn))
    codes = zxingcpp.read_barcodes(page_of(pdf).render(scale=200 / 72).to_pil())
    assert len(codes) == 8
    assert event_in(codes[0].text) == {
        "SUMMARY": "Piparitalkoot",
        "DTSTART": STARTS,
        "DTEND": ENDS,
        "LOCATION": "Lumijoen koulu, keittiö, Help Center Lumijobi",
    }


def test_long_texts_in_five_languages_still_fit_one_page_above_the_strips() -> None:
    codes = ("fi", "uk", "en", "sv", "fi_selko")
    long = replace(
        SESSION,
        names=dict.fromkeys(codes, "Todella pitkä nimi tapahtumalle " * 2),
        about=dict.fromkeys(codes, "sana " * 80),
    )
    poster = poster_of(long, [Language(code) for code in codes], "Keskus", Image.new("RGB", (400, 300)))
    pdf = poster_pdf(poster)
    assert words(pdf).count("sana") == 80 * len(codes)
    assert len(zxingcpp.read_barcodes(page_of(pdf).render(scale=200 / 72).to_pil())) == 8


@given(st.text(min_size=1, max_size=100), st.text(max_size=100))
def test_any_name_and_place_come_back_from_the_code(name: str, place: str) -> None:
    found = event_in(calendar_code(replace(SESSION, place=place), name, ""))
    assert isinstance(found["DTSTART"], datetime)
    if name.isalnum() and place.isalnum():
        assert (found["SUMMARY"], found["LOCATION"]) == (name[:LONGEST_NAME], place)
