"""PDF pages whose text may have letters that the text font lacks."""

from __future__ import annotations

from fpdf import FPDF

from kiosk.files.resources import fallback_fonts

from .glyphs import is_plain, visual


class LetterPDF(FPDF):
    """An FPDF that finds them in the other fonts, Arabic from right to left; a PDF without any holds no other font."""

    _others = False

    def normalize_text(self, text: str) -> str:
        """Return `text` as fpdf2 takes it; every text it writes comes through here once."""
        if not is_plain(text):
            self._add_others()
            text = "\n".join(visual(line) for line in text.split("\n"))
        return str(super().normalize_text(text))

    def _add_others(self) -> None:
        if not self._others:
            self._others = True
            for name, path in fallback_fonts().items():
                self.add_font(name, "", str(path))
            self.set_fallback_fonts(list(fallback_fonts()), exact_match=False)
