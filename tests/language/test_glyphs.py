"""Letters the text font lacks: every one comes from a font that has it or is left out, Arabic runs from right to left."""

from __future__ import annotations

import io
import unicodedata
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from kiosk.documents.recovery_sheet import recovery_pdf
from kiosk.documents.text_layout import breadth, font, tidy, wrap, write
from kiosk.files.resources import fallback_fonts
from kiosk.files.resources import font as font_file
from kiosk.language import glyphs
from kiosk.language.glyphs import OWN, GlyphRun, is_plain, runs, shown, visual
from kiosk.language.pdf_letters import LetterPDF
from kiosk.language.translation import Language
from kiosk.services.staff.keys import new_key

ARABIC = "عربة أطفال"


def cmap(path: Path) -> set[int]:
    return set(TTFont(path).getBestCmap())


@pytest.mark.parametrize("weight", ["Medium", "Bold", "ExtraBold"])
def test_what_is_called_plain_is_in_every_weight(weight: str) -> None:
    has = cmap(font_file(weight))
    missing = [chr(number) for number in range(0x20, 0x3000) if is_plain(chr(number)) and number not in has]
    assert missing == []


def test_each_letter_has_a_font_that_has_it() -> None:
    has = {OWN: cmap(font_file("Medium"))} | {name: cmap(path) for name, path in fallback_fonts().items()}
    for text in ("Sofa 🛋️ grey", f"Pram {ARABIC}", "½″ №7 ✓ ⏎", "☕🎄 Joulukahvit 👩‍👩‍👧", "ḃ ŵ ə ở ḩ", "日本 kimono"):
        for run in runs(text):
            assert all(ord(letter) in has[run.font] for letter in run.text), run


def test_chinese_and_japanese_are_shown() -> None:
    for text in ("灰色沙发", "ソファ"):
        assert shown(text) == text
        assert {run.font for run in runs(f"Sohva {text}")} == {OWN, "Droid"}


def test_arabic_stands_from_right_to_left_and_is_joined() -> None:
    assert visual("ab 12") == "ab 12"
    word = "ب"  # beh, alone and at the beginning, middle and end of a word
    assert [hex(ord(letter)) for letter in visual(word * 3)] == ["0xfe90", "0xfe92", "0xfe91"]
    assert visual(f"Pram {word}").startswith("Pram ")
    assert visual(f"{word} (12)") == f"(12) {visual(word)}"  # brackets are mirrored
    assert [run.font for run in runs(f"Pram {ARABIC}")] == [OWN, "DejaVu"]


def test_what_no_font_has_is_left_out() -> None:
    assert shown("a\U0010fffdb\ufe0f") == "ab"
    assert shown("п\u02bcять a\u00adb") == "п’ять ab"
    assert shown("a\u0308") == "ä"


def test_without_debian_s_font_emoji_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = {"DejaVu": fallback_fonts()["DejaVu"]}
    monkeypatch.setattr(glyphs, "fallback_fonts", lambda: fonts)
    runs.cache_clear()
    try:
        assert runs("Sofa 🛋️ grey") == (GlyphRun("Sofa  grey", OWN),)
        assert tidy("Sofa 🛋️ grey") == "Sofa grey"
    finally:
        runs.cache_clear()


@given(st.text(max_size=60))
def test_any_text_can_be_measured_and_drawn(text: str) -> None:
    face = font("regular", 20)
    for line in wrap(text, face, 300):
        image = Image.new("L", (800, 60), 255)
        write(ImageDraw.Draw(image), (5, 5), line, face, 0)
        assert breadth(line, face) <= 300 or len(line) <= 2


def test_no_empty_boxes_are_drawn() -> None:
    face = font("regular", 40)
    box = Image.new("L", (200, 80), 255)
    ImageDraw.Draw(box).text((5, 5), "\U0010fffd", font=face, fill=0)
    for letter in "🛋☕✓″ع":
        image = Image.new("L", (200, 80), 255)
        write(ImageDraw.Draw(image), (5, 5), letter, face, 0)
        assert image.getextrema() == (0, 255)
        assert ImageChops.difference(box, image).getbbox()


def test_a_pdf_has_them_too() -> None:
    words = new_key("recovery").secret
    plain = recovery_pdf(words, Language("en"), "Help Center", date(2026, 11, 24))
    other = recovery_pdf(words, Language("en"), f"Café ✓ {ARABIC} 🛋", date(2026, 11, 24))
    assert b"DejaVu" not in plain
    assert b"DejaVu" in other
    text = pypdfium2.PdfDocument(io.BytesIO(other))[0].get_textpage().get_text_range()
    assert "✓" in text
    assert "\ufffd" not in text


def test_a_long_arabic_text_in_a_pdf_begins_in_its_first_line() -> None:
    words = ["كرسي", "طاولة", "خزانة", "سرير", "مصباح", "سجادة", "ستارة", "مرآة"]
    pdf = LetterPDF()
    pdf.add_font("Text", "", str(font_file("Medium")))
    pdf.set_font("Text", size=12)
    pdf.add_page()
    pdf.multi_cell(40, 6, " ".join(words))
    page = pypdfium2.PdfDocument(io.BytesIO(bytes(pdf.output())))[0].get_textpage()
    top, line = page.page.get_height() - pdf.t_margin * pdf.k, 6 * pdf.k

    def read(number: int) -> str:
        text = page.get_text_bounded(0, top - (number + 1) * line, page.page.get_width(), top - number * line)
        return unicodedata.normalize("NFKC", text)

    lines = [text for number in range(8) if (text := read(number).strip())]
    assert len(lines) >= 3
    assert words[0] in lines[0] or words[0][::-1] in lines[0]
    assert words[-1] in lines[-1] or words[-1][::-1] in lines[-1]
