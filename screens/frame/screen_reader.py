"""Reads the screen aloud, and lets blind people use it: the four corners of the screen stand for four keys.

For visitors only: the staff's screens show names and numbers and are not read. Typed text is never spoken, nor the keys of a
hidden field (EN 301 549, 5.1.3).
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
from screens.widgets.photo_grid import ItemCell
from screens.widgets.words import Icon

from .focus import BACK, CHOOSE, NEXT, PREVIOUS, name_of, seen, sentences

if TYPE_CHECKING:
    from screens.app import KioskApp

#: Seconds between checks for new text.
LOOK = 0.5
#: Volumes in percent of the tablet's own: normal, and louder.
VOLUMES = (100, 200)
#: A corner's share of the width, and of the height within reach; the area between repeats.
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
    """Marks the corners for people with low vision."""


class ScreenReader(EventDispatcher):
    """`volume` 0 is off; `corners` turns on use without seeing. Both are reset after the visit."""

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
        """Whether the screen is read aloud."""
        return self.volume > 0 and self.app.member is None

    def turn(self) -> None:
        """Go to the next volume: normal, louder, off."""
        self.volume = (*VOLUMES, 0)[(0, *VOLUMES).index(int(self.volume))]
        if self.volume == 0:
            self.stop()
        else:
            self._begin()

    def lead(self) -> None:
        """Turn on use without seeing."""
        self.corners = True
        self.volume = self.volume or VOLUMES[0]
        self.app.idle.take_time()
        self.app.focus.start()
        self._begin(self.app.tr._(HOW))

    def stop(self) -> None:
        """Turn everything off: the visitor chose so, or has left."""
        self.volume, self.corners = 0, False
        if self.signs is not None:
            self.app.shell.remove_widget(self.signs)
            self.signs = None
        self.end()

    def end(self) -> None:
        """Stop checking and speaking."""
        self._looking.cancel()
        self.app.speech.stop()

    def hush(self) -> None:
        """Interrupt the speech, since the screen was touched."""
        self._waiting = ""
        self.app.speech.stop()

    def _begin(self, first: str = "") -> None:
        self._where, self._first = None, first
        self.app.speech.volume = int(self.volume)
        self.app.background.set_volume()  # a loudspeaker may have been plugged in since
        self._looking()

    # speaking

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
            self._waiting = sentences([self._waiting, *new])
        if self._waiting and not self.app.speech.speaking:
            self._say([self._waiting])

    def _say(self, parts: list[str]) -> None:
        self._waiting = ""
        self.app.speech.say(sentences(parts), self.app.tr.code)

    def _texts(self) -> Iterator[str]:
        """Yield the texts of the screen, without its buttons."""
        shell = self.app.shell
        inside_entry: set[Any] = set()
        for widget in seen(shell.dialog or shell.ids.manager):
            if isinstance(widget, EntryField):
                inside_entry.update(widget.walk(restrict=True))
                yield self.app.tr._(FILLED_IN) if widget.text else widget.hint
            elif isinstance(widget, Drawn):
                yield widget.spoken
            elif isinstance(widget, Label) and not isinstance(widget, Icon) and widget not in inside_entry:
                yield widget.text

    def _choices(self) -> list[str]:
        if self.app.focus.widget is not None:
            return [self._name(self.app.focus.widget)]
        shell = self.app.shell
        place = shell.dialog or shell.ids.manager
        return [self._name(one) for one in seen(place) if _is_choice(one)]

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
            return  # spoken with the screen
        if moved:
            self._say([self._name(widget)])
        else:
            self._waiting = sentences([self._waiting, self._name(widget)])

    # the corners

    def touched(self, x: float, y: float) -> None:
        """Act on a touch at (x, y), window pixels."""
        theme = self.app.theme
        side = "left" if x < CORNER * theme.width else "right" if x > (1 - CORNER) * theme.width else ""
        level = "low" if y < CORNER * theme.reach else "high" if y > (1 - CORNER) * theme.reach else ""
        act = ACTS.get((side, level))
        if act:
            self.app.focus.act(act)
        else:
            self._say([*self._texts(), *self._choices()])


def _is_choice(widget: Any) -> bool:
    """Return whether a widget is a choice: a button or a shelf item, but not a key of the keyboard."""
    if isinstance(widget, ItemCell):
        return widget.index >= 0 and widget.card is not None
    return isinstance(widget, Touch) and not isinstance(widget, KeyButton)
