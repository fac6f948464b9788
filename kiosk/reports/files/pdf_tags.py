"""Structure of a tagged PDF (ISO 32000-1, 14.8): headings, paragraphs, figures with alternative text, tables by cells.

fpdf2 supports a flat tree, for pictures only. Here the tree has any depth; everything that is not content (rules,
backgrounds, footers, repeated table headers) is marked as an artifact, which screen readers skip.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import SimpleNamespace
from typing import Any

from fpdf.structure_tree import StructElem, StructTreeRoot
from fpdf.syntax import PDFArray, PDFObject
from fpdf.table import Table

from kiosk.language.pdf_letters import LetterPDF

#: Marked content that a screen reader skips.
ARTIFACT = "/Artifact"


class Element(StructElem):
    """A structure element; `kids` are elements, or ids of marked content on page `page`."""

    __slots__ = ("a",)

    def __init__(self, kind: str, parent: PDFObject, *, alt: str | None = None, page: int | None = None) -> None:
        super().__init__(kind, parent, [], page_number=page, alt=alt)
        # a header cell has the scope of its column
        self.a = "<</O /Table /Scope /Column>>" if kind == "/TH" else None


class Tree:
    """The structure builder that fpdf2 expects, with any depth. Its `doc_struct_elem.k` are the elements with content;
    fpdf2 gives them their page."""

    def __init__(self) -> None:
        self.root = StructTreeRoot()
        self.document = Element("/Document", self.root)
        self.root.k.append(self.document)
        self.doc_struct_elem = SimpleNamespace(k=PDFArray())
        self._elements: list[PDFObject] = [self.root, self.document, self.root.parent_tree]
        self._pages: dict[int, int] = {}

    def add(self, kind: str, parent: Element, **said: Any) -> Element:
        """Return a new element under `parent`."""
        made = Element(kind, parent, **said)
        parent.k.append(made)
        self._elements.append(made)
        if made.page_number() is not None:
            self.doc_struct_elem.k.append(made)
        return made

    def mark(self, element: Element, page: int) -> tuple[int, int]:
        """Return the id of the next marked content on `page`, which belongs to `element`."""
        key = self._pages.setdefault(page, len(self._pages))
        marks = self.root.parent_tree.nums[key]
        marks.append(element)
        element.k.append(len(marks) - 1)
        return len(marks) - 1, key

    def empty(self) -> bool:
        return not self.document.k

    def __iter__(self) -> Iterator[PDFObject]:
        yield from self._elements


class TaggedPDF(LetterPDF):
    """Pages whose content is written within `tag` or `artifact`; when nested, the outer one is paused."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.tree = self.struct_builder = Tree()  # type: ignore[assignment]
        self._parents = [self.tree.document]
        self._marks: list[tuple[str, str | None, Element | None]] = []
        self._cell = ""

    @contextmanager
    def part(self, kind: str) -> Iterator[Element]:
        """Group what is tagged within: "/Table", "/TR"."""
        made = self.tree.add(kind, self._parents[-1])
        self._parents.append(made)
        yield made
        self._parents.pop()

    @contextmanager
    def tag(self, kind: str, *, alt: str | None = None) -> Iterator[None]:
        """Mark what is drawn within as content. After a page break it continues in another element of the same kind."""
        self._close()
        self._marks.append((kind, alt, None if kind == ARTIFACT else self._parents[-1]))
        self._open()
        yield
        self._close()
        self._marks.pop()
        self._open()

    def artifact(self) -> AbstractContextManager[None]:
        """Mark what is drawn within as an artifact."""
        return self.tag(ARTIFACT)

    def add_page(self, *args: Any, **options: Any) -> None:
        """Start a page; marked content never spans pages."""
        self._close()
        resting, self._marks = self._marks, []
        super().add_page(*args, **options)
        self._marks = resting
        self._open()

    def _open(self) -> None:
        if not self._marks or not self.page:
            return
        kind, alt, parent = self._marks[-1]
        if parent is None:
            self._out("/Artifact BMC")
            return
        element = self.tree.add(kind, parent, page=self.page, alt=alt)
        number, key = self.tree.mark(element, self.page)
        self.pages[self.page].struct_parents = key
        self._out(f"{kind} <</MCID {number}>> BDC")

    def _close(self) -> None:
        if self._marks and self.page:
            self._out("EMC")

    def next_cell(self, kind: str, text: bool) -> None:
        """Tag the text that is written next as a cell; an empty cell keeps its place in the row."""
        if text:
            self._cell = kind
        else:
            self.tree.add(kind, self._parents[-1])

    def multi_cell(self, *args: Any, **options: Any) -> Any:
        """Write a text; in a table, as its cell."""
        kind, self._cell = self._cell, ""
        with self.tag(kind) if kind else nullcontext():
            return super().multi_cell(*args, **options)


class TaggedTable(Table):
    """A table whose rows and cells are tagged; its borders and repeated heads are artifacts."""

    def __init__(self, paper: TaggedPDF, **options: Any) -> None:
        super().__init__(paper, **options)
        self._paper, self._headed, self._repeats = paper, False, False

    def render(self) -> None:
        with self._paper.part("/Table"):
            super().render()

    def _render_table_row(self, i: int, *args: Any, **options: Any) -> None:
        self._repeats = self._headed and i < self._num_heading_rows
        self._headed = True
        with self._paper.artifact(), nullcontext() if self._repeats else self._paper.part("/TR"):
            super()._render_table_row(i, *args, **options)

    def _render_table_cell(self, i: int, j: int, cell: Any, *args: Any, **options: Any) -> tuple[bool, float, float]:
        # without the row heights fpdf2 only measures the cell
        if options.get("cell_height_info") is not None and not self._repeats:
            self._paper.next_cell("/TH" if i < self._num_heading_rows else "/TD", bool(cell.text))
        return super()._render_table_cell(i, j, cell, *args, **options)
