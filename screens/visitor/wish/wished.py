"""A saved wish: its code and state."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty, ObjectProperty, StringProperty

from kiosk.errors import N_
from kiosk.services.desk.slip_lines import WISHES
from kiosk.services.goods.categories import category_name
from kiosk.vocabulary import things
from kiosk.vocabulary.states import SlipKind, WishState
from screens.frame.screen import told_by
from screens.visitor.slip import SlipScreen

#: How a wish stands, where the screen says more than the slip.
STATES = WISHES | {WishState.OPEN: N_("We are still looking. Type this code here now and then, or ask at the desk.")}
FREE_NOW = N_("There is one like it on the shelf now. Touch the picture to reserve it.")


class WishSavedScreen(SlipScreen):
    """Shows `wish` and available items `like` it; it can be cancelled."""

    kind = SlipKind.WISH
    wish = ObjectProperty(None, allownone=True)
    thing_name = StringProperty()
    story = StringProperty()
    like = ListProperty()
    passing = True

    def on_language_changed(self) -> None:
        self._tell()

    def open(self, **values: Any) -> None:
        self.wish, self.like = values["wish"], []
        self.show_code(self.wish)
        self._tell()
        app, wish_id = self.app, self.wish.id
        app.work(lambda: app.services.wishes.free_now(wish_id), app.visitor.during(self._found))

    def _found(self, found: dict[str, list[Any]]) -> None:
        """Show the available items, if this is still the wish on the screen."""
        if self.wish is not None and self.wish.id in found:
            self.like = found[self.wish.id]
            self._tell()

    @told_by("wish")
    def live(self) -> bool:
        """Whether the wish still counts."""
        return bool(self.wish and self.wish.state in (WishState.OPEN, WishState.HELD))

    def look_at(self, item_id: str) -> None:
        """Open an available item, where it can be reserved."""
        app, now = self.app, self.app.now()
        app.work(
            lambda: app.services.goods.item(item_id, now),
            app.visitor.during(lambda item: app.shell.go("item", item=item)),
        )

    def _tell(self) -> None:
        tr, wish = self.app.tr, self.wish
        if wish is not None:
            names = things()[wish.thing].names if wish.thing else {}
            self.thing_name = tr.name(names) or category_name(wish.own or wish.category, tr.language)
            self.story = tr._(FREE_NOW if self.like else STATES[wish.state])

    def take_back(self) -> None:
        """Cancel the wish."""
        app, code, now = self.app, self.wish.code, self.app.now()

        def cancelled(_wish: Any) -> None:
            app.shell.home()
            app.shell.say(app.tr._("You cancelled this wish."), "")

        app.work(lambda: app.services.wishes.cancel(code=code, now=now), cancelled)

    def reset(self) -> None:
        super().reset()
        self.wish = None
        self.thing_name = self.story = ""
        self.like = []
