"""Requests with their sealed envelopes, queue numbers, pairs."""

from __future__ import annotations

from peewee import BlobField, BooleanField, CompositeKey, IntegerField, Model, TextField

from .fields import CodeField, DayField, UtcField


class Request(Model):
    """A sign-up for help. Who asks, and for what, is only in its envelopes."""

    id = TextField(primary_key=True)
    code = CodeField()
    service = TextField()
    day = DayField()
    status = TextField()
    notice_version = TextField()
    erased = BooleanField(default=False)


class Envelope(Model):
    """The sealed details of a request for one recipient, by the fingerprint of the recipient's public key."""

    request = TextField()
    recipient = TextField()
    box = BlobField()

    class Meta:
        primary_key = CompositeKey("request", "recipient")


class QueueNumber(Model):
    """A number for the coordinator's guidance; `number` counts from 1 each local `day`. `starts_at` is the time that was
    booked, null for who walks in."""

    id = TextField(primary_key=True)
    code = CodeField()
    day = DayField()
    number = IntegerField()
    topic = TextField()
    language = TextField()
    interpreter = BooleanField()
    state = TextField()
    made_at = UtcField()
    called_at = UtcField(null=True)
    ended_at = UtcField(null=True)
    starts_at = UtcField(null=True)

    class Meta:
        table_name = "queue_number"


class Pair(Model):
    """Someone who asks and someone who helps, by their requests: who they are, and why they fit, is only in the sealed
    envelopes. `state` "aside": staff see no pair in them. `follow_up` is when staff look after an active one."""

    id = TextField(primary_key=True)
    service = TextField()
    asker = TextField()
    helper = TextField()
    state = TextField()
    repeat = TextField()
    follow_up = DayField(null=True)
    made_on = DayField()
    ended_on = DayField(null=True)
    reason = TextField(null=True)


class PairNote(Model):
    """A pair was looked after, or its task was done in `quarters` of an hour."""

    id = TextField(primary_key=True)
    pair = TextField()
    day = DayField()
    quarters = IntegerField()

    class Meta:
        table_name = "pair_note"
