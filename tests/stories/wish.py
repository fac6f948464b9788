"""Wishing for what is not here."""

from __future__ import annotations

from tests.stories.story import Child, Fact, Keys, Line, Meant, Scan, Step, Story, wrote

LOOKING = "We are still looking. Type this code here now and then, or ask at the desk."
LEFT = (
    Step("welcome", "English", "home"),
    Step("home", "Find free things", "shelves"),
    Step("shelves", "Leave a wish", "wish", ("What do you need?",)),
    Step("wish", Fact("Thing"), "pick_thing"),
    Step("pick_thing", Keys("sofa"), "pick_thing"),
    Step("pick_thing", Line("Sofa"), "wish"),
    Step("wish", "Send the wish", "wished", (LOOKING,), (wrote("wish.left", thing="sofa", category="furniture"),)),
    Step("wished", Meant("Done"), "welcome"),
)
FREE = "There is one like it on the shelf now. Touch the picture to reserve it."
STORIES = (
    Story(
        "a chair is wished for while one is free, and reserved",
        (
            *LEFT[:3],
            Step("wish", Fact("Thing"), "pick_thing"),
            Step("pick_thing", Keys("dining chair"), "pick_thing"),
            Step("pick_thing", Line("Dining chair"), "wish"),
            Step("wish", "Send the wish", "wished", (FREE,), (wrote("wish.left", thing="dining_chair"),)),
            Step("wished", Child("like"), "item", ("Dining chair",)),
            Step("item", "Reserve it for me", "ticket", (), (wrote("ticket.reserved"),)),
        ),
        alone=True,
    ),
    Story(
        "a sofa is wished for, asked about and called off",
        (
            *LEFT,
            Step("welcome", Scan("wish"), "wished", (LOOKING,)),
            Step("wished", "Cancel the wish", "home", ("You cancelled this wish.",), (wrote("wish.cancelled"),)),
        ),
    ),
)
