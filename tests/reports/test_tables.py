"""Reports for Excel and LibreOffice: read back as they read them, and on paper."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from openpyxl.utils import range_boundaries

from kiosk.reports import KINDS, Chart, ChartSeries, Column, Report
from kiosk.reports.files import to_bytes
from kiosk.reports.model import table
from kiosk.reports.wording import Say
from kiosk.services import Services
from tests.reports.test_files import EVIL, report
from tests.services.conftest import NOW


def book(made: Report) -> Any:
    return openpyxl.load_workbook(io.BytesIO(to_bytes(made, "xlsx")))


def chart(kind: str, weeks: int, series: int = 1) -> Chart:
    labels = tuple(f"W{week:02}" for week in range(1, weeks + 1))
    values = tuple(
        ChartSeries(f"S{number}", tuple(None if week == 3 else float(week * number) for week in range(weeks)))
        for number in range(1, series + 1)
    )
    return Chart(kind, f"{kind}{weeks}", f"{kind} {weeks}", labels, values, "h")  # type: ignore[arg-type]


def cells(workbook: Any, reference: str) -> list[Any]:
    sheet, _, place = reference.rpartition("!")
    first_column, first, last_column, last = range_boundaries(place.replace("$", ""))
    assert first_column == last_column
    found = workbook[sheet.strip("'").replace("''", "'")]
    return [found.cell(row, first_column).value for row in range(first, last + 1)]


CHARTS = (
    chart("bars", 53),
    chart("shares", 2),
    chart("lines", 60, 3),
    chart("bars", 21),
    chart("bars", 0),
    chart("lines", 1, 2),
)


def test_every_chart_shows_its_own_numbers() -> None:
    workbook = book(replace(report(), charts=CHARTS))
    for number, meant in enumerate(CHARTS, 1):
        sheet = workbook[f"Kaaviot {number}"]
        [drawn] = sheet._charts
        assert len(drawn.series) == len(meant.series)
        for series, said in zip(drawn.series, meant.series, strict=True):
            assert cells(workbook, series.tx.strRef.f) == [said.title]
            if meant.labels:
                assert cells(workbook, (series.cat.strRef or series.cat.numRef).f) == list(meant.labels)
                assert cells(workbook, series.val.numRef.f) == list(said.values)
        assert drawn.anchor._from.col > len(meant.series)  # beside the numbers, not over them
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)
        assert sheet.max_row == len(meant.labels) + 1
    assert book(replace(report(), charts=CHARTS[:1])).sheetnames[1] == "Kaaviot"


def test_every_sheet_is_for_paper() -> None:
    made = report(rows=60)
    assert made.project is not None
    workbook = book(replace(made, charts=CHARTS, project=replace(made.project, name="Yhdessä & lähellä")))
    for sheet in workbook:
        assert sheet.page_setup.paperSize == 9
        left, right = sheet.oddFooter.left, sheet.oddFooter.right
        assert left.text.strip() == "273535  Yhdessä && lähellä  ·  Osallistujat"
        assert right.text.strip() == "&P/&N"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.page_setup.fitToHeight == (None if sheet._charts else 0)
    wide, narrow = workbook.worksheets[-2:]
    assert wide.print_title_rows == narrow.print_title_rows == "$1:$3"
    assert (wide.page_setup.orientation, narrow.page_setup.orientation) == ("landscape", "portrait")
    assert wide.row_dimensions[5].height == 24


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["Ihmiset näytön kielen mukaan jaoteltuina"], ["Ihmiset näytön kielen mukaan …"]),
        (["Kg: [1/2] \\ a*b?"], ["Kg 1 2 a b"]),
        (["Alle", "alle", "ALLE"], ["Alle", "alle 2", "ALLE 3"]),
        (["Kansainvälisyysyhteistyöneuvottelukunta"], ["Kansainvälisyysyhteistyöneuvott"]),
        (["'?'"], ["-"]),
        (["Ihmiset näytön kielen mukaan yy"] * 2, ["Ihmiset näytön kielen mukaan yy", "Ihmiset näytön kielen … 2"]),
    ],
)
def test_names_of_sheets_end_with_a_whole_word(titles: list[str], names: list[str]) -> None:
    tables = tuple(replace(report().tables[1], title=title) for title in titles)
    assert book(replace(report(), title="Raportti", tables=tables, charts=())).sheetnames == ["Raportti", *names]


def test_xlsx_has_real_numbers_and_dates() -> None:
    workbook = book(report())
    sheet = workbook["Tapaamiskerrat 1 2"]
    assert [cell.value for cell in sheet[4]][:6] == [
        datetime(2026, 11, 1),
        EVIL,
        datetime(2026, 11, 3, 13, 5),
        1200,
        2.5,
        20,
    ]
    assert sheet["B4"].data_type == "s"
    assert [cell.number_format for cell in sheet[4]][3:7] == ["#,##0", "#,##0.0", '#,##0.00\\ "€"', "#,##0.00"]
    assert sheet["D5"].value == "<5"


def rows_of(made: Report) -> list[list[str]]:
    data = to_bytes(made, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_csv_opens_in_finnish_excel() -> None:
    rows = rows_of(report())
    at = next(number for number, row in enumerate(rows) if row[:1] == ["Päivä"])
    assert rows[at + 1] == ["1.11.2026", f"'{EVIL}", "13:05", "1200", "2,5", "20,00", "1,25", ""]
    assert rows[at + 2][3] == "<5"
    assert rows[at + 4][:6] == ["", "Yhteensä", "", str(1200 + 1202), "7,5", "60,00"]


def test_there_is_a_line_where_somebody_signs() -> None:
    columns = [
        Column("name", "Nimi", "sign"),
        Column("hours", "Tunnit", "hours"),
        Column("sign", "Allekirjoitus", "sign"),
    ]
    lines = [("Aino", Decimal("1.5"), None), (None, Decimal("0"), "–")]
    made = replace(report(), tables=(table("t", "Talkoot", columns, lines),), charts=())
    sheet = book(made)["Talkoot"]
    signed = [[(cell.value, cell.border.bottom.style) for cell in row] for row in sheet["A4:C5"]]
    assert [(row[0], row[2]) for row in signed] == [(("Aino", None), (None, "dotted")), ((None, "dotted"), ("–", None))]
    assert ["Aino", "1,50", ""] in rows_of(made)
    assert "Aino" in pypdfium2.PdfDocument(to_bytes(made, "pdf"))[0].get_textpage().get_text_range()


def test_long_texts_have_room() -> None:
    note = "Tabletin kello oli väärässä: välillä tehdyt merkinnät on päivätty toisin. " * 3
    sheet = book(replace(report(), notes=(note,)))["Osallistujat"]
    [row] = [cell.row for cell in sheet["B"] if cell.value == note]
    assert sheet.row_dimensions[row].height >= 15 * len(note) / 80


def texts(*values: str, language: str = "fi") -> Report:
    lines = [(value, 1) for value in values]
    columns = [Column("text", "Teksti", "text"), Column("number", "Luku")]
    return replace(report(language), tables=(table("t", "Taulu", columns, lines),), charts=())


@pytest.mark.parametrize(
    ("language", "month", "written"),
    [
        ("fi", "Marraskuu 2026", "Marraskuu (2026)"),
        ("en", "November 2026", "November (2026)"),
        ("sv", "November 2026", "November (2026)"),
        ("uk", "Листопад 2026", "Листопад (2026)"),
        ("fi", "Kesäjuhla 2026", "Kesäjuhla 2026"),
        ("fi", "2026-W48", "2026-W48"),
        ("fi", "13:00", "13:00"),
        ("fi", "00123", "'00123"),
        ("fi", "2024-12", "'2024-12"),
        ("fi", "3.5", "'3.5"),
        ("fi", "2026", "2026"),
        ("fi", "-1", "'-1"),
    ],
)
def test_what_csv_would_turn_into_something_else_is_written_otherwise(language: str, month: str, written: str) -> None:
    assert [written, "1"] in rows_of(texts(month, language=language))


def test_months_of_every_language_are_known_as_months() -> None:
    for language in ("en", "fi", "fi_selko", "sv", "uk"):
        say = Say(language, "Europe/Helsinki")
        for month in range(1, 13):
            [row] = [
                row for row in rows_of(texts(say.month(f"2026-{month:02}"), language=language)) if row[-1:] == ["1"]
            ]
            assert re.fullmatch(r"\w+ \(2026\)|\w+ 2026\sр\.", row[0]), row


# by LibreOffice itself


@pytest.fixture
def office(tmp_path: Path) -> Any:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-calc-nogui")

    def convert(data: bytes, ending: str, to: str, *options: str) -> bytes:
        (tmp_path / f"in.{ending}").write_bytes(data)
        command = [program, f"-env:UserInstallation=file://{tmp_path}/home", "--headless", *options, "--convert-to", to]
        subprocess.run(
            [*command, "--outdir", str(tmp_path / "out"), str(tmp_path / f"in.{ending}")],
            check=True,
            timeout=180,
            capture_output=True,
        )
        return (tmp_path / "out" / f"in.{to}").read_bytes()

    return convert


#: Semicolons, UTF-8, Finnish, what looks like dates and numbers is taken so: as a double click in Finland does.
FINNISH = "--infilter=CSV:59,34,76,1,,1035,false,true"


@pytest.mark.long
def test_libreoffice_in_finnish_reads_the_csv_as_it_is(office: Any) -> None:
    made = texts("Marraskuu 2026", "Toukokuu 2026", "2026-W48", "13:00", "00123", "2024-12", "3.5", EVIL)
    sheet = openpyxl.load_workbook(io.BytesIO(office(to_bytes(made, "csv"), "csv", "xlsx", FINNISH))).active
    assert sheet is not None
    read = [row[0].value for row in sheet.iter_rows() if row[1].value == 1]
    assert read == [
        "Marraskuu (2026)",
        "Toukokuu (2026)",
        "2026-W48",
        time(13, 0),
        "'00123",
        "'2024-12",
        "'3.5",
        f"'{EVIL}",
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(office(to_bytes(report(), "csv"), "csv", "xlsx", FINNISH))).active
    assert sheet is not None
    [row] = [[cell.value for cell in row] for row in sheet.iter_rows() if row[1].value == f"'{EVIL}"]
    assert row[:7] == [datetime(2026, 11, 1), f"'{EVIL}", time(13, 5), 1200, 2.5, 20, 1.25]


@pytest.mark.long
def test_libreoffice_prints_each_sheet_one_page_wide(office: Any) -> None:
    pages = pypdfium2.PdfDocument(office(to_bytes(replace(report(rows=90), charts=CHARTS), "xlsx"), "xlsx", "pdf"))
    words = [page.get_textpage().get_text_range() for page in pages]
    assert all("273535" in text for text in words)
    signed = [text for text in words if "Allekirjoitus" in text]
    assert all("Päivä" in text and "Tunnit" in text for text in signed)  # no column alone on a page
    assert len(signed) <= 5
    # a page a chart
    assert sum(any(f"{one.kind} {len(one.labels)}" in text for one in CHARTS) for text in words) == len(CHARTS)


@pytest.mark.long
def test_every_kind_of_report_opens_in_libreoffice(services: Services, office: Any) -> None:
    for kind in KINDS:
        made = services.reports.build(
            kind=kind, first=date(2026, 1, 1), last=date(2026, 12, 31), as_of=NOW.replace(hour=23), language="fi"
        )
        pages = pypdfium2.PdfDocument(office(to_bytes(made, "xlsx"), "xlsx", "pdf"))
        assert len(pages) <= 4 + len(made.tables) * 3 + len(made.charts), kind
