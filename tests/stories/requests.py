"""A sealed request at the desk."""

from __future__ import annotations

from datetime import timedelta

from tests.stories.door import IN
from tests.stories.story import Child, Keys, Line, Meant, Scan, Step, Story, World, wrote
from tests.world import NOW, request


def asked(world: World) -> None:
    request(world.services)


def time_cancelled(world: World) -> None:
    """An appointment with a phone number, which staff cancelled."""
    services = world.services
    booked = services.guidance.book(
        starts_at=services.guidance.free(NOW)[0], topic="work", language="uk", interpreter=False, now=NOW
    )
    services.calls.leave_number(code=booked.code, phone="+358 40 1234567", language="uk", now=NOW)
    services.guidance.move(queue_id=booked.id, state="left", now=NOW + timedelta(seconds=1), who="shell")


CANCELLED = "The appointment is cancelled"
STORIES = (
    Story(
        "who must be told is called and ticked off",
        (
            *IN,
            Step("desk", Child("todo"), "todo", ("1 person to call",)),
            Step("todo", Line("1 person to call"), "calls", (CANCELLED,)),
            Step("calls", Line(CANCELLED), "calls", ("I told them",)),
            Step("calls", "I told them", "calls", ("Noted",), (wrote("call.made"),)),
            Step("calls", "Undo", "calls", (CANCELLED,), (wrote("call.undone"),)),
            Step("calls", Line(CANCELLED), "calls", ("I told them",)),
            Step("calls", "I told them", "calls", ("Noted",), (wrote("call.made"),)),
            Step("calls", "OK", "calls", ("Nobody needs to be called.",)),
        ),
        given=time_cancelled,
    ),
    Story(
        "a note about a request is sealed",
        (
            *IN,
            Step("desk", Scan("request"), "request", ("What the person wrote is sealed.",)),
            Step("request", "Write a note", "ask", ("Write a note",)),
            Step("ask", Keys("monday"), "ask"),
            Step(
                "ask",
                "OK",
                "request",
                ("The note is saved",),
                (wrote("request.made", service="note"), wrote("note.written")),
            ),
        ),
        given=asked,
    ),
    Story(
        "a request is contacted and deleted unread",
        (
            *IN,
            Step("desk", Scan("request"), "request", ("What the person wrote is sealed.",)),
            Step("request", "Contacted", "request", (), (wrote("request.status", to="contacted"),)),
            Step("request", Meant("Delete", "request"), "request", ("Yes, delete it",)),
            Step("request", "Yes, delete it", "request", ("Its contents were deleted.",), (wrote("request.erased"),)),
        ),
        given=asked,
    ),
)
