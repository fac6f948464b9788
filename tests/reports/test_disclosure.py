"""All reports together give no small group away: somebody who has every one of them solves the sums, and finds nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from kiosk.journal import Store
from kiosk.reports import QUIET, Hidden, Report, Table
from kiosk.reports.disclosure import ALL, GROUP, HELP, ONE_GROUP, PARTS, QUEUE, QUEUE_STEPS, STEPS, gathering_of
from kiosk.reports.facts import Facts, month_end
from kiosk.reports.wording import Say
from kiosk.services import Services
from kiosk.settings import ProjectSetting, Settings
from kiosk.vocabulary import GROUPS
from kiosk.vocabulary.words import SERVICES
from tests.reports.attacker import MOST, System
from tests.reports.year import CLOSED, END, GATHERINGS, YEAR, write_year

SPLIT_OF = {"groups": GROUP, "languages": "language", "ages": "age", "ways": "way"}
SAY = Say("en", "Europe/Helsinki")
MONTHS = {SAY.month(f"{YEAR}-{month:02}"): f"{YEAR}-{month:02}" for month in range(1, 13)}


class Attacker:
    """What somebody learns who is given reports, and the truth to compare it with."""

    def __init__(self, services: Services) -> None:
        self.services, self.system, self.truth = services, System(), defaultdict(int)
        self.reports = 0
        self._read_truth()

    def _read_truth(self) -> None:
        """Read how many there were of everything in the closed months as they were closed. The attacker is told the
        people of each gathering and the requests of each month, which stand in reports openly."""
        reports = self.services.reports
        self.tables = {closing.month: closing.shown or {} for closing in reports.closings(END)}
        with self.services.store.read():
            facts = Facts(self.services.store, reports._zone, date(YEAR, 1, 1), date(YEAR, 12, 31), END, QUIET)
            columns = 'day, session, language, "group", way', "adults, children"
            for month in CLOSED:
                closed = facts.as_closed(facts.closings[month])
                for _, day, session, language, group, way, adults, children in closed.rows("ledger_visit", *columns):
                    assert day[:7] == month
                    if way != "correction":
                        self._came(month, gathering_of(session), language, group, way, adults, children)
                for _, service, step, people in closed.rows("ledger_help", "service, step", "people"):
                    self.truth[
                        step if service != QUEUE else QUEUE, month, "", service if service != QUEUE else step
                    ] += people
        for month in CLOSED:
            for name, parts in PARTS.items():
                for gathering in GATHERINGS:
                    cells = [(name, month, gathering, part) for part in parts]
                    people = sum(self.truth[cell] for cell in cells)
                    self.system.add(cells, people, people)
            for step in STEPS:
                cells = [(step, month, "", service) for service in HELP]
                many = sum(self.truth[cell] for cell in cells)
                self.system.add(cells, many, many)
            for step in QUEUE_STEPS:
                self.system.add([(QUEUE, month, "", step)], 0, None)
        self.truth = dict(self.truth | {cell: self.truth[cell] for cell in self.system.low})

    def _came(
        self, month: str, gathering: str, language: str, group: str, way: str, adults: int, children: int
    ) -> None:
        said = {"language": language, "way": way}
        for one in GROUPS:
            said[ONE_GROUP.format(one)] = one if one in group.split(".") else ""
        parts = [(name, part, adults + children) for name, part in said.items()]
        for name, part, people in (*parts, ("age", "adults", adults), ("age", "children", children)):
            self.truth[name, month, gathering, part] += people

    # reports

    def take(self, kind: str, first: date, last: date, project: str | None = None, as_of: datetime = END) -> None:
        """Make a report and learn what it says."""
        chosen = next((one for one in self.services.settings.projects if one.number == project), None)
        if chosen is not None and (max(first, chosen.since) > min(last, chosen.until)):
            return
        report = self.services.reports.build(
            kind=kind, first=first, last=last, as_of=as_of, language="en", project=project
        )
        self.reports += 1
        self.project = chosen
        closed = {closing.month for closing in self.services.reports.closings(as_of)}
        self.months = [
            month
            for month in CLOSED
            if month in closed and report.first <= date.fromisoformat(f"{month}-01") and _end(month) <= report.last
        ]
        for table in report.tables:
            if table.key in SPLIT_OF:
                self._split(table, SPLIT_OF[table.key])
            elif table.key == "services":
                self._services(table)
            elif table.key == QUEUE:
                self._queue(table)
            elif table.key in ("results_whole", "years_whole"):
                self._results(table, report)

    def _counts(self, what: str, key: str) -> bool:
        return _counts(self.project, what, key)

    def _split(self, table: Table, name: str) -> None:
        assert table.total is not None
        parts = [column.key if column.key != "none" else "" for column in table.columns[1:-3]]
        gatherings = [key for key in GATHERINGS if self._counts("gatherings", key)]
        for row in table.rows:
            month = MONTHS.get(str(row[0]))
            if month is not None and parts and row[1] is not None:
                assert month in self.months
                self._learn_row(
                    {part: [(_of(name, part), month, one, part) for one in gatherings] for part in parts}, row[1:-3]
                )
        for part, cell in zip(parts, table.total[1:-3], strict=True):
            self._learn([(_of(name, part), month, one, part) for month in self.months for one in gatherings], cell)

    def _services(self, table: Table) -> None:
        assert table.total is not None
        names = {SAY.text(text): key for key, text in SERVICES.items()}
        mine = [key for key in HELP if self._counts("services", key)]
        whole = all(self._counts("services", key) for key in HELP)
        for row in table.rows:
            service = names.get(str(row[0]))
            if service is not None:
                for step, cell in zip(STEPS, row[1:7], strict=True):
                    self._learn([(step, month, "", service) for month in self.months], cell)
        for step, cell in zip(STEPS, table.total[1:7], strict=True):
            if not whole:
                self._learn([(step, month, "", service) for month in self.months for service in mine], cell)

    def _queue(self, table: Table) -> None:
        assert table.total is not None
        for row in table.rows:
            month = MONTHS.get(str(row[0]))
            if month is not None:
                for step, cell in zip(QUEUE_STEPS, row[1:], strict=True):
                    self._learn([(QUEUE, month, "", step)], cell)
        for step, cell in zip(QUEUE_STEPS, table.total[1:], strict=True):
            self._learn([(QUEUE, month, "", step) for month in self.months], cell)

    def _results(self, table: Table, report: Report) -> None:
        rows = {row[0]: row[1] for row in table.rows}
        mine = [key for key in HELP if self._counts("services", key)]
        names = {"Requests for help": "asked", "Pairs made": "paired", "Requests completed": "done"}
        for name, step in names.items():
            if len(mine) < len(HELP):
                self._learn([(step, month, "", service) for month in self.months for service in mine], rows[name])
        self._learn([(QUEUE, month, "", "done") for month in self.months], rows["Conversations with the coordinator"])

    # what a cell says

    def _learn_row(self, cells: dict[str, list[Any]], shown: tuple[Any, ...]) -> None:
        """Learn a row of one month. Where not all of it is hidden, which the attacker is told, a figure kept back is no
        small one."""
        for part, cell in zip(cells, shown, strict=True):
            name, month, gathering, _ = cells[part][0]
            row = gathering if len(cells[part]) == 1 else ALL if len(cells[part]) == len(GATHERINGS) else None
            known = self.tables[month][name]["rows"].get(row, {"cells": ["*"]})
            whole = all(one == Hidden.KEPT.value for one in known["cells"])
            self._learn(cells[part], cell, least=0 if whole else 5)

    def _learn(self, cells: list[Any], shown: Any, least: int = 0) -> None:
        if not cells:
            return
        if isinstance(shown, Hidden):
            low, high = (1, 4) if shown is Hidden.FEW else (least, None)
        elif isinstance(shown, int):
            low, high = shown, shown
        elif shown.startswith("≥"):
            low, high = int(shown[1:]), None
        else:
            low, high = map(int, shown.split("–"))
        before = self.system.sums.get(frozenset(cells))
        self.system.add(cells, low, high)
        if self.system.sums[frozenset(cells)] != before:
            assert low <= sum(self.truth[cell] for cell in cells) <= (high or 10**9), (cells[0], shown)

    # what comes of it

    def small(self) -> list[list[Any]]:
        """Return the cells, and the sums of cells that a report has, of one to four people: of several gatherings or
        services in a month, and of the closed months together. Of all services together it is no secret."""
        found: dict[Any, set[Any]] = defaultdict(set)
        for cell in self.system.low:
            name, month, row, part = cell
            found[cell].add(cell)
            for project in (None, *self.services.settings.projects):
                if _counts(project, "gatherings", row) or not row:
                    for when in (month, "together"):
                        found[project and project.gatherings, name, when, part].add(cell)
                if name in STEPS and project and project.services and _counts(project, "services", part):
                    found[project.services, name, month, "some"].add(cell)
        small = {frozenset(cells) for cells in found.values() if 1 <= sum(self.truth[one] for one in cells) <= 4}
        return sorted((sorted(cells) for cells in small), key=repr)

    def worked_out(self) -> list[list[Any]]:
        """Return the small figures that solving leaves one value."""
        system = self.system.copy()
        for at, cells in enumerate(self.small()):  # what a sum lacks to a number is as unknown as the sum
            system.add([*cells, ("rest", at)], MOST, MOST)
        known = system.known()
        return [cells for at, cells in enumerate(self.small()) if ("rest", at) in known]

    def without_doubt(self) -> list[list[Any]]:
        """Return the small figures of which no other value was found that all reports allow."""
        return [cells for cells in self.small() if self.system.another_world(cells, self.truth) is None]


def _counts(project: ProjectSetting | None, what: str, key: str) -> bool:
    only = getattr(project, what) if project else ()
    return not only or key in only


def _of(name: str, part: str) -> str:
    """Return the published table of a category: each group has its own."""
    return ONE_GROUP.format(part) if name == GROUP else name


def _end(month: str) -> date:
    return month_end(date.fromisoformat(f"{month}-01"))


def periods(*, dense: bool) -> Iterator[tuple[date, date]]:
    """Yield spans of whole months, and days that cut months; all of them when `dense`."""
    firsts = [date(YEAR, month, 1) for month in range(1, 13)]
    spans = [(first, month_end(last)) for first in firsts for last in firsts if last >= first]
    spans += [(first, first + timedelta(days=days)) for first in firsts for days in range(40)]
    spans += [(first + timedelta(days=3), last) for first, last in spans if last > first + timedelta(days=3)]
    yield from spans[:: 1 if dense else 17]
    if not dense:
        yield from ((first, month_end(first)) for first in firsts)
        yield from ((first, month_end(last)) for first, last in zip(firsts[::3], firsts[2::3], strict=True))


def attack(services: Services, *, dense: bool) -> Attacker:
    attacker = Attacker(services)
    projects = (None, *(project.number for project in services.settings.projects))
    for first, last in periods(dense=dense):
        for project in projects:
            for kind in ("attendance", "services", "results"):
                attacker.take(kind, first, last, project)
    year = date(YEAR, 1, 1), date(YEAR, 12, 31)
    for project in projects:
        attacker.take("years", *year, project)
        for hours in range(0, 24 * 70, 6 if dense else 24 * 7):
            moment = datetime(YEAR, 12, 31, 19, tzinfo=UTC) + timedelta(hours=hours)
            attacker.take("attendance", *year, project, moment)
            attacker.take("services", *year, project, moment)
    for minute in range(0, 14):
        attacker.take("attendance", *year, None, datetime(YEAR, 12, 31, 20, minute, tzinfo=UTC))
    return attacker


def check(attacker: Attacker, reports: int) -> None:
    assert attacker.reports > reports
    assert len(attacker.small()) > 100
    assert attacker.worked_out() == []
    assert attacker.without_doubt() == []


def test_all_reports_of_a_year_give_no_small_group_away(store: Store, settings: Settings) -> None:
    check(attack(write_year(store, settings, 1), dense=False), 700)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 6))
def test_every_report_of_a_year_gives_no_small_group_away(seed: int, store: Store, settings: Settings) -> None:
    check(attack(write_year(store, settings, seed), dense=True), 5000)


def test_the_attacker_finds_what_several_reports_gave_away() -> None:
    """A year's column of 147 people, July hidden, and eleven month reports with 143."""
    system = System()
    months = [("others", month) for month in range(1, 13)]
    people = {cell: 13 for cell in months} | {("others", 7): 4}
    for cell in months:
        system.add([cell], *((1, 4) if cell[1] == 7 else (people[cell], people[cell])))
    assert system.another_world([("others", 7)], people) is not None
    system.add(months, 147, 147)
    assert system.another_world([("others", 7)], people) is None
    assert system.known()["others", 7] == 4


def test_the_attacker_solves_equations() -> None:
    system = System()
    for pair in ("ab", "bc", "ca"):
        system.add(pair, 5, 5) if pair != "ca" else system.add(pair, 4, 4)
    assert system.known() == {"a": 2, "b": 3, "c": 2}
