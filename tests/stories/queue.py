"""The coordinator calls numbers."""

from __future__ import annotations

from tests.stories.door import IN
from tests.stories.story import Line, Step, Story, World, wrote
from tests.world import NOW


def one_waits(world: World) -> None:
    world.services.guidance.take(topic="housing", language="uk", interpreter=True, now=NOW)


STORIES = (
    Story(
        "a number is called, put aside, put back and called",
        (
            *IN,
            Step("desk", "Queue", "queue", ("1   Housing",)),
            Step("queue", "Call the next", "queue", ("Now: 1",), (wrote("queue.called", number=1),)),
            Step("queue", Line("1   Housing"), "queue", ("Not here: put aside",)),
            Step("queue", "Not here: put aside", "queue", ("Nobody is being served",), (wrote("queue.skipped"),)),
            Step("queue", Line("1   Housing"), "queue", ("Back to the queue",)),
            Step("queue", "Back to the queue", "queue", (), (wrote("queue.waiting"),)),
            Step("queue", "Call the next", "queue", ("Now: 1",), (wrote("queue.called", number=1),)),
        ),
        given=one_waits,
    ),
)
