"""The same shelf the plain way: Kivy's RecycleView, its AsyncImage over the same thumbnails."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from kivy.app import App
from kivy.config import Config
from kivy.lang import Builder

KV = """
<Cell@BoxLayout>:
    source: ""
    name: ""
    orientation: "vertical"
    padding: 9
    canvas.before:
        Color:
            rgba: 1, 1, 1, 1
        RoundedRectangle:
            pos: self.pos
            size: self.size
            radius: [21]
    AsyncImage:
        source: root.source
        fit_mode: "cover"
    Label:
        text: root.name
        color: 0, 0, 0, 1
        size_hint_y: None
        height: 66

RecycleView:
    viewclass: "Cell"
    RecycleGridLayout:
        cols: 4
        spacing: 18
        padding: 18
        default_size: None, 272
        default_size_hint: 1, None
        size_hint_y: None
        height: self.minimum_height
"""


class Plain(App):
    """WORDS of the command line: a file with a line a thing, the path of its thumbnail and its name."""

    def build(self) -> Any:
        lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
        view = Builder.load_string(KV)
        view.data = [dict(zip(("source", "name"), line.split("\t"), strict=True)) for line in lines]
        return view

    def scroll(self, offset: float) -> None:
        """Go to `offset` pixels from the top."""
        self.root.scroll_y = 1 - offset / (self.root.children[0].height - self.root.height)

    def blank(self) -> int:
        """Return how many cells on the screen have no picture."""
        cells = [cell for cell in self.root.children[0].children if self._seen(cell)]
        return sum(not cell.children[1]._coreimage or cell.children[1]._coreimage.anim_available for cell in cells)

    def _seen(self, cell: Any) -> bool:
        y = cell.to_window(*cell.pos)[1]
        return bool(-cell.height < y < self.root.height)


def main() -> None:
    Config.set("graphics", "width", "1280")
    Config.set("graphics", "height", "800")
    Plain().run()
