"""The recovery sheet: one A4 page with the key's words and a QR code. Made in memory; never written to disk here."""

from __future__ import annotations

from datetime import date

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from kiosk.codes.symbols import qr
from kiosk.errors import N_
from kiosk.files.resources import font
from kiosk.language.pdf_letters import LetterPDF
from kiosk.language.translation import Language
from kiosk.privacy.sealing import fingerprint, private_from_words, public_key, recovery_digits

#: mm
MARGIN, SIDE = 22.0, 62.0
COLUMNS = 3
RULES = (
    N_("Put this sheet in an envelope, seal it, and keep it in a safe in another building."),
    N_("Do not photograph it or type it into another computer."),
    N_("Whoever has this sheet can read what people told the centre."),
    N_("If this sheet and the coordinator’s passphrase are both lost, nobody can ever read it again."),
)
USE = (
    N_("If the passphrase is forgotten: type these 24 words instead of the passphrase, or scan the code."),
    N_(
        "If the tablet is broken or lost: start a new one, choose “I have a backup”, plug in the USB stick and scan "
        "the code."
    ),
    N_("The words are in English, whatever language you use. Their order matters."),
)


def key_name(public: bytes) -> str:
    """Return the name of a key on its sheet: eight characters that reveal nothing of the private key."""
    name = fingerprint(public)[:8].upper()
    return f"{name[:4]}-{name[4:]}"


def recovery_pdf(words: str, language: Language, centre: str, day: date) -> bytes:
    """Return the sheet for 24 `words` as a PDF of one page, in `language`. Raises WrongWords."""
    name = key_name(public_key(private_from_words(words)))
    _ = language.text
    pdf = LetterPDF(unit="mm", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_margins(MARGIN, MARGIN)
    for style, weight in (("", "Medium"), ("B", "ExtraBold")):
        pdf.add_font("Body", style, str(font(weight)))
    pdf.add_page()
    pdf.set_title(_(N_("Recovery key")))
    _write(pdf, _(N_("Recovery key")), 30, bold=True)
    _write(pdf, f"{centre}  ·  {language.full_date(day)}  ·  {name}", 12)
    pdf.ln(4)
    for rule in RULES:
        _write(pdf, f"–  {_(rule)}", 11.5)
    pdf.ln(5)
    _table(pdf, words.split())
    pdf.ln(8)
    top = pdf.get_y()
    pdf.image(qr(recovery_digits(words), scale=8), MARGIN, top, SIDE, SIDE)
    pdf.set_left_margin(MARGIN + SIDE + 6)
    pdf.set_xy(MARGIN + SIDE + 6, top + 3)
    for use in USE:
        _write(pdf, _(use), 11.5)
        pdf.ln(2.5)
    return bytes(pdf.output())


def _write(pdf: FPDF, text: str, points: float, *, bold: bool = False) -> None:
    pdf.set_font("Body", "B" if bold else "", points)
    pdf.multi_cell(0, points * 0.5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _table(pdf: FPDF, words: list[str]) -> None:
    """Lay out the words in columns, numbered downwards."""
    rows, width = len(words) // COLUMNS, (pdf.w - 2 * MARGIN) / COLUMNS
    for row in range(rows):
        for column in range(COLUMNS):
            number = column * rows + row
            pdf.set_x(MARGIN + column * width)
            pdf.set_font("Body", "", 12)
            pdf.cell(11, 9.5, f"{number + 1}", align="R")
            pdf.set_font("Body", "B", 16)
            pdf.cell(width - 11, 9.5, f" {words[number]}")
        pdf.ln(9.5)
