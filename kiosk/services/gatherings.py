"""Gatherings and their sessions: the schedule comes from the settings, a session's row is made when it is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from kiosk import clock
from kiosk.data import Journal, Store
from kiosk.data.models import Gathering, Session
from kiosk.errors import UnknownSession
from kiosk.settings import GatheringSetting, Settings

#: How far ahead the next session is looked for, days.
AHEAD = 400


@dataclass(frozen=True)
class SessionView:
    """One occurrence. `id` is gathering:date:HHMM, the same on every tablet. Times are aware UTC; `seats` 0
    means that nobody needs to sign up."""

    id: str
    gathering_id: str
    names: dict[str, str]
    place: str
    starts_at: datetime
    ends_at: datetime
    art: str
    seats: int = 0
    partner: str = ""
    languages: tuple[str, ...] = ()


class Gatherings:
    """The schedule."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._zone = clock.zone(settings.centre.timezone)

    def apply(self, gatherings: Iterable[GatheringSetting], now: datetime) -> None:
        """Make the database's gatherings those of the settings; what did not change is left alone."""
        wanted = {gathering.key: _row(gathering) for gathering in gatherings}
        db = self._store.db
        known = {row.id: row for row in Gathering.select().execute(db)}
        changed = {key: row for key, row in wanted.items() if key not in known or _fields(known[key]) != row}
        gone = [key for key, row in known.items() if key not in wanted and row.active]
        if not changed and not gone:
            return
        with self._store.write(now) as journal:
            for key, row in changed.items():
                Gathering.replace(id=key, **row).execute(db) if key not in known else Gathering.update(**row).where(
                    Gathering.id == key
                ).execute(db)
                journal.append("gathering.set", "settings", {"gathering": key} | _plain(row))
            for key in gone:
                Gathering.update(active=0).where(Gathering.id == key).execute(db)
                journal.append("gathering.ended", "settings", {"gathering": key})

    def sessions_on(self, day: date) -> list[SessionView]:
        """Return the sessions that begin on local `day`, earliest first."""
        found = [session for row in self._active() for session in self._on(row, day)]
        return sorted(found, key=lambda session: (session.starts_at, session.id))

    def sessions_between(self, first: date, last: date) -> list[SessionView]:
        """Return the sessions that begin from local day `first` to `last`, earliest first."""
        found = [
            session for row in self._active() for day in self._days(row, first, last) for session in self._on(row, day)
        ]
        return sorted(found, key=lambda session: (session.starts_at, session.id))

    def session(self, session_id: str) -> SessionView:
        """Return one session of the schedule. Raises UnknownSession."""
        return self._scheduled(session_id)

    def sessions_now(self, now: datetime) -> list[SessionView]:
        """Return today's sessions, and those of yesterday evening that still run."""
        today = clock.local_date(now, self._zone)
        running = [session for session in self.sessions_on(today - timedelta(days=1)) if session.ends_at > now]
        return running + self.sessions_on(today)

    def next_session(self, after: datetime) -> SessionView | None:
        """Return the first session that begins after `after`; None when there is none within a year."""
        today = clock.local_date(after, self._zone)
        found = [
            session
            for row in self._active()
            for day in self._days(row, today, today + timedelta(days=AHEAD))
            for session in self._on(row, day)
            if session.starts_at > after
        ]
        return min(found, key=lambda session: (session.starts_at, session.id), default=None)

    def keep(self, session_id: str, journal: Journal) -> None:
        """Make the row of the session if it has none yet, inside the caller's transaction. Raises UnknownSession for
        one that is not in the schedule."""
        db = self._store.db
        if Session.select().where(Session.id == session_id).exists(db):
            return
        session = self._scheduled(session_id)
        day = session.starts_at.astimezone(self._zone).date()
        said = {"gathering": session.gathering_id, "place": session.place}
        times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
        Session.insert(id=session.id, day=day, **said, **times).execute(db)
        payload = {"session": session.id, "day": day.isoformat()} | said
        texts = {name: clock.utc_text(moment) for name, moment in times.items()}
        journal.append("session.opened", "schedule", payload | texts)

    def _scheduled(self, session_id: str) -> SessionView:
        try:
            day = date.fromisoformat(session_id.rsplit(":", 2)[1])
        except (ValueError, IndexError):
            raise UnknownSession() from None
        for session in self.sessions_on(day):
            if session.id == session_id:
                return session
        raise UnknownSession()

    def _active(self) -> list[Gathering]:
        return list(Gathering.select().where(Gathering.active == 1).execute(self._store.db))

    def _days(self, row: Gathering, first: date, last: date) -> Iterator[date]:
        start = datetime.combine(max(row.since, first), time())
        rule = rrulestr(row.rule, dtstart=datetime.combine(row.since, time()))
        regular = {moment.date() for moment in rule.between(start, datetime.combine(last, time()), inc=True)}
        extra = {day for day in map(date.fromisoformat, row.extra) if first <= day <= last}
        cancelled = set(map(date.fromisoformat, row.cancelled))
        yield from sorted((regular | extra) - cancelled)

    def _on(self, row: Gathering, day: date) -> Iterator[SessionView]:
        for found in self._days(row, day, day):
            start, end = time.fromisoformat(row.start), time.fromisoformat(row.end)
            starts_at, ends_at = clock.local_span(found, start, end, self._zone)
            session_id = f"{row.id}:{found.isoformat()}:{start:%H%M}"
            yield SessionView(
                session_id, row.id, row.names, row.place, starts_at, ends_at, row.art,
                row.seats, row.partner, tuple(row.languages),
            )  # fmt: skip


def _row(gathering: GatheringSetting) -> dict[str, object]:
    return {
        "names": gathering.names,
        "rule": gathering.every,
        "since": gathering.since,
        "start": f"{gathering.start:%H:%M}",
        "end": f"{gathering.end:%H:%M}",
        "place": gathering.place,
        "art": gathering.art,
        "cancelled": sorted(day.isoformat() for day in gathering.cancelled),
        "extra": sorted(day.isoformat() for day in gathering.extra),
        "active": 1,
        "seats": gathering.seats,
        "partner": gathering.partner,
        "languages": list(gathering.languages),
    }


def _fields(row: Gathering) -> dict[str, object]:
    return {name: getattr(row, name) for name in _FIELDS}


def _plain(row: dict[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


_FIELDS = (
    "names",
    "rule",
    "since",
    "start",
    "end",
    "place",
    "art",
    "cancelled",
    "extra",
    "active",
    "seats",
    "partner",
    "languages",
)
