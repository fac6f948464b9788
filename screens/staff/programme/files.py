"""Calendar files: import from a stick, with the reason for each event left out, and export to one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from kivy.properties import BooleanProperty, ListProperty, StringProperty

from kiosk.errors import N_, KioskError
from kiosk.files.atomic import write_atomic
from kiosk.files.spreadsheets import cell_text
from kiosk.files.usb import NoStick, files, place_to_write
from kiosk.services.programme.calendar_files import MOST_BYTES
from screens.frame.screen import told_by
from screens.staff.desk.base import StaffScreen
from screens.widgets.lists import Line

#: Name of the exported file.
NAME = "lumijobi.ics"
#: Endings of calendar files: of the present and of old phones, and of what Google exports.
CALENDARS = (".ics", ".ical", ".vcs", ".ics.zip", ".ical.zip")
#: Holidays that are listed individually.
MOST_DAYS = 3


class BadStick(KioskError):
    default = N_("The file cannot be read or written: {reason}")


class CalendarFilesScreen(StaffScreen):
    """Lists the files found; after an import, `said` and the lines show its result."""

    lines = ListProperty(None, allownone=True)
    said = StringProperty()
    busy = BooleanProperty(False)

    def open(self, **values: Any) -> None:
        self.look()

    def look(self) -> None:
        """Look what files are there now."""
        self.said, self.busy = "", False
        folder = self.app.settings.calendar.folder
        self.load("events", lambda who: files(folder, CALENDARS), self._found)

    def _found(self, found: list[Path]) -> None:
        self.lines = [
            Line(str(path), cell_text(path.name), cell_text(path.parent.name), icon="calendar_import") for path in found
        ]

    def choose(self, path: str) -> None:
        """Import a file."""
        if self.busy:
            return
        self.busy = True
        app, now = self.app, self.app.now()

        def work(who: str) -> Any:
            try:
                with Path(path).open("rb") as file:
                    data = file.read(MOST_BYTES + 1)
            except OSError as error:
                raise BadStick(reason=error.strerror or str(error)) from error
            return app.services.calendar_files.bring_in(data=data, now=now, who=who)

        self.do("events", work, self._taken, self._failed)

    def _taken(self, answer: Any) -> None:
        tr, taken = self.app.tr, len(answer.taken)
        self.busy = False
        self.said = tr.n("{count} imported", "{count} imported", taken).format(count=taken)
        if answer.known:
            self.said += "  ·  " + tr("Already there: {count}", count=answer.known)
        left = [
            Line(str(number), left.name or "–", tr.error(left.error), icon="calendar_alert", alarm=True)
            for number, left in enumerate(answer.left)
        ]
        holidays = [
            Line(f"holiday {number}", one.name, self._holidays(one.days), icon="flag_variant_outline")
            for number, one in enumerate(answer.holidays)
        ]
        added = [Line(f"taken {number}", name, icon="calendar_check") for number, name in enumerate(answer.taken)]
        self.lines = [*left, *holidays, *added]

    def _holidays(self, days: tuple[date, ...]) -> str:
        """Return the text of holidays that an imported series skips."""
        tr = self.app.tr
        first = "  ·  ".join(tr.language.short_date(day) for day in days[:MOST_DAYS])
        shown = first + (" …" if len(days) > MOST_DAYS else "")
        return str(tr("Not on holidays: {days}", days=shown))

    def write(self) -> None:
        """Export the programme to a stick."""
        self.busy = True
        app, now = self.app, self.app.now()

        def work(who: str) -> Path:
            place = place_to_write(app.settings.calendar.folder)
            if place is None:
                raise NoStick()
            try:
                write_atomic(place / NAME, app.services.calendar_files.export(now=now))
            except OSError as error:
                raise BadStick(reason=error.strerror or str(error)) from error
            return place / NAME

        self.do("events", work, self._written, self._failed)

    def _written(self, path: Path) -> None:
        tr = self.app.tr
        self.busy = False
        self.app.shell.say(tr._("The programme was exported"), f"{path.parent.name} / {path.name}")
        self.look()

    def _failed(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)

    @told_by("said")
    def empty(self) -> str:
        """Text without any files."""
        words = self.app.tr._("No calendar file found. Plug in a USB stick and touch “Look again”.")
        return "" if self.said else words

    def reset(self) -> None:
        self.lines = None
        self.said = ""
        self.busy = False
