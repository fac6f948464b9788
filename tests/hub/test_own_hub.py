"""Two tablets in one lobby: one of them is the hub, and nobody runs a server."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.backup.offsite import OffsiteCopy
from kiosk.backup.restore import open_sealed, put_in_place
from kiosk.codes.codes import ALPHABET
from kiosk.hub import admin, here
from kiosk.hub.connection import HubConnection
from kiosk.hub.enrolment import join
from kiosk.hub.errors import (
    BadInvite,
    HubAway,
    HubHasMoved,
    HubRefuses,
    HubRunsAlready,
    NoNetwork,
    NotTheHub,
    WrongHub,
)
from kiosk.hub.invitation import Access, invite_text, saved
from kiosk.hub.short_invitation import (
    DATABASE,
    HOST_NAME,
    SHORT,
    is_short,
    new_login,
    pinned,
    read_short,
    short_text,
    typed_text,
)
from kiosk.hub.standing import look
from kiosk.postgres import programs
from kiosk.postgres.copies import DUMP, LAST
from kiosk.postgres.errors import BadHubCopy, HubThere, NoPostgres, OlderPostgres
from kiosk.postgres.switch import cluster_of
from kiosk.services import new_id
from tests.hub.conftest import KEYS, Tablet, settle
from tests.hub.own import OwnHub, free_port, new_folder, own_hub, things
from tests.hub.server import PROGRAMS

#: A certificate is only fingerprinted here: any bytes are one.
PEM = ssl.DER_cert_to_PEM_cert(b"certificate")
ADDRESSES = st.lists(st.ip_addresses().map(str), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def hub() -> Iterator[OwnHub]:
    with own_hub() as one:
        yield one


@pytest.fixture
def pair(hub: OwnHub, tmp_path: Path) -> Iterator[tuple[Tablet, Tablet]]:
    """The tablet that is the hub, and a second one; each test has a centre of its own."""
    centre, both = tmp_path.name, (Tablet(tmp_path / "first"), Tablet(tmp_path / "second"))
    for one in both:
        join(one.store, hub.invite(centre))
    settle(*both)
    yield both
    for one in both:
        one.close()


def add(tablet: Tablet) -> str:
    return str(tablet.services.goods.add(now=tablet.now(), who="shell", category="furniture", thing="sofa").id)


# the invitation


@settings(max_examples=40, deadline=None)
@given(ADDRESSES, st.integers(1, 65535))
def test_a_short_invitation_says_everything(addresses: list[str], port: int) -> None:
    role, password = new_login()
    access = Access(HOST_NAME, port, DATABASE, role, password, PEM, addresses=",".join(addresses))
    text = short_text(access)
    assert is_short(text)
    assert not is_short(invite_text(access))
    assert read_short(typed_text(text).lower().replace("0", "o")) == read_short(text)
    found, pin = read_short(text)
    assert (found.addresses, found.port, found.role, found.password) == (access.addresses, port, role, password)
    assert len(text) <= 48 + 28 * len(addresses)
    assert not found.ca
    assert len(bytes.fromhex(pin)) == 10


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 60), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_noticed(at: int, letter: str) -> None:
    access = Access(HOST_NAME, 5440, DATABASE, "", "A" * 16, PEM, addresses="192.168.1.20")
    text = short_text(access)
    at = len(SHORT) + at % (len(text) - len(SHORT))
    wrong = text[:at] + letter + text[at + 1 :]
    if wrong != text:
        with pytest.raises(BadInvite):
            read_short(wrong)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=90))
def test_any_other_text_is_no_invitation(text: str) -> None:
    with pytest.raises(BadInvite):
        read_short(text)


def test_another_machine_at_the_hubs_address_hears_nothing(hub: OwnHub) -> None:
    access, pin = read_short(hub.invite())
    assert pinned(access, pin).ca.startswith("-----BEGIN CERTIFICATE")
    with pytest.raises(WrongHub):
        pinned(access, "00" * 10)
    with pytest.raises(HubAway):
        pinned(Access(HOST_NAME, free_port(), DATABASE, "", "", addresses="127.0.0.1"), pin)


def test_an_invitation_lets_in_one_tablet_by_tls_alone(hub: OwnHub, tmp_path: Path) -> None:
    text, one, other = hub.invite("Tyrnävä"), Tablet(tmp_path / "one"), Tablet(tmp_path / "other")
    access = join(one.store, text)
    assert (access.centre, access.host, access.addresses) == ("Tyrnävä", HOST_NAME, "127.0.0.1")
    with closing(HubConnection(saved(one.folder), one.folder)) as link:
        assert link.value("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") is True
        with pytest.raises(HubRefuses):
            link.rows("SELECT * FROM kiosk.tablet")
    with pytest.raises(HubRefuses):
        join(other.store, text)
    one.close()
    other.close()


def test_what_cannot_be_is_said(hub: OwnHub) -> None:
    with pytest.raises(HubRunsAlready):
        here.serve(hub.folder, hub.stopped)
    with pytest.raises(NoNetwork):
        here.invite(hub.folder, centre="Lumijoki", addresses=[])
    with new_folder() as folder, pytest.raises(NotTheHub):
        here.invite(folder, centre="Lumijoki")
    with new_folder() as folder:
        (folder / "hub.copy").write_bytes(b"no copy")
        with pytest.raises(BadHubCopy):
            OwnHub(folder).start(folder / "hub.copy")
    assert here.is_ready(hub.folder)


def test_without_postgresql_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(programs, "INSTALLED", tmp_path)
    with new_folder() as folder, pytest.raises(NoPostgres):
        OwnHub(folder).start()


# the first tablet goes and comes


def test_the_second_works_alone_while_the_first_is_off(hub: OwnHub, pair: tuple[Tablet, Tablet]) -> None:
    first, second = pair
    hub.stop()
    first.close()
    alone = add(second)
    for _ in range(2):
        with pytest.raises(HubAway):
            second.round()
        second.sync.hang_up()
    assert look(second.store).waiting
    hub.start()
    first.open()
    here_too = add(first)
    settle(first, second)
    assert things(first, second) == [{alone, here_too}] * 2
    assert not look(second.store).waiting


# copies, upgrades, moves


def test_the_copy_after_an_erasure_has_nothing_of_the_person(tmp_path: Path) -> None:
    with own_hub() as hub:
        first = Tablet(hub.folder)
        join(first.store, hub.invite())
        request = first.services.help.sign_up(
            request_id=new_id(first.now()),
            service="friend",
            language="fi",
            details={"name": "Markerina"},
            now=first.now(),
            notice_version="1",
        )
        boxes = [bytes(box).hex() for (box,) in first.store.db.execute_sql("SELECT box FROM envelope").fetchall()]

        def copied() -> str:
            """What is in the copy that tonight's backup leaves in the folder."""
            OffsiteCopy(first.store, tmp_path).take_data(first.now())
            with tarfile.open(hub.folder / "hub" / LAST) as copy:
                copy.extract(DUMP, tmp_path, filter="data")
            restore = [PROGRAMS / "pg_restore", "-f", "-", tmp_path / DUMP]
            return subprocess.run(restore, capture_output=True, text=True, check=True).stdout

        settle(first)
        before = copied()
        assert [box for box in boxes if box in before] == boxes != []
        first.services.data_requests.erase(code=request.code, now=first.now(), who="shell")
        settle(first)
        after = copied()
        assert [box for box in boxes if box in after] == []
        first.close()


