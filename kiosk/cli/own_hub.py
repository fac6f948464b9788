"""`kiosk hub serve`, `move` and `hosts`: a hub on this machine, without an administrator."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from pathlib import Path

import click
import sdnotify

from kiosk import logs
from kiosk.hub import admin, here
from kiosk.postgres.switch import cluster_of

from .options import data_options


@click.command()
@click.option(
    "--copy",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Begin with a copy that `kiosk hub move` wrote; - for standard input.",
)
@click.option(
    "--port", type=click.IntRange(1024, 65535), help="The port for the tablets. [default: 5440, or as before]"
)
@click.option("--with-parent", is_flag=True, help="End when the process that started it has ended.")
@data_options
def serve(folder: Path, settings_file: Path | None, copy: Path | None, port: int | None, with_parent: bool) -> None:
    """Be the hub until ended: a PostgreSQL of its own beside the data, made if there is none, and announced in the network.

    Its owner reaches it by the address that is printed; `kiosk hub invite` without an address invites a tablet.
    """
    logs.begin()
    folder.mkdir(parents=True, exist_ok=True)
    parent, stopped, systemd = os.getppid(), threading.Event(), sdnotify.SystemdNotifier()
    for end in (signal.SIGTERM, signal.SIGINT):
        signal.signal(end, lambda *_: stopped.set())

    def ready() -> None:
        click.echo(cluster_of(folder).url)
        systemd.notify("READY=1")

    def alive() -> None:
        systemd.notify("WATCHDOG=1")
        if with_parent and os.getppid() != parent:
            stopped.set()

    with tempfile.TemporaryDirectory() as made:
        if copy == Path("-"):
            copy = Path(made) / "copy"
            copy.write_bytes(sys.stdin.buffer.read())
        here.serve(folder, stopped, ready=ready, alive=alive, copy=copy, port=port or 0)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--to", default="", help="Addresses of the new machine, separated by commas; tablets are told first.")
@data_options
def move(folder: Path, settings_file: Path | None, file: Path, to: str) -> None:
    """End the hub on this machine and write all of it to FILE (- for standard output), for `kiosk hub serve --copy` on
    another one. FILE has the hub's key: keep it secret, and delete it afterwards. In one line:

    kiosk hub move - --to 192.168.1.30 | ssh new-machine kiosk hub serve --copy -
    """
    with tempfile.TemporaryDirectory(dir=folder) as made:
        whole = Path(made) / "copy" if file == Path("-") else file
        here.move(folder, whole, to=to)
        if whole != file:
            with whole.open("rb") as copy:
                while piece := copy.read(1 << 20):
                    sys.stdout.buffer.write(piece)
    click.echo("The hub has ended here. Tablets work alone until it runs on the other machine.", err=True)


@click.command()
@click.argument("url")
@click.argument("new", required=False)
@click.option(
    "--ca",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Certificate (PEM) of the hub's authority.",
)
def hosts(url: str, new: str | None, ca: Path | None) -> None:
    """Say where tablets reach the hub, or set it: NEW is a list of host names, separated by commas, such as a server and
    its standby. Tablets keep the list and use the first server that takes entries."""
    with admin.owner(url, ca) as db:
        found = admin.hosts(db, new)
    click.echo(found or "as in the invitations")
