"""The wish is kept: its code, and how it stands."""

from __future__ import annotations

from typing import Any

from kivy.properties import ObjectProperty, StringProperty

from kiosk.errors import N_
from kiosk.vocabulary import things
from kiosk.vocabulary.states import SlipKind, WishState
from screens.visitor.slip import SlipScreen
from screens.words.goods import CATEGORY_WORDS

STATES = {
    WishState.OPEN: N_("We are still looking. Type this code here now and then, or ask at the desk."),
    WishState.HELD: N_("One has come in and is reserved for you. Come to the desk."),
    WishState.FULFILLED: N_("It is yours now. Enjoy it!"),
    WishState.CANCELLED: N_("You cancelled this wish."),
    WishState.EXPIRED: N_("This wish has expired. You can leave it again."),
}


class WishSavedScreen(SlipScreen):
    """Shows `wish`; it can be taken back."""

    kind = SlipKind.WISH
    wish = ObjectProperty(None, allownone=True)
    thing_name = StringProperty()
    story = StringProperty()
    passing = True

    def on_language_changed(self) -> None:
        self._tell()

    def open(self, **values: Any) -> None:
        self.wish = values["wish"]
        self.show_code(self.wish.code)
        self._tell()

    def _tell(self) -> None:
        tr, wish = self.app.tr, self.wish
        if wish is not None:
            names = things()[wish.thing].names if wish.thing else {}
            self.thing_name = tr.name(names) or tr._(CATEGORY_WORDS[wish.category])
            self.story = tr._(STATES[wish.state])

    def take_back(self) -> None:
        """The wish is no longer one."""
        app, code, now = self.app, self.wish.code, self.app.now()

        def cancelled(_wish: Any) -> None:
            app.shell.home()
            app.shell.say(app.tr._("You cancelled this wish."), "")

        app.work(lambda: app.services.wishes.cancel(code=code, now=now), cancelled)

    def reset(self) -> None:
        super().reset()
        self.wish = None
        self.thing_name = self.story = ""
