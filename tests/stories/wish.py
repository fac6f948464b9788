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
CALL, NOTICE = "Call me when there is news", "Yes, save it"
STORIES = (
    Story(
        "a sofa is wished for, and a phone number is left to be called",
        (
            *LEFT[:-1],
            Step("wished", CALL, "call_me", ("Your phone number",)),
            Step("call_me", Keys("0401234567"), "call_me"),
            Step("call_me", "Next", "call_me", ("Is everything right?",)),
            Step("call_me", "Yes, continue", "call_me", (NOTICE,)),
            Step(
                "call_me",
                NOTICE,
                "wished",
                ("Change your phone number",),
                (wrote("request.made", service="call"), wrote("wish.contact")),
            ),
            Step(
                "wished",
                "Cancel the wish",
                "home",
                ("You cancelled this wish.",),
                (wrote("wish.cancelled"), wrote("request.erased")),
            ),
        ),
    ),
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
