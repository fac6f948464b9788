"""The installer in a Debian of its own, made by debootstrap: installs, is run again, and takes everything back."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNIT = "/etc/systemd/system/graphical.target.wants/lumijobi-kiosk.service"


HUB = "/var/lib/lumijobi/data"


class Debian:
    """A Debian in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def command(self, *words: str) -> list[str]:
        path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        return ["chroot", str(self.folder), "/usr/bin/env", "-i", path, "LANG=C.UTF-8", *words]

    def run(self, *words: str, fails: bool = False) -> str:
        done = subprocess.run(self.command(*words), capture_output=True, text=True)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def state(self) -> dict[str, str]:
        """What lies in /etc and /usr/local, apart from what every useradd leaves behind."""
        found = {}
        for place in ("etc", "usr/local"):
            for path in sorted((self.folder / place).rglob("*")):
                name = str(path.relative_to(self.folder))
                if path.name in (
                    "passwd",
                    "group",
                    "shadow",
                    "gshadow",
                    "subuid",
                    "subgid",
                    "ld.so.cache",
                ) or path.name.endswith("-"):
                    continue
                if path.is_symlink():
                    found[name] = f"-> {path.readlink()}"
                elif path.is_file():
                    found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        return found


@pytest.fixture
def debian(tmp_path: Path) -> Iterator[Debian]:
    """KIOSK_DEBIAN may name a fresh Debian that debootstrap made before; it is changed."""
    if os.geteuid() or shutil.which("debootstrap") is None:
        pytest.skip("making a Debian needs root and debootstrap")
    folder = Path(os.environ.get("KIOSK_DEBIAN", tmp_path / "debian"))
    if not (folder / "etc/debian_version").exists():
        include = "--include=systemd,systemd-sysv,udev,dbus,sudo,python3,python3-venv,ca-certificates"
        subprocess.run(
            ["debootstrap", "--variant=minbase", include, "bookworm", str(folder)], check=True, capture_output=True
        )
    shutil.copy("/etc/resolv.conf", folder / "etc/resolv.conf")
    (folder / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")  # nothing is started in here
    (folder / "usr/sbin/policy-rc.d").chmod(0o755)
    mounts = [(["-t", "proc", "proc"], "proc"), (["--bind", "/dev"], "dev"), (["--bind", "/sys"], "sys")]
    for how, place in mounts:
        subprocess.run(["mount", *how, str(folder / place)], check=True)
    try:
        yield Debian(folder)
    finally:
        for _, place in reversed(mounts):
            subprocess.run(["umount", str(folder / place)], check=True)


def follows_nothing_of_the_kiosk(debian: Debian) -> None:
    """Update as root where the kiosk's user, taken over by somebody, has laid links: nothing outside its folder changes."""
    home, stub = debian.folder / "var/lib/lumijobi", debian.folder / "stub"
    stub.write_text('#!/bin/sh\n[ $# -lt 2 ] || cp -r /opt/lumijobi/current/. "$2"\n')
    stub.chmod(0o755)
    stubs = ("LUMIJOBI_SERVICE=/bin/true", "LUMIJOBI_WATCH=0", "LUMIJOBI_BUILD=/stub")
    update = ("env", *stubs, "lumijobi-update", "--unsigned", "/bundle")

    debian.run("runuser", "-u", "lumijobi", "--", "ln", "-s", "/etc", "/var/lib/lumijobi/before-update")
    before, current = debian.state(), debian.run("readlink", "/opt/lumijobi/current")
    debian.run(*update, fails=True)
    assert debian.state() == before
    assert debian.run("readlink", "/opt/lumijobi/current") == current
    (home / "before-update").unlink()

    secret, lure = debian.folder / "etc/secret", home / "data/kiosk.db-lure"
    secret.write_text("of root")
    secret.chmod(0o600)
    lure.symlink_to("/etc/secret")
    debian.run(*update, fails=True)
    assert not [path for path in home.rglob("*") if path.is_file() and not path.is_symlink()
                and path.read_bytes() == b"of root"]  # fmt: skip
    lure.unlink()
    secret.unlink()

    debian.run(*update)
    assert list((home / "before-update").glob("*/kiosk.db"))
    assert {path.lstat().st_uid for path in home.rglob("*")} == {home.stat().st_uid}
    stub.unlink()
    debian.run("ln", "-sfn", current.strip(), "/opt/lumijobi/current")


def serves_as_a_hub(debian: Debian) -> None:
    """Run what the service of the hub runs, as its user, with the packages that were installed, and invite a tablet."""
    as_kiosk = ("runuser", "-u", "lumijobi", "--")
    serve = debian.command(*as_kiosk, "kiosk", "hub", "serve", "--data", HUB, "--port", "22051")
    hub = subprocess.Popen(serve, stdout=subprocess.PIPE, text=True)
    try:
        assert hub.stdout is not None
        assert hub.stdout.readline().startswith("postgresql://kiosk_owner@/kiosk?host=/var/lib/lumijobi/data/hub")
        said = debian.run(*as_kiosk, "kiosk", "hub", "invite", "--centre", "Lumijoki", "--data", HUB)
        assert "HUB0" in said
        assert debian.run("cat", f"{HUB}/hub/on").strip() == "22051"
    finally:
        hub.terminate()
        assert hub.wait(90) == 0


@pytest.mark.long
def test_a_debian_becomes_a_kiosk_and_back(debian: Debian) -> None:
    bundle = debian.folder / "bundle"
    shutil.rmtree(bundle, ignore_errors=True)
    subprocess.run([str(ROOT / "deploy/make-bundle"), str(bundle), sys.executable], check=True)
    debian.run("apt-get", "update", "-qq")
    debian.run("bundle/system-packages", "kiosk")  # packages stay when the kiosk goes, so they are there before
    before, target = debian.state(), debian.run("systemctl", "get-default")

    said = debian.run("/bundle/install")
    assert "done" in said
    for place in (
        "/opt/lumijobi/current/bin/kiosk",
        "/usr/local/sbin/lumijobi-update",
        "/var/lib/lumijobi/data/kiosk.db",
        "/opt/lumijobi/hub-port",
        "/etc/systemd/system/multi-user.target.wants/lumijobi-hub.path",
    ):
        debian.run("test", "-e", place)
    assert debian.run(
        "readlink", UNIT
    ).strip() == "/lib/systemd/system/lumijobi-kiosk.service" or "lumijobi" in debian.run("readlink", UNIT)
    for terminal in range(1, 7):
        assert debian.run("readlink", f"/etc/systemd/system/getty@tty{terminal}.service").strip() == "/dev/null"
    person = debian.run("getent", "passwd", "lumijobi")
    assert person.strip().endswith(":/var/lib/lumijobi:/usr/sbin/nologin")
    assert debian.run("getent", "shadow", "lumijobi").split(":")[1].startswith("!")
    assert (
        {"lp", "dialout"}
        <= set(debian.run("id", "-nG", "lumijobi").split())
        <= {"lumijobi", "lp", "dialout", "video", "render", "input", "audio"}
    )
    debian.run("runuser", "-u", "lumijobi", "--", "sudo", "-n", "true", fails=True)
    debian.run("runuser", "-u", "lumijobi", "--", "test", "-w", "/opt/lumijobi/current/bin/kiosk", fails=True)
    assert debian.run("stat", "-c", "%U %a", "/var/lib/lumijobi").strip() == "lumijobi 700"
    answer = debian.run(
        "runuser", "-u", "lumijobi", "--", "kiosk", "doctor", "--data", "/var/lib/lumijobi/data", fails=True
    )
    troubles = [line for line in answer.splitlines() if line.startswith("NOT WELL")]
    # The keys are made at the first start; whether there is a sound card or swap is this machine's affair.
    assert all(
        "database" in line and "key" in line for line in troubles if " sound" not in line and " swap" not in line
    ), answer
    unit = debian.run("systemd-analyze", "verify", "--man=no", "/etc/systemd/system/lumijobi-kiosk.service")
    assert "lumijobi" not in unit, unit
    for program in ("/usr/bin/xinit", "/usr/bin/Xorg", "/opt/lumijobi/x-server", "/usr/bin/amixer", "/usr/bin/gpgv"):
        debian.run("test", "-x", program)
    assert debian.run("readlink", "/etc/systemd/system/swap.target").strip() == "/dev/null"
    serves_as_a_hub(debian)
    readable = debian.run(
        "find", "/var/lib/lumijobi", "-perm", "/077", "!", "-name", ".bash*", "!", "-name", ".profile"
    )
    assert readable == "", readable
    follows_nothing_of_the_kiosk(debian)

    installed = debian.state()
    again = debian.run("/bundle/install")
    assert debian.state() == installed
    assert "put " not in again
    assert "built" not in again
    debian.run("/bundle/install", "--read-only", fails=True)  # the data has no partition of its own here

    debian.run("/bundle/install", "--remove")
    assert debian.state() == before
    assert debian.run("systemctl", "get-default") == target
    debian.run("test", "-e", "/var/lib/lumijobi/data/kiosk.db")
    debian.run("/bundle/install", "--remove", "--data")
    debian.run("test", "-e", "/var/lib/lumijobi", fails=True)
    debian.run("id", "lumijobi", fails=True)
