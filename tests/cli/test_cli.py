"""The command line, each time as its own program."""

from __future__ import annotations

import importlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk import clock, doctor
from kiosk.data import InstanceLock
from kiosk.journal import Store
from kiosk.services import Services
from kiosk.settings import load
from kiosk.startup.import_order import import_peewee


def kiosk(*words: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", *map(str, words)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    kiosk("init", "--data", tmp_path / "data")
    return tmp_path / "data"


#: How lines of Mesa's drivers and Wayland's library begin, which are loaded beside the program and speak for themselves.
DRIVERS = ("MESA:", "glx:", "libEGL", "error: XDG_RUNTIME_DIR is invalid or not set")


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    lines = done.stderr.strip().splitlines()
    [line] = [line for line in lines if not line.startswith(DRIVERS)]
    return line


def test_help_names_every_command_and_loads_no_screen() -> None:
    text = kiosk("--help").stdout
    for command in ("run", "demo", "init", "doctor", "goods", "attendance"):
        assert command in text
    code = "import sys, kiosk.cli.main; sys.exit('kivy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_first_picture_does_not_wait_for_what_comes_later() -> None:
    """What takes long to read is read after the first picture, or when it is used."""
    later = (
        "fpdf",
        "numpy",
        "psycopg",
        "icalendar",
        "phonenumbers",
        "holidays",
        "pillow_heif",
        "tomlkit",
        "nacl",
        "cv2",
        "PIL",
        "babel",
        "asyncio",
        "platformdirs",
        "escpos",
    )
    code = f"""import sys
import kiosk.cli.main
kiosk.startup.import_order.import_peewee()
import screens.app, kiosk.backup.schedule, kiosk.cli.run, kiosk.pictures.store, kiosk.services.staff.first_start
print(*(name for name in {later} if name in sys.modules))"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_init_shows_the_keys_once_and_leaves_no_plain_key(tmp_path: Path) -> None:
    shown = kiosk("init", "--data", tmp_path / "d").stdout
    assert "passphrase" in shown
    passphrase = next(line for line in shown.splitlines() if "passphrase:" in line).partition(":")[2].strip()
    assert len(passphrase.split()) == 5
    for path in (tmp_path / "d").rglob("*"):
        if path.is_file():
            assert passphrase.encode() not in path.read_bytes()
    assert "already" in one_line(kiosk("init", "--data", tmp_path / "d", code=1))


def examined(folder: Path, volume: int = 0) -> dict[str, dict[str, Any]]:
    """Return the doctor's checks by name, for a tablet that needs no loudspeaker; this machine itself may have swap."""
    (folder / "settings.toml").write_text(f"[sound]\nvolume = {volume}\n")
    command = [sys.executable, "-m", "kiosk", "doctor", "--json", "--data", str(folder)]
    checks = json.loads(subprocess.run(command, capture_output=True, text=True, timeout=120).stdout)
    return {check["name"]: check for check in checks if check["name"] != "swap"}


def test_the_doctor_misses_a_voice(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    troubles = [check for check in examined(folder).values() if not check["ok"]]
    assert [(check["name"], "espeak-ng" in check["detail"]) for check in troubles] == [("voice", True)]
    assert not examined(folder, 75)["sound"]["ok"]  # neither card nor mixer


def test_the_doctor_is_content(folder: Path) -> None:
    checks = examined(folder)
    assert all(check["ok"] for check in checks.values())
    assert {"database", "settings", "languages", "fonts", "sound"} <= set(checks)


def test_the_doctor_knows_what_lands_on_a_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swaps = tmp_path / "swaps"
    monkeypatch.setattr(doctor, "SWAPS", swaps)
    head = "Filename Type Size Used Priority\n"
    swaps.write_text(f"{head}/dev/zram0 partition 1 0 100\n")
    assert doctor._swap() == "none"
    swaps.write_text(f"{head}/dev/zram0 partition 1 0 100\n/swapfile file 9 0 -2\n")
    with pytest.raises(ValueError, match="/swapfile: what is typed may land"):
        doctor._swap()


def test_a_missing_folder(tmp_path: Path) -> None:
    assert "kiosk init" in one_line(kiosk("run", "--windowed", "800x600", "--data", tmp_path / "none", code=3))
    checks = json.loads(kiosk("doctor", "--json", "--data", tmp_path / "none", code=1).stdout)
    assert not next(check for check in checks if check["name"] == "database")["ok"]


def test_broken_settings(folder: Path) -> None:
    (folder / "settings.toml").write_text("[tickets]\nlimit = 'many'\n")
    line = one_line(kiosk("attendance", "--data", folder, code=4))
    assert "settings.toml line 2: tickets.limit" in line


def test_a_newer_database(folder: Path) -> None:
    with sqlite3.connect(folder / "kiosk.db") as db:
        db.execute("PRAGMA user_version = 99")
    assert "version 99" in one_line(kiosk("goods", "list", "--data", folder, code=5))


def test_a_damaged_database(folder: Path) -> None:
    (folder / "kiosk.db").write_bytes(b"this is no database" * 1000)
    assert "damaged" in one_line(kiosk("goods", "list", "--data", folder, code=1))


def test_a_second_instance(folder: Path) -> None:
    with InstanceLock(folder):
        assert "already running" in one_line(kiosk("run", "--windowed", "800x600", "--data", folder, code=6))


def test_wrong_use() -> None:
    assert "--windowed" in kiosk("run", "--windowed", "large", code=2).stderr
    assert "dance" in kiosk("dance", code=2).stderr


def test_goods_from_a_csv_file_with_errors_told_by_row(folder: Path, tmp_path: Path) -> None:
    Image.new("RGB", (300, 200), "teal").save(tmp_path / "sofa.jpg")
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    table = tmp_path / "goods.csv"
    table.write_text(
        "\ufeffthing;name_fi;category;quantity;kg;number;photo\n"
        "sofa;;;1;37,5;A1;sofa.jpg\n"
        ";Lyhty;other;2;;A2;\n"
        "dragon;;;1;;A3;\n"
        ";Rikki;other;1;;A4;broken.jpg\n"
        ";Ulkona;other;1;;A5;../../etc/passwd\n"
        ";Monta;other;many;;A6;\n",
        encoding="utf-8",
    )
    done = kiosk("goods", "import", table, "--data", folder, code=1)
    told = [line for line in done.stderr.splitlines() if line.startswith("kiosk:")]
    assert [line.split(":")[1].strip() for line in told] == [f"goods.csv row {n}" for n in (4, 5, 6, 7)]
    items = json.loads(kiosk("goods", "list", "--json", "--data", folder).stdout)
    assert {(item["names"]["fi"], item["quantity"], item["kg"]) for item in items} == {
        ("Sohva", 1, 37.5),
        ("Lyhty", 2, None),
    }
    again = kiosk("goods", "import", table, "--data", folder, code=1)
    assert again.stdout.startswith("0 added, 2 known already")


def test_goods_from_a_folder_of_pictures_twice(folder: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "pictures" / "toys"
    shelf.mkdir(parents=True)
    for name, colour in (("Nalle", "brown"), ("Jokin outo", "red")):
        Image.new("RGB", (300, 200), colour).save(shelf / f"{name}.png")
    dry = kiosk("goods", "import", shelf.parent, "--dry-run", "--data", folder).stdout
    assert dry.startswith("2 would be added")
    assert kiosk("goods", "import", shelf.parent, "--data", folder).stdout.startswith("2 added")
    assert kiosk("goods", "import", shelf.parent, "--data", folder).stdout.startswith("0 added, 2 known")
    items = json.loads(kiosk("goods", "list", "--json", "--data", folder).stdout)
    assert {(item["thing"], item["category"]) for item in items} == {("teddy_bear", "toys"), (None, "toys")}
    assert all(len(item["photos"]) == 1 for item in items)


def test_an_empty_folder_and_a_foreign_table_are_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "no list and no picture" in one_line(kiosk("goods", "import", tmp_path / "empty", "--data", folder, code=1))
    (tmp_path / "bank.csv").write_text("iban,amount\nFI00,1\n")
    assert "No column with names was found" in one_line(
        kiosk("goods", "import", tmp_path / "bank.csv", "--data", folder, code=1)
    )


def test_attendance_of_a_new_centre_is_empty(folder: Path) -> None:
    assert json.loads(kiosk("attendance", "--json", "--data", folder).stdout) == []


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "not written" in one_line(kiosk("init", "--data", tmp_path / "d", code=1))


def test_the_programme_goes_out_and_in_and_partners_are_listed(folder: Path, tmp_path: Path) -> None:
    store = Store.open(folder)
    services = Services(store, load(None))
    services.gatherings.apply(services.settings.gatherings, clock.utc_now())
    services.partners.add(name="4H", kind="association", now=clock.utc_now(), who="shell")
    store.close()
    out = tmp_path / "programme.ics"
    kiosk("calendar", "export", "--out", out, "--data", folder)
    assert b"UID:coffee@lumijobi-kiosk" in out.read_bytes()
    assert "0 taken, 1 there already, 0 not taken" in kiosk("calendar", "import", out, "--data", folder).stdout
    wrong = kiosk("calendar", "export", "--gathering", "nothing", "--data", folder, code=1)
    assert one_line(wrong) == "kiosk: This series was not found."
    [partner] = json.loads(kiosk("partners", "list", "--json", "--data", folder).stdout)
    assert (partner["name"], partner["kind"], partner["thanked_on"]) == ("4H", "association", None)


def test_what_was_read_of_the_hub_stays() -> None:
    driver = importlib.import_module("psycopg")
    import_peewee()
    assert sys.modules.get("psycopg") is driver
