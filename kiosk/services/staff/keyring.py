"""The unlocked private key: in memory only, for a few minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.backup import authority
from kiosk.errors import N_, KioskError, WrongRole
from kiosk.journal import Store
from kiosk.privacy.sealing import (
    KEY_FILE,
    NEW_KEY_FILE,
    BadKey,
    WrongPassphrase,
    is_recovery,
    private_from_paper,
    public_key,
    unwrap,
)
from kiosk.privacy.wiping import scrub, wipe
from kiosk.services.rights import SYSTEM, VISITOR, needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import Role

from .members import Member, StaffService
from .pin_throttle import PinThrottle


class Locked(KioskError):
    default = N_("Requests are locked. Type the coordinator’s passphrase to read them.")


class NoKey(KioskError):
    default = N_("The coordinator’s key is not on this tablet.")


class OtherSheet(KioskError):
    default = N_("This recovery key belongs to another kiosk, or has been replaced by a newer one.")


class KeyringService:
    """Holds the private key from unlocking until a timeout or until the desk is left."""

    def __init__(self, store: Store, settings: Settings, *, staff: StaffService) -> None:
        self._store, self._staff = store, staff
        self._file, self._new_file = store.folder / KEY_FILE, store.folder / NEW_KEY_FILE
        self._time = timedelta(minutes=settings.help.open_minutes)
        self._private: bytearray | None = None
        self._until: datetime | None = None

    @needs(SYSTEM)
    def unlock(self, secret: str, now: datetime) -> datetime:
        """Unlock with the passphrase, or with the recovery key as words or as its QR code; returns the time it locks
        again. Also certifies this tablet for signing copies. The key derivation takes about a second, on purpose.
        Raises WrongPassphrase, WrongWords, NoKey, BadKey, StorageTrouble."""
        opened = self._opened(secret)
        authority.vouch(self._store, [opened], now)
        self.lock()
        self._private = bytearray(opened)
        wipe(opened)
        self._until = now + self._time
        return self._until

    @needs(VISITOR)
    def end_waits(self, *, secret: str, now: datetime) -> None:
        """End all PIN lock-outs with a secret as in `unlock`; nothing is unlocked. Raises as `unlock` does."""
        wipe(self._opened(secret))
        with self._store.write(now) as journal:
            PinThrottle(self._store).passphrase_typed()
            journal.append("staff.waits_ended", "door", {})

    @needs(VISITOR)
    def renew_pin(self, *, member_id: str, pin: str, secret: str, now: datetime) -> Member:
        """Set a new PIN for a coordinator whose PIN was revoked, with a secret as in `unlock`. Raises as `unlock` and
        `set_pin` do, and WrongRole for anybody else: their PIN is set at the desk."""
        member = self._staff.member(member_id)
        if not member.needs_pin or member.role != Role.COORDINATOR:
            raise WrongRole()
        opened = self._opened(secret)
        authority.vouch(self._store, [opened], now)
        wipe(opened)
        return self._staff.set_pin(member_id=member_id, pin=pin, now=now, who=member.who)

    def _opened(self, secret: str) -> bytes:
        return self._from_paper(secret) if is_recovery(secret) else self._unwrapped(secret)

    def _from_paper(self, text: str) -> bytes:
        private = private_from_paper(text)
        if public_key(private) not in self._store.recipients():
            raise OtherSheet()
        return private

    def _unwrapped(self, passphrase: str) -> bytes:
        try:
            files = [self._file.read_bytes()]
            if self._new_file.exists():
                files.append(self._new_file.read_bytes())
        except FileNotFoundError:
            raise NoKey() from None
        except OSError:
            raise BadKey() from None
        for wrapped in files[:-1]:
            try:
                return unwrap(wrapped, passphrase)
            except WrongPassphrase:
                continue
        return unwrap(files[-1], passphrase)

    def private(self, now: datetime) -> bytes:
        """Return a copy of the private key, for the caller to `wipe`. Raises Locked."""
        if not self.is_open(now) or self._private is None:
            raise Locked()
        return bytes(self._private)

    def is_open(self, now: datetime) -> bool:
        """Return whether the key is unlocked; a timeout or a clock set back locks it."""
        if self._until is None or not self._until - self._time <= now < self._until:
            self.lock()
        return self._until is not None

    def lock(self) -> None:
        """Lock: overwrite the key in memory."""
        if self._private is not None:
            wipe(self._private)
            scrub()
        self._private = self._until = None
