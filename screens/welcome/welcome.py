"""The screen that waits: a poster of what is here today. Any touch wakes it; a language wakes it in that language."""

from __future__ import annotations

from typing import Any

from kivy.factory import Factory
from kivy.input import MotionEvent
from kivy.properties import ListProperty, ObjectProperty, StringProperty

from kiosk.errors import N_
from kiosk.i18n import LANGUAGES, Language
from screens.base import KioskScreen

#: How many of the newest goods are shown.
NEWEST = 6


class Welcome(KioskScreen):
    """Shows today's session, or when the next is, in every language at once, and the newest goods."""

    today = ObjectProperty(None, allownone=True)
    when = StringProperty()
    names = ListProperty()
    newest = ListProperty()
    serving = StringProperty()
    greetings = ListProperty()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(bar=False, **kwargs)
        centre = self.app.settings.centre
        spoken = {code: Language(code, timezone=centre.timezone) for code in centre.languages}
        self.tongues = spoken
        self.greetings = [language.text(N_("Welcome")) for language in spoken.values()]
        for code in spoken:
            button = Factory.LanguageButton(text=LANGUAGES[code])
            button.bind(on_release=lambda _button, code=code: self.wake(code))
            self.ids.languages.add_widget(button)

    def open(self, **values: Any) -> None:
        services, now = self.app.services, self.app.now()
        day = self.app.local_day(now)

        def look() -> Any:
            sessions = services.gatherings.sessions_on(day)
            serving = services.guidance.serving(now) if self.app.settings.services.guidance else None
            return sessions, services.gatherings.next_session(now), services.goods.newest(NEWEST), serving

        self.app.work(look, self._show)

    def _show(self, found: Any) -> None:
        sessions, following, newest, serving = found
        self.serving = str(serving.number) if serving else ""
        now = self.app.now()
        sessions = [session for session in sessions if session.ends_at > now]
        self.today = sessions[0] if sessions else None
        session = self.today or following
        home = self.tongues[self.app.settings.centre.default_language]
        if session is None:
            self.names, self.when = [], ""
        else:
            self.names = list(dict.fromkeys(language.name(session.names) for language in self.tongues.values()))
            time = f"{home.time(session.starts_at)}–{home.time(session.ends_at)}"
            self.when = time if self.today else f"{home.short_date(session.starts_at)}  {time}"
        self.newest = newest
        self._lay_out()

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
        if app.shell.current == self.name:
            app.guard.struck(touch)
            app.shell.go("home")
        return True

    def wake(self, code: str) -> None:
        """Begin in the language `code`."""
        self.app.tr.use(code)
        self.app.shell.go("home")
