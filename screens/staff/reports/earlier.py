"""The years before the kiosk, from a table on a stick: choose the file, see its columns, look what it comes to, bring it
in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kivy.properties import BooleanProperty, ListProperty, StringProperty

from kiosk.errors import N_, KioskError
from kiosk.files.encodings import DoubtfulEncoding
from kiosk.files.spreadsheets import cell_text
from kiosk.files.tables import SUFFIXES, read_table
from kiosk.files.usb import files
from kiosk.reports import Cancelled
from kiosk.services.desk.earlier_columns import KINDS, guess, with_head
from kiosk.vocabulary.states import EarlierKind
from screens.frame.screen import told_by
from screens.staff.desk.tables import TableScreen
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
#: Keys of the lines that are no column of the table.
KIND, WHICH, NONE = "kind", "which", "none"


#: What an empty list and the button say, by step.
EMPTY = {
    "files": N_("No table found. Plug in a USB stick with a .csv, .xlsx or .ods file and touch “Look again”."),
    "columns": "",
    "result": N_("Every row is correct."),
}
GO_ON = {"files": N_("Look again"), "columns": N_("Check the table"), "result": N_("Import the new rows")}


class EarlierYearsScreen(TableScreen):
    """`step` is "files", "columns" or "result"; Back goes one step back."""

    step = StringProperty("files")
    question = StringProperty()
    lines = ListProperty()
    busy = BooleanProperty(False)
    can_bring_in = BooleanProperty(False)
    found: list[Path]
    table: Any
    plan: Any
    columns: dict[str, int]
    gatherings: dict[str, dict[str, str]]

    def on_language_changed(self) -> None:
        self._show()

    def open(self, **values: Any) -> None:
        self.reset()
        self.look()

    def on_return(self) -> None:
        self._show()

    def look(self) -> None:
        """Look what files are there now."""
        self.step = "files"
        folder = self.app.settings.reports.folder
        self.do("reports", lambda who: files(folder, SUFFIXES), self._found)

    def _found(self, found: list[Path]) -> None:
        self.found = found
        self._show()

    def go_on(self) -> None:
        """Do what the button of the step says."""
        {"files": self.look, "columns": self.check, "result": self.bring_in}[self.step]()

    def choose(self, key: str) -> None:
        """A line was touched: a file, or a column to correct."""
        if self.busy:
            return
        if self.step == "files":
            self.path = Path(key)
            self.read("")
        elif self.step == "columns":
            self._correct(key)

    def read(self, encoding: str) -> None:
        """Read the table, as a text in `encoding` if that is given."""
        earlier, path = self.app.services.earlier, self.path
        self.busy = True
        self.do(
            "reports",
            lambda who: (with_head(read_table(path, encoding)), earlier.gatherings()),
            self._read,
            self._failed,
        )

    def _read(self, answer: Any) -> None:
        self.busy = False
        self.table, self.gatherings = answer
        found = guess(self.table)
        self.kind, self.columns = found.kind, dict(found.columns)
        first = [one.key for one in self.app.settings.gatherings if one.key in self.gatherings]
        self.gathering = next(iter([*first, *self.gatherings]), "")
        self.step = "columns"
        self._show()

    # columns

    def _correct(self, key: str) -> None:
        tr = self.app.tr
        if key == KIND:
            options = [Option(kind, words, icon=KIND_ICONS[kind]) for kind, words in KIND_WORDS.items()]
            self.pick(tr._("What does the table contain?"), options, self._set_kind, self.kind)
        elif key == WHICH:
            options = [Option(one, tr.name(names), icon="calendar") for one, names in self.gatherings.items()]
            self.pick(tr._("Which event was it?"), options, lambda one: self._set(gathering=one), self.gathering)
        else:
            options = [Option(str(at), head or "–", icon="table_column") for at, head in enumerate(self.table.head)]
            options.append(Option(NONE, N_("No such column"), icon="close"))
            self.pick(tr._(FIELD_WORDS[key]), options, lambda at: self._set_column(key, at), self._chosen(key))

    def _chosen(self, field: str) -> str:
        return str(self.columns.get(field, NONE))

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        self._show()

    def _set_kind(self, kind: str) -> None:
        kept = {field: at for field, at in self.columns.items() if field in KINDS[kind]}
        self._set(kind=kind, columns=kept)

    def _set_column(self, field: str, at: str) -> None:
        others = {name: place for name, place in self.columns.items() if name != field and str(place) != at}
        self._set(columns=others if at == NONE else others | {field: int(at)})

    # the dry run, and bringing in

    def check(self) -> None:
        """Say what bringing the table in comes to; nothing is changed."""
        app, now, work = self.app, self.app.now(), self.ids.doing.begin(self.app.tr._("The table is being read."))
        self.busy = True
        said = {"table": self.table, "kind": self.kind, "columns": self.columns, "gathering": self.gathering}
        self.do(
            "reports",
            lambda who: app.services.earlier.plan(now=now, progress=lambda done, of: work.at(done / of), **said),
            self._planned,
            self._failed,
        )

    def _planned(self, plan: Any) -> None:
        self.ids.doing.end()
        self.busy = False
        self.plan, self.step = plan, "result"
        self._show()

    def bring_in(self) -> None:
        """Add the rows that are new and right, all at once."""
        if self.busy:
            return
        app, now, plan = self.app, self.app.now(), self.plan
        self.busy, self.can_bring_in = True, False
        self.do(
            "reports", lambda who: app.services.earlier.bring_in(plan=plan, now=now, who=who), self._added, self._failed
        )

    def _added(self, count: int) -> None:
        tr = self.app.tr
        self.busy = False
        heading = tr.n("{count} row imported", "{count} rows imported", count).format(count=count)
        self.app.shell.say(heading, tr._("Reports count them from now on."))
        self.look()

    def stop(self) -> None:
        """Leave the table unread."""
        self.ids.doing.end()
        self.busy = False

    def _failed(self, error: KioskError) -> None:
        self.stop()
        if isinstance(error, DoubtfulEncoding):
            self.ask_encoding(error, self.read)
        elif not isinstance(error, Cancelled):
            self.app.show_error(error)

    # showing

    def _show(self) -> None:
        tr = self.app.tr
        if self.step == "files":
            self.question = tr._("Which table do you want to import?")
            self.lines = [
                Line(str(path), cell_text(path.name), cell_text(path.parent.name), icon="table") for path in self.found
            ]
        elif self.step == "columns":
            self.question = tr._("Are these the right columns?")
            self.lines = self._column_lines()
        else:
            self.question = self._comes_to()
            self.can_bring_in = bool(self.plan.rows)
            self.lines = self._result_lines()

    def _result_lines(self) -> list[Line]:
        """Return what is wrong, what is left out, and what else should be known."""
        tr, plan = self.app.tr, self.plan
        lines = [
            Line(f"row {one.row}", tr.error(one.error), tr("Row {number}", number=one.row), icon=icon, alarm=alarm)
            for rows, icon, alarm in (
                (plan.errors, "table_alert", True),
                (plan.left_out, "table_row_remove", False),
            )
            for one in rows
        ]
        notices = enumerate(plan.notices)
        return lines + [Line(f"notice {at}", tr.error(one), icon="information_outline") for at, one in notices]

    def _column_lines(self) -> list[Line]:
        tr, rows = self.app.tr, self.table.rows[:3]
        lines = [
            Line(
                KIND, tr._("What does the table contain?"), "", tr._(KIND_WORDS[self.kind]), icon=KIND_ICONS[self.kind]
            )
        ]
        for field in KINDS[self.kind]:
            at = self.columns.get(field)
            example = "" if at is None else "  ·  ".join(row[at] for _, row in rows if row[at])
            mark = "–" if at is None else self.table.head[at] or str(at + 1)
            icon = "table_column" if at is not None else "circle_outline"
            lines.append(Line(field, tr._(FIELD_WORDS[field]), example, mark, icon=icon))
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

    def step_back(self) -> bool:
        if self.busy:
            self.ids.doing.touched()
            return True
        if self.step == "files":
            return False
        self.step = "files" if self.step == "columns" else "columns"
        self._show()
        return True

    @told_by("step")
    def empty(self) -> str:
        """What an empty list says."""
        return self.app.tr._(EMPTY[self.step]) if EMPTY[self.step] else ""

    @told_by("step")
    def go_on_words(self) -> str:
        """What the button of the step says."""
        return self.app.tr._(GO_ON[self.step])

    def reset(self) -> None:
        self.ids.doing.stop()
        self.stop()
        self.step, self.question = "files", ""
        self.lines = []
        self.can_bring_in = False
        self.found = []
        self.table = None
        self.plan = None
        self.kind, self.gathering = EarlierKind.ATTENDANCE, ""
        self.columns = {}
        self.gatherings = {}
