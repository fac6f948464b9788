"""The header of a screen in a sequence of steps: progress, question, back, skip."""

from __future__ import annotations

from kivy.properties import ObjectProperty
from kivy.uix.floatlayout import FloatLayout


class StepHead(FloatLayout):
    """Shows `question`, `note`, `trouble` and `progress` of a `step`, and calls its `go_back` and `skip` if
    `can_go_back` and `can_skip`."""

    step = ObjectProperty(None, allownone=True, rebind=True)
