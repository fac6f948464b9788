"""Tables for reports: weights, CO2e factors and figures from before the kiosk."""

from __future__ import annotations

from peewee import FloatField, IntegerField, Model, TextField

from .fields import DayField, UtcField


class Weight(Model):
    """The weight of one piece of a thing or a category, entered at `at`: a value with its range, or a weighing of `pieces`
    with `kg` in all."""

    id = TextField(primary_key=True)
    subject = TextField()
    at = UtcField()
    pieces = IntegerField(null=True)
    kg = FloatField()
    low = FloatField(null=True)
    high = FloatField(null=True)
    source = TextField()


class Co2e(Model):
    """Kilograms of CO2e that reuse saves `per` "kg" or "piece", entered at `at`."""

    id = TextField(primary_key=True)
    subject = TextField()
    at = UtcField()
    value = FloatField()
    per = TextField()
    source = TextField()
    version = TextField()


class EarlierCount(Model):
    """Visits to a session before the kiosk, from a file with the hash `source`: a part of the session by `language`
    and `group` (as in Visit), "" for all or not known."""

    id = TextField(primary_key=True)
    session = TextField()
    visits = IntegerField()
    adults = IntegerField()
    children = IntegerField()
    first_visits = IntegerField()
    language = TextField()
    group = TextField()
    source = TextField()

    class Meta:
        table_name = "earlier_count"


class EarlierGoods(Model):
    """Pieces of a category taken in and given on a day before the kiosk, from a file with the hash `source`."""

    id = TextField(primary_key=True)
    day = DayField()
    category = TextField()
    taken_in = IntegerField()
    given = IntegerField()
    source = TextField()

    class Meta:
        table_name = "earlier_goods"
