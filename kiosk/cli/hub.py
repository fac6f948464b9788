"""`kiosk hub`: create a hub, enrol and revoke tablets, join a hub, show the sync status."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
import qrcode
from qrcode.constants import ERROR_CORRECT_L

from kiosk import clock
from kiosk.hub import admin, here, migrations
from kiosk.hub.enrolment import join as join_hub
from kiosk.hub.invitation import invite_text
from kiosk.hub.standing import HubView, look
from kiosk.journal import Store

from .options import data_options, png_of, write_out
from .own_hub import hosts, move, serve

ca_option = click.option(
    "--ca",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Certificate (PEM) of the hub's authority, the only one that is trusted. Needed unless the hub is on this machine.",
)


@click.group()
def hub() -> None:
    """Several tablets and centres over one PostgreSQL database."""


for command in (serve, move, hosts):
    hub.add_command(command)


@hub.command()
@click.argument("url")
@ca_option
def init(url: str, ca: Path | None) -> None:
    """Make the hub in the database at URL (postgresql://...), or bring it up to date, while tablets are connected."""
    with admin.owner(url, ca) as db:
        before, now = migrations.init(db, ca.read_text() if ca else "")
        missing = admin.bounds_missing(db)
    click.echo(f"The hub is version {now}" + (f", it was {before}" if before not in (0, now) else ""))
    if missing:
        click.echo("A superuser of the server has to run in this database:", err=True)
        click.echo("\n".join(missing), err=True)


@hub.command()
@click.argument("url", required=False)
@click.option("--centre", required=True, help="The centre the tablet stands in; made if it is new.")
@click.option("--name", default="", help="What the tablet is called, for example Lobby.")
@click.option("--region", help="The region the centre belongs to.")
@click.option("--host", default="", help="How tablets reach the hub, if not as you do; several with commas between.")
@click.option("--port", default=0, help="The port tablets reach it on.")
@click.option("--png", type=click.Path(dir_okay=False, path_type=Path), help="Write the QR code to this file.")
@ca_option
@data_options
def invite(
    folder: Path,
    settings_file: Path | None,
    url: str | None,
    centre: str,
    name: str,
    region: str | None,
    host: str,
    port: int,
    png: Path | None,
    ca: Path | None,
) -> None:
    """Let one tablet in: prints an invitation as QR code and text, good once and for a day. Without URL, to the hub that
    runs on this machine (`kiosk hub serve`)."""
    if png:
        write_out(png, b"", private=True)  # fail before the invitation is created if the file cannot be written
        png.unlink()
    if url is None:
        name, text = here.invite(folder, centre=centre, name=name, region=region)
    elif not name:
        raise click.UsageError("Say what the tablet is called: --name")
    else:
        with admin.owner(url, ca) as db:
            text = invite_text(admin.invite(db, centre=centre, name=name, host=host, port=port, region=region))
    _show(text, png)
    click.echo(f"For the tablet {name} in {centre}: scan it at the desk, or type: kiosk hub join", err=True)


def _show(text: str, png: Path | None) -> None:
    """Print an invitation as text and as a QR code, or write the code to a file."""
    click.echo(text)
    symbol = qrcode.QRCode(error_correction=ERROR_CORRECT_L, border=4)
    symbol.add_data(text)
    symbol.make(fit=True)
    if png:
        write_out(png, png_of(symbol.make_image().get_image()), private=True)
    else:
        symbol.print_ascii(invert=sys.stdout.isatty())


@hub.command()
@click.argument("url")
@click.argument("which", metavar="CENTRE/NAME")
@ca_option
def revoke(url: str, which: str, ca: Path | None) -> None:
    """Send a tablet away, by its centre and name or by its role; a region's reader by its role. What it told stays."""
    with admin.owner(url, ca) as db:
        done = admin.revoke(db, which=which)
    click.echo(f"{which} is revoked: the hub takes nothing from it and tells it nothing")
    if not done.closed:
        click.echo(f"Its role could not be closed. As a superuser: ALTER ROLE {done.role} NOLOGIN", err=True)
    if not done.ended:
        click.echo("Connections that are open stay open, without any right, until they end by themselves.", err=True)


@hub.command()
@click.argument("url")
@click.option("--lines", type=click.IntRange(1), help="Entries.")
@click.option("--megabytes", type=click.IntRange(1), help="Megabytes of entries and sealed boxes.")
@click.option("--picture-megabytes", type=click.IntRange(1), help="Megabytes of pictures.")
@click.option("--calls", type=click.IntRange(1), help="Calls that write.")
@ca_option
def limits(
    url: str,
    ca: Path | None,
    lines: int | None,
    megabytes: int | None,
    picture_megabytes: int | None,
    calls: int | None,
) -> None:
    """Say what each tablet may use in a day (UTC), or set it. What is more waits on the tablet until the next day."""
    megas = {"bytes_a_day": megabytes, "picture_bytes_a_day": picture_megabytes}
    changes = {"lines_a_day": lines, "calls_a_day": calls} | {
        name: value * 1_000_000 if value else None for name, value in megas.items()
    }
    with admin.owner(url, ca) as db:
        found = admin.limits(db, **{name: value for name, value in changes.items() if value})
    click.echo("\n".join(f"{name.replace('_', ' '):20} {value:>13,}" for name, value in found.items()))


@hub.command()
@click.argument("url")
@click.argument("region", required=False)
@click.option("--days", type=click.IntRange(1, 3660), default=admin.READER_DAYS, show_default=True, help="How long.")
@ca_option
def region(url: str, region: str | None, days: int, ca: Path | None) -> None:
    """Make a role that sees the counts of a region's centres and nothing else; without REGION, list those there are."""
    with admin.owner(url, ca) as db:
        if region is None:
            for reader in admin.readers(db):
                state = "revoked" if reader.revoked else f"until {reader.until:%Y-%m-%d}"
                click.echo(f"{reader.role}  {reader.region}  {state}")
            return
        role, password = admin.region_reader(db, region=region, days=days)
    click.echo(f"Role {role}, password {password}, for {days} days: SELECT * FROM kiosk.counts")


@hub.command()
@click.argument("url")
@ca_option
def tidy(url: str, ca: Path | None) -> None:
    """Let nothing that was erased stay in the files of the database. Once a night, when no tablet is in use."""
    with admin.owner(url, ca) as db:
        admin.tidy(db)
    click.echo("What was erased is no longer in the files of the database")


@hub.command("changes")
@click.argument("url")
@click.argument("number", type=click.IntRange(0, 100_000))
@ca_option
def changes(url: str, number: int, ca: Path | None) -> None:
    """Let each tablet delete and change NUMBER requests and settings a day that others made; more has to be agreed to
    on another tablet."""
    with admin.owner(url, ca) as db:
        admin.set_limit(db, changes=number)
    click.echo(f"Up to {number} a day for each tablet")


@hub.command()
@click.argument("invitation", required=False)
@data_options
def join(folder: Path, settings_file: Path | None, invitation: str | None) -> None:
    """Join a hub with the text of an INVITATION, or with what standard input says."""
    store = Store.open(folder)
    try:
        access = join_hub(store, invitation or sys.stdin.read())
    finally:
        store.close()
    click.echo(f"This tablet is number {access.number} of the hub, in {access.centre}")


@hub.command()
@click.argument("url", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@ca_option
@data_options
def status(folder: Path, settings_file: Path | None, url: str | None, as_json: bool, ca: Path | None) -> None:
    """Say how this tablet stands with its hub; with URL, how the tablets of a hub stand."""
    if url:
        with admin.owner(url, ca) as db:
            found = admin.tablets(db)
        if as_json:
            click.echo(json.dumps([asdict(tablet) for tablet in found], default=str, ensure_ascii=False, indent=2))
            return
        for tablet in found:
            shown = "revoked" if tablet.revoked else "invited" if not tablet.joined else "in"
            seen = f"{tablet.seen:%Y-%m-%d %H:%M}" if tablet.seen else "never"
            click.echo(
                f"{tablet.number:4}  {shown:8} seen {seen:16}  {tablet.events:8}  {tablet.centre}: {tablet.name}"
            )
        return
    store = Store.open(folder)
    try:
        view = look(store)
    finally:
        store.close()
    click.echo(json.dumps(as_plain(view), ensure_ascii=False, indent=2) if as_json else in_words(view))


def as_plain(view: HubView) -> dict[str, object]:
    """Return the sync status as plain values, for JSON."""
    plain = asdict(view)
    plain["in_step_at"] = view.in_step_at.isoformat() if view.in_step_at else None
    plain["in_step"] = view.in_step(clock.utc_now()) and not view.waiting
    plain["clock_off"] = view.clock_off.total_seconds()
    return plain


def in_words(view: HubView) -> str:
    """Return the sync status as one line of text."""
    if not view.joined:
        return "belongs to no hub"
    since = "never in step" if view.in_step_at is None else f"in step at {view.in_step_at:%Y-%m-%d %H:%M:%S} UTC"
    counts = ((view.refused, "refused"), (view.put_aside, "put aside"))
    more = "".join(f", {count} {what}" for count, what in counts if count)
    more += ", the hub takes no more today" if view.full else ""
    return f"{view.centre}: {since}, {view.waiting} waiting{more}, {view.conflicts} tickets in conflict"
