"""The tables as peewee sees them. The migrations make them; a test keeps the two equal.

No model is bound to a database: every query is run with `execute(store.db)`, so nothing here is global state.
References are plain id columns for the same reason; the database checks them (FOREIGN KEY in the migrations).
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from peewee import BlobField, BooleanField, CompositeKey, FloatField, IntegerField, Model, TextField

from kiosk import clock


class UtcField(TextField):
    """Aware UTC datetime <-> "2026-11-24T12:05:00.000000Z"."""

    def db_value(self, value: Any) -> Any:
        return clock.utc_text(value) if isinstance(value, datetime) else value

    def python_value(self, value: Any) -> Any:
        return None if value is None else clock.parse(value)


class DayField(TextField):
    """Date <-> "2026-11-24"."""

    def db_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: Any) -> Any:
        return None if value is None else date.fromisoformat(value)


class JsonField(TextField):
    """Plain dicts and lists <-> JSON text."""

    def db_value(self, value: Any) -> Any:
        return None if value is None else canonical_json(value)

    def python_value(self, value: Any) -> Any:
        return None if value is None else json.loads(value)


_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical_json(value: object) -> str:
    """Return the one JSON text of `value`: sorted keys, no spaces, letters as they are."""
    return _canonical.encode(value)


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


class Gathering(Model):
    """An event series. `owner` "settings": the settings file has it, `id` is its key there, and `changes` are the columns
    the desk has set otherwise (the columns hold what counts); "desk": it was made at the desk. `active` 0: no longer in
    the settings; `until` the last local date. `seats` 0: nobody needs to sign up. `partner` is a name as the settings
    have it, `partner_id` one of the register; `uid` is that of the calendar it was brought in from."""

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
    owner = TextField(default="settings")
    changes = JsonField(default=dict)
    until = DayField(null=True)
    photo = TextField(null=True)
    groups = JsonField(default=list)
    partner_id = TextField(null=True)
    uid = TextField(null=True)


class SessionChange(Model):
    """What staff decided for the session the schedule has on local date `day`: cancelled, moved, or held on a holiday."""

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
    """One dated occurrence somebody checked in to. `day` is the local date it begins on."""

    id = TextField(primary_key=True)
    gathering = TextField()
    day = DayField()
    starts_at = UtcField()
    ends_at = UtcField()
    place = TextField()


class Visit(Model):
    """One check-in of a party at one session. `at` is kept to the minute; nobody's name is here. `way` is how it was
    counted: "kiosk", "tally" (staff touched the button) or "paper"."""

    id = TextField(primary_key=True)
    session = TextField()
    at = UtcField()
    language = TextField()
    adults = IntegerField()
    children = IntegerField()
    first_visit = BooleanField(null=True)
    group = TextField(null=True)
    undone = BooleanField(default=False)
    way = TextField(default="kiosk")


class Correction(Model):
    """What staff found out later about the count of a session; adults and children may be less than 0."""

    id = TextField(primary_key=True)
    session = TextField()
    at = UtcField()
    adults = IntegerField()
    children = IntegerField()
    reason = TextField()


class Item(Model):
    """One thing or a lot of `quantity` equal things. `given_on` is the local date the last of it was handed over;
    `number` the centre's own number, if it has one; `reason` why it was withdrawn, `merged_into` the item it turned out
    to be, `donation` the code of the slip it came with."""

    id = TextField(primary_key=True)
    label_code = TextField()
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
    code = TextField()
    item = TextField()
    unit = IntegerField()
    state = TextField()
    language = TextField()
    created_at = UtcField()
    deadline = UtcField()
    provisional = BooleanField(default=False)
    ended_at = UtcField(null=True)
    given_twice = BooleanField(default=False)


class Request(Model):
    """A sign-up for help. Who asks, and for what, is only in its envelopes."""

    id = TextField(primary_key=True)
    code = TextField()
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


class StaffMember(Model):
    """Someone who may come behind the desk. `pin` is an argon2id hash; `active` 0: no longer."""

    id = TextField(primary_key=True)
    name = TextField()
    role = TextField()
    language = TextField()
    pin = TextField()
    active = IntegerField(default=1)

    class Meta:
        table_name = "staff"


class Badge(Model):
    """A badge by the SHA-256 of its code, which is nowhere else than on the badge."""

    digest = TextField(primary_key=True)
    staff = TextField()
    active = IntegerField(default=1)


class DoorCount(Model):
    """Wrong PINs of a person in a row, and the seconds of waiting left when this was written."""

    person = TextField(primary_key=True)
    failures = IntegerField()
    wait = FloatField()

    class Meta:
        table_name = "door"


class PrintJob(Model):
    """Something to print: `subject` is the id of what the paper is about. `copy` 1 is the first, 2 says it is a
    copy."""

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


class QueueNumber(Model):
    """A number for the coordinator's guidance; `number` counts from 1 each local `day`. `starts_at` is the time that was
    booked, null for who walks in."""

    id = TextField(primary_key=True)
    code = TextField()
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


class Donation(Model):
    """Things somebody announced to bring. Who they are is only in the sealed `request`, if they left a contact."""

    id = TextField(primary_key=True)
    code = TextField()
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
    code = TextField()
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


class Seat(Model):
    """Places at a session, booked without a name; `waiting` when it was full."""

    id = TextField(primary_key=True)
    code = TextField()
    session = TextField()
    people = IntegerField()
    language = TextField()
    state = TextField()
    made_at = UtcField()


class Volunteer(Model):
    """A volunteer by number and code; the name is only in the sealed `request`."""

    id = TextField(primary_key=True)
    code = TextField()
    number = IntegerField()
    request = TextField()
    active = IntegerField(default=1)
    partner = TextField(null=True)


class Partner(Model):
    """Who takes part: a name and a kind. Whom to call there is only in the sealed `request`. `thanked_on` is the date
    they agreed to be thanked in public."""

    id = TextField(primary_key=True)
    name = TextField()
    kind = TextField()
    request = TextField(null=True)
    thanked_on = DayField(null=True)
    active = IntegerField(default=1)


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


class Weight(Model):
    """What one piece of a thing or of a category weighs, as staff said at `at`: a value with its range, or a weighing
    of `pieces` that together weigh `kg`."""

    id = TextField(primary_key=True)
    subject = TextField()
    at = UtcField()
    pieces = IntegerField(null=True)
    kg = FloatField()
    low = FloatField(null=True)
    high = FloatField(null=True)
    source = TextField()


class Co2e(Model):
    """How many kilograms of CO2e reuse saves `per` "kg" or "piece", as staff said at `at`."""

    id = TextField(primary_key=True)
    subject = TextField()
    at = UtcField()
    value = FloatField()
    per = TextField()
    source = TextField()
    version = TextField()


class EarlierCount(Model):
    """Who came to a session before the kiosk, from a file with the hash `source`: a part of the session by `language`
    and `group`, "" for all or not known."""

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


MODELS: tuple[type[Model], ...] = (
    Meta, JournalEntry, Refused, Unfolded, Gathering, Session, Visit, Item, Photo, SearchWord, ItemText, Ticket, Request, Envelope,
    Correction, StaffMember, Badge, DoorCount, PrintJob, QueueNumber, Donation, Wish,
    WishOffer, Seat, Volunteer, Shift, Weight, Co2e, EarlierCount, EarlierGoods,
    SessionChange, Partner, Pair, PairNote, NeighbourItem,
)  # fmt: skip
