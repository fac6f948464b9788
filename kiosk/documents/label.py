"""Labels for goods: single ones as a raster for label printers, and PDF sheets for any office printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageOps

from kiosk.codes.codes import display
from kiosk.codes.symbols import QR_LEAST_SCALE, code128, code128_modules, qr, qr_modules
from kiosk.printing.dither import dithered

from .text_layout import breadth, fitting, font, wrap

if TYPE_CHECKING:
    from fpdf import FPDF

#: Height of the plain code, mm (DOMAIN.md section 6: 3 mm or more).
CODE_MM = 3.2
#: A picture lower than this shows nothing, mm.
PICTURE_MM = 6.0
#: Free edge of a label, mm; printers are that inexact.
MARGIN_MM = 1.6
#: Dots an inch of labels in a PDF; a code's module is a whole number of them.
PDF_DPI = 300
A4 = (210.0, 297.0)


@dataclass(frozen=True)
class Label:
    """What stands on a label: `code` bare, the first name large, `note` place and size."""

    code: str
    names: tuple[str, ...]
    note: str = ""
    photo: Image.Image | None = None


@dataclass(frozen=True)
class LabelSize:
    """A single label, mm."""

    key: str
    width_mm: float
    height_mm: float


@dataclass(frozen=True)
class LabelSheet:
    """Labels on an A4: how many, how large, where the first lies and how far to the next, mm."""

    columns: int
    rows: int
    width_mm: float
    height_mm: float
    left_mm: float
    top_mm: float
    across_mm: float
    down_mm: float

    @property
    def count(self) -> int:
        return self.columns * self.rows


LABELS = {
    size.key: size for size in (LabelSize("62x29", 62, 29), LabelSize("50x30", 50, 30), LabelSize("70x37", 70, 37))
}
SHEETS = {
    "21": LabelSheet(3, 7, 70, 42.3, 0, 0.4, 70, 42.3),
    "24": LabelSheet(3, 8, 70, 37, 0, 0.5, 70, 37),
    "40": LabelSheet(4, 10, 52.5, 29.7, 0, 0, 52.5, 29.7),
}

Progress = Callable[[int, int], None]


def draw_label(label: Label, size: LabelSize, dpi: int = PDF_DPI, *, colour: bool = False) -> Image.Image:
    """Return the label as pixels, black on white; `colour` keeps the photo as it is ("RGB" then, else "L").

    The QR code stands on the left, the words and the picture on the right, the bars of the Code128 below where they
    fit. Raises ValueError when the QR code does not fit at 4 dots a module.
    """
    dot = dpi / 25.4
    width, height = round(size.width_mm * dot), round(size.height_mm * dot)
    image = Image.new("RGB" if colour else "L", (width, height), "white")
    pen = ImageDraw.Draw(image)
    margin = round(MARGIN_MM * dot)
    code_face = font("mono", round(CODE_MM * dot * 1.3))
    code_line = round(CODE_MM * dot * 1.55)
    scale = (height - margin - code_line) // qr_modules(label.code)
    scale = min(scale, int(width * 0.46) // qr_modules(label.code))
    if scale < QR_LEAST_SCALE:
        raise ValueError(f"a label of {size.key} mm at {dpi} dpi is too small for the code")
    symbol = qr(label.code, scale)
    image.paste(symbol, (0, 0))
    text = display(label.code)
    face = code_face
    while breadth(text, face) > symbol.width + margin and face.size > CODE_MM * dot:
        face = font("mono", int(face.size) - 1)
    top = symbol.height - round(1.2 * scale)
    pen.text((margin, top), text, font=face, fill="black")
    _bars(image, label.code, top + code_line, margin, breadth(text, face))
    _words(image, pen, label, symbol.width, margin, dot, colour)
    return image if colour else image.point(lambda value: 255 if value > 140 else 0)


def _bars(image: Image.Image, code: str, top: int, margin: int, code_width: int) -> None:
    """Put the Code128 at the foot, right of the plain code, where there is room for it. It may come close to the code, as it
    brings its quiet zone with it."""
    modules = code128_modules(code)
    scale = (image.width - margin - code_width) // modules
    left = min(margin + code_width + margin, image.width - scale * modules)
    if scale < 2:
        left, scale = 0, image.width // modules
    height = image.height - top - margin // 2
    if left:
        height, top = round(image.height * 0.2), image.height - round(image.height * 0.2) - margin // 2
    if scale >= 2 and height >= image.height * 0.12:
        image.paste(code128(code, scale, height), (left, top))


def _words(
    image: Image.Image, pen: ImageDraw.ImageDraw, label: Label, left: int, margin: int, dot: float, colour: bool
) -> None:
    """Put names, note and picture right of the QR code, above the bars."""
    room, y = image.width - left - margin, float(margin)
    bottom = image.height - round(image.height * 0.2) - margin
    name, *others = label.names or ("",)
    big = min(5.2 * dot, image.height * 0.17)
    drawn = fitting(name, "heavy", round(big), room, least=0.6)
    for line in wrap(name, drawn, room)[:2]:
        pen.text((left, y), line, font=drawn, fill="black")
        y += drawn.size * 1.15
    free = bottom - y
    if label.photo is not None and free >= PICTURE_MM * dot:
        box = (round(min(free * 1.3, room * 0.42)), round(free))
        photo = ImageOps.fit(label.photo.convert("RGB"), box)
        image.paste(photo if colour else dithered(photo), (left + room - box[0], round(y + margin / 3)))
        room -= box[0] + margin
    largest = round(min(3.1 * dot, image.height * 0.1))
    for text in filter(None, (*others[:1], label.note)):
        pixels = largest
        while pixels > 0.7 * largest and breadth(text, font("regular", pixels)) > room:
            pixels -= 1
        for line in wrap(text, font("regular", pixels), room)[:2]:
            if y + pixels * 1.2 <= bottom + margin / 2:
                pen.text((left, y), line, font=font("regular", pixels), fill="black")
                y += pixels * 1.2


def sheet_pdf(
    labels: Sequence[Label],
    sheet: LabelSheet = SHEETS["24"],
    *,
    skip: int = 0,
    today: datetime | None = None,
    progress: Progress = lambda done, of: None,
) -> bytes:
    """Return a PDF of A4 sheets; `skip` places of the first are used up already. The same labels and `today` give the
    same bytes. Raises ValueError when a code does not fit."""
    pdf = _document(A4, today)
    size = LabelSize("sheet", sheet.width_mm, sheet.height_mm)
    for number, label in enumerate(labels):
        at = (number + skip) % sheet.count
        if at == 0 or number == 0:
            pdf.add_page()
        row, column = divmod(at, sheet.columns)
        x, y = sheet.left_mm + column * sheet.across_mm, sheet.top_mm + row * sheet.down_mm
        _place(pdf, label, size, x, y)
        progress(number + 1, len(labels))
    if not labels:
        pdf.add_page()
    return bytes(pdf.output())


def label_pdf(labels: Sequence[Label], size: LabelSize, *, today: datetime | None = None) -> bytes:
    """Return a PDF with one label a page, the page as large as the label. Raises ValueError when a code does not fit."""
    pdf = _document((size.width_mm, size.height_mm), today)
    for label in labels:
        pdf.add_page()
        _place(pdf, label, size, 0, 0)
    return bytes(pdf.output())


def _document(page: tuple[float, float], today: datetime | None) -> FPDF:
    from fpdf import FPDF  # takes longer to read than the rest of the kiosk

    pdf = FPDF(unit="mm", format=page)
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_title("Labels")
    pdf.set_creation_date(today or datetime(2000, 1, 1, tzinfo=UTC))
    return pdf


def _place(pdf: FPDF, label: Label, size: LabelSize, x: float, y: float) -> None:
    # A printer does not print the outermost 4 mm of a sheet: what is drawn is a little smaller than the label.
    inset = 1.0 if size.key == "sheet" else 0.0
    drawn = LabelSize(size.key, size.width_mm - 2 * inset, size.height_mm - 2 * inset)
    image = draw_label(label, drawn, PDF_DPI, colour=label.photo is not None)
    pdf.image(
        image.convert("1" if label.photo is None else "RGB"), x + inset, y + inset, drawn.width_mm, drawn.height_mm
    )
