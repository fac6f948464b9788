"""The coordinator's key while it is unlocked: in memory only, for a few minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.data import Store
from kiosk.errors import N_, KioskError
from kiosk.privacy.sealing import BadKey, unwrap
from kiosk.settings import Settings

#: The wrapped private key, in the data folder.
KEY_FILE = "coordinator.key"


class Locked(KioskError):
    default = N_("Requests are locked. Type the coordinator's passphrase to read them.")


class NoKey(KioskError):
    default = N_("The coordinator's key is not on this tablet.")


class Keyring:
    """Holds the private key after the passphrase was typed, until time runs out or the desk is left."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._file = store.folder / KEY_FILE
        self._time = timedelta(minutes=settings.help.open_minutes)
        self._private: bytes | None = None
        self._until: datetime | None = None

    def unlock(self, passphrase: str, now: datetime) -> datetime:
        """Unlock with the passphrase; returns until when. Takes a second, on purpose. Raises WrongPassphrase, NoKey,
        BadKey."""
        try:
            wrapped = self._file.read_bytes()
        except FileNotFoundError:
            raise NoKey() from None
        except OSError:
            raise BadKey() from None
        self._private = unwrap(wrapped, passphrase)
        self._until = now + self._time
        return self._until

    def private(self, now: datetime) -> bytes:
        """Return the private key. Raises Locked."""
        if not self.is_open(now) or self._private is None:
            raise Locked()
        return self._private

    def is_open(self, now: datetime) -> bool:
        """Tell whether the key is unlocked; a time that has run out, or a clock set back, locks it."""
        if self._until is None or not self._until - self._time <= now < self._until:
            self.lock()
        return self._until is not None

    def lock(self) -> None:
        """Forget the key."""
        self._private = self._until = None
