"""The list for one day on A4."""

from __future__ import annotations

import pypdfium2

from kiosk.documents.day_list import DayRow, day_pdf


def test_every_row_is_on_the_page_with_its_boxes_in_any_alphabet() -> None:
    rows = [DayRow(f"13:{minute:02}  {minute}", "Житло", "українська  ·  перекладач") for minute in range(40)]
    pages = list(pypdfium2.PdfDocument(day_pdf("Ajanvaraukset", "ti 24.11.2026", ["Tuli", "Ei tullut"], rows)))
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    assert len(pages) == 2
    assert text.count("Житло") == text.count("Ei tullut") == 40
    assert "13:39" in text
