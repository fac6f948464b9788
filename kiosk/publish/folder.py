"""A folder of this machine, or of a stick, as the place of the site."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.files.atomic import remove_left_over, write_atomic

from .errors import PlaceFull, PlaceMissing, PlaceTrouble


class FolderTarget:
    """The site in `root`, which is made if its parent is there. No link in it is followed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._ready: set[Path] = set()
        self._made: list[Path] = []
        if not root.parent.is_dir():
            raise PlaceMissing(place=root)

    def read(self, path: str) -> bytes | None:
        found = self.root / path
        with _trouble():
            return found.read_bytes() if found.is_file() and not found.is_symlink() else None

    def put(self, folder: Path, paths: Sequence[str], *, whole: bool) -> None:
        with _trouble(), self._no_empty_folders():
            for path in paths:
                self._make_ready((self.root / path).parent)
                write_atomic(self.root / path, (folder / path).read_bytes(), durable=False)
                (self.root / path).chmod(0o644)
            os.sync()

    def remove(self, paths: Sequence[str]) -> None:
        with _trouble():
            for path in paths:
                self._make_ready((self.root / path).parent)
                (self.root / path).unlink(missing_ok=True)
            for folder in {(self.root / path).parent for path in paths} - {self.root}:
                with suppress(OSError):  # it still holds other files
                    folder.rmdir()
                    self._ready.discard(folder)

    def close(self) -> None:
        os.sync()

    @contextmanager
    def _no_empty_folders(self) -> Iterator[None]:
        """Remove the folders that were made and stayed empty if the block fails."""
        try:
            yield
        except OSError:
            for folder in reversed(self._made):
                with suppress(OSError):
                    folder.rmdir()
            self._ready.clear()
            raise

    def _make_ready(self, folder: Path) -> None:
        """Make a folder of the site and clear it of leftovers, once. Raises PlaceTrouble where a link stands for it."""
        if folder in self._ready:
            return
        if folder != self.root:
            self._make_ready(folder.parent)
            if folder.is_symlink():
                raise PlaceTrouble(reason=f"{folder.name}: link")
        if not folder.is_dir():
            folder.mkdir()
            self._made.append(folder)
            folder.chmod(0o755)  # whatever the umask: a web server reads it
        remove_left_over(folder)
        self._ready.add(folder)


@contextmanager
def _trouble() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise PlaceFull() from error
        raise PlaceTrouble(reason=error.strerror or str(error)) from error
