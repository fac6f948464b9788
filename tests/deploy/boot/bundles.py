"""The bundles: this version, the next, and one that does not come up, signed by a key made for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
VERSION = "kiosk/__init__.py"
#: What is not copied for another version: nothing of it is in a bundle.
LEFT = shutil.ignore_patterns(".git", ".venv", "dist", "build", "screenshots", ".*_cache", "__pycache__", "tests")
#: A program that says how old it is and then ends: as one that was built wrong.
BROKEN = '\nimport sys\nif "run" in sys.argv:\n    raise SystemExit("broken on purpose")\n'


class Maker:
    """Makes bundles in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        home = folder / "gpg"
        self._env = {**os.environ, "GNUPGHOME": str(home), "LUMIJOBI_SIGN": "try-boot"}
        if not home.is_dir():
            home.mkdir(mode=0o700)
            key = ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", "try-boot", "ed25519"]
            subprocess.run(key, check=True, env=self._env)

    def bundle(self, version: str, *, broken: bool = False) -> Path:
        """Return the bundle of this program as `version`."""
        tree, made = self._folder / "tree", self._folder / f"bundle-{version}"
        for place in (tree, made):
            shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(ROOT, tree, ignore=LEFT)
        code = (tree / VERSION).read_text(encoding="utf-8").splitlines()
        lines = [f'__version__ = "{version}"' if line.startswith("__version__") else line for line in code]
        (tree / VERSION).write_text("\n".join(lines) + (BROKEN if broken else "\n"), encoding="utf-8")
        subprocess.run([str(tree / "deploy/make-bundle"), str(made), sys.executable], check=True, env=self._env)
        shutil.rmtree(tree)
        return made
