"""The states and kinds of rows, each declared once. The values stand in the database, in journals and at hubs: a member may
be added or renamed in code, a value never changes."""

from __future__ import annotations

from enum import StrEnum


class ItemState(StrEnum):
    """State of an item. GIVEN: every unit was handed over; WITHDRAWN: off the shelf without being given."""

    AVAILABLE = "available"
    RESERVED = "reserved"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class WithdrawReason(StrEnum):
    """Why an item was withdrawn. DUPLICATE: it was taken in twice, and joined to the other entry."""

    BROKEN = "broken"
    MISSING = "missing"
    RECYCLED = "recycled"
    MISTAKE = "mistake"
    DUPLICATE = "duplicate"


class TicketState(StrEnum):
    """State of a claim on an item. CONFLICTED: the hub decided that another ticket was first."""

    RESERVED = "reserved"
    COLLECTED = "collected"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    CONFLICTED = "conflicted"


class WishState(StrEnum):
    """State of a wish. HELD: an item is reserved for it."""

    OPEN = "open"
    HELD = "held"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class DonationState(StrEnum):
    """State of an announced donation."""

    ANNOUNCED = "announced"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_IN = "taken_in"
    CANCELLED = "cancelled"


class Per(StrEnum):
    """What a CO2e factor is for."""

    KG = "kg"
    PIECE = "piece"


class RequestKind(StrEnum):
    """What a request is for, its column `service`. "…_offer": the person wants to help. FETCH: a donation to be collected.
    VOLUNTEERING: the person would like to be a volunteer. VOLUNTEER, PARTNER, WISH, CALL (a phone number for a wish, seats or
    an appointment) and NOTE (of staff about a request or pair) are records of which only the sealed part is a request."""

    FRIEND = "friend"
    FRIEND_OFFER = "friend_offer"
    NEIGHBOUR = "neighbour"
    NEIGHBOUR_OFFER = "neighbour_offer"
    GUIDANCE = "guidance"
    OTHER = "other"
    FETCH = "fetch"
    VOLUNTEER = "volunteer"
    VOLUNTEERING = "volunteering"
    PARTNER = "partner"
    WISH = "wish"
    CALL = "call"
    NOTE = "note"


#: Requests that are records of a register: nobody waits for an answer.
REGISTERS = (
    RequestKind.VOLUNTEER,
    RequestKind.PARTNER,
    RequestKind.WISH,
    RequestKind.CALL,
    RequestKind.NOTE,
)
#: Requests that reports do not count as help: the registers, and who would like to volunteer.
NOT_HELP = (*REGISTERS, RequestKind.VOLUNTEERING)


class RequestStatus(StrEnum):
    """Status of a request, in the order it goes through them; staff may set an earlier one to correct a mistake."""

    NEW = "new"
    CONTACTED = "contacted"
    ARRANGED = "arranged"
    DONE = "done"
    CLOSED = "closed"


class CallReason(StrEnum):
    """What somebody is called about. WISH_HERE: a thing is reserved for their wish; SEAT_FREE: they have seats and no longer
    wait; TIME_MOVED and TIME_CANCELLED: of an appointment, by staff."""

    SESSION_CANCELLED = "session_cancelled"
    SESSION_MOVED = "session_moved"
    TIME_CANCELLED = "time_cancelled"
    TIME_MOVED = "time_moved"
    SEAT_FREE = "seat_free"
    WISH_HERE = "wish_here"
    FOLLOW_UP = "follow_up"


class QueueState(StrEnum):
    """State of a queue number. SKIPPED: called but not there; LEFT: cancelled; MISSED: nobody came until its day was over,
    or staff said so."""

    WAITING = "waiting"
    CALLED = "called"
    DONE = "done"
    SKIPPED = "skipped"
    LEFT = "left"
    MISSED = "missed"


class PairState(StrEnum):
    """State of a pair. ASIDE: staff rejected the suggestion; UNDONE: staff took their decision back."""

    ACTIVE = "active"
    ASIDE = "aside"
    UNDONE = "undone"
    ENDED = "ended"


class PairReason(StrEnum):
    """Why a pair ended."""

    DONE = "done"
    NO_MATCH = "no_match"
    ASKER_LEFT = "asker_left"
    HELPER_LEFT = "helper_left"


class Repeat(StrEnum):
    """How often a pair meets. WINTER: every week from November to March."""

    ONCE = "once"
    WEEKLY = "weekly"
    WINTER = "winter"


class Owner(StrEnum):
    """Where a series of gatherings was made."""

    SETTINGS = "settings"
    DESK = "desk"


class RhythmKind(StrEnum):
    """How a series repeats. LAST: the last such weekday of a month; OWN: any other rule, from the settings or a calendar
    file."""

    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    LAST = "last"
    OWN = "own"


class SessionState(StrEnum):
    """What becomes of a session: ON and MOVED take place. AWAY stands at the time that a session was moved from."""

    ON = "on"
    MOVED = "moved"
    AWAY = "away"
    CANCELLED = "cancelled"
    HOLIDAY = "holiday"


class DecisionKind(StrEnum):
    """What staff decided about one session. HELD: it takes place although it is a holiday."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    HELD = "held"


class SessionReason(StrEnum):
    """Why a session was cancelled or moved."""

    ILL = "ill"
    WEATHER = "weather"
    PLACE = "place"
    FEW = "few"
    OTHER = "other"


class SeatState(StrEnum):
    """State of a booking of seats."""

    BOOKED = "booked"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    ARRIVED = "arrived"


class VisitWay(StrEnum):
    """How a visit was counted. IMPORTED: from a list of the years before the kiosk; no visit has it, only reports."""

    KIOSK = "kiosk"
    TALLY = "tally"
    PAPER = "paper"
    IMPORTED = "imported"


class EarlierKind(StrEnum):
    """What a list of the years before the kiosk counts."""

    ATTENDANCE = "attendance"
    GOODS = "goods"


class PrintState(StrEnum):
    """State of a print job. SENDING is committed before the first byte goes out; a job that stopped in it is UNSURE."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    DROPPED = "dropped"


class SlipKind(StrEnum):
    """The subject of a code or a print job. LABEL is the label of an item."""

    TICKET = "ticket"
    ITEM = "item"
    REQUEST = "request"
    DONATION = "donation"
    WISH = "wish"
    SEAT = "seat"
    QUEUE = "queue"
    VOLUNTEER = "volunteer"
    LABEL = "label"


class PartnerKind(StrEnum):
    """What a partner is."""

    COMPANY = "company"
    ASSOCIATION = "association"
    SCHOOL = "school"
    MUNICIPALITY = "municipality"


class Role(StrEnum):
    """Role of a member of staff; each has the rights of those before it."""

    HELPER = "helper"
    STAFF = "staff"
    COORDINATOR = "coordinator"


class KeyRole(StrEnum):
    """Whose key opens an envelope."""

    COORDINATOR = "coordinator"
    RECOVERY = "recovery"


class Move(StrEnum):
    """What a fact of the reports counts of goods."""

    IN = "in"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class HelpStep(StrEnum):
    """What a fact of the reports counts of help: requests that came so far, pairs made, QUARTERS of an hour worked."""

    ASKED = "asked"
    CONTACTED = "contacted"
    ARRANGED = "arranged"
    DONE = "done"
    CANCELLED = "cancelled"
    PAIRED = "paired"
    QUARTERS = "quarters"
