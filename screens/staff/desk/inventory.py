"""The inventory: search by word, code or place, filters, and labels for several items at once."""

from __future__ import annotations

from functools import partial
from typing import Any

from kivy.properties import BooleanProperty, ListProperty, NumericProperty, StringProperty

from kiosk.codes.codes import display
from kiosk.errors import N_
from kiosk.services.goods.inventory import MOST
from screens.frame.screen import told_by
from screens.widgets.choices import Option
from screens.widgets.lists import Line
from screens.words.desk import REASONS, categories
from screens.words.goods import STATE_WORDS

from .label_sheets import LabelScreen

FILTERS = (
    Option("", N_("Everything on the shelves"), icon="format_list_bulleted"),
    Option("free", N_("Available"), icon="check_circle_outline"),
    Option("reserved", N_("Reserved"), icon="bookmark_outline"),
    Option("no_photo", N_("Without a picture"), icon="camera_off_outline"),
    Option("no_label", N_("Without a label"), icon="label_off_outline"),
    Option("old", N_("On the shelf for a long time"), icon="clock_outline"),
    Option("wished", N_("Somebody wishes for it"), icon="star_shooting_outline"),
    Option("gone", N_("No longer here"), icon="close_circle_outline"),
)
FILTER_WORDS = {option.key: option.message for option in FILTERS}
#: Choices of days after which an item is old.
DAYS = ("30", "60", "90", "180")


