"""All stories by subject."""

from __future__ import annotations

from importlib import import_module

from tests.stories.story import Story

#: The modules beside this one that have STORIES.
SUBJECTS = (
    "check_in",
    "goods",
    "help",
    "donate",
    "wish",
    "volunteer",
    "guidance",
    "gatherings",
    "door",
    "hand_over",
    "take_in",
    "inventory",
    "queue",
    "requests",
    "reports",
    "settings",
)


def stories() -> dict[str, Story]:
    """Return every story by "subject: name"."""
    found: dict[str, Story] = {}
    for subject in SUBJECTS:
        for story in import_module(f"tests.stories.{subject}").STORIES:
            found[f"{subject}: {story.name}"] = story
    return found
