"""The bell: a visitor calls staff, without saying who or why. It is a note on the desk of every tablet of the centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk import clock
from kiosk.data import new_id
from kiosk.data.models import Bell
from kiosk.errors import BadValue
from kiosk.journal import Store
from kiosk.language.translation import LANGUAGES
from kiosk.services.rights import VISITOR, needs
from kiosk.settings import Settings

#: A second ring within this time is the same one.
AGAIN = timedelta(minutes=2)
#: Whoever rang is no longer waited for after this time.
LASTS = timedelta(minutes=30)


@dataclass(frozen=True)
class BellCall:
    """A ring that nobody has answered. `made_at` is aware UTC; `language` is that of the visitor's screen."""

    id: str
    language: str
    made_at: datetime


class BellService:
    """Rings, and who answers them."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store

    @needs(VISITOR)
    def ring(self, *, language: str, now: datetime, who: str = "visitor") -> BellCall:
        """Call staff; within AGAIN of the last unanswered ring this is the same one. Raises BadValue."""
        if language not in LANGUAGES:
            raise BadValue(field="language", value=language)
        with self._store.write(now) as journal:
            for ring in self.waiting(now)[-1:]:
                if now - ring.made_at < AGAIN:
                    return ring
            ring = BellCall(new_id(now), language, now)
            Bell.insert(id=ring.id, language=language, made_at=now).execute(self._store.db)
            journal.append("bell.rung", who, {"bell": ring.id, "language": language})
            return ring

    def waiting(self, now: datetime) -> tuple[BellCall, ...]:
        """Return the unanswered rings of the last LASTS, earliest first."""
        since = clock.utc_text(now - LASTS)
        sql = "SELECT id, language, made_at FROM bell WHERE answered_at IS NULL AND made_at > ? ORDER BY made_at, id"
        rows = self._store.db.execute_sql(sql, (since,)).fetchall()
        return tuple(BellCall(ring, language, clock.parse(made_at)) for ring, language, made_at in rows)

    @needs("hand_over")
    def answer(self, *, now: datetime, who: str) -> int:
        """Answer all rings; returns how many there were."""
        with self._store.write(now) as journal:
            rings = self.waiting(now)
            for ring in rings:
                Bell.update(answered_at=now).where(Bell.id == ring.id).execute(self._store.db)
                journal.append("bell.answered", who, {"bell": ring.id})
            return len(rings)