def test_the_drill_the_tablet_that_was_the_hub_is_gone(tmp_path: Path) -> None:
    """Its sealed backup makes a new tablet, which becomes the hub again; the other tablet notices nothing but a gap."""
    with own_hub() as hub, new_folder() as elsewhere:
        first, other, place = Tablet(hub.folder), Tablet(tmp_path / "other"), tmp_path / "stick"
        place.mkdir()
        for tablet in (first, other):
            join(tablet.store, hub.invite())
        before = add(first)
        settle(first, other)
        sealed = OffsiteCopy(first.store, place).take_data(first.now())
        assert b"kiosk_t_" not in sealed.read_bytes()
        later = add(other)  # in no copy: the other tablet says it again
        settle(first, other)
        first.close()
        hub.stop()

        put_in_place(elsewhere, open_sealed(elsewhere, sealed, KEYS.private), first.now())
        new = OwnHub(elsewhere)
        new.port = hub.port
        new.start()
        again = Tablet(elsewhere)
        join(again.store, new.invite())
        other.sync.hang_up()
        settle(other, again)
        assert things(other, again) == [{before, later}] * 2
        newest = add(again)
        settle(other, again)
        assert things(other, again) == [{before, later, newest}] * 2
        new.stop()
        with pytest.raises(HubThere):
            new.start(elsewhere / "hub" / LAST)
        other.close()
        again.close()


