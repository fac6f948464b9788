"""The other kinds of report, with figures worked out by hand, and what holds for every kind."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from kiosk.data import new_id
from kiosk.errors import BadValue, MonthRuns
from kiosk.reports import KINDS, Cell, Hidden, Report, Table
from kiosk.services import Services
from kiosk.services.desk.reports import BUILDERS
from kiosk.settings import ProjectSetting, Settings

LATER = datetime(2027, 6, 1, tzinfo=UTC)
#: Monday 2 November 2026, noon in Finland.
MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
WHO = "shell"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    coffee = settings.gatherings[0]._replace(every="FREQ=DAILY", since=date(2020, 1, 1), partner="Martat")
    project = ProjectSetting("273535", {"fi": "Lumijobi"}, "EU", date(2026, 1, 1), date(2027, 12, 31), tasks=("yard",))
    return settings._replace(
        gatherings=(coffee,), projects=(project,), calendar=settings.calendar._replace(holidays="")
    )


def made(
    services: Services, kind: str, first: date = date(2026, 11, 1), last: date = date(2026, 11, 30), **rest: Any
) -> Report:
    about = {"as_of": LATER, "language": "en"} | rest
    return services.reports.build(kind=kind, first=first, last=last, **about)


def rows(report: Report, key: str) -> dict[Cell, tuple[Cell, ...]]:
    [found] = [table for table in report.tables if table.key == key]
    return {row[0]: row[1:] for row in (*found.rows, *([found.total] if found.total else []))}


def reserve(services: Services, item: Any, now: datetime) -> str:
    return services.tickets.reserve(item_id=item.id, language="fi", now=now, held=()).code


def test_goods_count_what_happened_and_nothing_twice(services: Services) -> None:
    def add(quantity: int, thing: str, category: str, **more: Any) -> Any:
        return services.goods.add(now=MONDAY, who=WHO, category=category, thing=thing, quantity=quantity, **more)

    plates, sofa = add(4, "plates", "kitchen", kg=2.0), add(1, "sofa", "furniture")
    mistake, twice = add(1, "armchair", "furniture"), add(1, "sofa", "furniture")
    first, second = reserve(services, plates, MONDAY), reserve(services, plates, MONDAY)
    services.tickets.hand_over(code=first, now=MONDAY + timedelta(days=1), who=WHO)
    services.tickets.hand_over(code=second, now=MONDAY + timedelta(days=1), who=WHO)
    services.tickets.undo_hand_over(code=second, now=MONDAY + timedelta(days=1), who=WHO)
    services.tickets.hand_over(code=second, now=MONDAY + timedelta(days=1, hours=1), who=WHO)
    services.shelf.withdraw(item_id=mistake.id, reason="mistake", now=MONDAY, who=WHO)
    services.shelf.merge(item_id=twice.id, into=sofa.id, now=MONDAY, who=WHO)
    services.tickets.give(item_id=sofa.id, language="fi", now=MONDAY + timedelta(days=40), who=WHO)  # December
    services.shelf.withdraw(item_id=plates.id, reason="broken", now=MONDAY + timedelta(days=3), who=WHO)

    november = made(services, "goods")
    assert rows(november, "categories")["Kitchen"] == (4, 2, 2, 0)
    assert rows(november, "categories")["Furniture"] == (1, 0, 0, 1)
    assert rows(november, "categories")["Total"] == (5, 2, 2, 1)
    # Four plates weigh 2 kg, so two weigh 1 kg, and that is known; 2 pieces at 2.8 kg of CO2e.
    assert rows(november, "weights")["Kitchen"] == (2, Decimal("1.0"), Decimal("1.0"), Decimal("1.0"), Decimal("5.6"))
    december = made(services, "goods", date(2026, 12, 1), date(2026, 12, 31))
    assert rows(december, "categories")["Furniture"] == (0, 1, 0, 0)
    sofa_kg = services.weights.table(LATER)["sofa"]
    weight = rows(december, "weights")["Furniture"]
    assert weight[2] == Decimal(f"{sofa_kg.mid:.1f}")
    assert weight[4] == Decimal(f"{1.45 * sofa_kg.mid:.1f}")  # WRAP 2011: 1.45 kg a kg of sofa
    assert any("2.8" in note and "45 M products" in note for note in november.notes)


def test_own_categories_are_told_apart_and_counted_where_they_were_before(services: Services) -> None:
    before = services.goods.add(now=MONDAY, who=WHO, category="sport", thing="bicycle", quantity=3)
    assert "own_categories" not in {table.key for table in made(services, "goods").tables}
    own = services.categories.add(names={"en": "Bicycles", "fi": "Pyörät"}, part_of="sport", now=MONDAY, who=WHO)
    services.goods.add(now=MONDAY, who=WHO, category=own.id, thing="bicycle")
    services.tickets.hand_over(code=reserve(services, before, MONDAY), now=MONDAY, who=WHO)
    report = made(services, "goods")
    assert rows(report, "categories")["Sport and outdoors"] == (4, 1, 0, 3)
    assert rows(report, "own_categories")["Bicycles"] == ("Sport and outdoors", 1, 0, 0, 1)
    services.shelf.edit(item_id=before.id, category=own.id, now=MONDAY + timedelta(days=1), who=WHO)
    said = {"names": own.names, "art": own.art, "photo": None}
    services.categories.change(category_id=own.id, active=False, now=MONDAY, who=WHO, **said)
    report = made(services, "goods")
    assert rows(report, "categories")["Sport and outdoors"] == (4, 1, 0, 3)
    assert rows(report, "own_categories")["Bicycles"] == ("Sport and outdoors", 4, 1, 0, 3)


def shift(
    services: Services,
    code: str,
    start: datetime,
    hours: float,
    *,
    of_age: bool = True,
    machine: float = 0,
    task: str = "yard",
) -> None:
    services.volunteers.sign_in(code=code, task=task, of_age=of_age, now=start)
    services.volunteers.sign_out(code=code, now=start + timedelta(hours=hours), machine_hours=machine)


@pytest.mark.usefixtures("keys")
def test_talkoot_hours_are_worth_the_rate_of_their_day(services: Services) -> None:
    one, two = (services.volunteers.register(name=name, now=MONDAY, who=WHO) for name in ("Aino", "Bo"))
    shift(services, one.code, datetime(2022, 12, 31, 8, tzinfo=UTC), 2)  # 15 €/h
    shift(services, one.code, datetime(2023, 1, 1, 8, tzinfo=UTC), 2.5, machine=1)  # 20 €/h, machine 30 €/h
    shift(services, two.code, datetime(2023, 1, 1, 8, tzinfo=UTC), 3, of_age=False)
    # The night summer time ends: from 02:00 to 04:00 on the wall are three hours.
    shift(services, two.code, datetime(2023, 10, 28, 23, tzinfo=UTC), 3, task="kitchen")
    report = made(services, "talkoot", date(2022, 1, 1), date(2023, 12, 31))
    [sheet, young] = [table for table in report.tables if table.key in ("sheet", "young")]
    assert [(row[0], row[1], row[6], row[7], row[8]) for row in sheet.rows] == [
        (date(2022, 12, 31), "1", Decimal(2), Decimal(0), Decimal("30.00")),
        (date(2023, 1, 1), "1", Decimal("2.5"), Decimal(1), Decimal("80.00")),
        (date(2023, 10, 29), "2", Decimal(3), Decimal(0), Decimal("60.00")),
    ]
    assert sheet.total is not None
    assert sheet.total[6:9] == (Decimal("7.5"), Decimal(1), Decimal("170.00"))
    assert sheet.columns[-1].type == "sign"
    assert [(row[1], row[5]) for row in young.rows] == [("2", Decimal(3))]
    assert "value" not in [column.key for column in young.columns]
    only_yard = made(services, "talkoot", date(2022, 1, 1), date(2026, 12, 31), project="273535")
    assert only_yard.tables[0].rows == ()  # the project began later


def test_the_talkoot_sheet_has_what_the_funder_asks(services: Services, keys: Any) -> None:
    one, two = (services.volunteers.register(name=name, now=MONDAY, who=WHO) for name in ("Aino Ähtäri", "Bo"))
    morning = datetime(2023, 1, 10, 8, tzinfo=UTC)
    shift(services, one.code, morning, 1 + 50 / 60)  # an hour and fifty minutes
    shift(services, two.code, morning + timedelta(hours=4), 5 / 60)  # nothing, when it is rounded
    shift(services, two.code, morning + timedelta(days=1), 1, of_age=False)
    [forgotten] = services.volunteers.ended_since(morning + timedelta(hours=24))
    services.volunteers.correct(shift_id=forgotten.id, hours=3, reason="x", now=morning + timedelta(days=2), who=WHO)
    period = {"kind": "talkoot", "first": date(2023, 1, 1), "last": date(2023, 1, 31), "as_of": LATER, "language": "fi"}
    plain, young = services.reports.build(**period).tables[:2]
    assert [column.key for column in plain.columns] == [
        "date",
        "volunteer",
        "name",
        "task",
        "start",
        "end",
        "hours",
        "machine",
        "value",
        "sign",
    ]
    assert [row[2] for row in plain.rows] == [None, None]  # to be written in by hand
    assert [(row[5], row[6], row[9]) for row in plain.rows] == [
        (morning + timedelta(minutes=110), Decimal("1.75"), None),
        (morning + timedelta(hours=4, minutes=5), Decimal(0), "–"),
    ]
    assert [(row[4], row[5]) for row in young.rows] == [(morning + timedelta(days=1, hours=3), Decimal(3))]
    assert "name" not in [column.key for column in young.columns]
    names = services.volunteers.names(private=keys.private, now=LATER, who=WHO)
    named = services.reports.build(**period, names=names).tables[0]
    assert [row[2] for row in named.rows] == ["Aino Ähtäri", "Bo"]
    opened = services.store.db.execute_sql("SELECT count(*) FROM journal WHERE kind = 'requests.opened'").fetchone()
    assert opened == (1,)


def asked(services: Services, service: str, now: datetime) -> str:
    request_id = new_id(now)
    services.help.sign_up(
        request_id=request_id, service=service, language="fi", details={"name": "x"}, now=now, notice_version="1"
    )
    return request_id


def at(services: Services, request_id: str, *steps: tuple[str, int]) -> None:
    for step, days in steps:
        services.help.set_status(request_id=request_id, status=step, now=MONDAY + timedelta(days=days), who=WHO)


@pytest.mark.usefixtures("keys")
def test_services_count_each_step_once(services: Services) -> None:
    at(services, asked(services, "friend", MONDAY), ("contacted", 2), ("arranged", 3), ("done", 9))
    at(
        services, asked(services, "friend", MONDAY), ("contacted", 4), ("new", 4), ("contacted", 6)
    )  # a slip of the finger
    at(services, asked(services, "friend", MONDAY), ("closed", 1))
    gone = asked(services, "neighbour", MONDAY)
    services.help.erase(code=services.help.by_id(gone).code, now=MONDAY + timedelta(days=5), who=WHO)
    services.volunteers.register(name="Aino", now=MONDAY, who=WHO)  # lies with the requests and is none
    number = services.guidance.take(topic="work", language="uk", interpreter=False, now=MONDAY)
    services.guidance.call_next(now=MONDAY, who=WHO)
    services.guidance.move(queue_id=number.id, state="done", now=MONDAY, who=WHO)
    open_ = rows(made(services, "services"), "services")
    assert open_ == {"Days that are not closed": (*open_["Total"][:-1], None), "Total": open_["Total"]}
    assert open_["Total"][:5] == (4, 2, 1, 1, 2)
    services.reports.close_month(month="2026-11", now=MONDAY + timedelta(days=40), who=WHO)
    report = made(services, "services")
    found = rows(report, "services")
    assert found["Total"][:5] == (4, 2, 1, 1, 2)
    assert found["Friend service"][:2] == (Hidden.KEPT, Hidden.KEPT)
    assert found["Friend service"][-1] is None  # of so few requests the days are told as little
    assert rows(report, "queue")["November 2026"] == (Hidden.FEW, Hidden.FEW, Hidden.FEW, 0)
    results = rows(made(services, "results"), "results_whole")
    assert (results["Requests for help"], results["Conversations with the coordinator"]) == ((4,), (Hidden.FEW,))


@pytest.mark.usefixtures("keys")
def test_services_are_told_apart_where_they_are_many(services: Services) -> None:
    for days in range(6):
        at(
            services,
            asked(services, "friend", MONDAY + timedelta(days=days)),
            ("contacted", 2 * days + 1),
            ("done", 20),
        )
    for _ in range(5):
        asked(services, "neighbour", MONDAY)
    services.reports.close_month(month="2026-11", now=MONDAY + timedelta(days=40), who=WHO)
    found = rows(made(services, "services"), "services")
    assert found["Friend service"] == (6, 6, 0, 6, 0, 0, Decimal(0), Decimal("3.5"))  # the median of 1 to 6 days
    assert found["Neighbour help"] == (5, 0, 0, 0, 0, 0, Decimal(0), None)
    assert found["Total"][:5] == (11, 6, 0, 6, 0)


def come(services: Services, day: date, people: int) -> None:
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    [session] = services.gatherings.sessions_now(now)
    services.attendance.check_in(visit_id=new_id(now), session_id=session.id, language="fi", adults=people, now=now)


def test_partners_results_and_the_year_before(services: Services, settings: Settings) -> None:
    services.gatherings.apply(settings.gatherings, datetime(2020, 1, 1, tzinfo=UTC))
    come(services, date(2025, 11, 4), 7)
    come(services, date(2026, 11, 3), 9)
    come(services, date(2026, 11, 4), 2)
    school = services.partners.add(name="Lumijoen koulu", kind="school", now=MONDAY, who=WHO)
    gift = services.donations.announce(
        donation_id=new_id(MONDAY), categories=["toys"], amount="box", language="fi", now=MONDAY
    )
    services.donations.give(donation_id=gift.id, partner=school.id, now=MONDAY, who=WHO)
    services.donations.decide(donation_id=gift.id, state="taken_in", now=MONDAY, who=WHO)
    found = rows(made(services, "partners"), "partners")
    assert found == {
        "Lumijoen koulu": ("School", 0, 0, 1, 0),
        "Martat": ("", 2, 11, 0, 0),
        "Total": (None, 2, 11, 1, 0),
    }
    results = rows(made(services, "results"), "results_whole")
    assert (results["People"], results["Events held"], results["Partners who took part"]) == ((11,), (2,), (2,))
    assert rows(made(services, "years"), "people") == {"November 2026": (11, 7, 4), "Total": (11, 7, 4)}
    assert rows(made(services, "years"), "years_whole")["People"] == (11, 7, 4)


def test_an_event_of_several_partners_counts_for_each_and_has_no_sum(services: Services, settings: Settings) -> None:
    services.gatherings.apply(settings.gatherings, datetime(2020, 1, 1, tzinfo=UTC))
    come(services, date(2026, 11, 3), 9)
    school = services.partners.add(name="School", kind="school", now=MONDAY, who=WHO)
    services.programme.change(gathering_id="coffee", more_partners=[school.id], now=LATER, who=WHO)
    report = made(services, "partners")
    assert rows(report, "partners") == {
        "Martat": ("", 1, 9, 0, 0),
        "School": ("School", 1, 9, 0, 0),
        "Total": (None, None, None, 0, 0),
    }
    assert "An event of several partners is counted for each of them." in report.notes


def test_a_closed_month_stays_as_it_was_and_corrections_are_shown(services: Services) -> None:
    come(services, date(2026, 11, 3), 9)
    with pytest.raises(MonthRuns):
        services.reports.close_month(month="2026-11", now=datetime(2026, 11, 30, 21, tzinfo=UTC), who=WHO)
    with pytest.raises(BadValue):
        services.reports.close_month(month="2026-13", now=LATER, who=WHO)
    closed_at = datetime(2026, 12, 2, 10, tzinfo=UTC)
    before = made(services, "attendance", as_of=closed_at)
    services.reports.close_month(month="2026-11", now=closed_at, who=WHO)
    services.reports.close_month(month="2026-11", now=closed_at + timedelta(days=1), who=WHO)
    [closing] = services.reports.closings(LATER)
    assert (closing.month, closing.figures["people"], closing.who) == ("2026-11", 9, WHO)
    [session] = services.gatherings.sessions_on(date(2026, 11, 3))
    services.attendance.correct(
        session_id=session.id, adults=12, children=0, reason="paper list", now=LATER - timedelta(days=9), who=WHO
    )
    after = rows(made(services, "attendance"), "months")
    assert after["November 2026"] == rows(before, "months")["November 2026"]
    assert after["Correction of November 2026"][1] == 3
    assert after["Total"][1] == 12
    then = made(services, "attendance", as_of=closed_at)
    assert then.tables[: len(before.tables)] == before.tables
    assert made(services, "attendance", as_of=closed_at - timedelta(seconds=1)).tables == before.tables


def test_every_kind_has_a_report() -> None:
    assert tuple(BUILDERS) == KINDS


def sums_hold(table: Table) -> bool:
    if table.total is None:
        return True
    numbers = [at for at, column in enumerate(table.columns) if column.added]
    return all(sum(row[at] or 0 for row in table.rows) == table.total[at] for at in numbers if not hides(table, at))  # type: ignore[misc]


def hides(table: Table, at: int) -> bool:
    return any(isinstance(row[at], Hidden | str) for row in (*table.rows, table.total or ()))


@rounds(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(("visit", "item", "give", "withdraw")), st.integers(0, 70), st.integers(1, 6)),
        max_size=25,
    )
)
def test_totals_are_the_sums_of_their_rows_and_the_same_again(
    services: Services, happenings: list[tuple[str, int, int]]
) -> None:
    items: list[str] = []
    for what, day, number in happenings:
        now = datetime(2026, 10, 10, 12, tzinfo=UTC) + timedelta(days=day)
        if what == "visit":
            come(services, now.date(), number)
        elif what == "item":
            items.append(
                services.goods.add(now=now, who=WHO, category="kitchen", names={"fi": "x"}, quantity=number).id
            )
        elif items and services.goods.item(items[-1], now).state == "available":
            if what == "give":
                services.tickets.give(item_id=items[-1], language="fi", now=now, who=WHO)
            else:
                services.shelf.withdraw(item_id=items.pop(), reason="broken", now=now, who=WHO)
    for kind in KINDS:
        report = made(services, kind, date(2026, 10, 1), date(2026, 12, 31))
        assert all(map(sums_hold, report.tables)), kind
        assert report == made(services, kind, date(2026, 10, 1), date(2026, 12, 31))
