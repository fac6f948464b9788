"""Dates, times, numbers and units are written by `Language`, and by nothing else that is shown."""

from __future__ import annotations

import ast
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.language.translation import LANGUAGES, Language
from tests.language.test_translation import ROOT

MORNING = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
EVENING = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("fi", "tiistaina 24.\u00a0marraskuuta klo\u00a09.05"),
        ("fi_selko", "tiistaina 24.\u00a0marraskuuta kello\u00a09.05"),
        ("sv", "tisdag 24\u00a0november kl.\u00a09.05"),
        ("uk", "вівторок, 24\u00a0листопада, 09:05"),
        ("en", "Tuesday 24\u00a0November at\u00a009:05"),
    ],
)
def test_day_and_time_in_words(code: str, said: str) -> None:
    assert Language(code).at(MORNING) == said


def test_swedish_is_finland_s() -> None:
    swedish = Language("sv")
    assert str(swedish.locale) == "sv_FI"
    assert (swedish.time(MORNING), swedish.time(EVENING)) == ("9.05", "17.00")
    assert (swedish.short_date(MORNING), swedish.full_date(MORNING)) == ("ti\u00a024.11.", "ti 24.11.2026")


@pytest.mark.parametrize(
    ("code", "span"), [("fi", "9.05–17.00"), ("sv", "9.05–17.00"), ("uk", "09:05–17:00"), ("en", "09:05–17:00")]
)
def test_times_of_the_settings_are_written_as_those_of_sessions(code: str, span: str) -> None:
    language = Language(code)
    assert language.span(MORNING, EVENING) == span
    assert language.clock("09:05-17:00") == span
    assert language.clock("") == ""


@pytest.mark.parametrize(
    ("code", "dates"),
    [("fi", "3.11.2026"), ("fi_selko", "3.11.2026"), ("sv", "3.11.2026"), ("uk", "3.11.2026"), ("en", "03/11/2026")],
)
def test_a_date_in_figures(code: str, dates: str) -> None:
    assert Language(code).figures(date(2026, 11, 3)) == dates


WEEKS = {
    "fi": ("vko 48", "vko 48/2026"),
    "fi_selko": ("viikko 48", "viikko 48/2026"),
    "sv": ("v. 48", "v. 48/2026"),
    "uk": ("тиж. 48", "тиж. 48/2026"),
    "en": ("week 48", "week 48/2026"),
}


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_weeks(code: str) -> None:
    assert (Language(code).week(48), Language(code).week(48, 2026)) == WEEKS[code]


UNITS = {
    "fi": "1,5 h, 2 pv, 3 min, 0 s, 1,3 kg, 78 Gt",
    "fi_selko": "1,5 tuntia, 2 päivää, 3 minuuttia, 0 sekuntia, 1,3 kiloa, 78 gigatavua",
    "sv": "1,5 h, 2 dygn, 3 min, 0 s, 1,3 kg, 78 GB",
    "uk": "1,5 год, 2 дн., 3 хв, 0 с, 1,3 кг, 78 ГБ",
    "en": "1.5 h, 2 d, 3 min, 0 s, 1.3 kg, 78 GB",
}


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_units(code: str) -> None:
    amounts = ((1.5, "h"), (2, "d"), (3, "min"), (0, "s"), (1.3, "kg"), (78, "GB"))
    assert ", ".join(Language(code).quantity(*amount) for amount in amounts) == UNITS[code]
    with pytest.raises(KeyError):
        Language(code).quantity(1, "furlong")


LISTS = {
    "fi": "Maanantaisin, torstaisin, huonekalut, Українська",
    "fi_selko": "Maanantaisin, torstaisin, huonekalut, Українська",
    "sv": "På måndagar, på torsdagar, möbler, Українська",
    "uk": "Понеділок, четвер, меблі, Українська",
    "en": "Mondays, Thursdays, furniture, Українська",
}


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_answers_are_joined_in_small_letters(code: str) -> None:
    language = Language(code)
    words = [language.text(word) for word in ("Mondays", "Thursdays", "Furniture")]
    assert language.listed([*words, "Українська"]) == LISTS[code]
    assert (language.listed([]), language.listed(["Kahvi"])) == ("", "Kahvi")
    assert language.listed(["Kahvi", "Gardening", "4H", "Fur and wool"]) == "Kahvi, gardening, 4H, fur and wool"


#: What is shown or printed, and what in it is a key or a file's format: never seen by anybody.
SHOWN = (
    "screens",
    "kiosk/documents/content.py",
    "kiosk/reports",
    "kiosk/documents/recovery_sheet.py",
    "kiosk/language/speech.py",
    "kiosk/codes",
)
KEYS = {
    ("screens/prompts/pick_time.py", "02"),  # the hours and minutes to choose from, two figures each
    ("screens/staff/programme/programme.py", "%H:%M"),  # goes to the chooser of times
    ("screens/staff/desk/appointment.py", "%H:%M"),  # goes to the chooser of times
    ("screens/staff/reports/months.py", "%Y-%m"),
    ("kiosk/reports/kinds/attendance.py", "%Y-%m"),
    ("kiosk/reports/facts.py", "%Y-%m"),
    ("kiosk/reports/facts.py", "%H:%M"),
    ("kiosk/reports/kinds/talkoot.py", "%Y-%m"),
    ("kiosk/reports/kinds/goods.py", ".1f"),  # rounds, and is a number again
    ("kiosk/reports/files/csv_file.py", ".{PLACES.get(column.type, 2)}f"),  # the file's own decimals
    ("kiosk/reports/files/csv_file.py", "%H:%M"),  # a time that every spreadsheet takes for one
}


def by_hand(path: Path) -> list[tuple[str, str]]:
    """Return (file, format) of what a file formats by itself."""
    name, found = str(path.relative_to(ROOT)), []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            found.append((name, ast.unparse(node.format_spec)[2:-1]))
        if isinstance(node, ast.Attribute) and node.attr in (
            "strftime",
            "format_time",
            "format_date",
            "format_percent",
        ):
            found.append((name, node.attr))
    return found


def test_nothing_is_formatted_by_hand() -> None:
    files = [
        file for place in SHOWN for file in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
    ]
    assert [one for file in files for one in by_hand(file) if one not in KEYS] == []


def test_no_kv_rule_formats_a_number_by_hand() -> None:
    by_hand_too = re.compile(r"\{[^{}\"]*:[^{}\"]*[gfen%]\}|strftime")
    found = [
        (file.name, line.strip())
        for file in (ROOT / "screens").rglob("*.kv")
        for line in file.read_text(encoding="utf-8").splitlines()
        if by_hand_too.search(line)
    ]
    assert found == []


def test_no_unit_is_written_by_hand() -> None:
    unit = re.compile(r"\} ?(?:h|kg|min|GB|MB|s|d)[\"' ]|[\"'] (?:h|kg|GB)[\"']")
    found = [
        (str(file.relative_to(ROOT)), line.strip())
        for file in (ROOT / "screens").rglob("*.*")
        if file.suffix in (".py", ".kv")
        for line in file.read_text(encoding="utf-8").splitlines()
        if unit.search(line)
    ]
    assert found == []
