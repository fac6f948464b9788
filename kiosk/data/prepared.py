"""Prepared statements for the path of every visit. peewee builds the SQL text of each query again, which takes longer than
SQLite needs to run it: a check-in took 1.54 ms and takes 0.29 (docs/performance.md). Everything else uses peewee."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import peewee

#: Most sets of fields whose SQL text is remembered: entries of other tablets may name any of a row.
COMBINATIONS = 500


def insert(db: peewee.SqliteDatabase, model: type[peewee.Model], **values: Any) -> None:
    """Insert one row; fields that are not given take their defaults. Raises IntegrityError."""
    text, converted, defaults = _insert(model, tuple(values))
    row = [*values.values(), *defaults]
    for at, as_kept in converted:
        row[at] = as_kept(row[at])
    db.execute_sql(text, row)


def update(db: peewee.SqliteDatabase, model: type[peewee.Model], row_id: str, **values: Any) -> None:
    """Set fields of the row with this id. Raises IntegrityError."""
    text, converters = _update(model, tuple(values))
    db.execute_sql(
        text, [convert(value) for convert, value in zip(converters, values.values(), strict=True)] + [row_id]
    )


def one(db: peewee.SqliteDatabase, model: type[peewee.Model], field: str, value: Any) -> Any:
    """Return the row whose `field` is `value` as a named tuple with the model's fields, None if there is none."""
    text, columns, named = _select(model, field)
    row = db.execute_sql(text, (model._meta.fields[field].db_value(value),)).fetchone()
    return row and named._make([column.python_value(held) for column, held in zip(columns, row, strict=True)])


def _default(field: peewee.Field) -> Any:
    return field.default() if callable(field.default) else field.default


@lru_cache(COMBINATIONS)
def _insert(
    model: type[peewee.Model], names: tuple[str, ...]
) -> tuple[str, list[tuple[int, Callable[[Any], Any]]], list[Any]]:
    """Return the SQL text, (position, converter) of the kiosk's own field types, and defaults of the fields not given.
    Values of peewee's field types need no conversion."""
    meta = model._meta
    others = [field for field in meta.defaults if field.name not in names]
    fields = [*(meta.fields[name] for name in names), *others]
    columns, marks = ", ".join(f'"{field.column_name}"' for field in fields), ", ".join("?" * len(fields))
    own = [(at, field.db_value) for at, field in enumerate(fields) if type(field).__module__ != peewee.__name__]
    return f'INSERT INTO "{meta.table_name}" ({columns}) VALUES ({marks})', own, [_default(field) for field in others]


@lru_cache(COMBINATIONS)
def _update(model: type[peewee.Model], names: tuple[str, ...]) -> tuple[str, list[Callable[[Any], Any]]]:
    fields = [model._meta.fields[name] for name in names]
    columns = ", ".join(f'"{field.column_name}" = ?' for field in fields)
    return f'UPDATE "{model._meta.table_name}" SET {columns} WHERE "id" = ?', [field.db_value for field in fields]


@cache
def _select(model: type[peewee.Model], field: str) -> tuple[str, tuple[peewee.Field, ...], Any]:
    meta = model._meta
    columns = ", ".join(f'"{column.column_name}"' for column in meta.sorted_fields)
    text = f'SELECT {columns} FROM "{meta.table_name}" WHERE "{meta.fields[field].column_name}" = ?'
    named = namedtuple(f"{model.__name__}Row", [column.name for column in meta.sorted_fields])  # type: ignore[misc]
    return text, tuple(meta.sorted_fields), named
