"""Weights of things: the table that reports use, own weighings, and other sources."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty

from kiosk.errors import N_, BadValue
from kiosk.services.goods.weights import WeightView
from kiosk.vocabulary import CATEGORIES, LITERATURE, things
from screens.staff.desk.base import StaffScreen
from screens.staff.desk.item_draft import weight as kilograms
from screens.widgets.lists import Line
from screens.words.goods import CATEGORY_WORDS

#: A value of the source column in weights.csv that is not a name.
STARTER = N_("Initial estimate, not weighed")


class WeightsScreen(StaffScreen):
    """Lists categories, each followed by its things; those weighed here come first."""

    lines = ListProperty(None, allownone=True)
    table: dict[str, WeightView]

    def on_language_changed(self) -> None:
        if self.lines is not None:
            self._show(self.table)

    def open(self, **values: Any) -> None:
        self.look()

    def on_return(self) -> None:
        self.look()

    def look(self, _answer: Any = None) -> None:
        """Reload the table."""
        now = self.app.now()
        self.load("goods", lambda who: self.app.services.weights.table(now), self._show)

    def _show(self, table: dict[str, WeightView]) -> None:
        self.table = table
        known = things()
        order = {category: at for at, category in enumerate(CATEGORIES)}
        shown = sorted(
            table.values(),
            key=lambda one: (
                not one.pieces,
                order[known[one.subject].category if one.subject in known else one.subject],
                one.subject in known,
                self._name(one.subject),
            ),
        )
        self.lines = [
            Line(one.subject, self._name(one.subject), self._source(one), self._kg(one), icon=self._icon(one))
            for one in shown
        ]

    def _name(self, subject: str) -> str:
        tr, thing = self.app.tr, things().get(subject)
        return tr.name(thing.names) if thing else tr("{category}: others", category=tr._(CATEGORY_WORDS[subject]))

    def _source(self, one: WeightView) -> str:
        tr = self.app.tr
        if one.pieces:
            said = tr.n("Weighed here, {count} thing", "Weighed here, {count} things", one.pieces)
            return said.format(count=one.pieces) + "  ·  " + tr.language.figures(one.day)
        others = one.source.removesuffix(f" ({LITERATURE})")
        if others != one.source:
            return f"{tr._(others)} ({LITERATURE})"
        return one.source + "  ·  " + tr.language.figures(one.day)

    def _kg(self, one: WeightView) -> str:
        language = self.app.tr.language
        return f"{language.quantity(one.mid, 'kg')}  ({language.number(one.low)}–{language.number(one.high)})"

    def _icon(self, one: WeightView) -> str:
        return "scale" if one.pieces else "book_open_outline" if one.subject in things() else "shape_outline"

    def choose(self, subject: str) -> None:
        """Offer to weigh, or to type a figure with its source."""
        tr, one = self.app.tr, self.table[subject]
        choices = [(tr._("We weighed some ourselves"), lambda: self._ask_pieces(subject), True)]
        if self.member.may("reports"):
            choices.append((tr._("Type a weight"), lambda: self._ask_kg(subject), False))
        choices.append((tr._("Close"), lambda: None, False))
        self.app.shell.say(self._name(subject), self._kg(one) + "\n" + self._source(one), choices)

    def _ask_pieces(self, subject: str) -> None:
        self.ask(
            self.app.tr._("How many things did you weigh?"),
            lambda text: self._ask_together(subject, pieces_of(text)),
            board="WEIGHT",
            check=pieces_of,
            most=5,
        )

    def _ask_together(self, subject: str, pieces: int) -> None:
        self.ask(
            self.app.tr._("How many kilograms are they in total?"),
            lambda text: self._weigh(subject, pieces, kilograms(text)),
            board="WEIGHT",
            check=kilograms,
            most=7,
        )

    def _weigh(self, subject: str, pieces: int, kg: float | None) -> None:
        weights, now = self.app.services.weights, self.app.now()
        self.do(
            "goods", lambda who: weights.weigh(subject=subject, pieces=pieces, kg=kg or 0, now=now, who=who), self.look
        )

    def _ask_kg(self, subject: str) -> None:
        self.ask(
            self.app.tr._("How many kilograms does each weigh?"),
            lambda text: self._ask_source(subject, kilograms(text)),
            board="WEIGHT",
            check=kilograms,
            most=7,
        )

    def _ask_source(self, subject: str, kg: float | None) -> None:
        question = self.app.tr._("Source: a book, a study, a list")
        self.ask(question, lambda source: self._set(subject, kg or 0, source), most=100)

    def _set(self, subject: str, kg: float, source: str) -> None:
        weights, now = self.app.services.weights, self.app.now()
        self.do(
            "reports",
            lambda who: weights.set(subject=subject, low=kg, mid=kg, high=kg, source=source, now=now, who=who),
            self.look,
        )

    def reset(self) -> None:
        self.lines = None
        self.table = {}


def pieces_of(text: str) -> int:
    """Parse a number of pieces. Raises BadValue."""
    if not text.isdecimal() or not 1 <= int(text) <= 10_000:
        raise BadValue(N_("Please type a number of things between 1 and 10000."))
    return int(text)
