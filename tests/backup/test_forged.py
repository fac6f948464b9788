"""Copies prove who made them: what somebody with the stick and the public keys can make is refused with words."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import tarfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.backup import authority
from kiosk.backup.proof import (
    ERASED,
    PROOF,
    AfterTheTheft,
    ErasuresMissing,
    ForgedCopy,
    RenamedCopy,
    UnsignedCopy,
    verify,
)
from kiosk.backup.schedule import put_back
from kiosk.backup.sealed_file import SealedReader, SealedWriter
from kiosk.cli.main import cli
from kiosk.data import snapshots
from kiosk.data.snapshots import ForeignSchema
from kiosk.errors import BadgeNeedsPin, UnknownBadge, WrongRole
from kiosk.journal import Store
from kiosk.language.translation import LANGUAGES, Language
from kiosk.privacy.sealing import Cost, WrongPassphrase, recovery_words
from kiosk.services import Services, new_id
from kiosk.services.staff import keys as key_service
from kiosk.services.staff.keys import NewKey, new_key
from kiosk.services.staff.members import PinEnded
from kiosk.settings import Settings, load
from tests.world import NOW, PIN

LATER = NOW + timedelta(days=1)
NEW_PIN = "284917"


class Centre:
    """A tablet with its keys and a stick; `keys` by role."""

    def __init__(self, folder: Path, keys: dict[str, NewKey]) -> None:
        self.stick = folder / "stick"
        self.stick.mkdir(parents=True)
        self.store = Store.create(folder / "data", now=NOW)
        self.keys = keys
        self.services = Services(self.store, backed_up(self.stick))

    def ask(self, name: str) -> str:
        made = self.services.help.sign_up(
            request_id=new_id(NOW), service="friend", language="fi", details={"name": name}, now=NOW, notice_version="1"
        )
        return made.code

    def copy(self, when: int = 0) -> Path:
        self.services.backups.make_all(NOW + timedelta(hours=when))
        return snapshots.listed(self.stick, "sealed")[0].path

    def publics(self) -> list[bytes]:
        return [key.public for key in self.keys.values()]


def backed_up(stick: Path) -> Settings:
    settings = load(None)
    return settings._replace(backup=settings.backup._replace(second=str(stick)))


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_service, "COST", Cost(1, 8 * 1024 * 1024))


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    made = Centre(tmp_path / "centre", {role: new_key(role) for role in key_service.ROLES})
    made.services.keys.install(**made.keys, now=NOW, who="shell")
    made.services.staff.add_first(name="Anna", pin=PIN, now=NOW)
    return made


def opened(path: Path, private: bytes) -> dict[str, bytes]:
    """Return the files in a sealed copy."""
    with path.open("rb") as file, SealedReader(file, private=private) as plain:
        with tarfile.open(fileobj=io.BytesIO(plain.read()), mode="r") as archive:
            return {one.name: archive.extractfile(one).read() for one in archive}  # type: ignore[union-attr]


def sealed(path: Path, files: dict[str, bytes], publics: list[bytes]) -> Path:
    """Seal files with public keys only, as anybody can."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            head = tarfile.TarInfo(name)
            head.size = len(data)
            archive.addfile(head, io.BytesIO(data))
    with path.open("wb") as file, SealedWriter(file, publics) as writer:
        writer.write(out.getvalue())
    return path


def restore_it(path: Path, centre: Centre, folder: Path, role: str = "recovery", *more: str, answers: str = "") -> str:
    """Run `kiosk restore`; raises what it raises."""
    key = centre.keys[role]
    secret = recovery_words(key.private) if role == "recovery" else key.secret
    words = ["restore", str(path), "--data", str(folder), "--key-stdin", *more]
    done = CliRunner().invoke(cli, words, input=f"{secret}\n{answers}", standalone_mode=False, catch_exceptions=False)
    return done.output


def changed(data: bytes, tmp_path: Path, *statements: str) -> bytes:
    """Return a database with something done to it."""
    path = tmp_path / "changed.db"
    path.write_bytes(data)
    with closing(sqlite3.connect(path)) as db, db:
        db.create_function("romanised", 1, lambda text: text)
        for statement in statements:
            db.execute(statement)
    return path.read_bytes()


@pytest.mark.parametrize("role", key_service.ROLES)
def test_a_copy_of_the_centre_comes_back_and_says_who_made_it(centre: Centre, tmp_path: Path, role: str) -> None:
    code, path = centre.ask("Oksana"), centre.copy()
    said = restore_it(path, centre, tmp_path / "new", role)
    assert "Backup 1 of" in said
    assert centre.services.settings.centre.name in said
    assert "WARNING" not in said
    store = Store.open(tmp_path / "new")
    assert not Services(store, load(None)).help.by_code(code).erased
    store.close()


