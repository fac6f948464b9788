"""The coordinator calls numbers."""

from __future__ import annotations

from tests.stories.door import IN
from tests.stories.story import Child, Line, Step, Story, World, wrote
from tests.world import NOW


def one_waits(world: World) -> None:
    world.services.guidance.take(topic="housing", language="uk", interpreter=True, now=NOW)


def one_is_booked(world: World) -> None:
    starts_at = world.services.guidance.free(NOW)[0]
    world.services.guidance.book(starts_at=starts_at, topic="housing", language="uk", interpreter=True, now=NOW)


def one_has_begun(world: World) -> None:
    one_is_booked(world)
    world.services.store.db.execute_sql("UPDATE queue_number SET starts_at = '2026-11-24T07:30:00.000000Z'")


BOOKED = "13:00   1   Housing"
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
    Story(
        "an appointment is seen in its week, called, missed, and given another time",
        (
            *IN,
            Step("desk", "Queue", "queue", ("Nobody is being served",)),
            Step("queue", "Week", "queue", ("Interpreter needed",)),
            Step("queue", "Today", "queue"),
            Step("queue", Line(BOOKED), "queue", ("Another time",)),
            Step("queue", "Call now", "queue", ("Now: 1",), (wrote("queue.called", number=1),)),
            Step("queue", Line(BOOKED), "queue", ("End the conversation",)),
            Step("queue", "Did not come", "queue", ("Nobody is being served",), (wrote("queue.missed"),)),
            Step("queue", Line(BOOKED), "queue", ("They came after all",)),
            Step("queue", "Another time", "pick_day", ("Which day?",)),
            Step("pick_day", "26", "choose", ("Which time?",)),
            Step("choose", "13:30", "queue", (), (wrote("queue.moved", day="2026-11-26"),)),
        ),
        given=one_is_booked,
    ),
    Story(
        "what is to be done leads to where it is done",
        (
            *IN,
            Step("desk", Child("todo"), "todo", ("1 appointment has begun",)),
            Step("todo", Line("1 appointment has begun"), "queue", ("09:30   1   Housing",)),
        ),
        given=one_has_begun,
    ),
)
