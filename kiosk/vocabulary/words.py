"""What categories, tasks and services are called, on screens and in reports."""

from __future__ import annotations

from kiosk.errors import N_, NC_

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
SERVICES = {
    "friend": N_("Friend service"),
    "friend_offer": N_("Wants to be a friend"),
    "neighbour": N_("Neighbour help"),
    "neighbour_offer": N_("Wants to help neighbours"),
    "guidance": N_("Guidance"),
    "other": N_("Something else"),
    "fetch": N_("Collecting a donation"),
    "volunteer": N_("Name of a volunteer"),
    "volunteering": N_("Wants to volunteer"),
    "partner": N_("Contact of a partner"),
    "wish": N_("More about a wish"),
}
