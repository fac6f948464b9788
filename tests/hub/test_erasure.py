"""Erasure reaches everything: a person, a volunteer and a member of staff are erased, then every file that the program ever
wrote is looked through, the other tablets' too, and the hub's."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from kiosk.backup.authority import vouch
from kiosk.data import snapshots
from kiosk.hub import admin
from kiosk.publish.publisher import Publisher
from kiosk.services import Services, new_id
from kiosk.settings import load
from tests.hub.conftest import KEYS, NOW, Tablet, settle
from tests.hub.server import PROGRAMS, Server
from tests.world import PIN

Make = Callable[..., Tablet]
NAME, STAFF = "Markerina", "Helvimarker"
PHONE, CALLED, NOTE = "+358401112223", "+358404445556", "Rings the bell thrice"


class Traces:
    """What must be found nowhere: boxes, codes, a name, a hash of a PIN, the digest of a badge."""

    def __init__(self, tablet: Tablet) -> None:
        self._db = tablet.store.db
        self.marks: dict[str, bytes] = {}

    def add(self, what: str, mark: bytes | str) -> None:
        self.marks[what] = mark.encode() if isinstance(mark, str) else mark

    def boxes_of(self, request: str) -> None:
        for recipient, box in self._db.execute_sql(
            "SELECT recipient, box FROM envelope WHERE request = ?", (request,)
        ).fetchall():
            self.add(f"box {request[:4]} {recipient[:4]}", bytes(box)[-64:])

    def found(self, paths: Iterator[Path]) -> list[tuple[str, str]]:
        """Return (file, what) of every trace, as bytes and as PostgreSQL writes bytes."""
        hits = []
        for path in paths:
            if path.is_file() and not path.is_symlink():
                data = path.read_bytes()
                hits += [(str(path), what) for what, mark in self.marks.items() if mark in data or _hex(mark) in data]
        return hits


def _hex(mark: bytes) -> bytes:
    return mark.hex().encode()


@pytest.fixture
def lobby(tablet: Make, tmp_path: Path) -> Tablet:
    """A tablet that has been through everything that leaves a copy of its database."""
    one = tablet()
    (one.folder.parent / "stick").mkdir()
    vouch(one.store, [KEYS.private], NOW)
    rules = load(None).backup._replace(second=str(one.folder.parent / "stick"))
    one.services = Services(one.store, load(None)._replace(backup=rules))
    one.services.gatherings.apply(one.services.settings.gatherings, NOW)
    return one


def leave_copies(one: Tablet) -> None:
    """Make every copy that an update, a migration, a restore and a crash leave behind."""
    one.services.backups.make_all(one.now())
    newest = snapshots.listed(one.store.copies_folder)[0].path
    shutil.copy(newest, one.folder / "before-version-18.db")
    for place in (one.folder.parent / "before-update" / "1", one.folder / ".sealing-crash", one.folder / "aside" / "1"):
        place.mkdir(parents=True)
        for name in ("kiosk.db", "kiosk.db-wal"):
            shutil.copy(one.folder / name, place / name)
    (one.folder / "aside" / "2").mkdir()
    broken = bytearray(newest.read_bytes())
    broken[:100] = bytes(100)
    (one.folder / "aside" / "2" / "kiosk.db").write_bytes(broken)


def hub_files(server: Server) -> Iterator[Path]:
    with psycopg.connect(server.url(), autocommit=True) as db:
        db.execute("CHECKPOINT")
    return (server.data / "base").rglob("*")


def test_erasure_reaches_every_file_every_tablet_and_the_hub(
    lobby: Tablet, tablet: Make, server: Server, hub: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)  # what kiosk.logs lets through
    one, other, services, traces = lobby, tablet(), lobby.services, Traces(lobby)
    request = services.help.sign_up(
        request_id=new_id(one.now()),
        service="friend",
        language="fi",
        details={"name": NAME, "phone": PHONE},
        now=one.now(),
        notice_version="1",
    )
    services.notes.write(about=request.id, text=NOTE, language="fi", now=one.now(), who="shell")
    wish = services.wishes.leave(
        category="furniture", thing="dining_chair", size="", age_group="", language="uk", now=one.now()
    )
    services.calls.leave_number(code=wish.code, phone=CALLED, language="uk", now=one.now())
    beside = [row for (row,) in one.store.db.execute_sql("SELECT DISTINCT request FROM envelope").fetchall()]
    volunteer = services.volunteers.register(name=NAME, now=one.now(), who="shell")
    helper = services.staff.add(name=STAFF, role="helper", pin=PIN, now=one.now(), who="shell")
    services.staff.add(name="Stays", role="coordinator", pin=PIN, now=one.now(), who="shell")
    badge = services.staff.new_badge(member_id=helper.id, now=one.now(), who="shell")
    [(pin,)] = one.store.db.execute_sql("SELECT pin FROM staff WHERE id = ?", (helper.id,)).fetchall()
    [(digest,)] = one.store.db.execute_sql("SELECT digest FROM badge WHERE staff = ?", (helper.id,)).fetchall()
    [(sealed,)] = one.store.db.execute_sql("SELECT request FROM volunteer").fetchall()
    assert len(beside) == 3  # the request, its note and the number to call
    for subject in (*beside, sealed):
        traces.boxes_of(subject)
    for what, mark in (
        ("name", NAME),
        ("phone", PHONE),
        ("number to call", CALLED),
        ("note", NOTE),
        ("staff", STAFF),
        ("pin", pin),
        ("digest", digest),
        ("badge", badge),
        ("slip", request.code),
        ("volunteer's slip", volunteer.code),
    ):
        traces.add(what, mark)
    settle(one, other)
    other.services.backups.make_snapshot(other.now())
    leave_copies(one)
    services.goods.add(now=one.now(), who="shell", category="furniture", thing="sofa")
    Publisher(services).to_folder(tmp_path / "site", one.now(), lambda *_: None)
    there = {what for _path, what in traces.found(tmp_path.rglob("*"))}
    assert set(traces.marks) - there == {
        "name",
        "badge",
        "phone",
        "number to call",
        "note",
    }  # else nothing is looked for
    assert {"slip", "volunteer's slip"} <= {what for _path, what in traces.found(hub_files(server))}

    services.data_requests.erase(code=request.code, now=one.now(), who="shell")
    services.data_requests.erase(code=volunteer.code, now=one.now(), who="shell")
    services.wishes.cancel(code=wish.code, now=one.now())
    services.staff.revoke(member_id=helper.id, now=one.now(), who="shell")
    settle(one, other)
    other.services.help.erase_old(other.now() + timedelta(hours=73))
    with admin.owner(hub) as db:
        admin.tidy(db)
        name = db.info.dbname
    dump = subprocess.run(
        [PROGRAMS / "pg_dump", "-h", server.folder, "-p", str(server.port), "-U", "owner", name],
        capture_output=True,
        check=True,
    )
    (tmp_path / "dump.sql").write_bytes(dump.stdout)
    assert traces.found(tmp_path.rglob("*")) == []
    assert traces.found(hub_files(server)) == []
    said = "\n".join(record.getMessage() for record in caplog.records).encode()
    assert [what for what, mark in traces.marks.items() if mark in said] == []
    # What goes on works as before.
    settle(one, other)
    assert services.help.by_id(request.id).erased
    assert other.services.help.by_id(request.id).code == services.help.by_id(request.id).code
    with closing(sqlite3.connect(one.folder / "before-version-18.db")) as db_before:
        assert db_before.execute("SELECT count(*) FROM staff WHERE active").fetchone() == (1,)


def test_removed_staff_of_before_lose_their_names(lobby: Tablet) -> None:
    from kiosk.data.migrations import m0020_removed_staff

    staff, db = lobby.services.staff, lobby.store.db
    member = staff.add(name=STAFF, role="helper", pin=PIN, now=NOW, who="shell")
    staff.new_badge(member_id=member.id, now=NOW, who="shell")
    db.execute_sql("UPDATE staff SET active = 0")
    for statement in m0020_removed_staff.STATEMENTS:
        db.execute_sql(statement)
    assert db.execute_sql("SELECT name, pin FROM staff").fetchall() == [("", "")]
    assert db.execute_sql("SELECT count(*) FROM badge").fetchall() == [(0,)]
