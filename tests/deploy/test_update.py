"""Updating: a new version runs, or the one before runs again on the data it knew. With real scripts and a real database in
a temporary folder; in the place of systemd stands a script that starts the program and looks how it ended."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.journal import Store
from tests.services.conftest import NOW

DEPLOY = Path(__file__).parents[2] / "deploy"
#: What a version does when it is started: the real program reads the database, one that is in haste only looks for it,
#: others fail.
REAL = f"""exec "{Path(sys.executable).with_name("kiosk")}" attendance --data "$DATA" """
WELL = 'test -f "$DATA/kiosk.db"'
DIES = "exit 1"
MIGRATES = f"""exec "{sys.executable}" -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.executescript("PRAGMA user_version = 999; CREATE TABLE made_by_the_new (x)")
sys.exit(1)' "$DATA/kiosk.db" """
SERVICE = """#!/bin/sh
case $1 in
    stop | well) rm -f "$LUMIJOBI_ROOT/up" ;;
    hub) touch "$LUMIJOBI_ROOT/hub-follows" ;;
    *) touch "$LUMIJOBI_ROOT/up"; DATA="$LUMIJOBI_ROOT/var/lib/lumijobi/data" exec "$LUMIJOBI_ROOT/opt/lumijobi/current/bin/kiosk" run ;;
esac
"""
BUILD = """#!/bin/sh
[ -f "$1/kiosk" ] || exit 1
mkdir -p "$2/bin" && cp "$1/kiosk" "$2/bin/kiosk"
"""


