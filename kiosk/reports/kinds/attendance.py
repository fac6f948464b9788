"""Attendance by session, week, month and year, and breakdowns by optional answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from kiosk.language.translation import LANGUAGES, N_
from kiosk.reports.disclosure import GROUP, NOTHING, Month, amounts, gathering_of, published, total
from kiosk.reports.model import Cell, Chart, ChartSeries, Column, Table, table
from kiosk.reports.scope import Scope
from kiosk.reports.wording import GROUPS, WAYS, Say
from kiosk.vocabulary import OPEN_HOUSE

#: Maximum weeks of a bar chart; longer periods are shown by month.
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
    """Visits by local date and session, as closed for closed months, and late entries."""

    sessions: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    late: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))

    def all(self) -> dict[tuple[str, str], Tally]:
        """Return the tally of each session, late entries included."""
        found: dict[tuple[str, str], Tally] = defaultdict(Tally)
        for key, tally in (*self.sessions.items(), *self.late.items()):
            found[key].add(*tally.cells)
        return found

    def held(self) -> dict[tuple[str, str], Tally]:
        """Return the sessions with visits, however counted."""
        return {key: tally for key, tally in self.all().items() if tally.people > 0}

    def events(self) -> list[tuple[str, str]]:
        """Return the sessions with visits, without the open house."""
        return [key for key in self.held() if gathering_of(key[1]) != OPEN_HOUSE]

    def total(self) -> Tally:
        """Return the tally of all sessions."""
        found = Tally()
        for tally in self.all().values():
            found.add(*tally.cells)
        return found

    def late_months(self) -> dict[str, Tally]:
        """Return late entries by month."""
        return _grouped((), ((day[:7], tally) for (day, _), tally in self.late.items()))


def count(scope: Scope) -> VisitCounts:
    """Read the visits of a report, a month at a time."""
    found = VisitCounts()
    for late, day, session, visits, adults, children, first in scope.facts.visits(
        "session", "visits, adults, children, first"
    ):
        if scope.counts("gatherings", gathering_of(session)):
            tally = (found.late if late else found.sessions)[day, session]
            tally.add(visits, adults + children, first)
    return found


def build(scope: Scope) -> tuple[list[Table], list[Chart], list[str]]:
    """Return the tables, charts and notes of the report."""
    say, facts = scope.say, scope.facts
    counted = count(scope)
    by_day = [(date.fromisoformat(day), tally) for (day, _), tally in counted.sessions.items()]
    numbers = [
        Column("visits", say.text(N_("Visits")), added=True),
        Column("people", say.text(N_("People")), added=True),
        Column("first", say.text(N_("First visits")), added=True),
    ]
    together = say.text(N_("Total"))
    late = _late_rows(scope, counted)
    weeks = _grouped(facts.weeks(), (((day - timedelta(days=day.weekday())), tally) for day, tally in by_day))
    months = _grouped(facts.months(), ((f"{day:%Y-%m}", tally) for day, tally in by_day))
    years = _grouped(
        (str(year) for year in range(facts.first.year, facts.last.year + 1)),
        ((str(day.year), tally) for day, tally in by_day),
    )
    week, from_day = Column("week", say.text(N_("Week")), "text"), Column("from", say.text(N_("First day")), "date")
    tables = [
        _sessions(scope, counted, numbers, late, together),
        table(
            "weeks",
            say.text(N_("By week")),
            [week, from_day, Column("to", say.text(N_("Last day")), "date"), *numbers],
            [
                (
                    week_name(scope.say, monday),
                    max(monday, facts.first),
                    min(monday + timedelta(days=6), facts.last),
                    *tally.cells,
                )
                for monday, tally in weeks.items()
            ]
            + [(label, None, None, *cells) for label, cells in late],
            total=together,
        ),
        table(
            "months",
            say.text(N_("By month")),
            [Column("month", say.text(N_("Month")), "text"), *numbers],
            [(say.month(month), *tally.cells) for month, tally in months.items()]
            + [(label, *cells) for label, cells in late],
            total=together,
        ),
        table(
            "years",
            say.text(N_("By year")),
            [Column("year", say.text(N_("Year")), "text"), *numbers],
            [(year, *tally.cells) for year, tally in years.items()] + [(label, *cells) for label, cells in late],
            total=together,
        ),
    ]
    splits = _splits(scope, months, late)
    charts = [_bars(scope, weeks, months), *_shares(scope, splits)]
    several = N_("A party can belong to several groups and is counted in each. The groups do not add up to all people.")
    return [*tables, *splits], charts, [scope.say.text(several), *hidden_notes(scope)]


def _splits(scope: Scope, months: dict[str, Tally], late: Late) -> list[Table]:
    """Return a table for each breakdown, of closed months."""
    shown = published(scope.facts)
    parts = (
        ("groups", N_("People by group"), _named(scope, GROUPS), GROUP),
        ("languages", N_("People by language of the screen"), _languages(scope), "language"),
        ("ages", N_("Adults and children"), _named(scope, AGES), "age"),
        ("ways", N_("How they were counted"), _named(scope, WAYS), "way"),
    )
    return [
        split(scope, key, scope.say.text(title), names, part, shown, months, late)
        for key, title, names, part in parts
        if shown
    ]


def hidden_notes(scope: Scope) -> list[str]:
    """Return notes that explain the signs of suppressed figures."""
    say = scope.say
    return [
        say.text(N_("Groups are shown for whole months that are closed; of other days there are only totals.")),
        say.text(N_("“<5” means 1 to 4 people. “*” is hidden because it would reveal such a small number.")),
        say.text(N_("“10–13” is a sum with hidden numbers in it: it lies between these two. “≥10” is at least 10.")),
    ]


def week_name(say: Say, monday: date, *, with_year: bool = True) -> str:
    """Return the ISO week that begins on a Monday, such as "vko 48/2026"."""
    year, week, _ = monday.isocalendar()
    return say.language.week(week, year if with_year else None)


def split(
    scope: Scope,
    key: str,
    title: str,
    names: Mapping[str, str],
    breakdown: str,
    shown: Mapping[str, Month],
    months: Mapping[str, Tally],
    late: Late,
) -> Table:
    """Return people by month and category, as published. Corrections, which belong to no category, have their own
    column, and so have the people of months, or parts of months, that are not closed."""
    say = scope.say

    def counts(row: str) -> bool:
        return scope.counts("gatherings", row)

    by_month = {month: amounts(said, breakdown, counts) for month, said in shown.items()}
    used = [part for part in names if any(said.get(part, NOTHING).high for said in by_month.values())]
    rows: list[tuple[Cell, ...]] = []
    for month, tally in months.items():
        if month in shown:
            cells = (by_month[month].get(part, NOTHING).cell for part in used)
            corrected = tally.people - shown[month]["age"].people(counts)
            rows.append((say.month(month), *cells, corrected, 0, tally.people))
        else:
            rows.append((say.month(month), *[None] * len(used), 0, tally.people, tally.people))
    rows += [(label, *[None] * len(used), people, 0, people) for label, (_, people, _) in late]
    columns = [
        Column("month", say.text(N_("Month")), "text"),
        *(Column(part or "none", names[part]) for part in used),
        Column("correction", say.text(N_("Corrections")), added=True),
        Column("open", say.text(N_("Not split")), added=True),
        Column("people", say.text(N_("People")), added=True),
    ]
    made = table(key, title, columns, rows, total=say.text(N_("Total")))
    assert made.total is not None
    totals = (total(said.get(part, NOTHING) for said in by_month.values()).cell for part in used)
    return made.with_total((made.total[0], *totals, *made.total[-3:]))


def _named(scope: Scope, names: Mapping[str, str]) -> dict[str, str]:
    return {key: scope.say.text(name) for key, name in names.items()}


def _languages(scope: Scope) -> dict[str, str]:
    return {code: scope.say.language_name(code) for code in (*LANGUAGES, "")}


def _late_rows(scope: Scope, counted: VisitCounts) -> Late:
    """Return the rows of late entries."""
    late = counted.late_months()
    return [
        (scope.say.text(N_("Correction of {month}"), month=scope.say.month(month)), late[month].cells)
        for month in scope.late_months()
        if month in late and any(late[month].cells)
    ]


def _grouped(keys: Iterable[Key], tallies: Iterable[tuple[Key, Tally]]) -> dict[Key, Tally]:
    found = {key: Tally() for key in keys}
    for key, tally in tallies:
        found.setdefault(key, Tally()).add(*tally.cells)
    return found


def _sessions(scope: Scope, counted: VisitCounts, numbers: list[Column], late: Late, together: str) -> Table:
    say, names = scope.say, scope.gathering_names()
    columns = [
        Column("date", say.text(N_("Date")), "date"),
        Column("time", say.text(N_("Time")), "text"),
        Column("gathering", say.text(N_("Event")), "text"),
        *numbers,
    ]
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
    return table("sessions", say.text(N_("Each session")), columns, rows, total=together)


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
    """Yield the shares of the groups and of the languages."""
    people = scope.say.text(N_("People"))
    for made in splits[:2]:
        assert made.total is not None
        parts = zip((column.title for column in made.columns[1:-3]), made.total[1:-3], strict=True)
        whole = sum(int(str(cell)) * sign for cell, sign in zip(made.total[-3:], (-1, -1, 1), strict=True))
        chart = shares(scope, made.key, made.title, people, list(parts), whole, overlap=made.key == "groups")
        if chart is not None:
            yield chart


def shares(
    scope: Scope,
    key: str,
    title: str,
    unit: str,
    parts: Sequence[tuple[str, Cell]],
    whole: int,
    *,
    overlap: bool = False,
) -> Chart | None:
    """Return a chart of the shares of `whole`, or None if it is empty. Suppressed shares are merged, unless they
    `overlap`."""
    seen = [(name, float(cell)) for name, cell in parts if isinstance(cell, int)]
    hidden = whole - sum(value for _, value in seen)
    if not any(value for _, value in seen):
        return None
    if not overlap and len(seen) < len(parts) and hidden > 0:
        seen.append((scope.say.text(N_("Hidden, in total")), hidden))
    labels, values = zip(*seen, strict=True)
    return Chart("shares", key, title, labels, (ChartSeries(unit, values),), unit, whole)
