"""The settings file changed from the screen: what was written is read back, what a person wrote stays, nothing is lost."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from kiosk.data.models import JournalEntry
from kiosk.errors import StorageTrouble, UnknownProject
from kiosk.services import Services
from kiosk.services.staff.preferences import PreferenceService
from kiosk.settings import BadSettings, default_toml, load
from kiosk.settings.toml_writer import AlwaysClosed, change, values
from tests.services.conftest import NOW

HAND_WRITTEN = """\
# ours, since 2024
closed = [2026-12-24]

[tickets]
limit = 5   # five are enough

[centre]   # who we are
languages = ["uk", "fi"]
name = "Toimintakeskus"
"""

HOURS = st.tuples(st.integers(0, 11), st.integers(12, 23)).map(lambda pair: f"{pair[0]:02}:00-{pair[1]:02}:30")
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(str.strip)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "centre.name": WORDS,
        "centre.languages": st.lists(st.sampled_from(["uk", "en", "sv"]), unique=True).map(lambda more: ["fi", *more]),
        "closed": st.lists(st.dates(), unique=True, max_size=4),
        "tickets.limit": st.integers(1, 20),
        "services.wishes": st.booleans(),
        "screen.diagonal_inches": st.floats(5, 100),
        "opening.mon": st.none() | HOURS,
        "opening.sun": HOURS,
        "help.areas": st.lists(WORDS, unique=True, max_size=3),
        "backup.second_at": st.times().map(lambda moment: f"{moment:%H:%M}"),
    },
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "own.toml"


@rules(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.sampled_from([None, "", HAND_WRITTEN, default_toml()]), changes=CHANGES)
def test_what_is_written_is_read_back(file: Path, before: str | None, changes: dict[str, Any]) -> None:
    file.unlink(missing_ok=True)
    if before is not None:
        file.write_text(before, encoding="utf-8")
    kept = values(file)
    settings = change(file, changes)
    now = values(file)
    assert settings == load(file)
    assert {key: now.get(key) for key in changes} == changes
    assert {key: value for key, value in now.items() if key not in changes} == {
        key: value for key, value in kept.items() if key not in changes
    }


def test_comments_order_and_spaces_stay(file: Path) -> None:
    file.write_text(HAND_WRITTEN, encoding="utf-8")
    file.chmod(0o640)
    change(file, {"tickets.limit": 4, "centre.name": "Lumijobi ”Ii”", "closed": [date(2026, 12, 24), date(2027, 1, 6)]})
    assert file.read_text(encoding="utf-8") == HAND_WRITTEN.replace("limit = 5", "limit = 4").replace(
        "Toimintakeskus", "Lumijobi ”Ii”"
    ).replace("[2026-12-24]", "[2026-12-24, 2027-01-06]")
    assert file.stat().st_mode & 0o777 == 0o640


def test_opening_hours_of_one_day_leave_the_others(file: Path) -> None:
    file.write_text("", encoding="utf-8")
    assert sorted(change(file, {"opening.fri": "12:00-18:00"}).opening) == [1, 2, 3, 4]
    assert sorted(change(file, {"opening.tue": None, "opening.wed": None, "opening.thu": None}).opening) == [4]
    text = file.read_text(encoding="utf-8")
    with pytest.raises(AlwaysClosed):
        change(file, {"opening.fri": None})
    assert file.read_text(encoding="utf-8") == text


PROJECT = """\
[[projects]]
number = "7"   # of the decision
names = {fi = "Hanke"}
funder = "Leader"
since = 2026-01-01
until = 2027-12-31
targets = {people = 40}   # agreed in May
"""


def test_a_target_is_written_beside_what_a_person_wrote(file: Path, services: Services) -> None:
    file.write_text(HAND_WRITTEN + PROJECT, encoding="utf-8")
    ours = PreferenceService(services.store, services.settings, file=file)

    def targets(indicator: str, target: int | None) -> dict[str, int]:
        settings = ours.set_target(project="7", indicator=indicator, target=target, now=NOW, who="shell")
        assert settings == load(file)
        return settings.projects[0].targets

    assert targets("hours", 500) == {"people": 40, "hours": 500}
    assert targets("people", None) == {"hours": 500}
    text = file.read_text(encoding="utf-8")
    assert text.startswith(HAND_WRITTEN)
    assert "# of the decision" in text
    assert "# agreed in May" in text
    for project, indicator, target, error in (
        ("8", "people", 5, UnknownProject),
        ("7", "peeple", 5, BadSettings),
        ("7", "people", 0, BadSettings),
    ):
        with pytest.raises(error):
            ours.set_target(project=project, indicator=indicator, target=target, now=NOW, who="shell")
    assert file.read_text(encoding="utf-8") == text
    assert targets("hours", None) == {}
    file.write_text(PROJECT.replace("targets", "#"), encoding="utf-8")
    assert targets("given", 9) == {"given": 9}


def test_a_wrong_value_a_broken_file_and_a_full_disk_lose_nothing(
    file: Path, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(HAND_WRITTEN, encoding="utf-8")
    ours = PreferenceService(services.store, services.settings, file=file)
    entries = JournalEntry.select().count(services.store.db)

    def refused(changes: dict[str, Any], text: str, error: type[Exception]) -> None:
        with pytest.raises(error):
            ours.change(changes=changes, now=NOW, who="shell")
        assert file.read_text(encoding="utf-8") == text
        assert JournalEntry.select().count(services.store.db) == entries

    refused({"tickets.limit": 21}, HAND_WRITTEN, BadSettings)
    refused({"centre.default_language": "sv"}, HAND_WRITTEN, BadSettings)
    monkeypatch.setattr("kiosk.files.atomic.os.fsync", lambda descriptor: (_ for _ in ()).throw(OSError(28, "full")))
    refused({"tickets.limit": 2}, HAND_WRITTEN, StorageTrouble)
    monkeypatch.undo()
    broken = HAND_WRITTEN + "limit = = 3\n"
    file.write_text(broken, encoding="utf-8")
    refused({"tickets.limit": 2}, broken, BadSettings)
    assert [one.name for one in file.parent.glob("*.part")] == []


def test_a_change_is_journalled_and_can_be_reset(services: Services) -> None:
    ours = services.preferences
    changed = ours.change(changes={"tickets.limit": 7, "opening.mon": "09:00-12:00"}, now=NOW, who="shell")
    assert (changed.tickets.limit, sorted(changed.opening)) == (7, [0, 1, 2, 3])
    [entry] = JournalEntry.select().where(JournalEntry.kind == "settings.changed").execute(services.store.db)
    assert (entry.who, entry.payload) == ("shell", '{"keys":["opening.mon","tickets.limit"]}')
    assert ours.reset(key="tickets.limit", now=NOW, who="shell").tickets.limit == 3
    assert sorted(ours.reset(key="opening.mon", now=NOW, who="shell").opening) == [1, 2, 3]
    assert tomllib.loads(ours.file.read_text(encoding="utf-8"))["centre"]["name"] == "Help Center Lumijobi"
