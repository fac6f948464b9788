"""Bringing goods in from a CSV file or a folder of pictures."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kiosk.errors import N_, KioskError
from kiosk.pictures.store import Pictures
from kiosk.services import Services
from kiosk.vocabulary import CATEGORIES, things

COLUMNS = (
    "thing", "name_fi", "name_uk", "name_en", "name_sv", "category", "size", "age_group", "condition", "place",
    "quantity", "kg", "number", "photo",
)  # fmt: skip
PICTURES = (".jpg", ".jpeg", ".png", ".webp")


class BadFile(KioskError):
    default = N_("{file} cannot be read: {reason}")


class BadRow(KioskError):
    default = N_("{file} line {line}: {reason}")


@dataclass
class ImportReport:
    """What became of the rows: `errors` say file, line and reason in English."""

    added: int = 0
    known: int = 0
    errors: list[str] = field(default_factory=list)


Row = dict[str, str]
Progress = Callable[[int, int], None]


def import_goods(
    services: Services, pictures: Pictures, source: Path, *, now: datetime, dry_run: bool = False, progress: Progress
) -> ImportReport:
    """Add the goods of `source` (a CSV file or a folder). Good rows are added even when others are not usable.

    A row whose `number`, or whose picture, an item has already is left alone. Raises BadFile when nothing can be read.
    """
    if source.is_dir() and not (source / "items.csv").exists():
        rows = list(_from_pictures(source))
    else:
        rows = list(_from_csv(source / "items.csv" if source.is_dir() else source))
    if not rows:
        raise BadFile(file=source.name, reason="no rows and no pictures")
    report = ImportReport()
    for done, (where, line, row) in enumerate(rows, 1):
        try:
            added = _add(services, pictures, where.parent if line else source, row, now, dry_run)
            report.added += added
            report.known += not added
        except (KioskError, ValueError) as error:
            report.errors.append(
                str(BadRow(file=where.name, line=line, reason=error) if line else f"{where.name}: {error}")
            )
        progress(done, len(rows))
    return report


def _from_csv(path: Path) -> Iterator[tuple[Path, int, Row]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(file=path.name, reason=error.strerror) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")  # Excel on an older machine
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        columns = [(name or "").strip().lower() for name in reader.fieldnames or []]
        unknown = [name for name in columns if name not in COLUMNS]
        if unknown:
            raise BadFile(file=path.name, reason=f"unknown column {unknown[0]!r}; known are {', '.join(COLUMNS)}")
        reader.fieldnames = columns
        for row in reader:
            plain = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
            if any(plain.values()):
                yield path, reader.line_num, plain
    except csv.Error as error:
        raise BadFile(file=path.name, reason=str(error)) from error


def _from_pictures(folder: Path) -> Iterator[tuple[Path, int, Row]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in PICTURES and path.is_file():
            category = path.parent.name.lower()
            name = path.stem.replace("_", " ").strip()
            thing = next(
                (key for key, thing in things().items() if name.casefold() in map(str.casefold, thing.words)), ""
            )
            row = {"category": category if category in CATEGORIES else "", "photo": str(path.relative_to(folder))}
            yield path, 0, row | ({"thing": thing} if thing else {"name_fi": name})


def _add(services: Services, pictures: Pictures, folder: Path, row: Row, now: datetime, dry_run: bool) -> bool:
    thing = row.get("thing") or None
    known = things().get(thing or "")
    if thing and not known:
        raise ValueError(f"unknown thing {thing!r}")
    names = {code: row[f"name_{code}"] for code in ("fi", "uk", "en", "sv") if row.get(f"name_{code}")}
    if not thing and not names:
        raise ValueError("a thing or a name is needed")
    number = row.get("number") or None
    if number and services.goods.has_number(number):
        return False
    quantity, kg = _whole(row.get("quantity", "")), _weight(row.get("kg", ""))
    photo = None
    if row.get("photo"):
        photo = _picture(pictures, folder, row["photo"], dry_run)
        if photo and not number and services.goods.has_photo(photo):
            return False
    if not dry_run:
        services.goods.add(
            now=now,
            who="shell",
            category=row.get("category") or (known.category if known else "other"),
            thing=thing,
            names=names or None,
            size=row.get("size", ""),
            age_group=row.get("age_group", ""),
            condition=row.get("condition") or "good",
            place=row.get("place", ""),
            quantity=quantity,
            kg=kg,
            number=number,
            photos=[photo] if photo else [],
        )
    return True


def _picture(pictures: Pictures, folder: Path, name: str, dry_run: bool) -> str | None:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ValueError(f"the picture {name!r} lies outside the folder")
    if not path.is_file():
        raise ValueError(f"the picture {name!r} is not there")
    return None if dry_run else pictures.add(path)


def _whole(text: str) -> int:
    if not text:
        return 1
    if not text.isdecimal():
        raise ValueError(f"quantity {text!r} is not a whole number")
    return int(text)


def _weight(text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise ValueError(f"kg {text!r} is not a number") from None
