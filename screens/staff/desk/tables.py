"""The base class of import screens: choose the file, check its columns, see the plan, import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar

from kivy.properties import BooleanProperty, ListProperty, StringProperty

from kiosk.errors import N_, KioskError
from kiosk.files.encodings import DoubtfulEncoding
from kiosk.reports import Cancelled
from screens.frame.screen import told_by
from screens.widgets import load_kv
from screens.widgets.choices import Option
from screens.widgets.lists import Line

from .base import StaffScreen

#: Value for a field without a column.
NONE = "none"


class ImportStep(StrEnum):
    """The steps of an import."""

    FILES = "files"
    COLUMNS = "columns"
    RESULT = "result"


class TableScreen(StaffScreen):
    """Subclasses declare the right and the texts of the steps, and implement `find`, `read`, `choose_file`, `check`,
    `bring_in` and the display of each step. Back returns to the previous step."""

    #: Right, names of fields (msgids), and by step the text of an empty list and the button's label.
    needed_right: ClassVar[str]
    field_words: ClassVar[dict[str, str]]
    empty_words: ClassVar[dict[str, str]]
    button_words: ClassVar[dict[str, str]]
    icons: ClassVar[dict[str, str]] = {
        ImportStep.FILES: "refresh",
        ImportStep.COLUMNS: "clipboard_check_outline",
        ImportStep.RESULT: "database_import_outline",
    }
    empty_art = StringProperty("nothing_found.png")
    step = StringProperty(ImportStep.FILES)
    question = StringProperty()
    lines = ListProperty(None, allownone=True)
    busy = BooleanProperty(False)
    can_bring_in = BooleanProperty(False)
    found: list[Any]
    table: Any
    plan: Any
    columns: Any

    def on_language_changed(self) -> None:
        if self.lines is not None:
            self._show()

    def open(self, **values: Any) -> None:
        self.reset()
        self.look()

    def on_return(self) -> None:
        self._show()

    # file

    def look(self) -> None:
        """Search for files."""
        self.step = ImportStep.FILES
        self.load(self.needed_right, self.find(), self._found)

    def _found(self, found: list[Any]) -> None:
        self.found = found
        self._show()

    def go_on(self) -> None:
        """Carry out the button of the step."""
        {ImportStep.FILES: self.look, ImportStep.COLUMNS: self.check, ImportStep.RESULT: self.bring_in}[self.step]()

    def choose(self, key: str) -> None:
        """Handle a touched line: a file, or a column to correct."""
        if not self.busy:
            {ImportStep.FILES: self.choose_file, ImportStep.COLUMNS: self.correct}.get(self.step, lambda key: None)(key)

    def begin(self, work: Callable[[str], Any], done: Callable[[Any], object]) -> None:
        """Run `work(who)`; input is blocked until it ends."""
        self.busy = True
        self.do(self.needed_right, work, done, self._failed)

    # columns

    def correct(self, field: str) -> None:
        """Ask for the column of a field."""
        tr = self.app.tr
        options = [Option(str(at), head or "–", icon="table_column") for at, head in enumerate(self.table.head)]
        options.append(Option(NONE, N_("No such column"), icon="close"))
        self.pick(
            tr._(self.field_words[field]),
            options,
            partial(self.set_column, field),
            str(self.columns.get(field, NONE)),
        )

    def set_column(self, field: str, at: str) -> None:
        """Set the column (from 0, or NONE) of a field; a column belongs to one field only."""
        others = {name: place for name, place in self.columns.items() if name != field and str(place) != at}
        self.columns = others if at == NONE else others | {field: int(at)}
        self._show()

    def column_line(self, field: str) -> Line:
        """Return the line of a field: its column, and values of the first rows."""
        tr, at = self.app.tr, self.columns.get(field)
        example = "" if at is None else "  ·  ".join(row[at] for _, row in self.table.rows[:3] if row[at])
        mark = "–" if at is None else self.table.head[at] or str(at + 1)
        icon = "table_column" if at is not None else "circle_outline"
        return Line(field, tr._(self.field_words[field]), example, mark, icon=icon)

    # plan and import

    def planned(self, plan: Any) -> None:
        """Show the plan."""
        self.stop()
        self.plan, self.step = plan, ImportStep.RESULT
        self._show()

    def stop(self) -> None:
        """Cancel; rows already added stay."""
        self.ids.doing.end()
        self.busy = False

    def _failed(self, error: KioskError) -> None:
        self.stop()
        if isinstance(error, DoubtfulEncoding):
            options = [Option(name, sample, icon="format_letter_case") for name, sample in error.choices]
            self.pick(self.app.tr.error(error), options, self.read)
        elif not isinstance(error, Cancelled):
            self.app.show_error(error)

    def notice_lines(self, notices: Sequence[KioskError]) -> list[Line]:
        """Return the lines of a table's notices."""
        tr = self.app.tr
        return [Line(f"notice {at}", tr.error(one), icon="information_outline") for at, one in enumerate(notices)]

    # display

    def _show(self) -> None:
        if self.step == ImportStep.COLUMNS:
            self.question = self.app.tr._("Are these the right columns?")
        {ImportStep.FILES: self.show_files, ImportStep.COLUMNS: self.show_columns, ImportStep.RESULT: self.show_result}[
            self.step
        ]()

    @told_by("step")
    def empty(self) -> str:
        """Text of an empty list."""
        words = self.empty_words.get(self.step)
        return self.app.tr._(words) if words else ""

    @told_by("step")
    def button_text(self) -> str:
        """Label of the button of the step."""
        return self.app.tr._(self.button_words[self.step])

    @told_by("step")
    def button_icon(self) -> str:
        """Icon of the button of the step."""
        return self.icons[self.step]

    def step_back(self) -> bool:
        if self.busy:
            self.ids.doing.touched()
            return True
        if self.step == ImportStep.FILES:
            return False
        self.step = (
            ImportStep.COLUMNS if self.step == ImportStep.RESULT and self.table is not None else ImportStep.FILES
        )
        self._show()
        return True

    def reset(self) -> None:
        self.ids.doing.stop()
        self.stop()
        self.step, self.question, self.lines = ImportStep.FILES, "", None
        self.can_bring_in = False
        self.found, self.table, self.plan, self.columns = [], None, None, {}


load_kv(__file__)  # the shell loads .kv files of screens only, not of base classes
