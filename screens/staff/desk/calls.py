"""Whom to call: what each person must be told, with their number while the key is unlocked."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ListProperty

from kiosk.codes.codes import display
from kiosk.errors import N_
from kiosk.language.translation import LANGUAGES
from kiosk.vocabulary.states import CallReason
from screens.widgets.lists import Line

from .base import StaffScreen

#: What to tell, and its icon.
REASONS: dict[str, tuple[str, str]] = {
    CallReason.SESSION_CANCELLED: (N_("The event is cancelled"), "calendar_remove_outline"),
    CallReason.SESSION_MOVED: (N_("The event has moved"), "calendar_arrow_right"),
    CallReason.TIME_CANCELLED: (N_("The appointment is cancelled"), "calendar_remove_outline"),
    CallReason.TIME_MOVED: (N_("The appointment has a new time"), "calendar_clock"),
    CallReason.SEAT_FREE: (N_("There are seats for them now"), "seat_outline"),
    CallReason.WISH_HERE: (N_("The thing they wished for is here"), "star_shooting_outline"),
    CallReason.FOLLOW_UP: (N_("Ask how the pair is doing"), "account_multiple_outline"),
}


class CallsScreen(StaffScreen):
    """Lists the calls; numbers are in memory only, and dropped when the key locks."""

    lines = ListProperty(None, allownone=True)
    locked = BooleanProperty(True)
    calls: dict[str, Any]
    details: dict[str, dict[str, Any]]

    def open(self, **values: Any) -> None:
        self.reset()
        self.look()

    def on_return(self) -> None:
        if not self.app.services.keyring.is_open(self.app.now()):
            self._lock()
        self.look()

    def on_language_changed(self) -> None:
        if self.lines is not None:
            self._list()

    def look(self, _answer: Any = None) -> None:
        """Reload the list; with the key unlocked, the numbers too."""
        app, now = self.app, self.app.now()
        if app.services.keyring.is_open(now) and self.member.may("personal"):
            self.unlock()
        else:
            self.load("requests", lambda who: (app.services.calls.due(now), {}), self._show)

    def unlock(self) -> None:
        """Show the numbers; asks for the passphrase if the key is locked."""
        app, now, calls = self.app, self.app.now(), self.app.services.calls
        self.do_unlocked(
            lambda private, who: (calls.due(now), calls.read(private=private, now=now, who=who)),
            self._unlocked,
            app.show_error,
        )

    def _unlocked(self, found: Any) -> None:
        self.locked = False
        self.when_locked(self._lock)
        self._show(found)

    def _lock(self) -> None:
        self.forget_lock()
        self.locked, self.details = True, {}
        if self.lines is not None:
            self._list()

    def _show(self, found: Any) -> None:
        calls, self.details = found
        self.calls = {call.id: call for call in calls}
        self._list()

    def _list(self) -> None:
        tr = self.app.tr
        self.lines = [
            Line(
                call.id,
                tr._(REASONS[call.reason][0]),
                "  ·  ".join(filter(None, (self._about(call), self._who(call)))),
                self._phone(call) or display(call.code),
                icon=REASONS[call.reason][1],
            )
            for call in self.calls.values()
        ]

    def _about(self, call: Any) -> str:
        """Return what it is about: the thing, the event, the time."""
        tr = self.app.tr
        when = tr.language.short_date(call.day) if call.day else ""
        if call.starts_at:
            when = f"{tr.weekday_date(call.starts_at)}  {tr.time(call.starts_at)}"
        return "  ·  ".join(filter(None, (tr.name(call.names) if call.names else "", when)))

    def _who(self, call: Any) -> str:
        """Return the names they gave and the language of their call."""
        known = [self.details[one] for one in call.requests if one in self.details]
        names = [str(one["name"]) for one in known if one.get("name")]
        spoken = {LANGUAGES[one["language"]] for one in known if one.get("language") in LANGUAGES}
        return "  ·  ".join(("  –  ".join(names), *sorted(spoken))) if names else "  ·  ".join(sorted(spoken))

    def _phone(self, call: Any) -> str:
        """Return the one number; a pair has two, which its screen shows."""
        numbers = [self.details.get(one, {}).get("phone", "") for one in call.requests]
        return str(numbers[0]) if len(numbers) == 1 else ""

    def choose(self, call_id: str) -> None:
        """Show the number large, to be ticked off; a follow-up is done on the screen of its pair."""
        tr, call = self.app.tr, self.calls[call_id]
        if call.pair is not None:
            self.app.shell.go("pair", pair=call.pair)
            return
        told = (tr._("I told them"), lambda: self._tick(call_id), False)
        show = (tr._("Show the numbers"), self.unlock, False)
        choices = [(tr._("Close"), lambda: None, True), *([show] if self.locked else []), told]
        text = "\n".join(filter(None, (tr._(REASONS[call.reason][0]), self._about(call), self._who(call))))
        self.app.shell.say(self._phone(call) or display(call.code), text, choices)

    def _tick(self, call_id: str, made: bool = True) -> None:
        """Tick a call off, or take that back."""
        app, tr, now = self.app, self.app.tr, self.app.now()

        def done(_answer: Any) -> None:
            if made:
                undo = (tr._("Undo"), lambda: self._tick(call_id, made=False), False)
                app.shell.say(tr._("Noted"), "", [(tr._("OK"), lambda: None, True), undo])
            self.look()

        self.do("requests", lambda who: app.services.calls.tick(call_id=call_id, made=made, now=now, who=who), done)

    def reset(self) -> None:
        self.forget_lock()
        self.lines = None
        self.locked = True
        self.calls, self.details = {}, {}
