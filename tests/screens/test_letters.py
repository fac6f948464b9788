"""Letters the text font lacks, on the screen: drawn from another font, measured as they are drawn, never as empty boxes."""

from __future__ import annotations

from typing import Any

from kivy.core.text import Label as Text

from kiosk.language.glyphs import runs, shown


def pixels(text: str, font: str = "Body") -> bytes:
    label = Text(text=text, font_size=40, font_name=font)
    label.refresh()
    return bytes(label.texture.pixels)


def test_no_letter_is_an_empty_box(stage: Any) -> None:
    for letter in "🛋☕✓″ع":
        box = Text(text="x", font_size=40, font_name="Body")
        assert any(pixels(letter)), letter
        assert len(runs(letter)) == 1
        assert box.get_extents(letter)[0] > 0
    assert Text(font_size=40, font_name="Body").get_extents("a\U0010fffd") == Text(
        font_size=40, font_name="Body"
    ).get_extents("a")


def test_a_line_is_as_wide_as_its_parts_and_as_high_as_any(stage: Any) -> None:
    pen = Text(font_size=40, font_name="Display")
    mixed = pen.get_extents("Sofa 🛋 ½″ عربة")
    assert mixed[1] == pen.get_extents("Sofa")[1]
    assert mixed[0] > pen.get_extents("Sofa ")[0]
    assert pixels("a\ufe0fb") == pixels("ab")
    assert pixels("عربة") != pixels("ةبرع")


def test_a_thing_with_such_a_name_is_on_its_screen(stage: Any) -> None:
    name = "Sofa 🛋️ عربة أطفال ½″"
    stage.app.shell.say(name, name)
    stage.see(name)
    assert "🛋" in shown(name)
