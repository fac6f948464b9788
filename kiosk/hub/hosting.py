"""Being the hub, as the desk sees it: switch it on, wait until it runs, join it, invite the next tablet. `here`, and with
it the database driver, is imported when it is needed: most tablets are no hub."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.journal import Store
from kiosk.postgres.programs import newest, versions
from kiosk.postgres.switch import is_on, switch_on

from .errors import HubDoesNotStart
from .invitation import is_joined

log = logging.getLogger(__name__)

#: Where the installer puts what starts the hub, and what is there while systemd runs.
UNIT, SYSTEMD = Path("/etc/systemd/system/lumijobi-hub.path"), Path("/run/systemd/system")
#: Seconds within which the hub must run, and between looks. A first start makes the cluster.
PATIENCE, LOOK = 300.0, 0.5


@dataclass(frozen=True)
class HostingView:
    """Whether this tablet could be the hub (`possible`), is to be it (`on`), and whether that is still being set up
    (`starting`); `trouble` is a message, "" without."""

    possible: bool
    on: bool
    starting: bool
    trouble: KioskError | None


class Hosting:
    """The hub of the tablet with `store`. Where systemd does not start it, it is a process of the kiosk's own."""

    def __init__(self, store: Store, joined: Callable[[], None]) -> None:
        self._store, self._joined = store, joined
        self._thread: threading.Thread | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._stopped = threading.Event()
        self.trouble: KioskError | None = None

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self._store.folder

    def start(self) -> None:
        """Run the hub if this tablet is it."""
        if is_on(self.folder) and not self._by_systemd():
            self._run_server()

    def stop(self) -> None:
        """End the process of the hub, if it is one of the kiosk's own."""
        self._stopped.set()
        if self._server is not None:
            self._server.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._server.wait(timeout=10)

    def look(self) -> HostingView:
        """Return how it stands."""
        busy = self._thread is not None and self._thread.is_alive()
        on = is_on(self.folder)
        possible = bool(versions()) and not on and not is_joined(self.folder)
        return HostingView(possible, on, busy, self.trouble)

    def switch_on(self, *, centre: str, name: str) -> None:
        """Begin to make this tablet the hub, and the first tablet of `centre` there, on a thread. Raises NoPostgres,
        StorageTrouble."""
        newest()
        switch_on(self.folder)
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._bring_up, args=(centre, name), name="hosting", daemon=True)
            self._thread.start()

    def invite(self, *, centre: str, name: str) -> tuple[str, str]:
        """Invite the next tablet; returns (its name, the short invitation). Raises NotTheHub, NoNetwork, HubAway."""
        from .here import invite

        return invite(self.folder, centre=centre, name=name)

    def _bring_up(self, centre: str, name: str) -> None:
        from .here import join_own

        self.trouble = None
        try:
            if not self._by_systemd():
                self._run_server()
            self._wait()
            if not is_joined(self.folder):
                join_own(self._store, centre=centre, name=name)
            self._joined()
        except KioskError as error:
            self.trouble = error
            log.error("this tablet is not the hub yet: %s", error)
        finally:
            self._store.close()

    def _wait(self) -> None:
        from .here import is_ready

        end = time.monotonic() + PATIENCE
        while not is_ready(self.folder):
            ended = self._server is not None and self._server.poll() is not None
            if ended or time.monotonic() > end or self._stopped.wait(LOOK):
                raise HubDoesNotStart()

    def _run_server(self) -> None:
        if self._server is None or self._server.poll() is not None:
            command = [sys.executable, "-m", "kiosk", "hub", "serve", "--with-parent", "--data", str(self.folder)]
            self._server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    @staticmethod
    def _by_systemd() -> bool:
        return UNIT.exists() and SYSTEMD.is_dir()
