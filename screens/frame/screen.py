"""The base class of every screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from kivy.app import App
from kivy.properties import AliasProperty, BooleanProperty, StringProperty
from kivy.uix.screenmanager import Screen

if TYPE_CHECKING:
    from kiosk.codes.codes import Code
    from screens.app import KioskApp


def told_by(*names: str) -> Callable[[Callable[[Any], Any]], Any]:
    """Decorator: a screen property that is recomputed when a property in `names`, or the language, changes."""
    return lambda decide: AliasProperty(decide, None, bind=(*names, "language"))


class KioskScreen(Screen):
    """A screen gets plain values in `open`, shows them and asks. It is built once and reused, so `reset` must delete
    everything of the visitor."""

    heading = StringProperty()
    bar = BooleanProperty(True)
    #: Number of the last loading of what the screen shows.
    _loads: int = 0
    kin_scope: ClassVar[bool] = True
    #: Not visible, and not fading in or out.
    hidden = BooleanProperty(True)
    #: The language switched to last; "" before.
    language = StringProperty()
    #: Whether something was filled in here that leaving would lose.
    unsaved: bool = False
    #: Whether Back may leave the screen.
    back: ClassVar[bool] = True
    #: A step that Back skips on its way to an earlier screen.
    passing: ClassVar[bool] = False
    #: Only for a signed-in member of staff.
    staff_only: ClassVar[bool] = False
    #: Asks staff something although nobody is signed in: a USB keyboard may type here.
    for_staff: bool = False
    #: Available before the first coordinator is set up.
    before_coordinator: ClassVar[bool] = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.app.tr.bind(code=self._on_language)  # held weakly: the screen can be released
        self.bind(on_pre_enter=self._on_glass, on_leave=self._off_glass)

    def _on_glass(self, *_: object) -> None:
        self.hidden = False

    def _off_glass(self, *_: object) -> None:
        self.hidden = True

    @property
    def app(self) -> KioskApp:
        app: KioskApp = App.get_running_app()
        return app

    def open(self, **values: Any) -> None:
        """Show the screen for `values`. Called when it is opened, not when Back returns to it."""

    def latest(self, show: Callable[[Any], object]) -> Callable[[Any], object]:
        """Return `show` for an answer of a worker, which is dropped if the screen has loaded again meanwhile: workers do
        not answer in the order of the questions."""
        self.drop_answers()
        number = self._loads
        return lambda answer: show(answer) if self._loads == number else None

    def drop_answers(self) -> None:
        """Show no answer that is still to come: the screen is opened for something else, or emptied."""
        self._loads += 1

    def on_return(self) -> None:
        """Called when Back returns to the screen."""

    def _on_language(self, _tr: object, code: str) -> None:
        self.language = code
        self.on_language_changed()

    def on_language_changed(self) -> None:
        """Called after a change of language: update texts that no .kv rule updates."""

    def scanned(self, code: Code) -> bool:
        """Handle a `Code` that was scanned on this screen; return False to leave it to the frame."""
        return False

    def paper_key_scanned(self, digits: str) -> bool:
        """Handle a scanned recovery key (96 digits); return False if the screen did not ask for one."""
        return False

    def step_back(self) -> bool:
        """Go back one step inside the screen; return False if Back should leave it."""
        return False

    def reset(self) -> None:
        """Delete everything of the visitor."""
