"""A stock count: staff scan the shelves, and items not seen are listed."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ListProperty, ObjectProperty, StringProperty

from kiosk.codes.codes import Code, Kind, display
from kiosk.vocabulary.states import ItemState, WithdrawReason
from screens.frame.screen import told_by
from screens.widgets.lists import Line
from screens.words.goods import STATE_WORDS, place_words

from .base import StaffScreen


class StockCountScreen(StaffScreen):
    """Shows items not seen yet, and the last scan. A count continues after a pause, and on other tablets."""

    count = ObjectProperty(None, allownone=True)
    lines = ListProperty(None, allownone=True)
    said = StringProperty()
    alarm = BooleanProperty(False)
    unseen: dict[str, Any]

    def open(self, **values: Any) -> None:
        self.reset()
        self.look()

    def on_return(self) -> None:
        self.look()

    def look(self, _answer: Any = None) -> None:
        """Reload the items not seen."""
        inventory, now = self.app.services.inventory, self.app.now()

        def read(who: str) -> Any:
            count = inventory.count()
            ids = inventory.find(now=now, wanted="unseen") if count else []
            return count, inventory.lines(ids)

        self.load("hand_over", read, self._show)

    def _show(self, found: Any) -> None:
        tr, (count, unseen) = self.app.tr, found
        self.count = count
        self.unseen = {one.id: one for one in unseen}
        page = self.ids.listed.page
        self.lines = [
            Line(
                one.id,
                tr.name(one.names),
                "  ·  ".join(filter(None, (one.place, one.size, display(one.label_code)))),
                tr._(STATE_WORDS[one.state]),
                photo=one.photo,
            )
            for one in unseen
        ]
        self.ids.listed.page = page

    @property
    def runs(self) -> bool:
        """Return whether a count is running."""
        return self.count is not None and self.count.ended_at is None

    def turn(self) -> None:
        """Begin or end a count."""
        inventory, now = self.app.services.inventory, self.app.now()
        act = inventory.end if self.runs else inventory.begin
        self.said, self.alarm = "", False
        self.do("goods", lambda who: act(now=now, who=who), self.look)

    def scanned(self, code: Code) -> bool:
        if not self.runs or code.kind is not Kind.ITEM:
            return False
        app, now = self.app, self.app.now()
        services = app.services

        def see(who: str) -> Any:
            item = services.goods.by_label(code, now)
            return services.inventory.see(item_id=item.id, now=now, who=who, scanned=True)

        self.do("hand_over", see, self._seen)
        return True

    def _seen(self, item: Any) -> None:
        """Show the scanned item; if it should not be on a shelf, ask what to do."""
        tr = self.app.tr
        self.alarm = item.state in (ItemState.WITHDRAWN, ItemState.GIVEN)
        name = tr.name(item.names)
        self.said = "  ·  ".join(filter(None, (name, place_words(tr, item), tr._(STATE_WORDS[item.state]))))
        if self.alarm:
            choices = [(tr._("Close"), lambda: None, True)]
            if item.state == ItemState.WITHDRAWN and item.reason != WithdrawReason.DUPLICATE:
                choices.insert(0, (tr._("Put back on the shelf"), lambda: self._put_back(item.id), False))
            self.app.shell.say(name, tr._("The inventory says that it is no longer here."), choices)
        self.look()

    def _put_back(self, item_id: str) -> None:
        shelf, now = self.app.services.shelf, self.app.now()
        self.do("goods", lambda who: shelf.put_back(item_id=item_id, now=now, who=who), self.look)

    def choose(self, item_id: str) -> None:
        """Ask about an item that was not seen."""
        tr, one = self.app.tr, self.unseen[item_id]
        choices: list[Any] = [(tr._("Show the thing"), lambda: self._open(item_id), False)]
        if self.runs:
            choices.insert(0, (tr._("It is here"), lambda: self._by_hand(item_id), True))
        if self.member.may("goods"):
            choices.append((tr._("Cannot be found"), lambda: self._missing(item_id), False))
        choices.append((tr._("Close"), lambda: None, False))
        self.app.shell.say(tr.name(one.names), "  ·  ".join(filter(None, (one.place, one.size))), choices)

    def _by_hand(self, item_id: str) -> None:
        inventory, now = self.app.services.inventory, self.app.now()
        self.do("hand_over", lambda who: inventory.see(item_id=item_id, now=now, who=who, scanned=False), self._seen)

    def _missing(self, item_id: str) -> None:
        shelf, now = self.app.services.shelf, self.app.now()
        self.do(
            "goods",
            lambda who: shelf.withdraw(item_id=item_id, reason=WithdrawReason.MISSING, now=now, who=who),
            self.look,
        )

    def _open(self, item_id: str) -> None:
        app, now = self.app, self.app.now()
        self.do(
            "hand_over",
            lambda who: app.services.scan.item(app.services.goods.item(item_id, now), now),
            app.code_router.show,
        )

    @told_by("count")
    def progress(self) -> str:
        """Text of the progress, or the date of the last count."""
        tr, count = self.app.tr, self.count
        if count is None:
            return str(tr._("Begin a count, walk along the shelves, and scan every label."))
        if count.ended_at is not None:
            return str(tr("The last count ended on {day}.", day=tr.language.short_date(count.ended_at)))
        return str(tr("{seen} of {total} seen. Scan the next label.", seen=count.seen, total=count.total))

    @told_by("count")
    def turn_words(self) -> str:
        """Label of the button."""
        return str(self.app.tr._("End the count") if self.runs else self.app.tr._("Begin a count"))

    @told_by("count")
    def none_words(self) -> str:
        """Text of an empty list."""
        tr = self.app.tr
        return str(tr._("No count has been made yet.") if self.count is None else tr._("Everything was seen."))

    def reset(self) -> None:
        self.count = None
        self.lines = None
        self.unseen = {}
        self.said, self.alarm = "", False
