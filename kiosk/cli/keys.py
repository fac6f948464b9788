"""`kiosk keys`: state of the keys, a new passphrase, a new recovery sheet."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kiosk import clock
from kiosk.documents.recovery_sheet import key_name, recovery_pdf
from kiosk.errors import N_, KioskError
from kiosk.language.translation import Language
from kiosk.services import Services
from kiosk.services.staff.keys import ROLES, NewKey, new_key
from kiosk.vocabulary.states import KeyRole

from .options import NotWritten, choice, data_options, open_services, write_out
from .staff import SHELL

#: Explanation before a key is replaced; the screen shows the same text.
EXPLAINED = """\
Everything on this tablet is sealed anew; its own copies too. Sealed copies on a stick or in the second place stay as they
are: those made before today open with {opener}.
"""
OLDER: dict[str, str] = {
    KeyRole.COORDINATOR: "the recovery sheet only, not with the new passphrase",
    KeyRole.RECOVERY: "the passphrase of now or the OLD recovery sheet; keep it until those copies are gone, then destroy it",
}


class OnTheTablet(KioskError):
    default = N_("This file would be saved on the tablet itself. Choose a file on a USB stick.")


@click.group()
def keys() -> None:
    """The keys that open what visitors told."""


@keys.command("show")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@data_options
def show(folder: Path, settings_file: Path | None, as_json: bool) -> None:
    """Say which keys there are; nothing of this is secret."""
    with open_services(folder, settings_file) as services:
        state = services.keys.state()
    named = {role: key_name(key) for role, key in zip(ROLES, state.recipients, strict=False)}
    if as_json:
        said = named | {"on_this_tablet": state.here, "changing": state.changing, "left": state.left}
        click.echo(json.dumps(said, indent=2))
        return
    for role in ROLES:
        click.echo(f"{role:12}  {named.get(role, 'none: requests for help cannot be taken')}")
    if not state.here:
        click.echo("The coordinator's key is not on this tablet.")
    if state.changing:
        click.echo(f"A change of the {state.changing} key was interrupted, {state.left} left: kiosk keys resume")


@keys.command("new")
@click.argument("role", type=choice(ROLES))
@click.option("--key-stdin", is_flag=True, help="Read the passphrase or the 24 words from standard input.")
@click.option("--pdf", type=click.Path(path_type=Path, dir_okay=False), help="Recovery sheet to write, on a stick.")
@click.option("--language", default="fi", show_default=True, help="Language of the passphrase or the sheet.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@data_options
def new(
    folder: Path, settings_file: Path | None, role: str, key_stdin: bool, pdf: Path | None, language: str, yes: bool
) -> None:
    """Replace the passphrase (coordinator) or the recovery sheet (recovery)."""
    click.echo(EXPLAINED.format(opener=OLDER[role]))
    with open_services(folder, settings_file) as services:
        services.keyring.unlock(_ask(key_stdin), clock.utc_now())
        key = new_key(role, language)
        _hand_over(key, services, pdf, language)
        if not yes:
            click.confirm("Is it on paper? The old one ends now", abort=True)
        services.keys.replace(key=key, now=clock.utc_now(), who=SHELL)
        _go_on(services)


@keys.command("resume")
@click.option("--key-stdin", is_flag=True, help="Read the passphrase or the 24 words from standard input.")
@data_options
def resume(folder: Path, settings_file: Path | None, key_stdin: bool) -> None:
    """Go on with a change of keys that was interrupted."""
    with open_services(folder, settings_file) as services:
        services.keyring.unlock(_ask(key_stdin), clock.utc_now())
        _go_on(services)


def _hand_over(key: NewKey, services: Services, pdf: Path | None, language: str) -> None:
    """Show the words once; write the recovery sheet if requested."""
    click.echo("Write this down now. It is shown only this once.")
    words = key.secret.split()
    for at in range(0, len(words), 6):
        click.echo("    " + " ".join(words[at : at + 6]))
    if pdf is None or key.role != KeyRole.RECOVERY:
        return
    if not pdf.parent.is_dir():
        raise NotWritten(file=pdf, reason="there is no such folder")
    if pdf.parent.stat().st_dev == services.store.folder.stat().st_dev:
        raise OnTheTablet()
    centre = services.settings.centre
    today = clock.local_date(clock.utc_now(), clock.zone(centre.timezone))
    sheet = recovery_pdf(key.secret, Language(language, timezone=centre.timezone), centre.name, today)
    write_out(pdf, sheet, private=True)
    click.echo(f"Wrote {pdf}. Print it, then delete the file: whoever has it can read everything.")


def _go_on(services: Services) -> None:
    def progress(done: int, of: int) -> None:
        click.echo(f"\rSealed anew: {done} of {of}", nl=done >= of, err=True)

    now = clock.utc_now()
    left = services.keys.go_on(private=services.keyring.private(now), now=now, who=SHELL, progress=progress)
    if left:
        click.echo(f"{left} could not be opened with this key: go on with the other one, kiosk keys resume", err=True)
        sys.exit(1)
    click.echo("The old key opens nothing on this tablet any more.")


def _ask(key_stdin: bool) -> str:
    if key_stdin:
        return sys.stdin.readline().strip()
    return str(click.prompt("The coordinator's passphrase, or the 24 words of the recovery key", hide_input=True))
