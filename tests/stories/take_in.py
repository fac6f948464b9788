"""A thing is taken in."""

from __future__ import annotations

from tests.stories.door import IN
from tests.stories.story import Fact, Keys, Line, Step, Story, wrote

STORIES = (
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
