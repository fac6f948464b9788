"""The journal's tables, and the settings of this device."""

from __future__ import annotations

from peewee import CompositeKey, IntegerField, Model, TextField

from .fields import UtcField


class Meta(Model):
    """What the database knows of itself: device id, counters, public keys."""

    key = TextField(primary_key=True)
    value = TextField()


class JournalEntry(Model):
    """One change that happened, never altered; see kiosk.journal.entries."""

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
    """An entry the hub did not take, and why. It counts on the tablet where it was made, nowhere else."""

    device = TextField()
    seq = IntegerField()
    reason = TextField()

    class Meta:
        primary_key = CompositeKey("device", "seq")


class Unfolded(Model):
    """A thing of another tablet that cannot be shown yet: something it refers to is not here. `kind` is the part of
    its entries' kind before the dot."""

    kind = TextField()
    subject = TextField()

    class Meta:
        primary_key = CompositeKey("kind", "subject")
