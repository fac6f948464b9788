"""What every screen has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from kivy.app import App
from kivy.properties import AliasProperty, BooleanProperty, StringProperty
from kivy.uix.screenmanager import Screen

if TYPE_CHECKING:
    from screens.app import KioskApp


def told_by(*names: str) -> Callable[[Callable[[Any], Any]], Any]:
    """Make a property of a screen from what is decided anew when a property of it in `names`, or the language, changes."""
    return lambda decide: AliasProperty(decide, None, bind=(*names, "language"))


class KioskScreen(Screen):
    """A screen gets plain values in `open`, shows and asks. It is built once and used again, so `wipe` must leave
    nothing of a visitor behind."""

    heading = StringProperty()
    bar = BooleanProperty(True)
    #: Not on the glass, nor fading in or out.
    hidden = BooleanProperty(True)
    #: The language switched to last; "" before.
    language = StringProperty()
    #: Leaving by Back is allowed.
    back: ClassVar[bool] = True
    #: Screen is a step that Back does not return to.
    passing: ClassVar[bool] = False
    #: Only for who came in by the staff door.
    staff_only: ClassVar[bool] = False
    #: Shown before there is a coordinator.
    before_coordinator: ClassVar[bool] = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.app.tr.bind(code=self._on_language)  # a method, which is held weakly: a screen may be let go of
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
        """Show the screen for `values`. Called each time it is gone to, not when Back returns to it."""

    def on_return(self) -> None:
        """Back led here again."""

    def _on_language(self, _tr: object, code: str) -> None:
        self.language = code
        self.on_language_changed()

    def on_language_changed(self) -> None:
        """The language is another: say anew what is not said by rules."""

    def scanned(self, code: Any) -> bool:
        """Take a code that was scanned while the screen is shown; False when it does not want it."""
        return False

    def paper_key_scanned(self, digits: str) -> bool:
        """Take a recovery key that was scanned; False when none is asked for."""
        return False

    def step_back(self) -> bool:
        """Go back inside the screen; False when Back should leave it."""
        return False

    def reset(self) -> None:
        """Forget the visitor."""
