"""The app of the board: it reads the database of the tablet beside it every few seconds and writes nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from math import hypot
from typing import TYPE_CHECKING, Any

import screens.startup.kivy_subset  # noqa: F401  (before the rest of Kivy)

# isort: split

from kivy.app import App
from kivy.clock import Clock
from kivy.properties import BooleanProperty, ListProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.clock import utc_now
from kiosk.documents.contact import contact
from kiosk.startup import sdl_preload
from screens.frame.burn_in import EVERY, PATH, STEP
from screens.widgets.theme import REFERENCE_SHORT_SIDE

from .pages import Page, pages

if TYPE_CHECKING:
    from kiosk.pictures.store import Pictures
    from kiosk.services import Services
    from kiosk.services.desk.board import BoardView
    from kiosk.settings import Settings

log = logging.getLogger(__name__)

#: Seconds between looks into the database, and seconds of a page.
FRESH, TURN = 3, 12


class BoardRow(BoxLayout):
    """A session: time, event, place or change."""

    said = ListProperty(["", "", ""])


class BoardThing(BoxLayout):
    """A thing with its photo and name."""

    card = ObjectProperty(None, allownone=True)


class BoardFace(BoxLayout):
    """The whole screen. `serving` is "" while no number is served; `dark`: the centre is closed."""

    centre = StringProperty()
    contact = StringProperty()
    time = StringProperty()
    serving = StringProperty()
    heading = StringProperty()
    text = StringProperty()
    things = ListProperty()
    shift = ListProperty((0, 0))
    dark = BooleanProperty(False)

    def turn_to(self, page: Page) -> None:
        """Show a page."""
        self.heading, self.text, self.things = page.heading, page.text, page.things
        rows = self.ids.rows
        rows.clear_widgets()
        for said in page.rows:
            rows.add_widget(BoardRow(said=said))
        for place, photo in enumerate(reversed(self.ids.things.children)):
            photo.card = page.things[place] if place < len(page.things) else None


class BoardApp(App):
    """Turns the pages, one language after the other. `output`: the X output to cover, "" for the primary one."""

    title = "Lumijobi"

    def __init__(
        self,
        services: Services,
        pictures: Pictures,
        settings: Settings,
        clock: Callable[[], datetime] = utc_now,
        *,
        full_screen: bool = False,
        output: str = "",
        may_close: bool = False,
    ) -> None:
        super().__init__(kv_directory="", kv_file="")
        self.services, self.pictures, self.settings, self.now = services, pictures, settings, clock
        self.full_screen, self.output, self.may_close = full_screen, output, may_close
        self.view: BoardView | None = None
        self._pages: list[Page] = []
        self._at, self._step = -1, 0

    def load_kv(self, filename: str | None = None) -> None:
        """Disable Kivy's loading of a .kv file by the app's name."""

    def build(self) -> Any:
        sdl_preload.need_display()  # before the window is created
        from screens.x11.window import KioskWindow

        self.window = KioskWindow(full=self.full_screen, output=self.output)
        from kivy.core.window import Window
        from kivy.lang.builder import global_idmap

        from screens import widgets
        from screens.tools.photos import Photos
        from screens.tools.workers import Workers
        from screens.widgets.theme import Theme
        from screens.widgets.tr import Tr
        from screens.widgets.words import register_fonts

        register_fonts()
        self.theme = Theme(self.settings.screen)
        self.tr = Tr(self.settings.centre.languages[0], self.settings.centre.timezone)
        global_idmap.update(theme=self.theme, tr=self.tr)
        self.workers = Workers()
        self.photos = Photos(self.pictures, self.workers)
        self._fit(Window, Window.size)
        widgets.load_first()
        widgets.load_kv(__file__)
        self.face = BoardFace(centre=self.settings.centre.name)
        Window.clearcolor = self.theme.ground
        Window.bind(size=self._fit, on_request_close=self._asked_to_close)
        self.window.attach(Window)
        self._clocks = [
            Clock.schedule_interval(lambda dt: self.look(), FRESH),
            Clock.schedule_interval(lambda dt: self.turn(), TURN),
            Clock.schedule_interval(lambda dt: self.move(), EVERY),
        ]
        self.workers.begin()
        self.look()
        return self.face

    def on_stop(self) -> None:
        from kivy.core.window import Window

        for each in self._clocks:
            each.cancel()
        Window.unbind(size=self._fit, on_request_close=self._asked_to_close)
        self.window.stop()
        self.workers.stop()

    def _fit(self, _window: Any, size: tuple[int, int]) -> None:
        """Lay out in proportion to the screen: a larger one is seen from further away."""
        inches = hypot(*size) / min(size) * REFERENCE_SHORT_SIDE / 25.4
        self.theme.screen = self.settings.screen._replace(diagonal_inches=inches)
        self.theme.fit(*size)

    def _asked_to_close(self, *_: object, **__: object) -> bool:
        return not self.may_close

    # what is shown

    def look(self) -> None:
        """Read the database; an error is logged, and what was read before stays."""
        now, services = self.now(), self.services
        self.workers.start(
            lambda: services.board.look(now), self._show, lambda error: log.error("board: %s", type(error).__name__)
        )

    def _show(self, view: BoardView) -> None:
        first, self.view = self.view is None, view
        self.face.dark = view.closed and self.settings.screen.dark_when_closed
        self.face.serving = str(view.serving.number) if view.serving else ""
        self.face.time = self.tr.time(self.now())
        if first:
            self.turn()

    def turn(self) -> None:
        """Show the next page; after the last one the first, in the next language."""
        if self.view is None:
            return
        self._at += 1
        if self._at >= len(self._pages):
            codes = self.settings.centre.languages
            self.tr.use(codes[(codes.index(self.tr.code) + bool(self._pages)) % len(codes)])
            self._pages, self._at = pages(self.view, self.settings, self.tr.language, self.now()), 0
            self.face.contact = contact(self.settings, self.tr.language).line
        self.face.turn_to(self._pages[self._at])

    def move(self) -> None:
        """Move everything a little, against burn-in."""
        self._step = (self._step + 1) % len(PATH)
        step = round(STEP * self.theme.mm)
        self.face.shift = [step * part for part in PATH[self._step]]
