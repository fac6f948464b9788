"""The files that a newcomer opens first are whole, and name what is there."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk import __version__

from .test_imports import FLOORS

ROOT = Path(__file__).parents[1]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
#: A path in backticks that begins in a folder of the project.
NAMED = re.compile(r"`((?:kiosk|screens|tests|docs|deploy|locales|assets|benchmarks)/[\w./-]*)`")


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert re.findall(r"^(\d+)\. [A-Z]", text, re.MULTILINE) == [str(number) for number in range(1, 16)]
    appendix = text.partition("Appendix\n")[2]
    assert "GNU Affero General Public License (AGPL) v. 3" in appendix
    assert text.rstrip().endswith("require the production of a new EUPL version.")


def test_the_changelog_has_this_version_first() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", text, re.MULTILINE)
    numbers = [tuple(map(int, version.split("."))) for version in versions]
    assert versions[0] == __version__
    assert numbers == sorted(numbers, reverse=True)
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= kinds


def test_the_readme_is_short_and_shows_a_picture() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 120
    assert all(words in text for words in ("make run", "make test", "](docs/guide/pictures/"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_named_is_there(page: Path) -> None:
    named = set(NAMED.findall(page.read_text(encoding="utf-8")))
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_list_or_table_begins_after_a_blank_line_or_a_heading(page: Path) -> None:
    """Python-Markdown, which builds the site, takes it for a part of the paragraph otherwise."""
    lines = page.read_text(encoding="utf-8").splitlines()
    inside = re.compile(r"- |\d+\. |\||  |#|$")
    wrong = [
        after for before, after in pairwise(lines) if re.match(r"- |\d+\. |\|", after) and not inside.match(before)
    ]
    assert wrong == []


def test_the_architecture_page_has_the_floors_of_the_imports() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", text, re.MULTILINE)
    written = {int(number): set(re.findall(r"`(\w+)`", rooms)) for number, rooms in rows}
    assert written == {number: set(rooms) for number, rooms in enumerate(FLOORS)}


def test_the_architecture_page_names_every_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [folder.parent for top in ("kiosk", "screens") for folder in (ROOT / top).glob("*/__init__.py")]
    assert [room.name for room in rooms if f"`{room.relative_to(ROOT)}/" not in text] == []


def test_every_page_is_in_the_navigation_of_the_site() -> None:
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2]
    listed = set(re.findall(r"[\w./-]+\.md$", nav, re.MULTILINE))
    assert listed == {str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md")}


def test_blame_skips_commits_that_are_there() -> None:
    revisions = re.findall(r"^[0-9a-f]{40}$", (ROOT / ".git-blame-ignore-revs").read_text(), re.MULTILINE)
    assert revisions
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    shallow = subprocess.run(["git", "rev-parse", "--is-shallow-repository"], cwd=ROOT, capture_output=True, text=True)
    if shallow.stdout.strip() != "false":
        pytest.skip("the history is not here")
    for revision in revisions:
        subprocess.run(["git", "cat-file", "-e", revision], cwd=ROOT, check=True)
