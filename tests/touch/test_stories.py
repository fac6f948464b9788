"""Every story by fingers in the installed program, on the panel and as the service starts it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.stories.by_fingers import Lobby, lobbies
from tests.stories.subjects import EVERYDAY, STAFF, VISITORS, stories

STORIES = stories()
LOBBIES = [*lobbies(stories(VISITORS)), *lobbies(stories(STAFF))]


class Lobbies:
    """One lobby at a time, for a story and those beside it."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        self.factory = factory
        self.names: list[str] = []
        self.lobby: Lobby | None = None

    def of(self, name: str) -> Lobby:
        if self.lobby is None or name not in self.names:
            self.close()
            self.names = next(names for names in LOBBIES if name in names)
            self.lobby = Lobby({one: STORIES[one] for one in self.names}, self.factory.mktemp("lobby"))
        return self.lobby

    def close(self) -> None:
        if self.lobby is not None:
            self.lobby.close()


@pytest.fixture(scope="module")
def lobby(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lobbies]:
    lobbies = Lobbies(tmp_path_factory)
    yield lobbies
    lobbies.close()


def marked(name: str) -> object:
    return pytest.param(name, marks=() if name in EVERYDAY else pytest.mark.long)


@pytest.mark.parametrize("name", [marked(name) for names in LOBBIES for name in names])
def test_by_fingers(name: str, lobby: Lobbies) -> None:
    lobby.of(name).play(name, STORIES[name])


def test_one_of_each_subject_in_front_of_the_desk_is_played_in_every_run() -> None:
    assert [name.partition(":")[0] for name in EVERYDAY] == list(VISITORS)
    assert set(EVERYDAY) <= set(STORIES)
