"""The header of a screen in a sequence of steps: progress, question, back, skip."""

from __future__ import annotations

import math
from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty
from kivy.uix.floatlayout import FloatLayout

from .words import Words


class StepHead(FloatLayout):
    """Shows `question`, `note`, `trouble` and `progress` of a `step`, and calls its `go_back` and `skip` if
    `can_go_back` and `can_skip`; its words are `beside` the buttons or under them. It is as high as its words need in `room`
    pixels: at the steps they want, and at lower ones as long as they need more than `usual`."""

    step = ObjectProperty(None, allownone=True, rebind=True)
    room = NumericProperty(0)
    beside = BooleanProperty(True)
    buttons = NumericProperty(0)  # height of those, pixels
    needed = NumericProperty(0)  # height of the words, pixels
    usual = NumericProperty(0)  # what leaves room for a keyboard under them, pixels

    def __init__(self, **kwargs: Any) -> None:
        self._measure = Clock.create_trigger(self._measure_now, -1)
        super().__init__(**kwargs)

    def on_kv_post(self, base_widget: object) -> None:
        super().on_kv_post(base_widget)
        for name in ("room", "usual"):
            self.fbind(name, self._measure)
        for words in (self.ids.question, self.ids.note):
            for name in ("text", "size_wanted"):
                words.fbind(name, self._measure)
        self._measure()

    def _measure_now(self, *_: object) -> None:
        if self.room <= 1:
            return
        theme = App.get_running_app().theme
        texts: list[Words] = [words for words in (self.ids.question, self.ids.note) if words.text]
        # a question over a note is not as small as the note
        least = len(theme.steps) - 2 if theme.portrait else len(theme.steps) - 1 - len(texts) if theme.big else 2
        for lower in range(least + 1):
            needed = sum(words.needed_height(self.room, lower) for words in texts)
            if needed <= self.usual:
                break
        # infinite where the room is narrower than a word, as it is before it is laid out
        self.needed = needed if needed < math.inf else self.usual
