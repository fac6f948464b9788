"""Names of categories, tasks, services and reasons, on screens and in reports."""

from __future__ import annotations

from kiosk.errors import N_, NC_
from kiosk.vocabulary.states import PartnerKind, RequestKind, SessionState

CATEGORIES = {
    "furniture": N_("Furniture"),
    "clothes": N_("Clothes"),
    "kitchen": N_("Kitchen"),
    "toys": N_("Toys"),
    "baby": N_("For babies"),
    "electronics": N_("Electronics"),
    "books": N_("Books"),
    "sport": N_("Sport and outdoors"),
    "textiles": N_("Textiles"),
    "other": N_("Other things"),
}
CONDITIONS = {
    "new": N_("As new"),
    "good": N_("In good condition"),
    "worn": N_("Shows signs of use"),
    "needs_repair": N_("Needs repair"),
}
AGES = {"adult": N_("For adults"), "child": N_("For children"), "baby": N_("For babies")}
#: Things that a centre may not accept; the settings choose among them.
NOT_TAKEN = {
    "broken": N_("Broken or dirty things"),
    "mattress": N_("Old mattresses and pillows"),
    "building": N_("Building waste"),
    "appliance": N_("Old fridges, stoves and washing machines"),
    "safety": N_("Car seats and helmets"),
    "chemicals": N_("Paint, chemicals and medicines"),
}
TASKS = {
    "kitchen": N_("Coffee and kitchen"),
    "goods": N_("Sorting things"),
    "carrying": N_("Carrying and transport"),
    "events": NC_("task", "Events"),
    "yard": N_("Yard and snow"),
    "other": N_("Something else"),
}
SERVICES: dict[str, str] = {
    RequestKind.FRIEND: N_("Friend service"),
    RequestKind.FRIEND_OFFER: N_("Wants to be a friend"),
    RequestKind.NEIGHBOUR: N_("Neighbour help"),
    RequestKind.NEIGHBOUR_OFFER: N_("Wants to help neighbours"),
    RequestKind.GUIDANCE: N_("Guidance"),
    RequestKind.OTHER: N_("Something else"),
    RequestKind.FETCH: N_("Collecting a donation"),
    RequestKind.VOLUNTEER: N_("Name of a volunteer"),
    RequestKind.VOLUNTEERING: N_("Wants to volunteer"),
    RequestKind.PARTNER: N_("Contact of a partner"),
    RequestKind.WISH: N_("More about a wish"),
    RequestKind.CALL: N_("Phone number"),
    RequestKind.NOTE: NC_("case", "Note"),
}
#: Reasons to decline a donation.
DECLINED = {
    "broken": N_("Broken"),
    "no_room": N_("No room at the moment"),
    "not_taken": N_("We do not take such things"),
    "enough": N_("We have enough of them"),
}
#: States of a session that differs from its series.
SESSIONS: dict[str, str] = {
    SessionState.MOVED: N_("Moved"),
    SessionState.AWAY: N_("Moved to another time"),
    SessionState.CANCELLED: NC_("event", "Cancelled"),
    SessionState.HOLIDAY: N_("Not on this day"),
}
#: Kinds of partner.
PARTNERS: dict[str, str] = {
    PartnerKind.COMPANY: N_("Business"),
    PartnerKind.ASSOCIATION: N_("Association"),
    PartnerKind.SCHOOL: N_("School"),
    PartnerKind.MUNICIPALITY: N_("Municipality"),
}
