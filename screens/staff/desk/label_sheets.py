"""Labels for several items: on an A4 sheet by an office printer or a USB stick, or on the label printer."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from kivy.properties import BooleanProperty, ListProperty

from kiosk.documents.content import item_label, photo_of
from kiosk.documents.label import SHEETS, sheet_pdf
from kiosk.errors import N_, BadValue, KioskError
from kiosk.files.atomic import write_atomic
from kiosk.files.usb import hand_over
from kiosk.language.translation import Language
from kiosk.printing.finding import cups_queues
from kiosk.printing.pages import print_page
from kiosk.reports import Cancelled
from kiosk.vocabulary.states import SlipKind
from screens.widgets.choices import Option

from .base import StaffScreen

#: Destinations of labels.
STICK = Option("stick", N_("A4 sheet on a USB stick"), icon="usb_flash_drive_outline")
OFFICE = Option("office", N_("A4 sheet on the office printer"), icon="printer_outline")
ROLL = Option("roll", N_("On the label printer"), icon="label_outline")
LABEL_FILE = "labels.pdf"


class LabelScreen(StaffScreen):
    """A list in which items are `chosen`, by id, for labels. Its .kv has a `Doing` with the id `doing`."""

    chosen = ListProperty()
    busy = BooleanProperty(False)

    def done(self, _answer: Any = None) -> None:
        """Called when the labels are done."""
        raise LookupError("a LabelScreen says what is done then")

    def ask_where(self) -> None:
        """Ask for the destination of the labels."""
        if self.chosen and not self.busy:
            roll = (ROLL,) if self.app.services.print_queue.address(SlipKind.LABEL) else ()
            self.pick(self.app.tr._("Where are the labels printed?"), (STICK, OFFICE, *roll), self._where)

    def _where(self, where: str) -> None:
        if where == "roll":
            self._queue()
            return
        tr = self.app.tr
        options = [
            Option(
                key,
                tr(
                    "{count} labels, {wide} × {high} mm",
                    count=sheet.count,
                    wide=tr.language.decimal(sheet.width_mm),
                    high=tr.language.decimal(sheet.height_mm),
                ),
                icon="view_grid_outline",
            )
            for key, sheet in SHEETS.items()
        ]
        self.pick(tr._("Which sheet of labels?"), options, partial(self._ask_used, where))

    def _ask_used(self, where: str, sheet: str) -> None:
        tr = self.app.tr
        self.ask(
            tr._("How many labels of the first sheet are used already?"),
            lambda text: self._make(where, sheet, used(text, sheet)),
            board="PIN",
            optional=True,
            check=lambda text: used(text, sheet),
            most=2,
        )

    def _queue(self) -> None:
        app, items, now = self.app, tuple(self.chosen), self.app.now()

        def queue(who: str) -> None:
            for item_id in items:
                app.services.print_queue.add(kind=SlipKind.LABEL, subject=item_id, language="fi", now=now, who=who)

        def queued(_answer: Any) -> None:
            app.background.spooler.wake()
            app.shell.say(app.tr._("It is being printed"), "")
            self.done()

        self.do("print", queue, queued, self._failed)

    def _make(self, where: str, sheet: str, skip: int) -> None:
        if where == "stick":
            self._sheet(sheet, skip, self._to_stick)
        else:
            self.do("print", lambda who: cups_queues(), partial(self._ask_printer, sheet, skip), self._failed)

    def _ask_printer(self, sheet: str, skip: int, names: list[str]) -> None:
        tr = self.app.tr
        if not names:
            self.app.shell.say(
                tr._("No office printer was found"), tr._("Save the sheet to a USB stick and print it elsewhere.")
            )
        elif len(names) == 1:
            self._sheet(sheet, skip, partial(print_page, names[0]))
        else:
            options = [Option(name, name, icon="printer") for name in names]
            self.pick(
                tr._("On which printer?"), options, lambda name: self._sheet(sheet, skip, partial(print_page, name))
            )

    def _to_stick(self, pdf: bytes) -> Path:
        return hand_over(self.app.settings.reports.folder, LABEL_FILE, lambda path: write_atomic(path, pdf))

    def _sheet(self, sheet: str, skip: int, put_out: Any) -> None:
        """Render the labels of the chosen items, output them, and note that the items are labelled."""
        app, items, now = self.app, tuple(self.chosen), self.app.now()
        services, pictures = app.services, app.pictures
        languages = [Language(code) for code in dict.fromkeys(("fi", *app.settings.centre.languages))]
        self.busy = True
        work = self.ids.doing.begin(app.tr._("The labels are being made."))

        def make(who: str) -> Any:
            things = [services.goods.item(item_id, now) for item_id in items]
            labels = [item_label(item, photo_of(pictures, next(iter(item.photos), None)), languages) for item in things]
            pdf = sheet_pdf(labels, SHEETS[sheet], skip=skip, today=now, progress=lambda done, of: work.at(done / of))
            place = put_out(pdf)
            services.inventory.labelled(item_ids=items, now=now, who=who)
            return place

        self.do("print", make, self._made, self._failed)

    def _made(self, place: Any) -> None:
        tr, say = self.app.tr, self.app.shell.say
        self.ids.doing.end()
        if isinstance(place, Path):
            say(tr._("You can take out the USB stick now"), place.name)
        else:
            say(tr._("It was printed"), "")
        self.done()

    def _failed(self, error: KioskError) -> None:
        self.busy = False
        self.ids.doing.end()
        if not isinstance(error, Cancelled):
            self.app.show_error(error)


def used(text: str, sheet: str) -> int:
    """Return the typed number of used positions on a sheet; "" is 0. Raises BadValue."""
    count = int(text) if text.isdecimal() else 0
    if count >= SHEETS[sheet].count:
        raise BadValue(N_("The sheet does not have so many labels."))
    return count