def executable(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


class Signer:
    """Somebody with a key of gpg."""

    def __init__(self, home: Path, name: str) -> None:
        self._gpg = ["gpg", "--homedir", str(home), "--batch", "--quiet", "--yes"]
        self._name = name
        subprocess.run(
            [*self._gpg, "--passphrase", "", "--quick-generate-key", name, "ed25519"], check=True, capture_output=True
        )

    def key(self) -> bytes:
        return subprocess.run([*self._gpg, "--export", self._name], check=True, capture_output=True).stdout

    def sign(self, bundle: Path, key: bytes | None = None) -> None:
        """Sign a bundle as deploy/make-bundle does; `key` is what the next update has to be signed by."""
        (bundle / "update-key.gpg").write_bytes(self.key() if key is None else key)
        add_up(bundle)
        command = [*self._gpg, "--local-user", self._name, "--armor", "--detach-sign", "--output"]
        subprocess.run([*command, str(bundle / "SHA256SUMS.asc"), str(bundle / "SHA256SUMS")], check=True)


def add_up(bundle: Path) -> None:
    """Write the sums of a bundle."""
    files = sorted(path for path in bundle.rglob("*") if path.is_file() and not path.name.startswith("SHA256SUMS"))
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  ./{path.relative_to(bundle)}\n" for path in files]
    (bundle / "SHA256SUMS").write_text("".join(lines))


@pytest.fixture(scope="module")
def signers() -> Iterator[tuple[Signer, Signer]]:
    """Two who sign: us, and somebody else."""
    with tempfile.TemporaryDirectory(prefix="gpg-") as home:  # a short path, as the agent's socket lies there
        yield Signer(Path(home), "us"), Signer(Path(home), "others")
        subprocess.run(["gpgconf", "--homedir", home, "--kill", "gpg-agent"], check=True)


class Tablet:
    def __init__(self, root: Path, signer: Signer) -> None:
        self.root, self.signer = root, signer
        self.data = root / "var/lib/lumijobi/data"
        self.current = root / "opt/lumijobi/current"
        Store.create(self.data, now=NOW).close()
        self.key = root / "opt/lumijobi/update-key.gpg"
        self.key.parent.mkdir(parents=True)
        self.key.write_bytes(signer.key())
        self.env = {
            **os.environ, "LUMIJOBI_ROOT": str(root), "LUMIJOBI_WATCH": "0",
            "LUMIJOBI_SERVICE": str(executable(root / "service", SERVICE)),
            "LUMIJOBI_BUILD": str(executable(root / "build", BUILD)),
        }  # fmt: skip

    def bundle(self, version: str, does: str | None) -> Path:
        folder = self.root / f"bundle-{version}"
        folder.mkdir()
        (folder / f"lumijobi_kiosk-{version}-py3-none-any.whl").touch()
        if does is not None:
            executable(folder / "kiosk", f"#!/bin/sh\n{does}\n")
        self.signer.sign(folder)
        return folder

    def update(self, version: str, does: str | None) -> tuple[int, str]:
        return self.take(self.bundle(version, does))

    def take(self, bundle: Path, *words: str) -> tuple[int, str]:
        command = [str(DEPLOY / "update"), *words, str(bundle)]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    @property
    def runs(self) -> str:
        return self.current.resolve().name.partition("-")[0]

    def says(self, sql: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.data / "kiosk.db") as db:
            return db.execute(sql).fetchall()


@pytest.fixture
def tablet(tmp_path: Path, signers: tuple[Signer, Signer]) -> Tablet:
    return Tablet(tmp_path, signers[0])


def test_a_new_version_runs_and_the_last_few_are_kept(tablet: Tablet) -> None:
    for number in range(1, 5):
        code, said = tablet.update(f"1.{number}", WELL)
        assert code == 0, said
        assert tablet.runs == f"1.{number}"
        for place in (tablet.current.resolve().parent, tablet.data.parent / "before-update"):  # as if on other days
            for folder in place.iterdir():
                os.utime(folder, (folder.stat().st_mtime - 86400,) * 2)
    kept = {path.name.partition("-")[0] for path in tablet.current.resolve().parent.iterdir()}
    assert kept == {"1.2", "1.3", "1.4"}


def test_a_version_that_does_not_come_up_is_taken_back(tablet: Tablet) -> None:
    assert tablet.update("1.0", WELL)[0] == 0
    code, said = tablet.update("2.0", DIES)
    assert (code, tablet.runs) == (1, "1.0")
    assert "the version before runs again" in said
    assert "2.0" not in {path.name.partition("-")[0] for path in tablet.current.resolve().parent.iterdir()}
    assert tablet.update("2.1", WELL)[0] == 0
    assert tablet.runs == "2.1"


def test_what_a_failed_version_made_of_the_data_is_taken_back_and_kept_aside(tablet: Tablet) -> None:
    assert tablet.update("1.0", REAL)[0] == 0
    before = tablet.says("PRAGMA user_version")
    code, said = tablet.update("2.0", MIGRATES)
    assert (code, tablet.runs) == (1, "1.0"), said
    assert tablet.says("PRAGMA user_version") == before
    assert tablet.says("PRAGMA integrity_check") == [("ok",)]
    [aside] = (tablet.data.parent / "before-update").glob("*-new")
    with sqlite3.connect(aside / "kiosk.db") as db:
        assert db.execute("PRAGMA user_version").fetchone() == (999,)


def test_a_database_that_cannot_be_copied_stops_the_update_and_not_the_kiosk(tablet: Tablet) -> None:
    assert tablet.update("1.0", WELL)[0] == 0
    shutil.rmtree(tablet.data.parent / "before-update")
    (tablet.data.parent / "before-update").write_text("in the way")
    code, said = tablet.update("2.0", WELL)
    assert (code, tablet.runs) == (1, "1.0"), said
    assert "nothing was changed" in said
    assert (tablet.root / "up").exists()


def test_a_version_that_cannot_be_built_changes_nothing(tablet: Tablet) -> None:
    assert tablet.update("1.0", WELL)[0] == 0
    code, said = tablet.update("2.0", None)
    assert (code, tablet.runs) == (1, "1.0")
    assert "nothing was changed" in said


def changed(bundle: Path) -> None:
    (bundle / "kiosk").write_text("#!/bin/sh\ntouch /changed-on-the-way\n")


def sums_changed_too(bundle: Path) -> None:
    changed(bundle)
    add_up(bundle)


def without_signature(bundle: Path) -> None:
    (bundle / "SHA256SUMS.asc").unlink()


def without_sums(bundle: Path) -> None:
    (bundle / "SHA256SUMS").unlink()


def one_file_more(bundle: Path) -> None:
    (bundle / "lumijobi_kiosk-9.9-py3-none-any.whl").touch()


def one_file_less(bundle: Path) -> None:
    (bundle / "kiosk").unlink()


def a_link(bundle: Path) -> None:
    (bundle / "kiosk").rename(bundle.with_name("elsewhere"))
    (bundle / "kiosk").symlink_to(bundle.with_name("elsewhere"))


def a_pipe(bundle: Path) -> None:
    os.mkfifo(bundle / "pipe")


TAMPERED = [changed, sums_changed_too, without_signature, without_sums, one_file_more, one_file_less, a_link, a_pipe]


@pytest.mark.parametrize("tamper", TAMPERED, ids=lambda tamper: tamper.__name__)
def test_a_bundle_that_was_tampered_with_changes_nothing(tablet: Tablet, tamper: Callable[[Path], None]) -> None:
    assert tablet.update("1.0", WELL)[0] == 0
    bundle = tablet.bundle("2.0", WELL)
    tamper(bundle)
    code, said = tablet.take(bundle)
    assert (code, tablet.runs) == (1, "1.0"), said
    assert "nothing was changed" in said or "no bundle" in said
    assert not list(tablet.key.parent.glob("incoming.*"))


def test_a_bundle_of_somebody_else_is_refused(tablet: Tablet, signers: tuple[Signer, Signer]) -> None:
    assert tablet.update("1.0", WELL)[0] == 0
    bundle = tablet.bundle("2.0", WELL)
    signers[1].sign(bundle)
    code, said = tablet.take(bundle)
    assert (code, tablet.runs) == (1, "1.0")
    assert "signature of this bundle is not good" in said


def test_without_a_signature_it_is_said_loudly_what_that_gives_up(tablet: Tablet) -> None:
    bundle = tablet.bundle("1.0", WELL)
    (bundle / "SHA256SUMS.asc").unlink()
    code, said = tablet.take(bundle, "--unsigned")
    assert (code, tablet.runs) == (0, "1.0"), said
    assert said.count("WARNING") == 2
    tablet.key.unlink()
    code, said = tablet.update("2.0", WELL)
    assert (code, tablet.runs) == (1, "1.0")
    assert "no key" in said
    broken = tablet.bundle("3.0", WELL)
    one_file_more(broken)  # whole it must be all the same
    assert tablet.take(broken, "--unsigned")[0] == 1


def test_the_next_key_comes_with_an_update_that_the_one_before_signed(
    tablet: Tablet, signers: tuple[Signer, Signer]
) -> None:
    us, others = signers
    bundle = tablet.bundle("1.0", WELL)
    us.sign(bundle, others.key())
    assert tablet.take(bundle)[0] == 0
    assert tablet.key.read_bytes() == others.key()
    assert tablet.update("2.0", WELL)[0] == 1
    bundle = tablet.bundle("3.0", WELL)
    others.sign(bundle)
    assert tablet.take(bundle)[0] == 0
    assert tablet.runs == "3.0"


def test_an_update_that_goes_back_brings_no_key(tablet: Tablet, signers: tuple[Signer, Signer]) -> None:
    assert tablet.update("1.0", WELL)[0] == 0
    bundle = tablet.bundle("2.0", DIES)
    signers[0].sign(bundle, signers[1].key())
    assert tablet.take(bundle)[0] == 1
    assert tablet.key.read_bytes() == signers[0].key()


def test_the_copy_of_the_data_is_for_nobody_else(tablet: Tablet) -> None:
    assert tablet.update("1.0", WELL)[0] == 0
    for folder in (tablet.data.parent / "before-update", *(tablet.data.parent / "before-update").iterdir()):
        assert folder.stat().st_mode & 0o077 == 0


def test_a_damaged_bundle_is_refused(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    (bundle / "lumijobi_kiosk-1.0-py3-none-any.whl").write_text("changed on the way")
    (bundle / "SHA256SUMS").write_text("0" * 64 + "  ./lumijobi_kiosk-1.0-py3-none-any.whl\n")
    done = subprocess.run(
        [str(DEPLOY / "build-version"), str(bundle), str(tmp_path / "v")], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "not whole" in done.stderr
    assert not (tmp_path / "v").exists()


SCRIPTS = [
    "install",
    "update",
    "build-version",
    "make-bundle",
    "system-packages",
    "places",
    "try-on",
    "x-server",
    "hub-port",
]
UNITS = ["lumijobi-kiosk.service", "lumijobi-hub.service", "lumijobi-hub.path"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_scripts_are_well_formed(script: str) -> None:
    subprocess.run(["bash", "-n", str(DEPLOY / script)], check=True)
    if checker := shutil.which("shellcheck"):
        subprocess.run([checker, "--external-sources", str(DEPLOY / script)], check=True, cwd=DEPLOY.parent)


@pytest.mark.parametrize("name", UNITS)
def test_every_file_has_its_place_and_systemd_understands_the_unit(name: str) -> None:
    places = (DEPLOY / "places").read_text()
    named = {path.name for path in (DEPLOY / "etc").iterdir()}
    assert all(name in places + (DEPLOY / "install").read_text() for name in named)
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze reads units")
    unit = str(DEPLOY / name)
    said = subprocess.run([program, "verify", "--man=no", unit], capture_output=True, text=True).stderr
    about = [line for line in said.splitlines() if name in line and "is not executable" not in line]
    assert not [line for line in about if "Failed to" not in line or "parse" in line], said


@pytest.mark.parametrize("name", UNITS[:2])
def test_the_unit_is_as_closed_as_can_be(name: str) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze reads units")
    command = [program, "security", "--offline=true", "--threshold=30", "--no-pager"]
    done = subprocess.run([*command, str(DEPLOY / name)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-200:] + done.stderr
