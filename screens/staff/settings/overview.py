"""The settings by parts, as tiles."""

from __future__ import annotations

from typing import Any

from kivy.properties import StringProperty

from screens.staff.desk.base import StaffScreen
from screens.widgets.buttons import IconButton

from .parts import PARTS


class PartTile(IconButton):
    """A tile that opens a part."""

    part = StringProperty()


class SettingsScreen(StaffScreen):
    """Shows the parts, the other tablets among them, and where other settings are."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tiles = [PartTile(icon=part.icon, part=key) for key, part in PARTS.items()]
        for tile in self.tiles:
            tile.bind(on_release=lambda tile: self.app.shell.go(PARTS[tile.part].screen, part=tile.part))
            self.ids.tiles.add_widget(tile)
        self.tablets = PartTile(icon="tablet")
        self.tablets.bind(on_release=lambda tile: self.app.shell.go("tablets"))
        self.ids.tiles.add_widget(self.tablets)

    def open(self, **values: Any) -> None:
        self.on_return()

    def on_return(self) -> None:
        for tile in self.tiles:
            tile.text = self.app.tr._(PARTS[tile.part].name)
        self.tablets.text = self.app.tr._("Other tablets")
