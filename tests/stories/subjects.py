"""All stories by subject."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from tests.stories.story import Story

#: The modules beside this one that have STORIES: in front of the desk, and behind it.
VISITORS = ("check_in", "bell", "goods", "help", "donate", "wish", "volunteer", "guidance", "gatherings", "looks")
STAFF = ("door", "hand_over", "take_in", "inventory", "programme", "queue", "requests", "reports", "settings")
#: What every run plays by fingers in the installed program: one short story of each subject in front of the desk. `-m long`
#: plays the others so, and these by touch in the tests' own window.
EVERYDAY = (
    "check_in: three touches: language, I came, done",
    "bell: a visitor calls staff, once",
    "goods: a thing is reserved",
    "help: who goes away has saved nothing",
    "donate: some furniture is announced",
    "wish: a sofa is wished for, asked about and called off",
    "volunteer: a number that nobody has is told",
    "guidance: a number is taken",
    "gatherings: a meeting without seats needs no sign-up",
    "looks: a first-timer practises to touch",
)


def stories(subjects: Sequence[str] = (*VISITORS, *STAFF)) -> dict[str, Story]:
    """Return every story of `subjects` by "subject: name"."""
    found: dict[str, Story] = {}
    for subject in subjects:
        for story in import_module(f"tests.stories.{subject}").STORIES:
            found[f"{subject}: {story.name}"] = story
    return found
