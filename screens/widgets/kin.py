"""Texts of one kind on one screen share one type step: kin.

Each text that changes is noted; before the next frame every group with a changed text is laid out once, at the largest
step at which all its texts fit. A group is the texts of one kind (`kind_of`) that want the same step in one scope: a
screen, a panel of a form, a dialog or the bar. Where a text does not fit at the lowest step, what is around it gives way, and
where nothing can, it is alone in being smaller; in a scope with `kin_together` all of them are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, WeakSet

from kivy.app import App
from kivy.clock import Clock
from kivy.uix.widget import Widget

if TYPE_CHECKING:
    from .words import Words

#: What a group is called inside its scope: the kind of thing that holds the text, and the step wanted, pixels.
Key = tuple[str, float]

_asked: WeakSet[Words] = WeakSet()
#: Texts that do not fit; what is around them gives way in the next frame, when all boxes have their sizes.
_cramped: WeakSet[Words] = WeakSet()
_groups: WeakKeyDictionary[Widget, dict[Key, WeakSet[Words]]] = WeakKeyDictionary()


def ask(words: Words) -> None:
    """Lay `words` and its kin out before the next frame."""
    _asked.add(words)
    _soon()


def waits(words: Words) -> bool:
    """Return whether `words` is still to be laid out."""
    return words in _asked


def _lay_out(*_: object) -> None:
    asked = [words for words in _asked if not words.waits()]
    _asked.clear()
    groups: dict[tuple[Widget, Key], WeakSet[Words]] = {}
    for words in asked:
        words.find_step(ladder(words))
        scope, key = place_of(words)
        if scope is None:
            words.take_step(words.step)  # not on a screen
            continue
        members = _groups.setdefault(scope, {}).setdefault(key, WeakSet())
        members.add(words)
        groups[scope, key] = members
    for place, members in groups.items():
        _align(place, members, set(asked))


def _align(place: tuple[Widget, Key], members: WeakSet[Words], changed: set[Words]) -> None:
    """Give all `members` that are still in the group the smallest of their steps."""
    for words in list(members):
        if place_of(words) != place:
            members.discard(words)
    if getattr(place[0], "kin_together", False):
        for words in members:
            words.find_step(ladder(words))
        alone = min((words.alone for words in members if words.alone), default=0.0)
        for words in members:
            words.alone = alone
    step = min((words.step for words in members if words.text and counts(words)), default=0)
    for words in list(members):
        size = step or words.step
        if words in changed or words.font_size != (words.alone or size):
            words.take_step(size)
    _cramped.update(words for words in members & changed if is_cramped(words))
    if _cramped:
        _make_room()


def is_cramped(words: Words) -> bool:
    """Return whether `words` does not fit even at the lowest step."""
    return bool(not words.fits and not words.shrinks and words.text and counts(words))


def _make_room_now(*_: object) -> None:
    cramped = [words for words in _cramped if is_cramped(words)]
    _cramped.clear()
    gave: set[Widget] = set()
    for words in cramped:
        _give_way(words, gave)


def _give_way(words: Words, gave: set[Widget]) -> None:
    """Let the innermost thing around `words` that can give way do so, unless it `gave` already: taller rows, no icon. The
    text is then laid out again. Where nothing can, the text is alone in being smaller."""
    at = words.parent
    while isinstance(at, Widget):
        give_way = getattr(at, "give_way", None)
        if at in gave or (give_way and give_way()):
            gave.add(at)
            return
        at = at.parent
    words.shrinks = True
    ask(words)


def counts(words: Words) -> bool:
    """Return whether there is room for `words` at all; a box that is folded away decides nothing."""
    return bool(words.width > 1 and (words.height > 1 or words.grow))


def ladder(words: Words) -> list[float]:
    """Return the steps from that wanted by `words` downwards, pixels."""
    steps = App.get_running_app().theme.steps
    return [size for size in steps if size <= words.size_wanted + 0.01] or [steps[-1]]


def place_of(words: Words) -> tuple[Widget | None, Key]:
    """Return the scope of `words` (None: not on a screen) and the key of its group there."""
    kind, at = "", words.parent
    while isinstance(at, Widget):
        if getattr(at, "kin_scope", False):
            return at, (kind, words.size_wanted)
        kind = kind or kind_of(at)
        at = at.parent
    return None, (kind, words.size_wanted)


def kind_of(widget: Widget) -> str:
    """Return the kind of texts in `widget`: its `kin`, or its class; empty for a plain layout."""
    cls = type(widget)
    return getattr(widget, "kin", "") or ("" if cls.__module__.startswith("kivy.uix") else cls.__name__)


_soon = Clock.create_trigger(_lay_out, -1)
_make_room = Clock.create_trigger(_make_room_now, 0)
