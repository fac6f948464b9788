"""Asks for a picture: by camera, or from a USB stick."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty

from kiosk.documents.content import picture_bytes
from kiosk.errors import KioskError
from kiosk.files.usb import picture_files
from kiosk.pictures.pixels import preview
from screens.frame.screen import told_by
from screens.tools.photos import texture_of
from screens.widgets.buttons import Touch

from .base import StaffScreen
from .scan import VIEW, Watcher

#: Pictures on a page.
A_PAGE = 8


class StickPicture(Touch):
    """One file: its picture, or the error of reading it."""

    path = ObjectProperty(None, allownone=True)
    texture = ObjectProperty(None, allownone=True)
    trouble = StringProperty()


class PickPhotoScreen(StaffScreen):
    """Calls `done(photo)` with the content hash once the picture is stored."""

    view = ObjectProperty(None, allownone=True)
    camera = BooleanProperty(False)
    files = ListProperty()
    page = NumericProperty(0)
    trouble = StringProperty()
    busy = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        self._watcher: Watcher | None = None
        self._picture: Any = None
        super().__init__(**kwargs)
        self.bind(on_leave=lambda *_: self.stop())

    def open(self, **values: Any) -> None:
        self.reset()
        self.done = values["done"]
        self.camera = bool(self.app.settings.camera.source)
        if self.camera:
            self._watcher = Watcher(self.app.settings.camera.source, self._seen, self._camera_failed, reading=False)
        self.look()

    def look(self) -> None:
        """Search the mounted sticks for pictures."""
        folder = self.app.settings.goods.picture_folder
        self.load("goods", lambda who: picture_files(folder), self._found)

    def _found(self, files: list[Path]) -> None:
        self.files, self.page = files, 0
        self._fill()

    def turn(self, step: int) -> None:
        """Show the previous or next page."""
        pages = max(1, -(-len(self.files) // A_PAGE))
        self.page = (self.page + step) % pages
        self._fill()

    def _fill(self) -> None:
        grid = self.ids.grid
        grid.clear_widgets()
        first = int(self.page) * A_PAGE
        for path in self.files[first : first + A_PAGE]:
            cell = StickPicture(path=path)
            cell.bind(on_release=lambda cell: self.take(cell.path))
            grid.add_widget(cell)
            self._preview(cell)

    def _preview(self, cell: StickPicture) -> None:
        side = int(40 * self.app.theme.mm)

        def shown(image: Any) -> None:
            cell.texture = texture_of(*image)

        def failed(error: KioskError) -> None:
            cell.trouble = self.app.tr.error(error)

        self.app.work(lambda: picture_bytes(preview(cell.path, (side, side))), shown, failed)

    def _seen(self, picture: Any, _code: Any) -> None:
        self._picture = picture
        small = picture.copy()
        small.thumbnail((VIEW, VIEW))
        self.view = texture_of(*picture_bytes(small))

    def _camera_failed(self, error: KioskError) -> None:
        self.camera, self.view = False, None
        self.trouble = self.app.tr.error(error)

    def snap(self) -> None:
        """Take a picture with the camera."""
        if self._picture is not None:
            encoded = io.BytesIO()
            self._picture.save(encoded, "JPEG", quality=95)
            self.take(encoded.getvalue())

    def take(self, source: Any) -> None:
        """Store a file or a camera picture, and go back with it."""
        if self.busy:
            return
        self.busy = True
        pictures = self.app.pictures
        self.do("goods", lambda who: pictures.add(source), self._taken, self._refused)

    def _taken(self, photo: str) -> None:
        done = self.done
        self.busy = False
        self.app.shell.back()
        done(photo)

    def _refused(self, error: KioskError) -> None:
        self.busy = False
        self.trouble = self.app.tr.error(error)

    def stop(self) -> None:
        """Release the camera."""
        if self._watcher:
            self._watcher.stop()
            self._watcher = None
        self._picture = None

    @told_by("files")
    def nothing_found(self) -> str:
        """Text without any pictures."""
        return "" if self.files else self.app.tr._("No picture found. Plug in a USB stick and touch “Look again”.")

    def reset(self) -> None:
        self.stop()
        self.view = None
        self.busy = False
        self.files = []
        self.trouble = ""
        self.ids.grid.clear_widgets()
        self.done = lambda photo: None
