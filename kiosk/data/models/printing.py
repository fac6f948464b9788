"""The print queue."""

from __future__ import annotations

from peewee import IntegerField, Model, TextField

from .fields import UtcField


class PrintJob(Model):
    """Something to print: `subject` is the id of what the paper is about. `copy` 1 is the first, 2 says it is a
    copy."""

    id = TextField(primary_key=True)
    kind = TextField()
    subject = TextField()
    language = TextField()
    copy = IntegerField()
    state = TextField()
    tries = IntegerField(default=0)
    made_at = UtcField()
    due_at = UtcField()
    error = TextField(default="")

    class Meta:
        table_name = "print_job"
