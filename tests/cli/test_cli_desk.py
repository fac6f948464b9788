"""The desk from the shell: people, badges, scans, labels."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from kiosk.codes import Kind, new_code
from tests.small_disk import fill, small_disk
from tests.world import PIN, WRONG_PIN


def kiosk(folder: Path, *words: object, code: int = 0, typed: str = "") -> str:
    """Run a command on the data in `folder`; returns stdout, or stderr when it fails as it should."""
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", *map(str, words), "--data", str(folder)],
        capture_output=True, text=True, timeout=120, input=typed,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.strip() if code else done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a coordinator and two things."""
    place = tmp_path_factory.mktemp("cli")
    kiosk(place / "data", "init", "--coordinator", "Anna", "--pin-stdin", typed=PIN)
    (place / "goods.csv").write_text("thing,place\nsofa,A1\ndining_chair,A2\n", encoding="utf-8")
    kiosk(place / "data", "goods", "import", place / "goods.csv")
    return place / "data"


def labels(folder: Path) -> dict[str, str]:
    return {item["thing"]: item["label_code"] for item in json.loads(kiosk(folder, "goods", "list", "--json"))}


def test_a_weak_pin_makes_nothing(tmp_path: Path) -> None:
    told = kiosk(tmp_path / "d", "init", "--coordinator", "Anna", "--pin-stdin", typed="123456", code=1)
    assert "easy to guess" in told
    assert not (tmp_path / "d").exists()


def test_people_come_and_go(folder: Path) -> None:
    kiosk(folder, "staff", "add", "Olena", "--role", "staff", "--language", "uk", "--pin-stdin", typed=WRONG_PIN)
    people = {member["name"]: member for member in json.loads(kiosk(folder, "staff", "list", "--json"))}
    assert people["Anna"]["role"] == "coordinator"
    assert (people["Olena"]["role"], people["Olena"]["language"]) == ("staff", "uk")
    assert "pin" not in people["Olena"]
    assert "Someone called" in kiosk(folder, "staff", "add", "olena", "--pin-stdin", typed=WRONG_PIN, code=1)
    kiosk(folder, "staff", "revoke", "Olena")
    assert "Olena" not in kiosk(folder, "staff", "list")
    assert "not found" in kiosk(folder, "staff", "revoke", "Olena", code=1)
    assert "last coordinator" in kiosk(folder, "staff", "revoke", "Anna", code=1)


