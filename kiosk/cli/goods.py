"""`kiosk goods`: import goods from files, and list them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kiosk import clock
from kiosk.pictures.store import Pictures
from kiosk.services.goods.goods_columns import FIELDS
from kiosk.services.goods.goods_import import import_goods

from .options import asking_encoding, data_options, encoding_option, open_services


@click.group()
def goods() -> None:
    """Goods on the shelves."""


@goods.command(
    "import", epilog=f"Columns of the list, all but a name optional: {', '.join(FIELDS)}. See docs/files.md."
)
@click.argument("source", type=click.Path(exists=True, path_type=Path), metavar="LIST|FOLDER")
@click.option("--dry-run", is_flag=True, help="Only say what would be brought in; the pictures are opened too.")
@encoding_option
@data_options
def import_(folder: Path, settings_file: Path | None, source: Path, dry_run: bool, encoding: str) -> None:
    """Bring goods in from a LIST (CSV, XLSX, ODS, XLS), or from a FOLDER of pictures.

    A folder with a list called items is read by it; otherwise each picture is one item, named like its file, in the
    category its sub-folder is named after. What was brought in before is left alone, so importing twice adds nothing.
    """
    with open_services(folder, settings_file) as services, asking_encoding(source):
        report = import_goods(
            services,
            Pictures(folder / "pictures"),
            source,
            now=clock.utc_now(),
            dry_run=dry_run,
            encoding=encoding,
            progress=lambda done, of: click.echo(f"\r{done} of {of}", nl=done == of, err=True),
        )
    for notice in report.notices:
        click.echo(f"kiosk: {source.name}: {notice}", err=True)
    for left in report.left_out:
        place = f"{source.name} row {left.row}" if left.row else left.name
        click.echo(f"kiosk: {place}: {left.error}", err=True)
    verb = "would be added" if dry_run else "added"
    click.echo(f"{report.added} {verb}, {report.known} known already, {len(report.left_out)} left out")
    sys.exit(1 if report.left_out else 0)


@goods.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@data_options
def list_(folder: Path, settings_file: Path | None, as_json: bool) -> None:
    """List what is on the shelves."""
    with open_services(folder, settings_file) as services:
        zone = clock.zone(services.settings.centre.timezone)
        ids = services.goods.find(today=clock.local_date(clock.utc_now(), zone))
        items = [services.goods.item(item_id) for item_id in ids]
    if as_json:
        plain = [
            item.__dict__
            | {
                "arrived_on": item.arrived_on.isoformat(),
                "deadline": clock.utc_text(item.deadline) if item.deadline else None,
                "photos": list(item.photos),
                "own": item.own.names if item.own else None,
            }
            for item in items
        ]
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    for item in items:
        name = item.names.get("en") or next(iter(item.names.values()), "")
        click.echo(f"{item.label_code}  {item.state:9}  {item.category:11}  {item.left} of {item.quantity}  {name}")
