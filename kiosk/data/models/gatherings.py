"""Gatherings, their sessions and visits."""

from __future__ import annotations

from peewee import BooleanField, CompositeKey, IntegerField, Model, TextField

from kiosk.vocabulary.states import Owner, VisitWay

from .fields import CodeField, DayField, JsonField, UtcField


class Gathering(Model):
    """An event series. `owner` "settings": the series is in the settings file under the key `id`, and `changes` names the
    columns that the desk has overridden (the columns hold the effective values); "desk": it was made at the desk. `active` 0:
    removed from the settings. `until` is the last local date. `seats` 0: no booking. `partner` is a name from the settings,
    `partner_id` a partner of the register, `more_partners` the ids of others; `about` is a description by language;
    `uid` is the UID in the calendar it was imported from."""

    id = TextField(primary_key=True)
    names = JsonField()
    rule = TextField()
    since = DayField()
    start = TextField()
    end = TextField()
    place = TextField()
    art = TextField()
    cancelled = JsonField()
    extra = JsonField()
    active = IntegerField()
    seats = IntegerField(default=0)
    partner = TextField(default="")
    languages = JsonField(default=list)
    owner = TextField(default=Owner.SETTINGS)
    changes = JsonField(default=dict)
    until = DayField(null=True)
    photo = TextField(null=True)
    groups = JsonField(default=list)
    partner_id = TextField(null=True)
    uid = TextField(null=True)
    about = JsonField(default=dict)
    more_partners = JsonField(default=list)


class SessionChange(Model):
    """A decision of staff about the session the schedule has on local date `day`: cancelled, moved, or held on a holiday."""

    gathering = TextField()
    day = DayField()
    kind = TextField()
    reason = TextField(default="")
    moved_to = DayField(null=True)
    starts_at = UtcField(null=True)
    ends_at = UtcField(null=True)
    place = TextField(null=True)

    class Meta:
        table_name = "session_change"
        primary_key = CompositeKey("gathering", "day")


class Session(Model):
    """One dated occurrence with check-ins. `day` is the local date on which it begins."""

    id = TextField(primary_key=True)
    gathering = TextField()
    day = DayField()
    starts_at = UtcField()
    ends_at = UtcField()
    place = TextField()


class Visit(Model):
    """One check-in of a party at one session. `at` is stored to the minute; there are no names. `way` is how it was
    counted: "kiosk", "tally" (staff touched the button) or "paper"; `group` is the word of its groups, see
    `kiosk.vocabulary.joined`."""

    id = TextField(primary_key=True)
    session = TextField()
    at = UtcField()
    language = TextField()
    adults = IntegerField()
    children = IntegerField()
    first_visit = BooleanField(null=True)
    group = TextField(null=True)
    undone = BooleanField(default=False)
    way = TextField(default=VisitWay.KIOSK)


class Correction(Model):
    """A later correction of a session's count; adults and children may be negative."""

    id = TextField(primary_key=True)
    session = TextField()
    at = UtcField()
    adults = IntegerField()
    children = IntegerField()
    reason = TextField()


class Seat(Model):
    """Places at a session, booked without a name; `waiting` if the session was full. A phone number, if any, is only in
    the sealed request `contact`."""

    id = TextField(primary_key=True)
    code = CodeField()
    session = TextField()
    people = IntegerField()
    language = TextField()
    state = TextField()
    made_at = UtcField()
    contact = TextField(null=True)
