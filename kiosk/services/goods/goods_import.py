"""Import of goods from a list (any table) or a folder of pictures.

A plan is made first; it parses every row and opens every picture, so that it predicts the result exactly. Its rows are
then added one by one. A row is identified by a fingerprint of its content, never by its picture, so importing a list
again adds nothing, and a corrected list adds the rest. Everything left out is listed with its row and the reason.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.errors import N_, KioskError
from kiosk.files import usb
from kiosk.files.spreadsheets import cell_text
from kiosk.files.tables import MOST_ROWS, SUFFIXES, LargeTable
from kiosk.files.usb import SUFFIXES as PICTURES
from kiosk.pictures.store import Pictures
from kiosk.services import Services
from kiosk.services.desk.earlier_columns import HeadedTable, PicturesInside, unused
from kiosk.services.goods.categories import CategoryView, named
from kiosk.services.goods.goods_columns import FIELDS, category_of_folder, goods_table, values_of
from kiosk.services.goods.goods_folder import Folder, TooManyFiles

#: Name, without extension, of the list in a folder that also has pictures.
LIST = "items"

Progress = Callable[[int, int], None]


class NothingToImport(KioskError):
    default = N_("There is no list and no picture in {folder}.")


class OtherFile(KioskError):
    default = N_("This file is neither a picture nor a list.")


class OtherList(KioskError):
    default = N_("This is a list of its own. Choose it instead of the folder.")


@dataclass(frozen=True)
class LeftOut:
    """An entry that is not imported: row `row` of the list, or 0 and the file `name`, and the reason."""

    row: int
    name: str
    error: KioskError


@dataclass(frozen=True)
class NewGoods:
    """A row to add: arguments of `GoodsService.add`. `mark` is the row's fingerprint; `pictures` its files."""

    row: int
    name: str
    values: Mapping[str, Any]
    mark: str
    pictures: tuple[Path, ...]


