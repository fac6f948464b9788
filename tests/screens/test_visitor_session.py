"""Waking up, languages, idling out, and that nothing of a visitor stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.config import Config
from PIL import Image

from kiosk.settings import Settings
from screens.app import configure
from screens.frame.idle import REST
from screens.widgets.buttons import DOUBLE_STRIKE, KEY_STRIKE, TextButton
from tests.screens.conftest import TUESDAY
from tests.screens.stage import Finger, Stage, middle


def test_the_welcome_screen_tells_today_in_every_language(stage: Stage) -> None:
    screen, seen = stage.app.shell.screen("welcome"), set()
    stage.wait(lambda: screen.found, "the news")
    for turn in range(12):
        screen.turn = turn
        stage.frames(2)
        seen |= set(stage.words())
    assert {"Tervetuloa", "Ласкаво просимо", "Welcome"} <= seen
    assert {"Tiistaikahvit", "Кава у вівторок", "Tuesday coffee meeting", "Tänään  13.00–16.00"} <= seen
    assert {"Ilmaisia tavaroita", "Безкоштовні речі", "Free things", "Help and friends"} <= seen
    for language in ("Suomi", "Українська", "English"):
        stage.find(language)


def test_nobody_looks_into_the_kiosk_with_what_kivy_brings() -> None:
    Config.set("modules", "inspector", "")  # as a file of settings of Kivy's own would
    configure((1280, 800))
    assert not Config.options("modules")


def test_any_touch_wakes_it(stage: Stage) -> None:
    stage.settle()
    stage.tap_at(900, 700)
    stage.see("Mitä haluaisit tehdä?")


def test_the_language_is_switched_on_any_screen(stage: Stage) -> None:
    stage.tap("Українська")
    stage.see("Що ви хочете зробити?")
    stage.settle()
    stage.rest()
    stage.tap("Українська")
    stage.see("Kieli")
    stage.settle()
    stage.rest()
    stage.tap("Suomi")
    stage.see("Mitä haluaisit tehdä?")


def test_done_clears_everything(stage: Stage) -> None:
    stage.tap("English")
    stage.settle()
    stage.rest()
    stage.tap("Contrast")
    stage.rest()
    stage.tap("Big text")
    stage.rest()
    stage.tap("Find free things")
    stage.settle()
    stage.rest()
    stage.tap("Search")
    stage.settle()
    stage.rest()
    stage.type("sofa")
    stage.rest()
    stage.tap("Home")
    stage.rest()
    stage.tap("Finish")
    stage.wait(lambda: stage.app.shell.current == "welcome", "the welcome screen")
    assert stage.app.tr.code == "fi"
    assert not stage.app.theme.big
    assert not stage.app.theme.high_contrast
    assert stage.app.shell.screen("goods").ids.entry.text == ""
    assert not any("sofa" in words for words in _all_words(stage.app.shell))


def test_idle_asks_first_and_one_touch_stays(open_stage: Callable[..., Any], settings: Settings) -> None:
    stage = open_stage(using=_quick(settings, warning=20))
    stage.tap("English")
    stage.see("Are you still there?")
    stage.app.settings = settings
    stage.settle()
    stage.tap("Yes, I am here")
    assert stage.app.shell.dialog is None
    assert stage.app.shell.current == "home"
    for _ in range(12):  # as often as one likes; WCAG 2.2.1 asks for ten times
        stage.app.idle._ask(20)
        stage.tap("Yes, I am here")
        assert (stage.app.shell.dialog, stage.app.shell.current) == (None, "home")
    stage.see("What would you like to do?")


def test_who_needs_more_time_has_it_until_the_visit_ends(open_stage: Callable[..., Any], settings: Settings) -> None:
    stage = open_stage(using=_quick(settings, warning=20, idle=2))
    stage.tap("English")
    stage.app.theme.motion = False
    stage.see("Are you still there?")
    stage.tap("I need more time")
    assert stage.app.idle.patience == 20
    stage.app.end_session()
    assert stage.app.idle.patience == 2
    assert stage.app.theme.motion


def test_idle_ends_the_visit(open_stage: Callable[..., Any], settings: Settings) -> None:
    stage = open_stage(using=_quick(settings, warning=20))
    stage.tap("English")
    stage.see("Are you still there?")
    stage.app.settings = _quick(settings, warning=1)
    stage.wait(lambda: stage.app.shell.current == "welcome", "the welcome screen")
    assert stage.app.shell.dialog is None
    assert stage.app.tr.code == "fi"


def test_a_help_form_left_alone_is_wiped(open_stage: Callable[..., Any], settings: Settings) -> None:
    stage = open_stage()
    stage.tap("English")
    stage.settle()
    stage.rest()
    stage.tap("Help and friends")
    stage.settle()
    stage.rest()
    stage.tap("I would like a friend")
    stage.see("Which languages do you speak?")
    stage.tap("Svenska")
    stage.app.settings = _quick(settings, warning=1)
    stage.wait(lambda: stage.app.shell.current == "welcome", "the welcome screen")
    form = stage.app.shell.screen("help").form
    assert form.answers == {}
    assert stage.app.shell.screen("help").ids.choose_grid.chosen == []


def test_a_start_that_took_long_does_not_end_the_first_visit_at_the_desk(open_stage: Callable[..., Any]) -> None:
    Clock._last_tick -= 1000  # as after 1000 seconds without a frame
    stage = open_stage()
    [coordinator] = stage.services.staff.members()
    stage.app.enter_desk(coordinator)
    stage.settle()
    stage.rest()
    assert stage.app.member == coordinator
    assert stage.app.shell.current == "desk"


def test_what_one_visitor_scanned_is_not_shown_to_the_next(stage: Stage, shelf: dict[str, Any]) -> None:
    router, code = stage.app.code_router, stage.services.goods.item(shelf["chair"].id).label_code
    router.take(code)
    stage.app.end_session()
    stage.settle()
    assert stage.app.shell.current == "welcome"
    router.take(code)
    stage.settle()
    assert stage.app.shell.current == "item"


def test_a_second_strike_does_nothing(stage: Stage) -> None:
    stage.tap("English", twice=True)
    stage.settle()
    assert stage.app.shell.current == "home"


def test_what_is_struck_again_on_purpose_counts(stage: Stage) -> None:
    stage.tap("English")
    stage.settle()
    stage.tap("I have a code")
    stage.settle()
    entry, key = stage.app.shell.screen("enter_code").ids.entry, middle(stage.find("K"))
    for letters in ("K", "KK"):
        stage.tap_at(*key)
        assert entry.text == letters
        stage.linger(KEY_STRIKE)
    stage.app.end_session()
    stage.settle()
    for name in ("English", "Help and friends", "Something else"):
        stage.tap(name)
        stage.settle()
    chosen, language = stage.app.shell.screen("help").ids.choose_grid, middle(stage.find("Українська"))
    for codes in (["uk", "en"], ["en"]):
        stage.tap_at(*language)
        assert chosen.chosen == codes
        stage.linger(DOUBLE_STRIKE)


def _quick(settings: Settings, *, warning: int, idle: int = 1) -> Settings:
    return settings._replace(screen=settings.screen._replace(idle_seconds=idle, warning_seconds=warning))


def _all_words(widget: Any) -> list[str]:
    found = [widget.text] if getattr(widget, "text", "") else []
    for child in widget.children:
        found += _all_words(child)
    return found


def test_widgets_do_not_pile_up(stage: Stage) -> None:
    counts = []
    for _ in range(6):
        stage.tap("English")
        stage.settle()
        for name in ("arrive", "shelves", "enter_code", "help", "home"):
            stage.app.shell.go(name)
            stage.settle()
        stage.app.end_session()
        stage.settle()
        end = Clock.get_time() + 0.55
        stage.wait(lambda end=end: Clock.get_time() > end)
        counts.append(sum(1 for _ in stage.app.shell.walk()))
    assert counts[-1] == counts[1]


def test_a_closed_centre_is_dark_until_a_touch_that_does_nothing_else(
    open_stage: Callable[..., Any], settings: Any
) -> None:
    night = TUESDAY + timedelta(hours=13)
    stage = open_stage(now=night, using=settings)
    stage.settle()
    assert not stage.app.shell.dark  # somebody may just be leaving
    stage.app.idle._last -= REST
    stage.app.background.housekeeping()
    stage.wait(lambda: stage.app.shell.dark, "the dark")
    assert not stage.app.shell.screen("welcome").awake
    stage.shot(Path(stage.store.folder) / "dark.png")
    assert Image.open(Path(stage.store.folder) / "dark.png").convert("L").getextrema() == (0, 0)
    stage.tap("Suomi")
    stage.settle()
    assert not stage.app.shell.dark
    assert stage.app.shell.current == "welcome"
    stage.rest()
    stage.tap("Suomi")
    stage.settle()
    assert stage.app.shell.current == "home"


def test_a_button_that_goes_under_the_finger_does_nothing(stage: Stage) -> None:
    struck: list[str] = []
    for stays in (True, False):
        button = TextButton(text="Snow", size_hint=(0.2, 0.2), pos_hint={"x": 0.4, "y": 0.4})
        button.bind(on_release=lambda button, stays=stays: struck.append("there" if stays else "gone"))
        stage.app.shell.add_widget(button)
        stage.frames(3)
        stage.rest()
        finger = Finger(*middle(button))
        EventLoop.post_dispatch_input("begin", finger)
        if not stays:
            stage.app.shell.remove_widget(button)
        EventLoop.post_dispatch_input("end", finger)
        stage.app.shell.remove_widget(button)
    assert struck == ["there"]


def test_an_answer_to_one_visitor_is_not_shown_to_the_next(stage: Stage) -> None:
    visitor, shown = stage.app.visitor, []
    now, later = visitor.during(shown.append), visitor.number
    now("mine")
    visitor.tickets.append("t")
    visitor.wishes.append("w")
    stage.app.idle.take_time()
    assert visitor.has_chosen(stage.app.settings)
    stage.app.end_session()
    now("not yours")
    assert shown == ["mine"]
    assert (visitor.number, visitor.tickets, visitor.wishes) == (later + 1, [], [])
    assert not visitor.has_chosen(stage.app.settings)


def test_what_a_screen_decides_to_say_follows_the_language(stage: Stage) -> None:
    screen, said = stage.app.shell.screen("arrive"), []
    screen.bind(advice=lambda _screen, words: said.append(words))
    stage.app.tr.use("en")
    assert said == [screen.advice] == ["One touch and you are counted. We do not ask your name."]
