"""Type steps and the kin rule, layouts that give way, the caret, capitals of names, the signs of a choice."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout

from kiosk.language.keyboards import keyboard_for
from screens.widgets import load
from screens.widgets.bar import BarButton
from screens.widgets.choices import ANY_OF_MANY, ONE_OF_MANY, Option, OptionGrid
from screens.widgets.keyboard import KeyButton
from screens.widgets.lists import Line, LineList
from screens.widgets.panels import Fact
from screens.widgets.step_head import StepHead
from screens.widgets.theme import COLOURS
from screens.widgets.words import TextColumn, Words, bound

LONG = "Rindfleischetikettierung"


class Sheet(FloatLayout):
    """A scope of its own over the screen."""

    kin_scope = True


@pytest.fixture
def sheet(stage: Any) -> Any:
    load()
    sheet = Sheet(size=(1280, 800), size_hint=(None, None))
    stage.app.shell.add_widget(sheet)
    return sheet


def words(sheet: Any, text: str, width: float, height: float = 90) -> Words:
    made = Words(text=text, size_hint=(None, None), size=(width, height))
    sheet.add_widget(made)
    return made


def test_no_line_begins_with_a_dot_or_a_unit() -> None:
    assert bound("Laatikoita  ·  Kyläkauppa Lumi · 3 h") == "Laatikoita\xa0\xa0·  Kyläkauppa Lumi\xa0· 3\xa0h"
    assert bound("+358 40 1234567, 12 tavaraa") == "+358 40 1234567, 12 tavaraa"


def test_a_list_of_one_page_reaches_to_its_edge(stage: Any, sheet: Any) -> None:
    lines = LineList(lines=[Line("one", "Kaisa")], size_hint=(None, None), size=(900, 600))
    sheet.add_widget(lines)
    stage.settle()
    assert (lines.pages, lines.ids.rows.right) == (1, lines.width)
    lines.lines = [Line(str(at), "Kaisa") for at in range(40)]
    stage.settle()
    assert lines.pages > 1
    assert lines.ids.rows.right < lines.width - 50


def test_kin_take_one_step_and_it_is_of_the_scale(stage: Any, sheet: Any) -> None:
    theme = stage.app.theme
    short, long = words(sheet, "tea", 420), words(sheet, LONG, 420)
    short.size_wanted = long.size_wanted = theme.title
    stage.frames(2)
    assert short.font_size == long.font_size < theme.title
    assert long.font_size in theme.steps
    long.text = "milk"
    stage.frames(2)
    assert short.font_size == long.font_size == theme.title


def test_a_text_that_left_the_screen_decides_nothing(stage: Any, sheet: Any) -> None:
    theme = stage.app.theme
    short, long = words(sheet, "tea", 300), words(sheet, LONG, 300)
    short.size_wanted = long.size_wanted = theme.title
    stage.frames(2)
    sheet.remove_widget(long)
    short.text = "milk"
    stage.frames(2)
    assert short.font_size == theme.title


def test_what_fits_at_no_step_is_smaller_alone(stage: Any, sheet: Any) -> None:
    theme = stage.app.theme
    crowded, other = words(sheet, LONG, 120), words(sheet, "tea", 300)
    crowded.size_wanted = other.size_wanted = theme.body
    stage.frames(5)
    assert crowded.font_size < theme.small
    assert other.font_size == theme.small
    crowded.width = 600
    stage.frames(3)
    assert crowded.font_size == other.font_size == theme.body


def test_what_is_around_a_text_gives_way_when_all_boxes_have_their_sizes(stage: Any, sheet: Any) -> None:
    """A row in the making has no room for a moment: a list whose rows then became higher showed one line a page."""
    lines = [Line(str(number), "tea", note="milk and sugar") for number in range(6)]
    rows = LineList(lines=lines, size_hint=(None, None), size=(1200, 600))
    sheet.add_widget(rows)
    stage.frames(6)
    assert rows.taller == 0
    rows.lines = [Line(str(number), "tea", note="milk and sugar, " * 14) for number in range(6)]
    stage.frames(8)
    assert rows.taller == 1
    assert {row.height for row in rows.ids.rows.children} == {(600 + rows.gap) / 4 - rows.gap}


def test_a_column_gives_each_text_what_it_needs(stage: Any, sheet: Any) -> None:
    theme = stage.app.theme
    column = TextColumn(size_hint=(None, None), size=(400, 8 * theme.body))
    short, long = (Words(text=text, size_wanted=theme.body) for text in ("tea", "one two three four " * 4))
    for one in (short, long):
        column.add_widget(one)
    sheet.add_widget(column)
    stage.frames(3)
    assert long.height > 2 * short.height
    assert short.fits
    assert long.fits


def test_a_head_narrower_than_a_word_is_as_high_as_usual(stage: Any, sheet: Any) -> None:
    """It has a width of its own before it is laid out: no widget is infinitely high meanwhile."""
    said = {"question": "Kotimaisten kielten tutkimuskeskus", "note": "", "trouble": "", "skip_words": ""}
    step = SimpleNamespace(**said, progress=0, can_go_back=False, can_skip=False)
    head = StepHead(step=step, size_hint_x=None, width=60)
    sheet.add_widget(head)
    stage.frames(3)
    assert head.height == head.usual
    head.width = 900
    stage.frames(3)
    assert 0 < head.needed < head.usual


def test_a_column_leaves_nothing_to_an_empty_text_and_counts_a_line_with_a_sign(stage: Any, sheet: Any) -> None:
    theme = stage.app.theme
    column = TextColumn(size_hint=(None, None), size=(400, 7 * theme.body))
    empty, long, fact = Words(), Words(text="one two three four " * 3), Fact(icon="check", text="milk")
    for one in (empty, long, fact):
        column.add_widget(one)
    sheet.add_widget(column)
    stage.frames(3)
    assert empty.height < 1
    assert long.height > fact.height > theme.body
    assert fact.children[0].fits
    assert fact.top <= long.y <= long.top <= column.top
    empty.text = "tea"
    stage.frames(3)
    assert empty.height > theme.body


def test_where_a_column_is_too_low_no_text_is_much_smaller_than_the_others(stage: Any, sheet: Any) -> None:
    theme = stage.app.theme
    texts = [Words(text=text) for text in ("tea", "one two three four " * 4, "milk and sugar")]
    column = TextColumn(size_hint=(None, None), size=(400, 4.4 * theme.small))
    for one in texts:
        column.add_widget(one)
    sheet.add_widget(column)
    stage.frames(6)
    sizes = [one.font_size for one in texts]
    assert max(sizes) < theme.small
    assert min(sizes) > 0.8 * max(sizes)


def test_the_buttons_of_the_bar_keep_their_places_and_have_one_size(stage: Any) -> None:
    app = stage.app
    app.tr.use("uk")
    app.theme.big = True
    app.shell.home()
    stage.settle()
    bar = [one for one in stage.widgets() if isinstance(one, Words) and isinstance(one.parent, BarButton)]
    assert len(bar) == 6
    assert len({round(one.font_size, 2) for one in bar}) == 1
    places = [one.parent.pos for one in bar]
    app.shell.go("contact")
    stage.settle()
    assert [one.parent.pos for one in bar] == places


def test_a_grid_takes_fewer_columns_and_then_pages(stage: Any, sheet: Any) -> None:
    mm = stage.app.theme.mm
    options = [Option(str(number), f"{LONG} {number}") for number in range(8)]
    box = BoxLayout(size_hint=(None, None), size=(160 * mm, 45 * mm))
    grid = OptionGrid(options=options, columns=4)
    box.add_widget(grid)
    sheet.add_widget(box)
    stage.frames(4)
    assert grid.cols == 2
    assert grid.pages == 3
    assert [button.text for button in reversed(grid.children)] == [*(one.message for one in options[:3]), "Lisää"]
    assert all(one.fits for one in grid.walk() if isinstance(one, Words) and one.text)
    grid.turn()
    stage.frames(3)
    assert [button.text for button in reversed(grid.children)][:3] == [one.message for one in options[3:6]]
    grid.options = [Option("a", "tea"), Option("b", "milk")]
    stage.frames(3)
    assert (grid.pages, [button.text for button in reversed(grid.children)]) == (1, ["tea", "milk"])


def test_square_signs_for_many_round_ones_for_one(stage: Any, sheet: Any) -> None:
    options = [Option("a", "tea"), Option("b", "milk")]
    for several, signs in ((False, ONE_OF_MANY), (True, ANY_OF_MANY)):
        grid = OptionGrid(options=options, several=several, chosen=["a"], size_hint=(None, None), size=(1200, 200))
        sheet.add_widget(grid)
        stage.frames(3)
        assert [button.icon for button in grid.buttons] == [signs[1], signs[0]]
        sheet.remove_widget(grid)


def ask(stage: Any, **how: Any) -> Any:
    stage.app.tr.use("en")
    stage.app.shell.go("ask", question="?", done=lambda text: None, **how)
    stage.settle()
    return stage.app.shell.screen("ask").ids


def test_the_caret_is_no_letter(stage: Any) -> None:
    ids = ask(stage, text="Lumijobi")
    x, y, width, height = ids.entry.caret
    assert ids.entry.ids.shown.text == "Lumijobi"
    assert width == stage.app.theme.mm
    line = ids.entry.ids.shown._label._cached_lines[-1]
    assert x >= ids.entry.ids.shown.x + line.w + 1.9 * stage.app.theme.mm
    assert ids.entry.y <= y < y + height <= ids.entry.top
    assert all(colours["primary"] != colours["ink"] for colours in COLOURS.values())


def test_a_name_begins_with_a_capital(stage: Any) -> None:
    ids = ask(stage, capitals=True)
    stage.type("anna maria")
    assert ids.entry.text == "Anna Maria"


def test_who_wants_a_small_letter_gets_it(stage: Any) -> None:
    ids = ask(stage, capitals=True)
    stage.tap("SHIFT")
    stage.type("of")
    assert ids.entry.text == "of"


def test_other_texts_begin_small(stage: Any) -> None:
    ids = ask(stage, capitals=True)
    stage.app.shell.back()
    ids = ask(stage)
    stage.type("tea")
    assert ids.entry.text == "tea"


def test_the_keyboard_is_in_the_language_of_the_field(stage: Any) -> None:
    ask(stage, language="uk")
    keys = {widget.text for widget in stage.widgets() if isinstance(widget, KeyButton)}
    assert {key.text for key in keyboard_for("uk").letters[0]} <= keys


def test_a_visit_ends_from_its_first_screen_only(stage: Any) -> None:
    stage.app.tr.use("en")
    stage.app.shell.home()
    stage.settle()
    assert stage.find("Finish")
    stage.app.shell.go("shelves")
    stage.settle()
    assert "Finish" not in stage.words()
    assert stage.find("Back")


def test_what_cannot_be_touched_says_why(stage: Any) -> None:
    stage.app.tr.use("en")
    stage.app.shell.go("enter_code")
    stage.settle()
    button = next(widget for widget in stage.widgets() if getattr(widget, "text", "") == "Find it" and widget.disabled)
    shown = [one.text for one in button.walk(restrict=True) if isinstance(one, Words)]
    assert shown == ["Type the code of your slip"]
    stage.type("TTTTTTTT")
    assert [one.text for one in button.walk(restrict=True) if isinstance(one, Words)] == ["Find it"]


def test_in_big_text_the_bar_has_its_words(stage: Any) -> None:
    stage.app.tr.use("en")
    stage.app.shell.home()
    stage.app.theme.big = True
    stage.settle()
    assert {"Finish", "Home", "Help", "View"} <= set(stage.words())
    stage.tap("View")
    stage.rest()
    stage.tap("Contrast")
    stage.settle()
    assert stage.app.theme.high_contrast
