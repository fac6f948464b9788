"""Copies of the data: made, thinned, sealed, put back; a damaged database heals itself."""

from __future__ import annotations

import io
import random
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from kiosk.backup.authority import vouch
from kiosk.backup.offsite import OffsiteCopy, bring_pictures, find_place, unpack
from kiosk.backup.schedule import BackupService, open_or_heal, thinned
from kiosk.backup.sealed_file import PIECE, SealedReader, SealedWriter
from kiosk.cli.main import cli
from kiosk.data import new_id, snapshots
from kiosk.data.snapshots import Copy
from kiosk.errors import (
    DamagedDatabase,
    DiskFull,
    MissingData,
    NoBackup,
    NoBackupKey,
    NoSecondPlace,
    SecondPlaceTrouble,
)
from kiosk.journal import Store
from kiosk.journal.entries import verify_chain
from kiosk.pictures.store import Pictures
from kiosk.privacy.sealing import (
    KEY_FILE,
    CannotOpen,
    Cost,
    DamagedCopy,
    KeyPair,
    WrongPassphrase,
    new_keypair,
    recovery_words,
    wrap,
)
from kiosk.services import Services
from kiosk.settings import Settings, load
from tests.world import NOW

CHEAP = Cost(passes=1, memory=8 * 1024 * 1024)
PASSPHRASE = "lumi joki kahvi sohva kirja"


@pytest.fixture
def keys() -> tuple[KeyPair, KeyPair]:
    return new_keypair(), new_keypair()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def services(tmp_path: Path, keys: tuple[KeyPair, KeyPair], place: Path) -> Services:
    store = Store.create(tmp_path / "data", now=NOW)
    store.set_recipients([key.public for key in keys])
    (store.folder / KEY_FILE).write_bytes(wrap(keys[0].private, PASSPHRASE, CHEAP))
    vouch(store, [key.private for key in keys], NOW)
    services = Services(store, settings_with(second=str(place)))
    services.gatherings.apply(services.settings.gatherings, NOW)
    return services


def settings_with(**changes: object) -> Settings:
    settings = load(None)
    return settings._replace(backup=settings.backup._replace(**changes))  # type: ignore[arg-type]


def kiosk(*words: object, typed: str = "") -> None:
    """Run a command; raises what it raises."""
    CliRunner().invoke(cli, [str(word) for word in words], input=typed, standalone_mode=False, catch_exceptions=False)


def check_in(services: Services, now: datetime = NOW) -> str:
    session = services.gatherings.sessions_now(now)[0]
    visit = services.attendance.check_in(visit_id=new_id(now), session_id=session.id, language="uk", now=now)
    return visit.id


def ask(services: Services, name: str) -> str:
    request = services.help.sign_up(
        request_id=new_id(NOW), service="friend", language="fi", details={"name": name}, now=NOW, notice_version="1"
    )
    return request.code


def damage(folder: Path) -> None:
    """Overwrite the middle of the database, as a dying card does."""
    with (folder / "kiosk.db").open("r+b") as file:
        file.seek(4096)
        file.write(random.Random(7).randbytes(8 * 4096))


def test_a_copy_is_made_when_it_is_due_and_can_be_opened(services: Services) -> None:
    store, backups = services.store, services.backups
    visit = check_in(services)
    assert store.backed_up() is None
    for minutes in (0, 14, 15, 40):
        backups.snapshot_due(NOW + timedelta(minutes=minutes))
    found = snapshots.listed(store.copies_folder)
    assert [copy.made_at - NOW for copy in reversed(found)] == [timedelta(minutes=minutes) for minutes in (0, 15, 40)]
    assert store.backed_up() == found[0].made_at
    assert sorted(path.name for path in store.copies_folder.iterdir()) == sorted(copy.path.name for copy in found)
    with sqlite3.connect(found[-1].path) as db:
        assert db.execute("SELECT id FROM visit").fetchall() == [(visit,)]
    backups.snapshot_due(NOW - timedelta(days=400))  # the clock was set back: the copy is made, and is the newest
    assert store.backed_up() == NOW - timedelta(days=400)


