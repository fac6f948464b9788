"""Texts of the desk: states, reasons, services, roles, actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.errors import N_, NC_
from kiosk.services.goods.categories import in_order
from kiosk.vocabulary.states import (
    DonationState,
    ItemState,
    PairReason,
    QueueState,
    RequestKind,
    RequestStatus,
    Role,
    TicketState,
    WithdrawReason,
)
from kiosk.vocabulary.words import DECLINED
from screens.visitor.help import pairing
from screens.widgets.choices import Option

from .goods import CATEGORY_WORDS, CONDITION_WORDS

if TYPE_CHECKING:
    from kiosk.services import CategoryView
    from screens.app import KioskApp

TICKET_WORDS = {
    TicketState.RESERVED: N_("Ticket is valid"),
    TicketState.COLLECTED: N_("Handed over already"),
    TicketState.EXPIRED: N_("Ticket has expired"),
    TicketState.CANCELLED: N_("Reservation was cancelled"),
    TicketState.CONFLICTED: N_("Two tickets for one thing"),
}
#: State of a ticket that was just handed over.
HANDED_OVER = N_("Handed over")
#: Icon of each state: never by colour alone.
STATE_ICONS = {
    TicketState.RESERVED: "check_circle",
    TicketState.COLLECTED: "hand_extended",
    TicketState.EXPIRED: "clock_alert_outline",
    TicketState.CANCELLED: "undo_variant",
    TicketState.CONFLICTED: "alert",
    ItemState.AVAILABLE: "check_circle",
    ItemState.GIVEN: "hand_extended",
    ItemState.WITHDRAWN: "close_circle",
}
#: Text and icon of each action on a scan result.
ACTION_WORDS = {
    "hand_over": (NC_("thing", "Hand over"), "hand_extended"),
    "give": (N_("Hand over without a ticket"), "hand_extended"),
    "undo_hand_over": (N_("Undo the hand-over"), "undo_variant"),
    "reactivate": (N_("Reactivate the ticket"), "restore"),
    "cancel": (N_("Cancel the reservation"), "ticket_outline"),
    "print": (N_("Print the ticket"), "printer"),
    "label": (N_("Print a label"), "label_outline"),
    "edit": (N_("Edit"), "pencil"),
    "merge": (N_("Merge with another thing"), "call_merge"),
    "withdraw": (N_("Take off the shelf"), "trash_can_outline"),
    "put_back": (N_("Put back on the shelf"), "restore"),
}
#: Rights of actions, where it is not the right to hand over.
ACTION_RIGHTS = {
    "label": "print",
    "print": "print",
    "edit": "goods",
    "merge": "goods",
    "withdraw": "goods",
    "put_back": "goods",
}
REASONS = (
    Option(WithdrawReason.BROKEN, N_("Broken"), icon="image_broken_variant"),
    Option(WithdrawReason.MISSING, N_("Cannot be found"), icon="help_circle_outline"),
    Option(WithdrawReason.RECYCLED, N_("Taken to recycling"), icon="recycle"),
    Option(WithdrawReason.MISTAKE, N_("Taken in by mistake"), icon="undo_variant"),
)
REASON_WORDS = {option.key: option.message for option in REASONS} | {WithdrawReason.DUPLICATE: N_("Duplicate")}
SERVICE_ICONS = {
    RequestKind.FRIEND: "account_heart_outline",
    RequestKind.FRIEND_OFFER: "account_heart",
    RequestKind.NEIGHBOUR: "home_heart",
    RequestKind.NEIGHBOUR_OFFER: "hand_heart",
    RequestKind.GUIDANCE: "compass_outline",
    RequestKind.OTHER: "help_circle_outline",
    RequestKind.FETCH: "van_utility",
    RequestKind.VOLUNTEER: "account_hard_hat",
    RequestKind.VOLUNTEERING: "account_plus_outline",
    RequestKind.PARTNER: "handshake_outline",
}
STATUS_WORDS: dict[str, str] = {
    RequestStatus.NEW: NC_("request", "New"),
    RequestStatus.CONTACTED: N_("Contacted"),
    RequestStatus.ARRANGED: N_("Arranged"),
    RequestStatus.DONE: NC_("request", "Done"),
    RequestStatus.CLOSED: NC_("request", "Closed"),
}
#: Reasons to end a pair.
PAIR_REASONS = (
    Option(PairReason.DONE, N_("The help is done, or they carry on by themselves"), icon="check_circle_outline"),
    Option(PairReason.NO_MATCH, N_("They were not a good match"), icon="account_switch_outline"),
    Option(PairReason.ASKER_LEFT, N_("The person who asked no longer needs help"), icon="account_arrow_left_outline"),
    Option(PairReason.HELPER_LEFT, N_("The person who helps no longer has time"), icon="account_arrow_right_outline"),
)
REPEAT_WORDS = {option.key: option.message for option in pairing.REPEATS}
#: Shared answers by question and answer; others have the text of the option.
COMMON_WORDS = {
    ("languages", "fi"): N_("Both speak Finnish"),
    ("languages", "uk"): N_("Both speak Ukrainian"),
    ("languages", "en"): N_("Both speak English"),
    ("languages", "sv"): N_("Both speak Swedish"),
    ("languages", "ru"): N_("Both speak Russian"),
    **{("age", option.key): N_("About the same age") for option in pairing.AGES},
    **{
        (key, option.key): option.message
        for key, options in (
            ("days", pairing.DAYS),
            ("parts", pairing.PARTS),
            ("interests", pairing.INTERESTS),
            ("kinds", pairing.KINDS),
        )
        for option in options
    },
}
DONATION_STATES = {
    DonationState.ANNOUNCED: N_("Announced"),
    DonationState.ACCEPTED: N_("Accepted"),
    DonationState.DECLINED: N_("Declined"),
    DonationState.TAKEN_IN: NC_("donation", "Taken in"),
    DonationState.CANCELLED: NC_("donation", "Cancelled"),
}
DECLINE_REASONS = (
    Option("broken", DECLINED["broken"], icon="image_broken_variant"),
    Option("no_room", DECLINED["no_room"], icon="warehouse"),
    Option("not_taken", DECLINED["not_taken"], icon="close_octagon_outline"),
    Option("enough", DECLINED["enough"], icon="check_all"),
)
QUEUE_STATES = {
    QueueState.CALLED: N_("Being served"),
    QueueState.WAITING: N_("Waiting"),
    QueueState.SKIPPED: NC_("state", "Put aside"),
    QueueState.DONE: N_("Came"),
    QueueState.MISSED: N_("Did not come"),
}
ROLE_WORDS = {Role.HELPER: N_("Helper"), Role.STAFF: N_("Staff member"), Role.COORDINATOR: N_("Coordinator")}
ROLES = (
    Option(Role.HELPER, ROLE_WORDS[Role.HELPER], icon="hand_extended"),
    Option(Role.STAFF, ROLE_WORDS[Role.STAFF], icon="account_tie"),
    Option(Role.COORDINATOR, ROLE_WORDS[Role.COORDINATOR], icon="account_key"),
)
CATEGORIES = tuple(
    Option(key, words, f"category_{key}.png") for key, words in CATEGORY_WORDS.items() if key not in ("new", "all")
)


def categories(app: KioskApp, own: Iterable[CategoryView], also: str = "") -> tuple[Option, ...]:
    """Return the centre's categories with its `own` ones, and `also` that of an existing item."""
    options = {option.key: option for option in CATEGORIES}
    keys = [key for key in options if key in app.settings.goods.categories or key == also]
    return tuple(options[one] if isinstance(one, str) else own_option(one) for one in in_order(keys, own))


def own_option(own: CategoryView) -> Option:
    """Return the option of an own category."""
    return Option(own.id, "", f"{own.drawing}.png", photo=own.photo or "", names=own.names)


CONDITIONS = tuple(Option(key, words, icon="star_outline") for key, words in CONDITION_WORDS.items())
