"""One request: its state and, for the coordinator with the passphrase, its details."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kivy.properties import BooleanProperty, ListProperty, ObjectProperty, StringProperty

from kiosk.codes.codes import display
from kiosk.documents.content import request_sheet
from kiosk.errors import N_, KioskError
from kiosk.printing.printers import parse_address, send
from kiosk.services.desk.print_queue import PAPER_DOTS
from kiosk.vocabulary.words import SERVICES as SERVICE_WORDS
from screens.frame.screen import told_by
from screens.visitor.donate import announce
from screens.visitor.help.sign_up import steps
from screens.visitor.volunteer import join
from screens.widgets.choices import Option
from screens.widgets.lists import Line
from screens.words.desk import STATUS_WORDS

from .base import StaffScreen
from .case_notes import ask_note, note_lines, offer_note

if TYPE_CHECKING:
    from screens.app import KioskApp

STATUSES = tuple(Option(key, words) for key, words in STATUS_WORDS.items())
#: What a sealed part has beside the answers of a form.
TEXTS = {"details": N_("What should it be like?")}
#: Rows that come first: whom to call is looked up most often.
FIRST = ("phone", "name")


def sealed_rows(app: KioskApp, details: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (question, answer) of what was sealed, in the language of the desk: the phone number first, the notes of
    staff last."""
    tr = app.tr
    rows = _answers(app, details)
    if "phone" in rows:
        rows.pop("reach", None)  # the number says so
    rows |= {key: (tr._(words), str(details[key])) for key, words in TEXTS.items() if details.get(key)}
    order = sorted(rows, key=lambda key: FIRST.index(key) if key in FIRST else len(FIRST))
    return [rows[key] for key in order] + [(tr.p("case", "Note"), text) for text in details.get("notes", ())]


def _answers(app: KioskApp, details: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Return (question, answer) of a form by the key of the step."""
    tr, rows = app.tr, {}
    for step in (*steps(app.settings), join.WORK, *(step for step in announce.STEPS if step.key == "where")):
        value = details.get(step.key)
        if not value:
            continue
        keys = value if isinstance(value, list) else [value]
        words = [tr._(option.message) for option in step.options if option.key in keys]
        rows[step.key] = (str(tr._(step.question)), tr.language.listed(words) if step.options else str(value))
    return rows


class RequestScreen(StaffScreen):
    """Sets the state by touch; shows the details for a few minutes, each access being journalled."""

    request = ObjectProperty(None, allownone=True)
    code_text = StringProperty()
    service = StringProperty()
    opened = BooleanProperty(False)
    lines = ListProperty(None, allownone=True)
    busy = BooleanProperty(False)

    def open(self, **values: Any) -> None:
        self.reset()
        self._show(values["request"])

    def on_return(self) -> None:
        if self.opened and not self.app.services.keyring.is_open(self.app.now()):
            self._close()

    def _show(self, request: Any) -> None:
        tr = self.app.tr
        self.request = request
        self.code_text = display(request.code)
        self.service = tr._(SERVICE_WORDS[request.service])
        self.ids.statuses.chosen = [request.status]
        if request.erased:
            self._close()

    def set_status(self, status: str) -> None:
        """Set the state."""
        app, request, now = self.app, self.request, self.app.now()
        self.do(
            "requests",
            lambda who: app.services.help.set_status(request_id=request.id, status=status, now=now, who=who),
            self._show,
            self._failed,
        )

    def _failed(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)
        if self.request is not None:
            self._show(self.request)

    # sealed details

    def read(self) -> None:
        """Open the details; asks for the passphrase if the key is locked."""
        services, request, now = self.app.services, self.request, self.app.now()

        def look(private: bytes, who: str) -> Any:
            details = services.help.open(request_id=request.id, private=private, now=now, who=who)
            return details, services.notes.read(about=(request.id,), private=private, now=now, who=who)

        self.do_unlocked(look, self._opened, self._failed)

    def _opened(self, found: Any) -> None:
        tr, (details, notes) = self.app.tr, found
        self.opened = True
        self.notes = {note.id: note for note in notes}
        rows = sealed_rows(self.app, details)
        self.details = rows + [(tr.language.short_date(note.made_at), note.text) for note in notes]
        self.lines = [
            *(
                Line(
                    f"row {at}",
                    answer,
                    question,
                    icon="phone" if answer == details.get("phone") else "comment_text_outline",
                )
                for at, (question, answer) in enumerate(rows)
            ),
            *note_lines(tr, notes),
        ]
        self.when_locked(self._close)
        self.ids.reading.empty = tr._("Nothing was written.")

    def _close(self) -> None:
        self.forget_lock()
        self.opened = False
        self.details, self.notes = [], {}
        self.lines = []

    # notes

    def write_note(self) -> None:
        """Ask for a note, and seal it."""
        ask_note(self, self.request.id, self._noted)

    def _noted(self) -> None:
        if self.opened:
            self.read()
        else:
            self.app.shell.say(self.app.tr._("The note is saved"), "")

    def choose(self, key: str) -> None:
        """Offer to delete a note."""
        if key in self.notes:
            offer_note(self, self.notes[key], self.read)

    def print(self) -> None:
        """Print the details, bypassing the queue: they must not be stored."""
        app, width = self.app, PAPER_DOTS[self.app.settings.printers.paper_mm]
        address = app.settings.printers.receipt
        heading = f"{self.service}  {self.code_text}"
        day, rows = app.tr.language.figures(self.request.day), list(self.details)

        def work(who: str) -> None:
            send(parse_address(address), request_sheet(day, rows, heading, width))

        self.do("personal", work, lambda answer: app.shell.say(app.tr._("It was printed"), ""), self._failed)

    # erasure

    def ask_to_erase(self) -> None:
        """Ask for confirmation, then erase the details."""
        tr = self.app.tr
        self.app.shell.say(
            tr._("Delete this request?"),
            tr._("What this person told us will be deleted permanently. The request still counts in the statistics."),
            [(tr._("No, keep it"), lambda: None, True), (tr._("Yes, delete it"), self._erase, False)],
        )

    def _erase(self) -> None:
        app, code, now = self.app, self.request.code, self.app.now()
        self.do("requests", lambda who: app.services.help.erase(code=code, now=now, who=who), self._show, self._failed)

    @told_by("request")
    def sealed_words(self) -> str:
        """Text in place of the sealed details."""
        tr = self.app.tr
        if self.request is None:
            return ""
        if self.request.erased:
            return tr._("Its contents were deleted.")
        return tr._("What the person wrote is sealed. Only the coordinator can open it.")

    def reset(self) -> None:
        self.request = None
        self.busy = False
        self.code_text = self.service = ""
        self._close()
