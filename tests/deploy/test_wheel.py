"""The wheel: built, installed in an environment of its own, and run away from the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    [path] = out.glob("*.whl")
    return path


def test_everything_travels_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("kiosk", "screens"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".kv", ".csv") and "_share" not in path.parts:
                assert str(path.relative_to(ROOT)) in names
    for path in [*(ROOT / "assets" / "art").iterdir(), *(ROOT / "assets" / "demo").rglob("*.*")]:
        assert f"kiosk/_share/{path.relative_to(ROOT)}" in names
    for code in ("fi", "uk"):
        assert f"kiosk/_share/locales/{code}/LC_MESSAGES/kiosk.mo" in names
    assert not [name for name in names if name.startswith(("tests", "assets"))]


def test_the_installed_program_runs_elsewhere(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "env"
    venv.create(home, with_pip=False)
    [site] = home.glob("lib/python*/site-packages")
    zipfile.ZipFile(wheel).extractall(site)
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "libraries.pth").write_text(libraries + "\n")

    def run(*words: str) -> str:
        command = [str(home / "bin" / "python"), "-c", "from kiosk.cli.main import main; main()", *words]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    code = "import kiosk, screens; print(kiosk.__file__, screens.__file__)"
    where = subprocess.run(
        [str(home / "bin" / "python"), "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert all(path.startswith(str(home)) for path in where.stdout.split())
    assert "demo" in run("--help")
    run("init", "--data", "data")
    assert json.loads(run("goods", "list", "--json", "--data", "data")) == []
    (tmp_path / "data/settings.toml").write_text("[sound]\nvolume = 0\n")  # not every machine has a loudspeaker
    checks = json.loads(run("doctor", "--json", "--data", "data"))
    assert all(check["ok"] for check in checks)