class InventoryScreen(LabelScreen):
    """Lists the results of search and filter. A touch opens an item like a scan of its label, or selects it in
    selection mode."""

    lines = ListProperty(None, allownone=True)
    text = StringProperty()
    wanted = StringProperty()
    days = NumericProperty(60)
    pictures = BooleanProperty(False)
    choosing = BooleanProperty(False)
    count = NumericProperty(0)
    found: list[Any]

    def on_language_changed(self) -> None:
        if self.lines is not None:
            self._show_lines()

    def open(self, **values: Any) -> None:
        self.reset()
        self.look()

    def on_return(self) -> None:
        self.look(keep=True)

    def look(self, _answer: Any = None, *, keep: bool = False) -> None:
        """Repeat the query; with `keep` the page stays."""
        app, now = self.app, self.app.now()
        asked = {"text": self.text, "wanted": self.wanted, "days": int(self.days), "now": now}
        inventory = app.services.inventory

        def find(who: str) -> Any:
            ids = inventory.find(**asked)
            return ids, inventory.lines(ids)

        self.load("hand_over", find, partial(self._show, keep=keep))

    def _show(self, answer: Any, *, keep: bool) -> None:
        ids, self.found = answer
        self.count = len(ids)
        here = {line.id for line in self.found}
        self.chosen = [item_id for item_id in self.chosen if item_id in here]
        self._show_lines(keep=keep)
        self.ids.grid.show([line.id for line in self.found])

    def _show_lines(self, *, keep: bool = True) -> None:
        listed = self.ids.listed
        page = listed.page if keep else 0
        self.lines = [self._line(found) for found in self.found]
        listed.page = page

    def _line(self, found: Any) -> Line:
        tr = self.app.tr
        left = tr("{left} of {count} left", left=found.left, count=found.quantity) if found.quantity > 1 else ""
        bare = "" if found.labelled else tr._("Without a label")
        more = () if self.choosing else (found.size, left)  # the selection icon leaves less space
        note = "  ·  ".join(filter(None, (display(found.label_code), found.place, *more, bare)))
        sign = ("checkbox_marked" if found.id in self.chosen else "checkbox_blank_outline") if self.choosing else ""
        return Line(found.id, tr.name(found.names), note, tr._(STATE_WORDS[found.state]), sign, found.photo or "")

    # query

    def ask_text(self) -> None:
        """Ask for the search text."""
        tr = self.app.tr
        hint = tr._("A word in any language, a code or a place")
        self.ask(tr._("What are you looking for?"), self._typed, text=self.text, optional=True, hint=hint)

    def _typed(self, text: str) -> None:
        self.text = text
        self.look()

    def ask_filter(self) -> None:
        """Ask for the filter."""
        self.pick(self.app.tr._("Which things do you want to see?"), FILTERS, self._filtered, self.wanted)

    def _filtered(self, wanted: str) -> None:
        self.wanted = wanted
        if wanted == "old":
            options = [Option(days, self._days_words(int(days)), icon="clock_outline") for days in DAYS]
            self.pick(self.app.tr._("For how long at least?"), options, self._aged, str(int(self.days)))
        else:
            self.look()

    def _aged(self, days: str) -> None:
        self.days = int(days)
        self.look()

    def _days_words(self, days: int) -> str:
        return str(self.app.tr.n("{count} day", "{count} days", days).format(count=days))

    def show_all(self) -> None:
        """Clear search and filter."""
        self.text = self.wanted = ""
        self.look()

    def choose(self, item_id: str) -> None:
        """Open an item, or select it."""
        if self.choosing:
            self.chosen = (
                [*self.chosen, item_id]
                if item_id not in self.chosen
                else [one for one in self.chosen if one != item_id]
            )
            self._show_lines()
            return
        app, now = self.app, self.app.now()
        self.do(
            "hand_over",
            lambda who: app.services.scan.item(app.services.goods.item(item_id, now), now),
            app.code_router.show,
        )

    # selection

    def turn_choosing(self) -> None:
        """Toggle selection mode."""
        self.choosing, self.chosen, self.pictures = not self.choosing, [], False
        self._show_lines()

    def choose_all(self) -> None:
        """Select everything listed."""
        self.chosen = [line.id for line in self.found]
        self._show_lines()

    def ask_reason(self) -> None:
        """Ask for the reason to withdraw the selected items."""
        if self.chosen:
            self.pick(self.app.tr._("Why are you taking it off the shelf?"), REASONS, self._withdraw)

    def _withdraw(self, reason: str) -> None:
        shelf, items, now = self.app.services.shelf, tuple(self.chosen), self.app.now()

        def withdraw(who: str) -> None:
            for item_id in items:
                shelf.withdraw(item_id=item_id, reason=reason, now=now, who=who)

        self.do("goods", withdraw, self.done)

    def ask_category(self) -> None:
        """Ask for the category of the selected items."""
        tr, services = self.app.tr, self.app.services

        def offer(own: Any) -> None:
            self.pick(tr._("What kind of thing is it?"), categories(self.app, own), self._sort)

        self.do("goods", lambda who: services.categories.offered(), offer)

    def _sort(self, category: str) -> None:
        shelf, items, now = self.app.services.shelf, tuple(self.chosen), self.app.now()

        def sort(who: str) -> None:
            for item_id in items:
                shelf.edit(item_id=item_id, category=category, now=now, who=who)

        self.do("goods", sort, self.done)

    def done(self, _answer: Any = None) -> None:
        self.busy = self.choosing = False
        self.chosen = []
        self.look()

    @told_by("count")
    def count_words(self) -> str:
        """Text of the number found, and whether all are listed."""
        tr, count = self.app.tr, int(self.count)
        words = str(tr.n("{count} thing", "{count} things", count).format(count=count))
        return words if count <= MOST else tr("{words}, the first {shown} are shown", words=words, shown=MOST)

    @told_by("wanted", "days")
    def filter_words(self) -> str:
        """Text of the filter."""
        tr = self.app.tr
        if self.wanted == "old":
            return str(tr("On the shelf for {days}", days=self._days_words(int(self.days))))
        return str(tr._(FILTER_WORDS[self.wanted]))

    def reset(self) -> None:
        self.ids.doing.stop()
        self.ids.doing.end()
        self.found = []
        self.lines, self.chosen = None, []
        self.text = self.wanted = ""
        self.days, self.count = 60, 0
        self.busy = self.choosing = self.pictures = False
        self.ids.grid.show(())
