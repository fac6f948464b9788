"""The bar at the lower edge of every screen: the same buttons at the same place, within everyone's reach."""

from __future__ import annotations

from kivy.properties import BooleanProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout


class Bar(GridLayout):
    """Back and Done on the left; Help, text size, contrast and language on the right."""

    can_go_back = BooleanProperty(False)


class BarSide(BoxLayout):
    """One half of the bar; a row of its own on an upright screen."""