def test_copies_are_thinned_by_age_and_by_size(services: Services) -> None:
    every = [Copy(n, NOW - timedelta(minutes=15 * (5000 - n)), Path(str(n))) for n in range(5000, 0, -1)]
    kept = thinned(every, NOW, timedelta(days=14))
    ages = [(NOW - copy.made_at) / timedelta(hours=1) for copy in kept]
    assert len([age for age in ages if age < 6]) == 24
    assert len([age for age in ages if 6 <= age < 48]) in (42, 43)
    assert len([age for age in ages if age >= 48]) in (12, 13)
    assert max(ages) < 14 * 24
    assert thinned(every[-1:], NOW, timedelta(days=14)) == every[-1:]  # the only one, however old

    small = BackupService(services.store, settings_with(most_mb=0))
    for minutes in range(6):
        small.make_snapshot(NOW + timedelta(minutes=minutes))
    assert [copy.serial for copy in snapshots.listed(services.store.copies_folder)] == [6, 5, 4]


def test_a_copy_is_not_made_at_the_cost_of_the_last_free_space(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.backups.make_snapshot(NOW)
    services.backups.make_snapshot(NOW)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**9, 10**9, 1000))
    with pytest.raises(DiskFull):
        services.backups.make_snapshot(NOW)
    assert len(snapshots.listed(services.store.copies_folder)) == 1


@pytest.mark.parametrize("how", ["damaged", "gone", "empty", "torn log"])
def test_a_damaged_database_heals_itself_at_the_start(services: Services, how: str) -> None:
    store, folder = services.store, services.store.folder
    before = check_in(services)
    services.backups.make_snapshot(NOW)
    check_in(services)
    store.close()
    if how == "damaged":
        damage(folder)
    elif how == "gone":
        (folder / "kiosk.db").unlink()
    elif how == "empty":
        (folder / "kiosk.db").write_bytes(b"")
    else:
        (folder / "kiosk.db").write_bytes(b"x" * 4096)
        (folder / "kiosk.db-wal").write_bytes(b"y" * 8192)
    bad = (folder / "kiosk.db").read_bytes() if how != "gone" else None
    (folder / "backups" / "kiosk-000009-2026-11-24T09-00-00Z.db").write_bytes(b"no database")

    later = NOW + timedelta(hours=1)
    healed = open_or_heal(folder, later)
    services = Services(healed, load(None))
    assert healed.db.execute_sql("SELECT id FROM visit").fetchall() == [(before,)]
    assert how in ("gone", "empty") or next(folder.glob("aside/*/kiosk.db")).read_bytes() == bad
    check_in(services, later)  # it goes on
    verify_chain(healed.db)

    restored = services.day.look(later).restored
    assert restored is not None
    assert (restored.at, restored.made_at) == (later, NOW)
    services.day.know_restored(now=later, who="shell")
    assert services.day.look(later).restored is None
    healed.close()
    Store.open(folder).close()


def test_without_a_sound_copy_the_damage_is_told(services: Services, tmp_path: Path) -> None:
    services.store.close()
    damage(services.store.folder)
    with pytest.raises(DamagedDatabase):
        open_or_heal(services.store.folder, NOW)
    with pytest.raises(MissingData):
        open_or_heal(tmp_path / "nothing", NOW)


def test_what_is_sealed_opens_for_both_recipients_and_nobody_else(keys: tuple[KeyPair, KeyPair]) -> None:
    for size in (0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE):
        plain, sealed = random.Random(size).randbytes(size), io.BytesIO()
        with SealedWriter(sealed, [key.public for key in keys]) as writer:
            writer.write(plain)
        for key in keys:
            assert SealedReader(io.BytesIO(sealed.getvalue()), private=key.private).read() == plain
        with pytest.raises(CannotOpen) as other:
            SealedReader(io.BytesIO(sealed.getvalue()), private=new_keypair().private)
        assert not isinstance(other.value, DamagedCopy)


