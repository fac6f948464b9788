"""Whether this tablet is a hub: a file beside the cluster, which the service of the hub waits for."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path

from .cluster import PORT, Cluster
from .copies import LAST, port_in
from .errors import BadHubCopy

#: Ports that are tried when the usual one is taken.
PORTS = range(PORT, PORT + 20)
#: Folder of the hub inside the data folder, and the file in it that says that the hub is on, with its port.
FOLDER, ON = "hub", "on"


def cluster_of(folder: Path) -> Cluster:
    """Return the cluster in a data folder, which may not be made yet."""
    port = PORT
    with suppress(OSError, ValueError):
        port = int((folder / FOLDER / ON).read_text())
    return Cluster(folder / FOLDER, port)


def is_on(folder: Path) -> bool:
    """Return whether this tablet is to be a hub."""
    return (folder / FOLDER / ON).is_file()


def switch_on(folder: Path, port: int = 0) -> Cluster:
    """Let this tablet be a hub: on the port given, else on the one it has or a backup brought, else on a free one."""
    cluster = cluster_of(folder)
    _make_folder(cluster)
    cluster.port = port or (cluster.port if is_on(folder) else _usual_port(cluster))
    cluster.write(cluster.folder / ON, f"{cluster.port}\n")
    return cluster


def switch_off(folder: Path) -> None:
    """Let this tablet be no hub any more; its data stays."""
    (folder / FOLDER / ON).unlink(missing_ok=True)


def put_copy(folder: Path, copy: Path) -> None:
    """Move a copy of a hub, from a backup, to where the hub begins with it if there is none yet."""
    cluster = cluster_of(folder)
    _make_folder(cluster)
    copy.replace(cluster.folder / LAST)
    cluster.give(cluster.folder / LAST)


def _usual_port(cluster: Cluster) -> int:
    """Return the port of the copy that a backup brought, else the first that nobody listens on; the usual one when none
    is free, which the server then says."""
    with suppress(BadHubCopy):
        return port_in(cluster.folder / LAST)
    for port in PORTS:
        with socket.socket(socket.AF_INET6 if socket.has_ipv6 else socket.AF_INET) as line, suppress(OSError):
            line.bind(("", port))
            return port
    return PORT


def _make_folder(cluster: Cluster) -> None:
    if cluster.folder.is_dir():
        return
    cluster.folder.mkdir(mode=0o700)
    if not os.geteuid():
        known = cluster.folder.parent.stat()
        os.chown(cluster.folder, known.st_uid, known.st_gid)
