"""The slip on paper, proportional to its width. The stub on the screen (`stub.py`) has the same content."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont, ImageOps

from kiosk.codes.codes import display
from kiosk.codes.symbols import QR_LEAST_SCALE, code128, code128_modules, qr, qr_modules
from kiosk.printing.hatching import hatched

from .text_layout import balanced, breadth, fitting, wrap, write

BLACK, INK, WARM, PAPER, LINE = "#000000", "#0E2A3E", "#FFE9C4", "#FFFFFF", "#B9C9D4"
RIVER = "#1C5B82"
#: Share of the width that the QR code takes.
QR_SHARE = 0.64
#: Dots of a Code128 module at 203 dpi: 0.25 mm, the minimum that all scanners read; narrower paper gets no Code128.
LEAST_BARS = 2


@dataclass(frozen=True)
class Slip:
    """The content of a slip. `lines` are in the visitor's language, `staff_line` in Finnish; `photo` may be None;
    `copy_text` marks a reprint,
    `contact` says how the centre is reached; `number` is the short one of the day, with a word before it; `tint` is the
    colour of its kind on the screen, and `due` the deadline in few words for there."""

    heading: str
    item_name: str
    photo: Image.Image | None
    code: str
    deadline_text: str
    lines: tuple[str, ...]
    staff_line: str
    provisional_text: str | None = None
    copy_text: str | None = None
    contact: str = ""
    number: str = ""
    tint: str = RIVER
    due: str = ""


class _Sheet:
    """A column that grows downwards; `u` is a hundredth of its width."""

    def __init__(self, width: int) -> None:
        self.width, self.u = width, width / 100
        self.image = Image.new("RGB", (width, width * 6), PAPER)
        self.pen = ImageDraw.Draw(self.image)
        self.y = 0.0
        self.margin = round(5 * self.u)

    def gap(self, hundredths: float) -> None:
        self.y += hundredths * self.u

    def text(self, text: str, face: str, size: float, *, centre: bool = True, even: bool = False) -> None:
        """Write `text`, wrapped; `size` is the em in hundredths of the width."""
        room = self.width - 2 * self.margin
        drawn = fitting(text, face, max(9, round(size * self.u)), room)
        for line in (balanced if even else wrap)(text, drawn, room):
            x = (self.width - breadth(line, drawn)) / 2 if centre else self.margin
            write(self.pen, (x, self.y), line, drawn, BLACK)
            self.y += line_height(drawn)

    def boxed(self, text: str) -> None:
        """Write `text` bold in a box."""
        room = self.width - 4 * self.margin
        face = fitting(text, "bold", max(9, round(5.2 * self.u)), room)
        lines = balanced(text, face, room)
        height = len(lines) * line_height(face) + 3 * self.u
        box = (self.margin, self.y, self.width - self.margin, self.y + height)
        self.pen.rounded_rectangle(box, 2.5 * self.u, fill=PAPER, outline=BLACK, width=2)
        y = self.y + 1.5 * self.u
        for line in lines:
            write(self.pen, ((self.width - breadth(line, face)) / 2, y), line, face, BLACK)
            y += line_height(face)
        self.y += height

    def paste(self, picture: Image.Image) -> None:
        """Paste a picture, centred."""
        self.image.paste(picture, ((self.width - picture.width) // 2, round(self.y)))
        self.y += picture.height

    def rule(self) -> None:
        """Draw a dashed cutting line."""
        dash, y = max(4, round(2.2 * self.u)), round(self.y)
        for x in range(self.margin, self.width - self.margin, 2 * dash):
            self.pen.line((x, y, x + dash, y), fill=BLACK, width=max(1, round(0.5 * self.u)))

    def finished(self) -> Image.Image:
        return self.image.crop((0, 0, self.width, round(self.y)))


def draw(slip: Slip, width: int) -> Image.Image:
    """Render the slip for a receipt printer, black on white, `width` pixels wide, with the height it needs. Raises ValueError
    when the codes do not fit at 4 pixels a module."""
    sheet = _Sheet(width)
    _story(sheet, slip)
    _codes(sheet, slip)
    return sheet.finished().convert("L").point(lambda value: 255 if value > 140 else 0)


def _story(sheet: _Sheet, slip: Slip) -> None:
    sheet.gap(4.5)
    if slip.copy_text:
        sheet.boxed(slip.copy_text)
        sheet.gap(2.5)
    sheet.text(slip.heading, "bold", 4.6)
    sheet.gap(2.5)
    if slip.photo is not None:
        size = (round(88 * sheet.u), round(44 * sheet.u))
        photo = ImageOps.fit(slip.photo.convert("RGB"), size)
        photo = hatched(photo, _module(sheet, slip.code)).convert("RGB")
        sheet.paste(rounded(photo, round(4 * sheet.u)))
        sheet.gap(2.5)
    sheet.text(slip.item_name, "heavy", 8.2, even=True)
    if slip.number:
        sheet.text(slip.number, "heavy", 6.6)
    sheet.gap(2)
    sheet.boxed(slip.deadline_text)
    sheet.gap(2)
    if slip.provisional_text:
        sheet.text(slip.provisional_text, "bold", 4.6)
        sheet.gap(1.5)
    for line in slip.lines:
        sheet.text(line, "regular", 4.3, even=True)
    sheet.gap(3)


def _codes(sheet: _Sheet, slip: Slip) -> None:
    """Draw the code as QR code and text, and as Code128 for linear scanners. That one is on paper only: it cannot be read
    from a photo of a screen."""
    sheet.paste(qr(slip.code, _module(sheet, slip.code)))
    face = fitting(display(slip.code), "mono", round(8.6 * sheet.u), sheet.width - 2 * sheet.margin, least=0.4)
    text = display(slip.code)
    x = (sheet.width - breadth(text, face)) / 2
    sheet.pen.text((x, sheet.y), text, font=face, fill=BLACK, stroke_width=max(0, round(0.12 * sheet.u)))
    sheet.y += line_height(face) + 1.5 * sheet.u
    bars = (sheet.width - 2) // code128_modules(slip.code)
    if bars >= LEAST_BARS:
        sheet.paste(code128(slip.code, bars, round(11 * sheet.u)))
    sheet.gap(3)
    sheet.rule()
    sheet.gap(2)
    sheet.text(slip.staff_line, "regular", 3.7, even=True)
    if slip.contact:
        sheet.gap(2)
        sheet.text(slip.contact, "regular", 4.3, even=True)
    sheet.gap(4)


def _module(sheet: _Sheet, code: str) -> int:
    """Return the dots of a module of the QR code. Raises ValueError when the code does not fit."""
    scale = int(QR_SHARE * sheet.width / qr_modules(code))
    if scale < QR_LEAST_SCALE:
        raise ValueError(f"{sheet.width} pixels are too few for the code")
    return scale


def line_height(face: ImageFont.FreeTypeFont) -> int:
    ascent, descent = face.getmetrics()
    return int(1.04 * (ascent + descent))


def rounded(picture: Image.Image, radius: int) -> Image.Image:
    mask = Image.new("L", (picture.width * 2, picture.height * 2), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, *mask.size), radius * 2, fill=255)
    out = Image.new("RGB", picture.size, PAPER)
    out.paste(picture, mask=mask.resize(picture.size, Image.Resampling.LANCZOS))
    return out
