"""What is written out, read by other programs' own code over a whole year: each shows the sessions the kiosk has."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.rrule import rruleset, rrulestr
from icalendar import Calendar, Event

from kiosk.services import Services
from kiosk.services.programme.calendar_zones import vtimezone
from tests.services.conftest import NOW

FIRST, LAST = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Helsinki")
#: Begin and end in UTC.
Times = list[tuple[datetime, datetime]]


@pytest.fixture
def written(services: Services) -> bytes:
    """A programme with everything that can differ, written out."""
    by = {"now": NOW, "who": "shell"}
    add = {"place": "Koulu", **by}
    weekly = services.programme.add(
        names={"fi": "Kahvit"},
        rule="FREQ=WEEKLY;BYDAY=WE",
        since=date(2025, 1, 8),
        start="13:00",
        end="15:00",
        extra=[date(2027, 4, day) for day in range(1, 20)],
        cancelled=[date(2027, 6, 2), date(2027, 6, 9)],
        **add,
    )
    services.programme.add(
        names={"fi": "Ilta"},
        rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
        since=date(2026, 11, 26),
        start="22:30",
        end="01:00",
        until=date(2027, 11, 30),
        **add,
    )
    services.programme.add(
        names={"fi": "Aamu"}, rule="FREQ=MONTHLY;BYDAY=-1SU", since=date(2026, 1, 25), start="05:00", end="06:00", **add
    )
    services.programme.add(
        names={"fi": "Kerran"}, rule="FREQ=DAILY;COUNT=1", since=date(2027, 3, 28), start="10:00", end="12:00", **add
    )
    services.programme.move(
        session_id=f"{weekly.id}:2027-03-31:1300",
        day=date(2027, 4, 1),
        start="20:00",
        end="01:30",
        place="Kirjasto",
        reason="place",
        **by,
    )
    services.programme.hold(session_id=f"{weekly.id}:2027-01-06:1300", **by)
    services.programme.cancel(session_id=f"{weekly.id}:2027-02-03:1300", reason="ill", **by)
    return services.calendar_files.export(now=NOW)


def of_the_kiosk(services: Services) -> Times:
    plan = services.gatherings.sessions_between(FIRST.date() - timedelta(days=1), LAST.date() + timedelta(days=1))
    return within((one.starts_at, one.ends_at) for one in plan)


def within(times: Iterator[tuple[datetime, datetime]]) -> Times:
    moments = ((start.astimezone(UTC), end.astimezone(UTC)) for start, end in times)
    return sorted((start, end) for start, end in moments if FIRST <= start < LAST)


def by_icalendar(data: bytes, folder: Path) -> Times:
    """By the zone that stands in the file, not by the one of this machine."""
    calendar = Calendar.from_ical(data)
    [zone] = [part.to_tz(lookup_tzid=False) for part in calendar.walk("VTIMEZONE")]

    def wall(moment: datetime) -> datetime:
        return moment.replace(tzinfo=None)

    def moments(event: Event, name: str) -> list[datetime]:
        found = event.get(name, [])
        return [wall(one.dt) for several in (found if isinstance(found, list) else [found]) for one in several.dts]

    found, replaced = list[tuple[datetime, datetime]](), set[tuple[str, datetime]]()
    for event in calendar.walk("VEVENT"):
        if "RECURRENCE-ID" in event:
            replaced.add((event["UID"], wall(event["RECURRENCE-ID"].dt)))
    for event in calendar.walk("VEVENT"):
        start, lasts = wall(event["DTSTART"].dt), event["DTEND"].dt - event["DTSTART"].dt
        dates = rruleset()
        dates.rdate(start)
        if "RRULE" in event:
            until = event["RRULE"].pop("UNTIL", None)
            rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=start)
            dates.rrule(rule.replace(until=until[0].astimezone(ZONE).replace(tzinfo=None)) if until else rule)
        for moment in moments(event, "RDATE"):
            dates.rdate(moment)
        for moment in moments(event, "EXDATE"):
            dates.exdate(moment)
        for day in dates.between(datetime(2026, 12, 1), datetime(2028, 1, 31)):
            if "RECURRENCE-ID" in event or (event["UID"], day) not in replaced:
                found.append((day.replace(tzinfo=zone), (day + lasts).replace(tzinfo=zone)))
    return within(iter(found))


def by_vobject(data: bytes, folder: Path) -> Times:
    events = vobject.readOne(data.decode()).vevent_list
    replaced = {(one.uid.value, one.recurrence_id.value) for one in events if hasattr(one, "recurrence_id")}
    found = []
    for event in events:
        lasts = event.dtend.value.replace(tzinfo=None) - event.dtstart.value.replace(tzinfo=None)
        zone, alone = event.dtstart.value.tzinfo, not hasattr(event, "rrule")
        for start in [event.dtstart.value] if alone else event.getrruleset(addRDate=True):
            start = start if start.tzinfo else start.replace(tzinfo=zone)
            if start > LAST:
                break
            if alone or (event.uid.value, start) not in replaced:
                found.append((start, (start.replace(tzinfo=None) + lasts).replace(tzinfo=zone)))
    return within(iter(found))


KHAL = """
[calendars]
[[one]]
path = {folder}/calendar
[locale]
local_timezone = Europe/Helsinki
default_timezone = Europe/Helsinki
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""


