"""`kiosk backup` and `kiosk restore`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from kiosk import clock
from kiosk.backup import offsite
from kiosk.backup import restore as restoring
from kiosk.backup.schedule import put_back
from kiosk.data import InstanceLock, snapshots
from kiosk.data.store import FILE
from kiosk.errors import DamagedDatabase, NoBackup
from kiosk.journal import Store

from .options import data_options, open_services


@click.command()
@click.option("--to", "place", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Second place.")
@data_options
def backup(folder: Path, settings_file: Path | None, place: Path | None) -> None:
    """Copy the data now: beside the database, and sealed into the second place."""
    now = clock.utc_now()
    with open_services(folder, settings_file) as services:
        services.backups.make_snapshot(now)
        click.echo(f"Copied to {snapshots.listed(services.store.copies_folder)[0].path}")
        place = place or offsite.find_place(services.settings.backup.second)
        if place is None and not services.settings.backup.second:
            click.echo("There is no second place: name one with --to, or in the settings under [backup].")
            return
        while not services.backups.make_offsite(now, place):
            click.echo("Pictures are being sealed", err=True)
        click.echo(f"Sealed into {place}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True), required=False)
@click.option("--key-stdin", is_flag=True, help="Read the passphrase or the 24 words from standard input.")
@click.option("--yes", is_flag=True, help="Do not ask before the database is replaced.")
@click.option(
    "--stolen-on",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]),
    help="When the tablet was stolen, UTC: a backup made after that is refused.",
)
@click.option(
    "--without-erasures",
    is_flag=True,
    help="Go on without a good erased.json: whoever was erased since the backup comes back.",
)
@data_options
def restore(
    folder: Path,
    settings_file: Path | None,
    file: Path | None,
    key_stdin: bool,
    yes: bool,
    stolen_on: datetime | None,
    without_erasures: bool,
) -> None:
    """Put a copy in the place of the database: FILE, or the newest sound one beside it.

    A sealed FILE of the second place needs the coordinator's passphrase, or the recovery key: its 24 words or what its
    code says. Pictures, settings and the locked key come back with it; PINs and badges do not. A copy that does not prove
    who made it is taken only after you have confirmed who its staff are. What was there before is kept under "aside".
    """
    private = restoring.private_for(file.parent, _ask(key_stdin)) if file and file.suffix == ".sealed" else b""
    folder.mkdir(parents=True, exist_ok=True)
    with InstanceLock(folder):
        copy = file or _newest(folder)
        opened = None
        if private:
            stolen_at = stolen_on.replace(tzinfo=UTC) if stolen_on else None
            opened = restoring.open_sealed(
                folder, copy, private, without_erasures=without_erasures, stolen_at=stolen_at
            )
        made_at = opened.made_at if opened else restoring.made_at(copy)
        try:
            _confirm(folder, copy, opened, made_at, yes)
        except click.Abort:
            if opened:
                restoring.discard(opened)
            raise
        if opened:
            restoring.put_in_place(folder, opened, clock.utc_now())
            restoring.bring_pictures(folder, copy.parent, private, _pictures)
        else:
            put_back(folder, copy, made_at, clock.utc_now())
            (folder / "pictures").mkdir(exist_ok=True)
    Store.open(folder).close()
    click.echo(f"Restored the copy of {made_at:%Y-%m-%d %H:%M} UTC into {folder}")
    if opened:
        click.echo("PINs and badges of the copy are not valid any more. Set new ones: kiosk staff pin NAME")


def _confirm(folder: Path, copy: Path, opened: restoring.Opened | None, made_at: datetime, yes: bool) -> None:
    """Describe the copy and ask for confirmation where needed. Raises Abort."""
    proof = opened.proof if opened else None
    if proof is not None:
        click.echo(f"Backup {proof.serial} of {made_at:%Y-%m-%d %H:%M} UTC, {proof.centre}, tablet {proof.device}")
    elif opened or copy.parent.resolve() != (folder / snapshots.FOLDER).resolve():
        click.echo("WARNING: this copy does not prove who made it. Anybody could have made it. Its staff are:")
        database = opened.database if opened else copy
        for name, role in restoring.staff_in(database):
            click.echo(f"    {name}, {role}")
        click.confirm("Do you know all of them, and where the copy comes from?", abort=True)
    if (folder / FILE).exists() and not yes:
        click.confirm(f"Put the copy of {made_at:%Y-%m-%d %H:%M} UTC in the place of the database?", abort=True)


def _ask(key_stdin: bool) -> str:
    if key_stdin:
        return sys.stdin.readline().strip()
    return str(click.prompt("The coordinator's passphrase, or the 24 words of the recovery key", hide_input=True))


def _newest(folder: Path) -> Path:
    for copy in snapshots.listed(folder / snapshots.FOLDER):
        try:
            snapshots.need_sound(copy.path)
        except DamagedDatabase:
            continue
        return copy.path
    raise NoBackup()


def _pictures(done: int, of: int) -> None:
    click.echo(f"\rPictures: {done} of {of}", nl=done == of, err=True)
