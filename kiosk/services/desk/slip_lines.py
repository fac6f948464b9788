"""The lines of slips, except tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiosk.errors import N_, NC_
from kiosk.language.translation import Language, capital
from kiosk.services.goods.categories import category_name
from kiosk.vocabulary import things
from kiosk.vocabulary.states import DonationState, QueueState, SeatState, WishState
from kiosk.vocabulary.words import DECLINED

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.services import DonationView, QueueView, RequestView, SeatView, WishView


class SlipLines(NamedTuple):
    """What a slip says: a name, a line in a box, the next step; `due` is the boxed line in few words, for the screen."""

    name: str
    boxed: str
    line: str
    due: str = ""


#: What the slip of a donation is called.
OWN = N_("Your donation")


def donation(donation: DonationView, language: Language) -> SlipLines:
    """Return the lines of a donation's slip."""
    name = language.listed(category_name(one, language) for one in donation.chosen)
    thanks, *told = donation_told(donation, language)
    own = language.text(OWN)
    return SlipLines(name, own, " ".join(told if thanks == own else [thanks, *told]))


#: Sentences by state, for donations that are fetched and for those that are brought.
_FETCHED: dict[str, str] = {
    DonationState.ANNOUNCED: N_("We will call you to arrange collection."),
    DonationState.ACCEPTED: N_("We will be glad to have it, and will call you to arrange collection."),
    DonationState.TAKEN_IN: N_("We have collected your donation. It will find a new home."),
}
_BROUGHT: dict[str, str] = {
    DonationState.ANNOUNCED: N_("Please show this code at the desk."),
    DonationState.ACCEPTED: N_("We will be glad to have it. Please bring it when we are open."),
    DonationState.TAKEN_IN: N_("Your donation is here and will find a new home."),
}


def donation_told(donation: DonationView, language: Language) -> list[str]:
    """Return the text for the donor: a heading, which thanks only for what is wanted, and sentences on the state and on
    how many things came in."""
    _, came = language.text, donation.came
    wanted = donation.is_open or donation.state == DonationState.TAKEN_IN or bool(came)
    told = [_(N_("Thank you for your donation!") if wanted else OWN)]
    if came:
        words = language.plural("{count} thing has come in.", "{count} things have come in.", came)
        told.append(words.format(count=came))
    if donation.is_open or donation.state == DonationState.TAKEN_IN:
        if not (came and donation.is_open):  # the rest may still be brought
            told.append(_((_FETCHED if donation.fetch else _BROUGHT)[donation.state]))
    elif donation.state == DonationState.DECLINED:
        told.append(_(N_("We cannot take the rest.") if came else N_("We cannot take it this time.")))
        told += [_(DECLINED[donation.reason])] if donation.reason in DECLINED else _own_reason(donation, language)
    else:
        told.append(_(N_("This announcement is no longer active.")))
    return told


def _own_reason(donation: DonationView, language: Language) -> list[str]:
    """Return the centre's own reason, and where to take the things instead."""
    if donation.own is None:
        return []
    instead = language.name(donation.own.instead)
    where = language.text(N_("You can take it here: {place}")).format(place=instead) if instead else ""
    return [text for text in (language.name(donation.own.names), where) if text]


#: How a wish stands, for the wisher.
WISHES: dict[str, str] = {
    WishState.OPEN: N_("We are still looking for it."),
    WishState.HELD: N_("One has come in and is reserved for you. Come to the desk."),
    WishState.FULFILLED: N_("It is yours now. Enjoy it!"),
    WishState.CANCELLED: N_("You cancelled this wish."),
    WishState.EXPIRED: N_("This wish has expired. You can leave it again."),
}
#: How seats stand, for who booked them; nothing is to be said of seats that are booked.
SEATS: dict[str, str] = {
    SeatState.WAITING: N_("You are on the waiting list."),
    SeatState.CANCELLED: N_("These seats were cancelled."),
    SeatState.ARRIVED: N_("Welcome! You are counted."),
}
#: How a number that is not waiting stands, and an appointment.
NUMBERS: dict[str, str] = {
    QueueState.CALLED: N_("It is your turn. Please go to the coordinator."),
    QueueState.DONE: N_("This number has already been used. You can take a new one."),
    QueueState.SKIPPED: N_("You were called. Please tell the coordinator that you are here."),
    QueueState.LEFT: N_("This number was cancelled."),
    QueueState.MISSED: N_("This number was for another day. You can take a new one."),
}
APPOINTMENTS = NUMBERS | {
    QueueState.DONE: N_("This appointment is over. You can book a new one."),
    QueueState.LEFT: N_("This appointment was cancelled. You can book a new one."),
    QueueState.MISSED: N_("This appointment is over, and nobody came to it. You can book a new one."),
}


def wish(wish: WishView, language: Language) -> SlipLines:
    """Return the lines of a wish's slip."""
    name = language.name(things()[wish.thing].names) if wish.thing else ""
    return SlipLines(
        name or category_name(wish.own or wish.category, language),
        language.text(N_("Your wish")),
        language.text(WISHES[wish.state]),
    )


def seat(seat: SeatView, language: Language) -> SlipLines:
    """Return the lines of a seat booking's slip."""
    session, people = seat.session, seat.people
    if session is None:
        sorry = language.text(N_("This has been cancelled. We are sorry."))
        if seat.was is None:
            return SlipLines(sorry, language.text(NC_("booking", "Seats")), "")
        return SlipLines(language.name(seat.was.names), *_when(seat.was.starts_at, sorry, language))
    stands = language.text(SEATS[seat.state]) if seat.state in SEATS else ""
    if seat.state == SeatState.WAITING and seat.place:
        stands = language.text(N_("Your place on the waiting list: {place}")).format(place=seat.place)
    many = language.plural("For {count} person", "For {count} people", people).format(count=people)
    return SlipLines(language.name(session.names), *_when(session.starts_at, f"{many}. {stands}".strip(), language))


def _when(moment: datetime, line: str, language: Language) -> tuple[str, str, str]:
    """Return the boxed line of a moment, `line`, and the moment in few words."""
    return capital(language.at(moment)), line, capital(language.at(moment, short=True))


def queue(queue: QueueView, language: Language) -> SlipLines:
    """Return the lines of a queue number's slip, without the topic."""
    _, starts = language.text, queue.starts_at
    line = _((APPOINTMENTS if starts else NUMBERS).get(queue.state, N_("Your number will appear on the screen.")))
    if starts is None:
        return SlipLines(str(queue.number), _(N_("Your number")), line)
    return SlipLines(str(queue.number), *_when(starts, line, language))


def request(request: RequestView, language: Language) -> SlipLines:
    """Return the lines of a help request's slip, without the person and the service."""
    _ = language.text
    return SlipLines(
        _(N_("Your code")),
        language.full_date(request.day),
        _(N_("You can use this code to ask how your request is going, or to have everything deleted.")),
    )
