"""Tables as offices make them: encodings, separators, spreadsheets of every program, and files that mean harm."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.files import tables
from kiosk.files.encodings import DoubtfulEncoding, encoding_of
from kiosk.files.tables import BadTable, GoneTable, LargeTable, OpenQuote, WebPage, parse_table, read_table

FINNISH = "Nimi;Luokka;Määrä\nSänky;Huonekalut;1\nPöytä, pyöreä;Huonekalut;2\n"
UKRAINIAN = "Назва;Категорія;Кількість\nДиван сірий;меблі;1\nЛіжко дитяче;меблі;2\n"


def cells(text: str) -> list[tuple[str, ...]]:
    return [tuple(line.split(";")) for line in text.splitlines()]


def rows(data: bytes, encoding: str = "") -> list[tuple[str, ...]]:
    return [row for _, row in parse_table(data, "x", encoding).rows]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp850"]
)
def test_finnish_in_any_encoding(encoding: str) -> None:
    assert rows(FINNISH.encode(encoding)) == cells(FINNISH)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8_u", "mac_cyrillic"])
def test_ukrainian_in_any_encoding(encoding: str) -> None:
    assert rows(UKRAINIAN.encode(encoding)) == cells(UKRAINIAN)


@pytest.mark.parametrize(("text", "encoding"), [("Д;1\nД;2\n", "cp1251"), ("Ää;1\nÖö;2\n", "cp1252")])
def test_what_cannot_be_told_is_asked_and_never_guessed(text: str, encoding: str) -> None:
    with pytest.raises(DoubtfulEncoding) as told:
        parse_table(text.encode(encoding), "x")
    chosen = {name: sample for name, sample in told.value.choices}
    assert chosen[encoding].split()[0] == text.split(";")[0]
    assert rows(text.encode(encoding), encoding) == cells(text)


def test_dashes_and_quotation_marks_of_windows_are_not_asked_about() -> None:
    text = "name;size\nSofa – grey “large”;2 €\n"
    assert rows(text.encode("cp1252")) == cells(text)


words = st.lists(
    st.sampled_from(
        [
            "sohva",
            "pöytä",
            "sänky",
            "tuoli",
            "äidin",
            "yö",
            "määrä",
            "hyllykkö",
            "Jääkaappi",
            "LÄMMITIN",
            "työpöytä",
            "kävijät",
        ]
    ),
    min_size=3,
)
cyrillic = st.lists(
    st.sampled_from(
        [
            "диван",
            "стіл",
            "ліжко",
            "їжа",
            "єдиний",
            "шафа",
            "Ґанок",
            "об'єм",
            "велосипед",
            "дитячий",
            "ЛІЖКО",
            "крісло-гойдалка",
        ]
    ),
    min_size=3,
)


@settings(max_examples=60, deadline=None)
@given(words, cyrillic)
def test_words_decide_between_windows_of_finland_and_of_ukraine(finnish: list[str], ukrainian: list[str]) -> None:
    assert encoding_of(" ".join(["päivä", *finnish]).encode("cp1252")) == "cp1252"
    assert encoding_of(" ".join(["назва", *ukrainian]).encode("cp1251")) == "cp1251"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("sign", [";", "\t", ",", "|"])
@pytest.mark.parametrize("first", ["", "sep={}", '"sep={}"', "\ufeffsep={}"])
def test_separators_and_line_ends(line_end: str, sign: str, first: str) -> None:
    body = [f"a{sign}b{sign}c", f"1{sign}{sign}x", f"2{sign}y{sign}"]
    lines = [first.format(sign), *body] if first else body
    table = parse_table(line_end.join(lines).encode(), "x")
    assert [row for _, row in table.rows] == [("a", "b", "c"), ("1", "", "x"), ("2", "y", "")]
    assert [number for number, _ in table.rows] == ([2, 3, 4] if first else [1, 2, 3])


def test_a_title_above_and_decimal_commas_do_not_hide_the_separator() -> None:
    assert rows(b"Goods, spring, 2024\nname;kg\nsofa, grey;4,5\ntable, round, oak;12,0\n") == [
        ("Goods, spring, 2024", ""),
        ("name", "kg"),
        ("sofa, grey", "4,5"),
        ("table, round, oak", "12,0"),
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('Pvm;Henkilöt\n"5.11.2024;12\n12.11.2024;9\n', 2),
        ('"Pvm";"Henkilöt"\n1.1.2024;"3\n8.1.2024;"4"\n', 2),
        ('nimi,kpl\n"Sohva,\niso",1\nTuoli,2\n"Pöytä,1\nLamppu,1\n', 5),
        ('sep=;\nnimi;kpl\n"TV;1\n"Radio;1\n', 3),
        ('nimi;kpl\n"Sohva;1\n', 2),
    ],
)
def test_rows_are_never_lost_in_a_cell_whose_quotation_mark_stays_open(text: str, row: int) -> None:
    with pytest.raises(OpenQuote) as told:
        parse_table(text.encode(), "x.csv")
    assert str(told.value).startswith(f"In row {row},")


def test_quotation_marks_within_a_line_and_closed_cells_of_several_lines_are_kept() -> None:
    table = parse_table(b'nimi;kpl\nTV 32";1\n"32"" TV\niso";2\n', "x.csv")
    assert [row for _, row in table.rows] == [("nimi", "kpl"), ('TV 32"', "1"), ('32" TV iso', "2")]


def test_cells_are_one_clean_line_of_bounded_length() -> None:
    [(cell, long)] = rows(b'"a\x07\x1b[31m\n  b\xe2\x80\xae";' + b"x" * 5000 + b"\n")
    assert cell == "a [31m b"
    assert len(long) == 200


def workbook(*lines: list[object]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(out)
    return out.getvalue()


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            assert name != part or old in content
            target.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<family val="2" />', b'<family val="99" />'),
        (b"<fill><patternFill /></fill>", b"<fill/>"),
        (b"<cellStyles>", b"<odd>"),
    ],
)
def test_only_cells_matter_in_a_workbook(old: bytes, new: bytes) -> None:
    data = workbook(["pvm", "n"], ["5.11.2024", 19])
    if old in zipfile.ZipFile(io.BytesIO(data)).read("xl/styles.xml"):
        data = changed(data, "xl/styles.xml", old, new)
    assert rows(data) == [("pvm", "n"), ("5.11.2024", "19")]


def test_formulas_without_a_result_and_errors_are_told_from_empty_cells() -> None:
    data = workbook(["a", "b", "c"], ["=1+1", None, 3], ["#REF!", "x", 1.5])
    assert rows(data) == [("a", "b", "c"), ("=?", "", "3"), ("=?", "x", "1.5")]


def test_what_is_merged_downwards_is_filled_in_but_no_number() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for line in (["5.11.2024", "a", 3], [None, "b", None], [None, "c", None]):
        book.active.append(line)
    book.active.merge_cells("A1:A3")
    book.active.merge_cells("C1:C2")
    book.save(out)
    assert rows(out.getvalue()) == [("5.11.2024", "a", "3"), ("5.11.2024", "b", ""), ("5.11.2024", "c", "")]


def test_a_hidden_or_an_empty_sheet_is_passed_over() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["hidden", 1])
    book.create_sheet("empty")
    book.create_sheet("full").append(["seen", 2])
    book.active.sheet_state = "hidden"
    book.active = 1
    book.save(out)
    assert rows(out.getvalue()) == [("seen", "2")]


def test_sheets_that_are_not_read_are_named_and_a_cover_sheet_is_passed_over() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Read this first"])
    for month in ("Tammikuu", "Helmikuu"):
        sheet = book.create_sheet(month)
        sheet.append(["pvm", "n"])
        sheet.append([month, 1])
    book.create_sheet("empty")
    book.save(out)
    table = parse_table(out.getvalue(), "x.xlsx")
    assert [row for _, row in table.rows] == [("pvm", "n"), ("Tammikuu", "1")]
    assert table.unread == ("Sheet", "Helmikuu")


def ods(body: str) -> bytes:
    spaces = "office:1.0 table:1.0 text:1.0".replace(":1.0", "")
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in spaces.split())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f'<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="a">{body}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def test_an_ods_of_libreoffice() -> None:
    def cell(text: str, kind: str = 'string"', more: str = "") -> str:
        return f'<table:table-cell office:value-type="{kind} {more}><text:p>{text}</text:p></table:table-cell>'

    head = "".join(map(cell, ("Päivämäärä", "Osallistujat")))
    day = cell("5.11.2024", 'date"', 'office:date-value="2024-11-05"')
    body = f"<table:table-row>{head}</table:table-row><table:table-row>{day}" + cell(
        "19", 'float"', 'office:value="19"'
    )
    assert rows(ods(body + "</table:table-row>")) == [("Päivämäärä", "Osallistujat"), ("2024-11-05", "19")]


def test_an_ods_whose_cells_are_merged_downwards_is_filled_in_but_no_number() -> None:
    def cell(text: str, rows: int = 1, columns: int = 1) -> str:
        spans = f'table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"'
        return f'<table:table-cell office:value-type="string" {spans}><text:p>{text}</text:p></table:table-cell>'

    def number(value: int, rows: int = 1) -> str:
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}" table:number-rows-spanned="{rows}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )

    def row(*cells: str, times: int = 1) -> str:
        return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'

    covered, empty = "<table:covered-table-cell/>", '<table:table-cell table:number-columns-repeated="2"/>'
    body = (
        row(cell("Kirja"), times=1)
        + row(empty, times=2)
        + row(cell("5.11.2024", rows=3), cell("aamu"), number(3, rows=2))
        + row(covered, cell("päivä"), covered)
        + row(covered, cell("ilta"), number(4))
        + row(cell("6.11.2024"), cell("aamu"), number(5))
    )
    assert rows(ods(body)) == [
        ("Kirja", "", ""),
        ("5.11.2024", "aamu", "3"),
        ("5.11.2024", "päivä", ""),
        ("5.11.2024", "ilta", "4"),
        ("6.11.2024", "aamu", "5"),
    ]


@pytest.mark.parametrize(
    "start", [b"<html>", b"\xef\xbb\xbf<!DOCTYPE html>", b"  <table>", b'<?xml version="1.0"?><Workbook>']
)
def test_a_web_page_called_a_table_is_told_how_to_be_saved(start: bytes) -> None:
    with pytest.raises(WebPage, match=r"save it as \.xlsx"):
        parse_table(start + b"<tr><td>1</td></tr>", "report.xls")


def test_a_pipe_or_a_folder_under_the_name_of_a_table_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    (tmp_path / "b.csv").mkdir()
    for name in ("a.csv", "b.csv", "gone.csv"):
        with pytest.raises(GoneTable):
            read_table(tmp_path / name)


LARGE = {
    "one endless row": "b'ab,' * 6_600_000",
    "one quoted row": "b'\"a\\n\",' * 3_300_000",
    "letters": "('\\U0001F6CBДивани;' * 8 + '\\n').encode() * 120_000",
    "rows": "b'1;2;3;4;5;6;7;8;9;10\\n' * 50_000",
    "an old code": "('Дивани сірі;' * 8 + '\\n').encode('cp1251') * 90_000",
}
MEASURE = """
import resource, sys
from kiosk.errors import KioskError
from kiosk.files.tables import MOST_BYTES, parse_table
data = ({})[:MOST_BYTES]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    parse_table(data, "x")
except KioskError as error:
    print(type(error).__name__, file=sys.stderr)
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.parametrize("kind", LARGE)
def test_no_table_takes_more_than_200_mb(kind: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE.format(LARGE[kind])], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 180 * 1024


