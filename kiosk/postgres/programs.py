"""The programs of PostgreSQL, and who runs them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from .errors import AsRoot, NoPostgres, PostgresFailed

#: Where Debian's packages put the programs: a folder for each major version.
INSTALLED = Path("/usr/lib/postgresql")


def versions(place: Path | None = None) -> dict[int, Path]:
    """Return the folder of programs of each installed major version, newest first."""
    found = {int(path.parent.name): path for path in (place or INSTALLED).glob("*/bin") if path.parent.name.isdigit()}
    return dict(sorted(found.items(), reverse=True))


def newest() -> tuple[int, Path]:
    """Return the newest major version and its programs. Raises NoPostgres."""
    for version, programs in versions().items():
        return version, programs
    raise NoPostgres()


def as_owner(folder: Path) -> dict[str, Any]:
    """Return the arguments of subprocess for running as the owner of `folder`: PostgreSQL does not run as root. Raises
    AsRoot."""
    if os.geteuid():
        return {}
    known = folder.stat()
    if known.st_uid == 0:
        raise AsRoot()
    return {"user": known.st_uid, "group": known.st_gid, "extra_groups": []}


def run(folder: Path, program: Path | str, *words: object, text: str | None = None) -> str:
    """Run a program as the owner of `folder`, with `text` as its input; returns its output. Raises PostgresFailed."""
    how: dict[str, Any] = {"cwd": folder, "env": environment()} | as_owner(folder)
    command = [str(program), *map(str, words)]
    done: subprocess.CompletedProcess[bytes]
    try:
        done = subprocess.run(command, input=(text or "").encode(), capture_output=True, check=False, **how)
    except OSError as error:
        raise PostgresFailed(reason=f"{program}: {error.strerror}") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise PostgresFailed(reason=said[-1] if said else Path(program).name)
    return done.stdout.decode()


def environment() -> dict[str, str]:
    """Return the environment of the programs: nothing of ours but the path, and messages that programs can read."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "PGCONNECT_TIMEOUT": "10"}
