"""Which fingers are meant: a palm is not, one that rests on nothing is ignored, one that never ends is let go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.x11.fingers import MOST, NEVER, PALM, PALM_TIME, REST, Fingers

PANEL = 8


@pytest.fixture
def fingers() -> Fingers:
    return Fingers()


def test_a_tap_is_meant(fingers: Fingers) -> None:
    assert fingers.begin("a", PANEL, 0.5, 0.5, 1.0) == []
    assert fingers.move("a", 0.5, 0.51, 1.05, held=True)
    assert fingers.end("a")


def test_a_palm_is_not_meant_from_its_first_finger_to_its_last(fingers: Fingers) -> None:
    ends = [fingers.begin(name, PANEL, 0.5, 0.5, 1.0 + number * 0.05) for number, name in enumerate("abcde")]
    assert ends == [[], [], ["a", "b", "c"], ["d"], ["e"]]
    assert not any(fingers.move(name, 0.6, 0.6, 1.3, held=True) for name in "abcde")
    assert not any(fingers.end(name) for name in "abcde")
    assert fingers.begin("f", PANEL, 0.5, 0.5, 3.0) == []
    assert fingers.end("f")


def test_fingers_that_come_one_after_the_other_are_no_palm(fingers: Fingers) -> None:
    for number, name in enumerate("abcde"):
        assert fingers.begin(name, PANEL, 0.5, 0.5, 1.0 + number * (PALM_TIME / (PALM - 1) + 0.01)) == []
    assert all(fingers.end(name) for name in "abcde")
    for number in range(5):  # quick taps: only what is down together is one hand
        assert fingers.begin(number, PANEL, 0.5, 0.5, 9.0 + number * 0.05) == []
        assert fingers.end(number)


def test_a_hand_that_rests_leaves_the_others_alone(fingers: Fingers) -> None:
    for name in "abcd":
        fingers.begin(name, PANEL, 0.1, 0.9, 1.0)
    assert fingers.begin("e", PANEL, 0.5, 0.5, 2.0) == []
    assert fingers.end("e")


def test_one_that_is_on_nothing_is_ignored_after_a_while(fingers: Fingers) -> None:
    fingers.begin("a", PANEL, 0.5, 0.5, 1.0)
    assert fingers.move("a", 0.6, 0.5, 1.0 + REST, held=False)
    assert not fingers.move("a", 0.7, 0.5, 1.1 + REST, held=False)
    assert fingers.move("a", 0.8, 0.5, 1.2 + REST, held=True)


def test_one_that_never_ends_is_let_go_once(fingers: Fingers) -> None:
    fingers.begin("a", PANEL, 0.5, 0.5, 1.0)
    assert fingers.stale(1.0 + NEVER) == []
    fingers.move("a", 0.6, 0.5, 4.0, held=True)
    fingers.move("a", 0.605, 0.5, 6.0, held=True)  # a drop of water trembles
    assert fingers.stale(4.1 + NEVER) == ["a"]
    assert fingers.stale(9.0 + NEVER) == []
    assert not fingers.move("a", 0.9, 0.5, 20.0, held=True)
    assert not fingers.end("a")


def test_the_fingers_of_a_panel_that_was_unplugged_are_let_go(fingers: Fingers) -> None:
    fingers.begin("a", PANEL, 0.5, 0.5, 1.0)
    fingers.begin("b", PANEL + 1, 0.5, 0.5, 1.0)
    assert fingers.gone(PANEL) == ["a"]
    assert not fingers.end("a")
    assert fingers.end("b")


@given(
    st.lists(st.tuples(st.sampled_from(("begin", "move", "end", "gone", "stale")), st.integers(0, 99), st.floats(0, 9)))
)
def test_whatever_comes_no_finger_ends_twice_and_few_are_remembered(steps: list[tuple[str, int, float]]) -> None:
    fingers, over, now = Fingers(), set(), 0.0
    for what, key, pause in steps:
        now += pause
        if what == "begin":
            over.discard(key)
            over.update(fingers.begin(key, PANEL, 0.5, 0.5, now))
        elif what == "move":
            assert not (fingers.move(key, 0.7, 0.5, now, held=True) and key in over)
        elif what == "end":
            assert not (fingers.end(key) and key in over)
            over.add(key)
        else:
            found = fingers.gone(PANEL) if what == "gone" else fingers.stale(now)
            assert not over.intersection(found)
            over.update(found)
        assert len(fingers._down) <= MOST
