"""Codes in pictures, in a film, and in front of no camera."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageFilter

from kiosk.codes import BadCode, Kind, code_from_number, new_code, parse
from kiosk.codes.camera import Camera, NoCamera, read
from kiosk.codes.symbols import code128, qr

TICKET, ITEM = new_code(Kind.TICKET), code_from_number(Kind.ITEM, 42)


def lobby(symbol: Image.Image | None, turn: float = 0) -> Image.Image:
    """Return a picture of 640 × 480 with `symbol` on a sheet of paper before a coloured wall."""
    across = Image.linear_gradient("L").resize((640, 480))
    wall = Image.merge("RGB", (across, across.rotate(180), Image.new("L", (640, 480), 120)))
    if symbol is not None:
        paper = symbol.convert("RGB").rotate(turn, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
        wall.paste(paper, ((640 - paper.width) // 2, (480 - paper.height) // 2))
    return wall


@pytest.mark.parametrize("turn", [0, 7, 90, 180, 200])
def test_a_qr_code_is_read_however_it_is_held(turn: float) -> None:
    picture = lobby(qr(TICKET, 8), turn).filter(ImageFilter.GaussianBlur(1))
    assert read(picture) == parse(TICKET)


@pytest.mark.parametrize("turn", [0, 180, 3])
def test_a_code128_is_read(turn: float) -> None:
    assert read(lobby(code128(ITEM, 3, 120), turn)) == parse(ITEM)


def test_other_codes_are_told_and_ours_wins() -> None:
    assert isinstance(read(lobby(qr("HTTPS://EXAMPLE.ORG", 6))), BadCode)
    assert read(lobby(None)) is None
    both = Image.new("RGB", (640, 480), "white")
    both.paste(qr("HELLO", 6), (20, 20))
    both.paste(qr(ITEM, 6), (330, 200))
    assert read(both) == parse(ITEM)


def test_a_picture_file_stands_still(tmp_path: Path) -> None:
    lobby(qr(TICKET, 8)).save(tmp_path / "code.png")
    with Camera(str(tmp_path / "code.png")) as camera:
        for _ in range(3):
            picture = camera.frame()
            assert picture is not None
            assert read(picture) == parse(TICKET)


def test_a_film_is_watched_and_begins_again(tmp_path: Path) -> None:
    path = str(tmp_path / "lobby.avi")
    film = cv2.VideoWriter(path, cv2.VideoWriter_fourcc(*"MJPG"), 8, (640, 480))
    for picture in [lobby(None)] * 3 + [lobby(qr(TICKET, 8), 5)] * 2:
        film.write(np.asarray(picture)[:, :, ::-1])
    film.release()
    with Camera(path) as camera:
        seen = [camera.frame() for _ in range(10)]
    assert [read(picture) if picture else "?" for picture in seen] == ([None] * 3 + [parse(TICKET)] * 2) * 2


@pytest.mark.parametrize("name", ["97", "/dev/video97", "notes.txt", "broken.png"])
def test_no_camera_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("no film")
    (tmp_path / "broken.png").write_text("no picture")
    source = str(tmp_path / name) if (tmp_path / name).exists() else name
    with pytest.raises(NoCamera):
        Camera(source)
