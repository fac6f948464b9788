"""Import of goods from a list or a folder of pictures on a stick: choose the source, check its columns, preview the
first rows and everything left out, import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from kiosk.errors import N_, NC_
from kiosk.files.spreadsheets import cell_text
from kiosk.files.usb import MOST_FILES
from kiosk.services.goods.categories import category_name
from kiosk.services.goods.goods_columns import FIELDS, goods_table
from kiosk.services.goods.goods_folder import TooManyFiles
from kiosk.services.goods.goods_import import bring_in, plan_goods, sources
from kiosk.vocabulary import things
from screens.widgets.lists import Line

from .tables import NONE, ImportStep, TableScreen

FIELD_WORDS = {
    "name": N_("Name"),
    "name_fi": N_("Name in Finnish"),
    "name_uk": N_("Name in Ukrainian"),
    "name_en": N_("Name in English"),
    "name_sv": N_("Name in Swedish"),
    "thing": N_("Word of the vocabulary"),
    "category": N_("Category"),
    "size": N_("Size"),
    "age_group": N_("For whom?"),
    "condition": N_("Condition"),
    "place": NC_("thing", "Place"),
    "quantity": N_("How many?"),
    "kg": N_("Weight in kilograms"),
    "number": N_("Number of your own"),
    "photo": N_("Picture"),
}
#: Rows of the preview.
SHOWN = 8


class ImportGoods(TableScreen):
    """Imports from a list, or from a folder of pictures, which has no columns."""

    needed_right = "goods"
    field_words = FIELD_WORDS
    empty_words: ClassVar[dict[str, str]] = {
        ImportStep.FILES: N_("No list found. Plug in a USB stick and touch “Look again”.")
    }
    button_words: ClassVar[dict[str, str]] = {
        ImportStep.FILES: N_("Look again"),
        ImportStep.COLUMNS: N_("Check the list"),
        ImportStep.RESULT: N_("Take these in"),
    }

    def find(self) -> Callable[[str], list[Any]]:
        """Return the function that searches for lists and folders."""
        folder = self.app.settings.goods.picture_folder
        return lambda who: sources(folder)

    def choose_file(self, key: str) -> None:
        """Read a list, or check a folder of pictures."""
        if key == NONE:
            return
        self.source, self.encoding, self.table, self.columns = Path(key), "", None, None
        if next(one for one in self.found if str(one.path) == key).pictures:
            self.check()
        else:
            self.read("")

    def read(self, encoding: str) -> None:
        """Read the list, with `encoding` if given."""
        self.encoding = encoding
        self.begin(lambda who: goods_table(self.source, encoding), self._columns)

    def _columns(self, answer: Any) -> None:
        self.busy = False
        self.table, self.columns = answer
        self.step = ImportStep.COLUMNS
        self._show()

    def check(self) -> None:
        """Plan the import, which opens every picture; changes nothing."""
        app, work = self.app, self.ids.doing.begin(self.app.tr._("The list is being read."))
        services, pictures, source = app.services, app.pictures, self.source
        encoding, columns = self.encoding, self.columns
        self.begin(
            lambda who: plan_goods(
                services,
                pictures,
                source,
                encoding=encoding,
                columns=columns,
                progress=lambda done, of: work.at(done / of),
            ),
            self.planned,
        )

    def bring_in(self) -> None:
        """Add the new rows; after a cancellation the same list adds the rest."""
        if self.busy:
            return
        app, now, plan = self.app, self.app.now(), self.plan
        work = self.ids.doing.begin(app.tr._("The things are being taken in."))
        self.can_bring_in = False
        self.begin(
            lambda who: bring_in(
                app.services, app.pictures, plan, now=now, who=who, progress=lambda done, of: work.at(done / of)
            ),
            self._added,
        )

    def _added(self, report: Any) -> None:
        tr = self.app.tr
        self.stop()
        heading = tr.n("{count} thing was taken in", "{count} things were taken in", report.added)
        self.app.shell.say(heading.format(count=report.added), tr._("They are on the shelf now."))
        self.look()

    # showing

    def show_files(self) -> None:
        """Show the lists and folders."""
        tr = self.app.tr
        self.question = tr._("Which list or folder should be taken in?")
        self.lines = [self._source_line(one) for one in self.found]
        if sum(one.pictures for one in self.found) >= MOST_FILES:
            self.lines.append(Line(NONE, tr.error(TooManyFiles(MOST_FILES)), icon="information_outline"))

    def show_columns(self) -> None:
        """Show the fields, those of the list first and in its order."""
        found = sorted(self.columns, key=lambda field: self.columns[field])
        self.lines = [self.column_line(field) for field in dict.fromkeys((*found, *FIELDS))]

    def show_result(self) -> None:
        """Show what is left out, and a preview of the first rows."""
        self.question = self._comes_to()
        self.can_bring_in = bool(self.plan.new)
        self.lines = [*self._left_lines(), *self._new_lines()]

    def _source_line(self, one: Any) -> Line:
        tr = self.app.tr
        if not one.pictures:
            return Line(str(one.path), cell_text(one.path.name), cell_text(one.path.parent.name), icon="table")
        count = tr.n("{count} picture", "{count} pictures", one.pictures).format(count=one.pictures)
        return Line(str(one.path), cell_text(one.path.name), count, icon="folder_image")

    def _left_lines(self) -> list[Line]:
        tr = self.app.tr
        lines = [
            Line(
                f"left {number}",
                tr.error(one.error),
                tr("Row {number}", number=one.row) + f"  ·  {one.name}" if one.row else one.name,
                icon="table_alert",
                alarm=True,
            )
            for number, one in enumerate(self.plan.left_out)
        ]
        return lines + self.notice_lines(self.plan.notices)

    def _new_lines(self) -> list[Line]:
        tr, lines = self.app.tr, []
        for number, one in enumerate(self.plan.new[:SHOWN]):
            names = one.values["names"] or things()[one.values["thing"]].names
            category = self.plan.own.get(one.values["category"], one.values["category"])
            facts = (category_name(category, tr.language), one.values["size"], one.values["place"])
            mark = f"× {one.values['quantity']}" if one.values["quantity"] > 1 else ""
            icon = "image_outline" if one.pictures else "package_variant"
            lines.append(Line(f"new {number}", tr.name(names), "  ·  ".join(filter(None, facts)), mark, icon=icon))
        more = len(self.plan.new) - len(lines)
        if more > 0:
            lines.append(
                Line(
                    "more",
                    tr.n("and {count} more", "and {count} more", more).format(count=more),
                    icon="dots_horizontal",
                )
            )
        return lines

    def _comes_to(self) -> str:
        tr, plan = self.app.tr, self.plan
        said = [tr.n("{count} new thing", "{count} new things", len(plan.new)).format(count=len(plan.new))]
        if plan.known:
            said.append(tr("Already there: {count}", count=plan.known))
        if plan.left_out:
            said.append(tr("Left out: {count}", count=len(plan.left_out)))
        return "  ·  ".join(said)

    def reset(self) -> None:
        super().reset()
        self.source, self.encoding = Path(), ""
