"""A tablet is let in, speaks as itself only, and is sent away."""

from __future__ import annotations

import json
import ssl
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from kiosk.cli.main import cli
from kiosk.hub import admin, migrations
from kiosk.hub.connection import HubConnection
from kiosk.hub.enrolment import join
from kiosk.hub.errors import BadInvite, HubAway, HubRefuses, InsecureHub, JoinedAlready
from kiosk.hub.invitation import PENDING, Access, invite_text, read_invite, save, saved
from tests.hub.conftest import Tablet, settle
from tests.hub.server import Server


def test_an_invitation_is_text_for_a_scanner() -> None:
    access = Access("127.0.0.1", 5432, "hub", "kiosk_t_1", "secret", centre="Lumijoki")
    text = invite_text(access)
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    assert read_invite(" ".join((text[:20].lower(), text[20:]))) == access
    for wrong in ("", "HUB", text[:-3], text[:30] + "A" + text[31:], "T" + text):
        with pytest.raises(BadInvite):
            read_invite(wrong)
    with pytest.raises(InsecureHub):
        read_invite(invite_text(replace(access, host="hub.example.org")))


def test_an_invitation_is_good_once(tablet: Callable[..., Tablet], invite: Callable[..., str]) -> None:
    one, other, text = tablet(joined=False), tablet(joined=False), invite()
    access = join(one.store, text)
    assert (access.centre, access.number, access.lane) == ("Lumijoki", 1, 0)
    assert (one.folder / "hub.json").stat().st_mode & 0o077 == 0
    with pytest.raises(JoinedAlready):
        join(one.store, text)
    with pytest.raises(HubRefuses):
        join(other.store, text)


def test_a_power_cut_while_joining_locks_nobody_out(tablet: Callable[..., Tablet], invite: Callable[..., str]) -> None:
    one, text = tablet(joined=False), invite()
    join(one.store, text)  # as if the power went just before the tablet noted that it is in
    save(saved(one.folder), one.folder, PENDING)
    (one.folder / "hub.json").unlink()
    assert join(one.store, text).number == 1
    one.round()


def test_a_tablet_may_only_call_what_it_is_allowed(tablet: Callable[..., Tablet], hub: str) -> None:
    one, other = tablet("Lumijoki"), tablet("Liminka")
    other.services.goods.add(now=other.now(), who="shell", category="furniture", thing="sofa")
    settle(one, other)
    with closing(HubConnection(saved(one.folder), one.folder)) as link:
        assert link.value("SELECT count(*) FROM kiosk.event WHERE kind = 'item.added'") == 0
        for wrong in (
            "SELECT * FROM kiosk.tablet",
            "INSERT INTO kiosk.event SELECT * FROM kiosk.event",
            "DELETE FROM kiosk.event",
            "SELECT kiosk.decide(1, 'ticket.confirmed', 'a', 'b', NULL)",
            "SELECT kiosk.arbitrate(1, 'a')",
            "CREATE TABLE kiosk.mine (a int)",
        ):
            with pytest.raises(HubRefuses):
                link.rows(wrong)
        with pytest.raises(HubRefuses):  # the device of another centre
            link.value("SELECT kiosk.push(%s, %s, %s, %s, '[]')", (other.store.device, "0" * 64, [], []))
    with admin.owner(hub) as db:
        rows = db.execute("SELECT proname FROM pg_proc WHERE pronamespace = 'kiosk'::regnamespace AND prosecdef "
                          "AND NOT coalesce(proconfig, '{}') @> '{\"search_path=kiosk, pg_temp\"}'").fetchall()  # fmt: skip
    assert rows == []


def test_a_tablet_that_is_sent_away_keeps_its_events_and_is_cut_off(tablet: Callable[..., Tablet], hub: str) -> None:
    one = tablet()
    one.services.goods.add(now=one.now(), who="shell", category="furniture", thing="sofa")
    one.round()
    with admin.owner(hub) as db:
        admin.revoke(db, which="Lumijoki/Tablet 1")
        [view] = admin.tablets(db)
    assert view.revoked is not None
    assert view.events > 0
    with pytest.raises((HubAway, HubRefuses)):
        one.round()
    one.sync.hang_up()
    with pytest.raises(HubRefuses):
        one.round()
    assert one.services.goods.counts(today=one.now().date())["all"] == 1


