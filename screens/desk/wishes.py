"""Wishes that wait, the oldest first."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty

from kiosk.codes.codes import display
from kiosk.vocabulary import things
from screens.goods.words import AGE_WORDS, CATEGORY_WORDS
from screens.widgets.lists import Line

from .base import DeskScreen


class Wishes(DeskScreen):
    """What people wait for; a wish is taken back for somebody who asks at the desk."""

    lines = ListProperty()

    def open(self, **values: Any) -> None:
        self.look()

    def returned(self) -> None:
        self.look()

    def look(self, _answer: Any = None) -> None:
        """Read the list again."""
        self.do("goods", lambda who: self.app.services.wishes.open(), self._show)

    def _show(self, wishes: Any) -> None:
        tr = self.app.tr
        self.wishes = {wish.id: wish for wish in wishes}
        self.lines = [
            Line(
                wish.id, tr.name(things()[wish.thing].names) if wish.thing else tr._(CATEGORY_WORDS[wish.category]),
                "  ·  ".join(filter(None, (wish.size, tr._(AGE_WORDS[wish.age_group]) if wish.age_group else "", display(wish.code)))),
                tr._("Held") if wish.state == "held" else tr.language.short_date(wish.made_at), icon="star_shooting_outline",
            )
            for wish in wishes
        ]  # fmt: skip

    def choose(self, wish_id: str) -> None:
        """Ask whether to take a wish back."""
        tr, wish = self.app.tr, self.wishes[wish_id]
        self.app.shell.say(
            tr._("Take the wish back?"),
            display(wish.code),
            [(tr._("No"), lambda: None, True), (tr._("Yes"), lambda: self._cancel(wish), False)],
        )

    def _cancel(self, wish: Any) -> None:
        app, now = self.app, self.app.now()
        self.do("goods", lambda who: app.services.wishes.cancel(code=wish.code, now=now, who=who), self.look)

    def wipe(self) -> None:
        self.lines = []
        self.wishes: dict[str, Any] = {}
