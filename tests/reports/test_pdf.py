"""Reports as PDF: the structure a reader of the screen goes by, and the funder's sign in any form."""

from __future__ import annotations

import ctypes
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from click.testing import CliRunner
from PIL import Image, ImageCms

from kiosk.cli.main import cli
from kiosk.doctor import examine
from kiosk.reports import Report
from kiosk.reports.files import to_bytes
from kiosk.reports.logo import BadLogo, NoLogo, load_logo
from kiosk.services import Services
from kiosk.settings import Settings
from kiosk.settings.rows import ProjectSetting
from tests.reports.test_files import report
from tests.services.conftest import NOW

#: An element: its kind, the words that stand for it, its kids.
Node = tuple[str, str, list[Any]]


def structure(data: bytes) -> list[list[Node]]:
    """The structure of each page as pdfium, the reader of Chrome, finds it."""
    document = pypdfium2.PdfDocument(data)
    return [_page_structure(page) for page in document]


def _page_structure(page: Any) -> list[Node]:
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    return [
        _node(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at))
        for at in range(pdfium.FPDF_StructTree_CountChildren(tree))
    ]


def _node(element: Any) -> Node:
    kids = [
        pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
        for at in range(pdfium.FPDF_StructElement_CountChildren(element))
    ]
    kind, alt = (
        _text(call, element) for call in (pdfium.FPDF_StructElement_GetType, pdfium.FPDF_StructElement_GetAltText)
    )
    return kind, alt, [_node(kid) for kid in kids if kid]


def _text(call: Any, element: Any) -> str:
    size = call(element, None, 0)
    room = ctypes.create_string_buffer(size)
    call(element, room, size)
    return room.raw.decode("utf-16-le").rstrip("\0")


def flat(nodes: list[Node]) -> list[tuple[str, str]]:
    return [one for kind, alt, kids in nodes for one in [(kind, alt), *flat(kids)]]


def test_a_report_can_be_read_aloud() -> None:
    data = to_bytes(report(rows=90), "pdf")
    assert re.search(rb"/Lang \(fi\)", data)
    assert b"/Marked true" in data
    assert b"/DisplayDocTitle true" in data
    pages = [flat(page) for page in structure(data)]
    whole = [one for page in pages for one in page]
    kinds = [kind for kind, _ in whole]
    assert kinds.count("H1") == 1
    assert kinds.count("H2") >= 5
    assert [alt for kind, alt in whole if kind == "Figure"] == [
        "Henkilöt viikoittain. W1: 0, W2: 1, W3: 2, W4: 3, W5: 4, W6: 5, W7: 6, W8: 7, W9: 8, W10: 9",
        "Ryhmät. A: 12, B: –",
        "Vuodet. 2025: W1: 1, W2: 1, W3: 1, W4: 1, W5: 1, W6: 1, W7: 1, W8: 1, W9: 1, W10: 1. "
        "2026: W1: –, W2: 2, W3: 2, W4: 2, W5: 2, W6: 2, W7: 2, W8: 2, W9: 2, W10: 2",
    ]
    # a head is read once, although it stands on each page of its table
    assert kinds.count("TH") == 8 + 3


def test_each_row_has_a_cell_for_each_column() -> None:
    rows = re.findall(rb"/K \[([^\]]*)\]\n(?:/[A-Z][^\n]*\n)*/S /TR", to_bytes(report(rows=40), "pdf"))
    assert {len(row.split()) // 3 for row in rows} == {8, 3}
    assert len(rows) == (1 + 40 + 1) + (1 + 40)


def test_every_sign_on_a_page_is_content_or_artifact() -> None:
    document = pypdfium2.PdfDocument(to_bytes(report(rows=90), "pdf"))
    for page in document:
        objects = list(page.get_objects())
        assert len(objects) > 20
        assert all(pdfium.FPDFPageObj_CountMarks(one) == 1 for one in objects)


def with_logo(path: Path, made: Report | None = None) -> Report:
    made = made or report()
    assert made.project is not None
    return replace(made, project=replace(made.project, logo=str(path)))


def picture(mode: str) -> Image.Image:
    made = Image.new(mode, (300, 70), {"CMYK": (0, 255, 255, 0), "1": 0, "P": 1, "L": 90, "LA": (90, 128)}.get(mode, 0))
    if mode == "RGBA":
        made = Image.new(mode, (300, 70), (0, 0, 255, 0))
    return made


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("a.jpg", "CMYK"),
        ("a.tif", "CMYK"),
        ("a.jpg", "L"),
        ("a.png", "RGBA"),
        ("a.png", "P"),
        ("a.png", "LA"),
        ("a.png", "1"),
        ("a.png", "I;16"),
        ("a.gif", "P"),
    ],
)
def test_any_picture_becomes_one_for_the_archive(tmp_path: Path, name: str, mode: str) -> None:
    picture(mode).save(tmp_path / name)
    data = to_bytes(with_logo(tmp_path / name), "pdf")
    assert b"DeviceCMYK" not in data
    assert b"/SMask" not in data
    images = [one for one in pypdfium2.PdfDocument(data)[0].get_objects() if one.type == pdfium.FPDF_PAGEOBJ_IMAGE]
    [found] = images
    assert found.get_bitmap().to_pil().mode == "RGB"


