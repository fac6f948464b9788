"""Import of counts from before the kiosk, from a table on a stick: choose the file, check its columns, see the plan,
import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from kiosk.errors import N_
from kiosk.files.spreadsheets import cell_text
from kiosk.files.tables import SUFFIXES
from kiosk.files.usb import files
from kiosk.services.desk.earlier_columns import KINDS, guess, open_table
from kiosk.vocabulary.states import EarlierKind
from screens.frame.screen import told_by
from screens.staff.desk.tables import ImportStep, TableScreen
from screens.widgets.choices import Option
from screens.widgets.lists import Line

KIND_WORDS: dict[str, str] = {EarlierKind.ATTENDANCE: N_("People who came"), EarlierKind.GOODS: N_("Things in and out")}
KIND_ICONS: dict[str, str] = {EarlierKind.ATTENDANCE: "account_group", EarlierKind.GOODS: "package_variant"}
FIELD_WORDS = {
    "day": N_("Date"),
    "gathering": N_("Event"),
    "people": N_("People in total"),
    "adults": N_("Adults"),
    "children": N_("Children"),
    "visits": N_("Visits"),
    "first_visits": N_("First visits"),
    "language": N_("Language"),
    "group": N_("Group"),
    "category": N_("Category"),
    "taken_in": N_("Taken in"),
    "given": N_("Given away"),
}
#: Keys of lines that are not columns.
KIND, WHICH = "kind", "which"


class EarlierYearsScreen(TableScreen):
    """The first lines of the column step choose what the table counts, and the gathering."""

    needed_right = "reports"
    field_words = FIELD_WORDS
    empty_words: ClassVar[dict[str, str]] = {
        ImportStep.FILES: N_(
            "No table found. Plug in a USB stick with a .csv, .xlsx or .ods file and touch “Look again”."
        ),
        ImportStep.RESULT: N_("Every row is correct."),
    }
    button_words: ClassVar[dict[str, str]] = {
        ImportStep.FILES: N_("Look again"),
        ImportStep.COLUMNS: N_("Check the table"),
        ImportStep.RESULT: N_("Import the new rows"),
    }
    gatherings: dict[str, dict[str, str]]

    def find(self) -> Callable[[str], list[Path]]:
        """Return the function that searches for tables."""
        folder = self.app.settings.reports.folder
        return lambda who: files(folder, SUFFIXES)

    def choose_file(self, key: str) -> None:
        """Read a table."""
        self.path = Path(key)
        self.read("")

    def read(self, encoding: str) -> None:
        """Read the table, with `encoding` if given."""
        earlier, path = self.app.services.earlier, self.path
        self.begin(lambda who: (open_table(path, encoding), earlier.gatherings()), self._read)

    def _read(self, answer: Any) -> None:
        self.busy = False
        self.table, self.gatherings = answer
        found = guess(self.table)
        self.kind, self.columns = found.kind, dict(found.columns)
        first = [one.key for one in self.app.settings.gatherings if one.key in self.gatherings]
        self.gathering = next(iter([*first, *self.gatherings]), "")
        self.step = ImportStep.COLUMNS
        self._show()

    # columns

    def correct(self, field: str) -> None:
        tr = self.app.tr
        if field == KIND:
            options = [Option(kind, words, icon=KIND_ICONS[kind]) for kind, words in KIND_WORDS.items()]
            self.pick(tr._("What does the table contain?"), options, self._set_kind, self.kind)
        elif field == WHICH:
            options = [Option(one, tr.name(names), icon="calendar") for one, names in self.gatherings.items()]
            self.pick(tr._("Which event was it?"), options, self._set_gathering, self.gathering)
        else:
            super().correct(field)

    def _set_kind(self, kind: str) -> None:
        self.kind = kind
        self.columns = {field: at for field, at in self.columns.items() if field in KINDS[kind]}
        self._show()

    def _set_gathering(self, gathering: str) -> None:
        self.gathering = gathering
        self._show()

    # plan and import

    def check(self) -> None:
        """Plan the import; changes nothing."""
        app, now, work = self.app, self.app.now(), self.ids.doing.begin(self.app.tr._("The table is being read."))
        said = {"table": self.table, "kind": self.kind, "columns": self.columns, "gathering": self.gathering}
        self.begin(
            lambda who: app.services.earlier.plan(now=now, progress=lambda done, of: work.at(done / of), **said),
            self.planned,
        )

    def bring_in(self) -> None:
        """Add the new valid rows in one transaction."""
        if self.busy:
            return
        app, now, plan = self.app, self.app.now(), self.plan
        self.can_bring_in = False
        self.begin(lambda who: app.services.earlier.bring_in(plan=plan, now=now, who=who), self._added)

    def _added(self, count: int) -> None:
        tr = self.app.tr
        self.busy = False
        heading = tr.n("{count} row imported", "{count} rows imported", count).format(count=count)
        self.app.shell.say(heading, tr._("Reports count them from now on."))
        self.look()

    # display

    @told_by("step")
    def empty_art(self) -> str:
        """Art of an empty list, which in the last step means no errors."""
        return "all_done.png" if self.step == ImportStep.RESULT else "no_stick.png"

    def show_files(self) -> None:
        """Show the tables."""
        self.question = self.app.tr._("Which table do you want to import?")
        self.lines = [
            Line(str(path), cell_text(path.name), cell_text(path.parent.name), icon="table") for path in self.found
        ]

    def show_columns(self) -> None:
        """Show the kind of table, and its fields."""
        self.lines = self._column_lines()

    def show_result(self) -> None:
        """Show errors, rows left out, and notices."""
        self.question = self._comes_to()
        self.can_bring_in = bool(self.plan.rows)
        self.lines = self._result_lines()

    def _result_lines(self) -> list[Line]:
        tr, plan = self.app.tr, self.plan
        lines = [
            Line(f"row {one.row}", tr.error(one.error), tr("Row {number}", number=one.row), icon=icon, alarm=alarm)
            for rows, icon, alarm in (
                (plan.errors, "table_alert", True),
                (plan.left_out, "table_row_remove", False),
            )
            for one in rows
        ]
        return lines + self.notice_lines(plan.notices)

    def _column_lines(self) -> list[Line]:
        tr = self.app.tr
        contains = tr._("What does the table contain?")
        lines = [Line(KIND, contains, "", tr._(KIND_WORDS[self.kind]), icon=KIND_ICONS[self.kind])]
        lines += [self.column_line(field) for field in KINDS[self.kind]]
        if self.kind == EarlierKind.ATTENDANCE and "gathering" not in self.columns:
            name = tr.name(self.gatherings.get(self.gathering, {}))
            lines.insert(1, Line(WHICH, tr._("Which event was it?"), "", name, icon="calendar"))
        return lines

    def _comes_to(self) -> str:
        tr, plan = self.app.tr, self.plan
        said = [tr.n("{count} new row", "{count} new rows", len(plan.rows)).format(count=len(plan.rows))]
        if plan.kind == EarlierKind.ATTENDANCE:
            said.append(tr.n("{count} person", "{count} people", plan.people).format(count=plan.people))
        else:
            taken_in, given = plan.pieces
            said.append(tr("{taken_in} in, {given} out", taken_in=taken_in, given=given))
        if plan.known:
            said.append(tr("Already there: {count}", count=plan.known))
        if plan.left_out:
            said.append(tr("Left out: {count}", count=len(plan.left_out)))
        if plan.errors:
            said.append(tr("Errors: {count}", count=len(plan.errors)))
        return "  ·  ".join(said)

    def reset(self) -> None:
        super().reset()
        self.kind, self.gathering, self.gatherings = EarlierKind.ATTENDANCE, "", {}