@pytest.mark.long
def test_a_newer_postgresql_takes_over_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version = int(PROGRAMS.parent.name)
    with new_folder() as installed:
        _upgrades(tmp_path, installed, version, monkeypatch)


def _upgrades(tmp_path: Path, installed: Path, version: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (version, version + 1):  # the same programs twice: what is tried is the way of the data
        (installed / str(number)).mkdir(parents=True)
    (installed / str(version) / "bin").symlink_to(PROGRAMS)
    monkeypatch.setattr(programs, "INSTALLED", installed)
    with own_hub() as hub:
        one = Tablet(tmp_path / "one")
        join(one.store, hub.invite())
        item = add(one)
        one.round()
        hub.stop()
        (installed / str(version + 1) / "bin").symlink_to(PROGRAMS)
        hub.start()
        one.sync.hang_up()
        assert cluster_of(hub.folder).version == version + 1
        assert (hub.folder / "hub" / str(version)).is_dir()  # until the next start
        one.round()
        with admin.owner(cluster_of(hub.folder).url) as db:
            assert db.execute("SELECT count(*) FROM kiosk.event WHERE subject = %s", (item,)).fetchone() == (1,)
        hub.stop()
        (installed / str(version) / "bin").unlink()
        hub.start()
        assert not (hub.folder / "hub" / str(version)).exists()
        hub.stop()
        shutil.move(hub.folder / "hub" / str(version + 1), hub.folder / "hub" / str(version - 1))
        with pytest.raises(OlderPostgres):
            hub.start()
        one.close()


@pytest.mark.long
def test_the_hub_moves_and_the_tablets_follow(tmp_path: Path) -> None:
    with own_hub() as old, new_folder() as elsewhere:
        one = Tablet(tmp_path / "one")
        join(one.store, old.invite())
        item = add(one)
        one.round()
        file = elsewhere / "moving.copy"
        with pytest.raises(FileNotFoundError):
            here.move(old.folder, elsewhere / "missing" / "moving.copy")
        old.thread.join(60)
        old.start()  # what failed has changed nothing
        one.sync.hang_up()
        listening = listens(one)
        while not one.sync.look().in_step(one.now()):
            time.sleep(0.1)
        here.move(old.folder, file, to="127.0.0.2,127.0.0.1")
        listening()
        assert saved(one.folder).addresses.startswith("127.0.0.1,127.0.0.2")
        old.thread.join(60)
        with pytest.raises(HubHasMoved):
            old.start()
        new = OwnHub(elsewhere)
        new.port = old.port
        new.start(file)
        settle(one)
        other = Tablet(tmp_path / "other")
        join(other.store, new.invite())
        settle(one, other)
        assert things(other) == [{item}]
        new.stop()
        one.close()
        other.close()


def listens(tablet: Tablet) -> Callable[[], None]:
    """Let a tablet listen as it does in the lobby; returns what ends that."""
    tablet.sync.start()

    def end() -> None:
        tablet.sync.stop()
        tablet.close()
        tablet.open()

    return end
