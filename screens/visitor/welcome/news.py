"""What the welcome screen tells of today: made once it has been looked up, so that the first picture does not wait."""

from __future__ import annotations

from kivy.properties import ObjectProperty
from kivy.uix.anchorlayout import AnchorLayout

from screens.widgets.panels import Card


class Today(Card):
    """The session of today, or the next, in every language; as wide as `about`, what it lies in, at the most."""

    welcome = ObjectProperty()
    about = ObjectProperty()


class Serving(AnchorLayout):
    """The number that is called."""

    welcome = ObjectProperty()


class Notices(AnchorLayout):
    """What takes place otherwise than planned, and a message to everyone or thanks to the partners; over `lower` and, on
    an upright screen, `newest`."""

    welcome = ObjectProperty()
    lower = ObjectProperty()
    newest = ObjectProperty()
