"""The data under a slip's code: shown, printed and erased for its holder (GDPR requests)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kivy.properties import BooleanProperty, ListProperty, ObjectProperty, StringProperty

from kiosk.codes.codes import BadCode, Code, parse
from kiosk.documents.content import request_sheet
from kiosk.errors import N_, NC_, KioskError
from kiosk.language.translation import LANGUAGES
from kiosk.printing.printers import parse_address, send
from kiosk.services.desk.print_queue import PAPER_DOTS
from kiosk.vocabulary.states import DonationState, QueueState, SeatState, TicketState, WishState
from kiosk.vocabulary.words import CATEGORIES
from kiosk.vocabulary.words import SERVICES as SERVICE_WORDS
from screens.visitor.donate.announce import AMOUNTS
from screens.visitor.guidance.take import TOPICS
from screens.widgets.lists import Line
from screens.words.desk import STATUS_WORDS

from .base import StaffScreen
from .request import sealed_rows

RIGHT = "requests"
#: Names of columns.
FACTS = {
    "service": N_("What was asked for"),
    "status": N_("Status"),
    "state": N_("Status"),
    "day": N_("Created"),
    "made_at": N_("Created"),
    "created_at": N_("Created"),
    "starts_at": N_("Begins"),
    "deadline": N_("Valid until"),
    "categories": N_("What"),
    "category": N_("What"),
    "thing": N_("Which thing"),
    "session": N_("Which event"),
    "amount": N_("How much"),
    "pieces": N_("How many"),
    "people": N_("How many people"),
    "number": N_("Queue number"),
    "size": N_("Size"),
    "age_group": N_("For whom"),
    "topic": N_("Topic"),
    "language": N_("Language"),
    "interpreter": N_("Interpreter"),
    "fetch": N_("To be collected"),
    "shifts": N_("Shifts"),
    "hours": N_("Hours"),
}
#: Names of values by column; plain states are named by STATES.
STATES: dict[str, str] = {
    TicketState.RESERVED: N_("Waiting"),
    WishState.OPEN: N_("Waiting"),
    QueueState.WAITING: N_("Waiting"),
    DonationState.ANNOUNCED: N_("Waiting"),
    WishState.HELD: N_("A thing is reserved"),
    SeatState.BOOKED: N_("Booked"),
    DonationState.ACCEPTED: N_("Accepted"),
    QueueState.CALLED: N_("Being served"),
    QueueState.SKIPPED: NC_("state", "Put aside"),
}
ENDED = N_("Ended")
WORDS: dict[str, dict[str, str]] = {
    "service": SERVICE_WORDS,
    "status": STATUS_WORDS,
    "category": CATEGORIES,
    "amount": {option.key: option.message for option in AMOUNTS},
    "topic": {option.key: option.message for option in TOPICS},
    "age_group": {"adult": N_("For adults"), "child": N_("For children")},
    "language": LANGUAGES,
}


class DataRequestScreen(StaffScreen):
    """Takes a scanned or typed code. Sealed data is opened with the coordinator's key."""

    held = ObjectProperty(None, allownone=True)
    heading = StringProperty()
    lines = ListProperty(None, allownone=True)
    opened = BooleanProperty(False)
    busy = BooleanProperty(False)
    rows: list[tuple[str, str]]

    def open(self, **values: Any) -> None:
        self.reset()

    def type(self) -> None:
        """Ask for the code."""
        self.ask(self.app.tr._("Type the code of the slip"), self.typed, board="CODE", most=20)

    def typed(self, text: str) -> None:
        """Handle a typed code."""
        try:
            self.look(parse(text))
        except BadCode as error:
            self._failed(error)

    def scanned(self, code: Code) -> bool:
        self.look(code)
        return True

    def look(self, code: Code) -> None:
        """Show the data under a code."""
        self.load(RIGHT, lambda who: self.app.services.data_requests.held(code), self._show, self._failed)

    def _show(self, held: Any) -> None:
        tr = self.app.tr
        self.held, self.opened = held, False
        self.heading = f"{tr._(held.words)}  ·  {held.code.grouped}"
        self.rows = [(tr._(FACTS[key]), self._said(key, value)) for key, value in held.facts.items()]
        if held.requests:
            self.rows.append((tr._("Name, number and wish"), tr._("Sealed")))
        self._list()

    def _list(self) -> None:
        self.lines = [Line(name, value, name, icon="card_account_details_outline") for name, value in self.rows]

    def _said(self, key: str, value: Any) -> str:
        tr = self.app.tr
        if isinstance(value, dict):
            return str(tr.name(value))
        if isinstance(value, bool):
            return str(tr._("Yes") if value else tr._("No"))
        if isinstance(value, datetime):
            return f"{tr.language.short_date(value)}  {tr.time(value)}"
        if isinstance(value, date):
            return str(tr.language.full_date(value))
        if key == "state":
            return str(tr._(STATES.get(value, ENDED)))
        if isinstance(value, (list, tuple)):
            return str(tr.language.listed(tr._(CATEGORIES[one]) for one in value))
        return str(tr._(WORDS[key].get(value, value))) if key in WORDS else str(value)

    def unseal(self) -> None:
        """Open the sealed data; asks for the passphrase if the key is locked."""
        app, code, now = self.app, self.held.code, self.app.now()
        self.do_unlocked(
            lambda private, who: app.services.data_requests.unsealed(code=code, private=private, now=now, who=who),
            self._unsealed,
            self._failed,
        )

    def _unsealed(self, details: dict[str, Any]) -> None:
        self.opened = True
        known = sealed_rows(self.app, details)
        said = known or [(self.app.tr._("Name, number and wish"), ", ".join(str(value) for value in details.values()))]
        self.rows = self.rows[:-1] + said
        self._list()
        self.when_locked(self.reset)

    def print(self) -> None:
        """Print the data, bypassing the queue: it must not be stored."""
        app, rows, heading = self.app, list(self.rows), self.heading
        day, printers = app.tr.language.figures(app.now()), app.settings.printers

        def work(who: str) -> None:
            sheet = request_sheet(day, rows, heading, PAPER_DOTS[printers.paper_mm])
            send(parse_address(printers.receipt), sheet)

        self.do(RIGHT, work, lambda answer: app.shell.say(app.tr._("It was printed"), ""), self._failed)

    def ask_to_erase(self) -> None:
        """Ask for confirmation, then erase."""
        tr = self.app.tr
        self.app.shell.say(
            tr._("Delete the data stored under this code?"),
            tr._(
                "What this person told us will be deleted permanently, and the code on the slip will stop working. "
                "Only the number of requests is kept."
            ),
            [(tr._("No, keep it"), lambda: None, True), (tr._("Yes, delete it"), self._erase, False)],
        )

    def _erase(self) -> None:
        app, code, now = self.app, self.held.code, self.app.now()

        def erased(_answer: Any) -> None:
            self.reset()
            app.shell.say(app.tr._("The data was deleted"), app.tr._("Nothing is left that could identify anyone."))

        self.do(RIGHT, lambda who: app.services.data_requests.erase(code=code, now=now, who=who), erased, self._failed)

    def _failed(self, error: KioskError) -> None:
        self.app.show_error(error)

    def reset(self) -> None:
        self.forget_lock()
        self.held = None
        self.heading = ""
        self.rows = []
        self.lines = []
        self.opened = False
