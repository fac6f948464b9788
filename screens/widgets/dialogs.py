"""Dialogs: a message, the guide, the languages, the idle warning. One widget for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kivy.animation import Animation
from kivy.app import App
from kivy.factory import Factory
from kivy.input import MotionEvent
from kivy.properties import ListProperty, NumericProperty, StringProperty
from kivy.uix.anchorlayout import AnchorLayout


class Dialog(AnchorLayout):
    """A card over a dimmed screen. `choices` are (text, action, main) buttons; each closes the card."""

    heading = StringProperty()
    text = StringProperty()
    art = StringProperty()
    choices = ListProperty()
    count = NumericProperty(0)

    def on_choices(self, *_: object) -> None:
        row = self.ids.choices
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
