"""PDF output with font fallback and right-to-left text."""

from __future__ import annotations

from typing import Any

from fpdf import FPDF
from fpdf.util import Padding

from kiosk.files.resources import fallback_fonts

from .glyphs import is_plain, runs_left, visual


class LetterPDF(FPDF):
    """An FPDF with font fallback; fallback fonts are embedded only if used."""

    _others = False

    def normalize_text(self, text: str) -> str:
        """Return `text` in visual order; fpdf2 calls this once for every text."""
        if not is_plain(text):
            self._add_others()
            text = "\n".join(visual(line) for line in text.split("\n"))
        return str(super().normalize_text(text))

    def multi_cell(self, w: float, h: float | None = None, text: str = "", *args: Any, **options: Any) -> Any:
        """Write text of several lines. fpdf2 breaks lines after reordering, which would put the last words of
        right-to-left text in the first line; so it is broken here, in logical order."""
        if runs_left(text):
            edges = Padding.new(options.get("padding") or 0)
            room = (w or self.w - self.r_margin - self.x) - edges.left - edges.right - 2 * self.c_margin
            text = "\n".join(line for part in text.split("\n") for line in self._broken(part, room))
        return super().multi_cell(w, h, text, *args, **options)

    def _broken(self, text: str, room: float) -> list[str]:
        """Return `text` as lines of whole words up to `room` wide; a single longer word exceeds it."""
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
