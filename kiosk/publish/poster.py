"""A poster for shop windows and notice boards: the centre's name, a line in each language, and the QR code of the page."""

from __future__ import annotations

import qrcode
from fpdf.enums import Align, XPos, YPos
from qrcode.constants import ERROR_CORRECT_Q

from kiosk.errors import N_
from kiosk.files.resources import asset, font
from kiosk.language.pdf_letters import LetterPDF
from kiosk.language.translation import Language
from kiosk.settings import Settings

from .errors import NoAddress

#: A4, mm: margin, width of the drawing, side of the QR code with its quiet zone.
MARGIN, PICTURE, CODE = 20.0, 60.0, 95.0
#: Points of the name, of the lines, of the address.
NAME, LINE, ADDRESS = 34.0, 17.0, 13.0
INVITATION = N_("Our shelf and our events on your phone")


def poster_pdf(settings: Settings) -> bytes:
    """Return the poster as a PDF. Raises NoAddress while the address of the page is not set."""
    address = settings.public.url
    if not address:
        raise NoAddress()
    pdf = LetterPDF(unit="mm", format="A4")
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(False)
    for style, weight in (("", "Medium"), ("B", "ExtraBold")):
        pdf.add_font("Body", style, str(font(weight)))
    pdf.set_title(settings.centre.name)
    pdf.add_page()
    pdf.image(str(asset("art/home_goods.png")), x=Align.C, w=PICTURE)
    _line(pdf, settings.centre.name, NAME, "B")
    for code in settings.centre.languages:
        _line(pdf, Language(code).text(INVITATION), LINE, "")
    _code(pdf, address)
    _line(pdf, address, ADDRESS, "B")
    return bytes(pdf.output())


def _line(pdf: LetterPDF, text: str, points: float, style: str) -> None:
    pdf.set_font("Body", style, points)
    pdf.ln(2)
    pdf.multi_cell(0, points * 0.45, text, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _code(pdf: LetterPDF, address: str) -> None:
    """Draw the QR code as squares, sharp at any size."""
    symbol = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=4)
    symbol.add_data(address)
    rows = symbol.get_matrix()
    module = CODE / len(rows)
    left, top = (pdf.w - CODE) / 2, pdf.get_y() + 3
    pdf.set_fill_color(0)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:  # a hair larger: no light line between two dark squares
                pdf.rect(left + across * module, top + down * module, module + 0.02, module + 0.02, style="F")
    pdf.set_y(top + CODE)
