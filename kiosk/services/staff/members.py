"""Staff: login by PIN or badge, and roles."""

from __future__ import annotations

import hashlib
import itertools
import re
import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

import argon2
import peewee

from kiosk import clock
from kiosk.codes.codes import Code, Kind, new_code
from kiosk.data import new_id, snapshots
from kiosk.data.models import Badge, StaffMember
from kiosk.errors import (
    N_,
    BadgeNeedsPin,
    BadPin,
    BadValue,
    CommonPin,
    DoorShut,
    KioskError,
    LastCoordinator,
    NameTaken,
    UnknownBadge,
    UnknownMember,
    WrongPin,
    WrongRole,
)
from kiosk.journal import Journal, Store
from kiosk.language.translation import LANGUAGES
from kiosk.privacy.contact import clean_name
from kiosk.services.rights import ROLES, SYSTEM, VISITOR, has_coordinator, has_right, needs, refuse_above
from kiosk.settings import Settings
from kiosk.vocabulary.states import Role

from .pin_throttle import PinThrottle

#: argon2id with 64 MiB: expensive for an offline attack on a stolen disk, fast enough for one login.
HASHER = argon2.PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
#: Columns of a removed member: only id and role remain.
FORGET = (
    "UPDATE staff SET active = 0, name = '', pin = '' WHERE id = ?",
    "DELETE FROM badge WHERE staff = ?",
    "DELETE FROM door WHERE person = ?",
)
#: Lines on the keypad, as runs of keys: common patterns of PINs.
_KEYPAD_LINES = ("147258", "258369", "147369", "159357", "357159", "159753", "741852", "852963", "963852", "258013")


class PinEnded(KioskError):
    default = N_("The PINs were ended when the backup was restored. Ask the coordinator for a new one.")


def badge_code() -> Code:
    """Return a new badge code, not yet assigned."""
    return new_code(Kind.BADGE)


class Member(NamedTuple):
    """A member of staff. `language` is that of the desk after login; `needs_pin`: the PIN was revoked, for example by a
    restore."""

    id: str
    name: str
    role: str
    language: str
    has_badge: bool
    needs_pin: bool = False

    @property
    def who(self) -> str:
        """The author name in the journal."""
        return f"staff:{self.id}"

    def may(self, right: str) -> bool:
        """Return whether this member has a right (of RIGHTS)."""
        return has_right(self.role, right)

    def need(self, right: str) -> None:
        """Raise WrongRole without the right."""
        if not self.may(right):
            raise WrongRole()


