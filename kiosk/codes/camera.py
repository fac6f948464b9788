"""Codes read with the tablet's camera: frames by OpenCV, which is optional, decoded by zxing-cpp."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import zxingcpp
from PIL import Image

from kiosk.errors import N_, KioskError

from .codes import BadCode
from .scanner import Heard, code_in

#: Symbologies that are decoded; those of shops too, to report them as foreign.
_OURS = ("QRCode", "Code128")
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")


class NoCamera(KioskError):
    default = N_("The camera cannot be used. Please check its plug.")


def read(image: Image.Image) -> Heard | BadCode | None:
    """Return the code in an image; BadCode if there are only foreign ones, None without any."""
    seen: BadCode | None = None
    for found in zxingcpp.read_barcodes(image.convert("L")):
        try:
            if found.format.name not in _OURS:
                raise BadCode()
            return code_in(found.text)
        except BadCode as error:
            seen = error
    return seen


class Camera:
    """A camera ("0", "/dev/video0"), or a video or image file instead. Raises NoCamera."""

    def __init__(self, source: str) -> None:
        self._picture: Image.Image | None = None
        self._device: Any = None
        self._is_film = Path(source).is_file()
        if self._is_film and source.lower().endswith(_PICTURES):
            try:
                with Image.open(source) as image:
                    self._picture = image.convert("RGB")
            except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
                raise NoCamera() from error
            return
        try:
            import cv2
        except ImportError as error:
            raise NoCamera() from error
        self._cv2 = cv2
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
        self._device = cv2.VideoCapture(int(source) if source.isdecimal() else source)
        if not self._device.isOpened():
            self._device.release()
            raise NoCamera()

    def frame(self) -> Image.Image | None:
        """Return the next frame, upright; None without one. A video file loops."""
        if self._picture is not None:
            return self._picture
        good, frame = self._device.read()
        if not good and self._is_film:
            self._device.set(self._cv2.CAP_PROP_POS_FRAMES, 0)
            good, frame = self._device.read()
        return Image.fromarray(frame[:, :, ::-1]) if good else None

    def close(self) -> None:
        """Release the camera."""
        if self._device is not None:
            self._device.release()

    def __enter__(self) -> Camera:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
