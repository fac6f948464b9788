"""The idle screen: a poster of today. Any touch opens home; a language button opens it in that language."""

from __future__ import annotations

from typing import Any

from kivy.factory import Factory
from kivy.input import MotionEvent
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty

from kiosk.documents.contact import contact
from kiosk.errors import N_
from kiosk.language.translation import LANGUAGES, Language
from kiosk.services.desk.board import NEWEST, BoardView
from kiosk.vocabulary.states import SessionReason, SessionState
from screens.frame.screen import KioskScreen
from screens.words.gatherings import REASON_WORDS, STATE_WORDS
from screens.x11.touch_panel import rested

from . import snow_river  # noqa: F401  (the picture moves by it)

#: Partners thanked at once; more rotate every minute.
THANKED = 8


class WelcomeScreen(KioskScreen):
    """Shows today's or the next session in every language at once, and the newest items."""

    today = ObjectProperty(None, allownone=True)
    when = StringProperty()
    names = ListProperty()
    newest = ListProperty()
    serving = StringProperty()
    changed = ListProperty()
    thanks = ListProperty()
    thank_you = StringProperty()
    #: The centre's message in its languages; it replaces the thanks to partners.
    messages = ListProperty()
    greetings = ListProperty()
    #: Opening hours, address and telephone.
    contact = StringProperty()
    awake = BooleanProperty(False)
    #: Layout by window shape: languages in their own row; no space for the logo.
    narrow = BooleanProperty(False)
    low = BooleanProperty(False)
    shows_newest = BooleanProperty(True)
    #: Maximum width of the greeting, pixels; minimum width of a language button, mm.
    greeting_width = NumericProperty(100)
    name_height = NumericProperty(0)
    language_mm = NumericProperty(30)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(bar=False, **kwargs)
        centre = self.app.settings.centre
        spoken = {code: Language(code, timezone=centre.timezone) for code in centre.languages}
        self.tongues = spoken
        self.thank_you = "  ·  ".join(language.text(N_("Thank you")) for language in spoken.values())
        told = self.app.settings.message
        self.messages = list(dict.fromkeys(told[code] for code in spoken if told.get(code)))
        self.greetings = [language.text(N_("Welcome")) for language in spoken.values()]
        for code in spoken:
            button = Factory.LanguageButton(text=LANGUAGES[code])
            button.bind(on_release=lambda _button, code=code: self.wake(code))
            self.ids.languages.add_widget(button)

    def open(self, **values: Any) -> None:
        services, now = self.app.services, self.app.now()
        self.app.work(lambda: services.board.look(now), self.latest(self._show))

    def on_pre_enter(self, *_: object) -> None:
        self.awake = True

    def on_leave(self, *_: object) -> None:
        self.awake = False

    def _furnish(self) -> None:
        """Create the widgets for the news, once."""
        from screens.widgets import load_kv
        from screens.widgets.photo import PhotoView

        from . import news

        load_kv(news.__file__)
        ids, staff = self.ids, 1  # the staff button is on top of everything
        about, lower, newest = (ids[name].__self__ for name in ("about", "lower", "newest"))
        about.add_widget(news.Today(welcome=self, about=about), index=1)  # above the widget that fills the column
        for _ in range(NEWEST):
            newest.add_widget(PhotoView())
        self.add_widget(news.Serving(welcome=self), index=staff)
        self.add_widget(news.Notices(welcome=self, lower=lower, newest=newest), index=staff)

    def _show(self, found: BoardView) -> None:
        if not self.ids.newest.children:
            self._furnish()
        thanked = found.thanked
        self.app.shell.dark = found.closed and self.app.idle.rests and self.app.settings.screen.dark_when_closed
        self.awake = not self.app.shell.dark
        self.serving = str(found.serving.number) if found.serving else ""
        now = self.app.now()
        self.today = found.running[0] if found.running else None
        session = self.today or found.following
        home = self.tongues[self.app.settings.centre.default_language]
        self.contact = contact(self.app.settings, home).line
        if session is None:
            self.names, self.when = [], ""
        else:
            self.names = list(dict.fromkeys(language.name(session.names) for language in self.tongues.values()))
            time = home.span(session.starts_at, session.ends_at)
            self.when = time if self.today else f"{home.short_date(session.starts_at)}  {time}"
        self.changed = self._tell([one for one in found.planned if one.state != SessionState.ON and one.ends_at > now])
        pages = max(1, -(-len(thanked) // THANKED))
        self.thanks = thanked[now.minute % pages * THANKED :][:THANKED]
        self.newest = found.newest
        self._lay_out()

    def _tell(self, changed: list[Any]) -> list[str]:
        """Return the first change of today's programme: kind, session, and reason or new time."""
        if not changed:
            return []
        session, tongues = changed[0], self.tongues.values()
        home = self.tongues[self.app.settings.centre.default_language]
        why = [
            language.text(REASON_WORDS[session.reason])
            for language in tongues
            if session.reason not in ("", SessionReason.OTHER)
        ]
        if session.state == SessionState.HOLIDAY:
            why = [language.name(session.holiday) for language in tongues]
        if session.state == SessionState.MOVED:
            why = [f"{home.span(session.starts_at, session.ends_at)}  {session.place}"]
        if session.state == SessionState.AWAY:
            why = [f"→  {home.short_date(session.other)}  {home.time(session.other)}"]
        return [
            "  ·  ".join(language.text(STATE_WORDS[session.state]) for language in tongues),
            "  ·  ".join(dict.fromkeys(language.name(session.names) for language in tongues)),
            "  ·  ".join(dict.fromkeys(why)),
        ]

    def _lay_out(self) -> None:
        for place, photo in enumerate(reversed(self.ids.newest.children)):
            photo.photo = self.newest[place].photo if place < len(self.newest) else None
            photo.opacity = 1 if place < len(self.newest) else 0

    def on_touch_down(self, touch: MotionEvent) -> bool:
        if not super().on_touch_down(touch):
            touch.grab(self)
        return True

    def on_touch_up(self, touch: MotionEvent) -> bool:
        if touch.grab_current is not self:
            return bool(super().on_touch_up(touch))
        touch.ungrab(self)
        app = self.app
        if app.shell.current == self.name and self.collide_point(*touch.pos) and not rested(touch):
            app.guard.struck(touch)
            app.shell.go("home")
        return True

    def wake(self, code: str) -> None:
        """Start a visit in the language `code`."""
        self.app.tr.use(code)
        self.app.shell.go("home")
