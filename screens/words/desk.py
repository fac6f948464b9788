"""The words of the desk: states, reasons, services, roles, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import N_, NC_
from screens.visitor.help import pairing
from screens.widgets.choices import Option

from .goods import CATEGORY_WORDS, CONDITION_WORDS

if TYPE_CHECKING:
    from screens.app import KioskApp

TICKET_WORDS = {
    "reserved": N_("Ticket is valid"),
    "collected": N_("Handed over already"),
    "expired": N_("Ticket has expired"),
    "cancelled": N_("Reservation was cancelled"),
    "conflicted": N_("Two tickets for one thing"),
}
#: A ticket used a moment ago, by whoever looks at it.
HANDED_OVER = N_("Handed over")
#: Sign of each state: never by colour alone.
STATE_ICONS = {
    "reserved": "check_circle",
    "collected": "hand_extended",
    "expired": "clock_alert_outline",
    "cancelled": "undo_variant",
    "conflicted": "alert",
    "available": "check_circle",
    "given": "hand_extended",
    "withdrawn": "close_circle",
}
#: What can be done with what was scanned: words and sign.
ACTION_WORDS = {
    "hand_over": (NC_("thing", "Hand over"), "hand_extended"),
    "give": (N_("Hand over without a ticket"), "hand_extended"),
    "undo_hand_over": (N_("Undo the hand-over"), "undo_variant"),
    "reactivate": (N_("Reactivate the ticket"), "restore"),
    "cancel": (N_("Cancel the reservation"), "ticket_outline"),
    "print": (N_("Print the ticket"), "printer"),
    "label": (N_("Print a label"), "label_outline"),
    "edit": (N_("Edit"), "pencil"),
    "merge": (N_("Duplicate of another thing"), "call_merge"),
    "withdraw": (N_("Take off the shelf"), "trash_can_outline"),
    "put_back": (N_("Put back on the shelf"), "restore"),
}
#: Rights that actions need, others than handing over.
ACTION_RIGHTS = {
    "label": "print",
    "print": "print",
    "edit": "goods",
    "merge": "goods",
    "withdraw": "goods",
    "put_back": "goods",
}
REASONS = (
    Option("broken", N_("Broken"), icon="image_broken_variant"),
    Option("missing", N_("Cannot be found"), icon="help_circle_outline"),
    Option("recycled", N_("Taken to recycling"), icon="recycle"),
    Option("mistake", N_("Taken in by mistake"), icon="undo_variant"),
)
REASON_WORDS = {option.key: option.message for option in REASONS} | {"duplicate": N_("Duplicate")}
SERVICE_ICONS = {
    "friend": "account_heart_outline",
    "friend_offer": "account_heart",
    "neighbour": "home_heart",
    "neighbour_offer": "hand_heart",
    "guidance": "compass_outline",
    "other": "help_circle_outline",
    "fetch": "van_utility",
    "volunteer": "account_hard_hat",
    "volunteering": "account_plus_outline",
    "partner": "handshake_outline",
}
STATUS_WORDS = {
    "new": NC_("request", "New"),
    "contacted": N_("Contacted"),
    "arranged": N_("Arranged"),
    "done": NC_("request", "Done"),
    "closed": NC_("request", "Closed"),
}
#: Why a pair ends.
PAIR_REASONS = (
    Option("done", N_("The help is done, or they carry on by themselves"), icon="check_circle_outline"),
    Option("no_match", N_("They were not a good match"), icon="account_switch_outline"),
    Option("asker_left", N_("The person who asked no longer needs help"), icon="account_arrow_left_outline"),
    Option("helper_left", N_("The person who helps no longer has time"), icon="account_arrow_right_outline"),
)
REPEAT_WORDS = {option.key: option.message for option in pairing.REPEATS}
#: What two people have in common, by question and answer; other answers are in the words of the question.
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
    "announced": N_("Announced"),
    "accepted": N_("Accepted"),
    "declined": N_("Declined"),
    "taken_in": NC_("donation", "Taken in"),
    "cancelled": NC_("donation", "Cancelled"),
}
DECLINE_REASONS = (
    Option("broken", N_("Broken"), icon="image_broken_variant"),
    Option("no_room", N_("No room at the moment"), icon="warehouse"),
    Option("not_taken", N_("We do not take such things"), icon="close_octagon_outline"),
    Option("enough", N_("We have enough of them"), icon="check_all"),
)
QUEUE_STATES = {
    "called": N_("Being served"),
    "waiting": N_("Waiting"),
    "skipped": NC_("state", "Put aside"),
    "done": N_("Came"),
    "missed": N_("Did not come"),
}
ROLE_WORDS = {"helper": N_("Helper"), "staff": N_("Staff member"), "coordinator": N_("Coordinator")}
ROLES = (
    Option("helper", ROLE_WORDS["helper"], icon="hand_extended"),
    Option("staff", ROLE_WORDS["staff"], icon="account_tie"),
    Option("coordinator", ROLE_WORDS["coordinator"], icon="account_key"),
)
CATEGORIES = tuple(
    Option(key, words, f"category_{key}.png") for key, words in CATEGORY_WORDS.items() if key not in ("new", "all")
)


def categories(app: KioskApp, also: str = "") -> tuple[Option, ...]:
    """Return the kinds of things that the centre has shelves for, and the one a thing has `also`."""
    return tuple(option for option in CATEGORIES if option.key in app.settings.goods.categories or option.key == also)


CONDITIONS = tuple(Option(key, words, icon="star_outline") for key, words in CONDITION_WORDS.items())
