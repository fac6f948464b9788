"""Pictures in a folder of an import, found by the names that people and programs write for them."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from kiosk.errors import N_, KioskError
from kiosk.files.usb import SUFFIXES, is_litter

#: Depth of the search in a folder, and limits: pictures, other files, and files that are listed at all.
DEEPEST, MOST_FILES, MOST_LISTED = 5, 20_000, 200_000
#: One of several names in a cell: up to the ending of a picture.
_ONE = re.compile(rf"[^;,|]+?(?:{'|'.join(map(re.escape, SUFFIXES))})(?=[\s;,|]|$)", re.IGNORECASE)
_QUOTES = "\"'“”„«» "


class NoPicture(KioskError):
    default = N_("This picture is not in the folder: {name}")


class SeveralPictures(KioskError):
    default = N_("Several pictures have this name: {name}. Write the folder too.")


class TooManyFiles(KioskError):
    default = N_("There are more than {most} files here. Only these were looked at.")

    def __init__(self, most: int = 0) -> None:
        super().__init__(most=most or MOST_FILES)


class Folder:
    """Files under a folder, looked up by tolerant names: Unicode normalisation, case, spaces, kind of slash and, if
    there is no other of that name, the ending do not matter."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cut = folder, False
        self.files: list[Path] = []
        counts = [0, 0]
        for number, path in enumerate(_walk(folder)):
            is_picture = path.suffix.lower() in SUFFIXES
            self.cut = self.cut or number >= MOST_LISTED or counts[is_picture] >= MOST_FILES
            if number >= MOST_LISTED:
                break
            if counts[is_picture] < MOST_FILES:
                counts[is_picture] += 1
                self.files.append(path)
        self._by_path: dict[str, list[Path]] = {}
        for path in self.files:
            if path.suffix.lower() in SUFFIXES:
                for name in dict.fromkeys(_keys(_plain(str(path.relative_to(folder))))):
                    self._by_path.setdefault(name, []).append(path)

    def pictures(self, cell: str) -> tuple[Path, ...]:
        """Return the pictures named in a cell, usually one. Raises NoPicture, SeveralPictures."""
        if found := self._named(cell):
            return (found,)
        names = [one.strip(_QUOTES) for one in _ONE.findall(cell)]
        several = tuple(dict.fromkeys(found for name in names if (found := self._named(name))))
        if not several or any(self._named(name) is None for name in names):
            raise NoPicture(name=next((name for name in names if self._named(name) is None), cell))
        return several

    def _named(self, name: str) -> Path | None:
        """Return the picture of a name, by relative path, else by file name; None for none. Raises SeveralPictures."""
        bare = name.replace("\\", "/").strip(_QUOTES)
        spelled = [key for text in dict.fromkeys((name, bare, unquote(bare))) for key in _keys(_plain(text))]
        found = next((self._by_path[key] for key in spelled if key in self._by_path), [])
        if len(found) > 1:
            raise SeveralPictures(name=name)
        return found[0] if found else None


def _keys(plain: str) -> tuple[str, ...]:
    """Return what a picture is found by, the surest first: path and file name, with and without the ending."""
    plain = plain.removeprefix("./")
    ending = next((one for one in SUFFIXES if plain.endswith(one)), "")
    bare = plain.removesuffix(ending).rstrip()
    whole = bare + ending
    return whole, f"*/{whole.rpartition('/')[2]}", bare, f"*/{bare.rpartition('/')[2]}"


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the regular files under a folder, except system files (._name, Thumbs.db, @eaDir) and symbolic links."""
    for place, folders, names in os.walk(folder, onerror=lambda error: None):
        deep = len(Path(place).relative_to(folder).parts)
        folders[:] = [] if deep >= DEEPEST else sorted(one for one in folders if not is_litter(one, folder=True))
        for name in sorted(names):
            path = Path(place, name)
            try:
                plain = not is_litter(name) and stat.S_ISREG(path.lstat().st_mode)
            except OSError:  # the stick was unplugged
                continue
            if plain:
                yield path
