"""A thing is taken in."""

from __future__ import annotations

from tests.stories.door import IN
from tests.stories.story import Fact, Keys, Line, Scan, Step, Story, World, wrote
from tests.world import NOW


def announced(world: World) -> None:
    """Somebody brings three pieces of furniture."""
    world.services.donations.announce(
        donation_id="d" * 32, categories=["furniture"], amount="few", pieces=3, language="fi", now=NOW
    )


def sofa_and_bike(world: World) -> None:
    """Somebody brings a sofa and a bicycle, for which the centre has a category of its own."""
    own = world.services.categories.add(names={"fi": "bikes"}, part_of="sport", now=NOW, who="shell")
    world.services.donations.announce(
        donation_id="e" * 32, categories=["furniture", own.id], amount="few", pieces=2, language="fi", now=NOW
    )


PIECE = (
    Step("take_in", Fact("What is it?"), "pick_thing"),
    Step("pick_thing", Keys("sofa"), "pick_thing"),
    Step("pick_thing", Line("Sofa"), "take_in"),
)
WHY = "Why we do not take something"
STORIES = (
    Story(
        "a category of the centre's own is made, a thing put into it, and visitors see it",
        (
            *IN,
            Step("desk", "Things", "inventory", ("Categories",)),
            Step("inventory", "Categories", "categories", ("Categories of our own",)),
            Step("categories", "Add a category", "category"),
            Step("category", Line("–"), "ask"),
            Step("ask", Keys("bikes"), "ask"),
            Step("ask", "OK", "category", ("bikes",)),
            Step("category", "Illustration", "choose", ("Which picture?",)),
            Step("choose", "Bicycles", "category", ("bikes",)),
            Step("category", Fact("Counted in"), "choose"),
            Step("choose", "Sport and outdoors", "category", ("Sport and outdoors",)),
            Step("category", "Save", "categories", ("bikes",), (wrote("category.set", part_of="sport", active=1),)),
            Step("categories", Line("bikes"), "category", ("On the shelves after: Textiles", "Stop using it")),
            Step("category", "Stop using it", "category", ("Use it again",)),
            Step("category", "Save", "categories", ("Not in use",), (wrote("category.set", active=0),)),
            Step("categories", Line("bikes"), "category", ("Use it again",)),
            Step("category", "Use it again", "category", ("Stop using it",)),
            Step("category", "Save", "categories", ("bikes",), (wrote("category.set", active=1),)),
            Step("categories", "Home", "desk"),
            Step("desk", "Take in a thing", "take_in"),
            Step("take_in", Fact("What is it?"), "pick_thing"),
            Step("pick_thing", Keys("bicycle"), "pick_thing"),
            Step("pick_thing", Line("Bicycle"), "take_in", ("Sport and outdoors",)),
            Step("take_in", Fact("Category"), "choose"),
            Step("choose", "bikes", "take_in", ("bikes",)),
            Step(
                "take_in",
                "Save",
                "take_in",
                ("It is on the shelf",),
                (wrote("item.added", thing="bicycle", category="sport"),),
            ),
            Step("take_in", "To the staff area", "desk"),
            Step("desk", "Finish", "welcome", (), (wrote("staff.left", why="done"),)),
            Step("welcome", "English", "home"),
            Step("home", "Find free things", "shelves", ("bikes",)),
            Step("shelves", "bikes", "goods", ("bikes",)),
            Step("goods", "Back", "shelves"),
            Step("shelves", "Leave a wish", "wish", ("What do you need?",)),
            Step("wish", Fact("What kind of thing is it?"), "choose"),
            Step("choose", "bikes", "wish", ("bikes",)),
            Step("wish", "Send the wish", "wished", ("bikes",), (wrote("wish.left", category="sport"),)),
        ),
        alone=True,
    ),
    Story(
        "the centre's own reason says where to take it instead",
        (
            *IN,
            Step("desk", "Donations", "donations", ("Not taken",)),
            Step("donations", "Not taken", "reasons", (WHY,)),
            Step("reasons", "Add a reason", "reason", (WHY,)),
            Step("reason", Line("–"), "ask"),
            Step("ask", Keys("no beds"), "ask"),
            Step("ask", "OK", "reason", ("no beds",)),
            Step("reason", "Save", "reasons", ("no beds",), (wrote("reason.set", active=1),)),
            Step("reasons", "Back", "donations"),
            Step("donations", Line("Furniture"), "donations", ("Decline",)),
            Step("donations", "Decline", "choose", ("no beds",)),
            Step("choose", "no beds", "donations", (), (wrote("donation.declined"),)),
        ),
        given=announced,
    ),
    Story(
        "a donation comes in piece by piece, and the rest is declined",
        (
            *IN,
            Step("desk", Scan("donation"), "donations", ("Take in now",)),
            Step("donations", "Take in now", "take_in"),
            *PIECE,
            Step(
                "take_in",
                "Save",
                "take_in",
                ("It is on the shelf",),
                (wrote("item.added", thing="sofa"), wrote("donation.accepted")),
            ),
            Step("take_in", "One more like it", "take_in"),
            Step("take_in", "Save", "take_in", ("It is on the shelf",), (wrote("item.added", thing="sofa"),)),
            Step("take_in", "To the staff area", "desk"),
            Step("desk", "Donations", "donations", ("2 of 3 in",)),
            Step("donations", Line("Furniture"), "donations", ("Take in more", "All of it is in")),
            Step("donations", "Decline the rest", "choose", ("Why is it declined?",)),
            Step(
                "choose",
                "No room at the moment",
                "donations",
                ("No donations have been announced.",),
                (wrote("donation.declined", reason="no_room"),),
            ),
        ),
        given=announced,
    ),
    Story(
        "the sheet of each piece begins with what has not come yet",
        (
            *IN,
            Step("desk", Scan("donation"), "donations", ("Take in now",)),
            Step("donations", "Take in now", "take_in", ("Furniture", "0 of 2 in")),
            *PIECE,
            Step(
                "take_in", "Save", "take_in", ("It is on the shelf",), (wrote("item.added"), wrote("donation.accepted"))
            ),
            Step("take_in", "To the staff area", "desk"),
            Step("desk", Scan("donation"), "donations", ("Take in more",)),
            Step("donations", "Take in more", "take_in", ("bikes", "1 of 2 in")),
            Step("take_in", Fact("What is it?"), "pick_thing"),
            Step("pick_thing", Keys("bicycle"), "pick_thing"),
            Step("pick_thing", Line("Bicycle"), "take_in", ("bikes",)),
            Step("take_in", "Save", "take_in", ("It is on the shelf",), (wrote("item.added", category="sport"),)),
            Step("take_in", "All of it is in", "desk", (), (wrote("donation.taken_in"),)),
        ),
        given=sofa_and_bike,
    ),
    Story(
        "a filled-in sheet is asked about before it is left",
        (
            *IN,
            Step("desk", "Take in a thing", "take_in"),
            *PIECE,
            Step("take_in", "Home", "take_in", ("Leave without saving?",)),
            Step("take_in", "Go on filling in", "take_in", ("Sofa",)),
            Step("take_in", "Home", "take_in", ("Leave without saving?",)),
            Step("take_in", "Leave without saving", "desk"),
        ),
    ),
    Story(
        "a sofa comes in, and one more like it",
        (
            *IN,
            Step("desk", "Take in a thing", "take_in"),
            Step("take_in", Fact("What is it?"), "pick_thing"),
            Step("pick_thing", Keys("sofa"), "pick_thing"),
            Step("pick_thing", Line("Sofa"), "take_in"),
            Step("take_in", Fact("Condition"), "choose"),
            Step("choose", "As new", "take_in"),
            Step(
                "take_in",
                "Save",
                "take_in",
                ("It is on the shelf",),
                (wrote("item.added", thing="sofa", category="furniture", condition="new"),),
            ),
            Step("take_in", "One more like it", "take_in"),
            Step("take_in", "Save", "take_in", ("It is on the shelf",), (wrote("item.added", thing="sofa"),)),
            Step("take_in", "To the staff area", "desk"),
        ),
    ),
)
