"""The head of a screen that is one of several steps: how far it is, what is asked, back, and on without an answer."""

from __future__ import annotations

from kivy.properties import ObjectProperty
from kivy.uix.floatlayout import FloatLayout


class StepHead(FloatLayout):
    """Shows the `question`, `note`, `trouble` and `progress` of a `step`, and calls its `go_back` and `skip` where it
    `can_go_back` and `can_skip`."""

    step = ObjectProperty(None, allownone=True, rebind=True)
