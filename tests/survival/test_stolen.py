"""With the whole disk in hand nobody learns what people told: markers are looked for in every byte."""

from __future__ import annotations

import logging
import resource
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli.main import cli
from kiosk.journal import Store
from kiosk.language.translation import Language
from kiosk.privacy.sealing import KEY_FILE, Cost, KeyPair, wrap
from kiosk.services import Services, new_id
from kiosk.services.desk.stolen_report import in_words, stolen_report
from kiosk.settings import Settings
from tests.services.conftest import NOW, keys, settings, store
from tests.world import PIN

__all__ = ["keys", "settings", "store"]
NAMES, PHONE, WISH = ("Markerina", "Маркерина", "Märkéri"), "+358401234567", "piano-marker-lessons"
PASSPHRASE = "lumi joki kahvi sohva kirja"


def marks() -> list[bytes]:
    """Every marker as it could lie on a disk."""
    texts = [*NAMES, PHONE, PHONE[4:], WISH, PASSPHRASE]
    return [text.encode(code) for text in texts for code in ("utf-8", "utf-16-le")]


def found(folder: Path, *more: bytes) -> list[tuple[str, bytes]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [(path.name, mark) for path in files for mark in (*marks(), *more) if mark in path.read_bytes()]


def everybody_tells(services: Services) -> list[str]:
    codes = []
    for number, name in enumerate(NAMES):
        for service in ("friend", "neighbour", "guidance", "other", "fetch"):
            at = NOW + timedelta(minutes=len(codes))
            details = {"name": name, "phone": PHONE, "wish": WISH, "languages": ["uk"]}
            codes.append(
                services.help.sign_up(
                    request_id=new_id(at), service=service, language="uk", details=details, now=at, notice_version="1"
                ).code
            )
        services.volunteers.register(name=name, now=NOW + timedelta(hours=number), who="shell")
    return codes


def test_no_marker_is_anywhere_on_the_disk(
    store: Store, settings: Settings, keys: KeyPair, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    (tmp_path / "stick").mkdir()
    (store.folder / KEY_FILE).write_bytes(wrap(keys.private, PASSPHRASE, Cost(1, 8 * 1024 * 1024)))
    services = Services(store, settings._replace(backup=settings.backup._replace(second=str(tmp_path / "stick"))))
    services.gatherings.apply(settings.gatherings, NOW)
    member = services.staff.add_first(name="Anna", pin=PIN, now=NOW)
    services.staff.enter(member_id=member.id, pin=PIN, now=NOW)
    codes = everybody_tells(services)
    services.keyring.unlock(PASSPHRASE, NOW)
    for code in codes:
        request = services.help.by_code(code)
        opened = services.help.open(
            request_id=request.id, private=services.keyring.private(NOW), now=NOW, who=member.who
        )
        assert opened["phone"] == PHONE
    services.backups.make_all(NOW)
    assert (store.folder / "kiosk.db-wal").stat().st_size > 0  # the log is looked through too
    assert found(tmp_path, PIN.encode(), keys.private, keys.private.hex().encode()) == []
    said = "".join(record.getMessage() for record in caplog.records).encode()
    assert [mark for mark in marks() if mark in said] == []


def test_what_is_erased_is_in_no_page_and_no_copy(store: Store, settings: Settings) -> None:
    services = Services(store, settings)
    codes = everybody_tells(services)
    boxes = [bytes(box) for (box,) in store.db.execute_sql("SELECT box FROM envelope").fetchall()]
    services.backups.make_snapshot(NOW)
    in_copy = next(store.copies_folder.glob("*.db")).read_bytes()
    assert any(box[-64:] in in_copy for box in boxes)
    for code in codes:
        services.help.erase(code=code, now=NOW, who="shell")
    kept = [bytes(box) for (box,) in store.db.execute_sql("SELECT box FROM envelope").fetchall()]
    gone = [box[-64:] for box in boxes if box not in kept]
    assert len(gone) == 2 * len(codes)
    assert [name for name, _ in found(store.folder, *gone)] == []


def test_the_report_says_what_was_there_and_nobody_s_name(store: Store, settings: Settings) -> None:
    services = Services(store, settings)
    services.staff.add_first(name="Anna", pin=PIN, now=NOW)
    codes = everybody_tells(services)
    services.help.erase(code=codes[0], now=NOW, who="shell")
    report = stolen_report(store)
    assert (report.sealed, report.erased, report.staff, report.visits) == (len(codes) - 1 + len(NAMES), 1, 1, 0)
    assert (report.oldest, report.key_here, len(report.recipients)) == (NOW.date(), False, 2)
    for code in ("fi", "en"):
        text = in_words(report, Language(code))
        assert str(report.sealed) in text
        assert "Anna" not in text
        assert not any(name in text for name in NAMES)
    answer = CliRunner().invoke(cli, ["stolen-report", "--data", str(store.folder), "--language", "fi"])
    assert answer.output.strip() == in_words(report, Language("fi"))


def test_a_crash_leaves_no_memory_on_the_disk(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    limits: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda which, to: limits.append((which, to)))
    monkeypatch.setattr("kiosk.cli.run.run_kiosk", lambda *args, **how: 0)
    CliRunner().invoke(cli, ["run", "--data", str(store.folder)])
    assert limits == [(resource.RLIMIT_CORE, (0, 0))]
