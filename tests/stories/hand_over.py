"""A code is scanned at the desk and the thing handed over."""

from __future__ import annotations

from tests.stories.door import IN, OUT
from tests.stories.story import Scan, Step, Story, World, wrote
from tests.world import ticket


def ticket_and_label(world: World) -> None:
    ticket(world.services, world.items["chair"])
    world.codes["label"] = world.items["coat"].label_code
    world.codes["lot"] = world.items["plates"].label_code


VALID, GONE = "Ticket is valid", "Handed over"
STORIES = (
    Story(
        "a ticket is handed over, undone, and handed over",
        (
            *IN,
            Step("desk", Scan("ticket"), "found", (VALID, "Place: A3")),
            Step("found", "Hand over", "found", (GONE,), (wrote("ticket.collected"),)),
            Step("found", "Undo the hand-over", "found", (VALID,), (wrote("ticket.hand_over_undone"),)),
            Step("found", "Hand over", "found", (GONE,), (wrote("ticket.collected"),)),
            Step("found", "Home", "desk"),
            OUT,
        ),
        given=ticket_and_label,
    ),
    Story(
        "a thing is handed over by its label",
        (
            *IN,
            Step("desk", Scan("label"), "found", ("Available",)),
            Step("found", "Hand over without a ticket", "found", (GONE,), (wrote("ticket.given"),)),
        ),
        given=ticket_and_label,
    ),
    Story(
        "three of a lot are handed over at once",
        (
            *IN,
            Step("desk", Scan("lot"), "found", ("4 of 4 left",)),
            Step("found", "Hand over without a ticket", "choose", ("How many?",)),
            Step("choose", "3", "found", (GONE, "3 × Plates"), (wrote("ticket.given"),) * 3),
            Step("found", "Undo the hand-over", "found", (VALID,), (wrote("ticket.hand_over_undone"),) * 3),
        ),
        given=ticket_and_label,
    ),
    Story(
        "a broken thing goes off the shelf and back",
        (
            *IN,
            Step("desk", Scan("label"), "found", ("Available",)),
            Step("found", "Take off the shelf", "choose"),
            Step("choose", "Broken", "found", ("No longer here",), (wrote("item.withdrawn", reason="broken"),)),
            Step("found", "Put back on the shelf", "found", ("Available",), (wrote("item.put_back"),)),
        ),
        given=ticket_and_label,
    ),
)
