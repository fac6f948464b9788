"""The limit of scrolling: one picture as large as the window, moved."""

from __future__ import annotations

import os

from kivy.app import App
from kivy.config import Config
from kivy.graphics import Rectangle
from kivy.graphics.texture import Texture
from kivy.uix.widget import Widget


class Static(App):
    def build(self) -> Widget:
        root = Widget()
        texture = Texture.create(size=(1280, 800), colorfmt="rgb")
        texture.blit_buffer(os.urandom(1280 * 800 * 3), colorfmt="rgb", bufferfmt="ubyte")
        texture.wrap = "repeat"
        with root.canvas:
            self.picture = Rectangle(texture=texture, size=(1280, 800))
        return root

    def scroll(self, offset: float) -> None:
        """Show the picture from `offset` pixels on."""
        top = offset / 800
        self.picture.tex_coords = (0, top, 1, top, 1, top + 1, 0, top + 1)

    def blank(self) -> int:
        return 0


def main() -> None:
    Config.set("graphics", "width", "1280")
    Config.set("graphics", "height", "800")
    Static().run()
