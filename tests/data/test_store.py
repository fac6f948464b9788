"""The data folder: durable settings, an unbroken journal, migrations, damage and other programs."""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import peewee
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.data import InstanceLock, new_id, prepared
from kiosk.data.ids import following_id
from kiosk.data.migrations import latest, steps
from kiosk.data.models import MODELS, Visit, canonical_json
from kiosk.errors import (
    AlreadyRunning,
    DamagedDatabase,
    DataExists,
    DataInRepair,
    DiskFull,
    MissingData,
    NewerDatabase,
    ReadOnlyFolder,
    StorageBusy,
)
from kiosk.journal import Store
from kiosk.journal.entries import entry_text, verify_chain
from kiosk.language.collation import romanised
from kiosk.services import Services
from kiosk.settings import load
from tests.data.damage import damage_table
from tests.world import NOW


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "data", now=NOW)


def test_it_is_opened_as_durably_as_the_design_says(store: Store) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    assert {name: store.db.pragma(name) for name in wanted} == wanted
    assert store.version == latest()
    assert len(store.device) == 32


def test_models_and_tables_are_equal(store: Store) -> None:
    for model in MODELS:
        columns = {column.name for column in store.db.get_columns(model._meta.table_name)}
        assert columns == set(model._meta.columns), model


def partial_without_rowid(db: sqlite3.Connection) -> set[str]:
    """Return the partial indexes of tables WITHOUT ROWID: SQLite 3.45.1 crashes when a statement like
    UPDATE badge SET active = ? WHERE staff = ? AND active = ? finds its rows by one."""
    tables = [name for _, name, _, _, without_rowid, _ in db.execute("PRAGMA table_list") if without_rowid]
    indexes = [row for table in tables for row in db.execute(f"PRAGMA index_list({table})")]
    return {name for _, name, _, _, partial in indexes if partial}


def test_no_table_without_rowid_has_a_partial_index(store: Store) -> None:
    assert partial_without_rowid(store.db.connection()) == set()
    old = sqlite3.connect(":memory:")
    old.execute("CREATE TABLE badge (digest TEXT PRIMARY KEY, staff TEXT, active INTEGER) WITHOUT ROWID")
    old.execute("CREATE UNIQUE INDEX one_badge_each ON badge (staff) WHERE active = 1")
    assert partial_without_rowid(old) == {"one_badge_each"}


def test_an_error_inside_undoes_everything(store: Store) -> None:
    def fail() -> None:
        with store.write(NOW) as journal:
            journal.append_unchecked("item.added", "test", {})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert verify_chain(store.db) == 0


def test_one_write_inside_another_can_fail_alone(store: Store) -> None:
    def say(number: int, *, fail: bool = False) -> None:
        with store.write(NOW) as journal:
            journal.append_unchecked("item.added", "test", {"n": number})
            if fail:
                raise RuntimeError

    with store.write(NOW) as journal:
        journal.append_unchecked("item.added", "test", {"n": 1})
        with pytest.raises(RuntimeError):
            say(2, fail=True)
        say(3)
    assert not store.db.in_transaction()
    said = store.db.execute_sql("SELECT payload FROM journal ORDER BY seq").fetchall()
    assert [json.loads(text)["n"] for (text,) in said] == [1, 3]
    assert verify_chain(store.db) == 2


def test_a_broken_rule_undoes_the_write_and_stays_a_broken_rule(store: Store) -> None:
    def alter() -> None:
        with store.write(NOW) as journal:
            journal.append_unchecked("test", "test", {})
            store.db.execute_sql("UPDATE journal SET who = 'other'")

    with pytest.raises(peewee.IntegrityError, match="never altered"):
        alter()
    assert verify_chain(store.db) == 0
    with store.write(NOW) as journal:
        journal.append_unchecked("test", "test", {})
    assert verify_chain(store.db) == 1


