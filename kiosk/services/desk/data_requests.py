"""Access to and erasure of the data under a slip's code, for its holder (GDPR Art. 15 and 17).

Erasure deletes what identifies a person: the sealed data, and the code, so that the slip leads to nothing. The record
that something was requested, brought or booked stays, as an anonymous count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.codes.codes import Code, Kind, new_code
from kiosk.data import snapshots
from kiosk.errors import UnknownCode
from kiosk.journal import Store
from kiosk.services.goods.donations import DonationService
from kiosk.services.goods.tickets import TicketService
from kiosk.services.goods.wishes import WishService
from kiosk.services.help.guidance import GuidanceService
from kiosk.services.help.notes import CaseNoteService
from kiosk.services.help.requests import HelpRequestService
from kiosk.services.programme.seats import SeatService
from kiosk.services.rights import needs
from kiosk.services.staff.volunteers import VolunteerService
from kiosk.settings import Settings
from kiosk.vocabulary import things
from kiosk.vocabulary.states import DonationState, QueueState, SeatState, TicketState, WishState

from .code_kinds import CODE_KINDS, Kept

#: States of something still pending, which is ended before it is erased.
LIVE: frozenset[str] = frozenset(
    {
        TicketState.RESERVED,
        DonationState.ANNOUNCED,
        DonationState.ACCEPTED,
        WishState.OPEN,
        WishState.HELD,
        SeatState.BOOKED,
        SeatState.WAITING,
        QueueState.WAITING,
        QueueState.CALLED,
        QueueState.SKIPPED,
    }
)


@dataclass(frozen=True)
class Held:
    """The data under `code`. `kind` is the table, `words` its name for people (msgid), `facts` the values by column,
    with "thing" or "session" as names by language; `requests` are the ids of the sealed requests, `notes` of case notes
    about it."""

    code: Code
    kind: str
    words: str
    subject: str
    facts: dict[str, Any]
    requests: tuple[str, ...]
    notes: tuple[str, ...]


class DataRequestService:
    """Access and erasure by code."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        *,
        help: HelpRequestService,
        tickets: TicketService,
        donations: DonationService,
        wishes: WishService,
        seats: SeatService,
        guidance: GuidanceService,
        volunteers: VolunteerService,
        notes: CaseNoteService,
    ) -> None:
        self._store = store
        self._help, self._tickets, self._donations, self._wishes = help, tickets, donations, wishes
        self._seats, self._guidance, self._volunteers, self._notes = seats, guidance, volunteers, notes

    def held(self, code: Code) -> Held:
        """Return the data under a code, without sealed data. Raises UnknownCode."""
        kept = _kept(code)
        row = self._row(kept, code)
        facts = {name: getattr(row, name) for name in kept.columns}
        facts |= self._named(code.kind, row)
        sealed = (
            (row.id,) if code.kind is Kind.REQUEST else (getattr(row, "request", None), getattr(row, "contact", None))
        )
        requests = tuple(one for one in sealed if one and not self._help.by_id(one).erased)
        return Held(
            code,
            row._meta.table_name,
            kept.words,
            row.id,
            {key: value for key, value in facts.items() if value not in (None, "")},
            requests,
            self._notes.about(row.id),
        )

    @needs("personal")
    def unsealed(self, *, code: Code, private: bytes, now: datetime, who: str) -> dict[str, Any]:
        """Return the sealed data under a code, opened with a recipient's private key; the access is journalled. Raises
        what `held` and `HelpRequestService.open` raise."""
        held = self.held(code)
        details: dict[str, Any] = {}
        for request in held.requests:
            details |= self._help.open(request_id=request, private=private, now=now, who=who)
        notes = self._notes.read(about=(held.subject,), private=private, now=now, who=who) if held.notes else ()
        return details | ({"notes": [note.text for note in notes]} if notes else {})

    @needs("requests")
    def erase(self, *, code: Code, now: datetime, who: str) -> None:
        """Delete the sealed data under a code, end what is pending, and replace the code by one that is on no paper.
        Raises UnknownCode."""
        held = self.held(code)
        self._end(code, held, now, who)
        # Queue codes are sequential; a random one reveals nothing of its neighbours.
        table, other = held.kind, new_code(Kind.APPOINTMENT if code.kind is Kind.QUEUE else code.kind)
        with self._store.write(now) as journal:
            self._help.end(journal, *held.requests, who=who)
            # The new code is on no slip; a finder of the old one learns nothing.
            self._store.db.execute_sql(f"UPDATE {table} SET code = ? WHERE id = ?", (other, held.subject))
            if code.kind is Kind.VOLUNTEER:
                self._store.db.execute_sql("UPDATE volunteer SET active = 0 WHERE id = ?", (held.subject,))
            journal.append("slip.erased", who, {"slip": table, "subject": held.subject})
        self._store.forget_deleted()
        snapshots.unlink(self._store.copies(), table, held.subject, other)

    @needs("personal")
    def forget_code(self, *, table: str, subject: str, now: datetime, who: str) -> None:
        """Replace the code of a slip by table and id; a row that is not here is ignored."""
        for kind, one in CODE_KINDS.items():
            if one.kept is None or one.kept.model._meta.table_name != table:
                continue
            other = new_code(Kind.APPOINTMENT if kind is Kind.QUEUE else kind)
            with self._store.write(now) as journal:
                if not one.kept.model.update(code=other).where(one.kept.model.id == subject).execute(self._store.db):
                    return
                journal.append("slip.erased", who, {"slip": table, "subject": subject})
            self._store.forget_deleted()
            snapshots.unlink(self._store.copies(), table, subject, other)
            return

    def _end(self, code: Code, held: Held, now: datetime, who: str) -> None:
        state = held.facts.get("state")
        if code.kind is Kind.VOLUNTEER:
            if self._volunteers.by_code(code).shift:
                self._volunteers.sign_out(code=code, now=now)
        elif state not in LIVE:
            return
        elif code.kind is Kind.DONATION:
            self._donations.decide(donation_id=held.subject, state=DonationState.CANCELLED, now=now, who=who)
        elif code.kind is Kind.WISH:
            self._wishes.cancel(code=code, now=now, who=who)
        elif code.kind is Kind.SEAT:
            self._seats.cancel(code=code, now=now, who=who)
        elif code.kind is Kind.TICKET:
            self._tickets.cancel(code=code, now=now, who=who)
        else:
            self._guidance.move(queue_id=held.subject, state=QueueState.LEFT, now=now, who=who)

    def _named(self, kind: Kind, row: Any) -> dict[str, Any]:
        """Return the names of the rows that a row refers to."""
        if kind is Kind.TICKET:
            return {"thing": self._tickets.by_id(row.id).item.names}
        if kind is Kind.WISH and row.thing:
            return {"thing": things()[row.thing].names}
        if kind is Kind.SEAT:
            session = self._seats.by_id(row.id).session
            return {"session": session.names, "starts_at": session.starts_at} if session else {}
        if kind is Kind.VOLUNTEER:
            sql = "SELECT count(*), coalesce(sum(quarters), 0) FROM shift WHERE volunteer = ?"
            [(shifts, quarters)] = self._store.db.execute_sql(sql, (row.id,)).fetchall()
            return {"shifts": shifts, "hours": quarters / 4}
        return {}

    def _row(self, kept: Kept, code: Code) -> Any:
        for row in kept.model.select().where(kept.model.code == code).execute(self._store.db):
            return row
        raise UnknownCode()


def _kept(code: Code) -> Kept:
    kind = CODE_KINDS.get(code.kind)
    if kind is None or kind.kept is None:
        raise UnknownCode()
    return kind.kept
