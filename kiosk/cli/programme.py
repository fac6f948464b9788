"""`kiosk calendar` and `kiosk partners`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from kiosk import clock
from kiosk.services.programme.calendar_files import MOST_BYTES

from .options import data_options, open_services, write_out
from .staff import SHELL, plain


@click.group()
def calendar() -> None:
    """The programme of gatherings as calendar files (.ics)."""


@calendar.command("export")
@click.option("--gathering", help="Only the series with this id; see: kiosk calendar list.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write; standard output if not given."
)
@data_options
def export(folder: Path, settings_file: Path | None, gathering: str | None, out: Path | None) -> None:
    """Write the programme as a calendar file."""
    with open_services(folder, settings_file) as services:
        data = services.calendar_files.export(now=clock.utc_now(), gathering_id=gathering)
    if out is None:
        sys.stdout.buffer.write(data)
        return
    write_out(out, data)
    click.echo(f"{data.count(b'BEGIN:VEVENT')} events in {out}")


@calendar.command("import")
@click.argument("source", type=click.Path(exists=True, path_type=Path, dir_okay=False), metavar="FILE")
@data_options
def import_(folder: Path, settings_file: Path | None, source: Path) -> None:
    """Take the series and events of FILE into the programme. What is there already stays as it is."""
    with source.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    with open_services(folder, settings_file) as services:
        answer = services.calendar_files.bring_in(data=data, now=clock.utc_now(), who=SHELL)
    for name in answer.taken:
        click.echo(f"taken: {name}")
    for left in answer.left:
        click.echo(f"not taken: {left.name or '-'}: {left.error}")
    for series in answer.holidays:
        click.echo(f"not on holidays: {series.name}: {', '.join(day.isoformat() for day in series.days)}")
    click.echo(f"{len(answer.taken)} taken, {answer.known} there already, {len(answer.left)} not taken")


@calendar.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@data_options
def list_series(folder: Path, settings_file: Path | None, as_json: bool) -> None:
    """List the series and events of the programme."""
    with open_services(folder, settings_file) as services:
        series = services.programme.series(clock.utc_now())
    if as_json:
        click.echo(json.dumps([plain(asdict(one)) for one in series], ensure_ascii=False, indent=2))
        return
    for one in series:
        name = one.names.get("en") or next(iter(one.names.values()), "")
        click.echo(f"{one.id}  {one.since}  {one.start}-{one.end}  {one.rule}  {name}")


@click.group()
def partners() -> None:
    """The register of partners."""


@partners.command("list")
@click.option("--all", "retired", is_flag=True, help="Also those who are no longer partners.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@data_options
def list_partners(folder: Path, settings_file: Path | None, retired: bool, as_json: bool) -> None:
    """List the partners with what each took part in; their contacts stay sealed."""
    with open_services(folder, settings_file) as services:
        found = services.partners.all(retired=retired)
    if as_json:
        click.echo(json.dumps([plain(asdict(one)) for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(
            f"{one.kind:12}  {one.gatherings:3} gatherings  {one.donations:3} donations  {one.pieces:4} pieces  "
            f"{one.volunteers:3} volunteers  {one.hours:6g} h  {one.name}"
        )
