"""The lock file pins what the program asks for, each with hashes."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;]+)")


def pinned() -> dict[str, list[str]]:
    """Return the versions by package; those for other Pythons beside one another."""
    found: dict[str, list[str]] = {}
    for block in re.split(r"\n(?=\S)", (ROOT / "deploy" / "requirements.lock").read_text()):
        match = PIN.match(block)
        if match:
            assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block
            found.setdefault(canonicalize_name(match[1]), []).append(match[2])
    return found


def test_every_package_is_pinned_to_a_version_that_will_do() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    versions = pinned()
    for text in (*project["dependencies"], *project["optional-dependencies"]["camera"]):
        wanted = Requirement(text)
        assert versions[canonicalize_name(wanted.name)], text
        assert all(wanted.specifier.contains(version) for version in versions[canonicalize_name(wanted.name)]), text


def test_no_version_older_than_the_locked_one_will_do() -> None:
    """Who installs by `pip install .` gets nothing with a hole that the audit of the lock file (`make audit`) would have found."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [Requirement(text) for text in project["project"]["dependencies"]]
    wanted += [Requirement(text) for texts in project["project"]["optional-dependencies"].values() for text in texts]
    wanted += [Requirement(text) for text in project["build-system"]["requires"]]
    versions = pinned()
    for one in wanted:
        floors = {clause.version for clause in one.specifier if clause.operator == ">="}
        assert floors, one
        if name := next(iter({canonicalize_name(one.name)} & set(versions)), None):
            assert floors == set(versions[name]), f"{one} in pyproject.toml, locked is {versions[name]}"


def test_the_lock_file_names_no_registry() -> None:
    assert "://" not in (ROOT / "deploy" / "requirements.lock").read_text()


def test_nothing_is_installed_that_is_not_locked() -> None:
    """Every package that the program pulls in, however deep, is in the lock file: so an audit of that file is one of
    everything that runs."""
    versions, seen, open_ = pinned(), set(), [Requirement("lumijobi-kiosk[camera]")]
    while open_:
        wanted = open_.pop()
        name = canonicalize_name(wanted.name)
        if (name, *wanted.extras) in seen:
            continue
        seen.add((name, *wanted.extras))
        for text in metadata.requires(name) or ():
            inner = Requirement(text)
            marker = inner.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *wanted.extras)):
                open_.append(inner)
    names = {name for name, *_ in seen} - {"lumijobi-kiosk"}
    assert not names - set(versions)
    assert len(names) > 40