def test_a_busy_database_is_told_before_anything_is_written(store: Store) -> None:
    store.db.pragma("busy_timeout", 1)
    other = sqlite3.connect(store.folder / "kiosk.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageBusy), store.write(NOW):
        pytest.fail("two wrote at once")
    other.execute("ROLLBACK")
    assert not store.db.in_transaction()
    with store.write(NOW) as journal:
        journal.append_unchecked("test", "test", {})


@given(st.tuples(st.text(), st.integers(1), *[st.text()] * 6))
def test_the_text_of_an_entry_is_its_canonical_json(fields: tuple[Any, ...]) -> None:
    assert entry_text(*fields) == canonical_json(list(fields))


def test_rows_are_written_as_peewee_writes_them(store: Store) -> None:
    settings = load(None)
    services = Services(store, settings)
    services.gatherings.apply(settings.gatherings, NOW)
    session = services.gatherings.sessions_on(NOW.date())[0].id
    services.attendance.check_in(visit_id="first", session_id=session, language="fi", now=NOW)
    said = {"session": session, "at": NOW, "language": "fi", "adults": 2, "children": 1}
    prepared.insert(store.db, Visit, id="one", **said)
    Visit.insert(id="other", **said).execute(store.db)
    _, one, other = store.db.execute_sql("SELECT * FROM visit ORDER BY id").fetchall()
    assert one[1:] == other[1:]
    assert prepared.one(store.db, Visit, "id", "one").at == NOW


def test_the_journal_is_a_chain_that_cannot_be_altered(store: Store) -> None:
    for number in range(3):
        with store.write(NOW) as journal:
            journal.append_unchecked("test", "test", {"n": number})
    assert verify_chain(store.db) == 3
    for statement in ("UPDATE journal SET who = 'other'", "DELETE FROM journal"):
        with pytest.raises(peewee.IntegrityError, match="never altered"):
            store.db.execute_sql(statement)
    with sqlite3.connect(store.folder / "kiosk.db") as db:
        db.execute("DROP TRIGGER journal_stays")
        db.execute("UPDATE journal SET payload = '{\"n\":9}' WHERE seq = 2")
    with pytest.raises(ValueError, match="entry 2"):
        verify_chain(store.db)


def test_folders_are_told_apart(tmp_path: Path, store: Store) -> None:
    with pytest.raises(DataExists):
        Store.create(store.folder, now=NOW)
    with pytest.raises(MissingData):
        Store.open(tmp_path / "none")
    store.db.pragma("user_version", latest() + 1)
    store.close()
    with pytest.raises(NewerDatabase):
        Store.open(store.folder)


@pytest.mark.parametrize("damage", [b"", b"no database" * 500])
def test_a_damaged_file_is_told(store: Store, damage: bytes) -> None:
    store.close()
    (store.folder / "kiosk.db").write_bytes(damage)
    with pytest.raises(DamagedDatabase, match=r"data"):
        Store.open(store.folder)


def test_who_writes_waits_until_the_rest_was_checked(store: Store) -> None:
    store.close()
    later = Store.open(store.folder, check_later=True)
    writer = threading.Thread(target=later.set_meta, args=("key", "written"))
    writer.start()
    writer.join(timeout=0.2)
    assert (writer.is_alive(), later.get_meta("key")) == (True, None)
    later.check()
    writer.join()
    assert later.get_meta("key") == "written"


def test_nobody_writes_into_what_is_damaged(store: Store) -> None:
    store.close()
    damage_table(store.folder, "wish")
    later = Store.open(store.folder, check_later=True)
    with pytest.raises(DamagedDatabase):
        later.check()
    with pytest.raises(DataInRepair):
        later.set_meta("key", "written")
    with pytest.raises(DataInRepair), later.write(NOW):
        pytest.fail("it was written")
    with pytest.raises(DamagedDatabase):
        Store.open(store.folder)


def test_a_full_disk_is_told_and_nothing_is_half_done(store: Store) -> None:
    pages = int(store.db.pragma("page_count"))
    store.db.pragma("max_page_count", pages + 2)

    def fill() -> None:
        for _ in range(50):
            with store.write(NOW) as journal:
                journal.append_unchecked("test", "test", {"text": "x" * 4000})

    with pytest.raises(DiskFull):
        fill()
    store.db.pragma("max_page_count", 1_000_000)
    verify_chain(store.db)


def test_a_read_only_database_is_told(store: Store) -> None:
    store.db.pragma("query_only", 1)
    with pytest.raises(ReadOnlyFolder), store.write(NOW) as journal:
        journal.append_unchecked("test", "test", {})
    store.db.pragma("query_only", 0)
    assert verify_chain(store.db) == 0


def test_one_program_at_a_time(store: Store) -> None:
    with InstanceLock(store.folder):
        with pytest.raises(AlreadyRunning), InstanceLock(store.folder):
            pytest.fail("two programs had the folder")
    with InstanceLock(store.folder):
        assert (store.folder / "kiosk.lock").exists()


def test_ids_sort_by_time() -> None:
    ids = [new_id(datetime(2026, 11, day, tzinfo=UTC)) for day in range(1, 29)]
    assert ids == sorted(ids)
    assert len({new_id(NOW) for _ in range(1000)}) == 1000


@given(st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)))
def test_ids_begin_with_the_milliseconds(moment: datetime) -> None:
    """UUIDv7 (RFC 9562, 5.7): milliseconds, version 7, variant 2."""
    since = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    for made in (new_id(moment), following_id(moment, "")):
        read = uuid.UUID(made)
        assert (read.int >> 80, read.version, read.variant) == (since, 7, uuid.RFC_4122)


