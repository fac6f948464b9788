"""Sign-ups for help: sealed before they are written, so that no plain text reaches the disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk import clock
from kiosk.codes.codes import Kind, new_code
from kiosk.data import Store
from kiosk.data.models import Envelope, Request
from kiosk.errors import BadValue, NoRecipients
from kiosk.privacy.sealing import seal
from kiosk.settings import Settings

SERVICES = ("friend", "neighbour", "guidance", "other")


@dataclass(frozen=True)
class RequestView:
    """What may be known of a request without its key."""

    id: str
    code: str
    service: str


class HelpRequests:
    """Takes requests in."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._zone = clock.zone(settings.centre.timezone)

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
        """Seal `details` and `language` to every recipient and save the request. The same `request_id` again is the
        same request. Raises NoRecipients, BadValue, TooMuchText."""
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
                return RequestView(row.id, row.code, row.service)
            code = new_code(Kind.REQUEST)
            Request.insert(
                id=request_id,
                code=code,
                service=service,
                day=clock.local_date(now, self._zone),
                status="new",
                notice_version=notice_version,
            ).execute(db)
            for recipient, box in boxes:
                Envelope.insert(request=request_id, recipient=recipient, box=box).execute(db)
            hashes = {recipient: hashlib.sha256(box).hexdigest() for recipient, box in boxes}
            journal.append(
                "request.made",
                "visitor",
                {"request": request_id, "service": service, "notice": notice_version, "envelopes": hashes},
            )
            return RequestView(request_id, code, service)
