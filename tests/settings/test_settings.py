"""Settings: sane without a file, and errors that name the line and the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.settings import BadSettings, default_toml, load
from kiosk.settings.declaration import Setting, settings_of
from kiosk.settings.schema import ENTRIES, GROUPS, SECTIONS
from kiosk.settings.toml_reader import read
from kiosk.settings.toml_writer import change, values


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_and_the_written_defaults_are_the_same(tmp_path: Path) -> None:
    assert load(write(tmp_path, default_toml())) == load(None)
    assert load(write(tmp_path, "")) == load(None)
    assert sorted(load(None).opening) == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "line", "key", "reason"),
    [
        ("[tickets]\n\nlimit = 0\n", 3, "tickets.limit", "whole number from 1 to 20"),
        ("[tickets]\nlimit = true\n", 2, "tickets.limit", "whole number"),
        ("[screen]\nwarning_seconds = 5\n", 2, "screen.warning_seconds", "20 to 600"),
        ("[tickets]\nlimits = 3\n", 2, "tickets.limits", "did you mean tickets.limit?"),
        ("[opening]\nmon = '16:00-10:00'\n", 2, "opening.mon", "closing time must be after opening time"),
        ("closed = ['2026-12-24']\n", 1, "closed", "must be a date such as 2026-12-24"),
        ("\n[centre]\ntimezone = 'Mars/Base'\n", 3, "centre.timezone", "time zone"),
        ("[centre]\nname = 'x'\nlanguages = ['fi']\ndefault_language = 'uk'\n", 4, "centre.default_language", "one of"),
        ("[guidance]\ndays = ['tuesday']\n", 2, "guidance.days", "some of: mon, tue"),
        ("[donations]\nnot_taken = 'all'\n", 2, "donations.not_taken", "some of: broken"),
        ("[help]\nareas = [1]\n", 2, "help.areas", "text in quotes"),
        ("[tickets\n", 1, "[tickets", ""),
        ("[tickets]\nlimit = = 3\n", 2, "limit", ""),
        ("[[gatherings]]\nkey = 'a'\n", 1, "gatherings.names", "is missing"),
        (default_toml().replace("FREQ=WEEKLY;BYDAY=TU", "every week"), 0, "gatherings.every", "RFC 5545"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, line: int, key: str, reason: str) -> None:
    with pytest.raises(BadSettings) as told:
        load(write(tmp_path, text))
    error = told.value
    assert error.values["key"] == key
    assert reason in str(error.values["reason"])
    if line:
        assert error.values["line"] == line


def test_a_missing_or_foreign_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadSettings):
        load(tmp_path / "none.toml")
    path = tmp_path / "picture.toml"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(BadSettings):
        load(path)


def test_each_setting_is_declared_once_and_its_default_is_one_it_takes() -> None:
    keys = [entry.key for entry in ENTRIES]
    assert len(keys) == len(set(keys))
    for section, group in GROUPS.items():
        assert group() == getattr(load(None), section)
        assert [f"{section}.{field}" for field in group._fields] == [entry.key for entry in settings_of(group, section)]


def test_a_row_must_have_what_is_needed_and_has_defaults_for_the_rest() -> None:
    for section in SECTIONS.values():
        needed = [entry.key for entry in section.entries if entry.needed]
        assert [entry.key for entry in section.entries][: len(needed)] == needed
        with pytest.raises(TypeError, match=needed[-1]):
            section.row(**dict.fromkeys(needed[:-1]))
        row = section.row(**dict.fromkeys(needed))
        assert not [value for value in row if isinstance(value, Setting)]


def test_an_address_of_the_page_of_before_is_that_of_the_centre(tmp_path: Path) -> None:
    """One address and one telephone for the screen, slips and the page; what stood at the page is not lost."""
    old = '[public]\naddress = "Kirkkotie 1"\nphone = "08 123 4567"\n'
    assert read(old, "kiosk.toml").centre[1:3] == ("Kirkkotie 1", "08 123 4567")
    assert read('[centre]\naddress = ""\n' + old, "kiosk.toml").centre.address == "Kirkkotie 1"
    assert read('[centre]\naddress = "Koulutie 2"\n' + old, "kiosk.toml").centre.address == "Koulutie 2"
    file = tmp_path / "kiosk.toml"
    file.write_text(old, encoding="utf-8")
    assert values(file)["centre.address"] == "Kirkkotie 1"
    assert change(file, {"centre.address": ""}).centre[1:3] == ("", "08 123 4567")
    assert change(file, {"public.address": "Koulutie 2"}).centre.address == "Koulutie 2"  # said by a tablet of before
