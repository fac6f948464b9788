"""`kiosk import-earlier`: import of counts from before the kiosk."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk import clock
from kiosk.services.desk.earlier_columns import KINDS, HeadedTable, guess, open_table
from kiosk.vocabulary.states import EarlierKind

from .options import asking_encoding, choice, data_options, encoding_option, open_services
from .staff import SHELL


@click.command(
    "import-earlier",
    epilog=" ".join(f"Fields of {kind}: {', '.join(fields)}." for kind, fields in KINDS.items()),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=choice(sorted(KINDS)), help="What the table counts; guessed when not given.")
@click.option(
    "--column", "chosen", multiple=True, metavar="FIELD=HEAD", help="Head, or number from 1, of the column of a field."
)
@encoding_option
@click.option("--gathering", default="", metavar="KEY", help="The gathering of rows that name none.")
@click.option("--dry-run", is_flag=True, help="Only say what would be brought in.")
@click.option("--skip-wrong", is_flag=True, help="Bring the good rows in although others are wrong.")
@data_options
def import_earlier(
    folder: Path,
    settings_file: Path | None,
    file: Path,
    kind: str | None,
    chosen: tuple[str, ...],
    encoding: str,
    gathering: str,
    dry_run: bool,
    skip_wrong: bool,
) -> None:
    """Bring attendance or goods counted before the kiosk in from FILE: CSV, XLSX, ODS or XLS.

    The columns are guessed by their heads, under a title or in two rows too. What is there already is left alone, so importing twice adds nothing. When
    rows are wrong, each is told and nothing is brought in.
    """
    with asking_encoding(file):
        table = open_table(file, encoding)
    found = guess(table)
    kind, columns = kind or found.kind, found.columns if kind in (None, found.kind) else {}
    columns |= dict(_column(table, one) for one in chosen)
    for field, at in sorted(columns.items(), key=lambda one: one[1]):
        click.echo(f"{field} is in column {at + 1}, {table.head[at]!r}", err=True)
    with open_services(folder, settings_file) as services:
        plan = services.earlier.plan(
            table=table,
            kind=kind,
            columns=columns,
            gathering=gathering,
            now=clock.utc_now(),
            progress=lambda done, of: click.echo(f"\r{done} of {of}", nl=done == of, err=True),
        )
        for notice in plan.notices:
            click.echo(f"kiosk: {file.name}: {notice}", err=True)
        for wrong in (*plan.left_out, *plan.errors):
            click.echo(f"kiosk: {file.name} row {wrong.row}: {wrong.error}", err=True)
        stays = dry_run or (plan.errors and not skip_wrong)
        added = len(plan.rows) if stays else services.earlier.bring_in(plan=plan, now=clock.utc_now(), who=SHELL)
    taken_in, given = plan.pieces
    sums = f"{plan.people} people" if kind == EarlierKind.ATTENDANCE else f"{taken_in} pieces in, {given} given"
    verb = "would be added" if stays else "added"
    click.echo(f"{added} rows {verb} ({sums}), {plan.known} known already, {len(plan.errors)} wrong")
    sys.exit(1 if plan.errors else 0)


def _column(table: HeadedTable, text: str) -> tuple[str, int]:
    field, _, head = text.partition("=")
    if not any(field in fields for fields in KINDS.values()):
        raise click.UsageError(f"no field {field!r}")
    if head in table.head:
        return field, table.head.index(head)
    if head.isdecimal() and 1 <= int(head) <= len(table.head):
        return field, int(head) - 1
    raise click.UsageError(f"no column {head!r}; there are: {', '.join(table.head)}")
