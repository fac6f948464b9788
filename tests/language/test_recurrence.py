"""Recurrence rules: the dates of dateutil, and never more steps than there are periods."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from kiosk.errors import BadRule
from kiosk.language import recurrence
from kiosk.language.recurrence import check_rule, dates, first_date


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=3",
        "FREQ=HOURLY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=4,6,9,11;BYMONTHDAY=31",
        "FREQ=WEEKLY;BYHOUR=1,2,3",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=8,9,10",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
        "FREQ=WEEKLY;UNTIL=20261231",
        "",
        "weekly",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=DAILY;COUNT=99999",
        "FREQ=YEARLY;BYYEARDAY=100",
    ],
)
def test_rules_without_dates_or_with_too_many_are_refused(rule: str) -> None:
    with pytest.raises(BadRule):
        check_rule(rule)


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;UNTIL=20269931", "FREQ=WEEKLY;UNTIL=20261231T120000Z"])
def test_an_until_of_the_settings_is_a_local_day(rule: str) -> None:
    with pytest.raises(BadRule):
        check_rule(rule, until=True)
    whole = check_rule("freq=daily;until=20261203", until=True)
    assert dates(whole, date(2026, 12, 1), date(2026, 1, 1), date(2027, 1, 1)) == [
        date(2026, 12, day) for day in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("rule", "since"),
    [
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", date(2026, 12, 1)),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", date(2025, 1, 1)),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", date(2026, 1, 1)),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", date(2026, 2, 1)),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", date(2000, 1, 1)),
        ("FREQ=SECONDLY", date(2026, 1, 1)),
    ],
)
def test_a_rule_that_gives_no_date_ends_with_its_period(
    rule: str, since: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = 0
    recurrence._read.cache_clear()
    real = recurrence._Rule.days

    def counted(self: recurrence._Rule, start: date) -> list[date]:
        nonlocal steps
        steps += 1
        return real(self, start)

    monkeypatch.setattr(recurrence._Rule, "days", counted)
    last = since + timedelta(days=400)
    assert dates(rule, since, since, last) == []
    assert steps <= 401 + 151
    assert first_date(rule, since) is None
    assert steps <= 41 * 366 + 401


def test_a_long_series_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    since, long = date(1995, 1, 1), "FREQ=DAILY;COUNT=9999"
    last = since + timedelta(days=9998)
    assert dates(long, since, last - timedelta(days=1), date(2030, 1, 1)) == [last - timedelta(days=1), last]

    def never(self: recurrence._Rule, start: date) -> list[date]:
        assert start > last - timedelta(days=3)
        return [start]

    monkeypatch.setattr(recurrence._Rule, "days", never)
    assert dates(long, since, last, date(2030, 1, 1)) == [last]


def test_the_calendar_ends() -> None:
    assert dates("FREQ=DAILY", date(9999, 12, 30), date(9999, 1, 1), date.max) == [
        date(9999, 12, 30),
        date(9999, 12, 31),
    ]
    assert dates("FREQ=YEARLY", date(9998, 5, 1), date(9999, 1, 1), date.max) == [date(9999, 5, 1)]
    assert dates("FREQ=MONTHLY;INTERVAL=999", date(9998, 5, 1), date(9999, 1, 1), date.max) == []
    assert dates("FREQ=WEEKLY", date(9999, 12, 30), date(9999, 1, 1), date.max) == [date(9999, 12, 30)]


WEEKDAYS = st.sampled_from(recurrence.DAYS)
NUMBERED = st.tuples(st.sampled_from(["1", "2", "-1", "-2", "+3", "5", "4"]), WEEKDAYS).map("".join)


@st.composite
def rules(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    said = {"FREQ": freq, "INTERVAL": str(draw(st.integers(1, 5)))}
    if draw(st.booleans()):
        days = draw(
            st.lists(
                WEEKDAYS if freq in ("DAILY", "WEEKLY") or draw(st.booleans()) else NUMBERED, min_size=1, max_size=4
            )
        )
        said["BYDAY"] = ",".join(days)
    if freq != "WEEKLY" and draw(st.booleans()):
        said["BYMONTHDAY"] = ",".join(
            map(str, draw(st.lists(st.integers(-31, 31).filter(bool), min_size=1, max_size=4)))
        )
    if draw(st.booleans()):
        said["BYMONTH"] = ",".join(map(str, draw(st.lists(st.integers(1, 12), min_size=1, max_size=4))))
    if freq in ("MONTHLY", "YEARLY") and ("BYDAY" in said or "BYMONTHDAY" in said) and draw(st.booleans()):
        said["BYSETPOS"] = ",".join(map(str, draw(st.lists(st.integers(-3, 3).filter(bool), min_size=1, max_size=3))))
    if draw(st.booleans()):
        said["COUNT"] = str(draw(st.integers(1, 40)))
    if draw(st.booleans()):
        said["WKST"] = draw(WEEKDAYS)
    return ";".join(f"{name}={value}" for name, value in said.items())


# dateutil meets plain and numbered weekdays in one rule at once, RFC 5545 either of them, so they are not mixed here.
@settings(
    max_examples=300,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.filter_too_much],
)
@given(rules(), st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(-40, 3000), st.integers(0, 1500))
def test_the_dates_are_those_of_dateutil(rule: str, since: date, after: int, span: int) -> None:
    try:
        check_rule(rule)
    except BadRule:
        assume(False)
    first = since + timedelta(days=after)
    last = first + timedelta(days=span)
    assume(dates(rule, since, last + timedelta(days=1), last + timedelta(days=1100)))  # lest dateutil goes on to 9999
    theirs = rrulestr(rule, dtstart=datetime.combine(since, time()))
    end = datetime.combine(last, time())
    found = [moment.date() for moment in takewhile(lambda moment: moment <= end, theirs)]
    assert dates(rule, since, first, last) == [day for day in found if day >= first]
