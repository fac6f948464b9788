"""`kiosk init` and `kiosk doctor`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kiosk import clock
from kiosk.data import Store
from kiosk.doctor import examine
from kiosk.errors import DataExists
from kiosk.privacy.sealing import new_keypair, new_passphrase, recovery_words, wrap
from kiosk.services import Services
from kiosk.services.keyring import KEY_FILE
from kiosk.services.staff import check_pin
from kiosk.settings import FILE, default_toml

from . import data_options, read_settings
from .staff import ask_pin


@click.command()
@click.option("--coordinator", metavar="NAME", help="Make NAME the first coordinator now, not at the first start.")
@click.option("--pin-stdin", is_flag=True, help="Read the coordinator's PIN from standard input instead of asking.")
@data_options
def init(folder: Path, settings_file: Path | None, coordinator: str | None, pin_stdin: bool) -> None:
    """Make a new data folder, with the keys that protect requests for help."""
    if (folder / "kiosk.db").exists():
        raise DataExists(folder=folder)
    settings = read_settings(folder, settings_file)  # a broken file is told before anything is made
    pin = check_pin(ask_pin(pin_stdin)) if coordinator else ""
    store = Store.create(folder, now=clock.utc_now())
    key, recovery = new_keypair(), new_keypair()
    passphrase = new_passphrase()
    (folder / KEY_FILE).write_bytes(wrap(key.private, passphrase))
    (folder / KEY_FILE).chmod(0o600)
    store.set_recipients([key.public, recovery.public])
    services = Services(store, settings)
    if coordinator:
        services.staff.add_first(name=coordinator, pin=pin, now=clock.utc_now())
    services.backups.make_near(clock.utc_now())
    store.close()
    if settings_file is None and not (folder / FILE).exists():
        (folder / FILE).write_text(default_toml(), encoding="utf-8")
    click.echo(f"Made {folder}")
    click.echo("")
    click.echo("Write these down now. They are shown only this once, and without one of them nobody can ever")
    click.echo("read the requests for help that visitors leave.")
    click.echo("")
    click.echo(f"The coordinator's passphrase:  {passphrase}")
    click.echo("")
    click.echo("The recovery key, for a sealed envelope in another building:")
    words = recovery_words(recovery.private).split()
    for at in range(0, len(words), 6):
        click.echo("    " + " ".join(words[at : at + 6]))
    click.echo("")
    click.echo("Open the kiosk with: kiosk run")


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
