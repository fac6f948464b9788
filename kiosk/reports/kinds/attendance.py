"""Attendance: each session, week, month and year, and who came as far as people said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar

from kiosk.language.translation import LANGUAGES, N_
from kiosk.reports.disclosure_control import suppress
from kiosk.reports.model import Cell, Chart, ChartSeries, Column, Hidden, Table, table
from kiosk.reports.scope import Scope
from kiosk.reports.wording import GROUPS, WAYS, Say

#: Weeks a chart of bars can show; more are shown by the month.
MOST_BARS = 60
Key = TypeVar("Key")
#: Lines of corrections: what they are called, and visits, people and first visits.
Late = list[tuple[str, tuple[int, int, int]]]
AGES = {"adults": N_("Adults"), "children": N_("Children")}


@dataclass
class Tally:
    """Visits, people and first visits."""

    visits: int = 0
    people: int = 0
    first: int = 0

    def add(self, visits: int, people: int, first: int) -> None:
        self.visits, self.people, self.first = self.visits + visits, self.people + people, self.first + first

    @property
    def cells(self) -> tuple[int, int, int]:
        return self.visits, self.people, self.first


@dataclass
class VisitCounts:
    """What came together: by local date and session, by month what changed after it was closed, and people by month and split."""

    sessions: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    late: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    splits: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)


def count(scope: Scope, splits: Iterable[str] = ()) -> VisitCounts:
    """Read the visits of a report, a month at a time."""
    found = VisitCounts(splits={name: defaultdict(lambda: defaultdict(int)) for name in splits})
    words, numbers = 'session, language, "group", way', "visits, adults, children, first"
    for late, day, session, language, group, way, visits, adults, children, first in scope.facts.visits(words, numbers):
        if not scope.counts("gatherings", gathering_of(session)):
            continue
        month, people = day[:7], adults + children
        tally = found.late[month] if late else found.sessions[day, session]
        tally.add(visits, people, first)
        for name, parts in found.splits.items():
            said = {"group": group, "language": language, "way": way}
            counts = {"adults": adults, "children": children} if name == "age" else {said[name]: people}
            for part, number in () if late else counts.items() if way != "correction" else [("correction", people)]:
                parts[month][part] += number
    return found


def gathering_of(session: str) -> str:
    """Return the gathering in a session's id, which is gathering:date:HHMM."""
    return session[:-16]


def build(scope: Scope) -> tuple[list[Table], list[Chart], list[str]]:
    """Return the tables, charts and notes of the report."""
    say, facts = scope.say, scope.facts
    counted = count(scope, ("group", "language", "age", "way"))
    by_day = [(date.fromisoformat(day), tally) for (day, _), tally in counted.sessions.items()]
    numbers = [
        Column("visits", say.text(N_("Visits")), added=True),
        Column("people", say.text(N_("People")), added=True),
        Column("first", say.text(N_("First visits")), added=True),
    ]
    total = say.text(N_("Total"))
    late = _late_rows(scope, counted)
    weeks = _grouped(facts.weeks(), (((day - timedelta(days=day.weekday())), tally) for day, tally in by_day))
    months = _grouped(facts.months(), ((f"{day:%Y-%m}", tally) for day, tally in by_day))
    years = _grouped(
        (str(year) for year in range(facts.first.year, facts.last.year + 1)),
        ((str(day.year), tally) for day, tally in by_day),
    )
    week, from_day = Column("week", say.text(N_("Week")), "text"), Column("from", say.text(N_("First day")), "date")
    tables = [
        _sessions(scope, counted, numbers, late, total),
        table(
            "weeks", say.text(N_("By week")), [week, from_day, Column("to", say.text(N_("Last day")), "date"), *numbers],
            [
                (week_name(scope.say, monday), max(monday, facts.first), min(monday + timedelta(days=6), facts.last), *tally.cells)
                for monday, tally in weeks.items()
            ]
            + [(label, None, None, *cells) for label, cells in late],
            total=total,
        ),
        table(
            "months", say.text(N_("By month")), [Column("month", say.text(N_("Month")), "text"), *numbers],
            [(say.month(month), *tally.cells) for month, tally in months.items()]
            + [(label, *cells) for label, cells in late],
            total=total,
        ),
        table(
            "years", say.text(N_("By year")), [Column("year", say.text(N_("Year")), "text"), *numbers],
            [(year, *tally.cells) for year, tally in years.items()] + [(label, *cells) for label, cells in late],
            total=total,
        ),
    ]  # fmt: skip
    splits = [
        split(scope, key, say.text(title), names, counted.splits[part], late)
        for key, title, names, part in (
            ("groups", N_("People by group"), _named(scope, GROUPS), "group"),
            ("languages", N_("People by language of the screen"), _languages(scope), "language"),
            ("ages", N_("Adults and children"), _named(scope, AGES), "age"),
            ("ways", N_("How they were counted"), _named(scope, WAYS), "way"),
        )
    ]
    charts = [_bars(scope, weeks, months), *_shares(scope, splits)]
    notes = [say.text(N_("“<5” means 1 to 4 people. “*” is hidden because it would reveal such a small number."))]
    return [*tables, *splits], charts, notes


