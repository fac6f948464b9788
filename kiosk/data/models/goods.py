"""Items, and what becomes of them."""

from __future__ import annotations

from peewee import BooleanField, CompositeKey, FloatField, IntegerField, Model, TextField

from .fields import CodeField, DayField, JsonField, UtcField


class Item(Model):
    """One thing or a lot of `quantity` equal things. `given_on` is the local date the last of it was handed over;
    `number` the centre's own number, if it has one; `reason` why it was withdrawn, `merged_into` the item it turned out
    to be, `donation` the code of the slip it came with."""

    id = TextField(primary_key=True)
    label_code = CodeField()
    thing = TextField(null=True)
    names = JsonField(null=True)
    category = TextField()
    size = TextField()
    age_group = TextField()
    condition = TextField()
    place = TextField()
    quantity = IntegerField()
    kg = FloatField(null=True)
    arrived_on = DayField()
    state = TextField()
    given_on = DayField(null=True)
    number = TextField(null=True)
    reason = TextField(null=True)
    merged_into = TextField(null=True)
    donation = TextField(null=True)


class Photo(Model):
    """A picture of an item by its content hash; position 0 is the one shown on the card."""

    item = TextField()
    position = IntegerField()
    hash = TextField()

    class Meta:
        primary_key = CompositeKey("item", "position")


class SearchWord(Model):
    """A normalised word some item is found by; the FTS5 table `search_trigram` has its trigrams."""

    id = IntegerField(primary_key=True)
    word = TextField()

    class Meta:
        table_name = "search_word"


class ItemText(Model):
    """The `words` that `item` is found by; the FTS5 table `item_search` has them of what is on the shelves. A newer item
    has a higher number."""

    no = IntegerField(primary_key=True)
    item = TextField()
    words = TextField()

    class Meta:
        table_name = "item_text"


class Ticket(Model):
    """A claim on unit 1..quantity of an item. The code is a key to the thing, so the journal only has the id.
    `provisional`: taken without the hub, which may find that somebody else was first; `given_twice`: handed over, and
    so was another ticket for the same thing."""

    id = TextField(primary_key=True)
    code = CodeField()
    item = TextField()
    unit = IntegerField()
    state = TextField()
    language = TextField()
    created_at = UtcField()
    deadline = UtcField()
    provisional = BooleanField(default=False)
    ended_at = UtcField(null=True)
    given_twice = BooleanField(default=False)


class Donation(Model):
    """Things somebody announced to bring. Who they are is only in the sealed `request`, if they left a contact."""

    id = TextField(primary_key=True)
    code = CodeField()
    categories = JsonField()
    amount = TextField()
    pieces = IntegerField(null=True)
    fetch = BooleanField()
    request = TextField(null=True)
    state = TextField()
    reason = TextField(null=True)
    made_at = UtcField()
    partner = TextField(null=True)


class Wish(Model):
    """A thing somebody waits for; while it is held for them, `ticket` is theirs."""

    id = TextField(primary_key=True)
    code = CodeField()
    category = TextField()
    thing = TextField(null=True)
    size = TextField()
    age_group = TextField()
    language = TextField()
    state = TextField()
    ticket = TextField(null=True)
    made_at = UtcField()
    request = TextField(null=True)


class WishOffer(Model):
    """`item` was held for `wish` once; it is not again."""

    wish = TextField()
    item = TextField()

    class Meta:
        table_name = "wish_offer"
        primary_key = CompositeKey("wish", "item")


class NeighbourItem(Model):
    """A thing that can be had at a neighbouring centre, which the hub knows by `number`; asked for there."""

    id = TextField(primary_key=True)
    number = IntegerField()
    centre = TextField()
    thing = TextField(null=True)
    names = JsonField(null=True)
    category = TextField()
    size = TextField()
    age_group = TextField()
    condition = TextField()
    arrived_on = DayField()
    photo = TextField(null=True)

    class Meta:
        table_name = "elsewhere"
