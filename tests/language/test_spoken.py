"""What is written is heard as people say it: times, dates, spans, units, abbreviations, codes, numbers before words."""

from __future__ import annotations

import re
import subprocess

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.codes.codes import ALPHABET, Kind, code_from_number, new_code
from kiosk.files.resources import locales
from kiosk.language.speech import marked, voice_of
from kiosk.language.spoken import _read, spoken
from kiosk.language.translation import LANGUAGES, Language
from tests.screens.aloud import told
from tests.test_formats import EVENING, MORNING

HEARD = {
    "fi": {
        "ti–to 10.00–16.00": "tiistaista torstaihin kymmenestä kuuteentoista",
        "la 10.00–12.00": "lauantaina kymmenestä kahteentoista",
        "klo 9.00": "kello 9",
        "klo 9.05": "kello 9 0 5",
        "klo 17.10.": "kello 17 10.",
        "klo 9.00–15.00": "kello yhdeksästä viiteentoista",
        "9.30–15.45": "9 kolmestakymmenestä 15 neljäänkymmeneenviiteen",
        "ti 24.11.": "tiistai kahdeskymmenesneljäs marraskuuta",
        "24.11.2026": "kahdeskymmenesneljäs marraskuuta 2026",
        "8.12.–22.12.": "kahdeksas joulukuuta viiva kahdeskymmenestoinen joulukuuta",
        "tiistaina 1. joulukuuta klo 17.00": "tiistaina ensimmäinen joulukuuta kello 17",
        "vko 48": "viikko 48",
        "1,5 h": "1,5 tuntia",
        "1 h": "1 tunti",
        "20 min": "20 minuuttia",
        "1,3 kg": "1,3 kiloa",
        "45 × 90 cm": "45 kertaa 90 senttiä",
        "25\u00a0%": "25 prosenttia",
        "1\u00a0234,5 kg": "1234,5 kiloa",
        "16–25": "kuudestatoista kahteenkymmeneenviiteen",
        "2026–2027": "2026 viiva 2027",
        "15 minuutin odotus": "viidentoista minuutin odotus",
        "2 henkilölle": "kahdelle henkilölle",
        "Nro 12": "numero 12",
        "suomi  ·  English": "suomi, English",
        "Kieli · Мова": "Kieli, Мова",
        "1 / 4": "1 neljästä",
        "Koko. –": "Koko. Ei vastausta",
        "Kielikahvila\nto 26.11.  17.00–19.00": "Kielikahvila. torstai kahdeskymmeneskuudes marraskuuta, seitsemästätoista yhdeksääntoista",
        "____-____": "",
        "040 123 4567": "0 4 0, 1 2 3, 4 5 6 7",
    },
    "sv": {
        "tis–tors 10.00–16.00, lör 10.00–12.00": "tisdag till torsdag 10 till 16, lördag 10 till 12",
        "kl. 9.00–15.00": "klockan 9 till 15",
        "kl. 9.05": "klockan 9 0 5",
        "ti 24.11.": "tisdag den tjugofjärde november",
        "tisdag 24 november kl. 17.00": "tisdag den tjugofjärde november klockan 17",
        "v. 48": "vecka 48",
        "1 h": "en timme",
        "2 h": "2 timmar",
        "1 sak": "en sak",
        "1 ledig plats": "en ledig plats",
        "1 par": "1 par",
        "1 / 4": "1 av 4",
        "16–25": "16 till 25",
        "45 × 90 cm": "45 gånger 90 centimeter",
        "ca 5 min": "cirka 5 minuter",
    },
    "uk": {
        "вт–чт 10:00–16:00, сб 10:00–12:00": "з вівторка до четверга з десятої до шістнадцятої, у суботу з десятої до дванадцятої",
        "17:00": "о сімнадцятій",
        "вівторок, 24 листопада, 11:05": "вівторок, двадцять четвертого листопада, об одинадцятій 0 5",
        "09:00–15:00": "з дев’ятої до п’ятнадцятої",
        "до 15:30": "до п’ятнадцятої 30",
        "вт, 24.11": "вівторок двадцять четвертого листопада",
        "24.11.2026": "двадцять четвертого листопада дві тисячі двадцять шостого року",
        "тиж. 48": "тиждень 48",
        "1 год": "одна година",
        "2 год": "дві години",
        "5 год": "5 годин",
        "1,5 год": "1,5 години",
        "2 кг": "2 кілограми",
        "1 річ": "одна річ",
        "22 нові речі": "двадцять дві нові речі",
        "2 нові рядки": "2 нові рядки",
        "1 вільне місце": "одне вільне місце",
        "На 1 особу": "На одну особу",
        "16–25": "від шістнадцяти до двадцяти п’яти",
        "25%": "25 відсотків",
        "№ 12": "номер 12",
        "1 / 4": "1 з чотирьох",
    },
    "en": {
        "Tue–Thu 10:00–16:00, Sat 10:00–12:00": "Tuesday to Thursday 10 AM to 4 PM, Saturday 10 AM to 12 PM",
        "09:00–15:00": "9 AM to 3 PM",
        "at 09:05": "at 9 oh 5 AM",
        "00:30": "12 30 AM",
        "Tue 24/11": "Tuesday the 24th of November",
        "24/11/2026": "the 24th of November 2026",
        "Tuesday 24 November at 17:00": "Tuesday the 24th of November at 5 PM",
        "1 h": "1 hour",
        "1.5 h": "1.5 hours",
        "3 kg": "3 kilos",
        "2 / 12": "2 of 12",
        "What?\nLine": "What? Line",
        "How old are you?. 30–49": "How old are you? 30 to 49",
        "45 × 90 cm": "45 by 90 centimetres",
        "16–25": "16 to 25",
        "+358 40 123 4567": "plus, 3 5 8, 4 0, 1 2 3, 4 5 6 7",
    },
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, kinds in HEARD.items() for text in kinds])
def test_each_kind_is_heard_as_people_say_it(code: str, text: str) -> None:
    assert spoken(text, code) == HEARD[code][text]


