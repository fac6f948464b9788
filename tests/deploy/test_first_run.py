"""The first `make run` of a machine: which system packages are missing, and a Python that comes with them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: What the script uses of a system, without a package manager that would install anything.
TOOLS = ("bash", "env", "dpkg", "dpkg-query", "awk", "cut", "sed", "tr", "grep", "id")
NATIVE = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


def wanted(what: str = "run") -> list[str]:
    """Return the packages of deploy/system-packages."""
    script = (ROOT / "deploy" / "system-packages").read_text()
    branch, found = "run", list[str]()
    for line in script.splitlines():
        if match := re.search(r'\[ "\$\{1:-run\}" = (\w+) \]', line):
            branch = match[1]
        elif line == "fi":
            break
        elif (match := re.match(r"\s*packages\+?=\(([^)]*)\)", line)) and branch in ("run", what):
            found += match[1].split()
    return found


class System:
    """A system by what its dpkg knows."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.tools = folder, folder / "bin"
        self.tools.mkdir()
        (folder / "info").mkdir()
        for tool in TOOLS:
            (self.tools / tool).symlink_to(str(shutil.which(tool)))

    def install(self, name: str, provides: str = "", state: str = "install ok installed", here: str = NATIVE) -> None:
        """Put a package into dpkg's database."""
        fields = (
            f"Package: {name}\nStatus: {state}\nArchitecture: {here}\nVersion: 1\nMaintainer: nobody\nDescription: x\n"
        )
        with (self.folder / "status").open("a") as file:
            file.write(fields + (f"Provides: {provides}\n" if provides else "") + "\n")

    def ask(self, what: str = "run") -> tuple[int, str]:
        """Return how the script ends and what it says."""
        env = {"PATH": str(self.tools), "DPKG_ADMINDIR": str(self.folder)}
        command = [str(ROOT / "deploy" / "system-packages"), what]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def system(tmp_path: Path) -> System:
    return System(tmp_path)


@pytest.mark.parametrize("what", ["run", "kiosk", "test"])
def test_nothing_is_asked_for_where_everything_is(system: System, what: str) -> None:
    for package in wanted(what):
        system.install(package)
    assert system.ask(what) == (0, "")


def test_a_library_under_its_new_name_is_the_same_library(system: System) -> None:
    """Debian 13 and Ubuntu 24.04 renamed libraries whose idea of time changed; the new package provides the old name."""
    for package in wanted():
        if package.startswith("lib"):
            system.install(f"{package}t64", f"{package} (= 1.1.6-1.1), {package}-something")
        else:
            system.install(package, "something-else (= 2), another:any")
    assert system.ask() == (0, "")


def test_what_is_missing_is_named(system: System) -> None:
    missing = {"libmtdev1": "deinstall ok config-files", "libgl1": "install ok unpacked"}
    for package in wanted():
        if package != "libfribidi0":
            system.install(package, state=missing.get(package, "install ok installed"))
    system.install("libmtdev1-doc")
    code, said = system.ask()
    assert code == 1
    assert set(said.split(": ")[1].split()) == {"libmtdev1", "libgl1", "libfribidi0"}


def test_a_library_for_another_processor_does_not_count(system: System) -> None:
    for package in wanted():
        system.install(package, here="s390x" if package == "libgl1" else "all")
    assert system.ask()[1].split(": ")[1].split() == ["libgl1"]


def test_a_system_without_dpkg_is_told_everything(system: System) -> None:
    (system.tools / "dpkg-query").unlink()
    assert system.ask()[1].split(": ")[1].split() == wanted()


#: A Python that can only make an environment, which has a pip and a kiosk that say what they were asked.
PYTHON = """#!/bin/sh
[ "$1" = -c ] && exit {fits}
mkdir -p "$3/bin"
printf '#!/bin/sh\\necho "$0 $*"\\n' | tee "$3/bin/pip" >"$3/bin/kiosk"
chmod +x "$3/bin/pip" "$3/bin/kiosk"
"""


def first_make(folder: Path, fits: int) -> subprocess.CompletedProcess[str]:
    """Run `make -j4 run` where Python comes with the system's packages."""
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "pyproject.toml").touch()
    (folder / "deploy").mkdir()
    (folder / "python").write_text(PYTHON.format(fits=fits))
    script = folder / "deploy" / "system-packages"
    script.write_text(f"#!/bin/sh\nsleep 0.2\nchmod +x {folder}/python\nmv {folder}/python {folder}/bin/python3.11\n")
    script.chmod(0o755)
    (folder / "bin").mkdir()
    for tool in ("sh", "make", "mkdir", "tee", "touch", "chmod", "mv", "sleep"):
        (folder / "bin" / tool).symlink_to(str(shutil.which(tool)))
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")} | {
        "PATH": str(folder / "bin")
    }
    command = ["make", "-j4", "run", "DEMO=--full-screen"]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_python_is_looked_for_after_it_was_installed(tmp_path: Path) -> None:
    done = first_make(tmp_path, fits=0)
    assert done.returncode == 0, done.stdout + done.stderr
    assert ".venv/bin/kiosk demo --full-screen" in done.stdout


def test_a_python_that_will_not_do_is_told(tmp_path: Path) -> None:
    done = first_make(tmp_path, fits=1)
    assert done.returncode != 0
    assert "Python 3.11, 3.12 or 3.13 is needed" in done.stdout


@pytest.mark.parametrize("words", [[], ["debian-9"], ["debian-12", "--colour", "red"]])
def test_what_can_be_tried_is_said(words: list[str]) -> None:
    done = subprocess.run([str(ROOT / "deploy" / "try-on"), *words], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert re.fullmatch(
        r"try-on: (which system\? debian-12, debian-13 or ubuntu-24\.04|--colour is no option: .*)\n", done.stderr
    )


@pytest.mark.long
@pytest.mark.parametrize("name", ["debian-12", "debian-13", "ubuntu-24.04"])
def test_the_two_commands_work_on_a_fresh_system(name: str, tmp_path: Path) -> None:
    keys = Path("/usr/share/keyrings/ubuntu-archive-keyring.gpg")
    if os.geteuid() or shutil.which("debootstrap") is None or (name.startswith("ubuntu") and not keys.exists()):
        pytest.skip("making a system needs root, debootstrap and the keys of its archive")
    command = [str(ROOT / "deploy" / "try-on"), name, "--folder", str(tmp_path), "--", "tests/data", "tests/deploy"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("\n") == 5
