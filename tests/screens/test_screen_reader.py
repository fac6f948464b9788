"""By ear: what is read aloud, and whole paths without seeing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kivy.core.window import Window

from kiosk.codes.codes import display
from screens.frame.screen_reader import VOLUMES

PLACES = {"next": (0.9, 0.1), "before": (0.1, 0.1), "choose": (0.9, 0.9), "back": (0.1, 0.9), "again": (0.5, 0.5)}


class Voice:
    """Remembers what it says, and how often it was interrupted."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.volume = 100
        self.can_speak, self.speaking = True, False
        self.interrupted = 0

    def say(self, text: str, language: str) -> None:
        self.said.append((text, language))
        self.speaking = True

    def stop(self) -> None:
        self.interrupted += self.speaking
        self.speaking = False

    @property
    def everything(self) -> str:
        return "\n".join(text for text, _ in self.said)


@pytest.fixture
def voice(monkeypatch: pytest.MonkeyPatch) -> Voice:
    voice = Voice()
    monkeypatch.setattr("screens.app.Speech", lambda: voice)
    return voice


@pytest.fixture
def stage(open_stage: Callable[..., Any], shelf: Any, settings: Any, voice: Voice) -> Any:
    return open_stage(using=settings._replace(centre=settings.centre._replace(default_language="fi")))


def hear(stage: Any, voice: Voice, text: str) -> None:
    """Wait until `text` is said; what is being said comes to its end."""

    def heard() -> bool:
        voice.speaking = False
        return any(text in words for words, _ in voice.said)

    stage.wait(heard, f"to hear {text!r}; heard {voice.said[-6:]}")


def corner(stage: Any, place: str) -> None:
    x, y = PLACES[place]
    stage.tap_at(x * Window.width, y * stage.app.theme.reach)


def choose(stage: Any, voice: Voice, name: str) -> None:
    """Go on by the corner for "next" until `name` is said, then choose it."""
    stage.settle()
    for _ in range(80):
        corner(stage, "next")
        if voice.said and name in voice.said[-1][0].split(". "):
            break
    else:
        raise AssertionError(f"{name!r} is never said: {voice.said[-80:]}")
    stage.rest()
    corner(stage, "choose")
    stage.settle()


def without_seeing(stage: Any, voice: Voice, language: str) -> None:
    stage.tap(language)
    stage.rest()
    stage.app.shell.show_guide()
    stage.settle()
    stage.tap(stage.app.tr._("Use by listening"))
    hear(stage, voice, stage.app.tr._("What would you like to do?"))


def test_a_screen_is_read_touches_silence_it_and_the_next_visitor_hears_nothing(stage: Any, voice: Voice) -> None:
    stage.tap("Українська")
    stage.rest()
    stage.tap("Озвучити")
    hear(stage, voice, "Що ви хочете зробити?")
    assert voice.said[-1][1] == "uk"
    assert "Я на захід" in voice.said[-1][0]
    assert "Озвучити" not in voice.everything
    voice.speaking, voice.interrupted = True, 0
    stage.tap("Шукаю безкоштовні речі")
    assert voice.interrupted == 1
    hear(stage, voice, "Меблі")
    stage.tap("Гучніше")
    assert (stage.app.screen_reader.volume, voice.volume) == (VOLUMES[1], VOLUMES[1])
    stage.app.end_session()
    stage.settle()
    before = len(voice.said)
    stage.tap("Suomi")
    stage.settle()
    stage.rest()
    stage.rest()
    assert stage.app.screen_reader.volume == 0
    assert len(voice.said) == before


def test_a_visit_is_counted_by_ear(stage: Any, voice: Voice) -> None:
    without_seeing(stage, voice, "Suomi")
    assert "Oikea alakulma: seuraava." in voice.everything
    choose(stage, voice, "Tulin tapaamiseen")
    hear(stage, voice, "Tervetuloa! Sinut on laskettu mukaan.")
    corner(stage, "back")
    assert stage.app.screen_reader.corners
    assert stage.store.db.execute_sql("SELECT adults, children FROM visit").fetchall() == [(1, 0)]


def test_a_ticket_is_taken_by_ear(stage: Any, voice: Voice) -> None:
    without_seeing(stage, voice, "Українська")
    choose(stage, voice, "Шукаю безкоштовні речі")
    choose(stage, voice, "Меблі")
    choose(stage, voice, "Обідній стілець")
    choose(stage, voice, "Забронювати для мене")
    [(code,)] = stage.store.db.execute_sql("SELECT code FROM ticket").fetchall()
    hear(stage, voice, display(code))
    assert {language for _, language in voice.said} == {"uk"}


def test_what_is_typed_is_never_said(stage: Any, voice: Voice) -> None:
    without_seeing(stage, voice, "Suomi")
    stage.app.shell.go("help")
    form = stage.app.shell.screen("help")
    form.form.answers |= {"service": "other", "languages": ["fi"], "times": ["any"]}
    form.form.at = next(number for number, step in enumerate(form.steps) if step.key == "wish")
    form._ask()
    for letter in "qwe":
        choose(stage, voice, letter)
    assert form.ids.write_entry.text == "qwe"
    corner(stage, "again")
    assert "Täytetty" in voice.said[-1][0]
    choose(stage, voice, "Seuraava")
    corner(stage, "again")
    form._review()
    hear(stage, voice, "Onko kaikki oikein?")
    corner(stage, "again")
    for _ in range(6):
        corner(stage, "next")
    assert "qwe" not in voice.everything.lower()


def test_the_keys_of_a_pin_are_not_said_and_behind_the_desk_it_is_silent(stage: Any, voice: Voice) -> None:
    without_seeing(stage, voice, "Suomi")
    door = stage.app.shell
    door.go("door")
    stage.settle()
    door.screen("door").choose(stage.services.staff.by_name("Coordinator").id)
    stage.settle()
    for _ in range(14):
        corner(stage, "next")
    assert not {str(digit) for digit in range(10)} & {text for text, _ in voice.said}
    stage.app.enter_desk(stage.services.staff.by_name("Coordinator"))
    stage.settle()
    before = len(voice.said)
    assert "Lue ääneen" not in stage.words()
    Window.dispatch("on_key_down", 0, 58, None, [])
    stage.rest()
    stage.rest()
    assert len(voice.said) == before
    stage.app.end_session()
    stage.settle()
    stage.tap("Suomi")
    stage.see("Lue ääneen")


def test_a_keypad_turns_it_on(stage: Any, voice: Voice) -> None:
    Window.dispatch("on_key_down", 0, 58, None, [])
    hear(stage, voice, "Help Center Lumijobi")
    Window.dispatch("on_key_down", 0, 43, None, [])
    stage.frames(3)
    assert voice.said[-1][0] in stage.words()
