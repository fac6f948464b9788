"""The declarations of the journal's kinds against what the program appends, the hub's SQL, the rights and the reports."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from kiosk.data.migrations import latest
from kiosk.hub.projection_rules import DECISIONS, RULES
from kiosk.journal.kinds import ACTORS, KINDS, WrongEntry, check, counted_by
from kiosk.journal.kinds.declaration import PAYLOAD_ONLY
from kiosk.journal.kinds.fields import DAY, HASH, MOMENT, WORD, integer, is_plain, number, text
from kiosk.reports.folds import KEPT, VISITS
from kiosk.reports.moves import MOVES
from kiosk.services.rights import RIGHTS
from kiosk.vocabulary import states

ROOT = Path(__file__).parents[2]
KIND = re.compile(r"[a-z0-9]+\.[a-z_]+")
#: Where the journal is written.
WRITERS = [
    path
    for room in ("services", "hub", "safe_mode", "backup", "cli")
    for path in sorted((ROOT / "kiosk" / room).rglob("*.py"))
    if path.name not in ("projection.py", "projection_rules.py")
]
SQL = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "kiosk/hub/schema").glob("*.sql")))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def texts(tree: ast.AST) -> set[str]:
    """Return the strings of a source, and the values of the states that it names."""
    found = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    named = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name))
    members = (getattr(getattr(states, node.value.id, None), node.attr, None) for node in named)
    return found | {str(member) for member in members if isinstance(member, StrEnum)}


def appended(path: Path) -> Iterator[str | tuple[str, str]]:
    """Yield the first arguments of `append` of a kind, who and payload: the kind, or what an f-string begins and ends
    with."""
    for node in ast.walk(parsed(path)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append"):
            continue
        if len(node.args) != 3:
            continue
        kind = node.args[0]
        if isinstance(kind, ast.Constant):
            yield str(kind.value)
        elif isinstance(kind, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "\0" for part in kind.values]
            begin, _, end = "".join(map(str, parts)).partition("\0")
            yield begin, end


def used() -> set[str]:
    """Return the declared kinds that some source or the hub's SQL makes."""
    found = set(re.findall(r"kiosk\.decide\([^']*'([a-z_.]+)'", SQL))
    for path in WRITERS:
        kinds = list(appended(path))
        if not kinds and "journal: Journal" not in path.read_text(encoding="utf-8"):
            continue
        words = texts(parsed(path))
        found |= {word for word in words if KIND.fullmatch(word) and word in KINDS}
        for begin, end in (one for one in kinds if isinstance(one, tuple)):
            near = words if begin else set().union(*map(texts, map(parsed, path.parent.glob("*.py"))))
            found |= {f"{begin}{word}{end}" for word in near if f"{begin}{word}{end}" in KINDS}
    return found


def test_every_kind_that_is_appended_is_declared() -> None:
    said = [one for path in WRITERS for one in appended(path)]
    assert len(said) > 50
    assert [one for one in said if isinstance(one, str) and one not in KINDS] == []
    for begin, end in (one for one in said if isinstance(one, tuple)):
        assert any(name.startswith(begin) and name.endswith(end) for name in KINDS), (begin, end)


def test_every_kind_that_is_declared_is_appended() -> None:
    assert sorted(set(KINDS) - used()) == []


def test_the_hubs_sql_names_declared_kinds_only() -> None:
    things = {declared.thing for declared in KINDS.values()}
    named = {word for word in re.findall(r"'([a-z]+\.[a-z_]+)'", SQL) if word.partition(".")[0] in things}
    assert len(named) > 15
    assert sorted(named - set(KINDS)) == []
    prefixes = set(re.findall(r"LIKE '([a-z]+)\.%'", SQL))
    assert prefixes
    assert prefixes <= things


def test_the_hubs_sql_reads_declared_fields_only() -> None:
    fields = {name for declared in KINDS.values() for name in declared.fields}
    read = set(re.findall(r"(?:payload::jsonb|said|whole)\)? ->>? '([a-z_]+)'", SQL))
    assert len(read) > 5
    assert sorted(read - fields) == []


