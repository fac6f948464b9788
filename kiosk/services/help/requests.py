"""Sign-ups for help: sealed before they are written, so that no plain text reaches the disk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import peewee

from kiosk import clock
from kiosk.codes.codes import Code, Kind, new_code
from kiosk.data import new_id
from kiosk.data.models import Envelope, JournalEntry, Pair, Request, Withheld
from kiosk.errors import BadValue, NoRecipients, RequestErased, UnknownCode
from kiosk.journal import Journal, Store
from kiosk.privacy.sealing import CannotOpen, SealedElsewhere, fingerprint, open_box, public_key, seal
from kiosk.services.rights import SYSTEM, VISITOR, needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import REGISTERS, PairState, RequestKind, RequestStatus

from .cascade import REFERENCES, notes_about, notes_of_erased

SERVICES: tuple[str, ...] = tuple(RequestKind)
#: States of a request in order; it moves along this order, or back to correct a mistake.
STATUSES: tuple[str, ...] = tuple(RequestStatus)
#: Final states.
ENDED = (RequestStatus.DONE, RequestStatus.CLOSED)
#: Each tablet erases its own requests on schedule. Later than that, any tablet erases those of a tablet that is gone;
#: the hub limits how many of another tablet's requests may be deleted in a day.
GRACE = timedelta(days=3)
#: States before anything is arranged.
WAITING = (RequestStatus.NEW, RequestStatus.CONTACTED)


@dataclass(frozen=True)
class RequestView:
    """The plain part of a request. `day` is the local date it was made on."""

    id: str
    code: Code
    service: str
    day: date
    status: str
    erased: bool


class HelpRequestService:
    """Stores requests, and moves them through their states."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._rules = store, settings.help
        self._zone = clock.zone(settings.centre.timezone)

    @needs(VISITOR)
    def sign_up(
        self,
        *,
        request_id: str,
        service: str,
        language: str,
        details: dict[str, Any],
        now: datetime,
        notice_version: str,
    ) -> RequestView:
        """Seal `details` and `language` to every recipient and save the request. Idempotent by `request_id`. Raises
        NoRecipients, BadValue, TooMuchText."""
        if service not in SERVICES:
            raise BadValue(field="service", value=service)
        recipients = self._store.recipients()
        if not recipients:
            raise NoRecipients()
        boxes = seal(details | {"language": language}, recipients)
        db = self._store.db
        with self._store.write(now) as journal:
            row = next(iter(Request.select().where(Request.id == request_id).execute(db)), None)
            if row is not None:
                return _view(row)
            self._insert(journal, request_id, service, clock.local_date(now, self._zone), notice_version, boxes)
            return self._get(Request.id == request_id)

    def _insert(
        self,
        journal: Journal,
        request_id: str,
        service: str,
        day: date,
        notice: str,
        boxes: Iterable[tuple[str, bytes]],
    ) -> None:
        db, hashes = self._store.db, {}
        values = {"id": request_id, "code": new_code(Kind.REQUEST), "service": service, "day": day}
        Request.insert(**values, status=RequestStatus.NEW, notice_version=notice).execute(db)
        for recipient, box in boxes:
            Envelope.insert(request=request_id, recipient=recipient, box=box).execute(db)
            hashes[recipient] = hashlib.sha256(box).hexdigest()
        said = {"request": request_id, "service": service, "notice": notice, "day": day.isoformat()}
        journal.append("request.made", "visitor", said | {"envelopes": hashes})

    def list(self, *, service: str | None = None, status: str | None = None) -> list[RequestView]:
        """Return the requests, longest waiting first; closed and erased ones only by `status`."""
        which = Request.select().where(Request.service.not_in(REGISTERS)).order_by(Request.day, Request.id)
        which = which.where(Request.status == status) if status else which.where(Request.status.not_in(ENDED))
        if service:
            which = which.where(Request.service == service)
        return [_view(row) for row in which.execute(self._store.db)]

    def new_count(self) -> int:
        """Return the number of new requests."""
        return int(
            Request.select()
            .where(Request.status == RequestStatus.NEW, Request.service.not_in(REGISTERS))
            .count(self._store.db)
        )

    def by_id(self, request_id: str) -> RequestView:
        """Return the request with this id. Raises UnknownCode."""
        return self._get(Request.id == request_id)

    def by_code(self, code: Code) -> RequestView:
        """Return the request with this code. Raises UnknownCode."""
        return self._get(Request.code == code)

    @needs("requests")
    def set_status(self, *, request_id: str, status: str, now: datetime, who: str) -> RequestView:
        """Set the state of a request. Raises UnknownCode, RequestErased, BadValue."""
        if status not in STATUSES:
            raise BadValue(field="status", value=status)
        with self._store.write(now) as journal:
            request = self._get(Request.id == request_id)
            if request.erased:
                raise RequestErased()
            if request.status != status:
                Request.update(status=status).where(Request.id == request_id).execute(self._store.db)
                payload = {"request": request_id, "from": request.status, "to": status}
                journal.append("request.status", who, payload)
            return self._get(Request.id == request_id)

    @needs("personal")
    def open(self, *, request_id: str, private: bytes, now: datetime, who: str) -> dict[str, Any]:
        """Return the personal part of a request, opened with a recipient's private key. The access is journalled before
        anything is returned. Raises UnknownCode, RequestErased, CannotOpen, SealedElsewhere, BadKey."""
        with self._store.write(now) as journal:
            if self._get(Request.id == request_id).erased:
                raise RequestErased()
            details = self._unsealed(private, [request_id]).get(request_id)
            if details is None:
                raise CannotOpen() if self._sealed_here(request_id) else SealedElsewhere()
            journal.append("request.opened", who, {"request": request_id})
        return details

    @needs("personal")
    def open_all(
        self, *, services: Sequence[str], private: bytes, now: datetime, who: str
    ) -> dict[RequestView, dict[str, Any]]:
        """Return the personal parts of all waiting requests for `services`, as `open` does, with one journal entry.
        Those that this key does not open are left out. Raises BadKey."""
        waits = Request.status.in_(WAITING) & Request.service.in_(services) & (Request.erased == 0)
        with self._store.write(now) as journal:
            rows = Request.select().where(waits).order_by(Request.day, Request.id).execute(self._store.db)
            requests = {row.id: _view(row) for row in rows}
            opened = self._unsealed(private, list(requests))
            if opened:
                journal.append("requests.opened", who, {"requests": list(opened)})
        return {requests[request_id]: details for request_id, details in opened.items()}

    @needs("personal")
    def open_these(
        self, *, request_ids: Sequence[str], private: bytes, now: datetime, who: str
    ) -> dict[str, dict[str, Any]]:
        """Return the personal parts of these requests by id, as `open_all` does. Raises BadKey."""
        with self._store.write(now) as journal:
            opened = self._unsealed(private, request_ids)
            if opened:
                journal.append("requests.opened", who, {"requests": sorted(opened)})
        return opened

    def _sealed_here(self, request_id: str) -> bool:
        """Return whether a request was sealed to a key of this tablet: one that joined a hub may have keys of its own."""
        own = {fingerprint(key) for key in self._store.recipients()}
        rows = (
            Envelope.select(Envelope.recipient).where(Envelope.request == request_id).tuples().execute(self._store.db)
        )
        return any(recipient in own for (recipient,) in rows)

    def _unsealed(self, private: bytes, request_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        recipient = fingerprint(public_key(private))
        which = Envelope.request.in_(request_ids) & (Envelope.recipient == recipient)
        rows = Envelope.select(Envelope.request, Envelope.box).where(which).order_by(Envelope.request).tuples()
        return {request: open_box(bytes(box), private) for request, box in rows.execute(self._store.db)}

    @needs("requests")
    def erase(self, *, code: Code, now: datetime, who: str) -> RequestView:
        """Erase the personal part of a request; its service still counts. Idempotent. Raises UnknownCode."""
        with self._store.write(now) as journal:
            request = self._get(Request.code == code)
            if not request.erased:
                self._erase(journal, request.id, who)
        self._store.forget_deleted()
        return self._get(Request.id == request.id)

    @needs("personal")
    def erase_by_id(self, *, request_id: str, now: datetime, who: str) -> None:
        """Erase by id, for a request whose slip is not at hand; an unknown id is ignored."""
        with self._store.write(now) as journal:
            known = Request.select().where(Request.id == request_id, Request.erased == 0)
            if known.exists(self._store.db):
                self._erase(journal, request_id, who)
        self._store.forget_deleted()

    @needs("personal")
    def bring_back(self, *, device: str, now: datetime, who: str) -> int:
        """Restore requests that another tablet (`device`) deleted and whose boxes are still kept here; returns how
        many. The deletion stays valid on all tablets: each is restored as a new request with a new code."""
        with self._store.write(now) as journal:
            rows = self._store.db.execute_sql(
                "SELECT DISTINCT request FROM withheld WHERE device = ? AND until > ? ORDER BY request",
                (device, clock.utc_text(now)),
            ).fetchall()
            for (request_id,) in rows:
                self._bring_back(journal, request_id, now, who)
        return len(rows)

    def _bring_back(self, journal: Journal, request_id: str, now: datetime, who: str) -> None:
        """Create a new request from the kept boxes, and update references to the old one."""
        db, before, made = self._store.db, self._get(Request.id == request_id), new_id(now)
        rows = db.execute_sql("SELECT recipient, box FROM withheld WHERE request = ?", (request_id,)).fetchall()
        [(notice,)] = db.execute_sql("SELECT notice_version FROM request WHERE id = ?", (request_id,)).fetchall()
        self._insert(journal, made, before.service, before.day, notice, [(name, bytes(box)) for name, box in rows])
        journal.append(
            "request.status", who, {"request": made, "from": RequestStatus.NEW, "to": RequestStatus.NEW}
        )  # the author of the restoration
        for table, column in REFERENCES:
            db.execute_sql(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (made, request_id))
        db.execute_sql("DELETE FROM withheld WHERE request = ?", (request_id,))

    @needs(SYSTEM)
    def erase_old(self, now: datetime) -> int:
        """Erase the personal part of requests past retention, both finished and abandoned ones; returns how many.
        Registers (volunteers, partners, wishes) stay."""
        today = clock.local_date(now, self._zone)
        ended = Request.service.not_in(REGISTERS) & self._over(today)
        which = (Request.erased == 0) & (ended | Request.id.in_(notes_of_erased(self._store.db)))
        if self._store.joined:
            which &= Request.id.in_(self._own()) | self._over(today - GRACE)
        rows = Request.select(Request.id).where(which).tuples()
        self._forget_withheld(now)
        if not rows.exists(self._store.db):
            return 0
        with self._store.write(now) as journal:
            ids = [request_id for (request_id,) in rows.execute(self._store.db)]
            for request_id in ids:
                self._erase(journal, request_id, "clock")
        self._store.forget_deleted()
        return len(ids)

    def _over(self, today: date) -> peewee.Expression:
        """Return the condition for requests past retention on `today`. The two of an active pair are kept, however
        long they meet."""
        met = ((Pair.asker == Request.id) | (Pair.helper == Request.id)) & (Pair.state == PairState.ACTIVE)
        ended = Request.status.in_(ENDED) & (Request.day < today - timedelta(days=self._rules.keep_days))
        forgotten = Request.day < today - timedelta(days=self._rules.longest_days)
        over: peewee.Expression = ended | (forgotten & ~peewee.fn.EXISTS(Pair.select(peewee.SQL("1")).where(met)))
        return over

    def _own(self) -> peewee.ModelSelect[JournalEntry]:
        """Return the query of requests made on this tablet."""
        own = (JournalEntry.device == self._store.device) & (JournalEntry.kind == "request.made")
        return JournalEntry.select(peewee.fn.json_extract(JournalEntry.payload, "$.request")).where(own)

    def on_schedule(self, request_ids: Sequence[str], now: datetime) -> Sequence[str]:
        """Return those of the requests that this tablet erases on schedule: its own, and after GRACE all others."""
        if not self._store.joined:
            return request_ids
        old = Request.day < clock.local_date(now, self._zone) - GRACE
        which = Request.id.in_(list(request_ids)) & (Request.id.in_(self._own()) | old)
        return [request for (request,) in Request.select(Request.id).where(which).tuples().execute(self._store.db)]

    def _forget_withheld(self, now: datetime) -> None:
        """Delete kept boxes whose time is over."""
        over = Withheld.until <= now
        if Withheld.select().where(over).exists(self._store.db):
            with self._store.write(now):
                Withheld.delete().where(over).execute(self._store.db)
            self._store.forget_deleted()

    def end(self, journal: Journal, *request_ids: str | None, who: str) -> None:
        """Erase the personal part of requests, if any, inside the caller's transaction, with the subject they belong to.
        The caller then calls `Store.forget_deleted`."""
        for request_id in filter(None, request_ids):
            if not self._get(Request.id == request_id).erased:
                self._erase(journal, request_id, who)

    def _erase(self, journal: Journal, request_id: str, who: str) -> None:
        """Erase a request and the case notes about it."""
        for note in notes_about(self._store.db, request_id):
            self._erase(journal, note, who)
        Envelope.delete().where(Envelope.request == request_id).execute(self._store.db)
        Request.update(status=RequestStatus.CLOSED, erased=True).where(Request.id == request_id).execute(self._store.db)
        journal.append("request.erased", who, {"request": request_id})

    def _get(self, which: peewee.Expression) -> RequestView:
        row = next(iter(Request.select().where(which).execute(self._store.db)), None)
        if row is None:
            raise UnknownCode()
        return _view(row)


def _view(row: Request) -> RequestView:
    return RequestView(row.id, row.code, row.service, row.day, row.status, bool(row.erased))