@pytest.mark.parametrize("keep_proof", [True, False])
def test_a_copy_forged_with_the_public_keys_is_refused(centre: Centre, tmp_path: Path, keep_proof: bool) -> None:
    first, path = centre.copy(), centre.copy(1)
    files = opened(path, centre.keys["recovery"].private)
    files["kiosk.db"] = changed(files["kiosk.db"], tmp_path, "UPDATE staff SET name = 'Eve'")
    if not keep_proof:
        files.pop(PROOF)
    sealed(path, files, centre.publics())
    with pytest.raises(ForgedCopy if keep_proof else UnsignedCopy):
        restore_it(path, centre, tmp_path / "new")
    assert not (tmp_path / "new" / "kiosk.db").exists()
    assert first.exists()


def test_another_centre_s_tablet_does_not_pass_for_one_of_this(centre: Centre, tmp_path: Path) -> None:
    """Eve has a kiosk of her own, signs with it, and seals for the centre."""
    eve = Centre(tmp_path / "eve", {role: new_key(role) for role in key_service.ROLES})
    eve.services.keys.install(**eve.keys, now=NOW, who="shell")
    eve.services.staff.add_first(name="Eve", pin=PIN, now=NOW)
    eve.store.set_recipients(centre.publics())
    path = eve.copy()
    files = opened(path, centre.keys["recovery"].private)
    said = json.loads(files[PROOF])
    own = json.loads(opened(centre.copy(), centre.keys["recovery"].private)[PROOF])
    for name in ("vouched", "authority", "certificate", "certificate_signature"):
        said[name] = own[name]  # what the centre signed once, with her statement
    sealed(path, files | {PROOF: json.dumps(said).encode()}, centre.publics())
    with pytest.raises(ForgedCopy):
        restore_it(path, centre, tmp_path / "new")


def test_an_old_copy_under_a_new_name_is_refused(centre: Centre, tmp_path: Path) -> None:
    code = centre.ask("Gone-marker")
    old = centre.copy()
    centre.services.help.erase(code=code, now=NOW, who="shell")
    new = centre.copy(1)
    for name in (new, new.with_name(new.name.replace("000002", "000009"))):
        shutil.copy(old, name)
        with pytest.raises(RenamedCopy) as refused:
            restore_it(name, centre, tmp_path / "new")
        assert old.name in str(refused.value)


@pytest.mark.parametrize("how", ["emptied", "gone", "of before", "unsigned", "short"])
def test_without_the_list_of_erasures_nobody_is_brought_back(centre: Centre, tmp_path: Path, how: str) -> None:
    code = centre.ask("Gone-marker")
    centre.copy()
    before = (centre.stick / ERASED).read_bytes()
    old = centre.copy(1)
    centre.services.help.erase(code=code, now=NOW, who="shell")
    centre.copy(2)
    beside = centre.stick / ERASED
    if how == "emptied":
        beside.write_text("[]")
    elif how == "gone":
        beside.unlink()
    elif how == "of before":
        beside.write_bytes(before)
    else:
        said = json.loads(beside.read_bytes())
        statement = json.loads(said["statement"]) | {"erased": []}
        said["statement"] = json.dumps(statement, sort_keys=True)
        beside.write_text(json.dumps(said) if how == "unsigned" else said["statement"])
    with pytest.raises(ErasuresMissing):
        restore_it(old, centre, tmp_path / "new")
    restore_it(
        old, centre, tmp_path / "known", "recovery", "--without-erasures"
    )  # said in words, by somebody at a shell


def test_the_signed_list_strikes_from_an_older_copy(centre: Centre, tmp_path: Path) -> None:
    code = centre.ask("Gone-marker")
    old = centre.copy()
    centre.services.help.erase(code=code, now=NOW, who="shell")
    centre.copy(1)
    restore_it(old, centre, tmp_path / "new")
    store = Store.open(tmp_path / "new")
    assert Services(store, load(None)).help.by_code(code).erased
    assert store.db.execute_sql("SELECT count(*) FROM envelope").fetchall() == [(0,)]
    store.close()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER mine AFTER INSERT ON visit BEGIN DELETE FROM visit; END",
        "CREATE VIEW mine AS SELECT * FROM staff",
        "CREATE TABLE mine (a)",
        "CREATE INDEX mine ON visit (lower(id))",
        "ALTER TABLE staff ADD COLUMN mine TEXT",
    ],
)
def test_what_no_migration_made_is_refused_wherever_a_copy_is_taken(
    centre: Centre, tmp_path: Path, statement: str
) -> None:
    path = centre.copy()
    files = opened(path, centre.keys["recovery"].private)
    files.pop(PROOF)
    files["kiosk.db"] = changed(files["kiosk.db"], tmp_path, statement)
    sealed(path, files, centre.publics())
    with pytest.raises(ForeignSchema):
        restore_it(path, centre, tmp_path / "new", answers="y\n")
    plain = tmp_path / "kiosk-000001-2026-11-24T09-00-00Z.db"
    plain.write_bytes(files["kiosk.db"])
    with pytest.raises(ForeignSchema):
        put_back(centre.store.folder, plain, NOW, LATER)