def test_rights_and_versions_are_there() -> None:
    for declared in KINDS.values():
        assert declared.by, declared.name
        assert declared.by <= ACTORS | set(RIGHTS), declared.name
        versions = [declared.since, *(one.since for one in declared.fields.values() if one.since)]
        assert all(1 <= since <= latest() for since in versions), declared.name
        assert all(since >= declared.since for since in versions), declared.name


def test_what_is_folded_is_declared() -> None:
    assert {declared.thing for declared in KINDS.values() if declared.row is not PAYLOAD_ONLY} <= set(RULES)
    assert {kind.partition(".")[0] for kind in DECISIONS} == {"session"}
    assert {*VISITS, *MOVES} | KEPT == {name for name, declared in KINDS.items() if declared.counts}
    assert counted_by("visit") == {"visit.checked_in", "visit.amended", "visit.undone"}


GOOD = {
    "ticket": "t", "item": "i", "language": "fi", "provisional": False, "deadline": "2026-11-24T12:05:00.000000Z",
    "number": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("who", "changes", "wrong"),
    [
        ("visitor", {}, ""),
        ("visitor", {"item": 7}, "item"),
        ("visitor", {"provisional": 1}, "provisional"),
        ("visitor", {"deadline": "tomorrow"}, "deadline"),
        ("visitor", {"colour": "red"}, "colour"),
        ("visitor", {"language": None}, "language"),
        ("hub", {}, "may not"),
        ("staff:x", {}, "may not"),
    ],
)
def test_what_is_appended_is_as_declared(who: str, changes: dict[str, Any], wrong: str) -> None:
    if not wrong:
        check("ticket.reserved", who, GOOD | changes)
        return
    with pytest.raises(WrongEntry, match=wrong):
        check("ticket.reserved", who, GOOD | changes)


def test_a_missing_field_and_an_unknown_kind_are_found() -> None:
    with pytest.raises(WrongEntry, match="provisional is 'missing'"):
        check("ticket.reserved", "visitor", {name: GOOD[name] for name in ("ticket", "item", "language")})
    with pytest.raises(WrongEntry, match="not declared"):
        check("ticket.praised", "visitor", GOOD)


def test_entries_of_earlier_and_of_newer_versions_can_be_read() -> None:
    declared = KINDS["ticket.reserved"]
    assert declared.fault_read({"ticket": "t", "item": "i", "language": "fi"}) == ""
    assert declared.fault_read(GOOD | {"colour": {"red": 1}}) == ""
    assert declared.fault_read({"ticket": "t", "language": "fi"}) == "item"
    assert declared.fault_read(GOOD | {"provisional": "perhaps"}) == "provisional"
    session = {"session": "coffee:2026-11-24:1300", "gathering": "coffee"}
    assert KINDS["session.opened"].fault_read(session) == ""


@pytest.mark.parametrize("value", ["2026-13-01", "20261124", "2026-W48-2", "2026-02-30", "3026-01-01", 20261124, None])
def test_days_are_days(value: Any) -> None:
    assert not DAY(value)
    assert DAY("2026-02-28")


def test_bounds() -> None:
    assert integer(0, 9)(9)
    assert not any(map(integer(0, 9), (10, -1, True, 3.0, "3", None)))
    assert number(0, 9)(2.5)
    assert not any(map(number(0, 9), (float("nan"), float("inf"), -0.1, True, "2")))
    assert not any(map(text(3), ("four", "a\x00", "\ud800", 1)))
    assert text(3)("äö–")
    assert not any(map(WORD, ("a b", "x" * 41, 1)))
    assert not any(map(HASH, ("xyz", "ab", 1)))
    assert not any(map(MOMENT, ("2026-11-24", "2026-11-24T12:05:00Z", "", 3)))
    deep: Any = []
    for _ in range(50):
        deep = [deep]
    assert not is_plain(deep)
    assert not is_plain("x" * 5000)
    assert not is_plain(10**400)
    assert is_plain({"a": [1, 2.5, None, True, "x"]})
