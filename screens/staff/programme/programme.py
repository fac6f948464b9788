"""The programme at the desk: sessions of the next weeks with changes, and their series."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kivy.properties import ListProperty, StringProperty

from kiosk.errors import N_
from kiosk.privacy.contact import clean_name
from kiosk.vocabulary.states import Owner, SessionState
from screens.widgets.choices import Option
from screens.widgets.lists import Line
from screens.words.gatherings import REASON_WORDS, STATE_ICONS, STATE_WORDS, repeat_words, why

from .papers import SessionPapers

#: Days shown ahead.
AHEAD = 70
TABS = (Option("dates", N_("Dates")), Option("series", N_("Series")), Option("past", N_("Past sessions")))
#: Message about how people with seats learn of a cancellation.
SEATS_TOLD = N_(
    "They see that it is cancelled, and which and when it was, in Coming events and when they scan their code. "
    "The kiosk cannot call them: please put up a notice, too."
)
REASONS = tuple(Option(key, words) for key, words in REASON_WORDS.items())


class ProgrammeScreen(SessionPapers):
    """A date offers to cancel, move, or undo that, and its papers; a series opens its sheet."""

    lines = ListProperty(None, allownone=True)
    tab = StringProperty("dates")
    sessions: dict[str, Any]
    held: dict[str, int]
    series: dict[str, Any]

    def open(self, **values: Any) -> None:
        self.turn_to("dates")

    def on_return(self) -> None:
        self.turn_to(self.tab)

    def turn_to(self, tab: str) -> None:
        """Show the dates or the series; past dates are on `SessionsScreen`."""
        self.ids.tabs.chosen = [self.tab if tab == "past" else tab]
        if tab == "past":
            self.app.shell.go("sessions")
            return
        self.tab = tab
        self.look()

    def look(self, _answer: Any = None) -> None:
        """Reload the list."""
        app, now = self.app, self.app.now()
        today = app.local_day(now)
        if self.tab == "series":
            self.load("events", lambda who: app.services.programme.series(now), self._show_series)
            return

        def plan(who: str) -> Any:
            found = app.services.gatherings.plan(today, today + timedelta(days=AHEAD))
            return [
                (session, app.services.seats.count(session)) for session in found if session.state != SessionState.AWAY
            ]

        self.load("events", plan, self._show_dates)

    def _show_dates(self, found: Any) -> None:
        tr = self.app.tr
        self.sessions = {session.id: session for session, _ in found}
        self.held = {session.id: count.booked + count.waiting for session, count in found}
        lines = []
        for session, count in found:
            when = f"{tr.language.short_date(session.starts_at)}  {tr.session_time(session)}"
            mark = tr._(STATE_WORDS[session.state]) if session.state in STATE_WORDS else ""
            if not mark and session.seats:
                mark = f"{count.booked} / {session.seats}" + (f" + {count.waiting}" if count.waiting else "")
            lines.append(
                Line(
                    session.id, tr.name(session.names), "  ·  ".join(filter(None, (when, session.place, why(tr, session)))),
                    mark, icon=STATE_ICONS[session.state], alarm=session.state in (SessionState.CANCELLED, SessionState.MOVED),
                )
            )  # fmt: skip
        self.lines = lines

    def _show_series(self, found: Any) -> None:
        tr = self.app.tr
        self.series = {series.id: series for series in found}
        self.lines = [
            Line(
                series.id, tr.name(series.names),
                f"{repeat_words(tr, series.rule, series.since)}  ·  {tr.language.clock(f'{series.start}-{series.end}')}  ·  {series.place}",
                (tr._("File, changed here") if series.changed else tr._("Settings file")) if series.owner == Owner.SETTINGS else "",
                icon="calendar_sync_outline",
            )
            for series in found
        ]  # fmt: skip

    def add(self) -> None:
        """Open the sheet of a new series or event."""
        self.app.shell.go("series")

    def choose(self, key: str) -> None:
        """Open a series, or offer the actions on a session."""
        if self.tab == "series":
            self.app.shell.go("series", series=self.series[key])
            return
        tr, session = self.app.tr, self.sessions[key]
        text = f"{tr.weekday_date(session.starts_at)}  {tr.session_time(session)}\n{session.place}"
        choices: list[Any] = []
        if session.takes_place:
            choices.append((tr._("Move this session"), lambda: self._move(session), False))
            choices.append((tr._("Cancel this session"), lambda: self._cancel(session), False))
            choices += self.papers(session)
        if session.state in (SessionState.MOVED, SessionState.CANCELLED):
            choices.append((tr._("Keep the original plan"), lambda: self._act("take_back", session), False))
        if session.state == SessionState.HOLIDAY:
            choices.append((tr._("Hold it anyway"), lambda: self._act("hold", session), False))
        choices.append((tr._("The whole series"), lambda: self._open_series(session), False))
        choices.append((tr._("Close"), lambda: None, True))
        self.app.shell.say(tr.name(session.names), text, choices)

    def _open_series(self, session: Any) -> None:
        app = self.app
        self.do(
            "events",
            lambda who: app.services.programme.by_id(session.gathering_id),
            lambda series: app.shell.go("series", series=series),
        )

    def _act(self, name: str, session: Any, **said: Any) -> None:
        act, now = getattr(self.app.services.programme, name), self.app.now()
        self.do("events", lambda who: act(session_id=session.id, now=now, who=who, **said), self.look)

    def _cancel(self, session: Any) -> None:
        """Cancel: ask for confirmation if there are bookings, then for the reason."""
        tr, people = self.app.tr, self.held.get(session.id, 0)
        question = tr._("Why is it cancelled?")

        def go_on() -> None:
            self.pick(question, REASONS, lambda reason: self._act("cancel", session, reason=reason))

        if people:
            warn_of_seats(self.app, tr._("Cancel this session?"), people, go_on, tr._("Yes, cancel it"))
        else:
            go_on()

    def _move(self, session: Any) -> None:
        """Move: ask for day, time, place and reason in turn."""
        app, tr = self.app, self.app.tr
        start = self._local(session.starts_at)
        length = self._local(session.ends_at) - start

        def day_chosen(day: date) -> None:
            app.shell.go("pick_time", question=tr._("At what time does it begin?"), time=f"{start:%H:%M}",
                         done=lambda time: time_chosen(day, time))  # fmt: skip

        def time_chosen(day: date, time: str) -> None:
            self.ask(tr._("Where?"), lambda place: placed(day, time, place), text=session.place, check=clean_name)

        def placed(day: date, time: str, place: str) -> None:
            end = f"{datetime.combine(day, datetime.strptime(time, '%H:%M').time()) + length:%H:%M}"
            self.pick(
                tr._("Why is it moved?"), REASONS,
                lambda reason: self._act("move", session, day=day, start=time, end=end, place=place, reason=reason),
            )  # fmt: skip

        today = app.local_day(app.now())
        app.shell.go(
            "pick_day", question=tr._("Move to which day?"), day=max(start.date(), today), least=today, done=day_chosen
        )

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.app.settings.centre.timezone)).replace(tzinfo=None)

    def reset(self) -> None:
        self.lines = None
        self.sessions = {}
        self.held = {}
        self.series = {}
        self.tab = "dates"


def warn_of_seats(app: Any, question: str, people: int, go_on: Callable[[], object], yes: str) -> None:
    """Ask for confirmation of a cancellation if `people` have seats or wait for them."""
    tr = app.tr
    booked = tr.n("{count} person has booked a seat.", "{count} people have booked seats.", people)
    text = booked.format(count=people) + "\n" + tr._(SEATS_TOLD)
    app.shell.say(question, text, [(tr._("No, keep it"), lambda: None, True), (yes, go_on, False)])
