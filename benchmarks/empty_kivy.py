"""The least a Kivy program can be: a window with nothing in it."""

from __future__ import annotations

from kivy.app import App
from kivy.config import Config
from kivy.uix.widget import Widget


class Empty(App):
    def build(self) -> Widget:
        return Widget()


def main() -> None:
    Config.set("graphics", "width", "1280")
    Config.set("graphics", "height", "800")
    Empty().run()
