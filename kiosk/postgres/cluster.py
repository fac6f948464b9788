"""The cluster: one folder with the data of each major version, the socket, the certificate and the key."""

from __future__ import annotations

import logging
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.files.atomic import fsync, write_atomic

from .certificate import CERTIFICATE, KEY
from .errors import OlderPostgres, PostgresFailed
from .programs import as_owner, environment, newest, run, versions

log = logging.getLogger(__name__)

#: The role that owns everything. Only the owner of the folder, and root, may be it, over the socket.
OWNER = "kiosk_owner"
DATABASE = "kiosk"
#: Port for the tablets; 5432 and the next ones are those of Debian's own clusters.
PORT = 5440
#: Seconds for a start, which may have to repair after a power cut, and for a stop.
START, STOP = 300, 30
#: Who may connect: the owner over the socket, tablets and readers over TLS.
_RULES = """local all kiosk_owner peer map=kiosk
hostssl kiosk +kiosk_tablet all scram-sha-256
hostssl kiosk +kiosk_region all scram-sha-256
"""
#: Settings for a small machine: few connections, little memory, no statement and no value in the log.
_SETTINGS = {
    "max_connections": "60",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "ssl_min_protocol_version": "TLSv1.3",
}


class Cluster:
    """The cluster in `folder`, which belongs to who runs it; its server listens on `port`."""

    def __init__(self, folder: Path, port: int = PORT) -> None:
        self.folder, self.port = folder.absolute(), port

    @property
    def version(self) -> int:
        """The major version of the newest data; 0 without any."""
        return max(self._versions(), default=0)

    @property
    def url(self) -> str:
        """The address of the hub's database for its owner."""
        return f"postgresql://{OWNER}@/{DATABASE}?host={self.folder}&port={self.port}"

    def make(self, version: int, programs: Path, data: Path) -> None:
        """Make an empty cluster of a version in the folder `data`. Raises PostgresFailed."""
        how = ("-U", OWNER, "-E", "UTF8", "--locale=C", "--data-checksums", "--no-instructions", "-A", "peer")
        run(self.folder, programs / "initdb", "-D", data, *how)
        who = {pwd.getpwuid(self.folder.stat().st_uid).pw_name, "root"}
        self.write(data / "pg_ident.conf", "".join(f"kiosk {name} {OWNER}\n" for name in sorted(who)))
        self.write(data / "pg_hba.conf", _RULES)

    def write(self, path: Path, text: str) -> None:
        """Write a file that only the owner of the folder can read."""
        write_atomic(path, text.encode(), private=True)
        self.give(path)

    def give(self, path: Path) -> None:
        """Give a file or folder made by root to the owner of the cluster."""
        if not os.geteuid():
            known = self.folder.stat()
            os.chown(path, known.st_uid, known.st_gid)

    def found(self, version: int, programs: Path, load: Callable[[Path], None] = lambda programs: None) -> None:
        """Make a cluster of a version with the hub's database, which `load(programs)` fills while the server runs; it is
        in its place only when it is whole. Raises PostgresFailed."""
        data = self.folder / f"{version}.part"
        shutil.rmtree(data, ignore_errors=True)
        self.make(version, programs, data)
        with self.running(public=False, data=data):
            self.ask(programs / "createdb", DATABASE)
            load(programs)
        data.replace(self.folder / str(version))
        fsync(self.folder)

    def ask(self, program: Path, *words: object, text: str | None = None) -> str:
        """Run a client program as the owner of the database; returns its output. Raises PostgresFailed."""
        where = ("-h", self.folder, "-p", self.port, "-U", OWNER, "--no-password")
        return run(self.folder, program, *where, *words, text=text)

    @contextmanager
    def running(self, *, public: bool, data: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
        """Run the server, for the network too if it is `public`; it is stopped at the end. Raises OlderPostgres,
        PostgresFailed."""
        data = data or self.folder / str(self.version)
        programs = self._programs(int(data.name.removesuffix(".part")))
        if (data / "postmaster.pid").exists():  # of a process that was killed; its server may still run
            with suppress(PostgresFailed):
                run(self.folder, programs / "pg_ctl", "stop", "-D", data, "-m", "fast")
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, *self._options(public)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment(), cwd=self.folder,
            start_new_session=True, **as_owner(self.folder),
        )  # fmt: skip
        try:
            self._wait(server, programs)
            yield server
        finally:
            _stop(server)

    def upgrade(self) -> None:
        """Move the data to the newest installed major version; that of the version before stays until the next start.
        Raises OlderPostgres, PostgresFailed; then nothing has changed."""
        from .copies import LAST, fill, write_copy

        self._drop_older()
        before, (version, programs) = self.version, newest()
        if before >= version:
            return
        log.warning("PostgreSQL %s is there: the hub moves from %s", version, before)
        copy = self.folder / LAST
        if before in versions():
            copy = self.folder / "upgrade.copy"
            with self.running(public=False):
                write_copy(self, copy, pictures=True)
        elif not copy.is_file():
            raise OlderPostgres(version=before)
        fill(self, copy, version, programs)
        (self.folder / "upgrade.copy").unlink(missing_ok=True)

    def _versions(self) -> list[int]:
        found = [path.parent.name for path in self.folder.glob("*/PG_VERSION")]
        return [int(name) for name in found if name.isdigit()]

    def _drop_older(self) -> None:
        for version in self._versions():
            if version < self.version:
                shutil.rmtree(self.folder / str(version), ignore_errors=True)

    def _programs(self, version: int) -> Path:
        programs = versions().get(version)
        if programs is None:
            raise OlderPostgres(version=version)
        return programs

    def _options(self, public: bool) -> list[str]:
        settings = _SETTINGS | {"port": str(self.port), "listen_addresses": "*" if public else ""}
        settings |= {"unix_socket_directories": str(self.folder), "unix_socket_permissions": "0700"}
        if public:
            files = {"ssl_cert_file": self.folder / CERTIFICATE, "ssl_key_file": self.folder / KEY}
            settings |= {"ssl": "on"} | {name: str(path) for name, path in files.items()}
        return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]

    def _wait(self, server: subprocess.Popen[bytes], programs: Path) -> None:
        end = time.monotonic() + START
        ready = [str(programs / "pg_isready"), "--quiet", "-h", str(self.folder), "-p", str(self.port), "-U", OWNER]
        while subprocess.run(ready, env=environment(), check=False).returncode:
            if server.poll() is not None or time.monotonic() > end:
                raise PostgresFailed(reason="the server does not start")
            time.sleep(0.1)


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End a server: at once for its clients, and without a repair at the next start if it does so in time."""
    for how in (signal.SIGINT, signal.SIGQUIT):
        if server.poll() is None:
            server.send_signal(how)
        with suppress(subprocess.TimeoutExpired):
            server.wait(STOP)
            return
    server.kill()
    server.wait()
