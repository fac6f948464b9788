"""The desk's first screen: the day's overview, open tasks, and navigation."""

from __future__ import annotations

from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.graphics import Color, Rectangle
from kivy.properties import ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.services import new_id
from kiosk.services.desk.tasks import MISSED, SECOND_MISSED, stale, tasks
from kiosk.vocabulary.states import PrintState, VisitWay
from screens.frame.screen import told_by
from screens.widgets.buttons import Touch

from .base import StaffScreen
from .tablets import standing
from .todo import may, runs, task_words

#: Refresh interval while the desk is shown, seconds.
FRESH = 5
#: Minutes of one bar.
STEP = 10
LITTLE = 1024**3


class Bars(Widget):
    """A bar chart of people per ten minutes of the session."""

    values = ListProperty()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name in ("values", "size", "pos"):
            self.fbind(name, self._draw)

    def _draw(self, *_: object) -> None:
        most, width = max(self.values, default=0), self.width / max(1, len(self.values))
        theme = App.get_running_app().theme
        self.canvas.clear()
        with self.canvas:
            for at, value in enumerate(self.values):
                Color(rgba=theme.primary if value else theme.mist)
                height = max(0.06, value / most if most else 0) * self.height
                Rectangle(pos=(self.x + at * width, self.y), size=(max(1, width * 0.78), height))


class Figure(Touch):
    """A figure with its name and an icon; `alarm`: somebody has to do something."""

    icon = StringProperty()
    number = StringProperty()
    text = StringProperty()
    alarm = NumericProperty(0)


class StatusTile(Figure):
    """A figure of today and its name."""


class DeviceSign(Figure):
    """The state of a device or a copy in one short word; its name is read aloud."""

    words = StringProperty()  # the number, if there is room
    lines = NumericProperty(1)


