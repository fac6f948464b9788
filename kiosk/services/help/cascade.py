"""What refers to a request, and which case notes go with one that is erased."""

from __future__ import annotations

import peewee

#: Columns that refer to a request.
REFERENCES = (
    ("donation", "request"),
    ("wish", "request"),
    ("wish", "contact"),
    ("seat", "contact"),
    ("queue_number", "contact"),
    ("volunteer", "request"),
    ("partner", "request"),
    ("case_note", "request"),
    ("case_note", "about"),
)


def notes_about(db: peewee.Database, request_id: str) -> list[str]:
    """Return the sealed requests of the notes about a request or a pair with it, without erased ones."""
    sql = """SELECT case_note.request FROM case_note JOIN request ON request.id = case_note.request
             WHERE NOT request.erased AND (about = ?1 OR about IN (SELECT id FROM pair WHERE asker = ?1 OR helper = ?1))
             ORDER BY case_note.request"""
    return [request for (request,) in db.execute_sql(sql, (request_id,)).fetchall()]


def notes_of_erased(db: peewee.Database) -> list[str]:
    """Return the sealed requests of notes that another tablet wrote about a request while it was erased."""
    sql = """SELECT case_note.request FROM case_note JOIN request ON request.id = case_note.request
             WHERE NOT request.erased AND EXISTS (
                 SELECT 1 FROM request AS gone WHERE gone.erased AND (gone.id = about OR gone.id IN (
                     SELECT asker FROM pair WHERE pair.id = about UNION SELECT helper FROM pair WHERE pair.id = about)))"""
    return [request for (request,) in db.execute_sql(sql).fetchall()]
