"""Import of goods from a list (any table) or a folder of pictures.

A plan is made first; it parses every row and opens every picture, so that it predicts the result exactly. Its rows are
then added one by one. A row is identified by a fingerprint of its content, never by its picture, so importing a list
again adds nothing, and a corrected list adds the rest. Everything left out is listed with its row and the reason.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.errors import N_, KioskError
from kiosk.files import usb
from kiosk.files.spreadsheets import cell_text
from kiosk.files.tables import MOST_ROWS, SUFFIXES, LargeTable, read_table
from kiosk.files.usb import SUFFIXES as PICTURES
from kiosk.files.usb import is_litter
from kiosk.pictures.store import Pictures
from kiosk.services import Services
from kiosk.services.desk.earlier_columns import HeadedTable, unused
from kiosk.services.goods.categories import CategoryView, named
from kiosk.services.goods.goods_columns import FIELDS, category_of_folder, goods_table, values_of

#: Name, without extension, of the list in a folder that also has pictures.
LIST = "items"
#: Depth of the search in a folder, and limit of files.
DEEPEST, MOST_FILES = 5, 20_000

Progress = Callable[[int, int], None]


class NothingToImport(KioskError):
    default = N_("There is no list and no picture in {folder}.")


class NoPicture(KioskError):
    default = N_("This picture is not in the folder: {name}")


class SeveralPictures(KioskError):
    default = N_("Several pictures have this name: {name}. Write the folder too.")


class OtherFile(KioskError):
    default = N_("This file is neither a picture nor a list.")


class TooManyFiles(KioskError):
    default = N_("There are more than {most} files here. Only these were looked at.")

    def __init__(self, most: int = 0) -> None:
        super().__init__(most=most or MOST_FILES)


@dataclass(frozen=True)
class LeftOut:
    """An entry that is not imported: row `row` of the list, or 0 and the file `name`, and the reason."""

    row: int
    name: str
    error: KioskError


@dataclass(frozen=True)
class NewGoods:
    """A row to add: arguments of `GoodsService.add`. `mark` is the row's fingerprint; `picture` its file."""

    row: int
    name: str
    values: Mapping[str, Any]
    mark: str
    picture: Path | None


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


class _Folder:
    """Files under a folder, looked up by tolerant names: Unicode normalisation, case and kind of slash do not
    matter."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cut = folder, False
        self.files: list[Path] = []
        for path in _walk(folder):
            if len(self.files) >= MOST_FILES:
                self.cut = True
                break
            self.files.append(path)
        self._by_path: dict[str, list[Path]] = {}
        for path in self.files:
            if path.suffix.lower() in PICTURES:
                plain = _plain(str(path.relative_to(folder)))
                for name in dict.fromkeys((plain, plain.rpartition(".")[0], *self._ends(plain))):
                    self._by_path.setdefault(name, []).append(path)

    @staticmethod
    def _ends(plain: str) -> tuple[str, ...]:
        last = plain.rpartition("/")[2]
        return (f"*/{last}", f"*/{last.rpartition('.')[0]}")

    def picture(self, name: str) -> Path:
        """Return the picture named in a list, by relative path, else by file name. Raises NoPicture,
        SeveralPictures."""
        plain = _plain(name.replace("\\", "/")).removeprefix("./")
        found = self._by_path.get(plain) or self._by_path.get("*/" + plain.rpartition("/")[2]) or []
        if not found:
            raise NoPicture(name=name)
        if len(found) > 1:
            raise SeveralPictures(name=name)
        return found[0]


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().strip()


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the regular files under a folder, except system files (._name, Thumbs.db, @eaDir) and symbolic links."""
    for place, folders, names in os.walk(folder, onerror=lambda error: None):
        deep = len(Path(place).relative_to(folder).parts)
        folders[:] = [] if deep >= DEEPEST else sorted(name for name in folders if not is_litter(name))
        for name in sorted(names):
            path = Path(place, name)
            try:
                plain = not is_litter(name) and stat.S_ISREG(path.lstat().st_mode)
            except OSError:  # the stick was unplugged
                continue
            if plain:
                yield path


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
    folder = _Folder(source if source.is_dir() else source.parent)
    file = _list_in(folder) if source.is_dir() else source
    notices: list[KioskError] = [TooManyFiles()] if folder.cut and source.is_dir() else []
    others: list[LeftOut] = []
    own = {one.id: one for one in services.categories.offered()}
    names = named(own.values())
    if file is not None:
        table, guessed = goods_table(read_table(file, encoding))
        columns = guessed if columns is None else columns
        notices.extend(unused(table, columns))
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


def _list_in(folder: _Folder) -> Path | None:
    found = [path for path in folder.files if path.parent == folder.folder and path.suffix.lower() in SUFFIXES]
    return next((path for path in found if path.stem.casefold() == LIST), None)


def _of_table(table: HeadedTable, columns: Mapping[str, int]) -> Iterator[_Row]:
    language = _language(table.head)
    for number, cells in table.rows:
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


def _of_pictures(folder: _Folder, own: Mapping[str, str]) -> tuple[list[_Row], list[LeftOut]]:
    """Return a row for each picture, in the category that its folder names, and the files that are not pictures."""
    rows: list[_Row] = []
    left_out: list[LeftOut] = []
    for path in folder.files:
        name = str(path.relative_to(folder.folder))
        if path.suffix.lower() not in PICTURES:
            left_out.append(LeftOut(0, cell_text(name), OtherFile()))
            continue
        said = {"name": cell_text(path.stem.replace("_", " ")), "language": "fi"}
        category = category_of_folder(cell_text(path.parent.name), own)
        rows.append(_Row(0, cell_text(name), said | ({"category": category} if category else {}), name))
    return rows, left_out


class _Planner:
    """Plans rows in order. Equal rows are separate items; each counts as known as often as it was imported before."""

    def __init__(self, services: Services, pictures: Pictures, folder: _Folder, own: Mapping[str, str]) -> None:
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
            picture = self._folder.picture(row.picture) if row.picture else None
            photo = self._pictures.add(picture, keep=False) if picture else ""
            mark = _mark(row, photo)
            self._seen[mark] += 1
            if self._is_known(number, mark):
                self.known += 1
            else:
                self.new.append(NewGoods(row.number, row.name, values | {"number": number}, mark, picture))
        except KioskError as error:
            self.left_out.append(LeftOut(row.number, row.name, error))

    def _is_known(self, number: str | None, mark: str) -> bool:
        if number is None:
            return self._seen[mark] <= self._there[mark]
        known = number in self._numbers or self._goods.has_number(number)
        self._numbers.add(number)
        return known


def _mark(row: _Row, photo: str) -> str:
    """Return the fingerprint of a row. An item that is only a picture is identified by its name and pixels."""
    said = {field: row.said[field].casefold() for field in FIELDS if row.said.get(field)}
    if not row.number:
        said["pixels"] = photo
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
            photos = [pictures.add(row.picture)] if row.picture else []
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
