"""The print queue."""

from __future__ import annotations

from peewee import IntegerField, Model, TextField

from .fields import UtcField


class PrintJob(Model):
    """A print job: `subject` is the id of the printed row. `copy` is 1 for the original, 2 for a reprint marked as a copy."""

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
