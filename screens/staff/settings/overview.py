"""The settings by parts, as tiles."""

from __future__ import annotations

from typing import Any

from kivy.properties import StringProperty

from kiosk.errors import N_
from screens.staff.desk.base import StaffScreen
from screens.widgets.sheets import MenuButton

from .parts import PARTS

#: What is set elsewhere: screen, name, icon.
ELSEWHERE = (
    ("tablets", N_("Other tablets"), "tablet"),
    ("people", N_("Staff"), "account_key_outline"),
    ("programme", N_("Events"), "calendar_edit"),
    ("calibrate", N_("Size of the screen"), "credit_card_outline"),
    ("keys", N_("Keys"), "key_variant"),
)


class PartTile(MenuButton):
    """A tile that opens `screen` for `part`."""

    message = StringProperty()
    screen = StringProperty()
    part = StringProperty()


class SettingsScreen(StaffScreen):
    """Shows the parts, and where other settings are."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        parts = [(part.screen, part.name, part.icon, key) for key, part in PARTS.items()]
        self.tiles = [
            PartTile(screen=screen, message=name, icon=icon, part=key)
            for screen, name, icon, key in (*parts, *((*one, "") for one in ELSEWHERE))
        ]
        for tile in self.tiles:
            tile.bind(on_release=self._touched)
            self.ids.tiles.add_widget(tile)

    def _touched(self, tile: PartTile) -> None:
        self.app.shell.go(tile.screen, **({"part": tile.part} if tile.part else {}))

    def open(self, **values: Any) -> None:
        self.on_return()

    def on_language_changed(self) -> None:
        self.on_return()

    def on_return(self) -> None:
        for tile in self.tiles:
            tile.text = self.app.tr._(tile.message)
