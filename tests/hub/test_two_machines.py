"""Two tablets as two machines: each in a network namespace with an address of its own, by the commands of a person."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.hub import here, nearby
from kiosk.hub.enrolment import join
from kiosk.hub.errors import HubAway
from kiosk.hub.hosting import Hosting
from kiosk.hub.invitation import is_joined, save, saved
from kiosk.hub.short_invitation import is_short, read_short
from kiosk.hub.whereabouts import Whereabouts
from kiosk.postgres import certificate
from tests.hub.conftest import Tablet, settle
from tests.hub.own import new_folder, own_hub, things

ROOT = Path(__file__).parents[2]
#: The two ends of the line between them. No address is one of this machine's own.
FIRST, SECOND, MOVED = "10.77.26.1", "10.77.26.2", "10.77.26.9"


class Machine:
    """A network namespace with one end of the line."""

    def __init__(self, name: str, end: str, address: str) -> None:
        self.name, self.end = name, end
        run("ip", "link", "set", end, "netns", name)
        for words in (
            ("addr", "add", f"{address}/24", "dev", end),
            ("link", "set", end, "up"),
            ("link", "set", "lo", "up"),
        ):
            self.ip(*words)

    def ip(self, *words: str) -> None:
        run("ip", "-n", self.name, *words)

    def command(self, *words: str) -> list[str]:
        return ["ip", "netns", "exec", self.name, sys.executable, "-m", *words]

    def says(self, *words: str) -> str:
        done = subprocess.run(self.command(*words), cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


@pytest.fixture
def machines() -> Iterator[tuple[Machine, Machine]]:
    if os.geteuid() or not shutil.which("ip"):
        pytest.skip("machines of their own need root and iproute2")
    names = [f"kiosk-{end}-{os.getpid()}" for end in "ab"]
    for name in names:
        if subprocess.run(["ip", "netns", "add", name], capture_output=True).returncode:
            pytest.skip("no network namespaces here")
    ends = [f"kl{end}{os.getpid() % 100000}" for end in "ab"]
    run("ip", "link", "add", ends[0], "type", "veth", "peer", "name", ends[1])
    yield Machine(names[0], ends[0], FIRST), Machine(names[1], ends[1], SECOND)
    for name in names:
        run("ip", "netns", "del", name)


@pytest.mark.long
def test_the_second_finds_the_first_at_another_address(machines: tuple[Machine, Machine], tmp_path: Path) -> None:
    first, second = machines
    other = Tablet(tmp_path / "second")
    other.close()
    with new_folder() as folder:
        hub = subprocess.Popen(
            first.command("kiosk", "hub", "serve", "--data", str(folder)), cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        try:
            assert hub.stdout is not None
            assert hub.stdout.readline().startswith("postgresql://")
            [text, *_] = first.says(
                "kiosk", "hub", "invite", "--centre", "Lumijoki", "--data", str(folder)
            ).splitlines()
            assert is_short(text)
            assert read_short(text)[0].addresses.split(",")[0] == FIRST
            assert "number 1" in second.says("kiosk", "hub", "join", text, "--data", str(other.folder))
            before = second.says("tests.hub.one_round", str(other.folder))
            assert "Hub" not in before
            first.ip("addr", "del", f"{FIRST}/24", "dev", first.end)
            first.ip("addr", "add", f"{MOVED}/24", "dev", first.end)
            found = until(lambda: second.says("tests.hub.one_round", str(other.folder)), "HubAway")
            assert found == before
            assert MOVED in saved(other.folder).addresses
        finally:
            hub.terminate()
            assert hub.wait(60) == 0


def until(ask: Callable[[], str], not_yet: str) -> str:
    """Ask until another answer comes: the first tablet looks at its address every few seconds."""
    for _ in range(20):
        if (found := ask()) != not_yet:
            return found
    return found


def test_what_mdns_says_is_nothing_without_the_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with own_hub() as hub, new_folder() as elsewhere:
        one = Tablet(tmp_path / "one")
        join(one.store, hub.invite())
        known = saved(one.folder)
        wrong = certificate.ensure(elsewhere, "kiosk-hub.local")
        save(replace(known, ca=wrong, addresses="127.0.0.2"), one.folder)
        before = saved(one.folder)
        monkeypatch.setattr(nearby, "search", lambda ca: ["127.0.0.1"])
        with pytest.raises(HubAway):
            Whereabouts(one.folder).reach()
        assert saved(one.folder) == before
        save(replace(known, addresses="::2"), one.folder)  # nobody is there
        Whereabouts(one.folder).reach().close()
        assert saved(one.folder).addresses == "127.0.0.1"
        one.close()


@pytest.mark.long
def test_a_tablet_becomes_the_hub_at_the_desk(tmp_path: Path) -> None:
    """What a touch at the desk starts: a server of its own, and the tablet is the first that joined it."""
    with new_folder() as folder:
        one, other = Tablet(folder), Tablet(tmp_path / "other")
        joined: list[bool] = []
        hosting = Hosting(one.store, lambda: joined.append(True))
        assert hosting.look().possible
        hosting.switch_on(centre="Lumijoki", name="Tablet {number}")
        assert hosting.look().starting
        while hosting.look().starting:
            time.sleep(0.1)
        try:
            assert (hosting.look().trouble, joined, is_joined(folder)) == (None, [True], True)
            assert not hosting.look().possible
            item = one.services.goods.add(now=one.now(), who="shell", category="furniture", thing="sofa").id
            name, text = here.invite(folder, centre="Lumijoki", name="Tablet {number}", addresses=["127.0.0.1"])
            assert name == "Tablet 2"
            join(other.store, text)
            settle(one, other)
            assert things(other) == [{item}]
        finally:
            hosting.stop()
        with pytest.raises(HubAway):
            other.round()
        one.close()
        other.close()
