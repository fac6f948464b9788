"""Single dates of a series in calendar files: moved, with other words, without their series, from one on."""

from __future__ import annotations

from kiosk.services import Services
from kiosk.services.programme.calendar_errors import CalledOff, FollowingMoved, SeriesMissing
from kiosk.services.programme.calendar_files import OverAlready
from tests.services.outside import HELSINKI, WEEKLY, changed, held, kinds, no_series
from tests.services.programme.test_calendar_files import bring, event

__all__ = ["no_series"]


def test_one_date_of_a_series_is_taken_without_the_series(services: Services) -> None:
    alone = changed("r1", "20261208T130000", "20261208T140000", "20261208T150000", SUMMARY="Vierailija Kelasta")
    assert bring(services, alone).taken == ("Vierailija Kelasta",)
    assert held(services) == ["08.12 14:00-15:00 Vierailija Kelasta"]
    assert bring(services, alone).known == 1
    # the series comes later: the date stays the one that is here
    master = event("r1", **WEEKLY, RRULE="FREQ=WEEKLY;COUNT=3")
    assert bring(services, master, alone).taken == ("Choir",)
    assert held(services) == [
        "01.12 13:00-15:00 Choir",
        "08.12 14:00-15:00 Vierailija Kelasta",
        "15.12 13:00-15:00 Choir",
    ]


def test_one_date_alone_that_is_off_or_over_is_named(services: Services) -> None:
    answer = bring(
        services,
        changed("a", "20261208T130000", "20261208T130000", "20261208T150000", STATUS="CANCELLED"),
        changed("b", "20261103T130000", "20261103T130000", "20261103T150000"),
        changed("c", "20261208T130000", "20261208T130000", "20261208T150000").replace(
            "RECURRENCE-ID;", "RECURRENCE-ID;RANGE=THISANDFUTURE;"
        ),
    )
    assert kinds(answer) == [("Choir", CalledOff), ("Choir", OverAlready), ("Choir", SeriesMissing)]


def following(recurrence: str, start: str, end: str, **said: str) -> str:
    return changed("r3", recurrence, start, end, **said).replace("RECURRENCE-ID;", "RECURRENCE-ID;RANGE=THISANDFUTURE;")


def test_from_a_date_on_all_sessions_move(services: Services) -> None:
    master = event("r3", **WEEKLY, RRULE="FREQ=WEEKLY;BYDAY=TU;COUNT=6", **{f"EXDATE;{HELSINKI}": "20261222T130000"})
    from_third = following("20261215T130000", "20261215T100000", "20261215T120000")
    fifth = changed("r3", "20261229T130000", "20261230T090000", "20261230T100000")
    assert bring(services, master, fifth, from_third).left == ()
    assert held(services) == [
        "01.12 13:00-15:00 Choir",
        "08.12 13:00-15:00 Choir",
        "15.12 10:00-12:00 Choir",
        "30.12 09:00-10:00 Choir (moved)",
        "05.01 10:00-12:00 Choir",
    ]
    again = bring(services, master, fifth, from_third)
    assert (again.taken, again.known, again.left) == ((), 1, ())


def test_from_a_date_on_the_day_changes_too(services: Services) -> None:
    master = event("r3", **WEEKLY, RRULE="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270112T235959Z")
    bring(services, master, following("20261215T130000", "20261217T180000", "20261217T190000", SUMMARY="Kuoro"))
    assert held(services) == [
        "01.12 13:00-15:00 Choir",
        "17.12 18:00-19:00 Kuoro",
        "31.12 18:00-19:00 Kuoro",
        "14.01 18:00-19:00 Kuoro",
    ]


def test_from_the_first_date_on_and_to_the_end(services: Services) -> None:
    master = event("r3", **WEEKLY, RRULE="FREQ=WEEKLY;COUNT=4")
    first = following("20261201T130000", "20261201T120000", "20261201T130000")
    ends = following("20261215T130000", "20261215T130000", "20261215T150000", STATUS="CANCELLED")
    assert bring(services, master, first, ends).taken == ("Choir",)
    assert held(services) == ["01.12 12:00-13:00 Choir", "08.12 12:00-13:00 Choir"]


def test_what_cannot_follow_is_named_and_the_series_kept(services: Services) -> None:
    master = event("r3", **WEEKLY, RRULE="FREQ=MONTHLY;BYDAY=1TU;COUNT=3")
    answer = bring(services, master, following("20270105T130000", "20270107T130000", "20270107T150000"))
    assert kinds(answer) == [("Choir", FollowingMoved)]
    assert [text[:5] for text in held(services)] == ["01.12", "05.01", "02.02"]


def test_the_same_time_is_not_moved_and_new_words_are_kept(services: Services) -> None:
    master = event("r2", **WEEKLY, SUMMARY="Kahvit", RRULE="FREQ=WEEKLY;COUNT=3")
    raffle = changed("r2", "20261208T130000", "20261208T130000", "20261208T150000", SUMMARY="Kahvit ja arpajaiset")
    same = changed("r2", "20261215T130000", "20261215T130000", "20261215T150000", SUMMARY="Kahvit")
    assert bring(services, master, raffle, same).left == ()
    assert held(services) == [
        "01.12 13:00-15:00 Kahvit",
        "08.12 13:00-15:00 Kahvit ja arpajaiset",
        "15.12 13:00-15:00 Kahvit",
    ]
    again = bring(services, master, raffle, same)
    assert (again.taken, again.known, again.left) == ((), 1, ())


def test_a_broken_exception_does_not_take_the_others_along(services: Services) -> None:
    master = event("r", **WEEKLY, RRULE="FREQ=WEEKLY;COUNT=4")
    odd = changed("r", "20261208T130000", "20261209T130000", "20261212T150000", SUMMARY="Choir")
    good = changed("r", "20261215T130000", "20261216T130000", "20261216T150000")
    strange = changed("r", "20261210T130000", "20261210T090000", "20261210T100000", SUMMARY="Extra")
    answer = bring(services, master, odd, good, strange)
    assert [name for name, _ in kinds(answer)] == ["Choir"]
    assert held(services) == [
        "01.12 13:00-15:00 Choir",
        "08.12 13:00-15:00 Choir",
        "10.12 09:00-10:00 Extra",
        "16.12 13:00-15:00 Choir (moved)",
        "22.12 13:00-15:00 Choir",
    ]


def test_a_session_moved_to_the_past_does_not_stay(services: Services) -> None:
    master = event("r", **WEEKLY, RRULE="FREQ=WEEKLY;COUNT=2")
    bring(services, master, changed("r", "20261208T130000", "20261110T130000", "20261110T150000"))
    assert [text[:5] for text in held(services)] == ["01.12"]


def test_an_old_series_whose_last_date_is_to_come(services: Services) -> None:
    old = event(
        "r",
        **{f"DTSTART;{HELSINKI}": "20261006T130000", f"DTEND;{HELSINKI}": "20261006T150000"},
        RRULE="FREQ=WEEKLY;COUNT=3",
    )
    answer = bring(services, old, changed("r", "20261020T130000", "20261202T130000", "20261202T150000"))
    assert kinds(answer) == [("Choir", OverAlready)]
    assert held(services) == ["02.12 13:00-15:00 Choir"]
