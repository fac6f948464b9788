"""Today's news on the welcome screen, created after the data is loaded, so that the first frame does not wait."""

from __future__ import annotations

from kivy.properties import BooleanProperty, ObjectProperty
from kivy.uix.anchorlayout import AnchorLayout

from screens.widgets.panels import Card


class Today(Card):
    """Today's or the next session in every language, at most as wide as its parent `about`; `slim` on a narrow screen."""

    welcome = ObjectProperty()
    about = ObjectProperty()
    slim = BooleanProperty(False)


class Serving(AnchorLayout):
    """The number being served."""

    welcome = ObjectProperty()


class Notices(AnchorLayout):
    """Changes of today's programme, and the centre's message or thanks to partners; above `lower` and, in portrait,
    `newest`."""

    welcome = ObjectProperty()
    lower = ObjectProperty()
    newest = ObjectProperty()