def test_a_badge_is_a_picture_that_is_read_back(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "badge.png"
    kiosk(folder, "staff", "badge", "Anna", "--out", out)
    [code] = {found.text for found in zxingcpp.read_barcodes(Image.open(out))}
    assert (code[0], len(code)) == ("B", 29)
    assert "badge" in kiosk(folder, "staff", "list")
    kiosk(folder, "staff", "revoke", "Anna", "--badge-only")
    assert "badge" not in kiosk(folder, "staff", "list")


def test_a_label_is_scanned(folder: Path) -> None:
    code = labels(folder)["sofa"]
    found = json.loads(kiosk(folder, "scan", code.lower(), "--json"))
    assert (found["kind"], found["item"]["place"], found["actions"][0]) == ("item", "A1", "give")
    assert "Sofa" in kiosk(folder, "scan", code)
    assert "not known" in kiosk(folder, "scan", new_code(Kind.TICKET), code=1)
    assert "not recognised" in kiosk(folder, "scan", "'; DROP TABLE ticket", code=1)
    assert "not both" in kiosk(folder, "scan", code, "--hand-over", "--undo", code=2)


def test_labels_as_sheet_as_single_and_for_the_queue(folder: Path, tmp_path: Path) -> None:
    codes = labels(folder)
    kiosk(folder, "label", *codes.values(), "--out", tmp_path / "sheet.pdf", "--skip", "3")
    page = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")[0].render(scale=200 / 72).to_pil()
    assert {found.text for found in zxingcpp.read_barcodes(page)} == set(codes.values())
    kiosk(folder, "label", "--new", "--single", "62x29", "--out", tmp_path / "single.pdf")
    assert len(pypdfium2.PdfDocument(tmp_path / "single.pdf")) == 2
    assert "No printer" in kiosk(folder, "label", codes["sofa"], "--print", code=1)
    assert "--new" in kiosk(folder, "label", "--out", tmp_path / "x.pdf", code=2)
    assert "--out" in kiosk(folder, "label", codes["sofa"], code=2)


def test_weights_are_weighed_set_and_listed(folder: Path) -> None:
    assert "45.00 kg, measured n=16" in kiosk(folder, "weights", "weigh", "sofa", "16", "720")
    kiosk(folder, "weights", "set", "books", "0.5", "--high", "0.9", "--source", "Own table")
    kiosk(folder, "weights", "co2e", "books", "1.1", "--source", "A study", "--version", "2025")
    found = json.loads(kiosk(folder, "weights", "list", "--json"))
    rows = {row["subject"]: row for row in found["weights"]}
    assert (rows["sofa"]["mid"], rows["sofa"]["pieces"]) == (45, 16)
    assert (rows["books"]["low"], rows["books"]["high"], rows["books"]["source"]) == (0.5, 0.9, "Own table")
    assert {row["subject"]: row["version"] for row in found["co2e"]}["books"] == "2025"
    assert "n=16" in kiosk(folder, "weights", "list")
    assert "cannot be used" in kiosk(folder, "weights", "weigh", "moon", "1", "1", code=1)


def test_earlier_years_are_brought_in_once(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "2024.csv"
    table.write_bytes(
        "Päivä;Tapahtuma;Väkeä\n2.1.2024;Tiistaikahvit;31\n9.1.2024;Tiistaikahvit;yksi\n".encode("cp1252")
    )
    command = ("import-earlier", table, "--column", "people=Väkeä")
    assert "which column" in kiosk(folder, *command[:2], code=1)
    told = kiosk(folder, *command, code=1)
    assert "row 3: This is not a number of people or things: yksi" in told
    assert kiosk(folder, "attendance", "--from", "2024-01-01", "--to", "2024-01-31") == ""
    assert "0001-01-02 cannot be in a report" in kiosk(folder, "attendance", "--to", "0001-01-02", code=1)
    kiosk(folder, *command, "--skip-wrong", code=1)
    assert "31 people" in kiosk(folder, "attendance", "--from", "2024-01-01", "--to", "2024-01-31")
    told = json.loads(kiosk(folder, "attendance", "--from", "2024-01-01", "--to", "2024-01-31", "--json"))
    assert [(row["people"], row["day"]) for row in told] == [(31, "2024-01-02")]
    assert not {"groups", "languages", "adults", "children"} & set(told[0])  # of one session they are few
    table.write_bytes(table.read_bytes().replace(b"yksi", b"12"))
    assert "1 rows would be added (12 people), 1 known already" in kiosk(folder, *command, "--dry-run")
    assert "1 rows added (12 people), 1 known already, 0 wrong" in kiosk(folder, *command)
    assert "0 rows added (0 people), 2 known already" in kiosk(folder, *command)
    assert "no column" in kiosk(folder, "import-earlier", table, "--column", "people=9", code=2)


def test_a_badge_that_cannot_be_written_leaves_the_one_before(folder: Path, tmp_path: Path) -> None:
    def badges() -> list[tuple[bytes]]:
        with sqlite3.connect(folder / "kiosk.db") as db:
            return db.execute("SELECT digest FROM badge").fetchall()

    kiosk(folder, "staff", "badge", "Anna", "--out", tmp_path / "a.png")
    before = badges()
    assert (tmp_path / "a.png").stat().st_mode & 0o077 == 0
    for out in (tmp_path / "no" / "such" / "a.png", Path("/proc/a.png")):
        assert "was not written" in kiosk(folder, "staff", "badge", "Anna", "--out", out, code=1)
    assert badges() == before
    assert not (tmp_path / "no").exists()
    assert "was not written" in kiosk(folder, "label", "--new", "--out", "/proc/x.pdf", code=1)
    assert "was not written" in kiosk(folder, "calendar", "export", "--out", tmp_path / "no" / "x.ics", code=1)
    kiosk(folder, "staff", "badge", "Nobody", "--out", tmp_path / "b.png", code=1)
    assert not (tmp_path / "b.png").exists()


def test_a_report_that_finds_no_room_names_its_file(folder: Path, tmp_path: Path) -> None:
    days = ("--from", "2026-11-01", "--to", "2026-11-30")
    with small_disk(tmp_path / "stick") as stick:
        fill(stick)
        for words, file in ((("attendance", "--format", "pdf"), "report.pdf"), (("pack",), "pack.zip")):
            told = kiosk(folder, "report", *words, *days, "--out", stick / file, code=1)
            assert told.splitlines()[-1] == f"kiosk: {stick / file} was not written: No space left on device"
            assert "tablet" not in told
        assert [path.name for path in stick.iterdir()] == ["filler"]
