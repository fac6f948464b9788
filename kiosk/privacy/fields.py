"""The record of processing: purpose, legal basis, retention and readers of every column. A test compares it with the
schema, so that no column is added without an entry."""

from __future__ import annotations

from typing import NamedTuple

#: Legal bases: not personal data; GDPR 6(1)(a), (e) and (f); the funder's rules on records.
NOBODY, CONSENT, TASK, INTEREST = "no person", "consent 6(1)(a)", "public task 6(1)(e)", "legitimate interest 6(1)(f)"
#: Retention: as long as the database, and as set in the settings.
KEPT = "kept"
REQUEST_DAYS = "help.keep_days after it was made when done, help.longest_days otherwise, not while a pair meets; at once on request"


class Use(NamedTuple):
    """The entry of `columns` (names separated by spaces) of a `table`. `days` is the retention, `who` the readers."""

    table: str
    columns: str
    purpose: str
    basis: str
    days: str
    who: str


FIELDS = (
    Use("meta", "key value", "what the database knows of itself: device, public keys, marks", NOBODY, KEPT, "program"),
    Use("journal", "device seq id time kind payload prev_hash hash", "audit trail, undo, hub", NOBODY, KEPT, "coordinator"),
    Use("journal", "who", "which staff member did it, by id", INTEREST, KEPT, "coordinator"),
    Use("gathering", "id names rule since start end place art cancelled extra active seats partner languages owner changes "
        "until photo groups partner_id uid about more_partners", "the programme", NOBODY, KEPT, "everybody"),
    Use("session", "id gathering day starts_at ends_at place", "dates of the programme", NOBODY, KEPT, "everybody"),
    Use("session_change", "gathering day kind reason moved_to starts_at ends_at place", "changes of the programme", NOBODY,
        KEPT, "everybody"),
    Use("visit", "id session at language adults children first_visit group undone way", "counting, to the minute, without "
        "a mark that comes back", NOBODY, KEPT, "staff, as counts"),
    Use("correction", "id session at adults children reason", "what staff found out later about a count", NOBODY, KEPT,
        "staff"),
    Use("item", "id label_code thing names category size age_group condition place quantity kg arrived_on state given_on "
        "number reason merged_into donation labelled seen_at together own_category", "free goods", NOBODY, KEPT, "everybody"),
    Use("own_category", "id names part_of art photo place active", "the centre's own categories of goods", NOBODY, KEPT,
        "everybody"),
    Use("stock_count", "id begun_at ended_at", "counts of what is on the shelves", NOBODY, KEPT, "staff"),
    Use("photo", "item position hash", "pictures of goods, without EXIF", NOBODY, KEPT, "everybody"),
    Use("search_word", "id word", "search of goods", NOBODY, KEPT, "everybody"),
    Use("item_text", "no item words", "search of goods", NOBODY, KEPT, "everybody"),
    Use("ticket", "id code item unit state language created_at deadline provisional ended_at given_twice bundle number", "who holds the "
        "code may have the thing", NOBODY, KEPT, "staff"),
    Use("request", "id code service day status notice_version erased", "that help was asked for, and how far it has come",
        TASK, KEPT, "staff"),
    Use("envelope", "request recipient box", "name, number, wish: sealed", CONSENT, REQUEST_DAYS, "coordinator"),
    Use("withheld", "request recipient box device until", "what another tablet deleted: sealed, against a stolen tablet "
        "that deletes everything", INTEREST, "72 hours", "coordinator"),
    Use("staff", "id name role language active", "who may come behind the desk; a first name is enough", INTEREST, KEPT,
        "who stands at the door"),
    Use("staff", "pin", "the PIN, hashed by argon2id", INTEREST, "until the next PIN", "nobody"),
    Use("badge", "digest staff active", "the badge, hashed", INTEREST, KEPT, "nobody"),
    Use("door", "person failures wait", "waits after wrong PINs", INTEREST, "until the right PIN, a day or two at most", "program"),
    Use("print_job", "id kind subject language copy state tries made_at due_at error", "paper that is to come", NOBODY,
        KEPT, "staff"),
    Use("queue_number", "id code day number topic language interpreter state made_at called_at ended_at starts_at contact",
        "turn for guidance, without a name; whom to call is sealed", NOBODY, KEPT, "staff"),
    Use("bell", "id language made_at answered_at", "calls for staff, without a name", NOBODY, KEPT, "staff"),
    Use("donation", "id code categories amount fetch request state reason made_at partner pieces chosen", "what is brought; who "
        "brings it is sealed", NOBODY, KEPT, "staff"),
    Use("decline_reason", "id names instead active", "why a donation is declined, and where to take it instead", NOBODY, KEPT,
        "everybody"),
    Use("wish", "id code category thing size age_group language state ticket made_at request "
        "contact own_category", "what somebody waits for; how it should be, and whom to call, is sealed", NOBODY, KEPT, "staff"),
    Use("wish_offer", "wish item", "what was held already", NOBODY, KEPT, "program"),
    Use("seat", "id code session people language state made_at contact", "seats, without a name; whom to call is "
        "sealed", NOBODY, KEPT, "staff"),
    Use("volunteer", "id code number request active partner", "volunteers by number; the name is sealed", INTEREST, KEPT,
        "staff"),
    Use("shift", "id volunteer task of_age started_at ended_at quarters machine_quarters reason", "hours of work for the "
        "funder, by number", TASK, KEPT, "coordinator"),
    Use("partner", "id name kind request thanked_on active", "organisations; whom to call there is sealed", NOBODY, KEPT,
        "everybody"),
    Use("pair", "id service asker helper state repeat follow_up made_on ended_on reason", "who was brought together, by "
        "ids", TASK, KEPT, "staff"),
    Use("call", "id made_at", "who was told, by ids", TASK, KEPT, "staff"),
    Use("case_note", "id request about made_at", "that staff noted something about a request or a pair; the text is sealed", TASK,
        KEPT, "staff"),
    Use("pair_note", "id pair day quarters", "hours of help", TASK, KEPT, "staff"),
    Use("ledger_device", "id device seq", "reports", NOBODY, KEPT, "program"),
    Use("ledger_run", "device first last began ended", "reports", NOBODY, KEPT, "program"),
    Use("ledger_state", "subject state", "reports", NOBODY, KEPT, "program"),
    Use("ledger_kept", "kind device seq time payload", "reports", NOBODY, KEPT, "program"),
    Use("ledger_visit", "day device seq part session language group way visits adults children first", "reports", NOBODY,
        KEPT, "coordinator"),
    Use("ledger_goods", "day device seq part move category thing own pieces weighed grams", "reports", NOBODY, KEPT,
        "coordinator"),
    Use("ledger_shift", "day device seq part shift volunteer task of_age started shifts quarters machine", "reports, "
        "volunteers by number", TASK, KEPT, "coordinator"),
    Use("ledger_help", "day device seq part service step days people", "reports", NOBODY, KEPT, "coordinator"),
    Use("weight", "id subject at pieces kg low high source", "estimates of weight", NOBODY, KEPT, "coordinator"),
    Use("co2e", "id subject at value per source version", "estimates of emissions", NOBODY, KEPT, "coordinator"),
    Use("earlier_count", "id session visits adults children first_visits language group source", "counts of the years "
        "before", NOBODY, KEPT, "coordinator"),
    Use("earlier_goods", "id day category taken_in given source", "goods of the years before", NOBODY, KEPT, "coordinator"),
    Use("refused", "device seq reason", "what the hub did not take", NOBODY, KEPT, "program"),
    Use("elsewhere", "id number centre thing names category size age_group condition arrived_on photo", "goods neighbouring "
        "centres show", NOBODY, KEPT, "everybody"),
    Use("unfolded", "kind subject", "what of the hub waits for its beginning", NOBODY, KEPT, "program"),
)  # fmt: skip