def test_a_trigger_changed_in_place_is_refused(centre: Centre, tmp_path: Path) -> None:
    centre.services.backups.make_snapshot(NOW)
    whole = snapshots.listed(centre.store.copies_folder)[0].path
    snapshots.need_own_schema(whole)
    with closing(sqlite3.connect(whole)) as db, db:
        db.execute("DROP TRIGGER journal_keeps")
        db.execute("CREATE TRIGGER journal_keeps BEFORE DELETE ON journal BEGIN SELECT 1; END")
    with pytest.raises(ForeignSchema):
        snapshots.need_own_schema(whole)


def unsigned(centre: Centre) -> Path:
    """A copy as versions before made them."""
    (centre.store.folder / authority.TABLET_KEY).unlink()
    return centre.copy()


def test_a_copy_of_before_comes_back_after_its_staff_were_shown(centre: Centre, tmp_path: Path) -> None:
    path = unsigned(centre)
    assert json.loads((centre.stick / ERASED).read_bytes()) == []
    with pytest.raises(click.Abort):
        restore_it(path, centre, tmp_path / "new", answers="n\n")
    assert list((tmp_path / "new").glob(".restoring-*")) == []
    said = restore_it(path, centre, tmp_path / "new", answers="y\n")
    assert "WARNING" in said
    assert "Anna, coordinator" in said
    assert (tmp_path / "new" / "kiosk.db").exists()


def test_an_unsigned_copy_with_one_more_reader_is_refused(centre: Centre, tmp_path: Path) -> None:
    centre.store.set_recipients([*centre.publics(), new_key("recovery").public])
    with pytest.raises(ForgedCopy):
        restore_it(unsigned(centre), centre, tmp_path / "new", answers="y\n")


def test_a_copy_made_after_the_theft_is_refused(centre: Centre, tmp_path: Path) -> None:
    path = centre.copy()
    with pytest.raises(AfterTheTheft):
        restore_it(path, centre, tmp_path / "new", "recovery", "--stolen-on", "2026-11-24")
    assert list((tmp_path / "new").glob(".restoring-*")) == []
    restore_it(path, centre, tmp_path / "new", "recovery", "--stolen-on", "2026-11-25")


def test_a_tablet_of_before_is_certified_when_the_key_is_unlocked(centre: Centre, tmp_path: Path) -> None:
    store, services = centre.store, centre.services
    (store.folder / authority.TABLET_KEY).unlink()
    store.db.execute_sql("DELETE FROM meta WHERE key = ?", (authority.AUTHORITY,))
    services.keyring.unlock(centre.keys["coordinator"].secret, NOW)
    path = centre.copy()
    proof = opened(path, centre.keys["coordinator"].private)[PROOF]
    assert verify(proof, centre.keys["coordinator"].private) is not None
    assert verify(proof, centre.keys["recovery"].private) is None  # never used here: it cannot tell
    services.keyring.unlock(recovery_words(centre.keys["recovery"].private), NOW)
    proof = opened(centre.copy(1), centre.keys["recovery"].private)[PROOF]
    assert {verify(proof, key.private).serial for key in centre.keys.values()} == {2}  # type: ignore[union-attr]


@pytest.mark.parametrize("role", key_service.ROLES)
def test_a_new_key_knows_the_copies_made_after_it(centre: Centre, tmp_path: Path, role: str) -> None:
    services, fresh = centre.services, new_key(role)
    services.keyring.unlock(centre.keys["coordinator"].secret, NOW)
    before = authority.saved(centre.store)
    services.keys.replace(key=fresh, now=NOW, who="shell")
    assert services.keys.go_on(private=centre.keys["coordinator"].private, now=NOW, who="shell") == 0
    old, centre.keys[role] = centre.keys[role], fresh
    proof = opened(centre.copy(), fresh.private)[PROOF]
    assert all(verify(proof, key.private) for key in centre.keys.values())
    assert verify(proof, old.private) is None
    after = authority.saved(centre.store)
    assert before is not None
    assert after is not None
    assert after.key == before.key
    services.keyring.unlock(centre.keys["coordinator"].secret, NOW)
    assert authority.saved(centre.store) == after


