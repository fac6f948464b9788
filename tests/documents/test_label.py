"""Labels: every code is read back, from the printer's dots and from the PDF."""

from __future__ import annotations

import cv2
import numpy as np
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps
from pyzbar import pyzbar

from kiosk.codes import Kind, code_from_number
from kiosk.documents import label as labels
from kiosk.documents.label import LABELS, SHEETS, Label, LabelSize, draw_label, label_pdf, sheet_pdf
from kiosk.documents.text_layout import font, tidy, write
from kiosk.files.resources import asset
from kiosk.printing.hatching import hatched

PHOTO = Image.radial_gradient("L").convert("RGB")


def label(number: int = 4711, *, photo: Image.Image | None = PHOTO) -> Label:
    names = ("Lastenvaunujen sadesuoja ja makuupussi", "Дощовик до дитячого візка, ґудзики й п’ять їжачків")
    return Label(code_from_number(Kind.ITEM, number), names, "A3 · 45 × 90 cm", photo)


def codes(image: Image.Image) -> list[tuple[str, str]]:
    return sorted((found.format.name, found.text) for found in zxingcpp.read_barcodes(image))


def zbar(image: Image.Image) -> set[tuple[str, str]]:
    return {(found.type, found.data.decode()) for found in pyzbar.decode(image)}


