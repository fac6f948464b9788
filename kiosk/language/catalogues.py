"""Compiles the .po catalogues, and extracts messages from .kv files. Used at build time and in tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

#: Functions that mark a message in Python: `_` and `text` of a language, `N_`, and `tr(…)` with fields.
KEYWORDS: dict[str, Any] = {"_": None, "N_": None, "text": None, "tr": None, "n": (1, 2), "plural": (1, 2)}
KEYWORDS |= {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "NC_": ((1, "c"), 2)}

#: tr._("…"), tr.n("…", "…", n) and tr.p("context", "…") in a .kv file.
_CALL = re.compile(r'\btr\.(_|n|p)\(\s*"((?:[^"\\]|\\.)*)"(?:\s*,\s*"((?:[^"\\]|\\.)*)")?')

_PAIRS = {"n": "ngettext", "p": "pgettext"}


def compile_all(folder: Path | None = None) -> list[Path]:
    """Compile every .po under the locales (or `folder`) whose .mo is missing or older; returns the files written."""
    if folder is None:
        from kiosk.files.resources import locales

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
            if kind in _PAIRS:
                yield number, _PAIRS[kind], (one, many), []
            else:
                yield number, "gettext", one, []


def update() -> None:
    """Update every catalogue in the checkout from the messages in the code."""
    root = Path(__file__).resolve().parents[2]
    template = Catalog(project="Lumijobi Kiosk", copyright_holder="Lumijobi Kiosk contributors")
    for place, message in sorted(messages(root), key=str):
        context, _, words = message.rpartition("\x04") if isinstance(message, str) else ("", "", message)
        template.add(words, locations=[(place, 1)], context=context or None)
    for source in sorted((root / "locales").glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file)
        template.creation_date = catalogue.creation_date
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with source.open("wb") as file:
            write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)


def messages(root: Path) -> set[tuple[str, str | tuple[str, str]]]:
    """Return (file, message) of every message under `root`; a plural is (one, many), a message with context a text of
    NC_."""
    found = set()
    for folder in ("kiosk", "screens"):
        methods = [("**.py", "python"), ("**.kv", "kiosk.language.catalogues:extract_kv")]
        for name, _line, message, _comments, context in extract_from_dir(root / folder, methods, keywords=KEYWORDS):
            plain = (message[0], message[1]) if isinstance(message, tuple) else message
            if context:
                plain = f"{context}\x04{plain}"
            if plain and plain != "…":
                found.add((f"{folder}/{name}", plain))
    plurals = {message[0] for _, message in found if isinstance(message, tuple)}
    return {(place, message) for place, message in found if message not in plurals}


if __name__ == "__main__":
    update()
