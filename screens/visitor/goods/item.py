"""The page of one item: large photos, what it is like, where it stands, and the button that reserves it."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty

from kiosk.errors import N_, KioskError
from kiosk.vocabulary.states import ItemState
from screens.frame.screen import KioskScreen, told_by
from screens.words.goods import STATE_WORDS, age_words, place_words

#: What is said of an item by its state.
STORIES = {
    ItemState.AVAILABLE: N_("It costs nothing. Take a ticket, and the staff will give it to you at the desk."),
    ItemState.RESERVED: N_("Someone has reserved this. If they do not collect it in time, it will be available again."),
}
GONE = N_("Someone has already taken this home. Look for another one like it.")


class ItemScreen(KioskScreen):
    """Shows `item` as it was when the page opened; a reservation asks the database again."""

    item = ObjectProperty(None, allownone=True)
    photo_at = NumericProperty(0)
    busy = BooleanProperty(False)

    def open(self, **values: Any) -> None:
        self.item = values["item"]
        self.photo_at = 0
        self.busy = False

    def on_return(self) -> None:
        self.look_again()

    def look_again(self) -> None:
        """Show the item as it is now."""
        app, item_id = self.app, self.item.id
        app.work(lambda: app.services.goods.item(item_id), self._show)

    def _show(self, item: Any) -> None:
        self.item = item

    def turn(self, step: int) -> None:
        """Show the next or previous photo, round and round."""
        self.photo_at = (self.photo_at + step) % max(1, len(self.item.photos))

    def reserve(self) -> None:
        """Take a ticket for the item."""
        if self.busy:
            return
        self.busy = True
        app, item_id, held, now = self.app, self.item.id, tuple(self.app.visitor.tickets), self.app.now()
        language = app.tr.code
        app.work(
            lambda: app.services.tickets.reserve(item_id=item_id, language=language, now=now, held=held),
            self._reserved,
            self._refused,
        )

    def _reserved(self, ticket: Any) -> None:
        self.busy = False
        app = self.app
        if app.shell.current != self.name:  # the visitor was gone before the answer: the ticket would be nobody's
            app.work(lambda: app.services.tickets.cancel(code=ticket.code, now=app.now()))
            return
        app.visitor.tickets.append(ticket.id)
        app.shell.go("ticket", ticket=ticket, fresh=True)

    def _refused(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)
        if self.item is not None:
            self.look_again()

    @told_by("item")
    def age(self) -> str:
        """For whom it is."""
        return age_words(self.app.tr, self.item)

    @told_by("item")
    def place(self) -> str:
        """Where it stands."""
        return place_words(self.app.tr, self.item)

    @told_by("item")
    def left(self) -> str:
        """How many are left, where there was more than one."""
        tr, item = self.app.tr, self.item
        if item is None or item.quantity <= 1:
            return ""
        return tr.n("{count} left", "{count} left", item.left).format(count=item.left)

    @told_by("item")
    def story(self) -> str:
        """What can be done about it."""
        return self.app.tr._(STORIES.get(self.item.state, GONE)) if self.item else ""

    @told_by("item")
    def call(self) -> str:
        """What stands on the button."""
        tr, item = self.app.tr, self.item
        if item is None:
            return ""
        return tr._("Reserve it for me") if item.state == ItemState.AVAILABLE else tr._(STATE_WORDS[item.state])

    def reset(self) -> None:
        self.item = None
        self.busy = False
