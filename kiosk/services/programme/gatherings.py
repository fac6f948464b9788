"""Gatherings and their sessions. Series come from the settings and from the desk; the row of a session is created on
first use. Decisions of staff about single sessions override the schedule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from kiosk import clock
from kiosk.data.models import Gathering, Partner, Seat, Session, SessionChange
from kiosk.errors import N_, UnknownSession
from kiosk.journal import Journal, Store
from kiosk.language.holidays import holiday_on
from kiosk.language.translation import LANGUAGES, Language
from kiosk.services.rights import SYSTEM, needs
from kiosk.settings import GatheringSetting, Settings
from kiosk.vocabulary import OPEN_HOUSE
from kiosk.vocabulary.states import DecisionKind, Owner, RhythmKind, SeatState, SessionState

from . import rhythm
from .opening_hours import OpeningHoursService

#: Days ahead searched for the next session.
AHEAD = 400
#: Name and icon of the open house.
OPEN_HOUSE_NAME, OPEN_HOUSE_ART = N_("Open house"), "home_goods.png"


@dataclass(frozen=True)
class SessionView:
    """One occurrence. `id` is gathering:date:HHMM, equal on every tablet and kept when moved. Times are aware UTC;
    `seats` 0: no sign-up needed. `partner` names all partners, `about` is a description by language. `state` is a SessionState, `reason` why it was cancelled or moved, `other` the time it
    was moved from (or to, when "away"), `holiday` the names of the day."""

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
    groups: tuple[str, ...] = ()
    photo: str | None = None
    about: dict[str, str] = field(default_factory=dict)
    state: str = SessionState.ON
    reason: str = ""
    other: datetime | None = None
    holiday: dict[str, str] = field(default_factory=dict)

    @property
    def takes_place(self) -> bool:
        return self.state in (SessionState.ON, SessionState.MOVED)


class GatheringService:
    """The schedule."""

    def __init__(self, store: Store, settings: Settings, *, opening: OpeningHoursService) -> None:
        self._store, self._opening, self._centre = store, opening, settings.centre.name
        self._zone = clock.zone(settings.centre.timezone)
        self._country = settings.calendar.holidays

    @needs(SYSTEM)
    def apply(self, gatherings: Iterable[GatheringSetting], now: datetime) -> None:
        """Update the database to the series of the settings. Overrides and series of the desk, and unchanged series,
        are not touched."""
        db = self._store.db
        known = {row.id: row for row in Gathering.select().where(Gathering.owner == Owner.SETTINGS).execute(db)}
        wanted = {
            gathering.key: columns_of(gathering)
            | (typed(known[gathering.key].changes) if gathering.key in known else {})
            for gathering in gatherings
        }
        changed = {
            key: row
            for key, row in wanted.items()
            if key not in known or row != {n: getattr(known[key], n) for n in row}
        }
        gone = [key for key, row in known.items() if key not in wanted and row.active]
        if not changed and not gone:
            return
        with self._store.write(now) as journal:
            for key, row in changed.items():
                self.put(key, row, journal, "settings")
            for key in gone:
                Gathering.update(active=0).where(Gathering.id == key).execute(db)
                journal.append("gathering.ended", "settings", {"gathering": key})

    def put(self, key: str, row: dict[str, Any], journal: Journal, who: str) -> None:
        """Write columns of a series inside the caller's transaction; future seat bookings follow a new time of day."""
        db = self._store.db
        known = next(iter(Gathering.select().where(Gathering.id == key).execute(db)), None)
        if known is None:
            Gathering.insert(id=key, **({"owner": Owner.SETTINGS, "changes": {}} | row)).execute(db)
        else:
            Gathering.update(**row).where(Gathering.id == key).execute(db)
        [whole] = Gathering.select().where(Gathering.id == key).dicts().execute(db)
        whole["gathering"] = whole.pop("id")  # an entry has the complete row
        journal.append("gathering.set", who, plain(whole))
        if known is not None and row.get("start", known.start) != known.start:
            self._follow(key, row["start"], journal, who)

    def sessions_on(self, day: date) -> list[SessionView]:
        """Return the sessions that begin on local `day`, earliest first."""
        return self.sessions_between(day, day)

    def sessions_between(self, first: date, last: date) -> list[SessionView]:
        """Return the sessions that take place from local day `first` to `last`, earliest first."""
        return [session for session in self.plan(first, last) if session.takes_place]

    def plan(self, first: date, last: date) -> list[SessionView]:
        """Return all sessions of the schedule from local day `first` to `last`, those that do not take place
        included."""
        db = self._store.db
        near = SessionChange.day.between(first, last) | SessionChange.moved_to.between(first, last)
        changes = list(SessionChange.select().where(near).execute(db))
        facts = list(Session.select().where(Session.day.between(first, last)).execute(db))
        found = self._laid_out(self._active(), changes, facts, first, last)
        within = [session for session in found if first <= clock.local_date(session.starts_at, self._zone) <= last]
        return sorted(within, key=lambda session: (session.starts_at, session.id, session.state))

    def session(self, session_id: str) -> SessionView:
        """Return one session that takes place, or a day's open house. Raises UnknownSession."""
        gathering_id, day = split_id(session_id)
        told = self.open_house(day) if gathering_id == OPEN_HOUSE else self._told(session_id)
        for session in told:
            if session.id == session_id and session.takes_place:
                return session
        raise UnknownSession()

    def named(self, session_id: str) -> SessionView | None:
        """Return a session whether it takes place or not (then it is "cancelled"); None if its series is unknown. For
        bookings: which session, and when. Raises UnknownSession for an invalid id."""
        told = [session for session in self._told(session_id) if session.id == session_id]
        for session in sorted(told, key=lambda one: not one.takes_place):
            return (
                session
                if session.takes_place or session.state == SessionState.HOLIDAY
                else replace(session, state=SessionState.CANCELLED)
            )
        gathering_id, day = split_id(session_id)
        for row in Gathering.select().where(Gathering.id == gathering_id).execute(self._store.db):
            start = f"{session_id[-4:-2]}:{session_id[-2:]}"
            view = self._view(row, day, self._partners())
            starts_at = clock.local_to_utc(day, time.fromisoformat(start), self._zone)
            return replace(view, id=session_id, starts_at=starts_at, state=SessionState.CANCELLED)
        return None

    def sessions_now(self, now: datetime) -> list[SessionView]:
        """Return today's sessions, and those of yesterday evening that still run."""
        today = clock.local_date(now, self._zone)
        running = [session for session in self.sessions_on(today - timedelta(days=1)) if session.ends_at > now]
        return running + self.sessions_on(today)

    def open_house(self, day: date) -> list[SessionView]:
        """Return the open house of local `day`, which counts visits while the centre is open without a gathering; empty
        on other days."""
        hours = self._opening.hours_on(day)
        if hours is None:
            return []
        starts_at, ends_at = clock.local_span(day, *hours, self._zone)
        if any(one.starts_at < ends_at and one.ends_at > starts_at for one in self.sessions_on(day)):
            return []
        names = {code: Language(code).text(OPEN_HOUSE_NAME) for code in LANGUAGES}
        known = session_id(OPEN_HOUSE, day, f"{hours[0]:%H:%M}")
        return [SessionView(known, OPEN_HOUSE, names, self._centre, starts_at, ends_at, OPEN_HOUSE_ART)]

    def counted_on(self, day: date) -> list[SessionView]:
        """Return what visits of local `day` can be counted under: sessions and open house, earliest first."""
        return sorted([*self.sessions_on(day), *self.open_house(day)], key=lambda session: session.starts_at)

    def counted_now(self, now: datetime) -> list[SessionView]:
        """Return what visits can be counted under now: present sessions, and today's open house."""
        return self.sessions_now(now) + self.open_house(clock.local_date(now, self._zone))

    def next_session(self, after: datetime) -> SessionView | None:
        """Return the first session after `after`; None without one within a year."""
        today = clock.local_date(after, self._zone)
        ahead = self.sessions_between(today, today + timedelta(days=AHEAD))
        return next((session for session in ahead if session.starts_at > after), None)

    def keep(self, session_id: str, journal: Journal) -> None:
        """Create the row of a session if missing, inside the caller's transaction. Raises UnknownSession for one that
        is not in the schedule."""
        db = self._store.db
        if db.execute_sql("SELECT 1 FROM session WHERE id = ?", (session_id,)).fetchone():
            return
        session = self.session(session_id)
        if session.gathering_id == OPEN_HOUSE:
            self._keep_open_house(session, journal)
        day = clock.local_date(session.starts_at, self._zone)
        said = {"gathering": session.gathering_id, "place": session.place}
        times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
        Session.insert(id=session.id, day=day, **said, **times).execute(db)
        payload = {"session": session.id, "day": day.isoformat()} | said
        texts = {name: clock.utc_text(moment) for name, moment in times.items()}
        journal.append("session.opened", "schedule", payload | texts)

    def _keep_open_house(self, session: SessionView, journal: Journal) -> None:
        """Create the row of the open house once. It has no schedule: its days are the opening days."""
        if Gathering.select().where(Gathering.id == OPEN_HOUSE).exists(self._store.db):
            return
        start, end = (at.astimezone(self._zone) for at in (session.starts_at, session.ends_at))
        row = {"names": session.names, "rule": "FREQ=DAILY", "since": start.date(), "until": None, "active": 0}
        row |= {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}", "place": session.place, "art": session.art}
        row |= {"photo": None, "cancelled": [], "extra": [], "seats": 0, "partner": "", "partner_id": None}
        row |= {"languages": [], "groups": [], "about": {}, "more_partners": []}
        self.put(OPEN_HOUSE, row, journal, Owner.SETTINGS)

    def planned(self, gathering_id: str, day: date) -> SessionView | None:
        """Return the scheduled session of local `day`, decisions ignored; None without one."""
        for row in self._active():
            if row.id == gathering_id and day in self._days(row, day, day):
                return self._view(row, day, self._partners())
        return None

    def _active(self) -> list[Gathering]:
        return list(Gathering.select().where(Gathering.active == 1).execute(self._store.db))

    def _told(self, session_id: str) -> list[SessionView]:
        gathering_id, day = split_id(session_id)
        db = self._store.db
        rows = [row for row in self._active() if row.id == gathering_id]
        which = (SessionChange.gathering == gathering_id) & (SessionChange.day == day)
        changes = list(SessionChange.select().where(which).execute(db))
        facts = list(Session.select().where(Session.id == session_id).execute(db))
        return list(self._laid_out(rows, changes, facts, day, day))

    def _laid_out(
        self, rows: list[Gathering], changes: list[SessionChange], facts: list[Session], first: date, last: date
    ) -> Iterator[SessionView]:
        """Return the schedule with decisions and facts applied."""
        decided = {(change.gathering, change.day): change for change in changes}
        happened = {(fact.gathering, _planned_day(fact)): fact for fact in facts}
        partners = self._partners()
        for row in rows:
            days = self._days(row, first, last)
            others = {day for key, day in (*decided, *happened) if key == row.id}
            for day in sorted(days.keys() | others):
                view, at = self._view(row, day, partners), (row.id, day)
                yield from self._become(view, day, days.get(day), decided.get(at), happened.get(at))

    def _become(
        self, view: SessionView, day: date, explicit: bool | None, change: SessionChange | None, fact: Session | None
    ) -> Iterator[SessionView]:
        """Yield the session of `day` after decisions; a moved one also as "away" on its old day. `explicit`: True for a
        listed date, False for one by the rule, None if the schedule does not have it (any more)."""
        if fact is not None:  # it has visits: keep its id and, unless moved, its time
            view = replace(view, id=fact.id)
            if change is None:
                yield replace(view, starts_at=fact.starts_at, ends_at=fact.ends_at, place=fact.place)
                return
        if change is not None and change.kind == DecisionKind.MOVED:
            yield replace(
                view,
                starts_at=change.starts_at,
                ends_at=change.ends_at,
                place=change.place or view.place,
                state=SessionState.MOVED,
                reason=change.reason,
                other=view.starts_at,
            )
            if change.moved_to != day and explicit is not None:
                yield replace(view, state=SessionState.AWAY, reason=change.reason, other=change.starts_at)
        elif explicit is None:
            return
        elif change is not None:
            yield (
                replace(view, state=SessionState.CANCELLED, reason=change.reason)
                if change.kind == DecisionKind.CANCELLED
                else view
            )
        else:
            names = {} if explicit else holiday_on(self._country, day)
            yield replace(view, state=SessionState.HOLIDAY, holiday=names) if names else view

    def _days(self, row: Gathering, first: date, last: date) -> dict[date, bool]:
        """Return the dates of a series from `first` to `last`, each with whether it is a listed date."""
        last = min(last, row.until or last)
        once = rhythm.rhythm_of(row.rule, row.since).kind == RhythmKind.ONCE
        days = dict.fromkeys(rhythm.dates(row.rule, row.since, first, last), once)
        days |= {day: True for day in map(date.fromisoformat, row.extra) if first <= day <= last}
        return {day: named for day, named in days.items() if day.isoformat() not in row.cancelled}

    def _view(self, row: Gathering, day: date, partners: dict[str, str]) -> SessionView:
        start, end = time.fromisoformat(row.start), time.fromisoformat(row.end)
        starts_at, ends_at = clock.local_span(day, start, end, self._zone)
        first = partners.get(row.partner_id or "", row.partner)
        others = (partners.get(other, "") for other in row.more_partners)
        return SessionView(
            session_id(row.id, day, row.start),
            row.id,
            row.names,
            row.place,
            starts_at,
            ends_at,
            row.art,
            row.seats,
            ", ".join(filter(None, (first, *others))),
            tuple(row.languages),
            tuple(row.groups),
            row.photo,
            row.about,
        )

    def _partners(self) -> dict[str, str]:
        return dict(Partner.select(Partner.id, Partner.name).tuples().execute(self._store.db))

    def _follow(self, key: str, start: str, journal: Journal, who: str) -> None:
        """Move the seats of sessions without visits to the new time of day of the series."""
        db = self._store.db
        live = (Seat.state.in_((SeatState.BOOKED, SeatState.WAITING))) & Seat.session.startswith(f"{key}:")
        opened = Session.select(Session.id).where(Session.gathering == key)
        booked = Seat.select(Seat.id, Seat.session).where(live, Seat.session.not_in(opened)).order_by(Seat.id)
        for seat_id, old in list(booked.tuples().execute(db)):
            new = session_id(key, split_id(old)[1], start)
            Seat.update(session=new).where(Seat.id == seat_id).execute(db)
            journal.append("seat.followed", who, {"seat": seat_id, "session": new})


