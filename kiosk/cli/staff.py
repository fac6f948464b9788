"""`kiosk staff`, `kiosk scan` and `kiosk label`: functions of the desk on the command line."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from kiosk import clock
from kiosk.codes.codes import parse
from kiosk.documents.content import badge_slip, item_label, photo_of
from kiosk.documents.label import LABELS, SHEETS, label_pdf, sheet_pdf
from kiosk.documents.slip import draw
from kiosk.language.translation import Language
from kiosk.pictures.store import Pictures
from kiosk.services import Services
from kiosk.services.rights import ROLES
from kiosk.services.staff.members import Member, badge_code
from kiosk.vocabulary.states import Role, SlipKind

from .options import choice, data_options, open_services, png_of, write_out, written

SHELL = "shell"


def ask_pin(from_stdin: bool) -> str:
    """Return a PIN, asked twice without showing it, or read as a line from stdin."""
    if from_stdin:
        return sys.stdin.readline().strip()
    return str(click.prompt("PIN, six digits", hide_input=True, confirmation_prompt="The same again"))


@click.group()
def staff() -> None:
    """People who may come behind the desk."""


@staff.command("add")
@click.argument("name")
@click.option("--role", type=choice(ROLES), default=str(Role.HELPER), show_default=True)
@click.option("--language", help="Language of the desk for this person; the centre's when not given.")
@click.option("--pin-stdin", is_flag=True, help="Read the PIN from standard input instead of asking.")
@data_options
def add(folder: Path, settings_file: Path | None, name: str, role: str, language: str | None, pin_stdin: bool) -> None:
    """Let NAME in, with a PIN of six digits."""
    with open_services(folder, settings_file) as services:
        pin = ask_pin(pin_stdin)
        member = services.staff.add(name=name, role=role, pin=pin, language=language, now=clock.utc_now(), who=SHELL)
    click.echo(f"{member.name} may come in as {member.role}")


@staff.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@data_options
def list_(folder: Path, settings_file: Path | None, as_json: bool) -> None:
    """List who may come in."""
    with open_services(folder, settings_file) as services:
        members = services.staff.members()
    if as_json:
        click.echo(json.dumps([member._asdict() for member in members], ensure_ascii=False, indent=2))
        return
    for member in members:
        click.echo(f"{member.name:24}  {member.role:12}  {_ways_in(member)}".rstrip())


@staff.command("revoke")
@click.argument("name")
@click.option("--badge-only", is_flag=True, help="Only the badge; the PIN stays good.")
@data_options
def revoke(folder: Path, settings_file: Path | None, name: str, badge_only: bool) -> None:
    """Let NAME in no longer."""
    with open_services(folder, settings_file) as services:
        member = services.staff.by_name(name)
        end = services.staff.revoke_badge if badge_only else services.staff.revoke
        end(member_id=member.id, now=clock.utc_now(), who=SHELL)
    click.echo(f"{'The badge of ' if badge_only else ''}{member.name}: no longer valid")


@staff.command("pin")
@click.argument("name")
@click.option("--pin-stdin", is_flag=True, help="Read the PIN from standard input instead of asking.")
@data_options
def pin(folder: Path, settings_file: Path | None, name: str, pin_stdin: bool) -> None:
    """Give NAME a new PIN; the one before is no longer valid."""
    with open_services(folder, settings_file) as services:
        member = services.staff.by_name(name)
        services.staff.set_pin(member_id=member.id, pin=ask_pin(pin_stdin), now=clock.utc_now(), who=SHELL)
    click.echo(f"{member.name} has a new PIN")


@staff.command("badge")
@click.argument("name")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Picture to write (PNG).")
@data_options
def badge(folder: Path, settings_file: Path | None, name: str, out: Path) -> None:
    """Make a new badge for NAME as a picture to print; the one before is no longer valid."""
    with open_services(folder, settings_file) as services:
        centre = services.settings.centre
        member, code = services.staff.by_name(name), badge_code()
        language = Language(member.language, timezone=centre.timezone)
        # Write the file first: if that fails, the previous badge stays valid.
        with written(out, png_of(draw(badge_slip(member, code, language, centre.name), 800)), private=True):
            services.staff.new_badge(member_id=member.id, now=clock.utc_now(), who=SHELL, code=code)
    click.echo(f"Wrote {out}. Print it, then delete the file: whoever has it can come in.")


def _ways_in(member: Member) -> str:
    return "needs a new PIN" if member.needs_pin else "badge" if member.has_badge else ""


@click.command()
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--hand-over", is_flag=True, help="Hand the thing of this ticket over.")
@click.option("--undo", is_flag=True, help="Take the hand-over of this ticket back.")
@data_options
def scan(folder: Path, settings_file: Path | None, code: str, as_json: bool, hand_over: bool, undo: bool) -> None:
    """Say what CODE stands for and what can be done with it."""
    if hand_over and undo:
        raise click.UsageError("--hand-over or --undo, not both")
    with open_services(folder, settings_file) as services:
        now, scanned = clock.utc_now(), parse(code)
        if hand_over:
            services.tickets.hand_over(code=scanned, now=now, who=SHELL)
        if undo:
            services.tickets.undo_hand_over(code=scanned, now=now, who=SHELL)
        found = services.scan.look_up(scanned, now)
    if as_json:
        click.echo(json.dumps(plain(asdict(found)), ensure_ascii=False, indent=2))
        return
    subject = found.ticket or found.request or found.item
    state = getattr(subject, "state", None) or getattr(subject, "status", "")
    name = found.item.names.get("en") or next(iter(found.item.names.values()), "") if found.item else ""
    click.echo("  ".join(part for part in (found.kind, state, name, found.item.place if found.item else "") if part))
    click.echo(f"can be done: {', '.join(found.actions) or 'nothing'}")


@click.command()
@click.argument("codes", nargs=-1)
@click.option("--new", "new_only", is_flag=True, help="All things of the last days, instead of codes.")
@click.option("--sheet", type=click.Choice(sorted(SHEETS)), default="24", show_default=True, help="Labels on an A4.")
@click.option("--single", type=click.Choice(sorted(LABELS)), help="One label a page of this size (mm) instead.")
@click.option("--skip", type=click.IntRange(0), default=0, help="Labels used up already on the first sheet.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="PDF file to write.")
@click.option("--print", "to_printer", is_flag=True, help="Queue them for the label printer of the kiosk instead.")
@data_options
def label(
    folder: Path,
    settings_file: Path | None,
    codes: tuple[str, ...],
    new_only: bool,
    sheet: str,
    single: str | None,
    skip: int,
    out: Path | None,
    to_printer: bool,
) -> None:
    """Make labels for the things with these CODES."""
    if bool(codes) == new_only:
        raise click.UsageError("give codes, or --new")
    if bool(out) == to_printer:
        raise click.UsageError("give --out FILE, or --print")
    now = clock.utc_now()
    with open_services(folder, settings_file) as services:
        items = [services.goods.by_label(parse(code), now) for code in codes] or _new(services, now)
        if to_printer:
            for item in items:
                services.print_queue.add(kind=SlipKind.LABEL, subject=item.id, language="fi", now=now, who=SHELL)
            click.echo(f"{len(items)} queued")
            return
        pictures = Pictures(folder / "pictures")
        languages = [Language(code) for code in dict.fromkeys(("fi", *services.settings.centre.languages))]
        labels = [
            item_label(item, photo_of(pictures, item.photos[0] if item.photos else None), languages) for item in items
        ]
    data = label_pdf(labels, LABELS[single]) if single else sheet_pdf(labels, SHEETS[sheet], skip=skip, today=now)
    assert out is not None
    write_out(out, data)
    click.echo(f"{len(labels)} labels in {out}")


def _new(services: Services, now: datetime) -> list[Any]:
    today = clock.local_date(now, clock.zone(services.settings.centre.timezone))
    return [services.goods.item(item_id, now) for item_id in services.goods.find(today=today, new_only=True)]


def plain(value: Any) -> Any:
    """Return a value with nested dataclasses as JSON values."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, datetime):
        return clock.utc_text(value)
    return value.isoformat() if isinstance(value, date) else value
