"""The content of slips, labels, badges and the sheet of a request; `kiosk.codes` draws the symbols."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from kiosk.codes.codes import Code, Kind, new_code
from kiosk.errors import N_, KioskError
from kiosk.language.translation import Language
from kiosk.pictures.store import BadPicture, Pictures
from kiosk.printing.spooler import PrintTask
from kiosk.vocabulary.states import SlipKind

from .contact import contact
from .label import LABELS, Label, draw_label
from .slip import RIVER, Slip, draw
from .text_layout import font, wrap, write

if TYPE_CHECKING:
    from kiosk.services import ItemView, Member, ScanResult, Services, TicketView, VolunteerView

#: Dots per inch of receipt and label printers (DOMAIN.md section 6).
PRINTER_DPI = 203
#: Size of a printed photo in pixels: above the resolution of any printer used.
PHOTO = (640, 640)


#: The colour of each kind of slip on the screen.
TINTS: dict[str, str] = {
    SlipKind.REQUEST: "#A02438",
    SlipKind.QUEUE: "#B96A00",
    SlipKind.DONATION: "#1F6B4F",
    SlipKind.WISH: "#6B4C9A",
    SlipKind.SEAT: "#46545F",
}


def ticket_slip(ticket: TicketView, language: Language, finnish: Language, centre: str) -> Slip:
    """Return the slip of a ticket, in the visitor's language with a line for staff in Finnish; without its photo."""
    _ = language.text
    deadline = language.at(ticket.deadline)
    short = language.at(ticket.deadline, short=True)
    return Slip(
        heading=centre,
        item_name=ticket.named(language),
        photo=None,
        code=ticket.code,
        deadline_text=_(N_("Collect by: {deadline}")).format(deadline=deadline),
        due=_(N_("Collect by: {deadline}")).format(deadline=short),
        lines=(
            _(N_("Show this at the desk. It is free.")),
            _(N_("Take a photo of this ticket, or remember its number.")),
            _(N_("After that time others can have it.")),
        ),
        staff_line=finnish.text(N_("For staff: scan the code, then hand over the thing."))
        + "  "
        + ticket.named(finnish),
        provisional_text=_(N_("Provisional: staff will confirm it.")) if ticket.provisional else None,
        number=_(N_("Pick-up number {number}")).format(number=ticket.number) if ticket.number else "",
    )


def slip_of(found: ScanResult, language: Language, finnish: Language, centre: str) -> Slip:
    """Return the slip of a scan result, in the visitor's language; without a photo."""
    if found.ticket is not None:
        return ticket_slip(found.ticket, language, finnish, centre)
    told = found.slip_lines(language)
    return Slip(
        heading=centre,
        item_name=told.name,
        photo=None,
        code=found.code,
        deadline_text=told.boxed,
        due=told.due,
        lines=tuple(filter(None, (told.line, language.text(N_("Scan or type this code on the screen to see more."))))),
        staff_line=finnish.text(N_("For staff: scan the code to see its status.")),
        tint=TINTS.get(found.kind, RIVER),
    )


def badge_slip(member: Member, code: Code, language: Language, centre: str) -> Slip:
    """Return the slip of a badge."""
    _ = language.text
    return Slip(
        heading=centre,
        item_name=member.name,
        photo=None,
        code=code,
        deadline_text=_(N_("Staff badge")),
        lines=(_(N_("Show it to the scanner to sign in as staff.")), _(N_("Lost? Tell the coordinator immediately."))),
        staff_line=_(N_("This badge is shown only once. It cannot be printed again.")),
    )


def test_slip(language: Language, centre: str) -> Slip:
    """Return a test slip: letters of every language and a code."""
    _ = language.text
    return Slip(
        heading=centre,
        item_name=_(N_("Test page")),
        photo=None,
        code=new_code(Kind.TICKET),
        deadline_text="Åå Ää Öö  ·  Її Єє Ґґ",
        lines=(_(N_("If you can read this and the scanner reads the code, the printer is ready.")),),
        staff_line="",
    )


def volunteer_slip(volunteer: VolunteerView, language: Language, centre: str) -> Slip:
    """Return the card of a volunteer, with the number and never the name."""
    _ = language.text
    return Slip(
        heading=centre,
        item_name=_(N_("Volunteer {number}")).format(number=volunteer.number),
        photo=None,
        code=volunteer.code,
        deadline_text=_(N_("Show this card when you come and when you go.")),
        lines=(_(N_("Show this card to the scanner on any screen, or type the code.")),),
        staff_line=_(N_("The name is sealed. Only the number is on this card.")),
    )


