"""Reads the screen aloud, and leads over it without seeing: four corners of the glass stand for four keys.

For visitors only: behind the desk nothing is read, as names and numbers stand there. What was typed is never said, nor
the keys of a field that hides them (EN 301 549, 5.1.3; DOMAIN.md section 1).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kivy.clock import Clock
from kivy.event import EventDispatcher
from kivy.properties import BooleanProperty, NumericProperty
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.label import Label

from kiosk.errors import N_
from screens.widgets.buttons import Touch
from screens.widgets.keyboard import EntryField, KeyButton
from screens.widgets.panels import Drawn
from screens.widgets.words import Icon

from .focus import BACK, CHOOSE, NEXT, PREVIOUS, name_of, seen

if TYPE_CHECKING:
    from screens.app import KioskApp

#: How often the screen is looked at for something new to say, seconds.
LOOK = 0.5
#: Loudness in percent of what the tablet is set to: as it is, and louder.
VOLUMES = (100, 200)
#: A corner's share of the width and of the height of what is within reach; what lies between says again.
CORNER = 0.42
ACTS = {
    ("left", "low"): PREVIOUS,
    ("right", "low"): NEXT,
    ("right", "high"): CHOOSE,
    ("left", "high"): BACK,
}
FILLED_IN, CHOSEN, SPACE = N_("Filled in"), N_("Chosen"), N_("Space")
HOW = N_(
    "The corners of the screen are buttons. Lower right: next. Lower left: previous. Upper right: choose. Upper left: "
    "back. Touch the middle to hear it again."
)


class Corners(FloatLayout):
    """Shows where the corners are, for eyes that see a little."""


class ScreenReader(EventDispatcher):
    """`volume` 0 is silence; `corners` is use without seeing. Both end with the visit."""

    volume = NumericProperty(0)
    corners = BooleanProperty(False)

    def __init__(self, app: KioskApp) -> None:
        super().__init__()
        self.app = app
        self.signs: Corners | None = None
        self._where: Any = None
        self._said: list[str] = []
        self._first = self._waiting = ""
        self._looking = Clock.create_trigger(self._look, LOOK, interval=True)
        app.focus.changed = self._focused

    @property
    def on(self) -> bool:
        """Whether it reads."""
        return self.volume > 0 and self.app.member is None

    def turn(self) -> None:
        """Read, read louder, or be silent again."""
        self.volume = (*VOLUMES, 0)[(0, *VOLUMES).index(int(self.volume))]
        if self.volume == 0:
            self.stop()
        else:
            self._begin()

    def lead(self) -> None:
        """Be used without seeing."""
        self.corners = True
        self.volume = self.volume or VOLUMES[0]
        self.app.idle.take_time()
        self.app.focus.start()
        self._begin(self.app.tr._(HOW))

    def stop(self) -> None:
        """Be silent, and used by touch again: the visitor wants so, or has gone."""
        self.volume, self.corners = 0, False
        if self.signs is not None:
            self.app.shell.remove_widget(self.signs)
            self.signs = None
        self.end()

    def end(self) -> None:
        """Look and speak no more."""
        self._looking.cancel()
        self.app.speech.stop()

    def hush(self) -> None:
        """Say no more of what is being said: the glass was touched."""
        self._waiting = ""
        self.app.speech.stop()

    def _begin(self, first: str = "") -> None:
        self._where, self._first = None, first
        self.app.speech.volume = int(self.volume)
        self._looking()

    # what is said

    def _look(self, _seconds: float) -> None:
        shell = self.app.shell
        if self.app.member is not None:
            self.stop()
            return
        if self.corners and self.signs is None:
            self.signs = Corners()
            shell.add_widget(self.signs)
        texts, where = list(self._texts()), shell.dialog or shell.current
        if where is not self._where:
            self._where, self._said = where, texts
            self._say([self._first, *texts, *self._choices()])
            self._first = ""
        elif new := [text for text in texts if text not in self._said]:
            self._said = texts
            self._waiting = _joined([self._waiting, *new])
        if self._waiting and not self.app.speech.speaking:
            self._say([self._waiting])

    def _say(self, parts: list[str]) -> None:
        self._waiting = ""
        self.app.speech.say(_joined(parts), self.app.tr.code)

    def _texts(self) -> Iterator[str]:
        """Yield what stands on the screen beside its buttons."""
        shell = self.app.shell
        inside_entry: set[Any] = set()
        for widget in seen(shell.dialog or shell.ids.manager):
            if isinstance(widget, EntryField):
                inside_entry.update(widget.walk(restrict=True))
                yield self.app.tr._(FILLED_IN) if widget.text else widget.hint
            elif isinstance(widget, Drawn):
                yield " ".join(widget.spoken)
            elif isinstance(widget, Label) and not isinstance(widget, Icon) and widget not in inside_entry:
                yield " ".join(widget.text) if widget.font_name == "Code" else widget.text

    def _choices(self) -> list[str]:
        if self.app.focus.widget is not None:
            return [self._name(self.app.focus.widget)]
        shell = self.app.shell
        place = shell.dialog or shell.ids.manager
        return [self._name(one) for one in seen(place) if isinstance(one, Touch) and not isinstance(one, KeyButton)]

    def _name(self, widget: Any) -> str:
        _ = self.app.tr._
        if isinstance(widget, KeyButton):
            if any(isinstance(one, EntryField) and one.masked for one in seen(self.app.shell.ids.manager)):
                return ""
            return _(widget.key.act.value if widget.key.act else SPACE if widget.key.text == " " else widget.key.text)
        name = name_of(widget)
        return f"{name}. {_(CHOSEN)}" if getattr(widget, "chosen", False) else name

    def _focused(self, widget: Any, moved: bool) -> None:
        if not self.on or self._where is not (self.app.shell.dialog or self.app.shell.current):
            return  # said with the screen
        if moved:
            self._say([self._name(widget)])
        else:
            self._waiting = _joined([self._waiting, self._name(widget)])

    # the corners

    def touched(self, x: float, y: float) -> None:
        """Do what the place touched (window pixels) stands for."""
        theme = self.app.theme
        side = "left" if x < CORNER * theme.width else "right" if x > (1 - CORNER) * theme.width else ""
        level = "low" if y < CORNER * theme.reach else "high" if y > (1 - CORNER) * theme.reach else ""
        act = ACTS.get((side, level))
        if act:
            self.app.focus.act(act)
        else:
            self._say([*self._texts(), *self._choices()])


def _joined(parts: list[str]) -> str:
    """Return `parts` as sentences."""
    return ". ".join(part.rstrip(".").strip() for part in parts if part.strip(" ."))
