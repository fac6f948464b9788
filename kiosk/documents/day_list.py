"""The printed list of a day: A4 for an office printer, with boxes to tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from kiosk.files.resources import font
from kiosk.language.pdf_letters import LetterPDF

#: mm
MARGIN, ROW, TICK, FIRST = 16.0, 11.0, 4.5, 34.0


class DayRow(NamedTuple):
    """A row: time or number, topic, and remarks."""

    first: str
    title: str
    note: str


def day_pdf(heading: str, day: str, boxes: Sequence[str], rows: Sequence[DayRow]) -> bytes:
    """Return the list as a PDF; each row has one box to tick for each of `boxes`."""
    pdf = LetterPDF(unit="mm", format="A4")
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(True, MARGIN)
    for style, weight in (("", "Medium"), ("B", "ExtraBold")):
        pdf.add_font("Body", style, str(font(weight)))
    pdf.set_title(heading)
    pdf.add_page()
    for text, points in ((heading, 22.0), (day, 12.0)):
        pdf.set_font("Body", "B" if points > 12 else "", points)
        pdf.cell(0, points * 0.55, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(5)
    for row in rows:
        _row(pdf, row, boxes)
    return bytes(pdf.output())


def _row(pdf: FPDF, row: DayRow, boxes: Sequence[str]) -> None:
    if pdf.will_page_break(ROW):
        pdf.add_page()
    top, each = pdf.get_y(), 32.0
    room = pdf.epw - FIRST - each * len(boxes)
    _cell(pdf, MARGIN, top, FIRST, ROW, row.first, 13, bold=True)
    _cell(pdf, MARGIN + FIRST, top, room, ROW / 2, row.title, 11.5, bold=True)
    _cell(pdf, MARGIN + FIRST, top + ROW / 2, room, ROW / 2 - 1, row.note, 10)
    for place, words in enumerate(boxes):
        left = MARGIN + FIRST + room + place * each
        pdf.rect(left, top + (ROW - TICK) / 2, TICK, TICK)
        _cell(pdf, left + TICK + 1, top, each - TICK - 2, ROW, words, 9)
    pdf.line(MARGIN, top + ROW, MARGIN + pdf.epw, top + ROW)
    pdf.set_xy(MARGIN, top + ROW)


def _cell(
    pdf: FPDF, left: float, top: float, width: float, height: float, text: str, points: float, *, bold: bool = False
) -> None:
    """Write one line of text, in a smaller size if it would not fit."""
    pdf.set_font("Body", "B" if bold else "", points)
    wide = pdf.get_string_width(text) + 2
    if wide > width:
        pdf.set_font_size(points * width / wide)
    pdf.set_xy(left, top)
    pdf.cell(width, height, text)
