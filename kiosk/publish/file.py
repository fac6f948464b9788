"""A file of the site, made only when it is to be written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import NamedTuple

#: Folder in the data folder for what is being brought; it is emptied before each delivery.
SCRATCH = "publishing"
#: What a path of the site looks like. Paths in a list of files from a stick or a server are checked against it.
PATH = re.compile(r"(?:[a-z0-9_-]+/)*[a-z0-9_-]+(?:\.[a-z0-9]+)+")


class SiteFile(NamedTuple):
    """`path` is relative to the site; `digest` differs when the bytes that `make` returns do."""

    path: str
    digest: str
    make: Callable[[], bytes]


def known(path: str, data: bytes) -> SiteFile:
    """Return the file of bytes that are there already."""
    return SiteFile(path, hashlib.sha256(data).hexdigest()[:16], lambda: data)


def named_by_content(stem: str, suffix: str, data: bytes) -> SiteFile:
    """Return a file whose name changes with its content: an older page goes on showing the older file."""
    digest = hashlib.sha256(data).hexdigest()[:16]
    return SiteFile(f"{stem}-{digest[:8]}.{suffix}", digest, lambda: data)
