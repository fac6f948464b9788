"""Generates the hub's SQL validation from the declarations in `kiosk.journal.kinds`, so that there is one source.

`kiosk.declared_fault(kind, who, said)` in the hub equals `fault` of `kiosk.journal.admission`, with two exceptions that
only a tablet detects: a recurrence rule that yields no date, and a whole number written as 2.0.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kiosk.journal.kinds import ACTORS, KINDS, JournalKind
from kiosk.journal.kinds.fields import DEEPEST, ID, LONGEST, MOST, TOO_LARGE, FieldCheck
from kiosk.language.recurrence import FORM

#: A pattern of control characters, as in `kiosk.is_text`.
_UNPRINTABLE = r"'[\u0001-\u0008\u000b-\u001f\u007f]'"
_BELOW_SPACE = r"'[\u0001-\u001f]'"
#: Alias of each nesting level of lists and tables in a declaration.
_ALIASES = ("one", "two", "three", "four")


def _text(value: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def _words(words: Any) -> str:
    return f"ARRAY[{', '.join(map(_text, words))}]::text[]"


def _each(check: FieldCheck, of: str, value: str, depth: int, key: str = "true") -> str:
    """Return SQL that is true when `check` accepts each `value` of the set `of`, and `key` holds for each."""
    return f"NOT EXISTS (SELECT FROM {of} WHERE NOT coalesce({key} AND {_sql(check, value, depth + 1)}, false))"


def _many(at: str, depth: int, check: FieldCheck, most: int) -> str:
    alias = _ALIASES[depth]
    each = _each(check, f"jsonb_array_elements({at}) AS {alias}(value)", f"{alias}.value", depth)
    return f"CASE WHEN kiosk.is_list({at}, {most}) THEN {each} ELSE false END"


def _table(at: str, depth: int, check: FieldCheck, most: int) -> str:
    alias = _ALIASES[depth]
    key = _sql(ID, f"to_jsonb({alias}.key)", depth)
    each = _each(check, f"jsonb_each({at}) AS {alias}(key, value)", f"{alias}.value", depth, key)
    return f"CASE WHEN kiosk.is_table({at}, {most}) THEN {each} ELSE false END"


def _record(at: str, depth: int, fields: dict[str, FieldCheck]) -> str:
    parts = (f"coalesce({_sql(check, f'({at} -> {_text(name)})', depth)}, false)" for name, check in fields.items())
    return f"(jsonb_typeof({at}) = 'object' AND {' AND '.join(parts)})"


def _either(at: str, depth: int, *checks: FieldCheck) -> str:
    return f"({' OR '.join(f'coalesce({_sql(check, at, depth)}, false)' for check in checks)})"


def _as_text(at: str) -> str:
    """Return SQL of the text of a jsonb value that is a string; of a field at once, which is faster."""
    field, found = re.subn(r" -> ('[^']*'\))$", r" ->> \1", at)
    return field if found else f"({at} #>> '{{}}')"


def _text_of(at: str, depth: int, longest: int) -> str:
    """Return SQL for `kiosk.is_text`, written out: called, it would take the text out of its JSON for each question."""
    text = _as_text(at)
    return f"(jsonb_typeof({at}) = 'string' AND length({text}) <= {longest} AND {text} !~ {_UNPRINTABLE})"


def _session(at: str, depth: int) -> str:
    """Return SQL for the id of a session, gathering:date:HHMM: its date and its time are read from the end."""
    text = _as_text(at)
    day = f"kiosk.is_date(left(right({text}, 15), 10)) AND left(right({text}, 16), 1) = ':'"
    time = f"right({text}, 5) ~ '^:([01][0-9]|2[0-3])[0-5][0-9]$'"
    bounds = f"length({text}) BETWEEN 17 AND 166 AND {text} !~ {_BELOW_SPACE}"
    return f"(jsonb_typeof({at}) = 'string' AND {bounds} AND {day} AND {time})"


#: A pattern of so many characters of one set.
_OF_ONE_SET = re.compile(r"(\[[^]]+\])\{([0-9]+),([0-9]+)\}")


def _matching(at: str, depth: int, pattern: str) -> str:
    """Return SQL for a pattern; PostgreSQL matches a set much faster when it does not count."""
    if of := _OF_ONE_SET.fullmatch(pattern):
        pattern, count = f"^{of[1]}*$", f" AND length({_as_text(at)}) BETWEEN {of[2]} AND {of[3]}"
    else:
        pattern, count = f"^({pattern})$", ""
    return f"(jsonb_typeof({at}) = 'string' AND {_as_text(at)} ~ {_text(pattern)}{count})"


#: SQL generator of each shape of `FieldCheck`; its arguments: the jsonb expression, the depth, the shape's parameters.
_SHAPES: dict[str, Callable[..., str]] = {
    "text": _text_of,
    "matching": _matching,
    "integer": lambda at, depth, least, most: f"kiosk.is_integer({at}, {least}, {most})",
    "number": lambda at, depth, least, most: f"kiosk.is_number({at}, {least}, {most})",
    "one_of": lambda at, depth, *words: f"kiosk.is_one_of({at}, {_words(words)})",
    "boolean": lambda at, depth: f"(jsonb_typeof({at}) = 'boolean')",
    "day": lambda at, depth: f"kiosk.is_day({at})",
    "moment": lambda at, depth: f"kiosk.is_moment({at})",
    "session": _session,
    "rule": lambda at, depth: f"(kiosk.is_text({at}, 300) AND upper({at} #>> '{{}}') ~ {_text(f'^({FORM})$')})",
    "plain": lambda at, depth: f"kiosk.is_plain({at}, {DEEPEST}, {MOST}, {LONGEST}, {TOO_LARGE})",
    "nullable": lambda at, depth, check: f"(jsonb_typeof({at}) = 'null' OR {_sql(check, at, depth)})",
    "either": _either,
    "many": _many,
    "table": _table,
    "record": _record,
}


def _sql(check: FieldCheck, at: str, depth: int = 0) -> str:
    """Return SQL that is true when `check` accepts the jsonb value of the expression `at`."""
    shape, *made_of = check.shape
    return _SHAPES[shape](at, depth, *made_of)


def _faults(kind: JournalKind) -> str:
    """Return SQL of the first fault of an entry of a kind: "who", or the name of a payload field."""
    actors = f"p_who = ANY ({_words(sorted(kind.by & ACTORS))})"
    staff = f" OR NOT p_who = ANY ({_words(sorted(ACTORS))})" if kind.by - ACTORS else ""
    lines = [f"WHEN NOT ({actors}{staff}) THEN 'who'"]
    for name, field in kind.fields.items():
        there = "" if field.always else f"p_said ? {_text(name)} AND "
        lines.append(
            f"WHEN {there}NOT coalesce({_sql(field.check, f'(p_said -> {_text(name)})')}, false) THEN {_text(name)}"
        )
    return "\n            ".join(lines)


def _found(kinds: list[JournalKind]) -> str:
    """Return PL/pgSQL that returns the fault of an entry of one of `kinds`, which are sorted, found by halving."""
    if len(kinds) > 1:
        middle = len(kinds) // 2
        less, more = _found(kinds[:middle]), _found(kinds[middle:])
        return f'IF p_kind < {_text(kinds[middle].name)} COLLATE "C" THEN\n{less}\nELSE\n{more}\nEND IF;'
    return f"IF p_kind = {_text(kinds[0].name)} THEN\n    RETURN CASE\n    {_faults(kinds[0])}\n    END;\nEND IF;"


def declared_fault() -> str:
    """Return the statement that creates `kiosk.declared_fault`."""
    kinds = _found(sorted(KINDS.values(), key=lambda kind: kind.name))
    plain = _SHAPES["plain"]("p_said", 0)
    return f"""CREATE OR REPLACE FUNCTION kiosk.declared_fault(p_kind text, p_who text, p_said jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $declared$
BEGIN
{kinds}
RETURN CASE WHEN NOT {plain} THEN 'payload' END;  -- a newer program's kind
END $declared$"""
