"""Editing of the programme by staff: series, single events, and decisions about sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from kiosk import clock
from kiosk.data import new_id
from kiosk.data.models import Gathering, Session, SessionChange
from kiosk.errors import BadValue, PastTime, UnknownGathering, UnknownSession
from kiosk.files.resources import asset
from kiosk.journal import Store
from kiosk.language.translation import LANGUAGES
from kiosk.privacy.contact import clean_name, clean_text, refuse_personal_id
from kiosk.services.rights import needs
from kiosk.settings import Settings
from kiosk.vocabulary import GROUPS
from kiosk.vocabulary.states import DecisionKind, Owner, SessionReason

from . import rhythm
from .gatherings import GatheringService, SessionView, columns_of, plain, split_id
from .partners import refuse_unknown
from .seats import SeatService

#: Reasons to cancel or move a session.
REASONS: tuple[str, ...] = tuple(SessionReason)
#: Upper limits of a gathering: seats, partners beside the first, characters of a description.
MOST_SEATS, MOST_PARTNERS, LONGEST_ABOUT = 10_000, 20, 400
#: Columns of a series that can be changed.
CHANGEABLE = (
    "names", "rule", "since", "until", "start", "end", "place", "art", "photo", "seats", "partner", "partner_id",
    "languages", "groups", "about", "more_partners",
)  # fmt: skip


@dataclass(frozen=True)
class SeriesView:
    """A series or a single event. `start` and `end` are local "HH:MM"; `owner` is "settings" or "desk"; `changed`: the
    desk overrides the settings file."""

    id: str
    names: dict[str, str]
    rule: str
    since: date
    until: date | None
    start: str
    end: str
    place: str
    art: str
    photo: str | None
    seats: int
    languages: tuple[str, ...]
    groups: tuple[str, ...]
    partner_id: str | None
    partner: str
    owner: str
    changed: bool
    about: dict[str, str]
    more_partners: tuple[str, ...]


class ProgrammeService:
    """Creates and changes series; cancels, moves and holds sessions."""

    def __init__(self, store: Store, settings: Settings, *, gatherings: GatheringService, seats: SeatService) -> None:
        self._store, self._settings = store, settings
        self._gatherings, self._seats = gatherings, seats
        self._zone = clock.zone(settings.centre.timezone)

    def series(self, now: datetime) -> list[SeriesView]:
        """Return present and future series, by their first name."""
        today = clock.local_date(now, self._zone)
        rows = Gathering.select().where(Gathering.active == 1).execute(self._store.db)
        found = [_view(row) for row in rows if self._goes_on(row, today)]
        language = self._settings.centre.default_language
        return sorted(found, key=lambda series: (series.names.get(language, "").casefold(), series.id))

    def by_id(self, gathering_id: str) -> SeriesView:
        """Return one series. Raises UnknownGathering."""
        return _view(self._row(gathering_id))

    @needs("events")
    def add(
        self,
        *,
        names: dict[str, str],
        rule: str,
        since: date,
        start: str,
        end: str,
        place: str,
        now: datetime,
        who: str,
        until: date | None = None,
        art: str = "",
        photo: str | None = None,
        seats: int = 0,
        languages: Sequence[str] = (),
        groups: Sequence[str] = (),
        partner_id: str | None = None,
        about: dict[str, str] | None = None,
        more_partners: Sequence[str] = (),
        cancelled: Sequence[date] = (),
        extra: Sequence[date] = (),
        uid: str | None = None,
    ) -> SeriesView:
        """Add a series or a single event. Raises BadRule, BadValue, UnknownPartner, and as `clean_name` does."""
        row = self._checked({
            "names": names, "rule": rhythm.check_rule(rule), "since": since, "until": until, "start": start, "end": end, "place": place,
            "art": art, "photo": photo, "seats": seats, "languages": languages, "groups": groups, "partner": "",
            "partner_id": partner_id, "about": about or {}, "more_partners": more_partners, "active": 1, "uid": uid, "owner": Owner.DESK, "changes": {},
            "cancelled": [day.isoformat() for day in cancelled], "extra": [day.isoformat() for day in extra],
        })  # fmt: skip
        gathering_id = new_id(now)
        with self._store.write(now) as journal:
            self._gatherings.put(gathering_id, row, journal, who)
            return self.by_id(gathering_id)

    @needs("events")
    def change(self, *, gathering_id: str, now: datetime, who: str, **said: Any) -> SeriesView:
        """Change the given columns of a series. For one of the settings file they are stored as overrides. Raises
        UnknownGathering, and as `add` does."""
        with self._store.write(now) as journal:
            row = self._row(gathering_id)
            unknown = next((name for name in said if name not in CHANGEABLE), None)
            if unknown:
                raise BadValue(field=unknown, value=said[unknown])
            if "rule" in said:
                said["rule"] = rhythm.check_rule(said["rule"])
            wanted = self._checked({name: getattr(row, name) for name in CHANGEABLE} | said)
            changes = {name: value for name, value in wanted.items() if value != getattr(row, name)}
            if changes:
                over = {"changes": row.changes | plain(changes)} if row.owner == Owner.SETTINGS else {}
                self._gatherings.put(gathering_id, changes | over, journal, who)
        if "seats" in changes:
            self._seats.settle(now, gathering_id)
        return self.by_id(gathering_id)

    @needs("events")
    def reset(self, *, gathering_id: str, now: datetime, who: str) -> SeriesView:
        """Drop the overrides of a series of the settings file. Raises UnknownGathering for one that is not in the
        file."""
        setting = next((one for one in self._settings.gatherings if one.key == gathering_id), None)
        if setting is None:
            raise UnknownGathering()
        with self._store.write(now) as journal:
            self._row(gathering_id)
            self._gatherings.put(gathering_id, columns_of(setting) | {"changes": {}}, journal, who)
        self._seats.settle(now, gathering_id)
        return self.by_id(gathering_id)

    @needs("events")
    def end(self, *, gathering_id: str, now: datetime, who: str) -> SeriesView:
        """End a series: it has no sessions from today on."""
        yesterday = clock.local_date(now, self._zone) - timedelta(days=1)
        return self.change(gathering_id=gathering_id, until=yesterday, now=now, who=who)

    # single sessions

    @needs("events")
    def cancel(self, *, session_id: str, reason: str, now: datetime, who: str) -> None:
        """Cancel one session; its seat bookings are kept in case this is undone. Raises UnknownSession, BadValue."""
        self._decide(session_id, DecisionKind.CANCELLED, reason, now, who)

    @needs("events")
    def hold(self, *, session_id: str, now: datetime, who: str) -> None:
        """Hold a session although the day is a holiday. Raises UnknownSession."""
        self._decide(session_id, DecisionKind.HELD, "", now, who)

    @needs("events")
    def move(
        self, *, session_id: str, day: date, start: str, end: str, place: str, reason: str, now: datetime, who: str
    ) -> SessionView:
        """Move one session to another day, time or place; its seats move along. Raises UnknownSession, PastTime,
        BadValue and what `clean_name` raises for the place."""
        begins, ends = _clock("start", start), _clock("end", end)
        starts_at, ends_at = clock.local_span(day, begins, ends, self._zone)
        if ends_at <= now:
            raise PastTime()
        where = {"moved_to": day, "starts_at": starts_at, "ends_at": ends_at, "place": clean_name(place)}
        self._decide(session_id, DecisionKind.MOVED, reason, now, who, **where)
        return self._gatherings.session(session_id)

    @needs("events")
    def take_back(self, *, session_id: str, now: datetime, who: str) -> None:
        """Undo a decision about a session. Idempotent. Raises UnknownSession."""
        gathering_id, day = split_id(session_id)
        with self._store.write(now) as journal:
            which = (SessionChange.gathering == gathering_id) & (SessionChange.day == day)
            if SessionChange.delete().where(which).execute(self._store.db):
                told: dict[str, Any] = {"session": session_id, "gathering": gathering_id, "day": day}
                planned = self._gatherings.planned(gathering_id, day)
                if planned is not None:
                    told |= {"starts_at": planned.starts_at, "ends_at": planned.ends_at, "place": planned.place}
                    self._set_row(session_id, day, planned.starts_at, planned.ends_at, planned.place)
                journal.append("session.restored", who, _told(told))

    def _decide(self, session_id: str, kind: str, reason: str, now: datetime, who: str, **where: Any) -> None:
        if (kind != DecisionKind.HELD) != (reason in REASONS):
            raise BadValue(field="reason", value=reason)
        gathering_id, day = split_id(session_id)
        said = {"gathering": gathering_id, "day": day, "kind": kind, "reason": reason} | where
        with self._store.write(now) as journal:
            if self._gatherings.planned(gathering_id, day) is None:
                raise UnknownSession()
            SessionChange.replace(**said).execute(self._store.db)
            journal.append(f"session.{kind}", who, {"session": session_id} | _told(said))
            if where:
                self._set_row(session_id, where["moved_to"], where["starts_at"], where["ends_at"], where["place"])

    def _set_row(self, session_id: str, day: date, starts_at: datetime, ends_at: datetime, place: str) -> None:
        """Update the row of a session that has visits."""
        values = {"day": day, "starts_at": starts_at, "ends_at": ends_at, "place": place}
        Session.update(**values).where(Session.id == session_id).execute(self._store.db)

    def _row(self, gathering_id: str) -> Gathering:
        rows = Gathering.select().where(Gathering.id == gathering_id).execute(self._store.db)
        row: Gathering | None = next(iter(rows), None)
        if row is None:
            raise UnknownGathering()
        return row

    def _goes_on(self, row: Gathering, today: date) -> bool:
        if row.until is not None and row.until < today:
            return False
        ahead = today + timedelta(days=366)
        return (
            "COUNT" not in row.rule
            or bool(rhythm.dates(row.rule, row.since, today, max(ahead, row.since)))
            or any(day >= today.isoformat() for day in row.extra)
        )

    def _checked(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return the validated columns of a series. Raises KioskError for invalid ones."""
        language = self._settings.centre.default_language
        names = {code: clean_name(name) for code, name in row["names"].items() if name.strip() and code in LANGUAGES}
        if language not in names:
            raise BadValue(field="names", value=language)
        if not 0 <= row["seats"] <= MOST_SEATS:
            raise BadValue(field="seats", value=row["seats"])
        if not set(row["languages"]) <= set(LANGUAGES) or not set(row["groups"]) <= set(GROUPS):
            raise BadValue(field="languages, groups", value=[*row["languages"], *row["groups"]])
        if row["art"] and ("/" in row["art"] or not asset(f"art/{row['art']}").is_file()):
            raise BadValue(field="art", value=row["art"])
        about = {
            code: clean_description(text) for code, text in row["about"].items() if text.strip() and code in LANGUAGES
        }
        partners = [other for other in dict.fromkeys(row["more_partners"]) if other != row["partner_id"]]
        if len(partners) > MOST_PARTNERS:
            raise BadValue(field="more_partners", value=len(partners))
        for partner_id in (row["partner_id"], *partners):
            refuse_unknown(self._store.db, partner_id)
        start, end = _clock("start", row["start"]), _clock("end", row["end"])
        if start == end:
            raise BadValue(field="end", value=row["end"])
        return row | {
            "names": names, "start": f"{start:%H:%M}", "end": f"{end:%H:%M}", "place": clean_name(row["place"]),
            "languages": list(row["languages"]), "groups": list(row["groups"]), "about": about, "more_partners": partners,
        }  # fmt: skip


def clean_description(text: str) -> str:
    """Return a description, cleaned. Raises PersonalId, and as `clean_text` does."""
    cleaned = clean_text(text, LONGEST_ABOUT)
    refuse_personal_id(cleaned)
    return cleaned


def _clock(field: str, text: str) -> time:
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise BadValue(field=field, value=text) from None


def _told(said: dict[str, Any]) -> dict[str, Any]:
    """Return a decision as a journal payload."""
    plain_said = {name: clock.utc_text(value) if isinstance(value, datetime) else value for name, value in said.items()}
    return plain(plain_said)


def _view(row: Gathering) -> SeriesView:
    return SeriesView(
        row.id, row.names, row.rule, row.since, row.until, row.start, row.end, row.place, row.art, row.photo, row.seats,
        tuple(row.languages), tuple(row.groups), row.partner_id, row.partner, row.owner, bool(row.changes), row.about,
        tuple(row.more_partners),
    )  # fmt: skip
