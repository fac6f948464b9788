"""Makes the site and brings it to its place; one delivery at a time on a tablet."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.files.storage_errors import storage_errors
from kiosk.files.usb import NoStick, place_to_write
from kiosk.pictures.store import Pictures
from kiosk.services import Services
from kiosk.settings.places import Place, PlaceKind, parse_place

from .delivery import Delivered, Progress, Target, deliver, try_out
from .errors import DeliveryRuns, NoPlace, PlaceTrouble
from .file import SCRATCH
from .folder import FolderTarget
from .site import site_files

#: The folder on a stick.
STICK_FOLDER = "lumijobi-page"


class Publisher:
    """The public page of the centre of `services`."""

    def __init__(self, services: Services) -> None:
        self._services, self._data = services, services.store.folder
        self._pictures = Pictures(self._data / "pictures")

    def to_folder(self, folder: Path, now: datetime, progress: Progress, *, all_anew: bool = False) -> Delivered:
        """Write the site to a folder. Raises PlaceTrouble, StorageTrouble."""
        with self._alone() as scratch:
            files = list(site_files(self._services, self._pictures, now))
            target = FolderTarget(folder)
            done = deliver(files, target, scratch, progress, all_anew=all_anew)
            target.close()
            return done

    def to_place(self, now: datetime, progress: Progress, *, all_anew: bool = False) -> Delivered:
        """Bring the site to the place of the settings, and note how it went. A place that has all is not asked. Raises
        NoPlace, PlaceTrouble, NoStick, StorageTrouble."""
        page = self._services.public_page
        if not self._services.settings.delivery.place:
            raise NoPlace()
        with self._alone() as scratch:
            state = page.begin(now)
            try:
                done = self._bring(scratch, now, progress, all_anew)
            except Exception as error:
                page.end(state, error if isinstance(error, KioskError) else PlaceTrouble(reason=type(error).__name__))
                raise
            page.end(state)
            return done

    def _bring(self, scratch: Path, now: datetime, progress: Progress, all_anew: bool) -> Delivered:
        target = self._target()  # a stick that is not there is told before the pages are made
        page, files = self._services.public_page, list(site_files(self._services, self._pictures, now))
        state, wanted = page.state(), {file.path: file.digest for file in files}
        if state.done is not None and not state.error and not all_anew and page.files() == wanted:
            return Delivered(0, 0, len(files), wanted)
        done = deliver(files, target, scratch, progress, all_anew=all_anew)
        target.close()
        page.keep_files(done.files)
        return done

    def try_place(self) -> None:
        """Write to the place of the settings, read and remove it. Raises NoPlace, PlaceTrouble, NoStick."""
        with self._alone() as scratch:
            try_out(self._target(), scratch)

    def _target(self) -> Target:
        place = self._services.settings.delivery.place
        if not place:
            raise NoPlace()
        return _target_of(parse_place(place), self._data, self._services.public_page.password())

    @contextmanager
    def _alone(self) -> Iterator[Path]:
        """Hold the folder for deliveries, emptied. Raises DeliveryRuns."""
        scratch = self._data / SCRATCH
        with storage_errors():
            scratch.mkdir(mode=0o700, exist_ok=True)
            with (self._data / f"{scratch.name}.lock").open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise DeliveryRuns() from None
                _empty(scratch)
                yield scratch
                _empty(scratch)


def _target_of(place: Place, data: Path, secret: str) -> Target:
    from .ssh import RsyncTarget, SftpTarget
    from .webdav import WebDavTarget

    kinds: dict[PlaceKind, Callable[[], Target]] = {
        PlaceKind.FOLDER: lambda: FolderTarget(Path(place.path)),
        PlaceKind.USB: lambda: FolderTarget(_stick() / STICK_FOLDER),
        PlaceKind.SFTP: lambda: SftpTarget(place, data, secret),
        PlaceKind.RSYNC: lambda: RsyncTarget(place, data, secret),
        PlaceKind.WEBDAV: lambda: WebDavTarget(place, secret),
    }
    return kinds[place.kind]()


def _stick() -> Path:
    stick = place_to_write("")
    if stick is None:
        raise NoStick()
    return stick


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path, ignore_errors=True)
