"""The order of imports that DESIGN.md draws: screens -> services -> data; helpers know no service."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted([*(ROOT / "kiosk").rglob("*.py"), *(ROOT / "screens").rglob("*.py")])
#: Parts of kiosk that must not know the services.
HELPERS = ("codes", "printing", "pictures", "privacy", "vocabulary", "i18n.py", "keyboards.py", "errors.py", "data")


def imports(path: Path) -> set[str]:
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            found.add(".".join(filter(None, (base, node.module))))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    names, parts = imports(path), path.relative_to(ROOT).parts
    if parts[0] == "screens":
        past = [name for name in names if name.startswith(("kiosk.data", "peewee", "sqlite3", "psycopg"))]
        assert not past, f"a screen reaches past the services: {past}"
        return
    if parts[1:] not in (("app.py",), ("safe.py",)):
        assert not [name for name in names if name.split(".")[0] in ("kivy", "screens")]
    if parts[1] in HELPERS:
        assert not [name for name in names if name.startswith("kiosk.services")]
    if parts[1] == "data":
        assert not [name for name in names if name.startswith("kiosk.codes")]
