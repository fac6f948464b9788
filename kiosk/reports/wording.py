"""The texts of a report in its language: names of groups, things and steps, dates and numbers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_skeleton
from babel.numbers import format_decimal

from kiosk.language.translation import LANGUAGES, N_, Language, display
from kiosk.vocabulary.states import VisitWay

from .model import Cell, Column, Hidden

GROUPS = {
    "family": N_("Families with children"),
    "older": N_("Older people"),
    "young": N_("Young people"),
    "ukrainian": N_("People from Ukraine"),
    "other": N_("Others"),
    "": N_("Not stated"),
}
WAYS: dict[str, str] = {
    VisitWay.KIOSK: N_("By the visitor"),
    VisitWay.TALLY: N_("By staff"),
    VisitWay.PAPER: N_("On paper"),
    VisitWay.IMPORTED: N_("From earlier lists"),
}
#: Decimal places.
PLACES = {"kg": 1, "hours": 2, "money": 2, "days": 1, "percent": 1}


class Say:
    """Formats texts and values of a report in one language."""

    def __init__(self, code: str, zone: str) -> None:
        self.code, self.zone = code, zone
        self.language = Language(code, timezone=zone)

    def text(self, message: str, **values: object) -> str:
        """Return a message with its fields filled."""
        return self.language.text(message).format(**values)

    def name(self, names: dict[str, str]) -> str:
        """Return the name in this language, or the next best."""
        return self.language.name(names)

    def language_name(self, code: str) -> str:
        """Return a language's own name."""
        return LANGUAGES.get(code, code) if code else self.text(N_("Not stated"))

    def month(self, month: str) -> str:
        """Return a month such as "marraskuu 2026" for "2026-11"."""
        text = format_skeleton("yMMMM", date.fromisoformat(f"{month}-01"), locale=self.language.locale)
        return display(text[:1].upper() + text[1:])

    def month_figures(self, month: str) -> str:
        """Return a month in figures, such as "11.2026" for "2026-11"."""
        return display(format_skeleton("yM", date.fromisoformat(f"{month}-01"), locale=self.language.locale))

    def day(self, day: date) -> str:
        """Return a date in figures, such as "24.11.2026"."""
        return self.language.figures(day)

    def moment(self, moment: datetime) -> str:
        """Return local date and time."""
        return f"{self.day(self.local(moment))} {self.language.time(moment)}"

    def local(self, moment: datetime) -> date:
        """Return the local date of a moment."""
        return self.language._local(moment)

    def number(self, number: float) -> str:
        """Return a number with as many places as it needs."""
        return display(str(format_decimal(number, locale=self.language.locale)))

    def cell(self, cell: Cell, column: Column) -> str:
        """Return a cell as formatted text."""
        if cell is None:
            return ""
        if isinstance(cell, Hidden):
            return str(cell.value)
        if isinstance(cell, datetime):
            return self.language.time(cell)
        if isinstance(cell, date):
            return self.day(cell)
        if isinstance(cell, str):
            return cell
        places = PLACES.get(column.type, 0)
        pattern = "#,##0" + ("." + "0" * places if places else "")
        return format_decimal(cell if isinstance(cell, int) else Decimal(cell), pattern, locale=self.language.locale)
