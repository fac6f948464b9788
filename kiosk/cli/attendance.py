"""`kiosk attendance`."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from kiosk import clock
from kiosk.services.desk.reports import need_near

from .options import data_options, open_services

#: Fields of a session in the JSON output: totals only. Group counts of a single session are small and disclose people.
TOLD = ("session_id", "day", "names", "visits", "people", "first_visits", "corrected")
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--from", "start", type=_DAY, help="First day; four weeks ago when not given.")
@click.option("--to", "end", type=_DAY, help="Last day; today when not given.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@data_options
def attendance(
    folder: Path, settings_file: Path | None, start: datetime | None, end: datetime | None, as_json: bool
) -> None:
    """Show how many came to each session."""
    with open_services(folder, settings_file) as services:
        zone = clock.zone(services.settings.centre.timezone)
        last: date = end.date() if end else clock.local_date(clock.utc_now(), zone)
        need_near(last)
        first: date = start.date() if start else last - timedelta(days=28)
        need_near(first)
        rows = services.attendance.totals(first, last)
    if as_json:
        plain = [{name: getattr(row, name) for name in TOLD} | {"day": row.day.isoformat()} for row in rows]
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    for row in rows:
        name = row.names.get("en") or next(iter(row.names.values()), "")
        click.echo(
            f"{row.day}  {row.visits:4} visits  {row.people:4} people  {row.first_visits:3} first visits  {name}"
        )
