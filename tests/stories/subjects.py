"""All stories by subject."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from tests.stories.story import Story

#: The modules beside this one that have STORIES: in front of the desk, and behind it.
VISITORS = ("check_in", "bell", "goods", "help", "donate", "wish", "volunteer", "guidance", "gatherings", "looks")
STAFF = ("door", "hand_over", "take_in", "inventory", "programme", "queue", "requests", "reports", "settings")


def stories(subjects: Sequence[str] = (*VISITORS, *STAFF)) -> dict[str, Story]:
    """Return every story of `subjects` by "subject: name"."""
    found: dict[str, Story] = {}
    for subject in subjects:
        for story in import_module(f"tests.stories.{subject}").STORIES:
            found[f"{subject}: {story.name}"] = story
    return found
