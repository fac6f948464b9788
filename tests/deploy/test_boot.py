"""The eyes and the hand of deploy/try-boot; the machine itself takes an hour and is tried by that."""

from __future__ import annotations

import shutil
import subprocess
from array import array
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from kiosk.files.resources import font
from kiosk.language.keyboards import PIN, keyboard_for
from tests.deploy.boot import bundles, image, person, sight, story

LINE = ("1", "1", "1", "1", "1")
OTHER = ("1", "1", "1", "1", "2")


def test_words_of_one_line_are_found_however_they_end() -> None:
    words = [sight.Word("Now", 10, 5, LINE), sight.Word("Make", 30, 5, LINE), sight.Word("keys.", 50, 5, LINE)]
    assert sight.find(words, "make keys") == (40, 5)
    assert sight.find(words, "keys make") is None
    assert sight.find([words[1], sight.Word("keys", 50, 9, OTHER)], "Make keys") is None


def test_a_screen_that_is_used_in_part_is_noticed() -> None:
    whole = Image.new("RGB", (1280, 800), "white")
    part = Image.new("RGB", (1280, 800), "black")
    part.paste(whole.resize((800, 600)), (240, 100))
    assert sight.filled(whole) == 1
    assert sight.filled(part) == 0


@pytest.mark.parametrize("rows", [keyboard_for("en").letters, PIN.letters], ids=["letters", "digits"])
def test_keys_are_found_by_some_of_them_and_one_misread_does_no_harm(rows: tuple[tuple[object, ...], ...]) -> None:
    units = {key.text: (640 + 100 * x, 400 + 90 * y) for (x, y), key in person._units(rows) if key.text}
    read = [text for text in units if text.isalnum()][::2]
    words = [sight.Word(text, *units[text], LINE) for text in read]
    wrong = sight.Word(read[0], 20, 20, LINE)
    found = person.keys([*words, wrong], rows)
    for text, place in units.items():
        assert found[text] == pytest.approx(place, abs=2)


def test_words_are_read_where_they_stand() -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract reads")
    picture = Image.new("RGB", (1280, 800), "white")
    draw, letters = ImageDraw.Draw(picture), ImageFont.truetype(str(font("Bold")), 40)
    draw.text((40, 100), "This is new here", "black", letters)
    draw.text((300, 400), "Choose a PIN", "navy", letters)
    place = sight.find(sight.read(picture), "choose a pin")
    assert place is not None
    assert 300 < place[0] < 600
    assert 400 < place[1] < 450


def test_what_is_heard_is_measured_from_where_it_began(tmp_path: Path) -> None:
    file = tmp_path / "sound.wav"
    file.write_bytes(bytes(44) + array("h", [0, 9000, -12000]).tobytes() + array("h", [5, -7]).tobytes())
    assert story.loudest(file, 0) == 12000
    assert story.loudest(file, 50) == 7
    assert story.loudest(file, 99) == 0


def test_the_story_is_told_on_a_tuesday_when_the_centre_is_open() -> None:
    day = story.tuesday()
    assert day.weekday() == 1
    assert day > datetime.now(UTC)


def test_a_stick_has_what_is_put_on_it(tmp_path: Path) -> None:
    if shutil.which("mkfs.vfat") is None or shutil.which("mcopy") is None:
        pytest.skip("dosfstools and mtools make sticks")
    content = tmp_path / "content" / "bundle"
    content.mkdir(parents=True)
    (content / "SHA256SUMS").write_text("sums")
    stick = image.stick(tmp_path / "stick.img", content.parent, 8)
    copied = subprocess.run(["mtype", "-i", str(stick), "::bundle/SHA256SUMS"], capture_output=True, check=True)
    assert copied.stdout == b"sums"


def test_a_broken_version_ends_when_it_is_run(tmp_path: Path) -> None:
    module = tmp_path / "broken.py"
    module.write_text(bundles.BROKEN)
    assert subprocess.run(["python3", str(module), "run"], capture_output=True).returncode != 0
    assert subprocess.run(["python3", str(module), "--version"], capture_output=True).returncode == 0
