"""One pair: a suggestion to decide, or an active pair to follow up."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ListProperty, ObjectProperty, StringProperty

from kiosk.codes.codes import display
from kiosk.errors import N_, KioskError
from kiosk.vocabulary.states import RequestKind
from kiosk.vocabulary.words import SERVICES as SERVICE_WORDS
from screens.frame.screen import told_by
from screens.widgets.lists import Line
from screens.words.desk import PAIR_REASONS, REPEAT_WORDS, SERVICE_ICONS

from .base import StaffScreen
from .case_notes import NOTE_ICON, ask_note, note_lines, offer_note
from .pairs import names, reasons
from .volunteers import hours_of


class PairScreen(StaffScreen):
    """Shows `suggestion`, to accept or reject, or the active `pair`."""

    suggestion = ObjectProperty(None, allownone=True)
    pair = ObjectProperty(None, allownone=True)
    heading = StringProperty()
    people = ListProperty()
    facts = ListProperty()
    #: Whether the pair is for a task, with hours.
    task = BooleanProperty(False)
    busy = BooleanProperty(False)
    #: Whether names, numbers and notes are shown.
    opened = BooleanProperty(False)
    requests: dict[str, Any]
    details: dict[str, dict[str, Any]]
    notes: dict[str, Any]

    def open(self, **values: Any) -> None:
        self.reset()
        self.suggestion, self.pair = values.get("suggestion"), values.get("pair")
        self._show()

    def on_return(self) -> None:
        if self.app.services.keyring.is_open(self.app.now()):
            return
        if self.suggestion is not None:
            self._leave()
        else:
            self._close()

    def _show(self) -> None:
        tr, pair, suggestion = self.app.tr, self.pair, self.suggestion
        if suggestion is not None:
            self.heading = names(suggestion)
            self.when_locked(self._leave)
            self.facts = [Line(reason, reason, icon="check_circle_outline") for reason in reasons(suggestion, tr)]
            if suggestion.service == RequestKind.NEIGHBOUR:
                self.facts.append(self._repeat(suggestion.repeat))
        else:
            self.heading = tr._(SERVICE_WORDS[pair.service])
            self._look_up()
            self.task = pair.service == RequestKind.NEIGHBOUR
            worked = f"  ·  {tr.language.quantity(pair.hours, 'h')}" if pair.hours else ""
            since = tr._("Since"), tr.language.short_date(pair.made_on)
            times = tr.n("Contacted {count} time", "Contacted {count} times", pair.times).format(count=pair.times)
            self.facts = [
                Line(
                    "next",
                    tr._("Next contact"),
                    mark=tr.language.short_date(pair.follow_up),
                    icon="calendar_clock",
                    alarm=pair.follow_up <= self.app.local_day(self.app.now()),
                ),
                Line("since", since[0], times + worked, since[1], icon="calendar_check"),
            ]
            if self.task:
                self.facts.append(self._repeat(pair.repeat))
        two = suggestion or pair
        self.requests = {"asker": two.asker, "helper": two.helper}
        self._list_people()

    def _list_people(self) -> None:
        tr = self.app.tr
        self.people = [
            Line(
                key,
                str(self.details.get(one.id, {}).get("name") or words),
                str(self.details.get(one.id, {}).get("phone") or display(one.code)),
                icon=SERVICE_ICONS[one.service],
            )
            for key, words in (("asker", tr._("Who asks")), ("helper", tr._("Who helps")))
            for one in [self.requests[key]]
        ]

    # names, numbers and notes

    def _look_up(self) -> None:
        """Show them at once if the key is unlocked."""
        if self.app.services.keyring.is_open(self.app.now()) and self.member.may("personal"):
            self.unlock()

    def unlock(self) -> None:
        """Show names, numbers and notes; asks for the passphrase if the key is locked."""
        services, pair, now = self.app.services, self.pair, self.app.now()

        def look(private: bytes, who: str) -> Any:
            two = (pair.asker.id, pair.helper.id)
            people = services.help.open_these(request_ids=two, private=private, now=now, who=who)
            return people, services.notes.read(about=(pair.id,), private=private, now=now, who=who)

        self.do_unlocked(look, lambda found: self._opened(pair, *found), self.app.show_error)

    def _opened(self, pair: Any, people: dict[str, Any], notes: list[Any]) -> None:
        if self.pair is not pair:
            return
        self.opened, self.details, self.notes = True, people, {note.id: note for note in notes}
        self.when_locked(self._close)
        self._list_people()
        self.facts = [line for line in self.facts if line.icon != NOTE_ICON] + note_lines(self.app.tr, notes)

    def _close(self) -> None:
        """Forget what was opened."""
        self.forget_lock()
        self.opened, self.details, self.notes = False, {}, {}
        self._list_people()
        self.facts = [line for line in self.facts if line.icon != NOTE_ICON]

    def write_note(self) -> None:
        """Ask for a note about the pair, and seal it."""
        ask_note(self, self.pair.id, self._noted)

    def _noted(self) -> None:
        if self.opened:
            self.unlock()
        else:
            self.app.shell.say(self.app.tr._("The note is saved"), "")

    def _repeat(self, repeat: str) -> Line:
        return Line("repeat", self.app.tr._(REPEAT_WORDS[repeat]), icon="calendar_refresh")

    def choose(self, key: str) -> None:
        """Open one of the two requests, or offer to delete a note."""
        if key in self.requests:
            self.app.shell.go("request", request=self.requests[key])
        elif key in self.notes:
            offer_note(self, self.notes[key], self.unlock)

    # decision

    def accept(self) -> None:
        """Accept the suggestion."""
        app, one, now = self.app, self.suggestion, self.app.now()
        self._do(
            lambda who: app.services.pairs.accept(
                asker=one.asker.id, helper=one.helper.id, repeat=one.repeat, now=now, who=who
            ),
            N_("They are now a pair"),
        )

    def set_aside(self) -> None:
        """Reject the suggestion for good."""
        app, one, now = self.app, self.suggestion, self.app.now()
        self._do(
            lambda who: app.services.pairs.set_aside(asker=one.asker.id, helper=one.helper.id, now=now, who=who),
            N_("These two will not be suggested again"),
        )

    def _undo(self, pair: Any) -> None:
        app, now = self.app, self.app.now()

        def undone(_pair: Any) -> None:
            if app.shell.current == "pairs":
                app.shell.screen("pairs").on_return()

        app.staff_work("requests", lambda who: app.services.pairs.undo(pair_id=pair.id, now=now, who=who), undone)

    # follow-up

    def ask_hours(self) -> None:
        """Ask how long the task took."""
        question = self.app.tr._("How many hours did it take?")
        self.ask(
            question, lambda text: self.note(max(1, round(hours_of(text) * 4))), board="WEIGHT", check=hours_of, most=5
        )

    def note(self, quarters: int) -> None:
        """Note the follow-up; the next date is set automatically."""
        app, pair, now = self.app, self.pair, self.app.now()
        self._do(lambda who: app.services.pairs.note(pair_id=pair.id, quarters=quarters, now=now, who=who), N_("Noted"))

    def end(self) -> None:
        """Ask for the reason and end the pair."""
        self.pick(self.app.tr._("Why does the pair end?"), PAIR_REASONS, self._ended)

    def _ended(self, reason: str) -> None:
        app, pair, now = self.app, self.pair, self.app.now()
        self._do(
            lambda who: app.services.pairs.end(pair_id=pair.id, reason=reason, now=now, who=who),
            N_("The pair has ended"),
        )

    def _do(self, work: Any, words: str) -> None:
        if not self.busy:
            self.busy = True
            self.do("requests", work, lambda pair: self._done(pair, words), self._failed)

    def _done(self, pair: Any, words: str) -> None:
        """Go back to the list and confirm; a decision can be undone there."""
        tr, decided = self.app.tr, self.suggestion is not None
        self._leave()
        text = tr("Next contact: {day}", day=tr.weekday_date(pair.follow_up)) if pair.follow_up else ""
        choices = [(tr._("OK"), lambda: None, True)]
        if decided:
            choices.append((tr._("Undo"), lambda: self._undo(pair), False))
        self.app.shell.say(tr._(words), text, choices)

    def _failed(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)

    def _leave(self) -> None:
        here = self.app.shell.current == self.name
        self.reset()
        if here:
            self.app.shell.back()

    @told_by("suggestion", "task")
    def accept_words(self) -> str:
        """Label of the main button."""
        tr = self.app.tr
        if self.suggestion:
            return tr._("Make them a pair")
        return tr._("Enter the hours") if self.task else tr._("I contacted them")

    def reset(self) -> None:
        self.forget_lock()
        self.suggestion = self.pair = None
        self.heading = ""
        self.people, self.facts = [], []
        self.task = self.busy = self.opened = False
        self.requests, self.details, self.notes = {}, {}, {}
