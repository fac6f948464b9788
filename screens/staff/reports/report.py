"""Display of a report: headline figures, then charts and tables one by one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from kivy.properties import BooleanProperty, ListProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.errors import N_, KioskError
from kiosk.files.usb import hand_over
from kiosk.privacy.wiping import wipe
from kiosk.reports import Cancelled, Chart, ChartSeries, Report
from kiosk.reports.files import file_name, save
from kiosk.reports.kinds.years import same_days
from kiosk.reports.wording import Say
from screens.staff.desk.base import StaffScreen
from screens.widgets.choices import Option

#: Headline figures beside the charts.
MOST_GREAT = 3
BEFORE = N_("The year before")
#: Export formats; "zip" is the proof pack.
FORMATS = (
    Option("zip", N_("Report pack: all reports"), icon="folder_zip_outline"),
    Option("pdf", N_("This report as PDF"), icon="file_pdf_box"),
    Option("xlsx", N_("This report as Excel"), icon="file_excel_box"),
    Option("csv", N_("This report as CSV"), icon="file_delimited_outline"),
)


class GreatNumber(BoxLayout):
    """A total, with that of a year before."""

    number = StringProperty()
    text = StringProperty()
    note = StringProperty()
    beside = BooleanProperty(False)  # its words are beside the number


class ReportScreen(StaffScreen):
    """Builds a report on a worker for kind, period and project, with the same period a year before."""

    heading = StringProperty()
    note = StringProperty()
    part_name = StringProperty()
    parts = ListProperty()
    at = NumericProperty(0)
    wanted: dict[str, Any]
    report: Any

    def on_language_changed(self) -> None:
        if self.wanted:
            self.make()

    def open(self, **values: Any) -> None:
        self.reset()
        self.wanted = values
        self.make()

    def make(self) -> None:
        """Build the report in the screen's language."""
        app, wanted, now, code = self.app, self.wanted, self.app.now(), self.app.tr.code
        self.ids.doing.stop()
        work = self.ids.doing.begin(app.tr._("The report is being made."))

        def build(who: str) -> tuple[Report, Report | None, Say]:
            reports = app.services.reports
            report = reports.build(as_of=now, language=code, work=work.part(0, 0.7), **wanted)
            first, last = same_days(wanted["first"], wanted["last"])
            earlier = wanted | {"first": first, "last": last}
            if wanted["kind"] == "years":  # has its own comparison
                return report, None, Say(code, app.settings.centre.timezone)
            try:
                before = reports.build(as_of=now, language=code, work=work.part(0.7, 1), **earlier)
            except Cancelled:
                raise
            except KioskError:  # the project did not exist a year before
                before = None
            return report, before, Say(code, app.settings.centre.timezone)

        self.load("reports", build, self._show, self._failed)

    def _show(self, answer: Any) -> None:
        report, before, say = answer
        self.report = report
        if say.code != self.app.tr.code:
            return  # built in the previous language
        self.ids.doing.end()
        self.heading = report.title + "  ·  " + (report.project.name if report.project else report.centre)
        self.note = f"{say.day(report.first)}–{say.day(report.last)}"
        self.ids.table.say = say.cell
        title = self.app.tr._(BEFORE)
        self.parts = [*(with_before(chart, before, title) for chart in report.charts), *report.tables]
        self._great(report, before, say)
        self.show(0)

    def _great(self, report: Report, before: Report | None, say: Say) -> None:
        numbers = self.ids.numbers
        numbers.clear_widgets()
        old = totals(before) if before else {}
        for key, (column, cell) in list(totals(report).items())[:MOST_GREAT]:
            note = self.app.tr._(BEFORE) + ": " + say.cell(old[key][1], column) if key in old else ""
            numbers.add_widget(GreatNumber(number=say.cell(cell, column), text=column.title, note=note))

    def show(self, at: int) -> None:
        """Show one chart or table."""
        if not self.parts:
            return
        self.at = at % len(self.parts)
        part = self.parts[int(self.at)]
        is_chart = isinstance(part, Chart)
        self.ids.chart.chart = part if is_chart else None
        self.ids.table.table = None if is_chart else part
        self.part_name = f"{part.title}  ({int(self.at) + 1}/{len(self.parts)})"

    def ask_part(self) -> None:
        """Offer all charts and tables."""
        options = [
            Option(str(at), part.title, icon="chart_bar" if isinstance(part, Chart) else "table")
            for at, part in enumerate(self.parts)
        ]
        question = self.app.tr._("What do you want to see?")
        self.pick(question, options, lambda key: self.show(int(key)), str(int(self.at)))

    def ask_format(self) -> None:
        """Offer the export formats."""
        self.pick(self.app.tr._("In which format do you want the report?"), FORMATS, self._hand_over)

    def _hand_over(self, ending: str) -> None:
        app, wanted, report = self.app, self.wanted, self.report
        folder, reports = app.settings.reports.folder, app.services.reports
        work = self.ids.doing.begin(app.tr._("It is being saved to the USB stick."))
        with_names = wanted["kind"] == "talkoot" and self.member.may("personal")
        said = {name: value for name, value in wanted.items() if name != "kind"}

        def write(who: str, path: Path) -> None:
            made = {"as_of": report.as_of, "language": report.language, "work": work}
            if ending == "zip":
                reports.pack(path=path, **made, **said)
                return
            names = self._names(who) if with_names else {}
            save(reports.build(names=names, **made, **wanted) if names else report, ending, path)

        name = file_name(report, ending)
        if ending == "zip":
            name = "proof" + name.removeprefix(report.kind)
        self.do("reports", lambda who: hand_over(folder, name, partial(write, who)), self._handed_over, self._failed)

    def _names(self, who: str) -> dict[str, str]:
        """Return the names for the sheet that volunteers sign, while the key is unlocked; never shown on the screen."""
        app, now = self.app, self.app.now()
        keyring = app.services.keyring
        if not keyring.is_open(now):
            return {}
        private = keyring.private(now)
        try:
            return dict(app.services.volunteers.names(private=private, now=now, who=who))
        finally:
            wipe(private)

    def _handed_over(self, path: Path) -> None:
        self.ids.doing.end()
        self.app.shell.say(self.app.tr._("You can take out the USB stick now"), path.name)

    def _failed(self, error: KioskError) -> None:
        if isinstance(error, Cancelled):
            return
        self.ids.doing.end()
        self.app.show_error(error)

    def stopped(self) -> None:
        """Handle a cancellation: without a report, leave the screen."""
        self.ids.doing.end()
        if not self.parts:
            self.app.shell.back()

    def step_back(self) -> bool:
        self.ids.doing.stop()
        self.wanted = {}
        return False

    def reset(self) -> None:
        self.ids.doing.stop()
        self.ids.doing.end()
        self.heading = self.note = self.part_name = ""
        self.parts = []
        self.ids.chart.chart = self.ids.table.table = None
        self.ids.numbers.clear_widgets()
        self.wanted = {}
        self.report = None


def totals(report: Report) -> dict[str, tuple[Any, Any]]:
    """Return (column, cell) by column key of the totals of the first table that has any."""
    for table in report.tables:
        if table.total is not None:
            found = zip(table.columns, table.total, strict=True)
            return {column.key: (column, cell) for column, cell in found if column.added}
    return {}


def with_before(chart: Chart, before: Report | None, title: str) -> Chart:
    """Return a chart over time with the values of a year before as second series, if there are any."""
    old = next((one for one in before.charts if one.key == chart.key), None) if before else None
    if chart.kind == "shares" or len(chart.series) != 1 or old is None or not any(old.series[0].values):
        return chart
    count = len(chart.labels)
    values = (*old.series[0].values, *[None] * count)[:count]
    return replace(chart, series=(chart.series[0], ChartSeries(title, values)))