def test_ids_of_one_moment_sort_as_they_were_made() -> None:
    now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    ids = [new_id(now) for _ in range(2000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 2000


def test_journal_ids_go_on_whatever_the_clock_says(store: Store) -> None:
    a_year_ahead, last = new_id(NOW.replace(year=2027)), ""
    for moment in (NOW, NOW, NOW.replace(year=2025), NOW.replace(hour=9)):
        following = following_id(moment, last)
        assert following > last
        assert following[12] == "7"
        last = following
    assert following_id(NOW, a_year_ahead) > a_year_ahead
    full = "0" * 11 + "17fff8" + "0" * 15
    assert following_id(datetime(1970, 1, 1, tzinfo=UTC), full).startswith("0" * 11 + "27000")
    with store.write(NOW.replace(year=2027)) as journal:
        journal.append_unchecked("test", "test", {})
    with store.write(NOW) as journal:
        journal.append_unchecked("test", "test", {})
    ids = [entry for (entry,) in store.db.execute_sql("SELECT id FROM journal ORDER BY seq").fetchall()]
    assert ids == sorted(ids)


@pytest.mark.parametrize("version", [number for number, _ in steps()][:-1])
def test_data_of_every_earlier_version_is_brought_along(tmp_path: Path, version: int) -> None:
    folder = tmp_path / "old"
    (folder / "pictures").mkdir(parents=True)
    db = sqlite3.connect(folder / "kiosk.db")
    db.create_function("romanised", 1, romanised)
    for number, statements in steps():
        if number <= version:
            for statement in statements:
                db.execute(statement)
    db.execute(f"PRAGMA user_version = {version}")
    db.execute("INSERT INTO meta VALUES ('device', 'd')")
    db.execute(
        'INSERT INTO gathering (id, names, rule, since, start, "end", place, art, cancelled, extra, active) '
        "VALUES ('coffee', '{}', 'FREQ=DAILY', '2024-01-02', '13:00', '16:00', 'x', '', '[]', '[]', 1)"
    )
    at = "2026-11-24T08:00:00.000000Z"
    db.execute("INSERT INTO session VALUES ('s', 'coffee', '2026-11-24', ?, ?, 'x')", (at, at.replace("08", "09", 1)))
    db.execute(
        "INSERT INTO visit (id, session, at, language, adults, children) VALUES ('v', 's', ?, 'fi', 2, 1)", (at,)
    )
    db.execute(
        "INSERT INTO item (id, label_code, thing, category, size, age_group, condition, place, quantity, arrived_on, state) "
        "VALUES ('i', 'I1', 'sofa', 'furniture', '', '', 'good', 'A1', 2, '2026-11-24', 'available')"
    )
    db.execute(
        "INSERT INTO ticket (id, code, item, unit, state, language, created_at, deadline) "
        "VALUES ('t', 'T1', 'i', 1, 'reserved', 'uk', ?, ?)",
        (at, at),
    )
    db.execute(
        "INSERT INTO request (id, code, service, day, status, notice_version) VALUES ('r', 'R1', 'friend', '2026-11-24', 'new', '1')"
    )
    if version >= 2:
        db.execute("INSERT INTO staff (id, name, role, language, pin) VALUES ('p', 'Olena', 'staff', 'uk', 'hash')")
        db.execute("INSERT INTO badge (digest, staff) VALUES ('of the badge', 'p')")
    if version < 17:
        db.execute("INSERT INTO search_word VALUES (1, 'диван')")
        db.execute("INSERT INTO item_word VALUES (1, 'i')")
    if version >= 3:
        db.execute("UPDATE gathering SET seats = 5, partner = '4H', languages = '[\"fi\"]'")
        db.execute(
            "INSERT INTO seat (id, code, session, people, language, state, made_at) VALUES ('a', 'S1', 'coffee:2026-12-01:1300', 2, 'fi', 'booked', ?)",
            (at,),
        )
        db.execute(
            "INSERT INTO donation (id, code, categories, amount, fetch, state, made_at) "
            "VALUES ('d', 'D1', '[\"toys\"]', 'box', 0, 'announced', ?)",
            (at,),
        )
    if version >= 4:
        db.execute("INSERT INTO volunteer (id, code, number, request, active) VALUES ('w', 'V1', 7, 'r', 1)")
        db.execute(
            "INSERT INTO shift (id, volunteer, task, of_age, started_at) VALUES ('h', 'w', 'kitchen', 1, ?)", (at,)
        )
    db.commit()
    db.close()
    store = Store.open(folder)
    assert store.version == latest()
    for model in MODELS:
        assert {column.name for column in store.db.get_columns(model._meta.table_name)} == set(model._meta.columns)
    services = Services(store, load(None))
    assert services.attendance.count("s").people == 3
    assert services.attendance.by_way("s")["kiosk"] == 3
    assert services.goods.item("i").left == 1
    for typed in ("диван", "dyvan") if version < 17 else ():
        assert services.goods.find(text=typed, category="furniture", today=date(2026, 11, 24)) == ["i"]
    assert services.tickets.by_id("t").ended_at is None
    assert [request.erased for request in services.help.list()] == [False]
    [session] = services.gatherings.sessions_on(date(2026, 12, 1))
    assert services.programme.by_id("coffee").owner == "settings"
    if version >= 3:
        assert (session.partner, session.languages, services.seats.count(session).left) == ("4H", ("fi",), 3)
        assert services.programme.move(
            session_id=session.id, day=date(2026, 12, 2), start="14:00", end="15:00", place="4H", reason="place",
            now=NOW, who="shell",
        ).seats == 5  # fmt: skip
        [donation] = services.donations.open()
        partner = services.partners.add(name="4H", kind="association", now=NOW, who="shell")
        assert donation.partner is None
        assert services.donations.give(donation_id="d", partner=partner.id, now=NOW, who="shell").partner == partner.id
        assert partner.gatherings == 1
    if version >= 2:
        assert services.staff.member("p").has_badge
        services.staff.new_badge(member_id="p", now=NOW, who="shell")
        services.staff.revoke_badge(member_id="p", now=NOW, who="shell")
        assert not services.staff.member("p").has_badge
    if version >= 4:
        [shift] = services.volunteers.running()
        assert (shift.task, shift.started_at) == ("kitchen", NOW)
        assert store.db.execute_sql("SELECT number, partner FROM volunteer").fetchall() == [(7, None)]
    [copy] = folder.glob("before-version-*.db")
    with sqlite3.connect(copy) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (version,)
    store.close()
