"""Catalogues: compiling the .po files, and finding the messages in .kv files. Used when building and testing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

#: tr._("…") and tr.n("…", "…", n) in a .kv file.
_CALL = re.compile(r'\btr\.(_|n)\(\s*"((?:[^"\\]|\\.)*)"(?:\s*,\s*"((?:[^"\\]|\\.)*)")?')


def compile_all(folder: Path | None = None) -> list[Path]:
    """Compile every .po under the locales (or `folder`) whose .mo is missing or older; returns the files written."""
    if folder is None:
        from kiosk.resources import locales

        folder = locales()
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file)
        buffer = BytesIO()
        write_mo(buffer, catalogue)
        target.write_bytes(buffer.getvalue())
        written.append(target)
    return written


def extract_kv(
    file: Any, keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, str | tuple[str, str], list[str]]]:
    """Babel's extraction method for .kv files."""
    for number, line in enumerate(file.read().decode("utf-8").splitlines(), 1):
        for kind, one, many in _CALL.findall(line):
            if kind == "n":
                yield number, "ngettext", (one, many), []
            else:
                yield number, "gettext", one, []
