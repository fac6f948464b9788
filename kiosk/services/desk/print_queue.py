"""The print queue. Jobs are in the database, so a power cut loses none and repeats none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.data import new_id
from kiosk.data.models import PrintJob
from kiosk.errors import N_, KioskError, NoPrinter
from kiosk.journal import Store
from kiosk.printing.spooler import PrintTask
from kiosk.services.goods.items import mark_labelled
from kiosk.services.rights import SYSTEM, VISITOR, needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import PrintState, SlipKind

from .code_kinds import BY_NAME

#: Printable dots across by paper width in mm, at 203 dpi (DOMAIN.md section 6).
PAPER_DOTS = {58: 384, 80: 576}
#: Retry backoff, seconds by attempt; the last value repeats.
PAUSES = (5, 15, 60, 300)


@dataclass(frozen=True)
class PrintView:
    """A print job as staff see it. `error` is a message (msgid) or ""."""

    id: str
    kind: str
    subject: str
    copy: int
    state: str
    tries: int
    made_at: datetime
    error: str

    @property
    def words(self) -> str:
        """The name of the job for staff (msgid)."""
        slip = BY_NAME[self.kind].slip if self.kind != SlipKind.LABEL else None
        return slip.words if slip else N_("Label")


class PrintQueueService:
    """Queues print jobs. "sending" is committed before the first byte is sent: after a power cut such a job may be on
    paper already, so it becomes "unsure" and staff decide."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._printers = store, settings.printers

    def address(self, kind: str) -> str:
        """Return the address of the printer for a kind, "" when there is none."""
        return (self._printers.label if kind == SlipKind.LABEL else "") or self._printers.receipt

    @needs(VISITOR, kind={SlipKind.LABEL: "print"})
    def add(self, *, kind: str, subject: str, language: str, now: datetime, who: str) -> PrintView:
        """Queue a slip or a label: `kind` is "label" or the name of a `CodeKind`. A job after an earlier one for the
        same subject is marked as a copy.

        Raises NoPrinter.
        """
        if not self.address(kind):
            raise NoPrinter()
        with self._store.write(now) as journal:
            same = PrintJob.select().where(PrintJob.kind == kind, PrintJob.subject == subject)
            copy = same.where(PrintJob.state != PrintState.DROPPED).count(self._store.db) + 1
            job_id = new_id(now)
            values = {"kind": kind, "subject": subject, "copy": copy}
            PrintJob.insert(
                id=job_id, language=language, state=PrintState.QUEUED, made_at=now, due_at=now, **values
            ).execute(self._store.db)
            journal.append("print.queued", who, {"job": job_id} | values)
            return self._view(job_id)

    def open(self) -> list[PrintView]:
        """Return the unfinished jobs, oldest first."""
        rows = (
            PrintJob.select()
            .where(PrintJob.state.in_((PrintState.QUEUED, PrintState.SENDING, PrintState.UNSURE)))
            .order_by(PrintJob.id)
        )
        return [_view(row) for row in rows.execute(self._store.db)]

    @needs(SYSTEM)
    def take(self, now: datetime) -> PrintTask | None:
        """Return the next due job, already committed as "sending"; None without one."""
        db = self._store.db
        due = PrintJob.select().where(PrintJob.state == PrintState.QUEUED, PrintJob.due_at <= now)
        if not due.exists(db):
            return None
        with self._store.write(now):
            row = next(iter(due.order_by(PrintJob.due_at, PrintJob.id).limit(1).execute(db)), None)
            if row is None:
                return None
            PrintJob.update(state=PrintState.SENDING, tries=row.tries + 1).where(PrintJob.id == row.id).execute(db)
        dots = PAPER_DOTS[self._printers.paper_mm]
        return PrintTask(row.id, row.kind, row.subject, row.copy, self.address(row.kind), dots, row.language)

    @needs(SYSTEM)
    def sent(self, job_id: str, now: datetime) -> None:
        """Note that a job was printed."""
        self._end(job_id, PrintState.SENT, now, "printer")

    @needs(SYSTEM)
    def again(self, job_id: str, error: KioskError, now: datetime) -> None:
        """Note that nothing was sent; the job is retried with backoff."""
        with self._store.write(now):
            tries = self._view(job_id).tries
            due_at = now + timedelta(seconds=PAUSES[min(tries, len(PAUSES)) - 1])
            changes = {"state": PrintState.QUEUED, "due_at": due_at, "error": error.message}
            PrintJob.update(**changes).where(PrintJob.id == job_id).execute(self._store.db)

    @needs(SYSTEM)
    def unsure(self, job_id: str, error: KioskError, now: datetime) -> None:
        """Note that a job failed while sending; it is not retried automatically."""
        self._end(job_id, PrintState.UNSURE, now, "printer", error.message)

    @needs(SYSTEM)
    def recover(self, now: datetime) -> int:
        """At the start: mark jobs found in "sending" as "unsure"; returns how many."""
        jobs = [job for job in self.open() if job.state == PrintState.SENDING]
        for job in jobs:
            self._end(job.id, PrintState.UNSURE, now, "printer")
        return len(jobs)

    @needs("print")
    def retry(self, *, job_id: str, now: datetime, who: str) -> PrintView:
        """Retry a job now: a waiting one, or one that staff saw did not print."""
        with self._store.write(now) as journal:
            PrintJob.update(state=PrintState.QUEUED, due_at=now, error="").where(
                PrintJob.id == job_id, PrintJob.state.in_((PrintState.QUEUED, PrintState.UNSURE))
            ).execute(self._store.db)
            journal.append("print.retried", who, {"job": job_id})
            return self._view(job_id)

    @needs("print")
    def settle(self, *, job_id: str, printed: bool, now: datetime, who: str) -> PrintView:
        """Close a job by decision of staff: it is on paper (`printed`), or not wanted any more."""
        self._end(job_id, PrintState.SENT if printed else PrintState.DROPPED, now, who)
        return self._view(job_id)

    def _end(self, job_id: str, state: str, now: datetime, who: str, error: str = "") -> None:
        with self._store.write(now) as journal:
            PrintJob.update(state=state, error=error).where(PrintJob.id == job_id).execute(self._store.db)
            journal.append(f"print.{state}", who, {"job": job_id})
            job = self._view(job_id)
            if (job.kind, state) == (SlipKind.LABEL, PrintState.SENT):
                mark_labelled(self._store.db, journal, job.subject, who)

    def _view(self, job_id: str) -> PrintView:
        return _view(next(iter(PrintJob.select().where(PrintJob.id == job_id).execute(self._store.db))))


def _view(row: PrintJob) -> PrintView:
    return PrintView(row.id, row.kind, row.subject, row.copy, row.state, row.tries, row.made_at, row.error)