def test_a_sealed_file_that_was_changed_or_cut_is_noticed(keys: tuple[KeyPair, KeyPair]) -> None:
    sealed = io.BytesIO()
    with SealedWriter(sealed, [keys[0].public]) as writer:
        writer.write(b"a" * 100 + b"b" * PIECE)
    whole = sealed.getvalue()
    cuts = [whole[:at] for at in (*range(0, 400, 7), len(whole) - 1, len(whole) - PIECE)]
    changes = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in (*range(0, 400, 11), len(whole) - 1)]
    for data in (*cuts, *changes, whole + b"x"):
        with pytest.raises(DamagedCopy):
            SealedReader(io.BytesIO(data), private=keys[0].private).read()


def test_the_second_place_is_due_once_a_day(services: Services, place: Path) -> None:
    backups, day = services.backups, timedelta(days=1)
    evening = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)  # 16:00 in Finland, after 15:30
    assert backups.second_is_due(NOW)
    backups.run_due(NOW)
    assert not backups.second_is_due(NOW + timedelta(hours=3))
    assert backups.second_is_due(evening)
    backups.run_due(evening)
    assert not backups.second_is_due(NOW + day)
    assert backups.second_is_due(NOW + 2 * day)  # it was off in the evening
    assert backups.second_is_due(NOW - day)  # the clock was set back
    place.rename(place.with_name("pulled out"))
    assert not backups.second_is_due(NOW + 2 * day)
    with pytest.raises(NoSecondPlace):
        backups.make_offsite(NOW)


def test_everything_comes_back_from_the_second_place(
    services: Services, place: Path, tmp_path: Path, keys: tuple[KeyPair, KeyPair]
) -> None:
    """The drill: the tablet is gone, a new one is made from the stick, with the passphrase and with the 24 words."""
    pictures = Pictures(services.store.folder / "pictures")
    out = io.BytesIO()
    Image.effect_noise((640, 480), 60).convert("RGB").save(out, "JPEG")
    name = pictures.add(out.getvalue())
    visit, code, gone = check_in(services), ask(services, "Oksana-marker"), ask(services, "Gone-marker")
    services.backups.make_all(NOW)
    services.help.erase(code=gone, now=NOW, who="shell")
    services.backups.make_all(NOW)
    snapshots.listed(place, "sealed")[0].path.unlink()  # only the day before is left, with the list of the day after
    services.store.close()

    stored = b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file())
    assert b"SQLite format" not in stored
    assert b"CREATE TABLE" not in stored
    for number, secret in enumerate((PASSPHRASE, recovery_words(keys[1].private))):
        new = tmp_path / f"new{number}"
        sealed = snapshots.listed(place, "sealed")[0].path
        kiosk("restore", sealed, "--data", new, "--key-stdin", typed=secret)
        with_new = Services(Store.open(new), load(None))
        assert with_new.store.db.execute_sql("SELECT id FROM visit").fetchall() == [(visit,)]
        assert (
            with_new.help.open(
                request_id=with_new.help.by_code(code).id, private=keys[number].private, now=NOW, who="shell"
            )["name"]
            == "Oksana-marker"
        )
        assert with_new.help.by_code(gone).erased
        assert Pictures(new / "pictures").is_sound(name)
        assert (new / KEY_FILE).read_bytes() == (services.store.folder / KEY_FILE).read_bytes()
        with_new.store.close()
    with pytest.raises(WrongPassphrase):
        kiosk("restore", sealed, "--data", tmp_path / "no", "--key-stdin", typed="five other words it is")


def test_trouble_with_the_second_place_is_told(services: Services, place: Path, tmp_path: Path) -> None:
    (place / "pictures").write_text("in the way")
    Pictures(services.store.folder / "pictures").add(b_picture())
    with pytest.raises(SecondPlaceTrouble):
        services.backups.make_offsite(NOW)
    assert services.day.look(NOW).second_backup is None
    services.store.set_recipients([])
    with pytest.raises(NoBackupKey):
        services.backups.make_offsite(NOW)
    assert find_place("") is None
    assert find_place(str(tmp_path / "no")) is None