def week_name(say: Say, monday: date, *, with_year: bool = True) -> str:
    """Return the ISO week that begins on a Monday, such as "vko 48/2026"."""
    year, week, _ = monday.isocalendar()
    return say.language.week(week, year if with_year else None)


def split(
    scope: Scope, key: str, title: str, names: Mapping[str, str], counted: Mapping[str, Mapping[str, int]], late: Late
) -> Table:
    """Return people by month and by what they said, small numbers hidden. Corrections, which belong to no part, stand
    in a column of their own."""
    say, months = scope.say, list(scope.facts.months())
    used = [part for part in names if any(counted.get(month, {}).get(part) for month in months)]
    used += [part for part in names if part not in used][: max(0, 2 - len(used))]  # one part alone cannot be hidden
    numbers = [[counted.get(month, {}).get(part, 0) for part in used] for month in months]
    corrections = [counted.get(month, {}).get("correction", 0) for month in months]
    shown, totals = suppress(numbers)
    rows: list[tuple[Cell, ...]] = [
        (say.month(month), *shown[at], corrections[at], sum(numbers[at]) + corrections[at])
        for at, month in enumerate(months)
    ]
    rows += [(label, *[None] * len(used), people, people) for label, (_, people, _) in late]
    columns = [
        Column("month", say.text(N_("Month")), "text"),
        *(Column(part or "none", names[part]) for part in used),
        Column("correction", say.text(N_("Corrections")), added=True),
        Column("people", say.text(N_("People")), added=True),
    ]
    made = table(key, title, columns, rows, total=say.text(N_("Total")))
    assert made.total is not None
    return replace(made, total=(made.total[0], *totals, *made.total[-2:]))


def _named(scope: Scope, names: Mapping[str, str]) -> dict[str, str]:
    return {key: scope.say.text(name) for key, name in names.items()}


def _languages(scope: Scope) -> dict[str, str]:
    return {code: scope.say.language_name(code) for code in (*LANGUAGES, "")}


def _late_rows(scope: Scope, counted: VisitCounts) -> Late:
    """Return the lines of corrections: what came to a month after it was closed."""
    return [
        (scope.say.text(N_("Correction of {month}"), month=scope.say.month(month)), counted.late[month].cells)
        for month in scope.late_months()
        if month in counted.late and any(counted.late[month].cells)
    ]


def _grouped(keys: Iterable[Key], tallies: Iterable[tuple[Key, Tally]]) -> dict[Key, Tally]:
    found = {key: Tally() for key in keys}
    for key, tally in tallies:
        found[key].add(*tally.cells)
    return found


def _sessions(scope: Scope, counted: VisitCounts, numbers: list[Column], late: Late, total: str) -> Table:
    say, names = scope.say, scope.gathering_names()
    columns = [
        Column("date", say.text(N_("Date")), "date"), Column("time", say.text(N_("Time")), "text"),
        Column("gathering", say.text(N_("Event")), "text"), *numbers,
    ]  # fmt: skip
    moved = scope.facts.moved(scope.facts.marks)
    found: list[tuple[str, str, str, Tally]] = []
    for (day, session), tally in counted.sessions.items():
        moved_to, start = moved.get(session[:-5], ("", ""))
        begins = start if start and moved_to == day else f"{session[-4:-2]}:{session[-2:]}"
        found.append((day, begins, gathering_of(session), tally))
    rows: list[tuple[Cell, ...]] = [
        (date.fromisoformat(day), begins, names.get(key, key), *tally.cells)
        for day, begins, key, tally in sorted(found, key=lambda one: one[:3])
    ]
    rows += [(None, None, label, *cells) for label, cells in late]
    return table("sessions", say.text(N_("Each session")), columns, rows, total=total)


def _bars(scope: Scope, weeks: Mapping[date, Tally], months: Mapping[str, Tally]) -> Chart:
    if len(weeks) <= MOST_BARS:
        labels, tallies = [week_name(scope.say, monday, with_year=False) for monday in weeks], list(weeks.values())
        title = scope.say.text(N_("People by week"))
    else:
        labels, tallies = [scope.say.month_figures(month) for month in months], list(months.values())
        title = scope.say.text(N_("People by month"))
    people = scope.say.text(N_("People"))
    series = ChartSeries(people, tuple(tally.people for tally in tallies))
    return Chart("bars", "people", title, tuple(labels), (series,), people)


def _shares(scope: Scope, splits: list[Table]) -> Iterator[Chart]:
    """Yield the shares of the groups and of the languages, as far as they may be seen."""
    for made in splits[:2]:
        assert made.total is not None
        cells = list(zip(made.columns[1:-2], made.total[1:-2], strict=True))
        values = tuple(None if isinstance(cell, Hidden) or cell is None else float(str(cell)) for _, cell in cells)
        if any(values):
            labels = tuple(column.title for column, _ in cells)
            people = scope.say.text(N_("People"))
            yield Chart("shares", made.key, made.title, labels, (ChartSeries(people, values),), people)
