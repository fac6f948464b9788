"""The slip: its codes are read back from it at every width it is used in, in every language."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image

from kiosk.codes import Kind, new_code
from kiosk.codes.symbols import code128, qr
from kiosk.documents.slip import Slip, draw

FINNISH = (
    "Maahanmuuttokoordinaattorin kirjoituspöytälamppu",
    "Nouda viimeistään: keskiviikkona 25. marraskuuta klo 16.00",
    "Näytä tämä tiskillä. Tavara on ilmainen.",
)
UKRAINIAN = (
    "Дитяче ліжечко з матрацом",
    "Забрати до: п’ятниця, 27 листопада, 16:00",
    "Покажіть це працівникам. Річ безкоштовна.",
)


def slip(words: tuple[str, str, str], photo: bool = True) -> Slip:
    picture = Image.new("RGB", (600, 400), "teal") if photo else None
    return Slip("Help Center Lumijobi", words[0], picture, new_code(Kind.TICKET), words[1], (words[2],) * 3, words[2])


@pytest.mark.parametrize("words", [FINNISH, UKRAINIAN], ids=["fi", "uk"])
@pytest.mark.parametrize(
    ("width", "columns", "colour"),
    [(384, 1, False), (576, 1, False), (460, 1, True), (700, 1, True), (760, 2, True), (1100, 2, True)],
)
def test_codes_are_read_back(words: tuple[str, str, str], width: int, columns: int, colour: bool) -> None:
    paper = slip(words)
    image = draw(paper, width, columns=columns, colour=colour)
    assert image.width == width
    found = {(result.format, result.text) for result in zxingcpp.read_barcodes(image)}
    assert {text for _, text in found} == {paper.code}
    kinds = {kind.name for kind, _ in found}
    # On the screen there are no bars: no phone keeps them apart.
    assert kinds == ({"QRCode"} if colour else {"QRCode", "Code128"})
    if not colour:
        assert set(image.getdata()) <= {0, 255}


def test_a_code_on_the_screen_has_the_room_of_the_bars() -> None:
    [found] = zxingcpp.read_barcodes(draw(slip(FINNISH), 460))
    corners = found.position
    assert corners.top_right.x - corners.top_left.x > 0.55 * 460


def test_without_a_photo_it_is_shorter_and_still_read() -> None:
    paper = slip(FINNISH, photo=False)
    image = draw(paper, 460)
    assert image.height < draw(slip(FINNISH), 460).height
    assert {result.text for result in zxingcpp.read_barcodes(image)} == {paper.code}


def test_too_narrow_a_paper_is_told() -> None:
    with pytest.raises(ValueError, match="too few"):
        draw(slip(FINNISH), 120)


@pytest.mark.parametrize("scale", [2, 4, 9])
def test_symbols_alone_are_read(scale: int) -> None:
    code = new_code(Kind.REQUEST)
    assert [result.text for result in zxingcpp.read_barcodes(qr(code, scale))] == [code]
    bars = code128(code, scale, 60)
    sheet = Image.new("L", (bars.width, 120), 255)
    sheet.paste(bars, (0, 30))
    assert [result.text for result in zxingcpp.read_barcodes(sheet)] == [code]
    assert qr(code, scale).width == 29 * scale  # version 1 with its quiet zone: the code alone fits at level Q
