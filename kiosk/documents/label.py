"""Labels of items: raster images for label printers, and PDF sheets for office printers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont, ImageOps

from kiosk.codes.codes import display
from kiosk.codes.symbols import QR_LEAST_SCALE, code128, code128_modules, qr, qr_modules
from kiosk.language.glyphs import is_plain
from kiosk.printing.hatching import hatched

from .text_layout import breadth, fitting, font, tidy, wrap, write

if TYPE_CHECKING:
    from fpdf import FPDF

#: Height of the plain code, mm (DOMAIN.md section 6: 3 mm or more).
CODE_MM = 3.2
#: Minimum height of a photo, mm.
PICTURE_MM = 6.0
#: Line height factor of a line in a fallback font.
OTHERS_HIGHER = 1.25
#: Font scale down to which text shrinks before the photo or the barcode is dropped.
LEGIBLE = (1.0, 0.85, 0.7, 0.6)
#: Minimum module of a Code128 that all scanners read, mm: 2 dots at 203 dpi, 3 at 300.
BARS_MM = 0.25
#: Distance of the text from the quiet zone of the QR code, modules: small letters close by look like its corners to jsQR.
APART = 2
#: Margin of a label, mm: the tolerance of printers.
MARGIN_MM = 1.6
#: Dots per inch of labels in a PDF; a module is a whole number of dots.
PDF_DPI = 300
A4 = (210.0, 297.0)


@dataclass(frozen=True)
class Label:
    """The content of a label: `code` without hyphens, the first name large, `note` place and size."""

    code: str
    names: tuple[str, ...]
    note: str = ""
    photo: Image.Image | None = None


@dataclass(frozen=True)
class LabelSize:
    """Size of a single label, mm."""

    key: str
    width_mm: float
    height_mm: float


@dataclass(frozen=True)
class LabelSheet:
    """Layout of labels on A4: count, size, offset of the first, and pitch, mm."""

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
    """Render a label, black on white (mode "L"); with `colour` the photo is in colour (mode "RGB").

    The QR code is on the left with the plain code below it, text and photo on the right, the Code128 at the bottom.
    Text is never cut: for long names first the photo, then the Code128 is dropped, then the font shrinks. Raises
    ValueError when the QR code does not fit at 4 dots a module.
    """
    dot = dpi / 25.4
    width, height = round(size.width_mm * dot), round(size.height_mm * dot)
    image = Image.new("RGB" if colour else "L", (width, height), "white")
    margin = round(MARGIN_MM * dot)
    code_line = round(CODE_MM * dot * 1.55)
    scale = (height - margin - code_line) // qr_modules(label.code)
    scale = min(scale, int(width * 0.46) // qr_modules(label.code))
    if scale < QR_LEAST_SCALE:
        raise ValueError(f"a label of {size.key} mm at {dpi} dpi is too small for the code")
    symbol = qr(label.code, scale)
    image.paste(symbol, (0, 0))
    code_right = _plain_code(image, label.code, symbol, margin, dot)
    _place_words(image, label, _Place(symbol.size, code_right + margin, scale, margin, dot), colour)
    return image if colour else image.point(lambda value: 255 if value > 140 else 0)


def _plain_code(image: Image.Image, code: str, symbol: Image.Image, margin: int, dot: float) -> int:
    """Write the plain code below the QR code; returns its right edge."""
    text, face = display(code), font("mono", round(CODE_MM * dot * 1.3))
    while breadth(text, face) > symbol.width and face.size > CODE_MM * dot:
        face = font("mono", int(face.size) - 1)
    write(ImageDraw.Draw(image), (margin, symbol.height), text, face, "black")
    return margin + breadth(text, face)


@dataclass(frozen=True)
class _Place:
    """The area of the code on the left: the size of the QR code and of its module, and the right edge of the plain code
    (`beside`), in dots; `dot` dots are one millimetre."""

    symbol: tuple[int, int]
    beside: int
    module: int
    margin: int
    dot: float

    def left(self, bottom: float) -> int:
        """Return the left edge for text that ends at `bottom`."""
        apart = self.symbol[0] + APART * self.module
        return apart if bottom <= self.symbol[1] else max(apart, self.beside)


#: A line of a label: position, text, font.
_Lines = list[tuple[float, str, ImageFont.FreeTypeFont]]


def _place_words(image: Image.Image, label: Label, place: _Place, colour: bool) -> None:
    """Lay out names, note, photo and barcode in the rest of the label; all text, the others if they fit."""
    bars = _bars(label.code, image, place)
    photos = [label.photo, None] if label.photo else [None]
    plans = [(photo, symbol) for symbol in ([bars, None] if bars else [None]) for photo in photos]
    tries = [(*plan, smaller) for plan in plans for smaller in LEGIBLE]
    tries += [(None, None, LEGIBLE[-1] * 0.9**step) for step in range(1, 20)]
    for photo, symbol, smaller in tries:
        bottom = image.height - place.margin - (symbol.height + place.margin // 2 if symbol else 0)
        left = place.left(bottom)
        laid = _lay(label, image.width - left - place.margin, bottom, place, smaller, photo is not None)
        if laid is None:
            continue
        lines, box = laid
        _draw(image, lines, left, symbol, place)
        if photo is not None and box is not None:
            picture = ImageOps.fit(photo.convert("RGB"), (box[2] - box[0], box[3] - box[1]))
            image.paste(picture if colour else hatched(picture, place.module), (left + box[0], box[1]))
        return
    raise ValueError("too many words for the label")


def _bars(code: str, image: Image.Image, place: _Place) -> Image.Image | None:
    """Return the Code128 with whole-dot modules of 0.25 mm or more; None if it does not fit."""
    scale = (image.width - place.beside) // code128_modules(code)
    if scale < round(BARS_MM * place.dot):
        return None
    return code128(code, scale, round(image.height * 0.2))


def _draw(image: Image.Image, lines: _Lines, left: int, bars: Image.Image | None, place: _Place) -> None:
    pen = ImageDraw.Draw(image)
    if bars is not None:
        image.paste(bars, (place.beside, image.height - bars.height - place.margin // 2))
    for y, line, face in lines:
        write(pen, (left, y), line, face, "black")


def _lay(
    label: Label, room: int, bottom: float, place: _Place, smaller: float, has_photo: bool
) -> tuple[_Lines, tuple[int, int, int, int] | None] | None:
    """Return the lines of text and the box of the photo, relative to the left edge of the text; None if they do not
    fit."""
    name, *others = (tidy(text) for text in label.names or ("",))
    high = bottom - place.margin
    big = min(5.2 * place.dot, 1.3 * high * 0.17) * smaller
    lines: _Lines = []
    y = _put(lines, name, fitting(name, "heavy", max(1, round(big)), room, least=0.6), room, float(place.margin), 1.15)
    box = None
    if has_photo:
        free = bottom - y
        if free < PICTURE_MM * place.dot:
            return None
        wide = round(min(free * 1.3, room * 0.42))
        box = (room - wide, round(y + place.margin / 3), room, round(bottom))
        room -= wide + place.margin
    small = max(1, round(min(3.1 * place.dot, 1.3 * high * 0.1) * smaller))
    for text in filter(None, (*others[:1], tidy(label.note))):
        y = _put(lines, text, fitting(text, "regular", small, room, least=0.7), room, y, 1.2)
    return (lines, box) if y <= bottom + place.margin / 2 else None


def _put(lines: _Lines, text: str, face: ImageFont.FreeTypeFont, room: int, y: float, apart: float) -> float:
    """Add the lines of `text` from `y`; returns the `y` of the next line."""
    for line in wrap(text, face, room):
        higher = 1.0 if is_plain(line) else OTHERS_HIGHER
        lines.append((y + face.size * apart * (higher - 1) / 2, line, face))
        y += face.size * apart * higher
    return y


def sheet_pdf(
    labels: Sequence[Label],
    sheet: LabelSheet = SHEETS["24"],
    *,
    skip: int = 0,
    today: datetime | None = None,
    progress: Progress = lambda done, of: None,
) -> bytes:
    """Return a PDF of A4 sheets; `skip` positions of the first one are left free. Deterministic for the same labels and
    `today`. Raises ValueError when a code does not fit."""
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
    from fpdf import FPDF  # lazy: its import takes longer than the rest of the kiosk

    pdf = FPDF(unit="mm", format=page)
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_title("Labels")
    pdf.set_creation_date(today or datetime(2000, 1, 1, tzinfo=UTC))
    return pdf


def _place(pdf: FPDF, label: Label, size: LabelSize, x: float, y: float) -> None:
    # Printers cannot print the outer 4 mm of a sheet, so the drawing is scaled down.
    inset = 1.0 if size.key == "sheet" else 0.0
    drawn = LabelSize(size.key, size.width_mm - 2 * inset, size.height_mm - 2 * inset)
    image = draw_label(label, drawn, PDF_DPI, colour=label.photo is not None)
    pdf.image(
        image.convert("1" if label.photo is None else "RGB"), x + inset, y + inset, drawn.width_mm, drawn.height_mm
    )