def session_id(gathering_id: str, day: date, start: str) -> str:
    """Return the id of a session: gathering:date:HHMM."""
    return f"{gathering_id}:{day.isoformat()}:{start.replace(':', '')}"


def split_id(session_id: str) -> tuple[str, date]:
    """Return (gathering, local date) of a session id. Raises UnknownSession for an invalid one."""
    try:
        gathering_id, day, _ = session_id.rsplit(":", 2)
        return gathering_id, date.fromisoformat(day)
    except ValueError:
        raise UnknownSession() from None


def _planned_day(fact: Session) -> date:
    try:
        return split_id(fact.id)[1]
    except UnknownSession:
        day: date = fact.day
        return day


def columns_of(gathering: GatheringSetting) -> dict[str, Any]:
    """Return the columns of a series from the settings."""
    return {
        "names": gathering.names,
        "rule": gathering.every,
        "since": gathering.since,
        "until": None,
        "start": f"{gathering.start:%H:%M}",
        "end": f"{gathering.end:%H:%M}",
        "place": gathering.place,
        "art": gathering.art,
        "photo": None,
        "cancelled": sorted(day.isoformat() for day in gathering.cancelled),
        "extra": sorted(day.isoformat() for day in gathering.extra),
        "active": 1,
        "seats": gathering.seats,
        "partner": gathering.partner,
        "partner_id": None,
        "languages": list(gathering.languages),
        "groups": list(gathering.groups),
        "about": {},
        "more_partners": [],
    }


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return columns as JSON values."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def typed(row: dict[str, Any]) -> dict[str, Any]:
    """Inverse of `plain`."""
    dates = ("since", "until")
    return {name: date.fromisoformat(value) if name in dates and value else value for name, value in row.items()}