def test_the_signing_key_is_in_no_copy_and_readable_by_nobody_else(centre: Centre) -> None:
    own = authority.signer(centre.store.folder)
    assert own is not None
    assert (centre.store.folder / authority.TABLET_KEY).stat().st_mode & 0o077 == 0
    centre.services.backups.make_snapshot(NOW)
    files = opened(centre.copy(), centre.keys["recovery"].private)
    snapshot = snapshots.listed(centre.store.copies_folder)[0].path.read_bytes()
    for data in (*files.values(), snapshot, (centre.stick / ERASED).read_bytes()):
        assert own.seed.encode() not in data
        assert bytes.fromhex(own.seed) not in data


def test_numbers_go_on_over_sticks(centre: Centre, tmp_path: Path) -> None:
    centre.copy()
    (tmp_path / "other").mkdir()
    centre.services.backups.make_offsite(NOW, tmp_path / "other")
    assert [copy.serial for copy in snapshots.listed(tmp_path / "other", "sealed")] == [2]


def test_a_restored_tablet_asks_for_new_pins_and_ends_badges(centre: Centre, tmp_path: Path) -> None:
    """Who has the stolen tablet finds its PINs by trying; they open nothing on the new one."""
    services = centre.services
    anna = services.staff.members()[0]
    helper = services.staff.add(name="Helvi", role="helper", pin=PIN, now=NOW, who="shell")
    badge = services.staff.new_badge(member_id=helper.id, now=NOW, who="shell")
    restore_it(centre.copy(), centre, tmp_path / "new", "coordinator")
    restored = Services(Store.open(tmp_path / "new"), load(None))
    assert [member.needs_pin for member in restored.staff.members()] == [True, True]
    for member in (anna, helper):
        with pytest.raises(PinEnded):
            restored.staff.enter(member_id=member.id, pin=PIN, now=NOW)
    with pytest.raises((UnknownBadge, BadgeNeedsPin)):
        restored.staff.enter_by_badge(code=badge, now=NOW)
    renew = restored.keyring.renew_pin
    with pytest.raises(WrongRole):
        renew(member_id=helper.id, pin=NEW_PIN, secret=centre.keys["coordinator"].secret, now=NOW)
    with pytest.raises(WrongPassphrase):
        renew(member_id=anna.id, pin=NEW_PIN, secret="five other words it is", now=NOW)
    renew(member_id=anna.id, pin=NEW_PIN, secret=centre.keys["coordinator"].secret, now=NOW)
    assert restored.staff.enter(member_id=anna.id, pin=NEW_PIN, now=NOW).role == "coordinator"
    assert authority.signer(tmp_path / "new") is not None  # and its copies are certified again
    with pytest.raises(WrongRole):  # once there is a PIN, the passphrase does not take it over
        renew(member_id=anna.id, pin=PIN, secret=centre.keys["coordinator"].secret, now=NOW)
    said = CliRunner().invoke(cli, ["staff", "list", "--data", str(tmp_path / "new")]).output
    assert "needs a new PIN" in said
    run = CliRunner().invoke(cli, ["staff", "pin", "Helvi", "--pin-stdin", "--data", str(tmp_path / "new")], input=PIN)
    assert run.exit_code == 0
    assert restored.staff.enter(member_id=helper.id, pin=PIN, now=NOW).name == "Helvi"
    restored.store.close()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_no_changed_proof_is_taken(centre: Centre, tmp_path: Path, data: st.DataObject) -> None:
    path = next(iter(snapshots.listed(centre.stick, "sealed")), None)
    files = opened(path.path if path else centre.copy(), centre.keys["recovery"].private)
    said = json.loads(files[PROOF])
    name = data.draw(st.sampled_from(sorted(said)))
    said[name] = data.draw(st.none() | st.integers() | st.text() | st.just({}) | st.lists(st.text()))
    try:
        assert verify(json.dumps(said).encode(), centre.keys["recovery"].private) is None
        assert name == "vouched"
    except ForgedCopy:
        pass


def test_a_refusal_is_said_in_every_language() -> None:
    refusals = (ForgedCopy, UnsignedCopy, RenamedCopy, ErasuresMissing, AfterTheTheft, ForeignSchema, PinEnded)
    for code in LANGUAGES:
        assert code == "en" or all(Language(code).text(one.default) != one.default for one in refusals), code
