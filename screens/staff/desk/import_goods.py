"""Goods from a list or a folder of pictures on a stick: choose it, see its columns, see the first rows as they will be and
everything that is left out, bring it in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from kivy.properties import BooleanProperty, ListProperty, StringProperty

from kiosk.errors import N_, NC_, KioskError
from kiosk.files.encodings import DoubtfulEncoding
from kiosk.files.spreadsheets import cell_text
from kiosk.files.tables import read_table
from kiosk.files.usb import MOST_FILES
from kiosk.reports import Cancelled
from kiosk.services.goods.goods_import import TooManyFiles, bring_in, plan_goods, sources
from kiosk.services.goods_columns import FIELDS, goods_table
from kiosk.vocabulary import things
from kiosk.vocabulary.words import CATEGORIES
from screens.widgets.choices import Option
from screens.widgets.lists import Line

from .tables import TableScreen

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
NONE = "none"
#: Rows that are shown as they will be.
SHOWN = 8


class ImportGoods(TableScreen):
    """`step` is "files", "columns" or "result"; Back goes one step back."""

    step = StringProperty("files")
    question = StringProperty()
    lines = ListProperty()
    busy = BooleanProperty(False)
    can_bring_in = BooleanProperty(False)
    empty = StringProperty()
    button_icon = StringProperty("refresh")
    button_text = StringProperty()
    found: list[Any]
    table: Any
    columns: Any
    plan: Any

    def on_language_changed(self) -> None:
        self._show()

    def open(self, **values: Any) -> None:
        self.reset()
        self.look()

    def on_return(self) -> None:
        self._show()

    def look(self) -> None:
        """Look what lists and folders there are now."""
        self.step = "files"
        folder = self.app.settings.goods.picture_folder
        self.do("goods", lambda who: sources(folder), self._found)

    def _found(self, found: list[Any]) -> None:
        self.found = found
        self._show()

    def go_on(self) -> None:
        """Do what the button of the step says."""
        {"files": self.look, "columns": self.check, "result": self.bring_in}[self.step]()

    def choose(self, key: str) -> None:
        """A line was touched: a list, a folder, or a column to correct."""
        if self.busy:
            return
        if self.step == "columns":
            self._correct(key)
            return
        if key == NONE:
            return
        self.source, self.encoding, self.table, self.columns = Path(key), "", None, None
        if next(one for one in self.found if str(one.path) == key).pictures:
            self.check()
        else:
            self._read("")

    def _read(self, encoding: str) -> None:
        self.encoding, self.busy = encoding, True
        self.do("goods", lambda who: goods_table(read_table(self.source, encoding)), self._columns, self._failed)

    def _columns(self, answer: Any) -> None:
        self.busy = False
        self.table, self.columns = answer
        self.step = "columns"
        self._show()

    def _correct(self, field: str) -> None:
        tr = self.app.tr
        options = [Option(str(at), head or "–", icon="table_column") for at, head in enumerate(self.table.head)]
        options.append(Option(NONE, N_("No such column"), icon="close"))
        self.pick(
            tr._(FIELD_WORDS[field]), options, partial(self.set_column, field), str(self.columns.get(field, NONE))
        )

    def set_column(self, field: str, at: str) -> None:
        """Say which column (from 0, or NONE) a field is."""
        others = {name: place for name, place in self.columns.items() if name != field and str(place) != at}
        self.columns = others if at == NONE else others | {field: int(at)}
        self._show()

    # the dry run, and bringing in

    def check(self) -> None:
        """Say what bringing it in comes to, with every picture opened; nothing is changed."""
        app, work = self.app, self.ids.doing.begin(self.app.tr._("The list is being read."))
        self.busy = True
        services, pictures, source = app.services, app.pictures, self.source
        encoding, columns = self.encoding, self.columns
        self.do(
            "goods",
            lambda who: plan_goods(
                services,
                pictures,
                source,
                encoding=encoding,
                columns=columns,
                progress=lambda done, of: work.at(done / of),
            ),
            self._planned,
            self._failed,
        )

    def _planned(self, plan: Any) -> None:
        self.stop()
        self.plan, self.step = plan, "result"
        self._show()

    def bring_in(self) -> None:
        """Add what is new."""
        if self.busy:
            return
        app, now, plan = self.app, self.app.now(), self.plan
        work = self.ids.doing.begin(app.tr._("The things are being taken in."))
        self.busy, self.can_bring_in = True, False
        self.do(
            "goods",
            lambda who: bring_in(
                app.services, app.pictures, plan, now=now, who=who, progress=lambda done, of: work.at(done / of)
            ),
            self._added,
            self._failed,
        )

    def _added(self, report: Any) -> None:
        tr = self.app.tr
        self.stop()
        heading = tr.n("{count} thing was taken in", "{count} things were taken in", report.added)
        self.app.shell.say(heading.format(count=report.added), tr._("They are on the shelf now."))
        self.look()

    def stop(self) -> None:
        """Leave it unread; what was added stays, and the same list again adds the rest."""
        self.ids.doing.end()
        self.busy = False

    def _failed(self, error: KioskError) -> None:
        self.stop()
        if isinstance(error, DoubtfulEncoding):
            self.ask_encoding(error, self._read)
        elif not isinstance(error, Cancelled):
            self.app.show_error(error)

    # showing

    def _show(self) -> None:
        tr = self.app.tr
        self.empty = tr._("No list found. Plug a USB stick in and touch “Look again”.") if self.step == "files" else ""
        self.button_icon, words = {
            "files": ("refresh", N_("Look again")),
            "columns": ("clipboard_check_outline", N_("Check the list")),
            "result": ("database_import_outline", N_("Take these in")),
        }[self.step]
        self.button_text = tr._(words)
        if self.step == "files":
            self.question = tr._("Which list or folder should be taken in?")
            self.lines = [self._source_line(one) for one in self.found]
            if sum(one.pictures for one in self.found) >= MOST_FILES:
                self.lines.append(Line(NONE, tr.error(TooManyFiles(MOST_FILES)), icon="information_outline"))
        elif self.step == "columns":
            self.question = tr._("Are these the right columns?")
            found = sorted(self.columns, key=lambda field: self.columns[field])
            self.lines = [self._column_line(field) for field in dict.fromkeys((*found, *FIELDS))]
        else:
            self.question = self._comes_to()
            self.can_bring_in = bool(self.plan.new)
            self.lines = [*self._left_lines(), *self._new_lines()]

    def _source_line(self, one: Any) -> Line:
        tr = self.app.tr
        if not one.pictures:
            return Line(str(one.path), cell_text(one.path.name), cell_text(one.path.parent.name), icon="table")
        count = tr.n("{count} picture", "{count} pictures", one.pictures).format(count=one.pictures)
        return Line(str(one.path), cell_text(one.path.name), count, icon="folder_image")

    def _column_line(self, field: str) -> Line:
        tr, at = self.app.tr, self.columns.get(field)
        example = "" if at is None else "  ·  ".join(row[at] for _, row in self.table.rows[:3] if row[at])
        mark = "–" if at is None else self.table.head[at] or str(at + 1)
        icon = "table_column" if at is not None else "circle_outline"
        return Line(field, tr._(FIELD_WORDS[field]), example, mark, icon=icon)

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
        notices = enumerate(self.plan.notices)
        return lines + [Line(f"notice {at}", tr.error(one), icon="information_outline") for at, one in notices]

    def _new_lines(self) -> list[Line]:
        tr, lines = self.app.tr, []
        for number, one in enumerate(self.plan.new[:SHOWN]):
            names = one.values["names"] or things()[one.values["thing"]].names
            kind = CATEGORIES[one.values["category"]]
            facts = (tr._(kind), one.values["size"], one.values["place"])
            mark = f"× {one.values['quantity']}" if one.values["quantity"] > 1 else ""
            icon = "image_outline" if one.picture else "package_variant"
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

    def step_back(self) -> bool:
        if self.busy:
            self.ids.doing.touched()
            return True
        if self.step == "files":
            return False
        self.step = "columns" if self.step == "result" and self.table is not None else "files"
        self._show()
        return True

    def reset(self) -> None:
        self.ids.doing.stop()
        self.stop()
        self.step, self.question, self.encoding = "files", "", ""
        self.lines = []
        self.can_bring_in = False
        self.found = []
        self.source = Path()
        self.table = None
        self.columns = None
        self.plan = None
