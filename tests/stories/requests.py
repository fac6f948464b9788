"""A sealed request at the desk."""

from __future__ import annotations

from tests.stories.door import IN
from tests.stories.story import Meant, Scan, Step, Story, World, wrote
from tests.world import request


def asked(world: World) -> None:
    request(world.services)


STORIES = (
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
