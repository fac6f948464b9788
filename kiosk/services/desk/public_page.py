"""How the public page is brought to its place: when it is due, how the last delivery went, the password of the place.

This is kept in files of the data folder: the delivery is another process (`kiosk.publish`), which writes nothing to the
database.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.files.atomic import write_atomic
from kiosk.files.storage_errors import storage_errors
from kiosk.files.usb import place_to_write
from kiosk.journal import Store
from kiosk.services.rights import SYSTEM, needs
from kiosk.settings import Settings
from kiosk.settings.places import USB

#: Files in the data folder: the state, the files that are at the place, the password of the place.
FILE, FILES, PASSWORD = "public-page.json", "public-page-files.json", "publish_password"
#: Without a new journal entry the page is still renewed this often: days pass, and entries of other tablets come late.
AT_LEAST = timedelta(hours=1)


@dataclass(frozen=True)
class PageState:
    """`tried` and `done` are times of the last delivery and of the last whole one, None for never; `head` the newest journal
    entry in it; `error` the message of the last failure with its `values`, "" if it went well."""

    place: str = ""
    tried: datetime | None = None
    done: datetime | None = None
    head: str = ""
    error: str = ""
    values: dict[str, str] = field(default_factory=dict)


class PublicPageService:
    """The place of the settings, and what is known of it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._data, self._rules = store, store.folder, settings.delivery

    def state(self) -> PageState:
        """Return how the last delivery to the present place went; that of none if there was none."""
        try:
            said = json.loads((self._data / FILE).read_text(encoding="utf-8"))
            tried, done = (clock.parse(said[name]) if said[name] else None for name in ("tried", "done"))
            found = replace(PageState(**said), tried=tried, done=done)
        except (OSError, ValueError, TypeError, LookupError):
            return PageState()
        return found if found.place == self._rules.place else PageState()

    def is_due(self, now: datetime) -> bool:
        """Return whether the page is to be renewed: something changed, or an hour passed, and not too soon."""
        place = self._rules.place
        if not place or (place == USB and place_to_write("") is None):
            return False
        state = self.state()
        if state.tried is None or now < state.tried:
            return True
        since = now - state.tried
        changed = bool(state.error) or state.head != self._head() or since >= AT_LEAST
        return since >= timedelta(minutes=self._rules.minutes) and changed

    @needs(SYSTEM)
    def begin(self, now: datetime) -> PageState:
        """Return the state of a delivery that begins, for `end`."""
        return replace(self.state(), place=self._rules.place, tried=now, head=self._head(), error="", values={})

    @needs(SYSTEM)
    def end(self, state: PageState, error: KioskError | None = None) -> None:
        """Note how a delivery went. Raises StorageTrouble."""
        if error is None:
            state = replace(state, done=state.tried)
        else:
            values = {name: str(value) for name, value in error.values.items()}
            state = replace(state, error=error.message, values=values)
        times = {
            name: clock.utc_text(at) if at else None for name, at in (("tried", state.tried), ("done", state.done))
        }
        with storage_errors():
            write_atomic(self._data / FILE, json.dumps(asdict(state) | times).encode(), private=True)

    def files(self) -> dict[str, str]:
        """Return the files that were at the place after the last whole delivery, with their digests."""
        try:
            found: dict[str, str] = json.loads((self._data / FILES).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found

    @needs(SYSTEM)
    def keep_files(self, files: dict[str, str]) -> None:
        """Remember the files at the place. Raises StorageTrouble."""
        with storage_errors():
            write_atomic(self._data / FILES, json.dumps(files).encode(), private=True)

    def password(self) -> str:
        """Return the password of the place, "" for none."""
        try:
            return (self._data / PASSWORD).read_text(encoding="utf-8")
        except OSError:
            return ""

    @needs("settings")
    def set_password(self, *, password: str, now: datetime, who: str) -> None:
        """Keep the password of the place, or forget it if it is "". Raises StorageTrouble."""
        with self._store.write(now) as journal, storage_errors():
            journal.append("settings.changed", who, {"keys": ["delivery.password"]})
            if password:
                write_atomic(self._data / PASSWORD, password.encode(), private=True)
            else:
                (self._data / PASSWORD).unlink(missing_ok=True)

    def _head(self) -> str:
        [(newest,)] = self._store.db.execute_sql("SELECT max(id) FROM journal").fetchall()
        return newest or ""
