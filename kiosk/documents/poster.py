"""The poster of a session: A4, with strips to tear off whose code puts the event into a phone's calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fpdf.enums import Align, XPos, YPos
from icalendar import Event
from PIL import Image, ImageOps

from kiosk.codes.symbols import text_qr
from kiosk.errors import N_
from kiosk.files.resources import font
from kiosk.language.pdf_letters import LetterPDF
from kiosk.language.translation import Language

if TYPE_CHECKING:
    from kiosk.services import SessionView

#: mm: margin, height of the picture, the strips with their width and the size of their code, gap between texts.
MARGIN, PICTURE, STRIPS, STRIP, CODE, GAP = 15.0, 74.0, 62.0, 22.5, 20.0, 3.0
#: Points: name, time and place, description in the first language; the same in the others.
FIRST, OTHERS = (40.0, 21.0, 14.0), (17.0, 12.5, 11.0)
#: Scales of the texts that are tried until everything fits above the strips.
SCALES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
#: Resolution of the picture, and of the code by its modules, dots per inch and pixels.
DPI, DOTS = 200, 6
#: Longest name in the code: a phone shows no more, and the code stays coarse.
LONGEST_NAME = 40
POINT = 25.4 / 72


@dataclass(frozen=True)
class PosterText:
    """What the poster says in one language."""

    name: str
    when: str
    about: str


@dataclass(frozen=True)
class EventPoster:
    """The content of a poster: the first text is large; `code` is the event for a phone's calendar, `hint` says so."""

    centre: str
    place: str
    partner: str
    texts: tuple[PosterText, ...]
    code: str
    hint: str
    picture: Image.Image | None


def poster_of(
    session: SessionView, languages: Sequence[Language], centre: str, picture: Image.Image | None = None
) -> EventPoster:
    """Return the poster of a session in `languages`, the centre's own first."""
    own = languages[0]
    partner = own.text(N_("In cooperation with: {partner}")).format(partner=session.partner) if session.partner else ""
    return EventPoster(
        centre=centre,
        place=session.place,
        partner=partner,
        texts=tuple(_texts(session, languages)),
        code=calendar_code(session, own.name(session.names), centre),
        hint=own.text(N_("Tear off a strip: its code puts the event into your phone’s calendar.")),
        picture=picture,
    )


def _texts(session: SessionView, languages: Sequence[Language]) -> Iterable[PosterText]:
    """Yield the texts; of other languages only those that say something of their own."""
    for at, language in enumerate(languages):
        about = session.about.get(language.code, "")
        if at == 0 or about or language.code in session.names:
            day, times = language.weekday_date(session.starts_at), language.span(session.starts_at, session.ends_at)
            yield PosterText(language.name(session.names), f"{day[:1].upper()}{day[1:]}  {times}", about)


def calendar_code(session: SessionView, name: str, centre: str) -> str:
    """Return the session as a calendar event (RFC 5545), as short as a phone takes it."""
    event = Event()
    event.add("summary", name[:LONGEST_NAME])
    for key, moment in (("dtstart", session.starts_at), ("dtend", session.ends_at)):
        event.add(key, _utc(moment))
    event.add("location", ", ".join(dict.fromkeys(filter(None, (session.place, centre)))))
    return str(event.to_ical().decode().strip())


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def poster_pdf(poster: EventPoster) -> bytes:
    """Return the poster as a PDF of one page. Texts shrink together until they fit; a picture without room is left
    out."""
    tries = [(picture, scale) for picture in (poster.picture, None) for scale in SCALES]
    for picture, scale in tries[:-1]:
        page = _Page(poster, scale)
        if page.write(picture):
            break
    else:
        page = _Page(poster, SCALES[-1])
        page.write(None)
    page.strips()
    return bytes(page.pdf.output())


class _Page:
    """One page with texts at `scale`."""

    def __init__(self, poster: EventPoster, scale: float) -> None:
        self.poster, self.scale = poster, scale
        self.pdf = LetterPDF(unit="mm", format="A4")
        self.pdf.set_margins(MARGIN, MARGIN)
        self.pdf.set_auto_page_break(False)
        for style, weight in (("", "Medium"), ("B", "ExtraBold")):
            self.pdf.add_font("Body", style, str(font(weight)))
        self.pdf.set_title(poster.texts[0].name)
        self.pdf.add_page()
        self.bottom = self.pdf.h - STRIPS - GAP

    def write(self, picture: Image.Image | None) -> bool:
        """Write all above the strips; returns whether it fits."""
        pdf, poster = self.pdf, self.poster
        self._line(poster.centre, 13)
        if picture is not None:
            self._picture(picture)
        first, *others = poster.texts
        self._text(first, poster.place, FIRST)
        for text in others:
            pdf.ln(GAP * self.scale)
            self._text(text, "", OTHERS)
        pdf.ln(GAP * self.scale)
        self._line(poster.partner, 11)
        self._line(poster.hint, 9)
        return bool(pdf.get_y() <= self.bottom)

    def _text(self, text: PosterText, place: str, points: tuple[float, float, float]) -> None:
        name, when, about = points
        self._line(text.name, name, bold=True)
        self._line(text.when, when, bold=True)
        self._line(place, when)
        self._line(text.about, about)

    def _line(self, text: str, points: float, *, bold: bool = False) -> None:
        if text:
            points *= self.scale
            self.pdf.set_font("Body", "B" if bold else "", points)
            self.pdf.multi_cell(0, points * POINT * 1.25, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _picture(self, picture: Image.Image) -> None:
        width, height, top = self.pdf.epw, PICTURE * self.scale, self.pdf.get_y() + GAP
        if picture.mode == "RGBA":  # drawn art stands free on the paper
            self.pdf.image(picture, h=height, x=Align.C, y=top)
        else:
            dots = (round(width / 25.4 * DPI), round(height / 25.4 * DPI))
            self.pdf.image(ImageOps.fit(picture, dots), x=MARGIN, y=top, w=width)
        self.pdf.set_y(top + height + GAP)

    def strips(self) -> None:
        """Draw the strips to tear off along the lower edge."""
        pdf, code = self.pdf, text_qr(self.poster.code, DOTS)
        count = int(pdf.epw // STRIP)
        left, top = (pdf.w - count * STRIP) / 2, pdf.h - STRIPS
        pdf.set_line_width(0.2)
        pdf.set_dash_pattern(dash=1.5, gap=1.5)
        pdf.line(0, top, pdf.w, top)
        for at in range(count + 1):
            pdf.line(left + at * STRIP, top, left + at * STRIP, pdf.h)
        for at in range(count):
            pdf.image(code, left + at * STRIP + (STRIP - CODE) / 2, top + 1, CODE, CODE)
            self._strip(left + at * STRIP, top + CODE + 2)

    def _strip(self, left: float, top: float) -> None:
        """Write name, time and place on a strip, upwards."""
        first, room = self.poster.texts[0], self.pdf.h - top - 6
        lines = (
            (first.name, 10.0, "B"),
            (first.when, 8.5, "B"),
            (self.poster.place, 8.5, ""),
            (self.poster.centre, 7.5, ""),
        )
        for at, (text, points, style) in enumerate(lines):
            self.pdf.set_font("Body", style, points)
            wide = self.pdf.get_string_width(text)
            if wide > room:
                self.pdf.set_font_size(points * room / wide)
            x, y = left + 5.5 + at * 4.6, top + room + 1
            with self.pdf.rotation(90, x, y):
                self.pdf.text(x, y, text)
