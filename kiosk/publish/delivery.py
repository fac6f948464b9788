"""Bringing the site to a place: only what changed, pictures before the pages that show them, the first page last. Until then
visitors see the last whole version; what is left over is removed at the end."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import NamedTuple, Protocol

from kiosk.files.atomic import write_atomic

from .errors import OtherPages
from .file import PATH, SiteFile

#: The list of the site's files with their digests, which lies beside them.
LIST = "site.json"
#: Files brought in one go: what is made beforehand fits on a small disk.
AT_ONCE = 400
#: A test writes this file, and removes it.
TRIAL = "kiosk-test.txt"

Progress = Callable[[int, int], None]


class Target(Protocol):
    """A place for files. Paths are those of `kiosk.publish.file.PATH`. Methods raise PlaceTrouble."""

    def read(self, path: str) -> bytes | None:
        """Return a file, None if it is not there."""

    def put(self, folder: Path, paths: Sequence[str], *, whole: bool) -> None:
        """Bring files that lie under `folder`. `whole`: nobody ever sees half of one."""

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, whether or not they are there."""

    def close(self) -> None:
        """Finish: what was put stays."""


class Delivered(NamedTuple):
    """How many files were `written`, `removed` and left as they were, and the list of all."""

    written: int
    removed: int
    same: int
    files: dict[str, str]


def deliver(
    files: Sequence[SiteFile], target: Target, scratch: Path, progress: Progress, *, all_anew: bool = False
) -> Delivered:
    """Bring `files` to `target`, all of them if `all_anew`. `scratch` is a folder for what is being brought. Raises
    PlaceTrouble; the next delivery then goes on."""
    before = _there(target)
    wanted = {file.path: file.digest for file in files}
    changed = [file for file in files if all_anew or before.get(file.path) != file.digest]
    gone = sorted(set(before) - set(wanted))
    if not changed and not gone:
        return Delivered(0, 0, len(files), wanted)
    # What is being brought or removed is in doubt until all is done.
    _put_list(target, scratch, before | dict.fromkeys((*(file.path for file in changed), *gone), ""))
    done = 0
    for rank, some in _batches(changed):
        _put(target, scratch, some, whole=rank > 0)
        done += len(some)
        progress(done, len(changed))
    target.remove(gone)
    _put_list(target, scratch, wanted)
    return Delivered(len(changed), len(gone), len(files) - len(changed), wanted)


def try_out(target: Target, scratch: Path) -> None:
    """Write a small file to a place, read it and remove it. Raises PlaceTrouble, OtherPages."""
    _there(target)
    _put(target, scratch, [SiteFile(TRIAL, "", lambda: b"kiosk\n")], whole=True)
    target.remove([TRIAL])
    target.close()


def _there(target: Target) -> dict[str, str]:
    """Return the list at the place; what in it is no path of a site is left out, as anybody may have written it."""
    data = target.read(LIST)
    if data is None:
        if target.read("index.html") is not None:
            raise OtherPages()
        return {}
    try:
        listed = json.loads(data)["files"]
        return {path: str(digest) for path, digest in listed.items() if PATH.fullmatch(path) and path != LIST}
    except (ValueError, LookupError, TypeError, AttributeError):
        return {}


def _batches(files: Sequence[SiteFile]) -> Iterator[tuple[int, list[SiteFile]]]:
    for rank, some in groupby(
        sorted(files, key=lambda file: (_rank(file.path), file.path)), lambda file: _rank(file.path)
    ):
        while part := list(islice(some, AT_ONCE)):
            yield rank, part


def _rank(path: str) -> int:
    """Return the order of a file: what pages show or run, data, pages, the first page of a language, that of the site."""
    if path.startswith(("pictures/", "art/", "site-")):
        return 0
    if not path.endswith(".html"):
        return 1
    return {"index.html": 4}.get(path, 3 if path.endswith("/index.html") else 2)


def _put_list(target: Target, scratch: Path, files: dict[str, str]) -> None:
    data = json.dumps({"files": files}, sort_keys=True, separators=(",", ":")).encode()
    _put(target, scratch, [SiteFile(LIST, "", lambda: data)], whole=True)


def _put(target: Target, scratch: Path, files: Sequence[SiteFile], *, whole: bool) -> None:
    """Make files in a folder of their own, and bring them."""
    with tempfile.TemporaryDirectory(dir=scratch, prefix="page-") as name:
        folder = Path(name)
        for file in files:
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, file.make(), durable=False)
            path.chmod(0o644)  # it is public, and a copy by SFTP keeps the mode
        target.put(folder, [file.path for file in files], whole=whole)
