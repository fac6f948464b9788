"""What stands on the slip of a code, but for tickets: its name, the line in the box, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import N_, NC_
from kiosk.language.translation import Language
from kiosk.vocabulary import things
from kiosk.vocabulary.states import SeatState
from kiosk.vocabulary.words import CATEGORIES

if TYPE_CHECKING:
    from kiosk.services import DonationView, QueueView, RequestView, SeatView, WishView

SlipLines = tuple[str, str, str]


def donation(donation: DonationView, language: Language) -> SlipLines:
    """Return what stands on the slip of what somebody brings."""
    name = language.listed(language.text(CATEGORIES[category]) for category in donation.categories)
    next_step = (
        N_("We will call you to arrange collection.") if donation.fetch else N_("Please show this code at the desk.")
    )
    return name, language.text(N_("Thank you for your donation!")), language.text(next_step)


def wish(wish: WishView, language: Language) -> SlipLines:
    """Return what stands on the slip of a wish."""
    name = language.name(things()[wish.thing].names) if wish.thing else ""
    return (
        name or language.text(CATEGORIES[wish.category]),
        language.text(N_("Your wish")),
        language.text(N_("We are still looking for it.")),
    )


def seat(seat: SeatView, language: Language) -> SlipLines:
    """Return what stands on the slip of seats."""
    session, people = seat.session, seat.people
    if session is None:
        return language.text(N_("This has been cancelled. We are sorry.")), language.text(NC_("booking", "Seats")), ""
    when = language.at(session.starts_at)
    waiting = language.text(N_("You are on the waiting list.")) if seat.state == SeatState.WAITING else ""
    many = language.plural("For {count} person", "For {count} people", people).format(count=people)
    return language.name(session.names), when, f"{many}. {waiting}".strip()


def queue(queue: QueueView, language: Language) -> SlipLines:
    """Return what stands on the slip of a number for the coordinator: never what it is about."""
    _, starts = language.text, queue.starts_at
    when = language.at(starts) if starts else _(N_("Your number"))
    return str(queue.number), when, _(N_("Your number will appear on the screen."))


def request(request: RequestView, language: Language) -> SlipLines:
    """Return what stands on the slip of a request for help: neither who asked nor for what."""
    _ = language.text
    return (
        _(N_("Your code")),
        language.full_date(request.day),
        _(N_("You can use this code to ask how your request is going, or to have everything deleted.")),
    )