def test_pictures_are_taken_some_at_a_time(
    services: Services, place: Path, keys: tuple[KeyPair, KeyPair], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.backup.offsite.SOME", 2)
    pictures = Pictures(services.store.folder / "pictures")
    names = {pictures.add(b_picture(colour)) for colour in ("teal", "navy", "brown", "white", "black")}
    target = OffsiteCopy(services.store, place)
    assert [target.take_pictures() for _ in range(3)] == [False, False, True]
    (place / "pictures" / f"{'0' * 64}.sealed").write_bytes((place / "pictures" / f"{min(names)}.sealed").read_bytes())
    seen: list[tuple[int, int]] = []
    back = Pictures(tmp_path / "back")
    brought = bring_pictures(place, keys[1].private, back, lambda done, of: seen.append((done, of)))
    assert (brought, set(back.names()), seen[-1]) == (5, names, (6, 6))


def test_a_sealed_copy_that_was_cut_is_not_restored(
    services: Services, place: Path, keys: tuple[KeyPair, KeyPair], tmp_path: Path
) -> None:
    sealed = OffsiteCopy(services.store, place).take_data(NOW)
    sealed.write_bytes(sealed.read_bytes()[:-1])
    with pytest.raises(DamagedCopy):
        unpack(sealed, keys[0].private, tmp_path)


def other_byte(data: bytes, place: int) -> bytes:
    """Return `data` with one byte that is not what it was."""
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def test_a_damaged_copy_is_not_called_a_wrong_key(
    services: Services, place: Path, keys: tuple[KeyPair, KeyPair], tmp_path: Path
) -> None:
    sealed = OffsiteCopy(services.store, place).take_data(NOW)
    whole = sealed.read_bytes()
    words = recovery_words(keys[1].private)
    for damaged in (b"", whole[:100], other_byte(whole, 30), whole[:-200], other_byte(whole, 500)):
        sealed.write_bytes(damaged)
        with pytest.raises(DamagedCopy, match="damaged or incomplete"):
            kiosk("restore", sealed, "--data", tmp_path / "new", "--key-stdin", typed=words)
    sealed.write_bytes(whole)
    with pytest.raises(CannotOpen, match="cannot be opened with that key"):
        kiosk("restore", sealed, "--data", tmp_path / "new", "--key-stdin", typed=recovery_words(new_keypair().private))


def test_a_damaged_picture_is_left_out(place: Path, keys: tuple[KeyPair, KeyPair], tmp_path: Path) -> None:
    (place / "pictures").mkdir()
    (place / "pictures" / f"{'a' * 64}.sealed").write_bytes(b"LUMIJOBI SEALED 1\n")
    seen: list[tuple[int, int]] = []
    pictures = Pictures(tmp_path / "back")
    assert bring_pictures(place, keys[0].private, pictures, lambda done, of: seen.append((done, of))) == 0
    assert seen == [(1, 1)]


def test_restore_goes_back_to_the_newest_copy_and_keeps_what_was_there(services: Services) -> None:
    folder = services.store.folder
    kept = check_in(services)
    services.store.close()
    with pytest.raises(NoBackup):
        kiosk("restore", "--data", folder, "--yes")
    kiosk("backup", "--data", folder)
    services.store.db.execute_sql("DELETE FROM visit")
    services.store.close()
    kiosk("restore", "--data", folder, "--yes")
    with sqlite3.connect(folder / "kiosk.db") as db:
        assert db.execute("SELECT id FROM visit").fetchall() == [(kept,)]
    with sqlite3.connect(next(folder.glob("aside/*/kiosk.db"))) as db:
        assert db.execute("SELECT id FROM visit").fetchall() == []


def b_picture(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return out.getvalue()
