"""The inventory and a count of the stock."""

from __future__ import annotations

from tests.stories.door import IN
from tests.stories.story import Keys, Line, Scan, Step, Story, World, wrote
from tests.world import NOW


def labels(world: World) -> None:
    world.services.store.db.execute_sql("UPDATE item SET seen_at = NULL")  # as of things from before there were counts
    for name in ("chair", "coat"):
        world.codes[name] = world.items[name].label_code


def winter(world: World) -> None:
    """The centre has a category of its own."""
    world.services.categories.add(names={"fi": "winter"}, part_of="other", now=NOW, who="shell")


LIST = (*IN, Step("desk", "Things", "inventory", ("Winter coat", "Plates", "3 things")))
STORIES = (
    Story(
        "a thing without a label is found by a word and handed over",
        (
            *LIST,
            Step("inventory", "Search", "ask", ("What are you looking for?",)),
            Step("ask", Keys("tuoli"), "ask"),
            Step("ask", "OK", "inventory", ("1 thing", "Dining chair")),
            Step("inventory", Line("Dining chair"), "found", ("Available",)),
            Step("found", "Hand over without a ticket", "found", ("Handed over",), (wrote("ticket.given"),)),
            Step("found", "Back", "inventory", ("Nothing like that was found.",)),
            Step("inventory", "Show everything", "inventory", ("2 things",)),
            Step("inventory", "Everything on the shelves", "choose", ("Which things do you want to see?",)),
            Step("choose", "No longer here", "inventory", ("1 thing", "Given away")),
        ),
        alone=True,
    ),
    Story(
        "two things are taken off the shelf at once",
        (
            *LIST,
            Step("inventory", "Choose several", "inventory"),
            Step("inventory", Line("Plates"), "inventory", ("Print labels (1)",)),
            Step("inventory", Line("Winter coat"), "inventory", ("Print labels (2)",)),
            Step("inventory", "Take off the shelf", "choose"),
            Step(
                "choose",
                "Taken to recycling",
                "inventory",
                ("1 thing",),
                (wrote("item.withdrawn", reason="recycled"), wrote("item.withdrawn", reason="recycled")),
            ),
        ),
        alone=True,
    ),
    Story(
        "two things get a category at once",
        (
            *LIST,
            Step("inventory", "Choose several", "inventory"),
            Step("inventory", Line("Plates"), "inventory", ("Print labels (1)",)),
            Step("inventory", Line("Winter coat"), "inventory", ("Print labels (2)",)),
            Step("inventory", "Category", "choose", ("What kind of thing is it?",)),
            Step("choose", "winter", "inventory", ("3 things",), (wrote("item.edited"), wrote("item.edited"))),
        ),
        given=winter,
        alone=True,
    ),
    Story(
        "the stock is counted, and what was not seen is listed",
        (
            *LIST,
            Step("inventory", "Stock count", "stock", ("No count has been made yet.",)),
            Step("stock", "Begin a count", "stock", ("0 of 3 seen",), (wrote("stock.begun"),)),
            Step("stock", Scan("chair"), "stock", ("1 of 3 seen",), (wrote("item.seen", labelled=True),)),
            Step("stock", Line("Plates"), "stock", ("It is here",)),
            Step("stock", "It is here", "stock", ("2 of 3 seen",), (wrote("item.seen"),)),
            Step("stock", Line("Winter coat"), "stock", ("Cannot be found",)),
            Step(
                "stock",
                "Cannot be found",
                "stock",
                ("Everything was seen.",),
                (wrote("item.withdrawn", reason="missing"),),
            ),
            Step(
                "stock",
                Scan("coat"),
                "stock",
                ("The inventory says that it is no longer here.",),
                (wrote("item.seen"),),
            ),
            Step("stock", "Put back on the shelf", "stock", ("3 of 3 seen",), (wrote("item.put_back"),)),
            Step("stock", "End the count", "stock", ("The last count ended on",), (wrote("stock.ended"),)),
        ),
        given=labels,
    ),
)