class DeskScreen(StaffScreen):
    """Shows today's session with its count and tally, and open tasks."""

    back = False
    day = ObjectProperty(None, allownone=True)
    at = NumericProperty(0)
    session_name = StringProperty()
    #: Open tasks, most urgent first.
    todo = ListProperty()
    count = NumericProperty(0)
    tallied = NumericProperty(0)
    lately = NumericProperty(0)
    #: The present member was told of a restore.
    told = False
    #: The newest ring that was heard here.
    heard = ""

    def __init__(self, **kwargs: Any) -> None:
        self._refresh = Clock.create_trigger(lambda dt: self.look(), FRESH, interval=True)
        super().__init__(**kwargs)
        self._left_out = self._leave_out()

    def _leave_out(self) -> list[Any]:
        """Remove widgets of services that are off; returns them, to keep a reference: otherwise they would be
        collected."""
        runs = self.app.settings.services
        ours = {
            "queue": runs.guidance,
            "queue_way": runs.guidance,
            "pairs": runs.friends or runs.neighbours,
            "donations_way": runs.donations or runs.wishes,
            "volunteers_way": runs.volunteers,
        }
        widgets = [self.ids[name].__self__ for name, run in ours.items() if not run]
        for widget in widgets:
            getattr(widget.parent, "leave_out", widget.parent.remove_widget)(widget)
        return widgets

    def on_language_changed(self) -> None:
        self._show_again()

    def open(self, **values: Any) -> None:
        self.look()
        self._refresh()

    def on_return(self) -> None:
        self.open()

    def look(self) -> None:
        """Reload the figures."""
        app = self.app
        if app.shell.current != self.name and app.shell.current:
            self._refresh.cancel()
        now = app.now()
        app.staff_work(
            "hand_over",
            lambda who: (app.services.day.look(now), app.background.hub.look()),
            self._show,
            lambda error: None,
        )

    def _show_again(self) -> None:
        if self.day is not None and self.app.member is not None:  # signing out may change the language
            self._show((self.day, self.stands))

    def _show(self, found: Any) -> None:
        tr, app, now = self.app.tr, self.app, self.app.now()
        self.day, self.stands = day, stands = found
        self.at = min(self.at, max(0, len(day.sessions) - 1))
        if day.sessions:
            count = day.sessions[int(self.at)]
            self.session_name = tr.name(count.session.names) + "  " + tr.session_time(count.session)
            self.count, self.tallied, self.lately = count.people, count.tallied, count.lately
            self.ids.bars.values = bars(count)
        else:
            self.session_name = tr._("No event today")
            self.count = self.tallied = self.lately = 0
            self.ids.bars.values = []
        unsure = sum(job.state == PrintState.UNSURE or bool(job.error) for job in day.prints)
        tiles = self.ids
        tiles.waiting.number, tiles.waiting.alarm = str(len(day.waiting)), len(day.due)
        today = day.due and not app.theme.big  # big words leave no room for how many of them are due
        due = tr("To be handed over, {count} today", count=len(day.due))
        tiles.waiting.text = due if today else tr._("To be handed over")
        tiles.requests.number, tiles.requests.alarm = str(day.new_requests), day.new_requests
        tiles.queue.number = str(day.queue)
        tiles.pairs.number, tiles.pairs.alarm = str(day.due_pairs), day.due_pairs
        tiles.prints.number = str(len(day.prints)) if day.has_printer else "–"
        tiles.prints.text = tr._("To be printed") if day.has_printer else tr._("No printer")
        tiles.prints.alarm = unsure
        heard = app.scanner_input.last
        tiles.scanner.number = tr.time(heard) if heard else "–"
        tiles.backup.number = tr.language.short_date(day.backed_up) if day.backed_up else "–"
        tiles.backup.alarm = int(
            stale(day.backed_up, now, MISSED) or (day.has_second_place and stale(day.second_backup, now, SECOND_MISSED))
        )
        tiles.tablets.number, tiles.tablets.text = standing(tr, stands, now)
        if day.conflicts or stands.held:
            tiles.tablets.number, tiles.tablets.text = str(day.conflicts + stands.held), tr._("Needs attention")
        tiles.tablets.alarm = int(bool(day.conflicts or stands.held) or (stands.joined and not stands.in_step(now)))
        self.todo = [task for task in tasks(day, now) if may(self.member, task) and runs(app.settings, task)]
        tiles.storage.number = tr.language.quantity(day.free // LITTLE, "GB")
        tiles.storage.alarm = int(day.little_space)
        if day.bells and day.bells[-1].id != self.heard:
            self.heard = day.bells[-1].id
            app.chime()
        if day.restored and not self.told:
            self.told = True
            self._tell_restored(day.restored)

    def _tell_restored(self, restored: Any) -> None:
        app, tr = self.app, self.app.tr
        choices = [(tr._("OK"), lambda: None, True)]
        if self.member.may("reports"):
            choices.insert(0, (tr._("Do not show this again"), self._know_restored, False))
        text = tr(
            "The data was damaged, so the backup of {day} at {time} was restored. Anything done after that is missing.",
            day=tr.language.short_date(restored.made_at),
            time=tr.time(restored.made_at),
        )
        app.shell.say(tr._("A backup was restored"), text, choices, art="trouble.png")

    def _know_restored(self) -> None:
        now = self.app.now()
        self.do("reports", lambda who: self.app.services.day.know_restored(now=now, who=who))

    def show_backup(self) -> None:
        """Show where and when the last backups were made, and offer one now."""
        tr, day = self.app.tr, self.day
        if day is None:
            return
        lines = [tr._("On this tablet") + ": " + self._when(day.backed_up)]
        if day.has_second_place:
            lines.append(tr._("Second backup") + ": " + self._when(day.second_backup))
        else:
            lines.append(
                tr._("There is no second backup location yet. You can choose a USB stick or a folder in the settings.")
            )
        choices = [(tr._("Back up now"), self.back_up, False), (tr._("OK"), lambda: None, True)]
        self.app.shell.say(tr._("Last backup"), "\n".join(lines), choices)

    def _when(self, moment: Any) -> str:
        tr = self.app.tr
        return tr.language.short_date(moment) + " " + tr.time(moment) if moment else tr._("never")

    def back_up(self) -> None:
        """Make a backup now, here and in the second place."""
        app, now = self.app, self.app.now()
        self.do(
            "hand_over",
            lambda who: app.services.backups.make_all(now),
            lambda answer: app.shell.say(app.tr._("The backup is complete"), ""),
        )

    def next_session(self) -> None:
        """Show the next of today's sessions."""
        if self.day and len(self.day.sessions) > 1:
            self.at = (self.at + 1) % len(self.day.sessions)
            self._show((self.day, self.stands))

    @property
    def _session_id(self) -> str:
        return str(self.day.sessions[int(self.at)].session.id) if self.day and self.day.sessions else ""

    def tally(self, adults: int, children: int) -> None:
        """Tally people who did not check in on the screen."""
        app, session_id, now = self.app, self._session_id, self.app.now()
        if not session_id:
            return
        language = app.settings.centre.default_language
        self.do(
            "tally",
            lambda who: app.services.attendance.check_in(
                visit_id=new_id(now),
                session_id=session_id,
                language=language,
                adults=adults,
                children=children,
                now=now,
                who=who,
                way=VisitWay.TALLY,
            ),
            lambda visit: self.look(),
        )

    def undo_tally(self) -> None:
        """Undo the last tally."""
        app, session_id, now = self.app, self._session_id, self.app.now()

        def undo(who: str) -> None:
            visit_id = app.services.attendance.last_tally(session_id)
            if visit_id:
                app.services.attendance.undo(visit_id=visit_id, now=now, who=who)

        self.do("tally", undo, lambda answer: self.look())

    @told_by("todo")
    def todo_words(self) -> str:
        """Text of the most urgent task, and the number of others."""
        tr, more = self.app.tr, len(self.todo) - 1
        if more < 0:
            return ""
        rest = tr.n("and {count} more", "and {count} more", more).format(count=more) if more else ""
        return "  ·  ".join(filter(None, (task_words(tr, self.todo[0]), rest)))

    @told_by("lately")
    def lately_words(self) -> str:
        """Text of the people of the last minutes."""
        count = int(self.lately)
        words = self.app.tr.n("{count} in the last 15 minutes", "{count} in the last 15 minutes", count)
        return words.format(count=count)

    def reset(self) -> None:
        self._refresh.cancel()
        self.day = None
        self.todo = []
        self.told = False
        self.at = 0


def bars(count: Any) -> list[int]:
    """Return people per STEP minutes from the start to the end of a session, late ones in the last bar."""
    session = count.session
    slots = max(1, int((session.ends_at - session.starts_at).total_seconds() // (60 * STEP)))
    values = [0] * min(slots, 144)
    for minute, people in count.minutes:
        at = int((minute - session.starts_at).total_seconds() // (60 * STEP))
        values[min(max(0, at), len(values) - 1)] += people
    return values
