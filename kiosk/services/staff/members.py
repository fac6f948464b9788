"""Staff: who may come behind the desk, by PIN or by badge, and what each may do."""

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

from .pin_throttle import PinThrottle, since_boot

#: argon2id with 64 MiB: a good second for the thief of the disk and a fraction of it for one guess at the door.
HASHER = argon2.PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
#: What is left of somebody who was removed: that there was one, of which role, by an id without a name.
FORGET = (
    "UPDATE staff SET active = 0, name = '', pin = '' WHERE id = ?",
    "DELETE FROM badge WHERE staff = ?",
    "DELETE FROM door WHERE person = ?",
)
#: Lines on the keypad that fingers like, as runs of keys.
_KEYPAD_LINES = ("147258", "258369", "147369", "159357", "357159", "159753", "741852", "852963", "963852", "258013")


class PinEnded(KioskError):
    default = N_("The PINs were ended when the backup was restored. Ask the coordinator for a new one.")


def badge_code() -> Code:
    """Return a code for a badge, which is nobody's yet."""
    return new_code(Kind.BADGE)


class Member(NamedTuple):
    """Someone of the staff. `language` is that of the desk when they come; `needs_pin` tells that theirs was ended, as
    after a restore."""

    id: str
    name: str
    role: str
    language: str
    has_badge: bool
    needs_pin: bool = False

    @property
    def who(self) -> str:
        """How the journal calls this person."""
        return f"staff:{self.id}"

    def may(self, right: str) -> bool:
        """Tell whether this person has a right of RIGHTS."""
        return has_right(self.role, right)

    def need(self, right: str) -> None:
        """Raise WrongRole without the right."""
        if not self.may(right):
            raise WrongRole()


class StaffService:
    """People and the door. `ticks` is a clock in seconds that never goes back."""

    def __init__(self, store: Store, settings: Settings, ticks: Callable[[], float] = since_boot) -> None:
        self._store = store
        self._language = settings.centre.default_language
        self._door = PinThrottle(store, ticks)
        self._one_at_a_time = threading.Lock()

    def members(self) -> list[Member]:
        """Return everybody who may come in, by name."""
        rows = StaffMember.select().where(StaffMember.active == 1).order_by(StaffMember.name).execute(self._store.db)
        return [self._member(row) for row in rows]

    def member(self, member_id: str) -> Member:
        """Return one person. Raises UnknownMember."""
        return self._member(self._row(member_id))

    def by_name(self, name: str) -> Member:
        """Return the person called `name`. Raises UnknownMember."""
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
        """Make the first coordinator. Raises CoordinatorExists and what `add` raises."""
        return self.add(name=name, role=Role.COORDINATOR, pin=pin, now=now, who="first", language=language)

    @needs("people")
    def add(self, *, name: str, role: str, pin: str, now: datetime, who: str, language: str | None = None) -> Member:
        """Let somebody in from now on. Raises BadPin, CommonPin, NameTaken, BadValue and what `clean_name` raises."""
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
        """Give somebody a new PIN. Raises BadPin, CommonPin, UnknownMember."""
        hashed = HASHER.hash(check_pin(pin))
        with self._store.write(now) as journal:
            refuse_above(self._store.db, who, self._row(member_id).role)
            StaffMember.update(pin=hashed).where(StaffMember.id == member_id).execute(self._store.db)
            self._door.opened(member_id)
            journal.append("staff.pin_set", who, {"staff": member_id})
            return self.member(member_id)

    @needs("people")
    def revoke(self, *, member_id: str, now: datetime, who: str) -> None:
        """Let somebody in no longer, neither by PIN nor by badge. Name, PIN and badges are deleted, in the snapshots too; the
        journal has only the id. Raises UnknownMember, LastCoordinator."""
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
        """Return the code for a new badge; the one before is no longer valid. The code is kept nowhere. A `code` of
        `badge_code` can be given that is on paper already. Raises UnknownMember."""
        code = code or badge_code()
        with self._store.write(now) as journal:
            refuse_above(self._store.db, who, self._row(member_id).role)
            self._end_badge(journal, member_id, who)
            Badge.insert(digest=_digest(code), staff=member_id).execute(self._store.db)
            journal.append("staff.badge_made", who, {"staff": member_id})
        return code

    @needs("people")
    def revoke_badge(self, *, member_id: str, now: datetime, who: str) -> None:
        """Make the badge of somebody invalid; without one nothing happens. Raises UnknownMember."""
        with self._store.write(now) as journal:
            refuse_above(self._store.db, who, self._row(member_id).role)
            self._end_badge(journal, member_id, who)

    # the door

    @needs(VISITOR)
    def enter(self, *, member_id: str, pin: str, now: datetime) -> Member:
        """Come in by PIN. Raises WrongPin, DoorShut, PinEnded, UnknownMember."""
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
        """Come in by badge, whatever waits run; it ends them. Raises UnknownBadge, and BadgeNeedsPin for a
        coordinator's: whoever photographed it does not know the PIN."""
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
        """Note that somebody left the desk; `why` is "done" or "idle"."""
        with self._store.write(now) as journal:
            journal.append("staff.left", member.who, {"why": why})

    def wait(self, member_id: str) -> float:
        """Return for how many more seconds no PIN of this person is taken."""
        return self._door.left(member_id)

    @needs(SYSTEM)
    def note_waits(self, now: datetime) -> None:
        """Write down what is left of waits that run; called now and then."""
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
    """Return a PIN that may be used. Raises BadPin, and CommonPin for what people choose most: one digit, runs, pairs
    and triples again and again, lines on the keypad, dates (DOMAIN.md 4.1)."""
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
