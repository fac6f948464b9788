"""The two keys that open what visitors told: the coordinator's, behind a passphrase, and the recovery key on paper."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from kiosk.data import Store
from kiosk.data.models import Meta
from kiosk.errors import N_, KioskError
from kiosk.privacy import sealing
from kiosk.privacy.sealing import fingerprint, new_keypair, new_passphrase, recovery_words, wrap
from kiosk.settings import Settings
from kiosk.writing import whole_file

from .keyring import KEY_FILE

#: The order in which the store names who can read.
ROLES = ("coordinator", "recovery")
#: What unlocking costs.
COST = sealing.MODERATE


class KeysExist(KioskError):
    default = N_("There are keys already. They can be replaced under Settings, Keys.")


@dataclass(frozen=True)
class NewKey:
    """A key that is not in use yet. `secret` is shown once and kept nowhere: five words, or 24."""

    role: str
    private: bytes
    public: bytes
    secret: str


def new_key(role: str) -> NewKey:
    """Return a new random key for `role`, with the words that open it."""
    pair = new_keypair()
    secret = new_passphrase() if role == "coordinator" else recovery_words(pair.private)
    return NewKey(role, pair.private, pair.public, secret)


class Keys:
    """Puts keys to use."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._file = store.folder / KEY_FILE

    def install(self, *, coordinator: NewKey, recovery: NewKey, now: datetime, who: str) -> None:
        """Seal to these two from now on. Takes a second. Raises KeysExist, StorageTrouble; then no key is in use."""
        if self._store.recipients():
            raise KeysExist()
        # The file first: a key nobody is sealed to does no harm, a lost one would.
        self._keep(coordinator)
        with self._store.write(now) as journal:
            if self._store.recipients():
                raise KeysExist()
            publics = [coordinator.public, recovery.public]
            Meta.replace(key="recipients", value=json.dumps([key.hex() for key in publics])).execute(self._store.db)
            journal.append("keys.made", who, {"recipients": [fingerprint(key) for key in publics]})

    def _keep(self, key: NewKey) -> None:
        with whole_file(self._file) as part:
            part.touch(mode=0o600)
            part.write_bytes(wrap(key.private, key.secret, COST))
