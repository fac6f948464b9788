"""The guides name what is there: buttons by the words on them, pictures, commands."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from kiosk.cli.main import cli
from kiosk.language.catalogues import messages
from kiosk.language.translation import Language

from .test_glossary import GLOSSARY, starts

ROOT = Path(__file__).parents[1]
GUIDES = sorted((ROOT / "docs" / "guide").glob("*.*.md"))
#: Pages for visitors, staff, coordinators and whoever protects their data, a file a language.
FOR_PEOPLE = sorted(path for room in ("guide", "privacy", "backups") for path in (ROOT / "docs" / room).glob("*.md"))
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_what_is_bold_stands_on_the_screen(guide: Path) -> None:
    language = Language(guide.name.split(".")[1])
    known = {language.text(message) for _, message in messages(ROOT) if isinstance(message, str)}
    bold = set(re.findall(r"\*\*(.+?)\*\*", guide.read_text(encoding="utf-8")))
    assert bold - known == set()
    assert len(bold) >= 5


@pytest.mark.parametrize("page", FOR_PEOPLE, ids=lambda page: f"{page.parent.name}-{page.name}")
def test_guides_use_the_words_of_the_glossary(page: Path) -> None:
    code = page.name.split(".")[-2]
    text = " ".join(re.sub(r"`[^`]*`|\]\([^)]*\)", "", page.read_text(encoding="utf-8")).split())
    lost = [(concept, word) for concept, row in GLOSSARY.items() for word in row.get("lost", {}).get(code, ())]
    assert [(concept, word) for concept, word in lost if starts(word, text)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_linked_is_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_exists(page: Path) -> None:
    for line in re.findall(r"(?:^    |`)kiosk ([^`\n#]+)", page.read_text(encoding="utf-8"), re.MULTILINE):
        command: click.Command = cli
        for word in line.split():
            if not isinstance(command, click.Group) or word.startswith("-"):
                break
            command = command.get_command(click.Context(command), word.strip(".,:;")) or pytest.fail(
                f"{page.name}: kiosk {line}"
            )
