"""The idle screen: a poster of today. Any touch opens home; a language button opens it in that language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kivy.animation import Animation
from kivy.clock import Clock
from kivy.input import MotionEvent
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty

from kiosk.documents.contact import contact
from kiosk.errors import N_, NC_
from kiosk.language.translation import LANGUAGES, Language
from kiosk.services.desk.board import BoardView
from kiosk.vocabulary.states import SessionReason, SessionState
from screens.frame.screen import KioskScreen
from screens.widgets.buttons import Touch
from screens.widgets.words import Icon, extents
from screens.words.gatherings import REASON_WORDS, STATE_WORDS
from screens.x11.touch_panel import rested

from . import snow_river  # noqa: F401  (the picture moves by it)

if TYPE_CHECKING:
    from .news import Scene

#: Partners thanked at once; more rotate every minute.
THANKED = 8
#: Seconds of a scene, and of the language that speaks with it.
TURN = 6.0
#: Seconds in which the snowflake under a finger grows and goes, and how many are there at most.
FLAKE, FLAKES = 0.7, 6
#: What there is, for who sees the screen for three seconds.
OFFERS = (NC_("there is", "Coffee"), NC_("there is", "Free things"), NC_("there is", "Help"))


class StartButton(Touch):
    """Begins a visit in a language: its own name, and the `verb` in it. `called`: the screen speaks this language now."""

    text = StringProperty()
    verb = StringProperty()
    called = BooleanProperty(False)


class Snowflake(Icon):
    """A snowflake where a finger touched."""


class WelcomeScreen(KioskScreen):
    """Shows in turns today's or the next session, the newest items, help, and the centre's messages or thanks; each turn
    speaks another language. Without motion a turn comes with new data only."""

    turn = NumericProperty(0)
    greeting = StringProperty()
    greeting_size = NumericProperty(10)
    #: What there is, in the language of this turn.
    offers = ListProperty()
    serving = StringProperty()
    changed = ListProperty()
    thanks = ListProperty()
    #: The centre's message in its languages; it replaces the thanks to partners.
    messages = ListProperty()
    #: Opening hours, address and telephone.
    contact = StringProperty()
    awake = BooleanProperty(False)
    #: Layout by window shape: languages in their own row; no space for the logo.
    narrow = BooleanProperty(False)
    low = BooleanProperty(False)
    #: Maximum width of the greeting, pixels; minimum width of a language button, mm.
    greeting_width = NumericProperty(100)
    name_height = NumericProperty(0)
    language_mm = NumericProperty(30)
    found = ObjectProperty(None, allownone=True)
    #: Today's or the next.
    session = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:
        self._scenes: Any = None
        self._count = 1
        super().__init__(bar=False, **kwargs)
        centre = self.app.settings.centre
        self.tongues = {code: Language(code, timezone=centre.timezone) for code in centre.languages}
        self.thank_you = self._said(N_("Thank you"))
        told = self.app.settings.message
        self.messages = list(dict.fromkeys(told[code] for code in self.tongues if told.get(code)))
        for code, language in self.tongues.items():
            button = StartButton(text=LANGUAGES[code], verb=language.text(N_("Start")))
            button.bind(on_release=lambda _button, code=code: self.wake(code))
            self.ids.languages.add_widget(button)
        for name in ("greeting_width", "turn"):
            self.fbind(name, self._speak)
        self.app.theme.bind(display=self._speak, motion=self._run)
        self._turning = Clock.create_trigger(self._turn, TURN, interval=True)
        for name in ("awake", "hidden"):
            self.fbind(name, self._run)
        self._speak()

    def _said(self, message: str) -> str:
        """Return `message` in every language of the centre."""
        return "  ·  ".join(dict.fromkeys(language.text(message) for language in self.tongues.values()))

    def open(self, **values: Any) -> None:
        services, now = self.app.services, self.app.now()
        self.app.work(lambda: services.board.look(now), self.latest(self._show))

    def on_pre_enter(self, *_: object) -> None:
        self.turn, self.awake = 0, True

    def on_leave(self, *_: object) -> None:
        self.awake = False
        for flake in [one for one in self.children if isinstance(one, Snowflake)]:
            self.remove_widget(flake)

    def _run(self, *_: object) -> None:
        """Turn as long as somebody may see it."""
        self._turning.cancel()
        if self.awake and not self.hidden and self.app.theme.motion:
            self._turning()

    def _turn(self, *_: object) -> None:
        self.turn += 1

    def _speak(self, *_: object) -> None:
        """Greet in the language of this turn, at the size at which every language has room, and call its button."""
        languages, theme = list(self.tongues.values()), self.app.theme
        rounds, at = divmod(int(self.turn), self._count)
        language = languages[(at + rounds) % len(languages)]  # no scene has the same language in every round
        greetings = [one.text(N_("Welcome")) for one in languages]
        self.greeting_size = _common_size(greetings, self.greeting_width, (theme.display, theme.title, theme.heading))
        self.greeting = language.text(N_("Welcome"))
        self.offers = [language.text(offer) for offer in OFFERS]
        for button in self.ids.languages.children:
            button.called = not theme.motion or button.text == LANGUAGES[language.code]
        self._play(language)

    def _furnish(self) -> None:
        """Create the widgets for the news, once."""
        from screens.widgets import load_kv

        from . import news

        load_kv(news.__file__)
        about = self.ids.about.__self__
        self._scenes = news.Scenes(about=about)
        about.add_widget(self._scenes, index=1)  # above the widget that fills the column
        for one in (about, *about.children):
            if one is not self._scenes:
                one.fbind("height", self._room)
        self._room()
        self.add_widget(news.Serving(welcome=self), index=1)  # the staff button is on top of everything

    def _room(self, *_: object) -> None:
        """Give the scenes the height that nothing else in the column needs."""
        about = self.ids.about
        fixed = [one.height for one in about.children if one.size_hint_y is None and one is not self._scenes]
        self._scenes.room = about.height - sum(fixed) - about.spacing * (len(about.children) - 1)

    def _show(self, found: BoardView) -> None:
        if self._scenes is None:
            self._furnish()
        thanked = found.thanked
        self.app.shell.dark = found.closed and self.app.idle.rests and self.app.settings.screen.dark_when_closed
        self.awake = not self.app.shell.dark
        self.serving = str(found.serving.number) if found.serving else ""
        now = self.app.now()
        session = found.running[0] if found.running else found.following
        home = self.tongues[self.app.settings.centre.default_language]
        self.contact = contact(self.app.settings, home).line
        self.session = session
        self.changed = self._tell([one for one in found.planned if one.state != SessionState.ON and one.ends_at > now])
        pages = max(1, -(-len(thanked) // THANKED))
        self.thanks = thanked[now.minute % pages * THANKED :][:THANKED]
        if self.found is not None and not self.app.theme.motion:
            self.turn += 1
        self.found = found
        self._count = len(self._told(home))
        self._speak()

    def _play(self, language: Language) -> None:
        """Show the scene of this turn; when today is other than planned, that is every second one."""
        if self._scenes is None or self.found is None:
            return
        scenes = self._told(language)
        scene = scenes[int(self.turn) % len(scenes)]
        if scene != self._scenes.told:
            self._scenes.told = scene

    def _told(self, language: Language) -> list[Scene]:
        """Return the scenes; what everybody must know is before each."""
        from .news import Scene

        urgent = []
        if self.changed:
            head, body, note = self.changed
            urgent.append(Scene(head, body, note, alarming=True))
        if self.messages:
            urgent.append(Scene("", "\n".join(self.messages)))
        scenes = []
        if self.session:
            day = language.text(N_("Today")) if self.found.running else language.short_date(self.session.starts_at)
            time = language.span(self.session.starts_at, self.session.ends_at)
            scenes.append(Scene(f"{day}  {time}", language.name(self.session.names), art="home_check_in.png"))
        photos = tuple(card.photo for card in self.found.newest if card.photo)
        if photos:
            count = self.found.free
            words = language.plural("{count} free thing", "{count} free things", count)
            scenes.append(Scene("", words.format(count=language.number(count)), photos=photos))
        scenes.append(Scene(language.text(N_("Help and friends")), art="service_friend.png"))
        if self.thanks and not self.messages:
            scenes.append(Scene("", "  ·  ".join(self.thanks), self.thank_you, art="thanks.png"))
        return [one for scene in scenes for one in (*urgent, scene)]

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

    def on_touch_down(self, touch: MotionEvent) -> bool:
        if not super().on_touch_down(touch):  # a button has a sign of its own, and no frame to lose
            self._leave_flake(touch)
            touch.grab(self)
        return True

    def _leave_flake(self, touch: MotionEvent) -> None:
        """Let a snowflake grow where the finger is, and go; without motion it is there until the screen goes."""
        old = [one for one in self.children if isinstance(one, Snowflake)]
        for one in old[FLAKES - 1 :]:
            self.remove_widget(one)
        flake = Snowflake()
        flake.center = touch.pos
        self.add_widget(flake)
        if self.app.theme.motion:
            growing = Animation(opacity=0, font_size=1.6 * flake.font_size, duration=FLAKE)
            growing.bind(on_complete=lambda _growing, gone: self.remove_widget(gone))
            growing.start(flake)

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


def _common_size(texts: Sequence[str], width: float, sizes: Sequence[float]) -> float:
    """Return the first of `sizes`, or the last, at which each of `texts` is a line of `width` pixels."""
    fitting = (size for size in sizes if all(extents(text, "Display", False, size)[0] < 0.98 * width for text in texts))
    return next(fitting, sizes[-1])
