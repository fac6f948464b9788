"""`kiosk init` and `kiosk doctor`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kiosk import clock
from kiosk.doctor import examine
from kiosk.errors import DataExists
from kiosk.journal import Store
from kiosk.services import Services
from kiosk.services.staff.first_start import STEPS
from kiosk.services.staff.keys import new_key
from kiosk.services.staff.members import check_pin
from kiosk.settings import FILE, default_toml, read_settings
from kiosk.vocabulary.states import KeyRole

from .options import data_options, write_out
from .staff import SHELL, ask_pin


@click.command()
@click.option("--coordinator", metavar="NAME", help="Make NAME the first coordinator now, not at the first start.")
@click.option("--keys-later", is_flag=True, help="Make the keys at the first start, on the screen.")
@click.option("--pin-stdin", is_flag=True, help="Read the coordinator's PIN from standard input instead of asking.")
@data_options
def init(folder: Path, settings_file: Path | None, coordinator: str | None, keys_later: bool, pin_stdin: bool) -> None:
    """Make a new data folder, with the keys that protect requests for help."""
    if (folder / "kiosk.db").exists():
        raise DataExists(folder=folder)
    settings = read_settings(folder, settings_file)  # report a broken file before anything is created
    pin = check_pin(ask_pin(pin_stdin)) if coordinator else ""
    store = Store.create(folder, now=clock.utc_now())
    if settings_file is None and not (folder / FILE).exists():
        write_out(folder / FILE, default_toml().encode(), private=True)
    services = Services(store, settings)
    key, recovery = new_key(KeyRole.COORDINATOR, settings.centre.default_language), new_key(KeyRole.RECOVERY)
    if not keys_later:
        services.keys.install(coordinator=key, recovery=recovery, now=clock.utc_now(), who=SHELL)
    if coordinator:
        services.staff.add_first(name=coordinator, pin=pin, now=clock.utc_now())
    if keys_later:
        services.first_start.reach("keys" if coordinator else STEPS[0])
    click.echo(f"Made {folder}")
    click.echo("")
    if not keys_later:
        _show_once(key.secret, recovery.secret)  # before anything else can fail: the secrets are not stored
    services.backups.make_snapshot(clock.utc_now())
    store.close()
    click.echo("Open the kiosk with: kiosk run")


def _show_once(passphrase: str, recovery: str) -> None:
    click.echo("Write these down now. They are shown only this once, and without one of them nobody can ever")
    click.echo("read the requests for help that visitors leave.")
    click.echo("")
    click.echo(f"The coordinator's passphrase:  {passphrase}")
    click.echo("")
    click.echo("The recovery key, for a sealed envelope in another building:")
    words = recovery.split()
    for at in range(0, len(words), 6):
        click.echo("    " + " ".join(words[at : at + 6]))
    click.echo("")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@data_options
def doctor(folder: Path, settings_file: Path | None, as_json: bool) -> None:
    """Say what is well and what is not. Exit code 1 when something is not."""
    checks = examine(folder, settings_file)
    if as_json:
        click.echo(json.dumps([check.__dict__ for check in checks], ensure_ascii=False, indent=2))
    else:
        for check in checks:
            click.echo(f"{'well' if check.ok else 'NOT WELL':8}  {check.name}: {check.detail}")
    sys.exit(0 if all(check.ok for check in checks) else 1)
