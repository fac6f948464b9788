"""Every kind of code is declared once, and a code is parsed once: where it comes in."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from kiosk.codes import Code, Kind, new_code
from kiosk.data.models import Item
from kiosk.errors import UnknownCode
from kiosk.services import Services
from kiosk.services.desk.code_kinds import BY_NAME, CODE_KINDS, ScanResult
from tests.services.conftest import NOW, chair

ROOT = Path(__file__).parents[3]
#: Where codes come in: the scanner and the camera, the code beside them that a person types, the command line.
EDGES = {
    "kiosk/codes/scanner.py",
    "kiosk/codes/hearing.py",
    "kiosk/codes/__init__.py",
    "kiosk/cli/staff.py",
    "screens/staff/desk/rights.py",
}


def test_every_kind_that_stands_for_something_is_declared() -> None:
    assert set(CODE_KINDS) == set(Kind) - {Kind.BADGE}
    assert {kind.name for kind in CODE_KINDS.values()} <= set(ScanResult.__dataclass_fields__)


def test_a_badge_stands_for_nothing(services: Services) -> None:
    with pytest.raises(UnknownCode):
        services.scan.look_up(new_code(Kind.BADGE), NOW)


def test_the_screens_of_every_kind_are_there() -> None:
    from screens.frame.shell import SCREENS

    for kind in CODE_KINDS.values():
        for shown in filter(None, (kind.staff, kind.visitor)):
            assert shown.screen in SCREENS
            assert not shown.part or shown.part == kind.name


def test_what_has_a_slip_says_how_it_is_found_again() -> None:
    printed = {name for name, kind in BY_NAME.items() if kind.slip}
    assert {name for name, kind in BY_NAME.items() if kind.slip and kind.slip.lines} == printed - {"ticket"}
    assert {"item", "volunteer"} == set(BY_NAME) - printed


def test_codes_are_parsed_only_where_they_come_in() -> None:
    parsing = {
        str(path.relative_to(ROOT))
        for room in ("kiosk", "screens")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").rpartition(".")[2] == "codes"
        and any(alias.name == "parse" for alias in node.names)
    }
    assert parsing == EDGES


def test_a_stored_code_comes_back_as_a_code(services: Services) -> None:
    item = chair(services)
    assert (type(item.label_code), item.label_code.kind) == (Code, Kind.ITEM)
    [row] = Item.select().execute(services.store.db)
    assert row.label_code == item.label_code
