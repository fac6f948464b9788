"""The two keys that open sealed requests: the coordinator's, behind a passphrase, and the recovery key on paper.

A key is replaced by re-encrypting all envelopes while the other key, or the key itself, is unlocked. The change is
noted before it begins, so that it resumes after a power cut and no envelope is ever unreadable to both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.backup import authority
from kiosk.data import snapshots
from kiosk.data.models import Envelope, Meta
from kiosk.data.store import FILE
from kiosk.errors import N_, KioskError, NoRecipients
from kiosk.files.atomic import fsync, write_atomic
from kiosk.files.storage_errors import storage_errors
from kiosk.journal import Store
from kiosk.privacy import sealing
from kiosk.privacy.sealing import (
    KEY_FILE,
    NEW_KEY_FILE,
    CannotOpen,
    fingerprint,
    new_keypair,
    new_passphrase,
    open_box,
    public_key,
    recovery_words,
    seal,
    wrap,
)
from kiosk.services.rights import needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import KeyRole

#: Roles in the order in which the store lists recipients.
ROLES: tuple[str, ...] = tuple(KeyRole)
#: Cost of the key derivation.
COST = sealing.MODERATE
#: Note key of a running key change.
CHANGE = "key_change"
#: Envelopes re-encrypted in one transaction.
BATCH = 50


class KeysExist(KioskError):
    default = N_("There are already keys. You can replace them under Settings, Keys.")


class ChangeOpen(KioskError):
    default = N_("A change of keys was interrupted. Please finish it first.")


class NoChange(KioskError):
    default = N_("No change of keys is in progress.")


@dataclass(frozen=True)
class NewKey:
    """A key that is not in use yet. `secret` is shown once and never stored: five words, or 24."""

    role: str
    private: bytes
    public: bytes
    secret: str


@dataclass(frozen=True)
class KeyState:
    """The recipients by public key; `here`: the coordinator's key file is on this tablet; `changing`: the role whose
    key is being replaced, or ""; `left`: envelopes still to re-encrypt."""

    recipients: tuple[bytes, ...]
    here: bool
    changing: str
    left: int


def new_key(role: str, language: str = "en") -> NewKey:
    """Return a new random key for `role` with its secret words: a passphrase in `language`, recovery words in
    English."""
    pair = new_keypair()
    secret = new_passphrase(language) if role == KeyRole.COORDINATOR else recovery_words(pair.private)
    return NewKey(role, pair.private, pair.public, secret)


class KeyService:
    """Installs and replaces keys."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._file, self._new_file = store.folder / KEY_FILE, store.folder / NEW_KEY_FILE

    def state(self) -> KeyState:
        """Return the present key state."""
        change = self._change()
        left = self._count(change["old"], change["new"]) if change else 0
        return KeyState(tuple(self._store.recipients()), self._file.exists(), change["role"] if change else "", left)

    @needs("personal")
    def install(self, *, coordinator: NewKey, recovery: NewKey, now: datetime, who: str) -> None:
        """Make these two the recipients. Takes about a second. Raises KeysExist, StorageTrouble; then no key is in
        use."""
        if self._store.recipients():
            raise KeysExist()
        # Write the key file first: a file without envelopes is harmless, envelopes without a key are lost.
        self._keep(coordinator, KEY_FILE)
        with self._store.write(now) as journal:
            if self._store.recipients():
                raise KeysExist()
            self._seal_to([coordinator.public, recovery.public])
            said = [fingerprint(key) for key in (coordinator.public, recovery.public)]
            journal.append("keys.made", who, {"recipients": said})
        authority.vouch(self._store, [coordinator.private, recovery.private], now)

    @needs("personal")
    def replace(self, *, key: NewKey, now: datetime, who: str) -> None:
        """Begin to replace the key of a role: new envelopes use the new key, existing ones follow in `go_on`.

        Raises NoRecipients, ChangeOpen, StorageTrouble.
        """
        if key.role == KeyRole.COORDINATOR:
            self._keep(key, NEW_KEY_FILE)
        with self._store.write(now) as journal:
            if self._change():
                raise ChangeOpen()
            recipients = self._store.recipients()
            if len(recipients) != len(ROLES):
                raise NoRecipients()
            at = ROLES.index(key.role)
            old, recipients[at] = recipients[at], key.public
            change = {
                "role": key.role,
                "old": fingerprint(old),
                "new": fingerprint(key.public),
                "key": key.public.hex(),
            }
            self._seal_to(recipients)
            authority.adopt(self._store, key.private)
            Meta.replace(key=CHANGE, value=json.dumps(change)).execute(self._store.db)
            journal.append("keys.change_begun", who, {name: change[name] for name in ("role", "old", "new")})

    @needs("personal")
    def go_on(
        self, *, private: bytes, now: datetime, who: str, progress: Callable[[int, int], None] = lambda done, of: None
    ) -> int:
        """Re-encrypt to the new key what this private key opens, and end the change when none is left. Returns how many
        envelopes it could not open; they stay, and the change continues with another key.

        Raises NoChange, CannotOpen, BadKey, StorageTrouble.
        """
        change = self._change()
        if not change:
            raise NoChange()
        opener = fingerprint(public_key(private))
        if opener not in (change["old"], *(fingerprint(key) for key in self._store.recipients())):
            raise CannotOpen()
        authority.vouch(self._store, [private], now)
        of, done = self._count(change["old"], change["new"]), 0
        while sealed := self._some(change, opener, private, now, who):
            done += sealed
            progress(done, of)
        left = self._count(change["old"], change["new"])
        if not left:
            self._end(change, now, who)
        return left

    def _some(self, change: dict[str, str], opener: str, private: bytes, now: datetime, who: str) -> int:
        """Re-encrypt a batch of envelopes; returns how many."""
        sql = """SELECT request, box FROM envelope WHERE recipient = ? AND request NOT IN
                 (SELECT request FROM envelope WHERE recipient = ?) ORDER BY request LIMIT ?"""
        public, hashes = bytes.fromhex(change["key"]), {}
        with self._store.write(now) as journal:
            rows = self._store.db.execute_sql(sql, (opener, change["new"], BATCH)).fetchall()
            for request, box in rows:
                [(recipient, new)] = seal(open_box(bytes(box), private), [public])
                Envelope.insert(request=request, recipient=recipient, box=new).execute(self._store.db)
                hashes[request] = hashlib.sha256(new).hexdigest()
            if hashes:
                journal.append("keys.sealed_anew", who, {"key": change["new"], "envelopes": hashes})
        return len(rows)

    def _end(self, change: dict[str, str], now: datetime, who: str) -> None:
        # Write the file before deleting the note: while the note exists, this is repeated after a power cut.
        if self._new_file.exists():
            self._new_file.replace(self._file)
            fsync(self._store.folder)
        with self._store.write(now) as journal:
            Envelope.delete().where(Envelope.recipient == change["old"]).execute(self._store.db)
            Meta.delete().where(Meta.key.in_((CHANGE, "second_backup"))).execute(self._store.db)
            journal.append("keys.changed", who, {name: change[name] for name in ("role", "old", "new")})
        self._store.forget_deleted()
        snapshots.reseal(self._store.copies(), self._store.folder / FILE, change["old"], change["new"])

    def _count(self, old: str, new: str) -> int:
        """Return how many requests are sealed to the old key and not to the new one."""
        sql = """SELECT count(*) FROM envelope WHERE recipient = ? AND request NOT IN
                 (SELECT request FROM envelope WHERE recipient = ?)"""
        [(count,)] = self._store.db.execute_sql(sql, (old, new)).fetchall()
        return int(count)

    def _change(self) -> dict[str, Any]:
        return dict(json.loads(self._store.get_meta(CHANGE) or "{}"))

    def _seal_to(self, keys: list[bytes]) -> None:
        Meta.replace(key="recipients", value=json.dumps([key.hex() for key in keys])).execute(self._store.db)

    def _keep(self, key: NewKey, file: str) -> None:
        with storage_errors():
            write_atomic(self._store.folder / file, wrap(key.private, key.secret, COST), private=True)