def test_a_region_sees_counts_and_nothing_else(tablet: Callable[..., Tablet], hub: str) -> None:
    one, far = tablet("Lumijoki"), tablet("Kuopio")
    session = one.services.gatherings.sessions_now(one.now())[0].id
    for people in (1, 2):
        one.services.attendance.check_in(
            visit_id=f"v{people}", session_id=session, language="fi", now=one.now(), adults=people, children=1
        )
    one.services.help.sign_up(
        request_id="r", service="friend", language="fi", details={"name": "Marker"}, now=one.now(), notice_version="1"
    )
    settle(one, far)
    with admin.owner(hub) as db:
        db.execute("UPDATE kiosk.centre SET region = 'north' WHERE name = 'Lumijoki'")
        role, password = admin.region_reader(db, region="north")
        where = {"host": db.info.host, "port": db.info.port, "dbname": db.info.dbname}
    with psycopg.connect(**where, user=role, password=password) as reader:
        found = reader.execute("SELECT centre, visits, people, requests FROM kiosk.counts").fetchall()
        assert found == [("Lumijoki", 2, 5, "<5")]
        told = {column.name for column in reader.execute("SELECT * FROM kiosk.counts").description or ()}
        assert told == {"centre", "region", "visits", "people", "given", "requests"}  # no group, no adults and children
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute("SELECT * FROM kiosk.event")


def test_the_line_is_tls_with_the_hubs_own_certificate(tmp_path: Path, tablet: Callable[..., Tablet]) -> None:
    server = Server()
    for name in ("hub", "wrong"):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
             "-keyout", tmp_path / f"{name}.key", "-out", tmp_path / f"{name}.crt"],
            check=True, capture_output=True,
        )  # fmt: skip
    server.make()
    for name in ("hub.key", "hub.crt"):
        server.give(tmp_path / name)
    server.start("-c ssl=on", f"-c ssl_cert_file={server.folder}/hub.crt", f"-c ssl_key_file={server.folder}/hub.key")
    try:
        url = server.new_database("hub")
        with admin.owner(url) as db:
            migrations.init(db, (tmp_path / "hub.crt").read_text())
            access = admin.invite(db, centre="Lumijoki", name="Lobby", host="localhost")
        text = invite_text(access)
        assert len(text) < 1500
        one = tablet(joined=False)
        join(one.store, text)
        one.round()
        with closing(HubConnection(saved(one.folder), one.folder)) as link:
            assert link.value("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") is True
        other = ssl.DER_cert_to_PEM_cert(ssl.PEM_cert_to_DER_cert((tmp_path / "wrong.crt").read_text()))
        with pytest.raises(HubAway):
            HubConnection(replace(saved(one.folder), ca=other), one.folder)
        one.close()
    finally:
        server.stop()


def test_the_commands(hub: str, tmp_path: Path) -> None:
    folder, run = tmp_path / "data", CliRunner()

    def kiosk(*words: str, text: str = "") -> str:
        done = run.invoke(cli, list(words), input=text, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    kiosk("init", "--data", str(folder))
    assert json.loads(kiosk("hub", "status", "--json", "--data", str(folder)))["joined"] is False
    said = kiosk("hub", "invite", hub, "--centre", "Lumijoki", "--name", "Lobby", "--png", str(tmp_path / "qr.png"))
    [text] = [line for line in said.splitlines() if line.startswith("HUB")]
    assert "number 1" in kiosk("hub", "join", "--data", str(folder), text=text)
    view = json.loads(kiosk("hub", "status", "--json", "--data", str(folder)))
    assert (view["joined"], view["centre"], view["in_step_at"]) == (True, "Lumijoki", None)
    [known] = json.loads(kiosk("hub", "status", hub, "--json"))
    assert (known["name"], known["centre"], known["revoked"]) == ("Lobby", "Lumijoki", None)
    kiosk("hub", "revoke", hub, "Lumijoki/Lobby")
    assert "revoked" in kiosk("hub", "status", hub)
    assert (tmp_path / "qr.png").stat().st_size > 500
