"""The years before the kiosk: tables of any program, guessed columns, and nothing counted twice or by half."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.data import new_id
from kiosk.errors import KioskError
from kiosk.files.tables import BadTable, EmptyTable, GoneTable, LargeTable, parse_table, read_table
from kiosk.journal.entries import verify_chain
from kiosk.services import Services
from kiosk.services.desk.earlier_columns import KINDS, HeadedTable, guess, with_head
from kiosk.services.desk.earlier_years import Plan
from kiosk.services.goods.cells import NoGroup
from kiosk.services.goods.days import day_of
from tests.services.conftest import NOW

FINNISH = "Pvm;Tapahtuma;Henkilöt;Lapset;Ensikertaa;Kieli\r\n7.1.2025;Tiistaikahvit;31;9;4;\r\nti 14.1.2025;tiistaikahvit;28;;;\r\n"


def plan(services: Services, table: HeadedTable, **values: Any) -> Plan:
    found = guess(table)
    return services.earlier.plan(
        table=table, now=NOW, **{"kind": found.kind, "columns": found.columns, "gathering": "coffee"} | values
    )


def bring(services: Services, text: str, **values: Any) -> tuple[int, Plan]:
    found = plan(services, headed(text.encode(), "x.csv"), **values)
    return services.earlier.bring_in(plan=found, now=NOW, who="shell"), found


def headed(data: bytes, name: str) -> HeadedTable:
    return with_head(parse_table(data, name))


def xlsx(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_of_any_program(encoding: str, delimiter: str) -> None:
    text = FINNISH.replace(";", delimiter)
    table = headed(text.encode(encoding), "x.csv")
    assert table.head == ("Pvm", "Tapahtuma", "Henkilöt", "Lapset", "Ensikertaa", "Kieli")
    assert [number for number, _ in table.rows] == [2, 3]
    assert guess(table).columns == {
        "day": 0, "gathering": 1, "people": 2, "children": 3, "first_visits": 4, "language": 5,
    }  # fmt: skip


def test_xlsx_with_real_dates_and_numbers() -> None:
    data = xlsx(["Дата", "Категорія", "Отримано", "Видано"], [datetime(2024, 5, 2), "одяг", 12.0, 3], [None], [])
    table = headed(data, "x.xlsx")
    assert table.rows == ((2, ("2024-05-02", "одяг", "12", "3")),)
    found = guess(table)
    assert (found.kind, found.columns) == ("goods", {"day": 0, "category": 1, "taken_in": 2, "given": 3})


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("Date,Event,Visits,First visits,Group", ["day", "gathering", "visits", "first_visits", "group"]),
        ("Päivämäärä,Uusia kävijöitä,Kävijät,Kohderyhmä", ["day", "first_visits", "people", "group"]),
        ("Дата,Захід,Дорослих,Дітей,Мова", ["day", "gathering", "adults", "children", "language"]),
        ("Day,Category,In,Out", ["day", "category", "taken_in", "given"]),
        ("Nimi,Arvo", []),
    ],
)
def test_columns_are_guessed_by_their_heads(head: str, wanted: list[str]) -> None:
    found = guess(headed(f"{head}\na,b,c,d,e\n".encode(), "x.csv")).columns
    assert [field for field, _ in sorted(found.items(), key=lambda one: one[1])] == wanted


def test_a_column_of_dates_is_the_day() -> None:
    assert guess(headed(b"A;B\n1.2.2024;3\n8.2.2024;5\n", "x.csv")).columns == {"day": 0}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-11-05", date(2024, 11, 5)), ("5.11.2024", date(2024, 11, 5)), ("5/11/24", date(2024, 11, 5)),
        ("5. marraskuuta 2024", date(2024, 11, 5)), ("tiistaina 5. marraskuuta 2024", date(2024, 11, 5)),
        ("den 5 november 2024", date(2024, 11, 5)), ("5 листопада 2024 р.", date(2024, 11, 5)), ("November 5, 2024", date(2024, 11, 5)),
        ("45601", date(2024, 11, 5)), ("5.11.2024 klo 13–15", date(2024, 11, 5)), ("20241105", date(2024, 11, 5)),
        ("5. marrask. 2024", date(2024, 11, 5)), ("05-Nov-24", date(2024, 11, 5)), ("tisdag den 5 november 2024 kl. 13", date(2024, 11, 5)),
        ("ti 5.11.2024", date(2024, 11, 5)), ("2024-11-05 13:00", date(2024, 11, 5)), ("вт, 5.11.2024", date(2024, 11, 5)),
    ],
)  # fmt: skip
def test_dates_as_people_write_them(text: str, day: date) -> None:
    assert day_of(text) == day


def test_attendance_comes_in_and_shows_in_the_totals(services: Services) -> None:
    added, found = bring(services, FINNISH)
    assert (added, found.people, found.known, found.errors) == (2, 59, 0, ())
    first, second = services.attendance.totals(date(2025, 1, 1), date(2025, 1, 31))
    assert (first.people, first.adults, first.children, first.first_visits, first.visits) == (31, 22, 9, 4, 31)
    assert (second.people, second.adults, second.names["en"]) == (28, 28, "Tuesday coffee meeting")
    assert services.attendance.by_way(first.session_id)["imported"] == 31
    assert services.attendance.count(first.session_id).people == 31
    who, payload = services.store.db.execute_sql(
        "SELECT who, payload FROM journal WHERE kind = 'attendance.imported'"
    ).fetchone()
    entry = json.loads(payload)
    assert (who, entry["source"], len(entry["source"])) == ("shell", found.source, 64)
    assert entry["rows"][0]["session"] == "coffee:2025-01-07:1300"
    assert entry["rows"][0]["starts_at"] == "2025-01-07T11:00:00.000000Z"
    verify_chain(services.store.db)


def test_a_workbook_with_a_sheet_for_each_month_names_those_that_are_not_read(services: Services) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for month in (1, 2, 3):
        sheet = book.active if month == 1 else book.create_sheet(f"2025-{month}")
        sheet.append(["Pvm", "Henkilöt"])
        sheet.append([datetime(2025, month, 7), 3])
    book.save(out)
    found = plan(services, headed(out.getvalue(), "x.xlsx"))
    assert found.people == 3
    assert [str(notice) for notice in found.notices] == [
        "Only one sheet of a file is read. These sheets were not read: 2025-2, 2025-3. Save each as a file of its own."
    ]


def test_reports_count_what_came_in(services: Services) -> None:
    bring(services, FINNISH)
    services.reports.close_month(month="2025-01", now=NOW, who="shell")  # groups and ways are told of closed months
    report = services.reports.build(
        kind="attendance", first=date(2025, 1, 1), last=date(2025, 1, 31), as_of=NOW, language="en"
    )
    tables = {table.key: table for table in report.tables}
    assert tables["sessions"].total[-3:] == (59, 59, 4)  # type: ignore[index]
    assert tables["sessions"].rows[0][2] == "Tuesday coffee meeting"
    [row] = tables["ways"].rows
    assert 59 in row
    assert "From earlier lists" in [column.title for column in tables["ways"].columns]


def test_the_same_twice_adds_nothing(services: Services) -> None:
    bring(services, FINNISH)
    length = services.store.db.execute_sql("SELECT count(*) FROM journal").fetchone()
    added, found = bring(services, FINNISH.replace(";", "\t") + "21.1.2025\tTiistaikahvit\t5\t\t\t\n")
    assert (added, found.known) == (1, 2)
    stale = plan(services, headed(FINNISH.encode(), "x"))
    assert (stale.known, services.earlier.bring_in(plan=found, now=NOW, who="shell")) == (2, 0)
    assert services.store.db.execute_sql("SELECT count(*) FROM journal").fetchone() == (length[0] + 1,)


def test_parts_by_language_and_group_and_a_gathering_of_its_own(services: Services) -> None:
    text = (
        "date,event,people,language,group\n2024-03-05,Sewing,6,uk,Lapsiperheet\n2024-03-05,Sewing,4,suomi,Ikäihmiset\n"
    )
    bring(services, text)
    [total] = services.attendance.totals(date(2024, 3, 1), date(2024, 3, 31))
    assert (total.names, total.people) == ({"fi": "Sewing"}, 10)
    assert (total.languages, total.groups) == ({"fi": 4, "uk": 6}, {"family": 6, "older": 4})
    assert [session.gathering_id for session in services.gatherings.sessions_on(date(2024, 3, 5))] == ["coffee"]


def test_a_cell_with_several_groups_counts_in_each_of_them(services: Services) -> None:
    text = "date;people;group\n2024-03-05;6;Perheet, ukrainalaiset\n2024-03-05;4;Ikäihmiset\n2024-03-05;3;Martians, young\n"
    _added, found = bring(services, text)
    assert [(error.row, type(error.error)) for error in found.errors] == [(4, NoGroup)]
    [total] = services.attendance.totals(date(2024, 3, 1), date(2024, 3, 31))
    assert (total.people, total.groups) == (10, {"family": 6, "ukrainian": 6, "older": 4})


def test_goods_come_in_with_equal_rows_counted_once_a_file(services: Services) -> None:
    text = "day;category;in;out\n2.5.2024;Clothes;5;0\n2.5.2024;vaatteet;5;\n3.5.2024;меблі;;2\n"
    added, found = bring(services, text)
    assert (added, found.pieces) == (3, (10, 2))
    assert bring(services, text)[0] == 0
    assert bring(services, text + "2.5.2024;clothes;5;0\n")[0] == 1
    rows = services.store.db.execute_sql("SELECT category, sum(taken_in), sum(given) FROM earlier_goods GROUP BY 1")
    assert rows.fetchall() == [("clothes", 15, 0), ("furniture", 0, 2)]


def test_every_wrong_row_says_why_and_the_good_ones_stay(services: Services) -> None:
    session = "coffee:2026-11-24:1300"
    services.attendance.check_in(visit_id=new_id(NOW), session_id=session, language="fi", now=NOW)
    rows = [
        ("31.2.2024;1;;;;;", "NoDay"), ("2.1.2030;1;;;;;", "NoDay"), ("2.1.2024;x;;;;;", "NoCount"),
        ("2.1.2024;-5;;;;;", "NoCount"), ("2.1.2024;;;;;;", "NoCount"), ("2.1.2024;5;3;1;;;", "NotTheSum"),
        ("2.1.2024;5;;;9;;", "TooManyVisits"), ("2.1.2024;5;;;;Klingon;", "NoLanguage"),
        ("2.1.2024;5;;;;;kings", "NoGroup"), ("24.11.2026;5;;;;;", "CountedHere"), ("9.1.2024;5;;;;;", ""),
        ("9.1.2024;6;;;;;", "CountedOtherwise"), ("9.1.2024;2;;;;fi;", "TotalAndParts"),
    ]  # fmt: skip
    text = "pvm;henkilöt;aikuiset;lapset;ensikertaa;kieli;ryhmä\n" + "\n".join(row for row, _ in rows)
    added, found = bring(services, text)
    told = {error.row: type(error.error).__name__ for error in found.errors}
    assert told == {number: name for number, (_, name) in enumerate(rows, 2) if name}
    assert "Klingon" in str(found.errors[7].error)
    assert (added, found.people) == (1, 5)


def test_without_the_needed_columns_nothing_is_planned(services: Services) -> None:
    table = headed(b"pvm;x\n1.2.2024;3\n", "x")
    for columns in ({}, {"day": 0}, {"people": 1}):
        with pytest.raises(KioskError, match="which column"):
            plan(services, table, kind="attendance", columns=columns)
    found = plan(services, table, kind="attendance", columns={"day": 0, "people": 1}, gathering="")
    assert str(found.errors[0].error) == "Choose which event it was."


def said(found: Plan) -> tuple[int, list[tuple[int, str]]]:
    return found.people, [(one.row, type(one.error).__name__) for one in (*found.left_out, *found.errors)]


@pytest.mark.parametrize(
    ("text", "people", "told"),
    [
        # A title and an empty line above, a total under it.
        (
            "Kävijät 2024\n\npvm;aikuiset;lapset\n5.11.2024;12;7\n12.11.2024;9;4\nYhteensä;21;11\n",
            32,
            [(6, "TotalRow")],
        ),
        ("Дата;Дорослі;Діти\n05.11.2024;12;7\nРазом:;12;7\n", 19, [(3, "TotalRow")]),
        # A total that has no name, and a note.
        ("pvm;henkilöt\n5.11.2024;12\n12.11.2024;9\n;21\nLaatinut Anna;\n", 21, [(4, "TotalRow"), (5, "NoteRow")]),
        ("pvm;henkilöt\n5.11.2024;12\n12.11.2024;9\n;20\n", 21, [(4, "NoDay")]),
        # A head in two rows, with and without cells that reach over others.
        ("Päivä;Kävijät;\n;Aikuiset;Lapset\n5.11.2024;12;7\n", 19, []),
        ("Day;Visitors;Visitors\n;Adults;Children\n2024-11-05;12;7\n", 19, []),
        # A day that is said once for several rows.
        ("pvm;tapahtuma;henkilöt\n5.11.2024;Kahvi;19\n;Kielikahvila;8\n12.11.2024;Kahvi;13\n", 40, []),
        # The numbers by which a spreadsheet counts days, long dates, times.
        ("pvm;henkilöt\n45601;19\n5. joulukuuta 2024;8\nto 12.12.2024 klo 13.00;4\n", 31, []),
        ("Datum;Deltagare\nden 5 november 2024;19\n", 19, []),
        ("pvm;henkilöt\n5.11.2024;1 188\n", 1188, []),
        ("pvm;henkilöt\n5.11.2024;=?\n", 0, [(2, "NoResult")]),
    ],
)
def test_tables_as_offices_write_them(services: Services, text: str, people: int, told: list[tuple[int, str]]) -> None:
    table = headed(text.encode(), "x.csv")
    assert said(plan(services, table)) == (people, told)


def test_a_column_of_numbers_that_is_not_counted_is_told(services: Services) -> None:
    found = plan(services, headed(b"pvm;henkil\xc3\xb6t;;Talkoolaiset;Huom\n5.11.2024;12;7;3;kiva\n", "x"))
    assert [str(notice) for notice in found.notices] == [
        "The numbers of this column are not counted: C",
        "The numbers of this column are not counted: Talkoolaiset",
    ]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 9_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyTable), (b"a;b\n", EmptyTable), (b"\xd0\xcf\x11\xe0rest", BadTable), (b"PK\x03\x04nothing", BadTable),
        (b"a\x00b\n1\n", BadTable), (bytes(range(1, 256)) * 2, BadTable), (bomb(), LargeTable), (b"a\n" * 50_002, LargeTable),
        (b'a\n"' + b"x" * 200_000, BadTable),
    ],
)  # fmt: skip
def test_what_is_no_table_is_told(data: bytes, error: type[BadTable]) -> None:
    with pytest.raises(BadTable) as told:
        headed(data, "x")
    assert type(told.value) is error


def test_entities_and_far_cells_do_no_harm(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["pvm", "=HYPERLINK(1)"])
    book.active.append(["1.2.2024", 3])
    book.active["XFD1048576"] = "far"
    book.save(tmp_path / "far.xlsx")
    with pytest.raises(LargeTable):
        read_table(tmp_path / "far.xlsx")
    out, evil = io.BytesIO(), b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with zipfile.ZipFile(tmp_path / "far.xlsx") as source, zipfile.ZipFile(out, "w") as target:
        for part in source.namelist():
            text = source.read(part)
            target.writestr(part, text.replace(b"<worksheet", evil + b"<worksheet", 1))
    with pytest.raises(BadTable):
        headed(out.getvalue(), "x")
    with pytest.raises(GoneTable):
        read_table(tmp_path / "gone.csv")


heads = st.sampled_from(["pvm", "Henkilöt", "kieli", "in", "category", "x", "", "=1", "дата", "out", "aikuiset"])
cells = st.sampled_from(
    ["1.2.2024", "2024-02-30", "5", "-1", "fi", "clothes", "", "99999999999", "١٢", "1.2.24\n", '"']
)
tables = st.lists(st.lists(cells, max_size=6), max_size=6).flatmap(
    lambda rows: st.tuples(st.lists(heads, max_size=6), st.sampled_from(";,\t")).map(
        lambda how: "\n".join(how[1].join(row) for row in [how[0], *rows]).encode()
    )
)
some_columns = st.one_of(st.none(), st.tuples(st.sampled_from(sorted(KINDS)), st.randoms(use_true_random=False)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.binary(max_size=200), st.binary(max_size=100).map(b"PK\x03\x04".__add__), tables), some_columns)
def test_no_bytes_crash_it_and_nothing_comes_in_by_half(services: Services, data: bytes, chosen: Any) -> None:
    def count() -> int:
        sql = "SELECT (SELECT count(*) FROM earlier_count) + (SELECT count(*) FROM earlier_goods)"
        return int(services.store.db.execute_sql(sql).fetchone()[0])

    before = count()
    try:
        table = headed(data, "x")
        found = guess(table)
        kind, columns = found.kind, found.columns
        if chosen:
            kind = chosen[0]
            columns = {field: chosen[1].randrange(len(table.head) + 1) for field in KINDS[kind]}
        made = services.earlier.plan(table=table, kind=kind, columns=columns, now=NOW, gathering="coffee")
    except KioskError:
        assert count() == before
        return
    assert count() == before
    assert services.earlier.bring_in(plan=made, now=NOW, who="shell") == len(made.rows)
    assert count() == before + len(made.rows)
    again = services.earlier.plan(table=table, kind=kind, columns=columns, now=NOW, gathering="coffee")
    assert (again.rows, again.known) == ((), made.known + len(made.rows))


def test_a_large_table_is_said_in_entries_that_the_hub_takes(services: Services) -> None:
    days = [date(2025, 1, 1).toordinal() + number for number in range(300)]
    lines = [f"{date.fromordinal(day)};Coffee of group {group};12;3" for day in days for group in range(6)]
    added, _plan = bring(services, "\n".join(["Pvm;Tapahtuma;Henkilöt;Lapset", *lines]))
    assert added == 1800
    sql = "SELECT length(payload), json_array_length(payload, '$.rows') FROM journal WHERE kind = 'attendance.imported'"
    said = services.store.db.execute_sql(sql).fetchall()
    assert sum(rows for _length, rows in said) == 1800
    assert max(length for length, _rows in said) <= 65_536
    assert len(said) < 20