def by_khal(data: bytes, folder: Path) -> Times:
    """As a person does: `khal import`, `khal list`."""
    (folder / "khal.conf").write_text(KHAL.format(folder=folder))
    (folder / "calendar").mkdir()
    (folder / "a.ics").write_bytes(data)

    def khal(*words: str) -> str:
        command = [sys.executable, "-m", "khal", "-c", str(folder / "khal.conf"), *words]
        return subprocess.run(command, capture_output=True, check=True, text=True, timeout=300).stdout

    khal("import", "--batch", "-a", "one", str(folder / "a.ics"))
    form = "{start-date} {start-time}|{end-date} {end-time}"
    shown = khal("list", "--day-format", "", "--format", form, "2027-01-01", "364d").split("\n")
    moments = (
        [datetime.fromisoformat(text).replace(tzinfo=ZONE) for text in line.split("|")] for line in shown if line
    )
    return within(iter({(start, end) for start, end in moments}))  # past midnight it is listed on both days


@pytest.mark.parametrize("read", [by_icalendar, by_vobject, by_khal])
def test_other_programs_show_the_same_year(
    services: Services, written: bytes, tmp_path: Path, read: Callable[[bytes, Path], Times]
) -> None:
    ours = of_the_kiosk(services)
    assert len(ours) > 100
    assert read(written, tmp_path) == ours


#: ICAL.js is what Nextcloud and Thunderbird read calendars with.
SCRIPT = """
import ICAL from 'ical.js';
import { readFileSync } from 'fs';
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8')));
for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
const events = calendar.getAllSubcomponents('vevent').map(one => new ICAL.Event(one));
const masters = events.filter(one => !one.isRecurrenceException());
for (const one of events) if (one.isRecurrenceException()) masters.find(other => other.uid === one.uid).relateException(one);
const found = [];
const last = ICAL.Time.fromString('2028-01-01T00:00:00Z');
for (const one of masters) {
  const dates = one.isRecurring() ? one.iterator() : [one.startDate][Symbol.iterator]();
  for (let date; (date = one.isRecurring() ? dates.next() : dates.next().value) && date.compare(last) < 0;) {
    const details = one.getOccurrenceDetails(date);
    found.push([details.startDate.toJSDate().toISOString(), details.endDate.toJSDate().toISOString()]);
  }
}
console.log(JSON.stringify(found));
"""


@pytest.mark.long
def test_ical_js_shows_the_same_year(services: Services, written: bytes, tmp_path: Path) -> None:
    """Needs Node.js and what it fetches from the npm registry, so it is not among the everyday tests."""
    if shutil.which("npm") is None:
        pytest.skip("Node.js with npm is not installed")
    subprocess.run(["npm", "install", "--silent", "ical.js@2"], cwd=tmp_path, check=True, timeout=300)
    (tmp_path / "read.mjs").write_text(SCRIPT)
    done = subprocess.run(
        ["node", "read.mjs"], cwd=tmp_path, input=written, capture_output=True, check=True, timeout=60
    )
    found = [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in json.loads(done.stdout)]
    assert within(iter(found)) == of_the_kiosk(services)


@pytest.mark.parametrize(
    "name", ["Europe/Helsinki", "Europe/Kyiv", "America/New_York", "Asia/Tokyo", "Europe/Istanbul", "UTC"]
)
def test_a_zone_in_a_file_is_the_zone_each_hour(name: str) -> None:
    component, zone = vtimezone(ZoneInfo(name)), ZoneInfo(name)
    made = component.to_tz(lookup_tzid=False)
    text = component.to_ical().decode()
    assert "RDATE" not in text
    moment, off = datetime(2005, 1, 1, tzinfo=UTC), []
    while moment.year < 2031:
        if moment.astimezone(made).utcoffset() != moment.astimezone(zone).utcoffset():
            off.append(moment)
        moment += timedelta(hours=1 if moment.month in (3, 4, 10, 11) and moment.year in (2026, 2027) else 24)
    assert off == []


def test_each_date_has_a_line_of_its_own(written: bytes) -> None:
    text = written.decode().replace("\r\n ", "")
    dates = [line for line in text.split("\r\n") if line.startswith(("RDATE", "EXDATE"))]
    assert len(dates) > 20
    assert not [line for line in dates if "," in line]
    assert text.count("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3") == 1
