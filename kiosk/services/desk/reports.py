"""Reports of a period: computed from the journal, for a project or for the whole centre. Months are closed here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from kiosk import clock
from kiosk.data.models import canonical_json
from kiosk.errors import BadPeriod, BadValue, FarDay, MonthRuns, UnknownProject
from kiosk.journal import Store
from kiosk.language.translation import N_
from kiosk.reports import QUIET, ProgressTracker, Project, Report, disclosure
from kiosk.reports.facts import Closing, Facts
from kiosk.reports.files.pack import write_pack
from kiosk.reports.goals import Goal, goals, time_passed
from kiosk.reports.indicators import PeriodCounts, cell, figures
from kiosk.reports.kinds import attendance, goods, partners, results, services, talkoot, years
from kiosk.reports.ledger import Ledger
from kiosk.reports.logo import BadLogo, load_logo
from kiosk.reports.marks import by_name
from kiosk.reports.scope import Build, Scope
from kiosk.reports.wording import Say
from kiosk.services.goods.weights import WeightService
from kiosk.services.rights import SYSTEM, needs
from kiosk.settings import ProjectSetting, Settings

from .tasks import goals_behind, note_behind

#: The kinds of reports: title (msgid) and builder.
BUILDERS: dict[str, tuple[str, Build]] = {
    "attendance": (N_("Attendance"), attendance.build),
    "services": (N_("Services"), services.build),
    "talkoot": (N_("Talkoot"), talkoot.build),
    "goods": (N_("Things"), goods.build),
    "partners": (N_("Partners"), partners.build),
    "results": (N_("Results"), results.build),
    "years": (N_("Comparison with the year before"), years.build),
}
#: First and last day of any report.
EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
#: Wrong clocks that are listed individually.
MOST_CLOCKS = 3


@dataclass(frozen=True)
class ProjectGoals:
    """The goals of a project, and the share of its time that has `passed`, percent."""

    project: ProjectSetting
    goals: list[Goal]
    passed: Decimal

    @property
    def behind(self) -> list[Goal]:
        """The goals that are behind."""
        return [goal for goal in self.goals if goal.is_behind(self.passed)]


class ReportService:
    """Builds reports and closes months."""

    def __init__(self, store: Store, settings: Settings, *, weights: WeightService) -> None:
        self._store, self._settings = store, settings
        self._zone = clock.zone(settings.centre.timezone)
        self._ledger, self._weights = Ledger(store, self._zone), weights

    def projects(self) -> tuple[ProjectSetting, ...]:
        """Return the projects of the settings."""
        return self._settings.projects

    def build(
        self,
        *,
        kind: str,
        first: date,
        last: date,
        as_of: datetime,
        language: str,
        project: str | None = None,
        names: Mapping[str, str] | None = None,
        work: ProgressTracker = QUIET,
    ) -> Report:
        """Return the report of `kind` (of KINDS) from `first` to `last`, local dates, from the journal as of `as_of`,
        restricted to `project` (a number) if given. `names` are volunteers' names by id, for the sheet they sign;
        without them that column is empty. May run for seconds: not for the event loop. Raises BadPeriod, FarDay,
        UnknownProject, Cancelled."""
        chosen = self._project(project)
        need_near(first, last, as_of.date())
        if chosen is not None:
            first, last = max(first, chosen.since), min(last, chosen.until)
        if first > last:
            raise BadPeriod()
        self._ledger.catch_up(work.part(0, 0.5))
        say = self._say(language)
        title, build = BUILDERS[kind]
        with self._store.read():
            facts = Facts(self._store, self._zone, first, last, as_of, work.part(0.5, 1).onwards())
            scope = Scope(facts, say, self._settings, chosen, self._weights, names or {})
            tables, charts, notes = build(scope)
            notes += _clock_notes(scope)
        notes += _logo_notes(chosen, say)
        centre, shown = self._settings.centre, _shown(chosen, say)
        return Report(
            kind,
            say.text(title),
            centre.name,
            shown,
            first,
            last,
            as_of,
            language,
            centre.timezone,
            _head(scope, shown),
            tuple(tables),
            tuple(charts),
            tuple(notes),
        )

    def goals(self, *, now: datetime) -> list[ProjectGoals]:
        """Return the goals of each project that runs on the local day of `now`, from its first day on. May run for
        seconds: not for the event loop."""
        today = clock.local_date(now, self._zone)
        running = [one for one in self._settings.projects if one.targets and one.since <= today <= one.until]
        if running:
            self._ledger.catch_up()
        say, found = self._say(self._settings.centre.default_language), list[ProjectGoals]()
        for project in running:
            with self._store.read():
                facts = Facts(self._store, self._zone, project.since, today, now, QUIET)
                scope = Scope(facts, say, self._settings, project, self._weights)
                found.append(ProjectGoals(project, goals(scope), time_passed(project, today)))
        return found

    @needs(SYSTEM)
    def note_goals(self, now: datetime) -> None:
        """Count the goals that are behind, once on each local day: the desk says so without counting."""
        today = clock.local_date(now, self._zone)
        if goals_behind(self._store, today) is None:
            note_behind(self._store, today, sum(len(one.behind) for one in self.goals(now=now)))

    def pack(
        self,
        *,
        path: Path,
        first: date,
        last: date,
        as_of: datetime,
        language: str,
        project: str | None = None,
        work: ProgressTracker = QUIET,
    ) -> None:
        """Write all reports of a period in all formats to one zip. Raises what `build` raises, and DiskFull,
        ReadOnlyFolder, StorageTrouble; an unfinished file is deleted."""

        def make(kind: str, part: ProgressTracker) -> Report:
            return self.build(
                kind=kind, first=first, last=last, as_of=as_of, language=language, project=project, work=part
            )

        write_pack(path, list(BUILDERS), make, self._settings, work)

    @needs("reports")
    def close_month(self, *, month: str, now: datetime, who: str) -> None:
        """Freeze the figures of a month such as "2026-11": later entries for it are shown as corrections. Idempotent.
        Raises BadValue, MonthRuns for a month that is not over."""
        try:
            first = date.fromisoformat(f"{month}-01")
        except ValueError:
            raise BadValue(field="month", value=month) from None
        if not EARLIEST <= first <= LATEST:
            raise BadValue(field="month", value=month)
        after = (first + timedelta(days=31)).replace(day=1)
        if clock.local_date(now, self._zone) < after:
            raise MonthRuns()
        self._ledger.catch_up()
        with self._store.write(now) as journal:
            facts = Facts(self._store, self._zone, first, after - timedelta(days=1), now, QUIET, frozen=False)
            if any(said["month"] == month for _, said in facts.kept("month.closed")):
                return
            marks, shown = by_name(self._store.db, facts.marks), disclosure.said(disclosure.decide(facts))
            facts.closings = {month: Closing(month, now, who, {}, "", facts.marks, shown=shown)}
            scope = Scope(facts, self._say(self._settings.centre.default_language), self._settings, None, self._weights)
            found = {key: cell(figure) for key, figure in figures(PeriodCounts(scope)).items()}
            plain = {key: value if isinstance(value, int) else str(value) for key, value in found.items()}
            digest = hashlib.sha256(canonical_json(plain).encode()).hexdigest()
            said = {"month": month, "who": who, "figures": plain, "digest": digest, "marks": marks, "shown": shown}
            journal.append("month.closed", who, said)

    def closings(self, as_of: datetime) -> list[Closing]:
        """Return the closed months, earliest first."""
        self._ledger.catch_up()
        with self._store.read():
            facts = Facts(self._store, self._zone, EARLIEST, EARLIEST, as_of, QUIET)
        return sorted(facts.closings.values(), key=lambda closing: closing.month)

    def counted_since(self) -> date:
        """Return the first day with a count, imported ones included; LATEST without any."""
        self._ledger.catch_up()
        sql = (
            "SELECT min(day) FROM (SELECT min(day) AS day FROM ledger_visit UNION ALL SELECT min(day) FROM ledger_help)"
        )
        [(day,)] = self._store.db.execute_sql(sql).fetchall()
        return max(EARLIEST, date.fromisoformat(day)) if day else LATEST

    def _say(self, language: str) -> Say:
        return Say(language, self._settings.centre.timezone)

    def _project(self, number: str | None) -> ProjectSetting | None:
        if number is None:
            return None
        for project in self._settings.projects:
            if project.number == number:
                return project
        raise UnknownProject(project=number)


def need_near(*days: date) -> None:
    """Raise FarDay for a day outside the range of reports."""
    for day in days:
        if not EARLIEST <= day <= LATEST:
            raise FarDay(day=day.isoformat(), first=EARLIEST.year, last=LATEST.year)


def _shown(project: ProjectSetting | None, say: Say) -> Project | None:
    if project is None:
        return None
    return Project(project.number, say.name(project.names), project.funder, project.since, project.until, project.logo)


def _head(scope: Scope, project: Project | None) -> tuple[tuple[str, str], ...]:
    """Return the lines at the top of a report."""
    say, facts = scope.say, scope.facts
    lines = []
    if project is not None:
        lines += [
            (say.text(N_("Project")), project.name),
            (say.text(N_("Project number")), project.number),
            (say.text(N_("Funder")), project.funder),
            (say.text(N_("Project period")), f"{say.day(project.since)}–{say.day(project.until)}"),
        ]
    lines += [
        (say.text(N_("Period")), f"{say.day(facts.first)}–{say.day(facts.last)}"),
        (say.text(N_("Data as of")), say.moment(facts.as_of)),
    ]
    return tuple(lines)


def _logo_notes(project: ProjectSetting | None, say: Say) -> list[str]:
    """Return a note when the funder's logo is missing or cannot be read."""
    if project is None or not project.logo:
        return []
    try:
        load_logo(project.logo)
    except BadLogo as error:
        return [say.text(error.message, **error.values)]
    return []


def _clock_notes(scope: Scope) -> list[str]:
    """Return notes on periods with a wrong tablet clock; of many, those with the most entries."""
    say = scope.say
    wrongs = sorted(scope.facts.wrong_clocks(), key=lambda wrong: -wrong.entries)
    notes = [
        say.text(
            N_(
                "A tablet’s clock was wrong: entries made between {after} and {before} are dated {began}. Entries: "
                "{count}."
            ),
            count=wrong.entries,
            after=say.moment(wrong.after) if wrong.after else "?",
            before=say.moment(wrong.before) if wrong.before else "?",
            began=f"{say.moment(wrong.began)}–{say.moment(wrong.ended)}",
        )
        for wrong in wrongs[:MOST_CLOCKS]
    ]
    if len(wrongs) > MOST_CLOCKS:
        more = len(wrongs) - MOST_CLOCKS
        notes.append(say.text(N_("Further times when a clock was wrong: {count}."), count=more))
    return notes
