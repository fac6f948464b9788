"""PDF pages whose text may have letters that the text font lacks."""

from __future__ import annotations

from typing import Any

from fpdf import FPDF
from fpdf.util import Padding

from kiosk.files.resources import fallback_fonts

from .glyphs import is_plain, runs_left, visual


class LetterPDF(FPDF):
    """An FPDF that finds them in the other fonts, Arabic from right to left; a PDF without any holds no other font."""

    _others = False

    def normalize_text(self, text: str) -> str:
        """Return `text` as fpdf2 takes it; every text it writes comes through here once."""
        if not is_plain(text):
            self._add_others()
            text = "\n".join(visual(line) for line in text.split("\n"))
        return str(super().normalize_text(text))

    def multi_cell(self, w: float, h: float | None = None, text: str = "", *args: Any, **options: Any) -> Any:
        """Write a text of several lines. fpdf2 would break a text that runs from right to left after it has been put in
        order, and its last words would stand in the first line: it is broken here, in the order in which it is read."""
        if runs_left(text):
            edges = Padding.new(options.get("padding") or 0)
            room = (w or self.w - self.r_margin - self.x) - edges.left - edges.right - 2 * self.c_margin
            text = "\n".join(line for part in text.split("\n") for line in self._broken(part, room))
        return super().multi_cell(w, h, text, *args, **options)

    def _broken(self, text: str, room: float) -> list[str]:
        """Return `text` as lines of whole words that are at most `room` wide, where a word is not wider by itself."""
        lines: list[str] = []
        for word in text.split():
            if lines and self.get_string_width(f"{lines[-1]} {word}") <= room:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return lines

    def _add_others(self) -> None:
        if not self._others:
            self._others = True
            for name, path in fallback_fonts().items():
                self.add_font(name, "", str(path))
            self.set_fallback_fonts(list(fallback_fonts()), exact_match=False)