def item_label(item: ItemView, photo: Image.Image | None, languages: list[Language]) -> Label:
    """Return the label of an item, with its name in the first two languages."""
    names = tuple(dict.fromkeys(language.name(item.names) for language in languages))
    count = f"{item.quantity} ×" if item.quantity > 1 else ""
    note = " · ".join(part for part in (item.place, item.size, count) if part)
    return Label(item.label_code, names[:2], note, photo)


def photo_of(pictures: Pictures, photo: str | None, size: tuple[int, int] = PHOTO) -> Image.Image | None:
    """Return a stored photo, or None if it is missing: the document is printed without it."""
    if not photo:
        return None
    try:
        width, height, data = pictures.decode(photo, "page", size)
    except BadPicture:
        return None
    return Image.frombytes("RGB", (width, height), data)


class PrintRoom:
    """The print queue for the spooler, and the rendering of its jobs."""

    def __init__(self, services: Services, pictures: Pictures, now: Callable[[], datetime]) -> None:
        self._services, self._pictures, self._now = services, pictures, now
        centre = services.settings.centre
        self._languages = {code: Language(code, timezone=centre.timezone) for code in centre.languages}
        self._finnish = Language("fi", timezone=centre.timezone)

    def next_job(self) -> PrintTask | None:
        return self._services.print_queue.take(self._now())

    def sent(self, job_id: str) -> None:
        self._services.print_queue.sent(job_id, self._now())

    def again(self, job_id: str, error: KioskError) -> None:
        self._services.print_queue.again(job_id, error, self._now())

    def unsure(self, job_id: str, error: KioskError) -> None:
        self._services.print_queue.unsure(job_id, error, self._now())

    def render(self, job: PrintTask) -> Image.Image:
        """Render a job for its printer. Raises UnknownCode or UnknownItem when its subject is gone."""
        language = self._languages.get(job.language, self._finnish)
        copy_text = language.text(N_("Copy {number}")).format(number=job.copy) if job.copy > 1 else None
        if job.kind != SlipKind.LABEL:
            found = self._services.scan.slip(job.kind, job.subject, self._now())
            slip = slip_of(found, language, self._finnish, self._services.settings.centre.name)
            photo = photo_of(self._pictures, found.ticket.item.photo) if found.ticket else None
            reached = contact(self._services.settings, language).line
            return draw(replace(slip, photo=photo, copy_text=copy_text, contact=reached), job.width)
        item = self._services.goods.item(job.subject, self._now())
        photo = photo_of(self._pictures, item.photos[0] if item.photos else None)
        label = item_label(item, photo, [self._finnish, *self._languages.values()])
        if copy_text:
            label = replace(label, note=f"{label.note}  ({copy_text})".strip())
        size = LABELS[self._services.settings.printers.label_size]
        return draw_label(label, size, PRINTER_DPI)


def request_sheet(day: str, rows: list[tuple[str, str]], heading: str, width: int) -> Image.Image:
    """Render the opened details of a request, black on white, `width` dots wide: `rows` are questions and answers,
    `day` is formatted. It is never queued, so the details are stored nowhere."""
    margin, size = width // 24, width // 18
    image = Image.new("L", (width, 200 * size), 255)
    pen = ImageDraw.Draw(image)
    y = margin

    def put(text: str, face: str, pixels: int) -> None:
        nonlocal y
        drawn = font(face, pixels)
        for line in wrap(text, drawn, width - 2 * margin):
            write(pen, (margin, y), line, drawn, 0)
            y += round(pixels * 1.35)

    put(heading, "heavy", round(size * 1.4))
    put(day, "regular", size)
    for question, answer in rows:
        y += size // 2
        put(question, "regular", round(size * 0.8))
        put(answer, "bold", size)
    return image.crop((0, 0, width, y + margin)).point(lambda value: 255 if value > 140 else 0)


def picture_bytes(image: Image.Image) -> tuple[int, int, bytes, str]:
    """Return an image for a texture: width, height, bytes from the top row, and "rgb", or "rgba" where it has corners."""
    kind = "RGBA" if image.mode == "RGBA" else "RGB"
    plain: Any = image.convert(kind)
    return plain.width, plain.height, plain.tobytes(), kind.lower()
