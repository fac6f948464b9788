"""Sync status of this tablet, and conflicts with other tablets."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, ListProperty, StringProperty

from kiosk.codes.codes import Code
from kiosk.errors import N_
from kiosk.hub.errors import HubDiskFull, HubFull, HubReadOnly, WrongHub
from screens.widgets.lists import Line

from . import other_tablets
from .base import StaffScreen

#: Refresh interval, seconds.
FRESH = 3
#: What is told of a hub that does not answer, and messages that say more.
AWAY = N_("The other tablets cannot be reached at the moment.")
TOLD = (HubReadOnly.default, HubDiskFull.default, WrongHub.default)
#: Name of the next tablet.
NEXT = N_("Tablet {number}")
#: Units of a duration; the largest that fits is used.
UNITS = (
    (timedelta(days=2), timedelta(days=1), "d"),
    (timedelta(hours=2), timedelta(hours=1), "h"),
    (timedelta(minutes=2), timedelta(minutes=1), "min"),
    (timedelta(0), timedelta(seconds=1), "s"),
)


def passed(tr: Any, time: timedelta) -> str:
    """Return a duration as text in one unit."""
    for least, unit, name in UNITS:
        if time >= least:
            return str(tr.language.quantity(int(time / unit), name))
    return str(tr.language.quantity(0, UNITS[-1][2]))


def standing(tr: Any, view: Any, now: datetime) -> tuple[str, str]:
    """Return (headline, details) of the sync status."""
    if not view.joined:
        return "–", str(tr._("Works alone"))
    if view.in_step_at is None:
        return str(tr._("Not connected")), str(tr._("Never up to date yet"))
    time = passed(tr, max(timedelta(0), now - view.in_step_at))
    if view.in_step(now) and not view.waiting:
        return str(tr._("Up to date")), str(tr("{time} ago", time=time))
    words = tr.n("for {time}, {count} waiting", "for {time}, {count} waiting", view.waiting)
    return str(tr._("Not connected")), str(words).format(time=time, count=view.waiting)


def in_words(tr: Any, wrong: str) -> str:
    """Return the fault of an entry set aside or refused as text: a keyword of the hub or of the journal, or a field."""
    unreadable = tr._("It cannot be read.")
    known = {
        "ahead": tr._("Its time is more than a day ahead."),
        "time": tr._("Its time is wrong."),
        "who": tr._("Who wrote it may not do that."),
        "id": tr._("It does not fit the log of its tablet."),
        "chain": tr._("It does not fit the log of its tablet."),
    } | dict.fromkeys(("kind", "payload", "unreadable", "size"), unreadable)
    return str(known.get(wrong) or tr("This part of it is wrong: {field}", field=wrong))


class TabletsScreen(StaffScreen):
    """Shows conflicts first: two tickets for one unit. A scanned invitation joins a hub."""

    lines = ListProperty(None, allownone=True)
    stands = StringProperty()
    empty_art = StringProperty("all_done.png")
    #: Whether this tablet could be the hub, and whether it is one that can invite others.
    may_host = BooleanProperty(False)
    hosts = BooleanProperty(False)
    codes: dict[str, Code]

    def __init__(self, **kwargs: Any) -> None:
        self._refresh = Clock.create_trigger(lambda dt: self.look(), FRESH, interval=True)
        super().__init__(**kwargs)
        self.others = other_tablets.OtherTablets(self, self.look)
        self.bind(on_leave=lambda *_: self._refresh.cancel())

    def open(self, **values: Any) -> None:
        self.look()
        self._refresh()
        if "invitation" in values:
            self._join(values["invitation"])

    def on_return(self) -> None:
        self.open()

    def look(self) -> None:
        """Reload the status."""
        app, now = self.app, self.app.now()

        def look(who: str) -> Any:
            hub = app.background.hub
            items = [app.services.goods.item(item_id, now) for item_id in hub.relabelled()]
            others = other_tablets.read(app.services, now)
            hosting = app.background.hosting.look()
            conflicts = app.services.tickets.in_conflict()
            return hub.look(), hosting, conflicts, items, hub.refused(), hub.put_aside(), others

        self.load("hand_over", look, self._show, lambda error: None)

    def _show(self, found: Any) -> None:
        tr = self.app.tr
        view, hosting, tickets, items, refused, aside, others = found
        self.may_host, self.hosts = hosting.possible and not view.joined, hosting.on and view.joined
        self.empty_art = "alone.png" if not view.joined else "offline.png" if view.trouble else "all_done.png"
        self.stands = "  ·  ".join(self._standing(view, hosting) if view.joined else [self._alone(hosting)])
        self.codes = {ticket.id: ticket.code for ticket in tickets} | {item.id: item.label_code for item in items}
        urgent, later = self.others.lines(others)
        lines = [*urgent, *self._conflict_lines(tickets), *self._label_lines(items)]
        lines += [
            Line(
                "",
                tr._("The other tablets rejected an entry"),
                kind,
                tr.language.short_date(time),
                icon="close_circle",
            )
            for kind, time in refused
        ]
        lines += [
            Line(
                "",
                tr._("An entry of this tablet is wrong and was left out")
                if entry.own
                else tr._("An entry from another tablet is wrong and was left out"),
                "  ·  ".join(filter(None, (entry.kind, in_words(tr, entry.wrong)))),
                "",
                icon="close_circle",
            )
            for entry in aside
        ]
        lines += later
        if lines != self.lines:
            self.lines = lines

    def _alone(self, hosting: Any) -> str:
        """Return what is said of a tablet that works alone, or is becoming the hub."""
        tr = self.app.tr
        if hosting.starting:
            return str(tr._("This tablet becomes the hub. That takes a minute or two."))
        if hosting.trouble is not None:
            return str(tr.error(hosting.trouble))
        return str(tr._("This tablet works alone. Scan an invitation to join others."))

    def _standing(self, view: Any, hosting: Any) -> list[str]:
        """Return what is said of a tablet that belongs to a hub, in parts."""
        tr = self.app.tr
        number, words = standing(tr, view, self.app.now())
        parts = [view.centre, f"{number} {words}"]
        if hosting.on:
            parts.append(tr._("This tablet is the hub"))
        if view.clock_off:
            parts.append(tr("The clock is wrong by {time}", time=passed(tr, abs(view.clock_off))))
        if view.full:
            parts.append(tr._(HubFull.default))
        if view.trouble:
            parts.append(tr._(view.trouble if view.trouble in TOLD else AWAY))
        return parts

    def _conflict_lines(self, tickets: list[Any]) -> list[Line]:
        """Return the lines of tickets that lost their unit to another one."""
        tr = self.app.tr
        return [
            Line(
                ticket.id,
                ticket.named(tr.language),
                tr._("Handed over twice. Was the label on the wrong thing?")
                if ticket.given_twice
                else tr._("Someone else was first. Find a solution for both."),
                tr.language.short_date(ticket.deadline),
                icon="alert",
                photo=ticket.item.photo,
                alarm=True,
            )
            for ticket in tickets
        ]

    def _label_lines(self, items: list[Any]) -> list[Line]:
        """Return the lines of items that need a new label."""
        tr = self.app.tr
        return [
            Line(
                item.id,
                tr.name(item.names),
                tr._("Print its new label and put it over the old one."),
                "",
                icon="label_outline",
                photo=item.photos[0] if item.photos else None,
            )
            for item in items
        ]

    def choose(self, key: str) -> None:
        """Open a ticket in conflict, or an item with a new label."""
        app, now = self.app, self.app.now()
        if key and not self.others.touched(key):
            code = self.codes[key]
            self.do(
                "hand_over",
                lambda who: app.services.scan.look_up(code, now),
                lambda found: app.shell.go("found", found=found),
            )

    def ask_to_host(self) -> None:
        """Say what it means to be the hub, and ask."""
        tr = self.app.tr
        self.app.shell.say(
            tr._("Make this tablet the hub?"),
            tr._(
                "The tablets of the centre exchange everything through it. Leave it switched on while the centre is open. "
                "If it is off, each tablet works alone and catches up later."
            ),
            [
                (tr._("Not now"), lambda: None, True),
                (tr._("Make it the hub"), self._host, False),
            ],
        )

    def _host(self) -> None:
        app, tr = self.app, self.app.tr
        centre, name = app.settings.centre.name, tr._(NEXT)
        self.do(
            "people",
            lambda who: app.background.hosting.switch_on(centre=centre, name=name),
            lambda answer: self.look(),
            app.show_error,
        )

    def _join(self, invitation: str) -> None:
        app, tr = self.app, self.app.tr

        def joined(view: Any) -> None:
            app.shell.say(tr._("This tablet now works with others"), view.centre)
            self.look()

        app.staff_work("people", lambda who: app.background.hub.join(invitation), joined)

    def reset(self) -> None:
        self._refresh.cancel()
        self.lines = None
        self.stands = ""
        self.may_host = self.hosts = False
        self.codes = {}
