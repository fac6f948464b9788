"""Tables of earlier years with the habits of the people who kept them: taken whole, or told row by row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.services import Services
from kiosk.services.desk.earlier_columns import guess, open_table
from kiosk.services.desk.earlier_years import SpreadOut
from kiosk.services.goods.days import NoDay, day_of, first_of_month
from tests.services.conftest import NOW
from tests.services.desk.test_earlier_years import headed, plan, said
from tests.services.goods.test_goods_habits import book


@pytest.mark.parametrize(
    "text",
    [
        "«5» листопада 2024 р.", "05.11.2024 р.", "вівторок, 5 листопада 2024 року", "5 лист. 2024", "5/11 2024", "5.11.-24",
        "tisdag 5:e november 2024", "5th of November, 2024", "5.11.2024 (ti)", "5.11.2024, tiistai", "5 .11. 2024", "5.11.2024.",
        "5.–7.11.2024", "5.-7.11.2024", "5.11.–2.12.2024", "5-7.11.2024", "ti 5.11.2024 klo 13–16", "5.11.2024 13.00-16.00",
    ],
)  # fmt: skip
def test_more_dates_as_people_write_them(text: str) -> None:
    """Of several days it is the first."""
    assert day_of(text) == date(2024, 11, 5)


@pytest.mark.parametrize("text", ["5.11.2024 kahvit", "vk 45/2024", "2024-W45", "11/2024", "marraskuu 2024", "2024"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(NoDay):
        day_of(text)


@pytest.mark.parametrize(
    "text", ["11/2024", "11.2024", "2024-11", "marraskuu 2024", "november 2024", "листопад 2024 р."]
)
def test_months(text: str) -> None:
    assert first_of_month(text) == date(2024, 11, 1)


def days(services: Services, text: str, **values: Any) -> list[str]:
    found = plan(services, headed(text.encode(), "x.csv"), **values)
    assert not found.errors, [str(one.error) for one in found.errors]
    return [row.day.isoformat() for row in found.rows]


def test_american_dates_are_told_by_those_that_have_no_other_reading(services: Services) -> None:
    assert days(services, "Date,People\n11/05/2024,9\n11/19/2024,8\n") == ["2024-11-05", "2024-11-19"]
    assert days(services, "Date,People\n11/05/2024,9\n12/05/2024,8\n") == ["2024-05-11", "2024-05-12"]
    found = plan(services, headed(b"Date,People\n13/05/2024,9\n11/19/2024,8\n", "x.csv"))
    assert [one.row for one in found.errors] == [3]


def test_a_year_that_is_said_once(services: Services) -> None:
    assert days(services, "Kävijät 2024;\nPvm;Henkilöt\n2.1.;12\nti 9.1. klo 13;10\n16. tammikuuta;3\n") == [
        "2024-01-02", "2024-01-09", "2024-01-16",
    ]  # fmt: skip
    assert days(services, "Pvm;Henkilöt\n30.1.2024;12\n6.2.;10\n")[1] == "2024-02-06"
    found = plan(services, headed("Vuodet 2023 ja 2024;\nPvm;Henkilöt\n2.1.;12\n".encode(), "x.csv"))
    assert [type(one.error) for one in found.errors] == [NoDay]


def test_the_year_of_a_sheet(services: Services, tmp_path: Path) -> None:
    book(tmp_path / "k.xlsx", {"Vuosi 2023": [["Pvm", "Hlö"], ["2.1.", 12]]})
    table = open_table(tmp_path / "k.xlsx")
    assert [row.day for row in plan(services, table).rows] == [date(2023, 1, 2)]


@pytest.mark.parametrize(
    ("january", "february", "year"),
    [
        ("Tammikuu yhteensä", "Helmikuu yht.", "Koko vuosi"), ("Tammikuu", "Helmikuu", "2024"), ("1/2024", "2/2024", "Vuosi"),
        ("Разом за січень", "Разом за лютий", "Усього"), ("Januari", "Februari", "Summa 2024"),
    ],
)  # fmt: skip
def test_sums_of_each_month(services: Services, january: str, february: str, year: str) -> None:
    text = f"Pvm;Henkilöt;Lapset\n2.1.2024;12;3\n9.1.2024;10;2\n{january};22;5\n6.2.2024;9;1\n{february};9;1\n{year};31;6\n"
    found = plan(services, headed(text.encode(), "x.csv"))
    assert said(found) == (31, [(4, "TotalRow"), (6, "TotalRow"), (7, "TotalRow")])


def test_a_month_whose_number_is_no_sum_stays_wrong(services: Services) -> None:
    found = plan(services, headed("Pvm;Henkilöt\n2.1.2024;12\nTammikuu;13\n2.2.2O24;12\n".encode(), "x.csv"))
    assert said(found) == (12, [(3, "NoDay"), (4, "NoDay")])


def test_a_row_that_stands_twice_is_told(services: Services) -> None:
    text = "pvm;henkilöt\n5.3.2024;12\n5.3.2024;12\nPvm;Henkilöt\n"
    found = plan(services, headed(text.replace("Pvm;H", "pvm;h").encode(), "x.csv"))
    assert said(found) == (12, [(3, "SameRow"), (4, "NoteRow")])
    services.earlier.bring_in(plan=found, now=NOW, who="shell")
    again = plan(services, headed(text.encode(), "x.csv"))
    assert (again.known, len(again.rows)) == (1, 0)


@pytest.mark.parametrize(
    "text",
    [
        "Kävijät 2024;;\nTapahtuma;Tammi;Helmi\nKahvit;31;28\n", "Tapahtuma;2.1.2024;9.1.2024\nKahvit;12;15\n",
        "Захід;січень;лютий\nКава;31;28\n",
    ],
)  # fmt: skip
def test_days_or_months_as_columns_are_told(services: Services, text: str) -> None:
    with pytest.raises(SpreadOut):
        plan(services, headed(text.encode(), "x.csv"))


def test_goods_of_a_month_and_mostly_dates(services: Services) -> None:
    text = (
        "Kuukausi;Tavararyhmä;Saatu kpl;Luovutettu\n1/2024;Vaatteet;120;80\nhelmikuu 2024;Lelut;5;4\nYhteensä;;125;84\n"
    )
    found = plan(services, headed(text.encode(), "x.csv"))
    assert [(str(row.day), row.category) for row in found.rows] == [("2024-01-01", "clothes"), ("2024-02-01", "toys")]  # type: ignore[union-attr]
    table = headed(b"Aika;Henkil\xc3\xb6t\n5.3.2024;12\nvk 37;1\n12.3.2024;3\n", "x.csv")
    assert guess(table).columns["day"] == 0


def test_instructions_before_the_table(services: Services, tmp_path: Path) -> None:
    book(
        tmp_path / "k.xlsx",
        {
            "Ohje": [["Täytä kävijät joka kerralta."], ["Kysy Annalta."], ["Pvm muodossa pp.kk.vvvv"]],
            "Tammi": [["Pvm", "Kävijät"], ["2.1.2024", 12]],
            "Helmi": [["Pvm", "Kävijät"], ["6.2.2024", 9]],
        },
    )
    found = plan(services, open_table(tmp_path / "k.xlsx"))
    assert (found.people, "Ohje, Helmi" in str(found.notices[0])) == (12, True)


@pytest.mark.parametrize(
    ("heads", "row", "field"),
    [("Date,Visitors", "5.11.2024,12", "people"), ("Date,Guests", "5.11.2024,12", "people"), ("Kuukausi,Luokka,Otettu vastaan", "11/2024,Lelut,30", "taken_in")],
)  # fmt: skip
def test_more_heads_of_earlier_years(tmp_path: Path, heads: str, row: str, field: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"{heads}\n{row}\n", encoding="utf-8")
    assert field in guess(open_table(file)).columns
