"""`kiosk report`: reports as files, and the proof pack."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from kiosk import clock
from kiosk.language.translation import LANGUAGES
from kiosk.reports import ProgressTracker
from kiosk.reports.files import FORMATS, to_bytes
from kiosk.services.desk.reports import BUILDERS

from .options import data_options, open_services, write_out, writing

_DAY = click.DateTime(["%Y-%m-%d"])
_OUT = click.Path(dir_okay=False, path_type=Path)


def _about(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that all reports share."""
    for option in (
        click.option("--language", type=click.Choice(sorted(LANGUAGES)), help="Language; the centre's when not given."),
        click.option("--project", help="Number of a project of the settings; the whole centre when not given."),
        click.option("--as-of", type=click.DateTime(), help="As the data was at this time (UTC); now when not given."),
        click.option("--to", "last", type=_DAY, required=True, help="Last day."),
        click.option("--from", "first", type=_DAY, required=True, help="First day."),
    ):
        command = option(command)
    return data_options(command)


def _asked(
    services: Any, first: datetime, last: datetime, as_of: datetime | None, project: str | None, language: str | None
) -> dict[str, Any]:
    return {
        "first": first.date(),
        "last": last.date(),
        "as_of": as_of.replace(tzinfo=clock.utc_now().tzinfo) if as_of else clock.utc_now(),
        "project": project,
        "language": language or services.settings.centre.default_language,
        "work": ProgressTracker(progress=_show),
    }


def _show(part: float) -> None:
    click.echo(f"\r{part:4.0%}", nl=False, err=True)


@click.command()
@click.argument("kind", type=click.Choice([*BUILDERS, "pack"]))
@click.option("--format", "ending", type=click.Choice(sorted(FORMATS)), help="Format; not for the pack.")
@click.option("--out", type=_OUT, required=True, help="File to write.")
@_about
def report(
    folder: Path,
    settings_file: Path | None,
    kind: str,
    ending: str | None,
    out: Path,
    first: datetime,
    last: datetime,
    as_of: datetime | None,
    project: str | None,
    language: str | None,
) -> None:
    """Write the report KIND of a period to a file, or as "pack" all of them in all formats to one zip."""
    if (kind == "pack") == bool(ending):
        raise click.UsageError("give --format for a report; the pack has all of them")
    with open_services(folder, settings_file) as services:
        asked = _asked(services, first, last, as_of, project, language)
        try:
            if kind == "pack":
                with writing(out):
                    services.reports.pack(path=out, **asked)
            else:
                write_out(out, to_bytes(services.reports.build(kind=kind, **asked), str(ending)))
        finally:
            click.echo("", err=True)  # end the line of the progress display
    click.echo(f"Wrote {out}")
