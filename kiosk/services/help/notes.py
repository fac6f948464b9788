"""Case notes: what staff write down about a request or a pair, sealed as the request itself is.

A note is a request of the kind NOTE, so that keys, the hub and erasure treat it as any other. It is erased with the request
it is about, and with either request of the pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.data import new_id
from kiosk.data.models import CaseNote, Pair, Request
from kiosk.errors import RequestErased
from kiosk.journal import Store
from kiosk.privacy.contact import clean_text, refuse_personal_id
from kiosk.services.rights import needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import RequestKind

from .requests import HelpRequestService

#: Upper limit of a note, characters.
LONGEST_NOTE = 400


@dataclass(frozen=True, repr=False)
class NoteView:
    """An opened note. No repr: it has personal data."""

    id: str
    about: str
    made_at: datetime
    text: str


class CaseNoteService:
    """Writes, opens and erases notes."""

    def __init__(self, store: Store, settings: Settings, *, help: HelpRequestService) -> None:
        self._store, self._help = store, help
        self._notice = settings.help.notice_version

    @needs("requests")
    def write(self, *, about: str, text: str, language: str, now: datetime, who: str) -> str:
        """Seal a note about a request or a pair (`about` is its id); returns the note's id. Raises BadText, LongText,
        PersonalId, NoRecipients, UnknownCode, RequestErased."""
        text = check_note(text)
        with self._store.write(now) as journal:
            self._refuse_erased(about)
            note = self._help.sign_up(
                request_id=new_id(now),
                service=RequestKind.NOTE,
                language=language,
                details={"note": text},
                now=now,
                notice_version=self._notice,
            )
            CaseNote.insert(id=note.id, request=note.id, about=about, made_at=now).execute(self._store.db)
            journal.append("note.written", who, {"note": note.id, "about": about})
        return note.id

    def about(self, *subjects: str) -> tuple[str, ...]:
        """Return the ids of the notes about requests or pairs, oldest first, without erased ones."""
        return tuple(row.id for row in self._rows(subjects))

    @needs("personal")
    def read(self, *, about: Sequence[str], private: bytes, now: datetime, who: str) -> list[NoteView]:
        """Return the notes about these requests and pairs, oldest first, opened with a recipient's private key. The
        access is journalled. Raises BadKey."""
        rows = self._rows(about)
        opened = self._help.open_these(request_ids=[row.request for row in rows], private=private, now=now, who=who)
        return [
            NoteView(row.id, row.about, row.made_at, str(opened[row.request].get("note", "")))
            for row in rows
            if row.request in opened
        ]

    @needs("personal")
    def erase(self, *, note_id: str, now: datetime, who: str) -> None:
        """Erase a note. Idempotent; an unknown id is ignored."""
        with self._store.write(now) as journal:
            for row in CaseNote.select().where(CaseNote.id == note_id).execute(self._store.db):
                self._help.end(journal, row.request, who=who)
        self._store.forget_deleted()

    def _rows(self, subjects: Sequence[str]) -> list[CaseNote]:
        kept = Request.select(Request.id).where(Request.erased == 0)
        which = CaseNote.about.in_(list(subjects)) & CaseNote.request.in_(kept)
        return list(CaseNote.select().where(which).order_by(CaseNote.id).execute(self._store.db))

    def _refuse_erased(self, about: str) -> None:
        """Raise RequestErased if the request, or one of the pair, is erased; UnknownCode if there is neither."""
        pairs = Pair.select(Pair.asker, Pair.helper).where(Pair.id == about).tuples().execute(self._store.db)
        requests = [request for pair in pairs for request in pair] or [about]
        if any(self._help.by_id(request).erased for request in requests):
            raise RequestErased()


def check_note(text: str) -> str:
    """Return the text of a note, cleaned. Raises BadText, LongText, PersonalId."""
    cleaned = clean_text(text, limit=LONGEST_NOTE)
    refuse_personal_id(cleaned)
    return cleaned
