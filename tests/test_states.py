"""States and kinds of rows are members of the enums in kiosk/vocabulary/states.py: no code compares or writes a bare string."""

from __future__ import annotations

import ast
import inspect
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from enum import StrEnum
from pathlib import Path

import pytest

from kiosk.journal import Store
from kiosk.vocabulary import states

from .world import NOW

ROOT = Path(__file__).parents[1]
FILES = sorted([*(ROOT / "kiosk").rglob("*.py"), *(ROOT / "screens").rglob("*.py")])
VALUES = {str(member) for enum in vars(states).values() if inspect.isclass(enum) for member in enum}
#: What holds a state or a kind, as a variable, an attribute, an argument, a key or a column.
NAMED = {"state", "status", "role", "owner", "way", "repeat", "per", "move", "kind", "reason"}
#: The declarations themselves, and migrations: what a table looked like then does not change.
DECLARED = ("kiosk/vocabulary/states.py", "kiosk/data/migrations/")
#: A column of a state beside a value in quotes, in SQL.
IN_SQL = re.compile(r"\b(state|status|reason|move|kind)\s*(=|<>|!=|IN|NOT IN|WHEN)\s*\(?\s*'([a-z_]+)'")
#: Bare strings that are something else: what an entry of the journal is about.
EXCEPTIONS = {"kiosk/hub/label_conflicts.py": {"item"}, "kiosk/hub/projection.py": {"item"}}


def name_of(node: ast.AST | None) -> str:
    """Return what a variable, attribute or subscript is called, "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript):
        return name_of(node.slice)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def strings(node: ast.AST | None) -> Iterator[str]:
    """Yield the bare strings that a value may be: itself, the members of a tuple, both sides of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for one in node.elts:
            yield from strings(one)
    elif isinstance(node, ast.IfExp):
        yield from strings(node.body)
        yield from strings(node.orelse)


def pairs(node: ast.AST) -> Iterator[tuple[str, ast.AST | None]]:
    """Yield what a node compares or writes: (name, value)."""
    if isinstance(node, ast.Compare):
        for one, sign, other in zip([node.left, *node.comparators[:-1]], node.ops, node.comparators, strict=True):
            yield name_of(one), other
            if isinstance(other, ast.Tuple | ast.List | ast.Set):
                yield from ((name_of(part), one) for part in other.elts)
            elif not isinstance(sign, ast.In | ast.NotIn):  # of a container the key is asked
                yield name_of(other), one
    elif isinstance(node, ast.keyword):
        yield node.arg or "", node.value
    elif isinstance(node, ast.Dict):
        yield from ((name_of(key), value) for key, value in zip(node.keys, node.values, strict=True))
    elif isinstance(node, ast.Assign):
        yield from ((name_of(target), node.value) for target in node.targets)
    elif isinstance(node, ast.AnnAssign):
        yield name_of(node.target), node.value


def bare(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield where a file compares or writes a bare state, also within SQL: (line, value)."""
    for node in ast.walk(tree):
        for name, value in pairs(node):
            if name in NAMED:
                yield from ((node.lineno, text) for text in strings(value) if text in VALUES)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from ((node.lineno, text) for _column, _sign, text in IN_SQL.findall(node.value))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_bare_state(path: Path) -> None:
    where = str(path.relative_to(ROOT))
    if where.startswith(DECLARED):
        return
    found = [(line, text) for line, text in bare(ast.parse(path.read_text(encoding="utf-8")))]
    assert not [one for one in found if one[1] not in EXCEPTIONS.get(where, set())]


def test_the_exceptions_are_few() -> None:
    assert sum(map(len, EXCEPTIONS.values())) <= 5


@pytest.mark.parametrize(
    "source",
    [
        "ticket.state == 'reserved'",
        "if 'withdrawn' in (item.state, other): pass",
        "row.state in ('open', 'held')",
        "Ticket.update(state='expired')",
        "changes = {'state': 'open'}",
        "request['status'] = 'closed'",
        "state = 'given' if gone else 'available'",
        "state: str = 'on'",
        "sql = \"SELECT 1 FROM ticket WHERE state IN ('reserved', 'collected')\"",
        "f\"UPDATE item SET state = 'available' WHERE id = {x}\"",
    ],
)
def test_the_check_finds(source: str) -> None:
    assert list(bare(ast.parse(source)))


#: The columns that hold a state, and the enum of each.
COLUMNS: dict[tuple[str, str], type[StrEnum]] = {
    ("item", "state"): states.ItemState,
    ("ticket", "state"): states.TicketState,
    ("wish", "state"): states.WishState,
    ("donation", "state"): states.DonationState,
    ("request", "status"): states.RequestStatus,
    ("queue_number", "state"): states.QueueState,
    ("pair", "state"): states.PairState,
    ("seat", "state"): states.SeatState,
    ("print_job", "state"): states.PrintState,
    ("gathering", "owner"): states.Owner,
    ("session_change", "kind"): states.DecisionKind,
    ("staff", "role"): states.Role,
    ("co2e", "per"): states.Per,
    ("pair", "repeat"): states.Repeat,
    ("partner", "kind"): states.PartnerKind,
}


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_the_database_takes_what_the_enum_has(table: str, column: str, tmp_path: Path) -> None:
    """A CHECK of a column lists the members of its enum, no more and no fewer."""
    store = Store.create(tmp_path, now=NOW)
    [(sql,)] = store.db.execute_sql("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchall()
    store.close()
    check = re.search(rf"\b{column} IN \(([^)]*)\)", sql)
    if check:  # only the program keeps the others
        assert set(re.findall(r"'([^']*)'", check[1])) == set(COLUMNS[table, column])


def test_sqlite_keeps_the_value() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        assert db.execute("SELECT ?, typeof(?)", [states.TicketState.RESERVED] * 2).fetchone() == ("reserved", "text")
