"""The slip: its codes are read back from it at every width it is used in, in every language."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image

from kiosk.codes import Kind, new_code
from kiosk.codes.symbols import code128, qr
from kiosk.documents.slip import Slip, draw
from kiosk.documents.stub import Steps, stub

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


#: A 10.1" screen: pixels of a millimetre, and its type steps in usual and big text.
MM = 5.884
NORMAL = Steps(MM, tuple(MM * size for size in (15, 9.6, 7.4, 5.6, 4.6)))
BIG = Steps(MM, tuple(MM * size for size in (18.8, 12, 10, 8.7, 7)))
#: The stubs of a ticket and of the others there, mm: on a wide screen and upright.
STUBS = [(132, 104), (124, 100), (118, 82), (124, 79)]


@pytest.mark.parametrize("words", [FINNISH, UKRAINIAN], ids=["fi", "uk"])
@pytest.mark.parametrize("width", [384, 460, 576])
def test_codes_are_read_back(words: tuple[str, str, str], width: int) -> None:
    paper = slip(words)
    image = draw(paper, width)
    assert image.width == width
    found = {(result.format.name, result.text) for result in zxingcpp.read_barcodes(image)}
    assert found == {("QRCode", paper.code), ("Code128", paper.code)}
    assert set(image.getdata()) <= {0, 255}


@pytest.mark.parametrize("words", [FINNISH, UKRAINIAN], ids=["fi", "uk"])
@pytest.mark.parametrize("steps", [NORMAL, BIG], ids=["normal", "big"])
@pytest.mark.parametrize("size", STUBS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_phone_reads_the_stub_on_the_screen(words: tuple[str, str, str], steps: Steps, size: tuple[int, int]) -> None:
    paper = slip(words)
    image = stub(paper, (round(size[0] * MM), round(size[1] * MM)), steps)
    ground = Image.new("RGB", image.size, "#F3F8FC")
    ground.paste(image, mask=image.getchannel("A"))
    [found] = zxingcpp.read_barcodes(ground)
    assert (found.format.name, found.text) == ("QRCode", paper.code)
    corners = found.position
    assert corners.top_right.x - corners.top_left.x >= 45 * MM
    assert corners.bottom_left.y - corners.top_left.y >= 45 * MM


def test_texts_of_a_stub_have_one_step_and_give_the_picture_its_room() -> None:
    size = (round(132 * MM), round(104 * MM))
    full, empty = stub(slip(FINNISH), size, NORMAL), stub(slip(FINNISH, photo=False), size, NORMAL)
    teal = [sum(pixel[:3] == (0, 128, 128) for pixel in image.getdata()) for image in (full, empty)]
    assert teal[0] > 14 * 14 * MM * MM
    assert teal[1] == 0


def test_a_stub_without_room_for_a_code_says_so() -> None:
    with pytest.raises(ValueError, match="too few"):
        stub(slip(FINNISH), (100, 90), NORMAL)


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
