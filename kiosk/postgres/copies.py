"""Copies of the hub: its roles, its rows, its certificate and key in one file. The same file is what backups seal, what
a move to another machine carries, and what an upgrade of PostgreSQL goes through."""

from __future__ import annotations

import logging
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.files.atomic import atomic_file

from .certificate import CERTIFICATE, KEY
from .cluster import DATABASE, OWNER, Cluster
from .errors import BadHubCopy, HubThere, NoPostgres, PostgresFailed
from .programs import newest, run

log = logging.getLogger(__name__)

#: The newest copy, in the folder of the cluster.
LAST = "hub.copy"
#: Files of a copy: roles with the verifiers of their passwords, and the dump of the database.
ROLES, DUMP = "roles.sql", "kiosk.dump"
#: The port that tablets know.
PORT_FILE = "port"
_FILES = (ROLES, DUMP, PORT_FILE, CERTIFICATE, KEY)
#: Rows that a copy for a backup leaves out: tablets have the pictures and send them again.
_PICTURES = "--exclude-table-data=kiosk.picture"


def write_copy(cluster: Cluster, file: Path, *, pictures: bool) -> None:
    """Write a copy of the running hub to `file`, after reading its dump back. Raises PostgresFailed, OSError."""
    _version, programs = newest()
    with _workplace(cluster) as made:
        roles = cluster.ask(programs / "pg_dumpall", "--roles-only")
        (made / ROLES).write_text("\n".join(_others(roles)), encoding="utf-8")
        (made / PORT_FILE).write_text(str(cluster.port))
        cluster.ask(programs / "pg_dump", "-Fc", *(() if pictures else (_PICTURES,)), "-f", made / DUMP, DATABASE)
        run(cluster.folder, programs / "pg_restore", "-f", "/dev/null", made / DUMP)
        with atomic_file(file, private=True) as out, tarfile.open(fileobj=out, mode="w") as archive:
            for name in _FILES:
                archive.add((cluster.folder if name in (CERTIFICATE, KEY) else made) / name, name)
    cluster.give(file)


def renew(cluster: Cluster) -> Path | None:
    """Write the copy that backups seal, without pictures; returns it, the one before if that failed, None without any."""
    file = cluster.folder / LAST
    try:
        write_copy(cluster, file, pictures=False)
    except (PostgresFailed, NoPostgres, OSError) as error:
        log.warning("the hub was not copied: %s", error)
    return file if file.is_file() else None


def restore_copy(cluster: Cluster, file: Path) -> None:
    """Make the cluster from a copy; certificate and port come with it, so that tablets know the hub again. Raises
    HubThere, BadHubCopy, PostgresFailed."""
    if cluster.version:
        raise HubThere()
    fill(cluster, file, *newest())


def port_in(file: Path) -> int:
    """Return the port of the hub in a copy. Raises BadHubCopy."""
    with tempfile.TemporaryDirectory() as made:
        return _take_out(file, Path(made), (PORT_FILE,))


def fill(cluster: Cluster, file: Path, version: int, programs: Path) -> None:
    """Make a cluster of a version with what is in a copy. Raises BadHubCopy, PostgresFailed."""
    with _workplace(cluster) as made:
        port = _take_out(file, made)
        for path in made.iterdir():
            cluster.give(path)
        cluster.found(version, programs, lambda programs: _load(cluster, made, programs))
        for name in (KEY, CERTIFICATE):
            (made / name).chmod(0o600)
            (made / name).replace(cluster.folder / name)
        cluster.port = port


def _load(cluster: Cluster, made: Path, programs: Path) -> None:
    roles = (made / ROLES).read_text(encoding="utf-8")
    cluster.ask(programs / "psql", "-qX", "-v", "ON_ERROR_STOP=1", "-1", DATABASE, text=roles)
    restore = ("--exit-on-error", "--single-transaction", "-d", DATABASE, made / DUMP)
    cluster.ask(programs / "pg_restore", *restore)


def _others(roles: str) -> Iterator[str]:
    """Yield the statements but for those about the owner, which every cluster has from its start."""
    for line in roles.splitlines():
        if not line.startswith((f"CREATE ROLE {OWNER};", f"ALTER ROLE {OWNER} ")):
            yield line


@contextmanager
def _workplace(cluster: Cluster) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=cluster.folder, prefix=".copy-") as made:
        cluster.give(Path(made))
        yield Path(made)


def _take_out(file: Path, folder: Path, names: tuple[str, ...] = _FILES) -> int:
    """Extract files of a copy, the port among them; returns the port of its hub. Raises BadHubCopy."""
    try:
        with tarfile.open(file) as archive:
            members = [member for member in archive if member.isreg() and member.name in names]
            if sorted(member.name for member in members) != sorted(names):
                raise BadHubCopy()
            archive.extractall(folder, members, filter="data")
        return int((folder / PORT_FILE).read_text())
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise BadHubCopy() from error
