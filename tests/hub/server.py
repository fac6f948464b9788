"""A real PostgreSQL of its own for the tests: a fresh cluster in a temporary folder, on a socket and on loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

#: Where Debian's package puts the programs.
PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/usr/bin"))
#: PostgreSQL does not run as root: then it runs as the user Debian made for it.
USER = "postgres" if os.getuid() == 0 else ""


class Server:
    """Started by `start`; `stop` ends it and leaves nothing behind."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kiosk-hub-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        if USER:
            shutil.chown(self.folder, USER)
        self.data = self.folder / "data"

    def make(self) -> None:
        """Make the cluster."""
        self._run("initdb", "-D", self.data, "-A", "trust", "-U", "owner", "-E", "UTF8", "--locale=C", "-N")
        rules = "local all owner trust\nlocal all all scram-sha-256\n"
        rules += "host all owner 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
        (self.data / "pg_hba.conf").write_text(rules)

    def give(self, file: Path) -> None:
        """Lay a file beside the data, for the server alone."""
        target = self.folder / file.name
        shutil.copy(file, target)
        target.chmod(0o600)
        if USER:
            shutil.chown(target, USER, USER)

    def start(self, *options: str) -> None:
        """Make the cluster if there is none, and start it."""
        if not self.data.exists():
            self.make()
        settings = {
            "port": self.port, "unix_socket_directories": self.folder, "listen_addresses": "127.0.0.1", "fsync": "off",
            "max_connections": 200, "shared_buffers": "64MB",
        }  # fmt: skip
        words = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self._run(
            "pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", " ".join((words, *options)), "start"
        )

    def stop(self, *, keep: bool = False) -> None:
        """End the server; with `keep` the data stays for another start."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres") -> str:
        """Return how the owner reaches a database, over the socket."""
        return f"postgresql://owner@/{database}?host={self.folder}&port={self.port}"

    def version(self) -> str:
        """Return which PostgreSQL this is."""
        with psycopg.connect(self.url()) as db:
            return f"PostgreSQL {db.info.parameter_status('server_version')}"

    def new_database(self, name: str, template: str = "template1") -> str:
        """Make a database, a copy of another if one is named, and return its address."""
        with psycopg.connect(self.url(), autocommit=True) as db:
            db.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
            db.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return self.url(name)

    def copy(self, source: str, target: str) -> None:
        """Make `target` what `source` is now, throwing out who is connected."""
        with psycopg.connect(self.url(), autocommit=True) as db:
            db.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY (%s)", ([source, target],)
            )
            db.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)'.encode())
            for _ in range(50):
                try:
                    db.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"'.encode())
                    return
                except psycopg.errors.ObjectInUse:
                    time.sleep(0.1)
            raise TimeoutError(source)

    def _run(self, program: str, *words: object) -> None:
        command = [str(PROGRAMS / program), *map(str, words)]
        if USER:
            command = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", *command]
        done = subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")
