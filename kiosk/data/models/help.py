"""Requests with their sealed envelopes, queue numbers, pairs."""

from __future__ import annotations

from peewee import BlobField, BooleanField, CompositeKey, IntegerField, Model, TextField

from .fields import CodeField, DayField, UtcField


class Request(Model):
    """A request for help. Its personal details are only in its envelopes."""

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


class Withheld(Model):
    """An envelope of a request that another tablet (`device`) deleted: sealed as before, and gone after `until`."""

    request = TextField()
    recipient = TextField()
    box = BlobField()
    device = TextField()
    until = UtcField()

    class Meta:
        primary_key = CompositeKey("request", "recipient")


class QueueNumber(Model):
    """A number for the coordinator's guidance; `number` counts from 1 each local `day`. `starts_at` is the booked time,
    null for a walk-in. A phone number, if any, is only in the sealed request `contact`."""

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
    contact = TextField(null=True)

    class Meta:
        table_name = "queue_number"


class Pair(Model):
    """A person who asks and one who helps, by their request ids; names and reasons are only in the sealed envelopes. `state`
    "aside": staff rejected the suggestion. `follow_up` is the date on which staff contact an active pair."""

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
    """A follow-up of a pair, or its task done in `quarters` of an hour."""

    id = TextField(primary_key=True)
    pair = TextField()
    day = DayField()
    quarters = IntegerField()

    class Meta:
        table_name = "pair_note"


class CaseNote(Model):
    """A note of staff about a request or a pair, by its id in `about`. The text is only in the sealed `request`."""

    id = TextField(primary_key=True)
    request = TextField()
    about = TextField()
    made_at = UtcField()

    class Meta:
        table_name = "case_note"


class CallMade(Model):
    """Somebody was told what the call `id` is about; `made_at` is None after that was undone."""

    id = TextField(primary_key=True)
    made_at = UtcField(null=True)

    class Meta:
        table_name = "call"
