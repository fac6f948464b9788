"""Open tasks by urgency; a touch opens the screen of a task."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty

from kiosk.services.desk.tasks import RIGHTS, SCREENS, tasks
from screens.widgets.lists import Line

from .base import StaffScreen

ICONS = {
    "bell": "hand_wave",
    "storage": "harddisk",
    "backup": "backup_restore",
    "second_backup": "backup_restore",
    "conflicts": "alert",
    "printer": "printer_alert",
    "appointments": "calendar_clock",
    "calls": "phone_outline",
    "requests": "email_outline",
    "tickets": "ticket_confirmation_outline",
    "holds": "star_outline",
    "donations": "gift_outline",
    "pairs": "account_multiple_outline",
    "shifts": "account_hard_hat",
    "goals": "flag_outline",
    "public_page": "web",
}
#: Tasks that are urgent today.
URGENT = ("bell", "storage", "backup", "conflicts", "printer", "appointments")
#: Settings of the services that tasks belong to.
_SERVICES = {
    "appointments": ("guidance",),
    "holds": ("wishes",),
    "donations": ("donations",),
    "pairs": ("friends", "neighbours"),
    "shifts": ("volunteers",),
}


def may(member: Any, task: Any) -> bool:
    """Return whether a member has the right for a task."""
    return bool(member.may(RIGHTS.get(task.kind, "hand_over")))


def runs(settings: Any, task: Any) -> bool:
    """Return whether the service of a task is on."""
    needed = _SERVICES.get(task.kind, ())
    return not needed or any(getattr(settings.services, name) for name in needed)


def task_words(tr: Any, task: Any) -> str:
    """Return a task as text."""
    count = task.number
    words = {
        "bell": tr.n("{count} visitor calls you", "{count} visitors call you", count),
        "storage": tr._("The storage is nearly full"),
        "backup": tr._("No backup since yesterday"),
        "second_backup": tr._("The second backup is overdue"),
        "conflicts": tr.n("{count} thing with two tickets", "{count} things with two tickets", count),
        "printer": tr.n("{count} slip could not be printed", "{count} slips could not be printed", count),
        "appointments": tr.n("{count} appointment has begun", "{count} appointments have begun", count),
        "calls": tr.n("{count} person to call", "{count} people to call", count),
        "requests": tr.n(
            "{count} request has waited since yesterday", "{count} requests have waited since yesterday", count
        ),
        "tickets": tr.n("{count} ticket expires today", "{count} tickets expire today", count),
        "holds": tr.n("{count} wished-for thing is here", "{count} wished-for things are here", count),
        "donations": tr.n("{count} donation waits for an answer", "{count} donations wait for an answer", count),
        "pairs": tr.n("{count} pair to contact", "{count} pairs to contact", count),
        "public_page": tr._("The public page was not renewed"),
        "shifts": tr.n("{count} shift was not ended", "{count} shifts were not ended", count),
        "goals": tr.n("{count} goal of a project is behind", "{count} goals of projects are behind", count),
    }
    return str(words[task.kind].format(count=count))


class ToDoScreen(StaffScreen):
    """Lists the open tasks."""

    lines = ListProperty(None, allownone=True)

    def open(self, **values: Any) -> None:
        self.look()

    def on_return(self) -> None:
        self.look()

    def on_language_changed(self) -> None:
        if self.app.shell.current == self.name:
            self.look()

    def look(self, _answer: Any = None) -> None:
        """Reload the tasks."""
        now = self.app.now()
        self.load("hand_over", lambda who: tasks(self.app.services.day.look(now), now), self._show)

    def _show(self, found: Any) -> None:
        tr = self.app.tr
        self.lines = [
            Line(task.kind, task_words(tr, task), icon=ICONS[task.kind], alarm=task.kind in URGENT)
            for task in found
            if may(self.member, task) and runs(self.app.settings, task)
        ]

    def choose(self, kind: str) -> None:
        """Open the screen of a task, or do it on the spot."""
        app, tr = self.app, self.app.tr
        if SCREENS[kind]:
            app.shell.go(SCREENS[kind])
        elif kind == "bell":
            self.do("hand_over", lambda who: app.services.bell.answer(now=app.now(), who=who), self.look)
        elif kind == "storage":
            app.shell.say(tr._("The storage is nearly full"), tr._("Please tell the person who maintains the tablet."))
        else:
            self._back_up()

    def _back_up(self) -> None:
        app, now = self.app, self.app.now()

        def done(_answer: Any) -> None:
            app.shell.say(app.tr._("The backup is complete"), "")
            self.look()

        self.do("hand_over", lambda who: app.services.backups.make_all(now), done)

    def reset(self) -> None:
        self.lines = None
