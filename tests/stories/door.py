"""In through the staff door, and out."""

from __future__ import annotations

from tests.stories.story import Keys, Scan, Step, Story, World, wrote
from tests.world import NOW, PIN, WRONG_PIN

TO_DOOR = (
    Step("welcome", "Staff", "door"),
    Step("door", "Anna", "door"),
)
IN = (*TO_DOOR, Step("door", Keys(PIN), "desk", (), (wrote("staff.entered", by="pin"),)))
OUT = Step("desk", "Finish", "welcome", (), (wrote("staff.left", why="done"),))


def badge(world: World) -> None:
    """A helper's badge; a coordinator's asks for the PIN too."""
    staff = world.services.staff
    oleg = staff.add(name="Oleg", role="helper", pin=WRONG_PIN, now=NOW, who="shell")
    world.codes["badge"] = staff.new_badge(member_id=oleg.id, now=NOW, who="shell")


STORIES = (
    Story("in by PIN and out", (*IN, OUT)),
    Story(
        "a wrong PIN is noted, the right one opens",
        (
            *TO_DOOR,
            Step("door", Keys(WRONG_PIN), "door", (), (wrote("staff.refused"),)),
            Step("door", Keys(PIN), "desk", (), (wrote("staff.entered", by="pin"),)),
        ),
    ),
    Story(
        "in by badge",
        (Step("welcome", Scan("badge"), "desk", (), (wrote("staff.entered", by="badge"),)), OUT),
        given=badge,
    ),
)
