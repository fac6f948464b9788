"""A report as PDF/A-2u (ISO 19005-2), for archives: embedded fonts, searchable text, no external parts; tagged for
screen readers."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from xml.sax.saxutils import escape

from fpdf import FontFace, ViewerPreferences
from fpdf.enums import TableBordersLayout, TableHeadingsDisplay

from kiosk.errors import N_
from kiosk.files.resources import font
from kiosk.reports.logo import BadLogo, load_logo
from kiosk.reports.model import NUMBERS, Cell, Column, Report, Table
from kiosk.reports.wording import Say

from .pdf_charts import CHART_MM, draw_chart, spoken_chart
from .pdf_tags import TaggedPDF, TaggedTable

#: Margin of the page, and height of the footer, mm.
EDGE, FOOT = 15.0, 22.0
#: From this number of columns a table is set in landscape.
WIDE = 7
#: Font size of a table by its number of columns, points.
SMALL, NORMAL = 8.0, 9.5
INK, QUIET, RULE, BAND = (22, 41, 56), (84, 102, 117), (150, 166, 178), (238, 243, 247)
LOGO_MM = 14.0


class _Paper(TaggedPDF):
    """Pages with the project's line in the footer."""

    def __init__(self, report: Report, say: Say) -> None:
        # fontTools logs the font tables that it drops because PDF does not need them.
        logging.getLogger("fontTools").setLevel(logging.ERROR)
        super().__init__(unit="mm", format="A4", enforce_compliance="PDF/A-2U")
        self.report, self.say = report, say
        for style, weight in (("", "Medium"), ("B", "Bold")):
            self.add_font("Text", style, str(font(weight)))
        self.set_font("Text", size=NORMAL)
        self.set_text_color(*INK)
        self.set_title(report.title)
        self.set_author(report.centre)
        self.set_lang(say.language.locale.language)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_creation_date(report.as_of)
        self.set_xmp_metadata(_about(report))
        self.set_margins(EDGE, EDGE, EDGE)
        self.set_auto_page_break(True, FOOT)
        self.alias_nb_pages()

    def footer(self) -> None:
        """Write project, title and page number under a rule."""
        with self.artifact():
            self.set_y(-FOOT + 6)
            self.set_draw_color(*RULE)
            self.line(EDGE, self.get_y(), self.w - EDGE, self.get_y())
            self.ln(2)
            self.set_font("Text", size=8)
            self.set_text_color(*QUIET)
            project = self.report.project
            left = f"{project.number}  {project.name}" if project else self.report.centre
            self.cell(self.epw * 0.78, 5, f"{left}  ·  {self.report.title}")
            self.cell(0, 5, f"{self.page_no()}/{{nb}}", align="R")
            self.set_text_color(*INK)

    def heading(self, text: str, size: float, kind: str = "/H2") -> None:
        """Write a heading, tagged as `kind`."""
        self.set_font("Text", "B", size)
        with self.tag(kind):
            self.multi_cell(0, size * 0.5, text, new_x="LMARGIN", new_y="NEXT", align="L")
        self.ln(size * 0.12)
        self.set_font("Text", size=NORMAL)

    def front(self) -> None:
        """Write the header of the report, below the funder's logo."""
        self.add_page()
        self.logo()
        self.heading(self.report.centre, 11, "/P")
        self.heading(self.report.title, 22, "/H1")
        self.ln(2)
        for label, text in self.report.head:
            self.set_font("Text", size=NORMAL)
            self.set_text_color(*QUIET)
            top = self.get_y()
            with self.tag("/P"):
                self.multi_cell(42, 5.4, label, align="L", new_x="RIGHT", new_y="TOP")
                self.set_text_color(*INK)
                self.set_xy(EDGE + 44, top)
                self.multi_cell(0, 5.4, text, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def logo(self) -> None:
        """Draw the funder's logo; the remarks of the report name one that is missing or cannot be read."""
        project = self.report.project
        if project is None or not project.logo:
            return
        try:
            picture = load_logo(project.logo)
        except BadLogo:
            return
        with self.tag("/Figure", alt=project.funder or project.name):
            self.image(picture, x=self.w - EDGE - 60, y=EDGE, w=60, h=LOGO_MM, keep_aspect_ratio=True)
        self.ln(LOGO_MM + 2)

    def charts(self) -> None:
        """Draw the charts one under the other."""
        for chart in self.report.charts:
            if self.will_page_break(CHART_MM + 12):
                self.add_page(same=True)
            self.heading(chart.title, 12)
            with self.tag("/Figure", alt=spoken_chart(chart, self.say)):
                draw_chart(self, chart, INK, QUIET)
            self.ln(5)

    def table_of(self, table: Table) -> None:
        """Write a table; a wide one on a landscape page."""
        across = len(table.columns) > WIDE
        if across != (self.w > self.h):
            self.add_page(orientation="L" if across else "P")
        elif self.will_page_break(40):
            self.add_page(same=True)
        self.heading(table.title, 12)
        size = SMALL if len(table.columns) > 5 else NORMAL
        self.set_font("Text", size=size)
        self.set_draw_color(*RULE)
        self.set_fill_color(255, 255, 255)
        head = FontFace(emphasis="BOLD", fill_color=BAND)
        grid = TaggedTable(
            self,
            col_widths=_widths(self, table),
            headings_style=head,
            line_height=size * 0.52,
            padding=1.1,
            v_align="MIDDLE",
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            text_align=tuple("RIGHT" if column.type in (*NUMBERS, "clock") else "LEFT" for column in table.columns),
            repeat_headings=TableHeadingsDisplay.ON_TOP_OF_EVERY_PAGE,
        )
        grid.row([column.title for column in table.columns])
        for row in table.rows:
            grid.row(self._texts(row, table.columns), min_height=_high(table))
        if table.total is not None:
            grid.row(self._texts(table.total, table.columns), style=FontFace(emphasis="BOLD", fill_color=BAND))
        grid.render()
        if table.note:
            self.small(table.note)
        self.ln(6)

    def _texts(self, row: Sequence[Cell], columns: Sequence[Column]) -> list[str]:
        return [self.say.cell(cell, column) for cell, column in zip(row, columns, strict=True)]

    def small(self, text: str) -> None:
        """Write a remark."""
        self.set_font("Text", size=8)
        self.set_text_color(*QUIET)
        self.ln(1)
        with self.tag("/P"):
            self.multi_cell(0, 4.2, text, align="L", new_x="LMARGIN", new_y="NEXT")
        self.set_text_color(*INK)

    def end(self) -> None:
        """Write the remarks and the lines for signatures."""
        for note in self.report.notes:
            self.small(note)
        if self.will_page_break(30):
            self.add_page(same=True)
        self.ln(16)
        self.set_font("Text", size=8)
        self.set_text_color(*QUIET)
        width = (self.epw - 2 * 8) / 3
        top = self.get_y()
        for at, label in enumerate((N_("Place and date"), N_("Signature"), N_("Name in capitals"))):
            left = EDGE + at * (width + 8)
            with self.artifact():
                self.line(left, top, left + width, top)
            self.set_xy(left, top + 1)
            with self.tag("/P"):
                self.cell(width, 5, self.say.text(label))


def to_bytes(report: Report) -> bytes:
    """Return the report as a PDF/A file."""
    paper = _Paper(report, Say(report.language, report.timezone))
    paper.front()
    paper.charts()
    for table in report.tables:
        paper.table_of(table)
    paper.end()
    return bytes(paper.output())


def _about(report: Report) -> str:
    """Return the XMP metadata. Its times are those of the data, so that the file is reproducible."""
    title, author = escape(report.title), escape(report.centre)
    time = report.as_of.isoformat(timespec="seconds")
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
   xmlns:xmp="http://ns.adobe.com/xap/1.0/"
   xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
  <rdf:Description rdf:about="">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>U</pdfaid:conformance>
   <xmp:CreateDate>{time}</xmp:CreateDate>
   <xmp:ModifyDate>{time}</xmp:ModifyDate>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>"""


def _high(table: Table) -> float | None:
    """Return the height of a row for a signature, mm; None for the height of the text."""
    return 9.0 if any(column.type == "sign" for column in table.columns) else None


def _widths(paper: _Paper, table: Table) -> tuple[float, ...]:
    """Return the relative widths of the columns: by their longest word, names by their length up to a limit."""
    widths = []
    for at, column in enumerate(table.columns):
        cells = [
            paper.say.cell(row[at], column) for row in (*table.rows[:300], *([table.total] if table.total else []))
        ]
        longest = max((paper.get_string_width(text) for text in cells), default=0.0)
        word = max((paper.get_string_width(word) * 1.08 for word in column.title.split()), default=0.0)
        widths.append(34.0 if column.type == "sign" else max(word, min(longest, 55.0)) + 4.0)
    return tuple(widths)