def pages(pdf: bytes, dpi: int = 200) -> list[Image.Image]:
    return [page.render(scale=dpi / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize("size", LABELS.values(), ids=LABELS)
@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("photo", [PHOTO, None], ids=["photo", "no photo"])
def test_a_label_is_read_back(size: LabelSize, dpi: int, photo: Image.Image | None) -> None:
    image = draw_label(label(photo=photo), size, dpi)
    assert image.size == (round(size.width_mm * dpi / 25.4), round(size.height_mm * dpi / 25.4))
    assert set(image.getdata()) == {0, 255}
    read = codes(image)
    assert ("QRCode", label().code) in read
    assert (("Code128", label().code) in read) == (size.width_mm >= 60)  # no room for whole dots on the smallest
    assert zbar(image) == {(kind.upper(), text) for kind, text in read}


@pytest.mark.parametrize("size", LABELS.values(), ids=LABELS)
@pytest.mark.parametrize("dpi", [203, 300])
def test_a_label_is_read_by_opencv_too_alone_and_on_white(size: LabelSize, dpi: int) -> None:
    """Its search for the corners of a code is led astray by the dots of a dithered photo."""
    photos = [Image.open(asset(f"art/{name}.png")).convert("RGB") for name in ("home_goods", "home_help")]
    for one in (label(photo=photo) for photo in (PHOTO, *photos)):
        for edge in (0, dpi // 12):
            image = ImageOps.expand(draw_label(one, size, dpi), edge, 255)
            assert cv2.QRCodeDetector().detectAndDecode(np.asarray(image))[0] == one.code


LONG = (
    "Erittäin pitkä tavaran nimi jossa on monta sanaa kuten keittiönpöydän jatkopala koivuviilua",
    "Дуже довга назва речі з багатьма словами кухонний стіл розкладний березовий шпон",
)


@pytest.mark.parametrize("size", LABELS.values(), ids=LABELS)
@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("photo", [PHOTO, None], ids=["photo", "no photo"])
@pytest.mark.parametrize(
    "names", [LONG, LONG[:1], ("Pram عربة أطفال", "Sofa 🛋️ ½″"), ("Maahanmuuttokoordinaattorin" * 3,)]
)
def test_no_word_is_lost_and_none_lies_over_a_code(
    size: LabelSize, dpi: int, photo: Image.Image | None, names: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    note = "A3 · 120 × 80 × 75 cm, pyöreä · 12 ×"
    put: list[tuple[tuple[int, int, int, int], str]] = []

    def noted(
        pen: ImageDraw.ImageDraw, place: tuple[float, float], text: str, face: ImageFont.FreeTypeFont, fill: str
    ) -> None:
        before = pen._image.copy()
        write(pen, place, text, face, fill)
        box = ImageChops.difference(before.convert("L"), pen._image.convert("L")).getbbox()
        put.append((box or (0, 0, 0, 0), text))

    monkeypatch.setattr(labels, "write", noted)
    one = Label(code_from_number(Kind.ITEM, 99), names, note, photo)
    image = draw_label(one, size, dpi)
    said = "".join(text for _, text in put).replace("-", "").replace(" ", "")
    for text in (*names, note):
        assert tidy(text).replace("-", "").replace(" ", "") in said
    boxes = [box for box, _ in put]
    assert all(x >= 0 and y >= 0 and right <= image.width and bottom <= image.height for x, y, right, bottom in boxes)
    for at, one_box in enumerate(boxes):
        assert not any(_overlap(one_box, other) for other in boxes[:at])
    for found in zxingcpp.read_barcodes(image):
        corners = found.position
        xs = [corner.x for corner in (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)]
        ys = [corner.y for corner in (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)]
        assert not any(_overlap((min(xs), min(ys), max(xs), max(ys)), box) for box in boxes)
    assert ("QRCode", one.code) in codes(image)


def _overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] - 1 and other[1] < one[3] - 1


@pytest.mark.parametrize("size", LABELS.values(), ids=LABELS)
def test_it_has_its_bars_on_a_system_without_fribidi(size: LabelSize, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pillow lays text out a little wider there, which costs no label its bars."""
    monkeypatch.setattr(ImageFont.core, "HAVE_RAQM", False)
    font.cache_clear()
    try:
        read = codes(draw_label(label(), size, 300))
        assert (("Code128", label().code) in read) == (size.width_mm >= 60)  # no room for whole dots on the smallest
    finally:
        font.cache_clear()


def test_a_label_with_nothing_but_a_name() -> None:
    bare = Label(label().code, ("",))
    assert ("QRCode", bare.code) in codes(draw_label(bare, LABELS["50x30"]))


def test_too_small_is_told() -> None:
    with pytest.raises(ValueError, match="too small"):
        draw_label(label(), LabelSize("20x10", 20, 10), 203)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 29 * 30**5 - 1))
def test_every_number_s_label_reads_back(number: int) -> None:
    one = label(number, photo=None)
    assert ("QRCode", one.code) in codes(draw_label(one, LABELS["62x29"], 203))


@pytest.mark.parametrize("name", SHEETS)
def test_a_full_sheet_is_read_back(name: str) -> None:
    sheet = SHEETS[name]
    labels = [label(number, photo=None) for number in range(sheet.count)]
    [page] = pages(sheet_pdf(labels, sheet))
    found = {text for kind, text in codes(page) if kind == "QRCode"}
    assert found == {one.code for one in labels}


@pytest.mark.parametrize("size", LABELS.values(), ids=LABELS)
@pytest.mark.parametrize("dpi", [203, 300])
def test_the_pdf_of_a_label_is_read_back_at_the_printer_s_dots(size: LabelSize, dpi: int) -> None:
    [page] = pages(label_pdf([label(photo=None)], size), dpi)
    page = page.convert("L").point(lambda value: 255 if value > 127 else 0)
    expected = {("QRCode", label().code)} | ({("Code128", label().code)} if size.width_mm >= 60 else set())
    assert set(codes(page)) == expected
    assert zbar(page) == {(kind.upper(), text) for kind, text in expected}


def test_used_places_are_skipped_and_a_second_sheet_begins() -> None:
    labels = [label(number) for number in range(5)]
    first, second = pages(sheet_pdf(labels, skip=21))
    assert len([kind for kind, _ in codes(first) if kind == "QRCode"]) == 3
    assert len([kind for kind, _ in codes(second) if kind == "QRCode"]) == 2
    used = first.convert("L").crop((0, 0, first.width, round(first.height * 7 / 8) - 10))
    assert used.getextrema() == (255, 255)


def test_single_labels_have_pages_of_their_size() -> None:
    made = pages(label_pdf([label(1), label(2)], LABELS["62x29"]))
    assert [round(page.width / page.height, 1) for page in made] == [2.1, 2.1]
    assert [("QRCode", label(number).code) in codes(page) for number, page in zip((1, 2), made, strict=True)] == [
        True,
        True,
    ]


def test_the_same_labels_give_the_same_bytes() -> None:
    assert sheet_pdf([label(1), label(2)]) == sheet_pdf([label(1), label(2)])


@pytest.mark.parametrize("module", [4, 6, 12])
def test_a_photo_is_drawn_in_lines_without_dots(module: int) -> None:
    lines = np.asarray(hatched(PHOTO, module))
    assert set(np.unique(lines)) == {0, 255}
    assert 0.2 < lines.mean() / 255 < 0.8
    changes = np.count_nonzero(np.diff(lines.astype(np.int16), axis=1), axis=1)
    assert changes.max() <= 2, "a row of a round shade is a line, in at most one piece"
    assert np.count_nonzero(np.diff(lines[:, lines.shape[1] // 4].astype(np.int16))) > 256 / module


def test_the_darker_the_thicker() -> None:
    """Steps from black to white, each as wide as the others."""
    steps = Image.linear_gradient("L").rotate(90)
    dark = 1 - np.asarray(hatched(steps, 9)).mean(axis=0) / 255
    assert dark[0] == 1
    assert dark[-1] == 0
    assert (np.diff(dark) <= 0).all()
    assert len(set(dark)) == 7, "a line in six rows has seven strengths"
