"""Open wishes, oldest first."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty

from kiosk.codes.codes import display
from kiosk.services.goods.categories import category_name
from kiosk.vocabulary import things
from kiosk.vocabulary.states import WishState
from screens.widgets.lists import Line
from screens.words.goods import AGE_WORDS

from .base import StaffScreen


class WishesScreen(StaffScreen):
    """Lists wishes; a wish can be cancelled for somebody who asks at the desk."""

    lines = ListProperty(None, allownone=True)
    wishes: dict[str, Any]
    free: dict[str, list[Any]]

    def open(self, **values: Any) -> None:
        self.look()

    def on_return(self) -> None:
        self.look()

    def look(self, _answer: Any = None) -> None:
        """Reload the list."""
        service = self.app.services.wishes
        self.load("goods", lambda who: (service.open(), service.free_now()), self._show)

    def _show(self, found: Any) -> None:
        wishes, self.free = found
        self.wishes = {wish.id: wish for wish in wishes}
        self.lines = [
            Line(
                wish.id,
                *self._about(wish),
                self._mark(wish),
                icon="message_text_outline" if wish.request else "star_shooting_outline",
            )
            for wish in wishes
        ]

    def _mark(self, wish: Any) -> str:
        tr = self.app.tr
        if wish.id in self.free:
            return str(tr._("One is free"))
        return str(tr._("Reserved") if wish.state == WishState.HELD else tr.language.short_date(wish.made_at))

    def _about(self, wish: Any) -> tuple[str, str]:
        tr = self.app.tr
        name = (
            tr.name(things()[wish.thing].names) if wish.thing else category_name(wish.own or wish.category, tr.language)
        )
        age = tr._(AGE_WORDS[wish.age_group]) if wish.age_group else ""
        return name, "  ·  ".join(filter(None, (wish.size, age, display(wish.code))))

    def choose(self, wish_id: str) -> None:
        """Offer the actions on a wish."""
        tr, wish = self.app.tr, self.wishes[wish_id]
        told = [(tr._("Read what they wrote"), lambda: self._read(wish), False)] if wish.request else []
        if wish.id in self.free:
            told.insert(0, (tr._("Show the thing"), lambda: self._look_at(self.free[wish.id][0].id), False))
        take_back = (tr._("Cancel the wish"), lambda: self._cancel(wish), False)
        name, _note = self._about(wish)
        self.app.shell.say(name, display(wish.code), [(tr._("Close"), lambda: None, True), *told, take_back])

    def _look_at(self, item_id: str) -> None:
        """Open an available item that matches the wish, like a scan of its label."""
        app, now = self.app, self.app.now()
        self.do(
            "hand_over",
            lambda who: app.services.scan.item(app.services.goods.item(item_id, now), now),
            app.code_router.show,
        )

    def _read(self, wish: Any) -> None:
        app, now = self.app, self.app.now()

        def opened(details: dict[str, Any]) -> None:
            app.shell.say(self._about(wish)[0], details["details"])

        self.do_unlocked(
            lambda private, who: app.services.help.open(request_id=wish.request, private=private, now=now, who=who),
            opened,
            app.show_error,
        )

    def _cancel(self, wish: Any) -> None:
        app, now = self.app, self.app.now()
        self.do("goods", lambda who: app.services.wishes.cancel(code=wish.code, now=now, who=who), self.look)

    def reset(self) -> None:
        self.lines = None
        self.wishes, self.free = {}, {}
