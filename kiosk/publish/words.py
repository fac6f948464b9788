"""The texts of the site, by the name a template uses."""

from __future__ import annotations

from kiosk.errors import N_, NC_

TEXTS = {
    "skip": N_("Skip to the content"),
    "things": N_("Things"),
    "events": N_("Events"),
    "visit": N_("Visit us"),
    "region": N_("Things at other centres"),
    "language": N_("Language"),
    "pages": N_("Pages"),
    "find": N_("Find free things"),
    "search": N_("Search"),
    "search_label": N_("Name of the thing, in any language"),
    "category": N_("Categories of things"),
    "everything": N_("Everything"),
    "only_new": N_("Only new things"),
    "nothing": N_("Nothing like that was found."),
    "many": N_("Found: {count}"),
    "more": N_("More things"),
    "new": NC_("thing", "New"),
    "reserved": N_("Reserved"),
    "newest": N_("New this week"),
    "empty": N_("The shelf is empty at the moment."),
    "about": N_("Here things are free and people meet. Everybody is welcome."),
    "free": N_("Everything is free. Come when we are open and take what you need, or reserve it on the tablet in the lobby."),
    "previous": N_("Previous page"),
    "next": N_("Next page"),
    "coming": N_("Coming events"),
    "no_events": N_("Nothing is planned for the coming weeks."),
    "subscribe": N_("In your own calendar"),
    "subscribe_how": N_(
        "Open a link to put the dates into your calendar. To get changes too, give the link’s address to your calendar program."
    ),
    "all_events": N_("All events"),
    "hours": N_("Opening hours"),
    "closed": NC_("centre", "Closed"),
    "closed_days": N_("Closed days"),
    "address": N_("Address"),
    "phone": N_("Phone"),
    "bring": N_("Bringing things"),
    "bring_how": N_("Bring clean and undamaged things when we are open. You can announce them on the tablet in the lobby."),
    "not_taken": N_("What we do not take"),
    "help": N_("Help and friends"),
    "help_how": N_(
        "Would you like a friend to talk to, or a neighbour’s help? Ask on the tablet in our lobby. Only the coordinator "
        "can read what you write."
    ),
    "thanks": N_("Thank you"),
    "feed": N_("New things as a feed"),
    "data": N_("Open data"),
    "private": N_("This page uses no cookies and counts nobody."),
}  # fmt: skip
#: Texts with fields.
UPDATED = N_("Updated: {day}")
PAGE_OF = N_("Page {page} of {pages}")
LARGER = N_("A larger picture: {name}")
CALL_US = N_("You can also call us: {phone}")
NEW_TIME, INSTEAD_OF = N_("New time: {when}"), N_("Instead of: {when}")
DESCRIPTION = N_("Free things, events and help: {centre}")
