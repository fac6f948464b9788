"""`kiosk weights`: what things weigh, and what their reuse saves."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from kiosk import clock
from kiosk.services.goods.weights import PER
from kiosk.vocabulary.states import Per

from .options import choice, data_options, open_services
from .staff import SHELL, plain


@click.group()
def weights() -> None:
    """What things weigh, and what their reuse saves."""


@weights.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@data_options
def list_(folder: Path, settings_file: Path | None, as_json: bool) -> None:
    """Show the weights and the factors that are in use now."""
    now = clock.utc_now()
    with open_services(folder, settings_file) as services:
        table, factors = services.weights.table(now), services.weights.factors(now)
    if as_json:
        found = {"weights": [asdict(row) for row in table.values()], "co2e": [asdict(row) for row in factors.values()]}
        click.echo(json.dumps(plain(found), ensure_ascii=False, indent=2))
        return
    for row in table.values():
        how = f"n={row.pieces}" if row.pieces else ""
        click.echo(
            f"{row.subject:18} {row.low:7.2f} {row.mid:7.2f} {row.high:7.2f} kg  {row.day}  {row.source} {how}".rstrip()
        )
    for factor in factors.values():
        click.echo(f"{factor.subject:18} {factor.value:g} kg CO2e per {factor.per}  {factor.source} {factor.version}")


@weights.command("set")
@click.argument("subject")
@click.argument("kg", type=float)
@click.option("--low", type=float, help="The least a piece weighs, kg; KG when not given.")
@click.option("--high", type=float, help="The most a piece weighs, kg; KG when not given.")
@click.option("--source", required=True, help="Who says so.")
@data_options
def set_(
    folder: Path,
    settings_file: Path | None,
    subject: str,
    kg: float,
    low: float | None,
    high: float | None,
    source: str,
) -> None:
    """Say that a piece of SUBJECT, a thing or a category, weighs KG."""
    low, high = kg if low is None else low, kg if high is None else high
    with open_services(folder, settings_file) as services:
        services.weights.set(subject=subject, low=low, mid=kg, high=high, source=source, now=clock.utc_now(), who=SHELL)


@weights.command("weigh")
@click.argument("subject")
@click.argument("pieces", type=int)
@click.argument("kg", type=float)
@data_options
def weigh(folder: Path, settings_file: Path | None, subject: str, pieces: int, kg: float) -> None:
    """Note that PIECES of SUBJECT weigh KG together."""
    with open_services(folder, settings_file) as services:
        row = services.weights.weigh(subject=subject, pieces=pieces, kg=kg, now=clock.utc_now(), who=SHELL)
    click.echo(f"{row.subject}: {row.mid:.2f} kg, measured n={row.pieces}")


@weights.command("co2e")
@click.argument("subject")
@click.argument("value", type=float)
@click.option("--per", type=choice(PER), default=str(Per.KG), show_default=True, help="What VALUE is for.")
@click.option("--source", required=True, help="Who says so.")
@click.option("--version", required=True, help="Year or version of the source.")
@data_options
def co2e(
    folder: Path, settings_file: Path | None, subject: str, value: float, per: str, source: str, version: str
) -> None:
    """Say that reuse of SUBJECT, a thing, a category or "*", saves VALUE kilograms of CO2e."""
    with open_services(folder, settings_file) as services:
        services.weights.set_factor(
            subject=subject, value=value, per=per, source=source, version=version, now=clock.utc_now(), who=SHELL
        )
