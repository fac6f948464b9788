"""The journal's tables, and the settings of this device."""

from __future__ import annotations

from peewee import CompositeKey, IntegerField, Model, TextField

from .fields import UtcField


class Meta(Model):
    """Key-value pairs about the database: device id, counters, public keys."""

    key = TextField(primary_key=True)
    value = TextField()


class JournalEntry(Model):
    """One immutable journal entry; see kiosk.journal.entries."""

    device = TextField()
    seq = IntegerField()
    id = TextField()
    time = UtcField()
    kind = TextField()
    who = TextField()
    payload = TextField()
    prev_hash = TextField()
    hash = TextField()

    class Meta:
        table_name = "journal"
        primary_key = CompositeKey("device", "seq")


class Refused(Model):
    """An entry that the hub rejected, and the reason. It is valid only on the tablet that made it."""

    device = TextField()
    seq = IntegerField()
    reason = TextField()

    class Meta:
        primary_key = CompositeKey("device", "seq")


class Unfolded(Model):
    """A subject of another tablet that cannot be projected yet, because a row it refers to is missing. `kind` is the part
    of its entries' kind before the dot."""

    kind = TextField()
    subject = TextField()

    class Meta:
        primary_key = CompositeKey("kind", "subject")
