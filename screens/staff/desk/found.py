"""The result of a scan: item or ticket, state, and actions, most likely first."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ListProperty, ObjectProperty, StringProperty

from kiosk.codes.codes import Code, Kind
from kiosk.errors import KioskError
from kiosk.vocabulary.states import ItemState, SlipKind, TicketState
from screens.frame.screen import told_by
from screens.widgets.buttons import TextButton
from screens.widgets.choices import Option
from screens.words.desk import (
    ACTION_RIGHTS,
    ACTION_WORDS,
    HANDED_OVER,
    REASON_WORDS,
    REASONS,
    STATE_ICONS,
    TICKET_WORDS,
)
from screens.words.goods import STATE_WORDS, place_words, set_words

from .base import StaffScreen

#: Largest number of pieces that is offered by a touch.
MOST_CHOICES = 12


class Action(TextButton):
    """A button of an action."""

    key = StringProperty()
    main = BooleanProperty(False)
    alone = BooleanProperty(False)  # the main one, with no other beside it


class FoundScreen(StaffScreen):
    """Shows a ticket or an item. A hand-over is one touch, followed by an offer to undo it."""

    found = ObjectProperty(None, allownone=True)
    item = ObjectProperty(None, allownone=True)
    state = StringProperty()
    state_icon = StringProperty()
    detail = StringProperty()
    good = BooleanProperty(False)
    busy = BooleanProperty(False)
    merging = BooleanProperty(False)
    like = ListProperty()

    def on_language_changed(self) -> None:
        if self.found and self.app.member:
            self._show(self.found)

    def open(self, **values: Any) -> None:
        self.busy = self.merging = False
        self.given = ""
        self._show(values["found"])

    def on_return(self) -> None:
        self.look_again()

    def look_again(self) -> None:
        """Reload the result."""
        if self.found:
            app, code, now = self.app, self.found.code, self.app.now()
            self.load("hand_over", lambda who: app.services.scan.look_up(code, now), self._show, self._failed)

    def _show(self, found: Any) -> None:
        tr = self.app.tr
        self.found, self.item, self.busy = found, found.item, False
        self.like = list(found.like)
        ticket = found.ticket
        key = ticket.state if found.kind == SlipKind.TICKET else found.item.state
        just_given = found.kind == SlipKind.TICKET and ticket.id == self.given and key == TicketState.COLLECTED
        words = TICKET_WORDS if found.kind == SlipKind.TICKET else STATE_WORDS
        self.state = tr._(HANDED_OVER if just_given else words[key])
        self.state_icon = "check_circle" if just_given else STATE_ICONS[key]
        self.good = just_given or found.actions[:1] in (("hand_over",), ("give",))
        self.detail = self._detail(found)
        self._offer(found.actions)

    def _detail(self, found: Any) -> str:
        tr, ticket, item = self.app.tr, found.ticket, found.item
        if self.merging:
            return str(tr._("Now scan the label of the other one."))
        if item.state == ItemState.WITHDRAWN:
            return str(tr._(REASON_WORDS[item.reason])) if item.reason in REASON_WORDS else ""
        if found.kind == SlipKind.TICKET and ticket.state != TicketState.RESERVED and ticket.ended_at:
            return f"{tr.language.short_date(ticket.ended_at)}  {tr.time(ticket.ended_at)}"
        if ticket is not None and ticket.state == TicketState.RESERVED:
            until = f"{tr.language.short_date(ticket.deadline)}  {tr.time(ticket.deadline)}"
            return str(tr("Reserved until {time}", time=until))
        return ""

    def _offer(self, actions: Any) -> None:
        column = self.ids.actions
        column.clear_widgets()
        member = self.member
        shown = [key for key in actions if key in ACTION_WORDS and member.may(ACTION_RIGHTS.get(key, "hand_over"))]
        prints = self.app.services.print_queue
        if not prints.address(SlipKind.TICKET):
            shown = [key for key in shown if key != "print"]
        if not prints.address("label"):
            shown = [key for key in shown if key != "label"]
        for at, key in enumerate(shown):
            words, icon = ACTION_WORDS[key]
            main = at == 0 and key in ("hand_over", "give", "reactivate", "put_back")
            button = Action(key=key, icon=icon, text=self.app.tr._(words), main=main)
            button.bind(on_release=lambda button: self.act(button.key))
            column.add_widget(button)

    def act(self, key: str) -> None:
        """Carry out the action `key`."""
        getattr(self, f"_{key}")()

    def _run(self, right: str, work: Any, done: Any) -> None:
        if not self.busy:
            self.busy = True
            self.do(right, work, done, self._failed)

    def _failed(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)
        if self.app.shell.current == self.name:
            self._quietly_again()

    def _quietly_again(self) -> None:
        app, code, now = self.app, self.found.code, self.app.now()
        self.load("hand_over", lambda who: app.services.scan.look_up(code, now), self._show, lambda error: None)

    def _after(self, _answer: Any) -> None:
        self.busy = False
        self.look_again()

    # hand-over

    def _hand_over(self) -> None:
        app, code, now = self.app, self.found.ticket.code, self.app.now()
        self._run(
            "hand_over",
            lambda who: app.services.tickets.hand_over(code=code, now=now, who=who),
            self._handed_over,
        )

    def _give(self) -> None:
        """Hand over without a ticket; of a lot, ask how many."""
        if self.item.together or self.item.most <= 1:
            self._give_pieces(self.item.least)
            return
        options = [Option(str(count), str(count)) for count in range(1, min(self.item.most, MOST_CHOICES) + 1)]
        self.pick(self.app.tr._("How many?"), options, lambda count: self._give_pieces(int(count)))

    def _give_pieces(self, pieces: int) -> None:
        app, item_id, now = self.app, self.item.id, self.app.now()
        said = {"item_id": item_id, "language": app.settings.centre.default_language, "pieces": pieces}
        self._run("hand_over", lambda who: app.services.tickets.give(now=now, who=who, **said), self._handed_over)

    def _handed_over(self, ticket: Any) -> None:
        """Show the collected ticket with Undo."""
        app, now = self.app, self.app.now()
        self.given = ticket.id
        self.load("hand_over", lambda who: app.services.scan.ticket(ticket, now), self._show, self._failed)

    def _undo_hand_over(self) -> None:
        app, code, now = self.app, self.found.ticket.code, self.app.now()
        self.given = ""
        self._run(
            "hand_over", lambda who: app.services.tickets.undo_hand_over(code=code, now=now, who=who), self._after
        )

    def _reactivate(self) -> None:
        app, code, now = self.app, self.found.ticket.code, self.app.now()
        self._run("hand_over", lambda who: app.services.tickets.reactivate(code=code, now=now, who=who), self._after)

    def _cancel(self) -> None:
        app, code, now = self.app, self.found.ticket.code, self.app.now()
        self._run("hand_over", lambda who: app.services.tickets.cancel(code=code, now=now, who=who), self._after)

    # printing

    def _print(self) -> None:
        self._queue(SlipKind.TICKET, self.found.ticket.id, self.found.ticket.language)

    def _label(self) -> None:
        self._queue("label", self.item.id, "fi")

    def _queue(self, kind: str, subject: str, language: str) -> None:
        app, now = self.app, self.app.now()

        def queued(job: Any) -> None:
            self.busy = False
            app.background.spooler.wake()
            app.shell.say(
                app.tr._("It is being printed"), app.tr("Copy {number}", number=job.copy) if job.copy > 1 else ""
            )

        self._run(
            "print",
            lambda who: app.services.print_queue.add(kind=kind, subject=subject, language=language, now=now, who=who),
            queued,
        )

    # the item

    def _edit(self) -> None:
        shell, item = self.app.shell, self.item
        shell.leave(lambda: shell.go("take_in", item=item))  # the sheet may have input for another item

    def _withdraw(self) -> None:
        self.pick(self.app.tr._("Why are you taking it off the shelf?"), REASONS, self._withdraw_for)

    def _withdraw_for(self, reason: str) -> None:
        app, item_id, now = self.app, self.item.id, self.app.now()
        self._run(
            "goods",
            lambda who: app.services.shelf.withdraw(item_id=item_id, reason=reason, now=now, who=who),
            self._after,
        )

    def _put_back(self) -> None:
        app, item_id, now = self.app, self.item.id, self.app.now()
        self._run("goods", lambda who: app.services.shelf.put_back(item_id=item_id, now=now, who=who), self._after)

    def _merge(self) -> None:
        self.merging = not self.merging
        self.detail = self._detail(self.found)

    def scanned(self, code: Code) -> bool:
        if not self.merging or code.kind is not Kind.ITEM:
            return False
        self.merging = False
        app, item, now = self.app, self.item, self.app.now()

        def looked(other: Any) -> None:
            tr = app.tr
            app.shell.say(
                tr("Is it the same thing as {code}?", code=other.label_code),
                tr._("This entry will be removed. Its pictures and tickets move to the other one."),
                [
                    (tr._("No"), lambda: None, True),
                    (tr._("Yes, merge them"), lambda: self._join(item.id, other.id), False),
                ],
            )

        self.do("goods", lambda who: app.services.goods.by_label(code, now), looked, self._failed)
        return True

    def _join(self, item_id: str, into: str) -> None:
        app, now = self.app, self.app.now()

        def joined(item: Any) -> None:
            self.busy = False
            app.work(lambda: app.services.scan.look_up(item.label_code, now), self.latest(self._show))

        self._run("goods", lambda who: app.services.shelf.merge(item_id=item_id, into=into, now=now, who=who), joined)

    def offer(self, item_id: str) -> None:
        """Open a similar item."""
        app, now = self.app, self.app.now()
        self.load(
            "hand_over", lambda who: app.services.scan.item(app.services.goods.item(item_id, now), now), self._show
        )

    @told_by("found")
    def title(self) -> str:
        """The name of the thing, with the pieces on a ticket."""
        tr, found = self.app.tr, self.found
        if found is None:
            return ""
        return found.ticket.named(tr.language) if found.kind == SlipKind.TICKET else tr.name(found.item.names)

    @told_by("item")
    def place(self) -> str:
        """Text of the location."""
        return place_words(self.app.tr, self.item)

    @told_by("item")
    def left(self) -> str:
        """Text of the units left of a lot."""
        item = self.item
        if item is None or item.quantity <= 1:
            return ""
        if item.together:
            return set_words(self.app.tr, item)
        return self.app.tr("{left} of {count} left", left=item.left, count=item.quantity)

    def reset(self) -> None:
        self.found = self.item = None
        self.given = ""
        self.like = []
        self.busy = self.merging = False
        self.ids.actions.clear_widgets()