@pytest.mark.parametrize(
    ("code", "heard"),
    [
        ("fi", "tiistaina kahdeskymmenesneljäs marraskuuta kello 9 0 5"),
        ("fi_selko", "tiistaina kahdeskymmenesneljäs marraskuuta kello 9 0 5"),
        ("sv", "tisdag den tjugofjärde november klockan 9 0 5"),
        ("uk", "вівторок, двадцять четвертого листопада, о дев’ятій 0 5"),
        ("en", "Tuesday the 24th of November at 9 oh 5 AM"),
    ],
)
def test_what_the_language_writes_is_what_is_understood(code: str, heard: str) -> None:
    assert spoken(Language(code).at(MORNING), code) == heard
    written = Language(code)
    for text in (
        written.span(MORNING, EVENING),
        written.short_date(MORNING),
        written.full_date(MORNING),
        written.figures(MORNING),
    ):
        assert not re.search(r"\d[.:/]\d", spoken(text, code)), text


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_a_code_is_heard_in_groups_letter_by_letter(code: str) -> None:
    ticket = new_code(Kind.TICKET).grouped
    heard = spoken(f"A {ticket}.", code)
    assert heard == f"A {', '.join(' '.join(group) for group in ticket.split('-'))}."
    label = code_from_number(Kind.ITEM, 12).grouped
    assert spoken(label, code).count(",") == label.count("-")


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_the_last_letter_of_a_code_is_no_abbreviation(code: str) -> None:
    for letter in ALPHABET:
        assert spoken(f"TKPW-1JJ{letter}.", code).endswith(f"1 J J {letter}.")


@pytest.mark.parametrize("code", ["fi", "sv", "uk", "en"])
def test_every_abbreviation_of_the_catalogue_is_a_word(code: str) -> None:
    units = _read(locales(), code)["units"]
    for unit in ("d", "h", "min", "s", "kg", "GB"):
        said = spoken(Language(code).quantity(5, unit), code)
        assert re.fullmatch(r"5 \w{4,}", said), said
    assert all(len(forms.split(",")) >= 2 for forms in units.values())


def test_every_counted_noun_of_ukrainian_agrees_with_its_number() -> None:
    """One and two have a gender: what the catalogue counts is masculine, or listed."""
    masculine = {
        "день",
        "дні",
        "волонтер",
        "волонтери",
        "відвідувач",
        "відвідувачі",
        "запис",
        "записи",
        "запит",
        "запити",
        "захід",
        "заходи",
        "рядок",
        "рядки",
        "нові",
        "новий",
        "кг",
        "дн",
        "хв",
        "с",
        "год",
        "ГБ",
        "за",
        "шт",
    }
    with (locales() / "uk" / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        book = read_po(file)
    missed = []
    for message in book:
        for number, form in zip((1, 2), message.string[:2], strict=True) if isinstance(message.string, tuple) else ():
            for counted in re.findall(r"\{count\} (\w.*)", form):
                word, said = counted.split()[0].rstrip("."), spoken(f"{number} {counted}", "uk")
                if said.startswith(str(number)) and word not in masculine:
                    missed.append((form, said))
    assert missed == []


def test_a_language_without_a_file_of_its_own_is_said_as_it_is_written() -> None:
    assert _read(locales(), "et") == {}
    assert _read(locales(), "fi_selko") == _read(locales(), "fi")


@pytest.mark.parametrize("code", list(LANGUAGES))
@settings(deadline=None)
@given(text=st.text(alphabet="0123456789.,:–/ -+%×hkgклmін", max_size=30))
def test_any_text_is_said(code: str, text: str) -> None:
    spoken(text, code)


def phonemes(text: str, language: str) -> str:
    command = ["espeak-ng", "-v", voice_of(language), "-m", "-q", "-x", "--stdin"]
    return subprocess.run(command, input=marked(text, language), capture_output=True, text=True, check=True).stdout


def test_names_of_languages_and_cyrillic_words_have_voices_of_their_own() -> None:
    assert marked("Suomi & Українська", "fi") == '<speak>Suomi &amp; <voice xml:lang="uk">Українська</voice></speak>'
    assert "sI2r" not in phonemes("Kieli: Українська, Олена Коваль", "fi")  # "Cyrillic letter …"
    assert phonemes("Svenska", "uk").strip() == phonemes("Svenska", "sv").strip()
    assert phonemes("Suomi", "fi").strip() == "s'uomI"


def test_the_list_of_what_is_said_tells_each_text_once_and_how_it_is_written() -> None:
    stops = [("01_welcome", ["Tervetuloa", "klo 9.05"]), ("02_home", ["Tervetuloa", "vko 48"])]
    lines = told(stops, lambda text: spoken(text, "fi")).split("\n")
    assert lines[:4] == ["", "01_welcome", "  Tervetuloa", "  kello 9 0 5   < klo 9.05"]
    assert lines[4:] == ["", "02_home", "  viikko 48   < vko 48"]
