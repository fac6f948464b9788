"""The words of the desk: states, reasons, services, roles, and what can be done."""

from __future__ import annotations

from typing import Any

from kiosk.errors import N_
from screens.visitor.help import pairing
from screens.widgets.choices import Option

from .goods import CATEGORY_WORDS, CONDITION_WORDS

TICKET_WORDS = {
    "reserved": N_("Ticket is good"),
    "collected": N_("Handed over already"),
    "expired": N_("Ticket has run out"),
    "cancelled": N_("Ticket was given back"),
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
    "hand_over": (N_("Hand over"), "hand_extended"),
    "give": (N_("Give without a ticket"), "hand_extended"),
    "undo_hand_over": (N_("Undo the hand-over"), "undo_variant"),
    "reactivate": (N_("Make the ticket good again"), "restore"),
    "cancel": (N_("Give it back"), "ticket_outline"),
    "print": (N_("Print the ticket"), "printer"),
    "label": (N_("Print a label"), "label_outline"),
    "edit": (N_("Change"), "pencil"),
    "merge": (N_("Same as another"), "call_merge"),
    "withdraw": (N_("Take off the shelf"), "trash_can_outline"),
    "put_back": (N_("Put back on the shelf"), "restore"),
}
#: Rights that actions need, others than handing over.
ACTION_RIGHTS = {
    "label": "print", "print": "print", "edit": "goods", "merge": "goods", "withdraw": "goods", "put_back": "goods",
}  # fmt: skip
REASONS = (
    Option("broken", N_("Broken"), icon="image_broken_variant"),
    Option("missing", N_("Cannot be found"), icon="help_circle_outline"),
    Option("recycled", N_("Taken to recycling"), icon="recycle"),
    Option("mistake", N_("Taken in by mistake"), icon="undo_variant"),
)
REASON_WORDS = {option.key: option.message for option in REASONS} | {"duplicate": N_("Was there twice")}
SERVICE_ICONS = {
    "friend": "account_heart_outline",
    "friend_offer": "account_heart",
    "neighbour": "home_heart",
    "neighbour_offer": "hand_heart",
    "guidance": "compass_outline",
    "other": "help_circle_outline",
    "fetch": "van_utility",
    "volunteer": "account_hard_hat",
    "partner": "handshake_outline",
}
STATUS_WORDS = {
    "new": N_("New"),
    "contacted": N_("Contacted"),
    "arranged": N_("Arranged"),
    "done": N_("Done"),
    "closed": N_("Closed"),
}
#: Why a pair ends.
PAIR_REASONS = (
    Option("done", N_("It is done, or they go on by themselves"), icon="check_circle_outline"),
    Option("no_match", N_("They did not suit each other"), icon="account_switch_outline"),
    Option("asker_left", N_("The one who asked does not need it any more"), icon="account_arrow_left_outline"),
    Option("helper_left", N_("The one who helps has no time any more"), icon="account_arrow_right_outline"),
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
    "taken_in": N_("Taken in"),
    "cancelled": N_("Ended"),
}
DECLINE_REASONS = (
    Option("broken", N_("Broken"), icon="image_broken_variant"),
    Option("no_room", N_("No room just now"), icon="warehouse"),
    Option("not_taken", N_("We do not take such things"), icon="close_octagon_outline"),
    Option("enough", N_("We have enough of them"), icon="check_all"),
)
QUEUE_STATES = {"called": N_("Being served"), "waiting": N_("Waiting"), "skipped": N_("Put aside")}
ROLE_WORDS = {"helper": N_("Helper"), "staff": N_("Staff member"), "coordinator": N_("Coordinator")}
ROLES = (
    Option("helper", ROLE_WORDS["helper"], icon="hand_extended"),
    Option("staff", ROLE_WORDS["staff"], icon="account_tie"),
    Option("coordinator", ROLE_WORDS["coordinator"], icon="account_key"),
)
CATEGORIES = tuple(
    Option(key, words, f"category_{key}.png") for key, words in CATEGORY_WORDS.items() if key not in ("new", "all")
)


def categories(app: Any, also: str = "") -> tuple[Option, ...]:
    """Return the kinds of things that the centre has shelves for, and the one a thing has `also`."""
    return tuple(option for option in CATEGORIES if option.key in app.settings.goods.categories or option.key == also)


CONDITIONS = tuple(Option(key, words, icon="star_outline") for key, words in CONDITION_WORDS.items())
