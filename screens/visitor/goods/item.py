"""The page of one item: large photos, details, and the button to reserve it."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty

from kiosk.errors import N_, KioskError
from kiosk.services.goods.categories import category_name
from kiosk.vocabulary.states import ItemState
from screens.frame.screen import KioskScreen, told_by
from screens.words.goods import STATE_WORDS, age_words, set_words

#: Text about an item by its state.
STORIES = {
    ItemState.AVAILABLE: N_("It costs nothing. Take a ticket, and the staff will give it to you at the desk."),
    ItemState.RESERVED: N_("Someone has reserved this. If they do not collect it in time, it will be available again."),
}
GONE = N_("Someone has already taken this home. Look for another one like it.")


class ItemScreen(KioskScreen):
    """Shows `item` as loaded when the page opened; a reservation checks the database again."""

    item = ObjectProperty(None, allownone=True)
    photo_at = NumericProperty(0)
    busy = BooleanProperty(False)

    def open(self, **values: Any) -> None:
        self.photo_at = 0  # before the item, which may have fewer photos than the one before
        self.item = values["item"]
        self.busy = False
        self.ids.pieces.value = 1

    def on_return(self) -> None:
        self.look_again()

    def look_again(self) -> None:
        """Reload the item."""
        app, item_id = self.app, self.item.id
        app.work(lambda: app.services.goods.item(item_id), self.latest(self._show))

    def _show(self, item: Any) -> None:
        self.photo_at = min(self.photo_at, max(0, len(item.photos) - 1))
        self.item = item
        self.ids.pieces.value = max(1, min(self.ids.pieces.value, self.most))

    def turn(self, step: int) -> None:
        """Show the next or previous photo, cyclically."""
        self.photo_at = (self.photo_at + step) % max(1, len(self.item.photos))

    def reserve(self) -> None:
        """Reserve the item."""
        if self.busy:
            return
        self.busy = True
        app, item_id, held, now = self.app, self.item.id, tuple(self.app.visitor.tickets), self.app.now()
        pieces = self.item.quantity if self.item.together else int(self.ids.pieces.value)
        said = {"item_id": item_id, "language": app.tr.code, "pieces": pieces}
        app.work(
            lambda: app.services.tickets.reserve(now=now, held=held, **said),
            self._reserved,
            self._refused,
        )

    def _reserved(self, ticket: Any) -> None:
        self.busy = False
        app = self.app
        if app.shell.current != self.name:  # the visit ended before the result: cancel the ticket
            app.work(lambda: app.services.tickets.cancel(code=ticket.code, now=app.now()))
            return
        app.visitor.tickets.append(ticket.id)
        app.visitor.keep(ticket.code)
        app.shell.go("ticket", ticket=ticket, fresh=True)

    def _refused(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)
        if self.item is not None:
            self.look_again()

    @told_by("item")
    def most(self) -> int:
        """How many pieces can be reserved on one ticket."""
        item = self.item
        return item.most if item and item.state == ItemState.AVAILABLE and not item.together else 1

    @told_by("item")
    def kind(self) -> str:
        """Name of the category."""
        return category_name(self.item.own or self.item.category, self.app.tr.language) if self.item else ""

    @told_by("item")
    def age(self) -> str:
        """Text of the age group."""
        return age_words(self.app.tr, self.item)

    @told_by("item")
    def left(self) -> str:
        """Text of the units left of a lot."""
        tr, item = self.app.tr, self.item
        if item is None or item.quantity <= 1:
            return ""
        if item.together:
            return set_words(tr, item)
        return tr.n("{count} left", "{count} left", item.left).format(count=item.left)

    @told_by("item")
    def story(self) -> str:
        """Text about what the visitor can do."""
        return self.app.tr._(STORIES.get(self.item.state, GONE)) if self.item else ""

    @told_by("item")
    def call(self) -> str:
        """Label of the button."""
        tr, item = self.app.tr, self.item
        if item is None:
            return ""
        return tr._("Reserve it for me") if item.state == ItemState.AVAILABLE else tr._(STATE_WORDS[item.state])

    def reset(self) -> None:
        self.item = None
        self.busy = False