def test_the_colours_of_a_print_logo_stay_nearly_what_they_are(tmp_path: Path) -> None:
    red = Image.new("CMYK", (300, 70), (0, 255, 255, 0))
    red.save(tmp_path / "red.jpg", quality=95)
    red_dot = load_logo(str(tmp_path / "red.jpg")).getpixel((10, 10))
    assert isinstance(red_dot, tuple)
    assert red_dot[0] > 200 > 90 > max(red_dot[1:])
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGBA", (3000, 3000), (0, 0, 255, 0)).save(tmp_path / "clear.png", icc_profile=profile)
    clear = load_logo(str(tmp_path / "clear.png"))
    assert clear.getpixel((5, 5)) == (255, 255, 255)
    assert clear.height <= 340
    Image.new("RGB", (30, 30), "red").save(tmp_path / "odd.jpg", icc_profile=b"no profile")
    assert load_logo(str(tmp_path / "odd.jpg")).size == (30, 30)


@pytest.mark.parametrize(
    "broken", [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n" + b"\0" * 40]
)
def test_a_logo_that_cannot_be_read_is_told(
    services: Services, settings: Settings, tmp_path: Path, broken: bytes
) -> None:
    (tmp_path / "eu.png").write_bytes(broken)
    with pytest.raises(BadLogo):
        load_logo(str(tmp_path / "eu.png"))
    assert to_bytes(with_logo(tmp_path / "eu.png"), "pdf").startswith(b"%PDF")  # it is made all the same
    project = ProjectSetting("1", {"fi": "Hanke"}, "EU", date(2026, 1, 1), date(2027, 1, 1), str(tmp_path / "eu.png"))
    told = made(services, settings, project)
    assert any("eu.png" in note for note in told.notes)
    assert any(
        "eu.png" in note
        for note in made(services, settings, project._replace(logo=str(tmp_path / "no" / "eu.png"))).notes
    )
    assert not any("eu.png" in note for note in made(services, settings, project._replace(logo="")).notes)


def made(services: Services, settings: Settings, project: ProjectSetting) -> Report:
    mine = Services(services.store, settings._replace(projects=(project,)))
    return mine.reports.build(
        kind="attendance", first=date(2026, 11, 1), last=date(2026, 11, 30), as_of=NOW, language="fi", project="1"
    )


def test_the_doctor_tells_a_logo_that_is_not_there(services: Services, tmp_path: Path) -> None:
    services.store.close()
    file = tmp_path / "kiosk.toml"

    def logos() -> tuple[bool, str]:
        [check] = [one for one in examine(services.store.folder, file) if one.name == "logos"]
        return check.ok, check.detail

    project = '[[projects]]\nnumber = "1"\nnames = {{ fi = "Hanke" }}\nfunder = "EU"\nsince = 2026-01-01\nuntil = 2027-01-01\nlogo = "{}"\n'
    file.write_text(project.format(tmp_path / "eu.png"))
    assert logos() == (False, str(NoLogo(file="eu.png")))
    (tmp_path / "eu.png").write_bytes(b"x")
    assert logos() == (False, str(BadLogo(file="eu.png")))
    picture("CMYK").save(tmp_path / "eu.jpg")
    file.write_text(project.format(tmp_path / "eu.jpg"))
    assert logos() == (True, "1 for reports")
    done = CliRunner().invoke(cli, ["doctor", "--data", str(services.store.folder), "--settings", str(file)])
    assert "logos" in done.output
