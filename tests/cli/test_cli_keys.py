"""Keys from the shell: a new passphrase, a new sheet read back by a scanner's eyes, and a restore from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from click.testing import CliRunner
from PIL import Image

from kiosk.cli.main import cli
from kiosk.documents.recovery_sheet import recovery_pdf
from kiosk.errors import KioskError
from kiosk.journal import Store
from kiosk.language.translation import LANGUAGES, Language
from kiosk.privacy.sealing import Cost, WrongWords, private_from_paper, private_from_words, recovery_digits
from kiosk.services import Services, new_id
from kiosk.services.staff.keys import new_key
from kiosk.settings import load
from tests.services.conftest import NOW

KEY = new_key("recovery")
#: A folder on another disk than the data: what a stick is.
OTHER_DISK = Path("/dev/shm")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.services.staff.keys.COST", Cost(1, 8 * 1024 * 1024))


@pytest.fixture
def stick() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=OTHER_DISK) as folder:
        yield Path(folder)


@pytest.fixture
def data(tmp_path: Path) -> tuple[Path, str, str]:
    """A data folder with one request in it, its passphrase and its recovery words."""
    folder = tmp_path / "data"
    shown = run("init", folder)
    store = Store.open(folder)
    Services(store, load(None)).help.sign_up(
        request_id=new_id(NOW), service="friend", language="uk", details={"name": "Oksana"}, now=NOW, notice_version="1"
    )
    store.close()
    passphrase = next(line.split(":")[1].strip() for line in shown.splitlines() if "passphrase:" in line)
    return folder, passphrase, printed(shown)


def run(*args: object, secret: str = "", code: int = 0) -> str:
    words = [str(arg) for arg in args]
    folder = words.index(str(args[-1]))
    answer = CliRunner().invoke(cli, [*words[:folder], "--data", words[folder]], input=secret + "\n")
    assert answer.exit_code == code or (code == 1 and isinstance(answer.exception, KioskError)), answer.output
    return f"{answer.output}{answer.exception if code else ''}"


def printed(output: str) -> str:
    """Return the words a command showed."""
    return " ".join(" ".join(line.split()) for line in output.splitlines() if line.startswith("    ") and line.strip())


def pages(pdf: bytes) -> list[Image.Image]:
    """Draw a PDF as a printer would, at 150 dots an inch."""
    return [page.render(scale=150 / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize("language", ["fi", "uk"])
def test_the_sheet_is_one_page_and_its_code_is_read_back(language: str) -> None:
    [page] = pages(recovery_pdf(KEY.secret, Language(language), "Lumijobi", date(2026, 11, 24)))
    assert abs(page.height / page.width - 297 / 210) < 0.01
    [found] = zxingcpp.read_barcodes(page)
    assert (found.text, private_from_paper(found.text)) == (recovery_digits(KEY.secret), KEY.private)
    small = page.rotate(7, expand=True, fillcolor="white").resize((page.width * 3 // 5, page.height * 3 // 5))
    assert zxingcpp.read_barcodes(small)[0].text == found.text


def test_the_sheet_has_every_word_in_every_language() -> None:
    for code in LANGUAGES:
        [page] = pypdfium2.PdfDocument(recovery_pdf(KEY.secret, Language(code), "Тест Ääkkönen", date(2026, 11, 24)))
        text = page.get_textpage().get_text_bounded()
        assert "Тест Ääkkönen" in text
        assert all(f" {word}" in text for word in KEY.secret.split())


def test_digits_that_are_no_key_are_refused() -> None:
    assert private_from_paper("  " + KEY.secret.upper()) == private_from_words(KEY.secret)
    for digits in ("9" * 96, "0" * 96):
        with pytest.raises(WrongWords):
            private_from_paper(digits)


def opened(folder: Path, secret: str) -> list[str]:
    store = Store.open(folder)
    services = Services(store, load(None))
    services.keyring.unlock(secret, NOW)
    found = services.help.open_all(services=("friend",), private=services.keyring.private(NOW), now=NOW, who="shell")
    store.close()
    return [details["name"] for details in found.values()]


def test_a_new_passphrase_and_a_new_sheet(data: tuple[Path, str, str], stick: Path) -> None:
    folder, passphrase, words = data
    before = json.loads(run("keys", "show", "--json", folder))
    new = printed(run("keys", "new", "coordinator", "--yes", "--key-stdin", folder, secret=words))
    assert (len(new.split()), opened(folder, new), opened(folder, words)) == (5, ["Oksana"], ["Oksana"])
    run("keys", "new", "recovery", "--yes", "--key-stdin", folder, secret=passphrase, code=1)
    inside = folder / "sheet.pdf"
    run("keys", "new", "recovery", "--yes", "--key-stdin", "--pdf", inside, folder, secret=new, code=1)
    assert not inside.exists()
    sheet = stick / "sheet.pdf"
    paper = printed(run("keys", "new", "recovery", "--yes", "--key-stdin", "--pdf", sheet, folder, secret=new))
    assert (len(paper.split()), opened(folder, recovery_digits(paper)), opened(folder, new)) == (
        24,
        ["Oksana"],
        ["Oksana"],
    )
    assert sheet.stat().st_size > 5000
    after = json.loads(run("keys", "show", "--json", folder))
    assert (after["changing"], after["left"]) == ("", 0)
    assert all(before[role] != after[role] for role in ("coordinator", "recovery"))
    assert "No change" in run("keys", "resume", "--key-stdin", folder, secret=new, code=1)


def test_a_sealed_copy_is_restored_from_the_scanned_code(
    data: tuple[Path, str, str], stick: Path, tmp_path: Path
) -> None:
    folder, passphrase, words = data
    run("backup", "--to", stick, folder)
    [copy] = stick.glob("*.sealed")
    for number, secret in enumerate((recovery_digits(words), words, passphrase)):
        new = tmp_path / f"new{number}"
        run("restore", copy, "--key-stdin", new, secret=secret)
        assert opened(new, passphrase) == ["Oksana"]


def test_making_the_sheet_writes_nothing(tmp_path: Path) -> None:
    """Every file that is opened for writing while a sheet is made, in a process of its own."""
    script = """
import sys
wrote = []
def hook(event, args):
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        wrote.append(str(args[0]))
from datetime import date
from kiosk.language.translation import Language
from kiosk.documents.recovery_sheet import recovery_pdf
from kiosk.services.staff.keys import new_key
recovery_pdf(new_key("recovery").secret, Language("fi"), "Lumijobi", date(2026, 11, 24))
sys.addaudithook(hook)
made = recovery_pdf(new_key("recovery").secret, Language("uk"), "Lumijobi", date(2026, 11, 24))
assert made.startswith(b"%PDF")
open(sys.argv[1], "w").close()
assert wrote == [sys.argv[1]], wrote
"""
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "seen")], check=True, env=os.environ)
