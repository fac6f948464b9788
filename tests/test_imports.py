"""The order of imports: screens -> services -> journal -> data. One table of floors; an import leads down."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted([*(ROOT / "kiosk").rglob("*.py"), *(ROOT / "screens").rglob("*.py")])
#: Every room of kiosk, from the ground up: a room imports only from floors below its own.
FLOORS = (
    ("errors", "clock", "logs", "__version__"),
    ("codes", "privacy", "printing", "startup", "vocabulary"),
    ("files",),
    ("language", "pictures", "postgres"),
    ("settings", "data"),
    ("journal",),
    ("reports", "backup"),
    ("services",),
    ("documents", "hub", "publish", "safe_mode", "demo"),
    ("doctor",),
    ("cli",),
    ("__main__",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
#: The composition root: the one place of kiosk that opens the screens, when they are to be shown.
OPENS_SCREENS = "kiosk/cli/run.py"
#: Rooms a screen may not reach into: services and the frame are between.
BELOW_SERVICES = ("kiosk.data", "kiosk.journal", "peewee", "sqlite3", "psycopg")


def imports(path: Path) -> set[str]:
    """Return the modules that a file imports, by their full names."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            found |= {f"{module}.{alias.name}" for alias in node.names} if module == "kiosk" else {module}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_lead_down(path: Path) -> None:
    names, where = imports(path), str(path.relative_to(ROOT))
    if where.startswith("screens/"):
        past = [name for name in names if name.startswith(BELOW_SERVICES)]
        assert not past, f"a screen reaches past the services: {past}"
        return
    if where != OPENS_SCREENS:
        assert not [name for name in names if name.split(".")[0] in ("kivy", "screens")]
    own = path.relative_to(ROOT).with_suffix("").parts[1]
    if own == "__init__":
        return
    rooms = {name.split(".")[1] for name in names if name.startswith("kiosk.")} - {own}
    wrong = sorted(room for room in rooms if FLOOR[room] >= FLOOR[own])
    assert not wrong, f"{own} is on floor {FLOOR[own]} and imports {wrong}"
