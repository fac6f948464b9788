"""How each thing is folded: which table it has, and what the kinds of entries say about its row. Kinds that are not known
here stay in the journal until a newer program folds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kiosk import clock
from kiosk.data.models import (
    Co2e,
    Correction,
    Donation,
    Gathering,
    Item,
    Pair,
    PairNote,
    Partner,
    QueueNumber,
    Request,
    Seat,
    Session,
    Shift,
    Ticket,
    Visit,
    Volunteer,
    Weight,
    Wish,
    WishOffer,
)

Values = dict[str, Any]
#: What a kind says beyond the columns its payload names: (payload, time) -> columns.
Says = Callable[[Values, str], Values]


@dataclass(frozen=True)
class ProjectionRule:
    """How a thing is folded: its table and what its kinds say. A kind named after one of `states`
    sets the state, if it says nothing else. What `local` says makes a row and does not change one: of that each tablet
    has its own. `edition` is raised when what a kind says has changed, so that what older programs folded is folded anew.
    """

    model: Any
    says: dict[str, Says] = field(default_factory=dict)
    local: str = ""
    states: frozenset[str] = frozenset()
    edition: int = 1

    def mark(self, thing: str) -> str:
        """Return what this rule can fold, in short: it is another as soon as there are other columns or kinds."""
        kinds = {*self.says, *self.states, *(kind for kind in MORE if kind.startswith(f"{thing}."))}
        return " ".join((str(self.edition), *sorted(self.model._meta.columns), "/", *sorted(kinds)))


#: Things that others refer to come before them.
RULES: dict[str, ProjectionRule] = {
    "request": ProjectionRule(
        Request,
        {
            "request.made": lambda said, at: {
                "status": "new",
                "notice_version": said["notice"],
                "day": said.get("day", at[:10]),
            },
            "request.status": lambda said, at: {"status": said["to"]},
            "request.erased": lambda said, at: {"erased": True},
        },
    ),
    "partner": ProjectionRule(Partner),
    "gathering": ProjectionRule(Gathering, local="settings"),
    "session": ProjectionRule(Session, {"session.moved": lambda said, at: {"day": said["moved_to"]}}),
    "item": ProjectionRule(
        Item,
        {
            "item.added": lambda said, at: {"state": "available"},
            "item.withdrawn": lambda said, at: {
                "state": "withdrawn",
                "merged_into": said.get("into"),
                "given_on": None,
            },
            "item.put_back": lambda said, at: {"state": "available", "reason": None},
        },
    ),
    "ticket": ProjectionRule(Ticket),
    "visit": ProjectionRule(
        Visit, {"visit.checked_in": lambda said, at: {"at": clock.utc_text(clock.to_minute(clock.parse(at)))}}
    ),
    "queue": ProjectionRule(
        QueueNumber,
        {
            "queue.taken": lambda said, at: {"state": "waiting", "made_at": at},
            "queue.called": lambda said, at: {"state": "called", "called_at": at},
            "queue.done": lambda said, at: {"state": "done", "ended_at": at},
            "queue.left": lambda said, at: {"state": "left", "ended_at": at},
            "queue.waiting": lambda said, at: {"state": "waiting"},
            "queue.skipped": lambda said, at: {"state": "skipped"},
        },
    ),
    "donation": ProjectionRule(
        Donation,
        {
            "donation.announced": lambda said, at: {"state": "announced", "made_at": at},
            "donation.given_by": lambda said, at: {},
        },
        states=frozenset({"accepted", "declined", "taken_in", "cancelled"}),
    ),
    "wish": ProjectionRule(
        Wish,
        {
            "wish.left": lambda said, at: {"state": "open", "made_at": at, "language": said.get("language", "fi")},
            "wish.open": lambda said, at: {"state": "open", "ticket": None},
            "wish.described": lambda said, at: {"request": said["request"]},
        },
        states=frozenset({"held", "fulfilled", "cancelled", "expired"}),
    ),
    "seat": ProjectionRule(
        Seat,
        {"seat.taken": lambda said, at: {"made_at": at}, "seat.followed": lambda said, at: {}},
        states=frozenset({"booked", "cancelled", "arrived"}),
    ),
    "volunteer": ProjectionRule(Volunteer, {"volunteer.registered": lambda said, at: {"request": said["volunteer"]}}),
    "shift": ProjectionRule(
        Shift,
        {
            "shift.begun": lambda said, at: {"started_at": at},
            "shift.ended": lambda said, at: {"ended_at": at},
        },
    ),
    "pair": ProjectionRule(
        Pair,
        {
            "pair.made": lambda said, at: {"state": "active", "made_on": said["day"]},
            "pair.aside": lambda said, at: {"state": "aside", "repeat": "once", "made_on": said["day"]},
            "pair.undone": lambda said, at: {"state": "undone", "follow_up": None},
            "pair.ended": lambda said, at: {"state": "ended", "follow_up": None, "ended_on": said["day"]},
        },
    ),
    "weight": ProjectionRule(
        Weight, {"weight.set": lambda said, at: {"at": at}, "weight.weighed": lambda said, at: {"at": at}}
    ),
    "co2e": ProjectionRule(Co2e, {"co2e.set": lambda said, at: {"at": at}}),
}
#: What staff decide for the session of a day; the last of them holds.
DECISIONS = frozenset({"session.cancelled", "session.moved", "session.held", "session.restored"})
#: Kinds that make a row of their own beside the thing's.
MORE: dict[str, Callable[[Values, str], Any]] = {
    "session.corrected": lambda said, at: Correction.insert(
        id=said["correction"], at=at, **{name: said[name] for name in ("session", "adults", "children", "reason")}
    ),
    "pair.noted": lambda said, at: PairNote.insert(
        id=said["note"], **{name: said[name] for name in ("pair", "day", "quarters")}
    ),
    "wish.held": lambda said, at: WishOffer.insert(wish=said["wish"], item=said["item"]),
}
#: Kinds that say nothing about the row of their thing.
NO_ROW = frozenset({"session.corrected", "session.cancelled", "session.held"})

#: Somebody's slip leads to nothing any more: the thing gets a code that is on no paper.
SLIP_ERASED = "slip.erased"


def thing_of_slip(said: Values) -> tuple[str | None, str]:
    """Return the thing and the id of which such an entry says that its code was replaced; None for what has no code."""
    table, subject = said.get("slip"), said.get("subject")
    with_code = (thing for thing, rule in RULES.items() if "code" in rule.model._meta.columns)
    return next((thing for thing in with_code if RULES[thing].model._meta.table_name == table), None), str(subject)
