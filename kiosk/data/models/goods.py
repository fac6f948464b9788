"""Items, tickets, donations and wishes."""

from __future__ import annotations

from peewee import BooleanField, CompositeKey, FloatField, IntegerField, Model, TextField

from .fields import CodeField, DayField, JsonField, UtcField


class Item(Model):
    """One item, or a lot of `quantity` equal ones. `given_on` is the local date the last one was handed over, `number`
    the centre's own number if any, `reason` why it was withdrawn, `merged_into` the item it is a duplicate of,
    `donation` the code of the donation it came from. `kg` is the weight of the whole lot. `labelled`: a label was
    printed or scanned; `seen_at`: when it was taken in or last seen in a stock count; None if neither was recorded
    since version 22. `together`: a set that is given only as a whole. `own_category` is the id of the centre's own
    category, a part of `category`."""

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
    labelled = BooleanField(default=False)
    seen_at = UtcField(null=True)
    together = BooleanField(default=False)
    own_category = TextField(null=True)


class OwnCategory(Model):
    """A category of the centre's own, a part of the category `part_of`: its names by language; `art`, the name of a drawn
    picture, or the content hash `photo`; its `place` in the order of all categories, where those of the program have 1, 2
    and so on."""

    id = TextField(primary_key=True)
    names = JsonField()
    part_of = TextField()
    art = TextField()
    photo = TextField(null=True)
    place = FloatField()
    active = IntegerField(default=1)

    class Meta:
        table_name = "own_category"


class StockCount(Model):
    """A count of the stock; while it runs, `ended_at` is None."""

    id = TextField(primary_key=True)
    begun_at = UtcField()
    ended_at = UtcField(null=True)

    class Meta:
        table_name = "stock_count"


class Photo(Model):
    """A picture of an item by its content hash; position 0 is the one shown on the card."""

    item = TextField()
    position = IntegerField()
    hash = TextField()

    class Meta:
        primary_key = CompositeKey("item", "position")


class SearchWord(Model):
    """A normalised word of some item; the FTS5 table `search_trigram` has its trigrams."""

    id = IntegerField(primary_key=True)
    word = TextField()

    class Meta:
        table_name = "search_word"


class ItemText(Model):
    """The indexed `words` of `item`; the FTS5 table `item_search` has those of the items on the shelves. A newer item
    has a higher number."""

    no = IntegerField(primary_key=True)
    item = TextField()
    words = TextField()

    class Meta:
        table_name = "item_text"


class Ticket(Model):
    """A claim on unit 1..quantity of an item. The code is a secret that gives the item, so the journal has only the id.
    `provisional`: reserved offline, so the hub may decide that another ticket was first; `given_twice`: both this and
    another ticket for the same unit were handed over. Several pieces on one ticket are a row each; those of the further
    pieces have the id of the first in `bundle`, and their own codes are never shown.
    `number` is spoken and counts from 1 each local day; 0 for none."""

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
    number = IntegerField(default=0)
    bundle = TextField(null=True)


class Donation(Model):
    """An announced donation. Contact details, if any, are only in the sealed `request`. `chosen` is what the donor chose:
    keys of categories and ids of own ones."""

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
    chosen = JsonField(default=list)


class DeclineReason(Model):
    """A reason of the centre's own to decline a donation: its names, and where to take the things `instead`, by language."""

    id = TextField(primary_key=True)
    names = JsonField()
    instead = JsonField()
    active = IntegerField(default=1)

    class Meta:
        table_name = "decline_reason"


class Wish(Model):
    """An item somebody waits for; `ticket` is the last one reserved for them, which the state follows. Details and a phone
    number, if any, are only in the sealed requests `request` and `contact`."""

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
    contact = TextField(null=True)
    own_category = TextField(null=True)


class WishOffer(Model):
    """`item` was reserved for `wish` once and is not offered again."""

    wish = TextField()
    item = TextField()

    class Meta:
        table_name = "wish_offer"
        primary_key = CompositeKey("wish", "item")


class NeighbourItem(Model):
    """An item of a neighbouring centre (its `number` at the hub); visitors ask for it there."""

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
