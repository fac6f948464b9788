"""`kiosk publish`: the public page."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk import clock

from .options import data_options, open_services, write_out


@click.command()
@click.argument("target", type=click.Path(path_type=Path, file_okay=False), metavar="[FOLDER]", required=False)
@click.option("--all", "all_anew", is_flag=True, help="Write every file, also those that are there.")
@click.option("--try", "only_try", is_flag=True, help="Only try whether the place of the settings can be written to.")
@click.option(
    "--key", is_flag=True, help="Only print the public key by which this tablet is known at a server (SFTP, rsync)."
)
@click.option(
    "--poster",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Only write a poster with the page's QR code (PDF).",
)
@data_options
def publish(
    folder: Path,
    settings_file: Path | None,
    target: Path | None,
    all_anew: bool,
    only_try: bool,
    key: bool,
    poster: Path | None,
) -> None:
    """Make the public page, a website of what is on the shelf and what is on, in FOLDER, or bring it to the place of the
    settings.

    Only files that changed are written. See docs/public-page.md.
    """
    from kiosk.publish.publisher import Publisher
    from kiosk.publish.ssh import make_key

    with open_services(folder, settings_file) as services:
        publisher, now = Publisher(services), clock.utc_now()
        if key:
            click.echo(make_key(folder))
            return
        if poster:
            from kiosk.publish.poster import poster_pdf

            write_out(poster, poster_pdf(services.settings))
            return
        if only_try:
            publisher.try_place()
            click.echo("well")
            return
        if target and folder.absolute() in (target.absolute(), *target.absolute().parents):
            raise click.UsageError(f"{target} is in the data folder")
        done = (
            publisher.to_folder(target.absolute(), now, _show, all_anew=all_anew)
            if target
            else publisher.to_place(now, _show, all_anew=all_anew)
        )
    click.echo(f"{done.written} written, {done.removed} removed, {done.same} as they were")


def _show(done: int, of: int) -> None:
    if sys.stderr.isatty():  # not into the log of the kiosk, which runs this in the background
        click.echo(f"\r{done} of {of}", nl=done == of, err=True)
