"""Names of categories, tasks, services and reasons, on screens and in reports."""

from __future__ import annotations

from kiosk.errors import N_, NC_
from kiosk.vocabulary.states import PartnerKind, RequestKind

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
#: Kinds of partner.
PARTNERS: dict[str, str] = {
    PartnerKind.COMPANY: N_("Business"),
    PartnerKind.ASSOCIATION: N_("Association"),
    PartnerKind.SCHOOL: N_("School"),
    PartnerKind.MUNICIPALITY: N_("Municipality"),
}