def test_a_workbook_that_takes_too_much_memory_ends_only_its_reader() -> None:
    sheet = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{column}{row}" t="inlineStr"><is><t>{row}</t></is></c>' for column in "ABCDEFGHIJ")
        + "</row>" for row in range(1, 400)
    )  # fmt: skip
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    data = changed(workbook(["a"]), "xl/worksheets/sheet1.xml", b"<sheetData>", f"<sheetData>{sheet}{far}".encode())
    with pytest.raises(LargeTable):
        parse_table(data, "x.xlsx")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 6000), st.booleans())
def test_damaged_workbooks_are_told_in_words(noise: bytes, at: int, cut: bool) -> None:
    data = bytearray(workbook(["a", "b"], ["x", 1]))
    data[at : at + len(noise)] = noise
    try:
        table = parse_table(bytes(data[: at + 200] if cut else data), "x.xlsx")
    except (BadTable, DoubtfulEncoding):
        return
    assert all(isinstance(cell, str) for _number, row in table.rows for cell in row)


def test_every_ending_that_is_offered_is_read(tmp_path: Path) -> None:
    for suffix in tables.SUFFIXES:
        (tmp_path / f"a{suffix}").write_bytes(FINNISH.encode("cp1252"))  # many programs name a CSV as they like
        assert [row for _, row in read_table(tmp_path / f"a{suffix}").rows] == cells(FINNISH)
