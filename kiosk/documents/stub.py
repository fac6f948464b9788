"""The slip as an object on the screen: the content of the printed one, in the type steps of the screen.

Left what it is for (picture, name, number, day), right the code, between them a perforation; where there is no width for
both, one over the other. The code is as large as a phone reads it through moiré and glare; what gives way is the picture,
then the texts, step by step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont, ImageOps

from kiosk.codes.codes import display
from kiosk.codes.symbols import QR_LEAST_SCALE, QR_QUIET, qr, qr_modules

from .slip import INK, LINE, PAPER, RIVER, WARM, Slip, line_height, rounded
from .text_layout import balanced, breadth, fitting, write

#: Side of a QR code without its quiet zone, mm, where there is the room: a phone at arm's length reads 45.
SYMBOL = 46.0
#: Least height of the picture, mm; below it is left out.
PICTURE = 14.0
#: Radius of the notches at the perforation, and height of the band of colour, mm.
NOTCH, BAND = 2.6, 3.2
#: Step that a text wants, by what it is.
NAME, NUMBER, DAY, SMALL = 2, 3, 3, 4


@dataclass(frozen=True)
class Steps:
    """What the screen says of sizes: pixels of a millimetre, and font heights in pixels from the largest step to the
    smallest (`display`, `title`, `heading`, `body`, `small`)."""

    mm: float
    sizes: tuple[float, float, float, float, float]

    def size(self, step: int, lower: int) -> int:
        return round(self.sizes[min(step + lower, len(self.sizes) - 1)])


@dataclass(frozen=True)
class _Text:
    """A text of the stub, with the step that it wants; `boxed` has a ground of its own."""

    text: str
    face: str
    step: int
    colour: str = INK
    boxed: bool = False

    def lines(self, width: int, steps: Steps, lower: int) -> tuple[list[str], ImageFont.FreeTypeFont]:
        inner = width - (round(4 * steps.mm) if self.boxed else 0)
        size, loose = steps.size(self.step, lower), self.text.replace("\u00a0", " ")
        # large letters before dates on one line
        text, face = max(
            ((text, fitting(text, self.face, size, inner, least=0.4)) for text in (self.text, loose)),
            key=lambda one: one[1].size,
        )
        return balanced(text, face, inner), face

    def height(self, width: int, steps: Steps, lower: int) -> int:
        lines, face = self.lines(width, steps, lower)
        return len(lines) * line_height(face) + (round(2.5 * steps.mm) if self.boxed else 0)


def stub(slip: Slip, size: tuple[int, int], steps: Steps) -> Image.Image:
    """Return the stub of `slip`, RGBA, at most `size` pixels: as high as it needs. Raises ValueError when the code does
    not fit at QR_LEAST_SCALE pixels a module."""
    width, height = size
    module = _module(slip.code, size, steps)
    symbol = qr(slip.code, module)
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, width - 1, height - 1), 3 * steps.mm, fill=PAPER, outline=LINE, width=2)
    band = round(BAND * steps.mm)
    image.paste(Image.new("RGB", (width, band), slip.tint), mask=image.getchannel("A").crop((0, 0, width, band)))
    text = _Text(display(slip.code), "mono", SMALL)
    code_height = symbol.height + text.height(symbol.width, steps, 0)
    if is_wide(size, symbol.width, steps):
        left = width - symbol.width - round(2 * steps.mm)
        x = left + (width - left - symbol.width) // 2
        spare = height - band - code_height
        number = _number(slip, (x, symbol.width, spare), steps)
        taken = sum(one.height(symbol.width, steps, 0) for one in number)
        y = band + (spare - taken) // 2
        for one in number:
            y = _write(image, one, (x, y, symbol.width), steps, 0)
        _story(image, replace(slip, number="") if number else slip, (0, band, left, height), steps)
        _code(image, symbol, text, (x, y), steps)
        _perforate(image, left, steps, upright=True)
    else:
        upper = height - code_height - round(0.5 * steps.mm)
        _story(image, slip, (0, band, width, upper), steps)
        _code(image, symbol, text, ((width - symbol.width) // 2, upper), steps)
        _perforate(image, upper, steps, upright=False)
    return image


def _number(slip: Slip, place: tuple[int, int, int], steps: Steps) -> list[_Text]:
    """Return the short number with its word for over the code, if it has room there: it is what one remembers."""
    digits = "".join(filter(str.isdigit, slip.number))
    word = slip.number.replace(digits, "").strip()
    _x, width, spare = place
    for step in range(NUMBER + 1):
        texts = [_Text(word, "bold", SMALL, RIVER), _Text(digits, "heavy", step, RIVER)]
        if digits and sum(text.height(width, steps, 0) for text in texts) <= spare:
            return texts
    return []


def is_wide(size: tuple[int, int], symbol: int, steps: Steps) -> bool:
    """Return whether the story has its place beside the symbol, `symbol` pixels wide."""
    return size[0] - symbol >= 38 * steps.mm


def side(code: str, size: tuple[int, int], steps: Steps) -> int:
    """Return how wide the QR code is on a stub of `size`, without its quiet zone, pixels."""
    return _module(code, size, steps) * (qr_modules(code) - 2 * QR_QUIET)


def _module(code: str, size: tuple[int, int], steps: Steps) -> int:
    modules = qr_modules(code)
    wanted = -(-SYMBOL * steps.mm // (modules - 2 * QR_QUIET))  # no smaller than wanted
    fits = min(size[0] - 2 * steps.mm, size[1] - (BAND + 0.5) * steps.mm - 1.4 * steps.sizes[-1]) // modules
    if fits < QR_LEAST_SCALE:
        raise ValueError(f"{size} pixels are too few for the code")
    return int(min(wanted, fits))


def _code(image: Image.Image, symbol: Image.Image, text: _Text, place: tuple[int, int], steps: Steps) -> None:
    image.paste(symbol.convert("RGB"), place)
    _write(image, text, (place[0], place[1] + symbol.height, symbol.width), steps, 0)


def _write(image: Image.Image, text: _Text, place: tuple[int, int, int], steps: Steps, lower: int) -> int:
    """Write `text` centred at x, y in a width; returns the y below it."""
    x, y, width = place
    lines, face = text.lines(width, steps, lower)
    pen, end = ImageDraw.Draw(image), y + text.height(width, steps, lower)
    if text.boxed:
        pen.rounded_rectangle((x, y, x + width, end), 2 * steps.mm, fill=WARM)
        y += round(1.25 * steps.mm)
    for line in lines:
        write(pen, (x + (width - breadth(line, face)) / 2, y), line, face, text.colour)
        y += line_height(face)
    return end


def _story(image: Image.Image, slip: Slip, box: tuple[int, int, int, int], steps: Steps) -> None:
    """Draw what the slip is for into `box`: the picture has what the texts leave."""
    margin, gap = round(3 * steps.mm), round(1.5 * steps.mm)
    x, width = box[0] + margin, box[2] - box[0] - 2 * margin
    top, room = box[1] + gap, box[3] - box[1] - 2 * gap
    name = _Text(slip.item_name, "heavy", 0 if slip.item_name.isdigit() else NAME)
    above = [_Text(slip.heading, "bold", SMALL, RIVER)]
    if len(above[0].lines(width, steps, 0)[0]) > 1:
        above = []
    below = [
        name,
        _Text(slip.number, "heavy", NUMBER, RIVER),
        _Text(slip.due or slip.deadline_text, "bold", DAY, boxed=True),
    ]
    below = [text for text in below if text.text]
    lower, above, spare = _lower(above, below, (width, room, gap), steps, slip.photo is not None)
    picture = slip.photo if spare >= PICTURE * steps.mm else None
    y = top if picture else top + max(0, spare) // 2
    for text in above:
        y = _write(image, text, (x, y, width), steps, lower) + gap
    if picture is not None:
        high = min(spare, round(0.75 * width))
        y += (spare - high) // 2
        photo = ImageOps.fit(picture.convert("RGB"), (width, high - gap))
        image.paste(rounded(photo, round(2.5 * steps.mm)), (x, y))
        y += high
    for text in below:
        y = _write(image, text, (x, y, width), steps, lower) + gap


def _lower(
    above: list[_Text], below: list[_Text], room: tuple[int, int, int], steps: Steps, pictured: bool
) -> tuple[int, list[_Text], int]:
    """Return by how many steps the texts are lower than they want, so that all have room; the heading, if that has; and how
    many pixels are left. A picture is worth one step."""
    width, height, gap = room
    wanted = [(PICTURE * steps.mm, 0), (PICTURE * steps.mm, 1)] if pictured else []
    for least, lower in (*wanted, *((0.0, lower) for lower in range(len(steps.sizes)))):
        for heading in (above, []):
            spare = height - sum(text.height(width, steps, lower) + gap for text in (*heading, *below))
            if spare + gap >= least:
                return lower, heading, spare
    return len(steps.sizes) - 1, [], 0


def _perforate(image: Image.Image, at: int, steps: Steps, *, upright: bool) -> None:
    """Draw the line along which it would tear, and a notch at each end."""
    length = image.height if upright else image.width
    pen, radius, dash = ImageDraw.Draw(image), round(NOTCH * steps.mm), round(1.6 * steps.mm)
    marks = range(2 * radius, length - 2 * radius, dash)
    for number, (start, end) in enumerate(pairwise(marks)):
        if number % 2 == 0:
            pen.line((at, start, at, end) if upright else (start, at, end, at), fill=LINE, width=2)
    for end in (0, length):
        middle = (at, end) if upright else (end, at)
        box = (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius)
        pen.ellipse(box, fill=(0, 0, 0, 0), outline=LINE, width=2)
