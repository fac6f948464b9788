"""`kiosk stolen-report`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from kiosk.language.translation import LANGUAGES, Language
from kiosk.services.desk.stolen_report import in_words, stolen_report

from .options import data_options, open_services
from .staff import plain


@click.command("stolen-report")
@click.option("--language", type=click.Choice([*LANGUAGES]), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@data_options
def stolen(folder: Path, settings_file: Path | None, language: str, as_json: bool) -> None:
    """Say what was on a tablet that is gone: counts, dates, keys. Use its newest backup, put back with `restore`."""
    with open_services(folder, settings_file) as services:
        report = stolen_report(services.store)
    click.echo(json.dumps(plain(asdict(report)), indent=2) if as_json else in_words(report, Language(language)))