class StaffService:
    """Members and logins. `ticks` is a monotonic clock in seconds."""

    def __init__(self, store: Store, settings: Settings, ticks: Callable[[], float] = clock.since_boot) -> None:
        self._store = store
        self._language = settings.centre.default_language
        self._door = PinThrottle(store, ticks)
        self._one_at_a_time = threading.Lock()

    def members(self) -> list[Member]:
        """Return all active members, by name."""
        rows = StaffMember.select().where(StaffMember.active == 1).order_by(StaffMember.name).execute(self._store.db)
        return [self._member(row) for row in rows]

    def member(self, member_id: str) -> Member:
        """Return one member. Raises UnknownMember."""
        return self._member(self._row(member_id))

    def by_name(self, name: str) -> Member:
        """Return the member named `name`. Raises UnknownMember."""
        found = [member for member in self.members() if member.name.casefold() == name.strip().casefold()]
        if not found:
            raise UnknownMember()
        return found[0]

    @property
    def needs_first(self) -> bool:
        """Whether there is no coordinator yet."""
        return not has_coordinator(self._store.db)

    @needs(VISITOR)
    def add_first(self, *, name: str, pin: str, now: datetime, language: str | None = None) -> Member:
        """Add the first coordinator. Raises CoordinatorExists, and as `add` does."""
        return self.add(name=name, role=Role.COORDINATOR, pin=pin, now=now, who="first", language=language)

    @needs("people")
    def add(self, *, name: str, role: str, pin: str, now: datetime, who: str, language: str | None = None) -> Member:
        """Add a member. Raises BadPin, CommonPin, NameTaken, BadValue, and as `clean_name` does."""
        name, language = clean_name(name), language or self._language
        if role not in ROLES:
            raise BadValue(field="role", value=role)
        if language not in LANGUAGES:
            raise BadValue(field="language", value=language)
        hashed = HASHER.hash(check_pin(pin))
        member_id = new_id(now)
        with self._store.write(now) as journal:
            refuse_above(self._store.db, who, role)
            if any(member.name.casefold() == name.casefold() for member in self.members()):
                raise NameTaken(name=name)
            StaffMember.insert(id=member_id, name=name, role=role, language=language, pin=hashed).execute(
                self._store.db
            )
            journal.append("staff.added", who, {"staff": member_id, "role": role})
            return self.member(member_id)

    @needs("people")
    def set_pin(self, *, member_id: str, pin: str, now: datetime, who: str) -> Member:
        """Set a new PIN. Raises BadPin, CommonPin, UnknownMember."""
        hashed = HASHER.hash(check_pin(pin))
        with self._store.write(now) as journal:
            refuse_above(self._store.db, who, self._row(member_id).role)
            StaffMember.update(pin=hashed).where(StaffMember.id == member_id).execute(self._store.db)
            self._door.opened(member_id)
            journal.append("staff.pin_set", who, {"staff": member_id})
            return self.member(member_id)

    @needs("people")
    def revoke(self, *, member_id: str, now: datetime, who: str) -> None:
        """Remove a member. Name, PIN and badges are deleted, in the snapshots too; the journal has only the id. Raises
        UnknownMember, LastCoordinator."""
        with self._store.write(now) as journal:
            member = self.member(member_id)
            refuse_above(self._store.db, who, member.role)
            others = [one for one in self.members() if one.role == Role.COORDINATOR and one.id != member_id]
            if member.role == Role.COORDINATOR and not others:
                raise LastCoordinator()
            self._end_badge(journal, member_id, who)
            for statement in FORGET:
                self._store.db.execute_sql(statement, (member_id,))
            journal.append("staff.revoked", who, {"staff": member_id})
        self._store.forget_deleted()
        snapshots.strike(self._store.copies(), [(statement, [(member_id,)]) for statement in FORGET])

    @needs("people")
    def new_badge(self, *, member_id: str, now: datetime, who: str, code: Code | None = None) -> Code:
        """Return the code of a new badge, which is stored only as a hash; the previous badge becomes invalid. `code`
        may be one of `badge_code` that is printed already. Raises UnknownMember."""
        code = code or badge_code()
        with self._store.write(now) as journal:
            refuse_above(self._store.db, who, self._row(member_id).role)
            self._end_badge(journal, member_id, who)
            Badge.insert(digest=_digest(code), staff=member_id).execute(self._store.db)
            journal.append("staff.badge_made", who, {"staff": member_id})
        return code

    @needs("people")
    def revoke_badge(self, *, member_id: str, now: datetime, who: str) -> None:
        """Revoke a member's badge, if there is one. Raises UnknownMember."""
        with self._store.write(now) as journal:
            refuse_above(self._store.db, who, self._row(member_id).role)
            self._end_badge(journal, member_id, who)

    # the door

    @needs(VISITOR)
    def enter(self, *, member_id: str, pin: str, now: datetime) -> Member:
        """Log in by PIN. Raises WrongPin, DoorShut, PinEnded, UnknownMember."""
        with self._one_at_a_time:
            row = self._row(member_id)
            if not row.pin:
                raise PinEnded()
            self._refuse_early(member_id)
            with self._store.write(now) as journal:
                self._door.count(member_id)
            try:
                HASHER.verify(row.pin, pin)
            except argon2.exceptions.VerificationError:
                with self._store.write(now) as journal:
                    journal.append("staff.refused", "door", {"staff": member_id})
                self._refuse_early(member_id)
                raise WrongPin() from None
            with self._store.write(now) as journal:
                self._door.opened(member_id)
                journal.append("staff.entered", f"staff:{member_id}", {"by": "pin"})
            return self._member(row)

    @needs(VISITOR)
    def enter_by_badge(self, *, code: Code, now: datetime) -> Member:
        """Log in by badge, also during lock-outs, which it ends. Raises UnknownBadge, and BadgeNeedsPin for a
        coordinator: a photograph of the badge must not be enough."""
        digest = _digest(code)
        with self._store.write(now) as journal:
            sql = "SELECT staff FROM badge JOIN staff ON staff.id = badge.staff WHERE digest = ? AND badge.active AND staff.active"
            row = self._store.db.execute_sql(sql, (digest,)).fetchone()
            if row is None:
                raise UnknownBadge()
            member = self.member(row[0])
            self._door.badge_shown(member.id)
            if member.role != Role.COORDINATOR:
                journal.append("staff.entered", member.who, {"by": "badge"})
                return member
        raise BadgeNeedsPin(member=member.id)

    @needs(SYSTEM)
    def left(self, member: Member, now: datetime, why: str) -> None:
        """Log out; `why` is "done" or "idle"."""
        with self._store.write(now) as journal:
            journal.append("staff.left", member.who, {"why": why})

    def wait(self, member_id: str) -> float:
        """Return the seconds left of this person's lock-out."""
        return self._door.left(member_id)

    @needs(SYSTEM)
    def note_waits(self, now: datetime) -> None:
        """Store the rest of running lock-outs; called periodically."""
        if self._door.waiting:
            with self._store.write(now):
                self._door.note()

    def _refuse_early(self, member_id: str) -> None:
        left = self._door.left(member_id)
        if left > 0:
            minutes, seconds = divmod(int(left) + 1, 60)
            raise DoorShut(minutes=minutes, seconds=seconds)

    def _end_badge(self, journal: Journal, member_id: str, who: str) -> None:
        ended = Badge.update(active=0).where(Badge.staff == member_id, Badge.active == 1).execute(self._store.db)
        if ended:
            journal.append("staff.badge_revoked", who, {"staff": member_id})

    def _row(self, member_id: str) -> StaffMember:
        found = StaffMember.select().where(StaffMember.id == member_id, StaffMember.active == 1)
        for row in found.execute(self._store.db):
            return row  # type: ignore[no-any-return]
        raise UnknownMember()

    def _member(self, row: StaffMember) -> Member:
        badge: peewee.Expression = (Badge.staff == row.id) & (Badge.active == 1)
        has_badge = bool(Badge.select().where(badge).exists(self._store.db))
        return Member(row.id, row.name, row.role, row.language, has_badge, not row.pin)


def check_pin(pin: str) -> str:
    """Return the PIN if it is acceptable. Raises BadPin, and CommonPin for common patterns: one digit, runs, repeated
    pairs and triples, lines on the keypad, dates (DOMAIN.md 4.1)."""
    if not re.fullmatch(r"[0-9]{6}", pin):
        raise BadPin()
    steps = {(int(b) - int(a)) % 10 for a, b in itertools.pairwise(pin)}
    patterned = (
        len(steps) == 1
        or len(set(pin)) < 3
        or pin[:3] == pin[3:]
        or pin == pin[::-1]
        or pin[:2] * 3 == pin
        or (pin[0] == pin[1] and pin[2] == pin[3] and pin[4] == pin[5])
        or any(pin in line for line in _KEYPAD_LINES)
    )
    if patterned or _is_date(pin):
        raise CommonPin()
    return pin


def _is_date(pin: str) -> bool:
    first, second, third = int(pin[:2]), int(pin[2:4]), int(pin[4:])
    for day, month, year in ((first, second, third), (third, second, first), (second, first, third)):
        try:
            date(2000 + year, month, day)
        except ValueError:
            continue
        return True
    return pin[:2] in ("19", "20") and 1 <= third <= 12


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
