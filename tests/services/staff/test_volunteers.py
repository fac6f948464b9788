"""Volunteers: sealed names, hours to the quarter, corrections with a reason."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from kiosk.codes import Kind, new_code
from kiosk.errors import BadValue, ShiftClosed, ShiftOpen, UnknownCode
from kiosk.privacy.contact import BadText, PersonalId
from kiosk.privacy.sealing import KeyPair
from kiosk.services import Services, VolunteerView
from kiosk.services.staff.volunteers import PaperShift, is_forgotten
from tests.services.conftest import NOW, TODAY

WHO = "shell"


def register(services: Services, name: str = "Veikko Koivu") -> VolunteerView:
    return services.volunteers.register(name=name, now=NOW, who=WHO)


def sign_in(services: Services, volunteer: VolunteerView, *, of_age: bool = True) -> VolunteerView:
    return services.volunteers.sign_in(code=volunteer.code, task="kitchen", of_age=of_age, now=NOW)


def test_a_volunteer_has_a_number_and_a_sealed_name(services: Services, keys: KeyPair) -> None:
    first, second = register(services), register(services, "Oksana")
    assert (first.number, second.number, first.code[0]) == (1, 2, "V")
    details = services.help.open(request_id=first.request, private=keys.private, now=NOW, who=WHO)
    assert details["name"] == "Veikko Koivu"
    stored = b"".join(path.read_bytes() for path in services.store.folder.rglob("*") if path.is_file())
    assert b"Koivu" not in stored
    assert services.volunteers.by_number("2") == second
    for wrong in ("3", "", "two", "9" * 30):
        with pytest.raises(UnknownCode):
            services.volunteers.by_number(wrong)
    with pytest.raises(PersonalId):
        register(services, "131052-308T")


@pytest.mark.parametrize(
    ("minutes", "hours"), [(0, 0), (7, 0), (8, 0.25), (15, 0.25), (22, 0.25), (23, 0.5), (60, 1), (187, 3), (188, 3.25)]
)
def test_hours_are_whole_quarters(services: Services, minutes: int, hours: float) -> None:
    volunteer = register(services)
    sign_in(services, volunteer)
    shift = services.volunteers.sign_out(code=volunteer.code, now=NOW + timedelta(minutes=minutes))
    assert (shift.hours, shift.of_age, shift.machine_hours) == (hours, True, 0)


def test_one_shift_at_a_time(services: Services) -> None:
    volunteer = register(services)
    with pytest.raises(ShiftClosed):
        services.volunteers.sign_out(code=volunteer.code, now=NOW)
    assert sign_in(services, volunteer).shift is not None
    with pytest.raises(ShiftOpen):
        sign_in(services, volunteer)
    found = services.scan.look_up(volunteer.code, NOW)
    assert (found.kind, found.actions) == ("volunteer", ("sign_out",))
    with pytest.raises(UnknownCode):
        services.volunteers.by_code(new_code(Kind.VOLUNTEER))
    with pytest.raises(BadValue):
        services.volunteers.sign_in(code=register(services).code, task="sleeping", of_age=True, now=NOW)


def test_machine_hours_are_part_of_the_shift(services: Services) -> None:
    volunteer = register(services)
    sign_in(services, volunteer)
    with pytest.raises(BadValue):
        services.volunteers.sign_out(code=volunteer.code, machine_hours=5, now=NOW + timedelta(hours=2))
    shift = services.volunteers.sign_out(code=volunteer.code, machine_hours=1.5, now=NOW + timedelta(hours=2))
    assert (shift.hours, shift.machine_hours) == (2, 1.5)


def test_a_forgotten_sign_out_is_corrected_by_staff(services: Services) -> None:
    volunteer = register(services)
    sign_in(services, volunteer, of_age=False)
    tomorrow = NOW + timedelta(days=1)
    [shift] = services.volunteers.running()
    assert is_forgotten(shift, tomorrow)
    assert not is_forgotten(shift, NOW + timedelta(hours=3))
    with pytest.raises(BadText):
        services.volunteers.correct(shift_id=shift.id, hours=3, reason="", now=tomorrow, who=WHO)
    for hours in (-1, 25):
        with pytest.raises(BadValue):
            services.volunteers.correct(shift_id=shift.id, hours=hours, reason="Forgot", now=tomorrow, who=WHO)
    corrected = services.volunteers.correct(shift_id=shift.id, hours=3, reason="Forgot", now=tomorrow, who=WHO)
    assert (corrected.hours, corrected.ended_at, corrected.corrected) == (3, NOW + timedelta(hours=3), True)
    assert services.volunteers.running() == []
    assert [one.id for one in services.volunteers.ended_since(NOW)] == [shift.id]
    assert services.volunteers.by_code(volunteer.code).shift is None


def on_paper(number: int, volunteer: VolunteerView, **said: object) -> PaperShift:
    row = PaperShift(f"shift{number}", volunteer.id, "yard", True, date(2026, 11, 23), time(10), 2.5)
    return row._replace(**said)  # type: ignore[arg-type]


def test_a_paper_list_is_noted_at_once_and_counts_on_its_day(services: Services) -> None:
    aino, eino = register(services), register(services)
    rows = [on_paper(1, aino, machine_hours=1), on_paper(2, eino, of_age=False)]
    note = services.volunteers.note_paper
    assert note(rows=rows, now=NOW, who=WHO) == 2
    assert note(rows=rows, now=NOW, who=WHO) == 0  # the same list again
    first, second = sorted(services.volunteers.ended_since(NOW - timedelta(days=9)), key=lambda one: one.number)
    assert (first.hours, first.machine_hours, first.of_age, first.corrected) == (2.5, 1, True, False)
    assert (second.of_age, second.started_at.day) == (False, 23)
    services.reports.build(kind="talkoot", first=TODAY, last=TODAY, as_of=NOW, language="en")
    sql = "SELECT day, sum(shifts), sum(quarters), sum(machine) FROM ledger_shift GROUP BY day"
    assert services.store.db.execute_sql(sql).fetchall() == [("2026-11-23", 2, 20, 4)]
    [one, other] = services.volunteers.all(NOW)
    assert (one.hours, one.last, other.hours) == (2.5, date(2026, 11, 23), 2.5)


def test_a_paper_list_with_a_wrong_row_saves_none(services: Services) -> None:
    aino = register(services)
    for wrong in (
        {"hours": 0},
        {"hours": 25},
        {"machine_hours": 3},
        {"task": "sleeping"},
        {"day": date(2026, 11, 24), "start": time(9)},  # it would end in the future
        {"volunteer_id": "nobody"},
    ):
        rows = [on_paper(1, aino), on_paper(2, aino, **wrong)]
        with pytest.raises((BadValue, UnknownCode)):
            services.volunteers.note_paper(rows=rows, now=NOW, who=WHO)
    assert services.volunteers.ended_since(NOW - timedelta(days=9)) == []


def test_machine_hours_are_corrected_and_never_more_than_the_shift(services: Services) -> None:
    aino = register(services)
    services.volunteers.note_paper(rows=[on_paper(1, aino, machine_hours=2)], now=NOW, who=WHO)
    correct = services.volunteers.correct
    right = correct(shift_id="shift1", hours=3, machine_hours=0.5, reason="misread", now=NOW, who=WHO)
    assert (right.hours, right.machine_hours) == (3, 0.5)
    with pytest.raises(BadValue):
        correct(shift_id="shift1", hours=3, machine_hours=4, reason="misread", now=NOW, who=WHO)
