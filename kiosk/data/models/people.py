"""Staff, volunteers and partners."""

from __future__ import annotations

from peewee import BooleanField, FloatField, IntegerField, Model, TextField

from .fields import CodeField, DayField, UtcField


class StaffMember(Model):
    """A member of staff. `pin` is an argon2id hash; `active` 0: access revoked."""

    id = TextField(primary_key=True)
    name = TextField()
    role = TextField()
    language = TextField()
    pin = TextField()
    active = IntegerField(default=1)

    class Meta:
        table_name = "staff"


class Badge(Model):
    """A badge by the SHA-256 of its code; the code itself is only on the badge."""

    digest = TextField(primary_key=True)
    staff = TextField()
    active = IntegerField(default=1)


class DoorCount(Model):
    """Consecutive wrong PINs of a person, and the seconds of lock-out left at the time of writing."""

    person = TextField(primary_key=True)
    failures = IntegerField()
    wait = FloatField()

    class Meta:
        table_name = "door"


class Bell(Model):
    """A visitor's call for staff, without a name."""

    id = TextField(primary_key=True)
    language = TextField()
    made_at = UtcField()
    answered_at = UtcField(null=True)


class Volunteer(Model):
    """A volunteer by number and code; the name is only in the sealed `request`."""

    id = TextField(primary_key=True)
    code = CodeField()
    number = IntegerField()
    request = TextField()
    active = IntegerField(default=1)
    partner = TextField(null=True)


class Shift(Model):
    """Work of a volunteer, in quarters of an hour once it is over; `reason` when staff corrected it."""

    id = TextField(primary_key=True)
    volunteer = TextField()
    task = TextField()
    of_age = BooleanField()
    started_at = UtcField()
    ended_at = UtcField(null=True)
    quarters = IntegerField(null=True)
    machine_quarters = IntegerField(default=0)
    reason = TextField(null=True)


class Partner(Model):
    """A partner: name and kind. The contact person is only in the sealed `request`. `thanked_on` is the date of consent
    to public thanks."""

    id = TextField(primary_key=True)
    name = TextField()
    kind = TextField()
    request = TextField(null=True)
    thanked_on = DayField(null=True)
    active = IntegerField(default=1)
