"""What screens have in common that bring a table in: choose the file, see its columns, see what it comes to, bring it in."""

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

#: The column of a field that the table does not have.
NONE = "none"


class ImportStep(StrEnum):
    """Where bringing a table in is."""

    FILES = "files"
    COLUMNS = "columns"
    RESULT = "result"


class TableScreen(StaffScreen):
    """A subclass declares the right it takes and the words of its steps, and has `find`, `read`, `choose_file`, `check`,
    `bring_in` and what each step shows. Back goes one step back."""

    #: Whose right it is, what a field is called (msgids), and by step what an empty list and the button say.
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
    lines = ListProperty()
    busy = BooleanProperty(False)
    can_bring_in = BooleanProperty(False)
    found: list[Any]
    table: Any
    plan: Any
    columns: Any

    def on_language_changed(self) -> None:
        self._show()

    def open(self, **values: Any) -> None:
        self.reset()
        self.look()

    def on_return(self) -> None:
        self._show()

    # choosing

    def look(self) -> None:
        """Look what files there are now."""
        self.step = ImportStep.FILES
        self.do(self.needed_right, self.find(), self._found)

    def _found(self, found: list[Any]) -> None:
        self.found = found
        self._show()

    def go_on(self) -> None:
        """Do what the button of the step says."""
        {ImportStep.FILES: self.look, ImportStep.COLUMNS: self.check, ImportStep.RESULT: self.bring_in}[self.step]()

    def choose(self, key: str) -> None:
        """A line was touched: a file, or a column to correct."""
        if not self.busy:
            {ImportStep.FILES: self.choose_file, ImportStep.COLUMNS: self.correct}.get(self.step, lambda key: None)(key)

    def begin(self, work: Callable[[str], Any], done: Callable[[Any], object]) -> None:
        """Run `work(who)`; until it has ended nothing else begins."""
        self.busy = True
        self.do(self.needed_right, work, done, self._failed)

    # columns

    def correct(self, field: str) -> None:
        """Ask which column a field is."""
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
        """Say which column (from 0, or NONE) a field is; a column is of one field only."""
        others = {name: place for name, place in self.columns.items() if name != field and str(place) != at}
        self.columns = others if at == NONE else others | {field: int(at)}
        self._show()

    def column_line(self, field: str) -> Line:
        """Return the line of a field: its column, and what stands there in the first rows."""
        tr, at = self.app.tr, self.columns.get(field)
        example = "" if at is None else "  ·  ".join(row[at] for _, row in self.table.rows[:3] if row[at])
        mark = "–" if at is None else self.table.head[at] or str(at + 1)
        icon = "table_column" if at is not None else "circle_outline"
        return Line(field, tr._(self.field_words[field]), example, mark, icon=icon)

    # the dry run, and bringing in

    def planned(self, plan: Any) -> None:
        """Show what bringing the table in comes to."""
        self.stop()
        self.plan, self.step = plan, ImportStep.RESULT
        self._show()

    def stop(self) -> None:
        """Leave the table unread; what was added stays."""
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
        """Return the lines of what else should be known of a table."""
        tr = self.app.tr
        return [Line(f"notice {at}", tr.error(one), icon="information_outline") for at, one in enumerate(notices)]

    # showing

    def _show(self) -> None:
        if self.step == ImportStep.COLUMNS:
            self.question = self.app.tr._("Are these the right columns?")
        {ImportStep.FILES: self.show_files, ImportStep.COLUMNS: self.show_columns, ImportStep.RESULT: self.show_result}[
            self.step
        ]()

    @told_by("step")
    def empty(self) -> str:
        """What an empty list says."""
        words = self.empty_words.get(self.step)
        return self.app.tr._(words) if words else ""

    @told_by("step")
    def button_text(self) -> str:
        """What the button of the step says."""
        return self.app.tr._(self.button_words[self.step])

    @told_by("step")
    def button_icon(self) -> str:
        """The icon of the button of the step."""
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
        self.step, self.question, self.lines = ImportStep.FILES, "", []
        self.can_bring_in = False
        self.found, self.table, self.plan, self.columns = [], None, None, {}


load_kv(__file__)  # beside a base class, which the shell does not know
