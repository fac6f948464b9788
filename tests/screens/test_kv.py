"""What a .kv file sets is declared in a class, and no widget misses the rules that Kivy has for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FILES = sorted((Path(__file__).parents[2] / "screens").rglob("*.kv"))
#: The longest line of a .kv file, signs: what is longer is decided in the .py beside it.
LONGEST = 120


def test_no_line_decides_too_much() -> None:
    long = [
        f"{path.name}:{number}"
        for path in FILES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST
    ]
    assert not long


def test_a_name_in_the_rules_means_one_thing() -> None:
    """What a .kv file imports has its name in the rules of all."""
    meant: dict[str, set[str]] = {}
    for file in FILES:
        for name, what in re.findall(r"^#:(?:import|set) (\S+) (\S+)", file.read_text(encoding="utf-8"), re.MULTILINE):
            meant.setdefault(name, set()).add(what)
    assert {name: what for name, what in meant.items() if len(what) > 1} == {}


#: Sizes with their hint that a Python class sets when the hint goes.
SET_IN_PYTHON = {("<PagedGrid>", "height")}


def test_a_size_without_a_hint_is_told_with_it() -> None:
    """Where a hint becomes None, a widget keeps the size it had as a part of its parent unless its own is told then."""
    from kivy.lang.parser import Parser

    def below(rule: Any) -> Iterator[Any]:
        yield rule
        for one in rule.children:
            yield from below(one)

    untold = []
    for file in FILES:
        for _, root in Parser(content=file.read_text(encoding="utf-8"), filename=str(file)).rules:
            for rule in below(root):
                for hint, size in (("size_hint_x", "width"), ("size_hint_y", "height")):
                    freed, told = rule.properties.get(hint), rule.properties.get(size)
                    if not freed or "None" not in freed.value or not freed.watched_keys:
                        continue
                    watched = (told and told.watched_keys) or []
                    if ["self", hint] in watched or all(key in watched for key in freed.watched_keys):
                        continue
                    if (rule.name, size) not in SET_IN_PYTHON:
                        untold.append(f"{file.name}:{freed.line + 1} {hint}")
    assert untold == []


def test_every_property_is_declared(open_stage: Callable[..., Any], declared: list[str]) -> None:
    from screens.frame.shell import SCREENS

    stage = open_stage()
    for name in SCREENS:
        stage.app.shell.screen(name)
    assert not declared, "\n".join(declared)


def test_no_widget_misses_rules_of_kivy(open_stage: Callable[..., Any]) -> None:
    from kivy.uix.widget import Widget

    from screens.frame.shell import SCREENS
    from screens.startup.kivy_subset import KEPT, blocks, names

    def below(kind: type) -> Iterator[type]:
        yield kind
        for one in kind.__subclasses__():
            yield from below(one)

    stage = open_stage()
    for name in SCREENS:
        stage.app.shell.screen(name)
    ours = [kind for kind in below(Widget) if not kind.__module__.startswith("kivy.uix.")]
    ruled = {name for block in blocks() for name in names(block)}
    assert {kind.__name__ for one in ours for kind in one.__mro__} & ruled <= KEPT <= ruled


def test_the_signs_of_the_first_picture_are_those_of_the_font() -> None:
    from fonticon_mdi7 import MDI7

    from screens.widgets.icons import FIRST, glyph

    assert glyph("") == ""
    assert glyph("bookmark") == MDI7.bookmark.rpartition(".")[2]
    for name in FIRST:
        assert glyph(name) == getattr(MDI7, name).rpartition(".")[2]
