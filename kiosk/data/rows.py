"""Rows written and read by statements whose text is made once. peewee makes the text of a query anew every time, which
takes longer than SQLite needs to run it; what happens at every visit goes this way, everything else by peewee's own."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

import peewee

Row = TypeVar("Row", bound=peewee.Model)


def insert(db: peewee.SqliteDatabase, model: type[peewee.Model], **values: Any) -> None:
    """Insert one row; fields not named take their defaults."""
    meta = model._meta
    for field, default in meta.defaults.items():
        values.setdefault(field.name, default() if callable(default) else default)
    text = _insert(model, tuple(values))
    db.execute_sql(text, [meta.fields[name].db_value(value) for name, value in values.items()])


def one(db: peewee.SqliteDatabase, model: type[Row], field: str, value: Any) -> Row | None:
    """Return the row whose `field` is `value`, None when there is none."""
    meta = model._meta
    row = db.execute_sql(_select(model, field), (meta.fields[field].db_value(value),)).fetchone()
    if row is None:
        return None
    found = zip(meta.sorted_fields, row, strict=True)
    return model(**{column.name: column.python_value(held) for column, held in found})


@cache
def _insert(model: type[peewee.Model], names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{model._meta.fields[name].column_name}"' for name in names)
    return f'INSERT INTO "{model._meta.table_name}" ({columns}) VALUES ({", ".join("?" * len(names))})'


@cache
def _select(model: type[peewee.Model], field: str) -> str:
    columns = ", ".join(f'"{column.column_name}"' for column in model._meta.sorted_fields)
    return f'SELECT {columns} FROM "{model._meta.table_name}" WHERE "{model._meta.fields[field].column_name}" = ?'
