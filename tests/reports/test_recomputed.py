"""Every figure of every report, beside the same figure worked out from the journal by SQL that knows nothing of reports."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from kiosk.journal import Store
from kiosk.reports import KINDS, Hidden, Report
from kiosk.reports.wording import Say
from kiosk.services import Services
from kiosk.services.goods.weights import factor_of, weight_of
from kiosk.settings import ProjectSetting, Settings
from tests.reports.year import CLOSED, END, YEAR, write_year

JANUARY_10 = datetime(YEAR + 1, 1, 9, tzinfo=UTC)
PERIODS = (
    (date(YEAR, 1, 1), date(YEAR, 12, 31)),
    (date(YEAR, 1, 1), date(YEAR, 3, 31)),
    (date(YEAR, 4, 1), date(YEAR, 4, 30)),
    (date(YEAR, 7, 9), date(YEAR, 11, 20)),
    (date(YEAR, 12, 1), date(YEAR, 12, 31)),
)
#: The last word on each visit: what the check-in and the later changes say together.
VISITS = """
    WITH told AS (
        SELECT json_extract(payload, '$.visit') AS visit, kind, payload, row_number() OVER (ORDER BY time, device, seq) AS at
        FROM journal WHERE kind LIKE 'visit.%' AND time <= :as_of),
    visit AS (
        SELECT substr(json_extract(payload, '$.session'), -15, 10) AS day, json_extract(payload, '$.session') AS session,
            json_extract(payload, '$.adults') + json_extract(payload, '$.children') AS people, 1 AS visits,
            (SELECT json_extract(more.payload, '$.first_visit') FROM told AS more WHERE more.visit = told.visit
                AND more.kind = 'visit.amended' ORDER BY at DESC LIMIT 1) AS first
        FROM told WHERE kind = 'visit.checked_in' AND NOT EXISTS (
            SELECT 1 FROM told AS gone WHERE gone.visit = told.visit AND gone.kind = 'visit.undone')
        UNION ALL
        SELECT substr(json_extract(payload, '$.session'), -15, 10), json_extract(payload, '$.session'),
            json_extract(payload, '$.adults') + json_extract(payload, '$.children'), 0, 0
        FROM journal WHERE kind = 'session.corrected' AND time <= :as_of)
    SELECT day, substr(session, 1, length(session) - 16) AS gathering, session, sum(visits), sum(people), sum(first)
    FROM visit WHERE day BETWEEN :first AND :last GROUP BY session"""
#: Pieces that came in and that were given, each with the day it counts on.
GOODS = """
    WITH item AS (
        SELECT json_extract(payload, '$.item') AS id, payload FROM journal WHERE kind = 'item.added' AND time <= :as_of)
    SELECT 'in', json_extract(payload, '$.category'), json_extract(payload, '$.thing'), json_extract(payload, '$.quantity'),
        json_extract(payload, '$.kg'), json_extract(payload, '$.quantity')
    FROM item WHERE json_extract(payload, '$.arrived_on') BETWEEN :first AND :last
    UNION ALL
    SELECT 'given', json_extract(item.payload, '$.category'), json_extract(item.payload, '$.thing'), 1,
        json_extract(item.payload, '$.kg'), json_extract(item.payload, '$.quantity')
    FROM journal JOIN item ON item.id = json_extract(journal.payload, '$.item')
    WHERE kind = 'ticket.given' AND time <= :as_of AND substr(time, 1, 10) BETWEEN :first AND :last"""
#: The last word on each shift, on the day it was begun.
SHIFTS = """
    SELECT json_extract(begun.payload, '$.task'), json_extract(begun.payload, '$.volunteer'),
        (SELECT json_extract(ended.payload, '$.quarters') FROM journal AS ended
         WHERE ended.kind IN ('shift.ended', 'shift.corrected') AND ended.time <= :as_of
             AND json_extract(ended.payload, '$.shift') = json_extract(begun.payload, '$.shift')
         ORDER BY ended.time DESC LIMIT 1)
    FROM journal AS begun WHERE begun.kind = 'shift.begun' AND begun.time <= :as_of
        AND substr(begun.time, 1, 10) BETWEEN :first AND :last AND json_extract(begun.payload, '$.of_age')"""
#: Requests, and the day each came to a step for the first time.
REQUESTS = """
    SELECT json_extract(made.payload, '$.service'), 'asked',
        coalesce(json_extract(made.payload, '$.day'), substr(made.time, 1, 10)) AS day
    FROM journal AS made WHERE made.kind = 'request.made' AND made.time <= :as_of AND day BETWEEN :first AND :last
    UNION ALL
    SELECT (SELECT json_extract(made.payload, '$.service') FROM journal AS made WHERE made.kind = 'request.made'
            AND json_extract(made.payload, '$.request') = json_extract(step.payload, '$.request')),
        json_extract(step.payload, '$.to'), min(substr(step.time, 1, 10)) AS day
    FROM journal AS step WHERE step.kind = 'request.status' AND step.time <= :as_of
    GROUP BY json_extract(step.payload, '$.request'), json_extract(step.payload, '$.to')
    HAVING day BETWEEN :first AND :last
    UNION ALL
    SELECT json_extract(payload, '$.service'), 'paired', json_extract(payload, '$.day') AS day
    FROM journal WHERE kind = 'pair.made' AND time <= :as_of AND day BETWEEN :first AND :last"""
#: The last word on the groups of each visit, and its people, when the months were closed.
GROUPS = """
    SELECT substr(json_extract(came.payload, '$.session'), -15, 7), substr(json_extract(came.payload, '$.session'), 1,
            length(json_extract(came.payload, '$.session')) - 16),
        (SELECT json_extract(more.payload, '$.group') FROM journal AS more WHERE more.kind = 'visit.amended'
            AND json_extract(more.payload, '$.visit') = json_extract(came.payload, '$.visit') AND more.time < :closed
            ORDER BY more.time DESC, more.seq DESC LIMIT 1),
        json_extract(came.payload, '$.adults') + json_extract(came.payload, '$.children')
    FROM journal AS came WHERE came.kind = 'visit.checked_in' AND came.time < :closed AND NOT EXISTS (
        SELECT 1 FROM journal AS gone WHERE gone.kind = 'visit.undone' AND gone.time < :closed
            AND json_extract(gone.payload, '$.visit') = json_extract(came.payload, '$.visit'))"""
GIFTS = """
    SELECT json_extract(told.payload, '$.categories') FROM journal AS taken JOIN journal AS told
        ON told.kind = 'donation.announced'
        AND json_extract(told.payload, '$.donation') = json_extract(taken.payload, '$.donation')
    WHERE taken.kind = 'donation.taken_in' AND taken.time <= :as_of AND substr(taken.time, 1, 10) BETWEEN :first AND :last"""
VOLUNTEERS = """
    SELECT json_extract(payload, '$.volunteer') FROM journal WHERE kind = 'volunteer.registered' AND time <= :as_of
        AND substr(time, 1, 10) BETWEEN :first AND :last"""


class Journal:
    """What the journal says of a period and a project."""

    def __init__(
        self, services: Services, first: date, last: date, project: ProjectSetting | None, as_of: datetime
    ) -> None:
        self.services, self.project, self.as_of = services, project, as_of
        if project is not None:
            first, last = max(first, project.since), min(last, project.until)
        self.asked = {
            "first": first.isoformat(),
            "last": last.isoformat(),
            "as_of": f"{as_of:%Y-%m-%dT%H:%M:%S}.000000Z",
            "closed": f"{YEAR}-12-31T20:00:00.000000Z",
        }

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.services.store.db.connection().execute(sql, self.asked).fetchall()  # type: ignore[no-any-return]

    def counts(self, what: str, key: str) -> bool:
        only = getattr(self.project, what) if self.project else ()
        return not only or key in only

    def sessions(self) -> list[tuple[Any, ...]]:
        return [row for row in self.rows(VISITS) if self.counts("gatherings", row[1])]

    def came(self) -> tuple[int, int, int]:
        """Return visits, people and first visits."""
        visits, people, first = (sum(row[at] for row in self.sessions()) for at in (3, 4, 5))
        return visits, people, first

    def held(self, gathering: str = "") -> int:
        return sum(row[4] > 0 for row in self.sessions() if gathering in ("", row[1]))

    def pieces(self, move: str) -> int:
        return sum(row[3] for row in self.rows(GOODS) if row[0] == move and self.counts("categories", row[1]))

    def kilograms(self) -> tuple[float, float]:
        """Return kilograms and kilograms of CO2e of what was given."""
        weights, factors = (read(self.as_of) for read in (self.services.weights.table, self.services.weights.factors))
        kg = co2e = 0.0
        for move, category, thing, pieces, known, of in self.rows(GOODS):
            if move == "given" and self.counts("categories", category):
                own = known * pieces / of if known is not None else pieces * weight_of(weights, thing, category).mid
                kg, co2e = kg + own, co2e + factor_of(factors, thing, category).of(pieces, own)
        return kg, co2e

    def hours(self) -> Decimal:
        return Decimal(sum(quarters or 0 for task, _, quarters in self.rows(SHIFTS) if self.counts("tasks", task))) / 4

    def requests(self, step: str) -> int:
        return sum(row[1] == step for row in self.rows(REQUESTS))

    def gifts(self) -> int:
        return sum(any(self.counts("categories", one) for one in json.loads(row[0])) for row in self.rows(GIFTS))

    def groups(self, month: str) -> Counter[str]:
        """Return the people of each group of a closed month; a party is in all of its groups."""
        found: Counter[str] = Counter()
        for when, gathering, groups, people in self.rows(GROUPS):
            if when == month and self.counts("gatherings", gathering):
                found.update(dict.fromkeys((groups or "").split("."), people))
        return found

    def volunteers(self) -> int:
        active = {
            volunteer for task, volunteer, quarters in self.rows(SHIFTS) if quarters and self.counts("tasks", task)
        }
        young = self.project is not None and bool(self.project.tasks)
        return sum(not young or volunteer in active for (volunteer,) in self.rows(VOLUNTEERS))


@pytest.fixture
def services(store: Store, settings: Settings) -> Services:
    return write_year(store, settings, 7)


def built(journal: Journal, kind: str) -> Report:
    project = journal.project.number if journal.project else None
    first, last = (date.fromisoformat(journal.asked[key]) for key in ("first", "last"))
    return journal.services.reports.build(
        kind=kind, first=first, last=last, as_of=journal.as_of, language="en", project=project
    )


def total(report: Report, key: str) -> dict[str, Any]:
    [found] = [table for table in report.tables if table.key == key]
    assert found.total is not None
    return dict(zip((column.key for column in found.columns), found.total, strict=True))


def figures(report: Report, at: int = 1) -> dict[str, Any]:
    return {
        str(row[0]): row[at]
        for table in report.tables
        for row in table.rows
        if table.key.startswith(("results_", "years_"))
    }


def check(journal: Journal) -> None:
    """Compare all reports of a period with the journal."""
    reports = {kind: built(journal, kind) for kind in KINDS}
    visits, people, first = journal.came()
    for key in ("sessions", "weeks", "months", "years"):
        found = total(reports["attendance"], key)
        assert (found["visits"], found["people"], found["first"]) == (visits, people, first)
    for table in reports["attendance"].tables[4:]:
        assert table.total is not None
        assert table.total[-1] == people
    assert total(reports["years"], "people")["now"] == people
    goods, weights = (total(reports["goods"], key) for key in ("categories", "weights"))
    assert (goods["in"], goods["given"], weights["pieces"]) == (
        journal.pieces("in"),
        journal.pieces("given"),
        goods["given"],
    )
    kg, co2e = journal.kilograms()
    lines = len(next(table for table in reports["goods"].tables if table.key == "weights").rows)
    for told, true in ((weights["mid"], kg), (weights["co2e"], co2e)):
        assert abs(float(told) - true) <= 0.05 * lines  # the lines are rounded, and their sum is the figure
    sheet, tasks = total(reports["talkoot"], "sheet"), total(reports["talkoot"], "tasks")
    assert (sheet["hours"], tasks["hours"]) == (journal.hours(), journal.hours())
    for found in (figures(reports["results"]), figures(reports["years"])):
        assert found["Events held"] == journal.held()
        assert (found["Visits"], found["People"], found["First visits"]) == (visits, people, first)
        assert (found["Things taken in"], found["Things given"]) == (goods["in"], goods["given"])
        assert found["Weight of the things given, kg, estimate"] == weights["mid"]
        assert found["CO2e saved, kg, estimate"] == weights["co2e"]
        assert found["Hours of talkoot"] == journal.hours()
    check_help(journal, reports)
    partner = total(reports["partners"], "partners")
    assert len(reports["partners"].tables[0].rows) == 1  # in the settings and in the register, and one all the same
    assert (partner["gifts"], partner["volunteers"]) == (journal.gifts(), journal.volunteers())
    assert partner["gatherings"] == (journal.held("craft"))
    took_part = any(partner[key] for key in ("gatherings", "gifts", "volunteers"))
    assert figures(reports["results"])["Partners who took part"] == int(took_part)


def check_groups(journal: Journal) -> int:
    """Compare the groups of the closed months of the year; returns how many figures are shown."""
    [groups] = [table for table in built(journal, "attendance").tables if table.key == "groups"]
    months = {Say("en", "Europe/Helsinki").month(month): month for month in CLOSED}
    shown, sums = 0, Counter[str]()
    for row in groups.rows:
        people = journal.groups(months[str(row[0])]) if str(row[0]) in months and row[1] is not None else {}
        for column, cell in zip(groups.columns[1:-3], row[1:-3], strict=True):
            shown += isinstance(cell, int)
            assert cell is None or holds(cell, people[column.key]), (row[0], column.key)
        sums.update(people)
    assert groups.total is not None
    for column, cell in zip(groups.columns[1:-3], groups.total[1:-3], strict=True):
        assert holds(cell, sums[column.key]), column.key
    return shown


def holds(cell: Any, people: int) -> bool:
    """Return whether a cell, suppressed or not, is true of a number of people."""
    if isinstance(cell, int):
        return cell == people
    if isinstance(cell, Hidden):
        return cell is Hidden.KEPT or 1 <= people <= 4
    low, _, high = cell.removeprefix("≥").partition("–")
    return int(low) <= people <= int(high or people)


def check_help(journal: Journal, reports: dict[str, Report]) -> None:
    """Compare requests for help: exactly where every service counts, else the hidden sums hold what is true."""
    found = total(reports["services"], "services")
    names = {"asked": "Requests for help", "paired": "Pairs made", "done": "Requests completed"}
    for step in ("asked", "arranged", "done", "paired"):
        shown = found[step]
        if journal.project is None or not journal.project.services:
            assert shown == journal.requests(step)
        if step in names:
            assert figures(reports["results"])[names[step]] == shown
            assert figures(reports["years"])[names[step]] == shown
    if journal.counts("services", "queue"):
        guidance = total(reports["services"], "queue")["done"]
        assert figures(reports["results"])["Conversations with the coordinator"] == guidance


def test_every_report_says_what_the_journal_says(services: Services) -> None:
    for first, last in PERIODS:
        check(Journal(services, first, last, None, END))
    check(Journal(services, *PERIODS[0], None, JANUARY_10))  # before the corrections of the closed months came
    before, after = (Journal(services, *PERIODS[0], None, as_of).came() for as_of in (JANUARY_10, END))
    assert after[1] > before[1]


def test_every_group_says_what_the_journal_says(services: Services) -> None:
    for project in (None, *services.settings.projects[:3]):
        assert check_groups(Journal(services, *PERIODS[0], project, END)) > 5


def test_every_project_says_what_the_journal_says(services: Services) -> None:
    for project in services.settings.projects:
        for first, last in (PERIODS[0], PERIODS[2]):
            check(Journal(services, first, last, project, END))


def test_months_come_to_the_year(services: Services) -> None:
    """What can be added up is the same in twelve reports and in one."""
    keys = (
        "Events held",
        "Visits",
        "People",
        "First visits",
        "Requests for help",
        "Things taken in",
        "Things given",
    )
    year = figures(built(Journal(services, *PERIODS[0], None, END), "results"))
    parts = [
        figures(built(Journal(services, date(YEAR, month, 1), _end(month), None, END), "results"))
        for month in range(1, 13)
    ]
    assert {key: sum(part[key] for part in parts) for key in keys} == {key: year[key] for key in keys}
    assert len(CLOSED) == 10


def _end(month: int) -> date:
    return date(YEAR, month, 31 if month in (1, 3, 5, 7, 8, 10, 12) else 28 if month == 2 else 30)
