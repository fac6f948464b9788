"""`kiosk backup` and `kiosk restore`."""

from __future__ import annotations

import sys
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
@click.option("--yes", is_flag=True, help="Do not ask.")
@data_options
def restore(folder: Path, settings_file: Path | None, file: Path | None, key_stdin: bool, yes: bool) -> None:
    """Put a copy in the place of the database: FILE, or the newest sound one beside it.

    A sealed FILE of the second place needs the coordinator's passphrase, or the recovery key: its 24 words or what its
    code says. Pictures, settings and the locked key come back with it. What was there before is kept under "aside".
    """
    private = restoring.private_for(file.parent, _ask(key_stdin)) if file and file.suffix == ".sealed" else b""
    folder.mkdir(parents=True, exist_ok=True)
    with InstanceLock(folder):
        copy = file or _newest(folder)
        made_at = restoring.made_at(copy)
        opened = restoring.open_sealed(folder, copy, private) if private else None
        if (folder / FILE).exists() and not yes:
            click.confirm(f"Put the copy of {made_at:%Y-%m-%d %H:%M} UTC in the place of the database?", abort=True)
        if opened:
            restoring.put_in_place(folder, opened, clock.utc_now())
            restoring.bring_pictures(folder, copy.parent, private, _pictures)
        else:
            put_back(folder, copy, made_at, clock.utc_now())
            (folder / "pictures").mkdir(exist_ok=True)
    Store.open(folder).close()
    click.echo(f"Restored the copy of {made_at:%Y-%m-%d %H:%M} UTC into {folder}")


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
