"""Home: large buttons for the centre's services."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.errors import N_
from kiosk.services import new_id
from kiosk.vocabulary import OPEN_HOUSE
from screens.frame.screen import KioskScreen
from screens.visitor.check_in.arrive import come
from screens.widgets.buttons import PictureButton

#: The buttons of every centre: screen, picture, text, ground; the first counts a visit.
ALWAYS = (
    ("arrive", "home_check_in.png", N_("I have come to an event"), "warm"),
    ("shelves", "home_goods.png", N_("Find free things"), "mist"),
    ("enter_code", "home_ticket.png", N_("I have a code"), ""),
    ("help", "home_help.png", N_("Help and friends"), ""),
)
#: Optional buttons: setting, screen, picture, text.
OFFERED = (
    ("guidance", "guidance", "home_queue.png", N_("Talk to the coordinator")),
    ("calendar", "calendar", "home_calendar.png", N_("Coming events")),
    ("donations", "donate", "home_bring.png", N_("I want to donate something")),
    ("volunteers", "volunteer", "home_volunteer.png", N_("I am here to volunteer")),
)


class Way(PictureButton):
    """A button that opens `screen`, on the ground `tone`."""

    message = StringProperty()
    screen = StringProperty()
    tone = StringProperty()


class HomeScreen(KioskScreen):
    """The visitor's choices; on a day without a session one touch counts a visit under the open house."""

    open_house = BooleanProperty(False)
    #: How many things were taken, booked or told in this visit.
    taken = NumericProperty(0)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        offered = self.app.settings.services
        self._ways = [self._way(*always) for always in ALWAYS]
        self._ways += [self._way(*way) for service, *way in OFFERED if getattr(offered, service)]
        self._for_goods = self._way("arrive", "home_goods.png", N_("I am here for the things"), for_things=True)
        self._fill()

    def _way(self, screen: str, art: str, message: str, tone: str = "", *, for_things: bool = False) -> Way:
        way = Way(screen=screen, art=art, message=message, tone=tone)
        if screen == "arrive":
            way.bind(on_release=lambda way: self.come(for_things=for_things))
        else:
            way.bind(on_release=lambda way: self.app.shell.go(way.screen))
        return way

    def _fill(self) -> None:
        self.ids.ways.fill([self._ways[0], *([self._for_goods] if self.open_house else []), *self._ways[1:]])

    def open(self, **values: Any) -> None:
        app, now = self.app, self.app.now()
        gatherings = app.services.gatherings
        self.visit_id = new_id(now)  # one id for this arrival, so that a second tap is idempotent
        self.taken = len(app.visitor.codes)

        def found(sessions: Any) -> None:
            self.open_house = [one.gathering_id for one in sessions] == [OPEN_HOUSE]

        app.work(lambda: gatherings.counted_now(now), app.visitor.during(found), lambda error: None)

    def come(self, *, for_things: bool = False) -> None:
        """Count a visit, or show where."""
        come(self, self.visit_id, for_things=for_things)

    def on_open_house(self, *_: object) -> None:
        self._fill()

    def on_return(self) -> None:
        self.open()

    def message(self, language: str) -> str:
        """Return the centre's message in `language`, or in the centre's language."""
        settings = self.app.settings
        return str(settings.message.get(language) or settings.message.get(settings.centre.default_language, ""))

    def reset(self) -> None:
        self.open_house = False
        self.visit_id = ""
        self.taken = 0
