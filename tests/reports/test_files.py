"""Reports as files: read back as their readers do, the same bytes twice, nothing half written."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from kiosk.cli.main import cli
from kiosk.errors import BadPeriod, FarDay, StorageTrouble
from kiosk.reports import Cancelled, Chart, ChartSeries, Column, Hidden, ProgressTracker, Project, Report
from kiosk.reports.files import FORMATS, save, to_bytes
from kiosk.reports.files.csv_file import harmless
from kiosk.reports.files.pdf_charts import steps
from kiosk.reports.model import table
from kiosk.services import Services, new_id
from kiosk.services.desk.reports import BUILDERS
from tests.services.conftest import NOW

EVIL = '=HYPERLINK("http://example.org";"x")'


def report(language: str = "fi", rows: int = 3) -> Report:
    columns = [
        Column("date", "Päivä", "date"), Column("name", "Nimi", "text"), Column("at", "Klo", "clock"),
        Column("people", "Henkilöt", "whole", added=True), Column("kg", "Paino", "kg", added=True),
        Column("worth", "Arvo", "money", added=True), Column("hours", "Tunnit", "hours"), Column("sign", "Allekirjoitus", "sign"),
    ]  # fmt: skip
    lines = [
        (date(2026, 11, day % 28 + 1), EVIL if day == 0 else f"Їжа ґава {day}", datetime(2026, 11, 3, 11, 5, tzinfo=UTC),
         Hidden.FEW if day == 1 else 1200 + day, Decimal("2.5"), Decimal("20.00"), Decimal("1.25"), None)
        for day in range(rows)
    ]  # fmt: skip
    labels = tuple(f"W{week}" for week in range(1, 11))
    charts = (
        Chart(
            "bars",
            "people",
            "Henkilöt viikoittain",
            labels,
            (ChartSeries("Henkilöt", tuple(map(float, range(10)))),),
            "h",
        ),
        Chart("shares", "groups", "Ryhmät", ("A", "B"), (ChartSeries("Henkilöt", (12.0, None)),), "h"),
        Chart(
            "lines",
            "years",
            "Vuodet",
            labels,
            (ChartSeries("2025", (1.0,) * 10), ChartSeries("2026", (None, *(2.0,) * 9))),
            "h",
        ),
    )
    project = Project("273535", "Lumijobi", "EU", date(2026, 1, 1), date(2026, 12, 31), "")
    return Report(
        "attendance", "Osallistujat", "Help Center Lumijobi", project, date(2026, 11, 1), date(2026, 11, 30), NOW, language,
        "Europe/Helsinki", (("Hanke", "Lumijobi"),),
        (table("sessions", "Tapaamiskerrat: [1/2]", columns, lines, total="Yhteensä"),
         table("short", "Lyhyt", columns[1:4], [row[1:4] for row in lines])),
        charts, ("Huomautus.",),
    )  # fmt: skip


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_report_gives_the_same_bytes(ending: str, tmp_path: Path) -> None:
    first, again = to_bytes(report(), ending), to_bytes(report(), ending)
    assert first == again
    assert first != to_bytes(replace(report(), title="Muu"), ending)
    save(report(), ending, tmp_path / f"report.{ending}")
    assert (tmp_path / f"report.{ending}").read_bytes() == first
    assert len(list(tmp_path.iterdir())) == 1


def test_pdf_is_for_the_archive_and_can_be_searched() -> None:
    data = to_bytes(report(rows=90), "pdf")
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"<pdfaid:conformance>U</pdfaid:conformance>" in data
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in document]
    assert len(pages) > 3
    assert all(f"{number}/{len(pages)}" in text for number, text in enumerate(pages, 1))
    assert sum("Allekirjoitus" in text for text in pages) >= 3  # the head of the table stands on each of its pages
    assert any("Їжа ґава 7" in text for text in pages)
    assert "Paikka ja päivä" in pages[-1]
    assert b"/Type /Font" in data
    assert b"FontFile2" in data  # the fonts are inside


@pytest.mark.parametrize(
    ("most", "scale"), [(0, (1, 1)), (3, (1, 3)), (5, (1, 5)), (115, (50, 3)), (10_000, (2000, 5))]
)
def test_scales_are_round(most: float, scale: tuple[float, int]) -> None:
    assert steps(most) == scale


def test_an_error_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(StorageTrouble):
        save(report(), "json", tmp_path / "gone" / "report.json")
    with pytest.raises(StorageTrouble):
        save(report(), "json", tmp_path)  # a folder of that name is there
    assert list(tmp_path.iterdir()) == []


def visit(services: Services) -> None:
    [session] = services.gatherings.sessions_now(NOW)
    for _ in range(7):
        services.attendance.check_in(visit_id=new_id(NOW), session_id=session.id, language="fi", now=NOW)


def pack(services: Services, path: Path, language: str = "fi", work: ProgressTracker | None = None) -> None:
    services.reports.pack(
        path=path, first=date(2026, 11, 1), last=date(2026, 11, 30), as_of=NOW.replace(hour=23), language=language,
        work=work or ProgressTracker(),
    )  # fmt: skip


def test_the_proof_pack_holds_what_it_says(services: Services, tmp_path: Path) -> None:
    visit(services)
    parts: list[float] = []
    pack(services, tmp_path / "pack.zip", work=ProgressTracker(progress=parts.append))
    assert parts == sorted(parts)
    assert parts[-1] == 1
    with zipfile.ZipFile(tmp_path / "pack.zip") as found:
        names = found.namelist()
        sums = dict(reversed(line.split("  ")) for line in found.read("SHA256SUMS").decode().splitlines())
        assert sorted([*sums, "SHA256SUMS"]) == sorted(names)
        assert all(hashlib.sha256(found.read(name)).hexdigest() == digest for name, digest in sums.items())
        assert {name.partition("/")[0] for name in names if "/" in name} == set(FORMATS)
        assert len(names) == len(FORMATS) * len(BUILDERS) + 3
        about = json.loads(found.read("about.json"))
        assert "printers" not in about["settings"]
        assert about["settings"]["centre"]["name"] == "Help Center Lumijobi"
    pack(services, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "pack.zip").read_bytes()


def test_a_pack_can_be_cancelled(services: Services, tmp_path: Path) -> None:
    visit(services)
    with pytest.raises(Cancelled):
        pack(services, tmp_path / "pack.zip", work=ProgressTracker(cancelled=lambda: True))
    assert list(tmp_path.glob("*pack*")) == []


def test_the_command_line_writes_reports(services: Services, tmp_path: Path) -> None:
    visit(services)
    services.store.close()
    about = [
        "--from",
        "2026-11-01",
        "--to",
        "2026-11-30",
        "--as-of",
        "2026-12-01",
        "--data",
        str(services.store.folder),
    ]
    runner = CliRunner()
    out = tmp_path / "attendance.json"
    done = runner.invoke(
        cli, ["report", "attendance", "--format", "json", "--language", "uk", "--out", str(out), *about]
    )
    assert done.exit_code == 0, done.output
    made = json.loads(out.read_text())
    weeks = next(table for table in made["tables"] if table["key"] == "weeks")
    assert weeks["total"][-2] == 7
    assert made["language"] == "uk"
    done = runner.invoke(cli, ["report", "pack", "--out", str(tmp_path / "pack.zip"), *about])
    assert done.exit_code == 0, done.output
    assert zipfile.is_zipfile(tmp_path / "pack.zip")
    assert runner.invoke(cli, ["report", "pack", "--format", "pdf", "--out", "x", *about]).exit_code == 2


@pytest.mark.parametrize(
    ("first", "last", "as_of", "told"),
    [
        ("0001-01-01", "2026-11-30", "2026-12-01", "0001-01-01"),
        ("2026-11-01", "9999-12-31", "2026-12-01", "9999-12-31"),
        ("9999-12-31", "9999-12-31", "2026-12-01", "9999-12-31"),
        ("2026-11-01", "2026-11-30", "0001-01-01", "0001-01-01"),
        ("2026-11-01", "2026-11-30", "9999-12-31T23:59:59", "9999-12-31"),
        ("2026-11-30", "2026-11-01", "2026-12-01", "contains no days"),
    ],
)
@pytest.mark.parametrize("kind", ["pack", *BUILDERS])
def test_days_that_cannot_be_are_told(
    services: Services, tmp_path: Path, kind: str, first: str, last: str, as_of: str, told: str
) -> None:
    services.store.close()
    about = ["--from", first, "--to", last, "--as-of", as_of, "--data", str(services.store.folder)]
    about += [] if kind == "pack" else ["--format", "json"]
    done = CliRunner().invoke(cli, ["report", kind, "--out", str(tmp_path / "out"), *about])
    assert isinstance(done.exception, BadPeriod | FarDay)
    assert told in str(done.exception)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("days", [(date(1990, 1, 1), date(1990, 3, 1)), (date(2099, 11, 30), date(2099, 12, 31))])
@pytest.mark.parametrize("kind", BUILDERS)
def test_the_first_and_the_last_days_have_reports(services: Services, kind: str, days: tuple[date, date]) -> None:
    made = services.reports.build(kind=kind, first=days[0], last=days[1], as_of=NOW, language="uk")
    assert (made.first, made.last) == days
    assert all(to_bytes(made, ending) for ending in FORMATS)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "﹦", "－", "＠"])
@pytest.mark.parametrize("before", ["", " ", "\n", "\r\n", "\t", "\u200b", "\u00a0 ", "\ufeff", "\x00"])
def test_no_text_is_a_formula_in_csv(sign: str, before: str) -> None:
    cell = harmless(f"{before}{sign}HYPERLINK(1)")
    assert cell.startswith("'")
    assert "\n" not in cell
    assert "\r" not in cell


def test_plain_texts_stay_as_they_are_in_csv() -> None:
    assert [harmless(text) for text in ("Sohva – harmaa", "1 188", "5 % = vähän", "")] == [
        "Sohva – harmaa",
        "1 188",
        "5 % = vähän",
        "",
    ]