@dataclass(frozen=True)
class GoodsPlan:
    """The plan of an import: `new` rows, the number `known` from earlier imports, and what is left out; `notices` are
    further remarks for the person. `columns` (from 0) are by field, empty for pictures; `own` are the own categories by id."""

    source: str
    new: tuple[NewGoods, ...]
    known: int
    left_out: tuple[LeftOut, ...]
    notices: tuple[KioskError, ...]
    columns: Mapping[str, int] = field(default_factory=dict)
    own: Mapping[str, CategoryView] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A source of an import: a list, or a folder with `pictures` pictures."""

    path: Path
    pictures: int = 0


@dataclass
class ImportReport:
    """Results by row."""

    added: int = 0
    known: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    notices: list[KioskError] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    number: int
    name: str
    said: Mapping[str, str]
    picture: str = ""


def sources(folder: str) -> list[Source]:
    """Return the lists and picture folders in `folder`, or on all mounted sticks if it is "", newest first."""
    lists = [Source(path) for path in usb.files(folder, SUFFIXES)]
    counts = Counter(usb.top_folder(path, folder) for path in usb.picture_files(folder, usb.MOST_FILES))
    return [*lists, *(Source(path, count) for path, count in counts.items())]


def plan_goods(
    services: Services,
    pictures: Pictures,
    source: Path,
    *,
    encoding: str = "",
    columns: Mapping[str, int] | None = None,
    progress: Progress = lambda done, of: None,
) -> GoodsPlan:
    """Plan the import of `source`, a list or a folder; changes nothing. `columns` are guessed unless given. An
    exception from `progress` ends the planning. Raises NothingToImport, NoNameColumn, DoubtfulEncoding, BadTable."""
    folder = Folder(source if source.is_dir() else source.parent)
    file = _list_in(folder) if source.is_dir() else source
    notices: list[KioskError] = [TooManyFiles()] if folder.cut and source.is_dir() else []
    others: list[LeftOut] = []
    own = {one.id: one for one in services.categories.offered()}
    names = named(own.values())
    if file is not None:
        table, guessed = goods_table(file, encoding)
        columns = guessed if columns is None else columns
        notices.extend(unused(table, columns))
        notices.extend([PicturesInside()] if table.pictures else [])
        rows = list(_of_table(table, columns))
    else:
        rows, others = _of_pictures(folder, names)
    if not rows and not others:
        raise NothingToImport(folder=source.name)
    if len(rows) > MOST_ROWS:
        raise LargeTable()
    planner = _Planner(services, pictures, folder, names)
    for done, row in enumerate(rows, 1):
        planner.take(row)
        progress(done, len(rows))
    left_out = sorted((*planner.left_out, *others), key=lambda one: (one.row, one.name))
    return GoodsPlan(
        source.name, tuple(planner.new), planner.known, tuple(left_out), tuple(notices), columns or {}, own
    )


def _list_in(folder: Folder) -> Path | None:
    found = [path for path in folder.files if path.parent == folder.folder and path.suffix.lower() in SUFFIXES]
    return next((path for path in found if path.stem.casefold() == LIST), None)


def _of_table(table: HeadedTable, columns: Mapping[str, int]) -> Iterator[_Row]:
    language = _language(table.head)
    for number, cells in table.rows:
        if cells == table.head:  # a list that was put together of several
            continue
        said = {field: cells[at] for field, at in columns.items() if cells[at]}
        picture = said.pop("photo", "")
        name = next((said[field] for field in FIELDS if field in said), "")
        yield _Row(number, name, said | {"language": language}, picture)


def _language(head: tuple[str, ...]) -> str:
    """Return the default language of names: that of the header."""
    words = {word for title in head for word in title.lower().split()}
    if words & {"namn", "föremål", "antal", "kategori", "bild", "vara"}:
        return "sv"
    return "en" if words & {"name", "item", "article", "category", "quantity", "photo"} else "fi"


def _of_pictures(folder: Folder, own: Mapping[str, str]) -> tuple[list[_Row], list[LeftOut]]:
    """Return a row for each picture, in the category that its folder names, and the files that are not pictures."""
    rows: list[_Row] = []
    left_out: list[LeftOut] = []
    for path in folder.files:
        name = str(path.relative_to(folder.folder))
        if path.suffix.lower() not in PICTURES:
            is_list = path.suffix.lower() in SUFFIXES and path.suffix.lower() != ".txt"
            left_out.append(LeftOut(0, cell_text(name), OtherList() if is_list else OtherFile()))
            continue
        said = {"name": cell_text(path.stem.replace("_", " ")), "language": "fi"}
        above = map(cell_text, reversed((folder.folder.name, *path.parent.relative_to(folder.folder).parts)))
        category = next(filter(None, (category_of_folder(one, own) for one in above)), "")
        rows.append(_Row(0, cell_text(name), said | ({"category": category} if category else {}), name))
    return rows, left_out


class _Planner:
    """Plans rows in order. Equal rows are separate items; each counts as known as often as it was imported before."""

    def __init__(self, services: Services, pictures: Pictures, folder: Folder, own: Mapping[str, str]) -> None:
        self._goods, self._pictures, self._folder = services.goods, pictures, folder
        self._there = self._goods.marks()
        self._own = own
        self._seen: Counter[str] = Counter()
        self._numbers: set[str] = set()
        self.new: list[NewGoods] = []
        self.left_out: list[LeftOut] = []
        self.known = 0

    def take(self, row: _Row) -> None:
        """Parse a row and open its picture."""
        try:
            values = values_of(row.said, self._own)
            number = row.said.get("number") or None
            pictures = self._folder.pictures(row.picture) if row.picture else ()
            photos = [self._pictures.add(picture, keep=False) for picture in pictures]
            mark = _mark(row, *photos)
            self._seen[mark] += 1
            if self._is_known(number, mark):
                self.known += 1
            else:
                self.new.append(NewGoods(row.number, row.name, values | {"number": number}, mark, pictures))
        except KioskError as error:
            self.left_out.append(LeftOut(row.number, row.name, error))

    def _is_known(self, number: str | None, mark: str) -> bool:
        if number is None:
            return self._seen[mark] <= self._there[mark]
        known = number in self._numbers or self._goods.has_number(number)
        self._numbers.add(number)
        return known


def _mark(row: _Row, *photos: str) -> str:
    """Return the fingerprint of a row. An item that is only a picture is identified by its name and pixels."""
    said = {field: row.said[field].casefold() for field in FIELDS if row.said.get(field)}
    if not row.number:
        said["pixels"] = "".join(photos)
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def bring_in(
    services: Services,
    pictures: Pictures,
    plan: GoodsPlan,
    *,
    now: datetime,
    who: str,
    progress: Progress = lambda done, of: None,
) -> ImportReport:
    """Add the rows of a plan. A row that fails is reported as left out, and the others are added. Raises
    StorageTrouble; rows added before stay, and a repeated import adds the rest."""
    report = ImportReport(0, plan.known, list(plan.left_out), list(plan.notices))
    for done, row in enumerate(plan.new, 1):
        try:
            photos = [pictures.add(picture) for picture in row.pictures]
        except KioskError as error:
            report.left_out.append(LeftOut(row.row, row.name, error))
        else:
            services.goods.add(now=now, who=who, photos=photos, mark=row.mark, **row.values)
            report.added += 1
        progress(done, len(plan.new))
    return report


def import_goods(
    services: Services,
    pictures: Pictures,
    source: Path,
    *,
    now: datetime,
    dry_run: bool = False,
    progress: Progress,
    encoding: str = "",
    who: str = "shell",
) -> ImportReport:
    """Plan, and import unless it is a dry run; both return the same report. Raises as `plan_goods` and `bring_in`
    do."""
    plan = plan_goods(services, pictures, source, encoding=encoding, progress=progress)
    if dry_run:
        return ImportReport(len(plan.new), plan.known, list(plan.left_out), list(plan.notices))
    return bring_in(services, pictures, plan, now=now, who=who)
