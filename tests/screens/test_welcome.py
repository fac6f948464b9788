"""The welcome screen: it takes turns while nobody is there, and a touch leaves a snowflake."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from screens.visitor.welcome.welcome import FLAKES, Snowflake, StartButton
from tests.screens.stage import Stage


def welcome(stage: Stage) -> Any:
    screen = stage.app.shell.screen("welcome")
    stage.wait(lambda: screen.found, "the news")
    return screen


def test_the_hand_is_on_the_button_of_the_language_that_is_spoken(stage: Stage) -> None:
    screen = welcome(stage)
    screen._count = 4
    for turn, name in enumerate(("Suomi", "Українська", "English", "Suomi", "Українська")):
        screen.turn = turn
        called = [one.text for one in stage.widgets() if isinstance(one, StartButton) and one.called]
        assert called == [name]
    verbs = {one.text: one.verb for one in stage.widgets() if isinstance(one, StartButton)}
    assert verbs == {"Suomi": "Aloita", "Українська": "Почати", "English": "Start"}


def test_every_language_greets_at_one_size(stage: Stage) -> None:
    screen, sizes = welcome(stage), set()
    for turn in range(3):
        screen.turn = turn
        stage.frames(2)
        [greeting] = [one for one in stage.widgets() if getattr(one, "text", "") == screen.greeting]
        sizes.add(greeting.font_size)
    assert len(sizes) == 1


def test_nothing_turns_by_itself_without_motion_or_when_nobody_sees_it(stage: Stage) -> None:
    screen = welcome(stage)
    stage.app.theme.motion = True
    assert screen._turning.is_triggered
    stage.app.theme.motion = False
    assert not screen._turning.is_triggered
    before = screen.turn
    screen.open()
    stage.wait(lambda: screen.turn == before + 1, "new data")
    stage.app.theme.motion = True
    stage.app.shell.home()
    stage.settle()
    assert not screen._turning.is_triggered


def test_what_is_other_than_planned_comes_every_second_turn(stage: Stage) -> None:
    screen = welcome(stage)
    screen.turn, screen.changed = 9, ["Cancelled", "Tuesday coffee", "Snow storm"]
    heads = []
    for turn in range(6):
        screen.turn = turn
        heads.append(screen._scenes.head)
    assert heads[0::2] == ["Cancelled"] * 3
    assert "Cancelled" not in heads[1::2]


def test_a_touch_leaves_a_snowflake_until_the_screen_goes(stage: Stage) -> None:
    screen = welcome(stage)
    stage.app.theme.motion = False
    for at in range(FLAKES + 3):
        screen._leave_flake(SimpleNamespace(pos=(300 + 20 * at, 500)))
    flakes = [one for one in screen.children if isinstance(one, Snowflake)]
    assert len(flakes) == FLAKES
    assert flakes[0].center == [300 + 20 * (FLAKES + 2), 500]
    stage.rest()
    stage.tap_at(900, 300)
    stage.see("Mitä haluaisit tehdä?")
    stage.settle()
    assert not [one for one in screen.children if isinstance(one, Snowflake)]


def test_the_newest_things_are_seen_at_each_turn_and_look(stage: Stage) -> None:
    screen, app = welcome(stage), stage.app
    card, theme = screen._scenes, app.theme
    scenes = screen._told(app.tr.language)
    newest = next(turn for turn, scene in enumerate(scenes) if scene.photos)
    for width, height in ((1280, 800), (800, 1280), (1280, 800)):
        app.shell.size = width, height
        theme.fit(width, height)
        for big in (True, False):
            theme.big = big
            for turn in (newest + 1, newest):
                screen.turn = turn
                stage.frames(4)
                words, pictures = card.children
                assert card.height > 14 * theme.mm
                assert words.height <= card.height - 2 * card.padding[1] + 1
                if big:
                    assert words.height > 1.3 * theme.label
                else:
                    assert min(min(one.size) for one in pictures.children) >= 8 * theme.mm
