"""Dialogs: a message, the guide, the languages, the idle warning. One widget for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from kivy.animation import Animation
from kivy.app import App
from kivy.factory import Factory
from kivy.input import MotionEvent
from kivy.properties import ListProperty, NumericProperty, StringProperty
from kivy.uix.anchorlayout import AnchorLayout

from .words import widest


class Dialog(AnchorLayout):
    """A card over a dimmed screen. `choices` are (text, action, main) buttons; each closes the card."""

    kin_scope: ClassVar[bool] = True

    heading = StringProperty()
    text = StringProperty()
    art = StringProperty()
    choices = ListProperty()
    count = NumericProperty(0)
    columns = NumericProperty(1)  # as many as the longest word of all choices allows

    def on_choices(self, *_: object) -> None:
        row, theme, most = self.ids.choices, App.get_running_app().theme, len(self.choices)
        longest = max((widest(words, theme.body) for words, _, _ in self.choices), default=0)
        room = min(theme.width - 16 * theme.mm, 170 * theme.mm) - 14 * theme.mm
        fit = int((room + theme.gap) // (longest + 8 * theme.mm + theme.gap + 1))
        rows = -(-most // max(1, min(fit, most)))
        self.columns = -(-most // max(1, rows))
        row.clear_widgets()
        for words, action, main in self.choices:
            button = (Factory.PrimaryButton if main else Factory.QuietButton)(text=words)
            button.bind(on_release=lambda _button, action=action: self._chosen(action))
            row.add_widget(button)

    def _chosen(self, action: Callable[[], None]) -> None:
        App.get_running_app().shell.close_dialog()
        action()

    def on_touch_down(self, touch: MotionEvent) -> bool:
        super().on_touch_down(touch)
        return True  # modal: block touches below the card


def appear(widget: AnchorLayout, motion: bool) -> None:
    """Fade `widget` in."""
    if motion:
        widget.opacity = 0
        Animation(opacity=1, duration=0.15).start(widget)


Choices = Sequence[tuple[str, Callable[[], object], bool]]
