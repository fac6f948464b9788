"""Slips on the screen: a code as QR code and text. The base of all journeys that give a code."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from kivy.properties import ObjectProperty, StringProperty

from kiosk.codes.codes import display
from kiosk.codes.symbols import qr
from kiosk.documents.content import picture_bytes, test_slip
from kiosk.documents.slip import draw
from kiosk.printing.printers import parse_address, send
from kiosk.services.desk.print_queue import PAPER_DOTS
from screens.frame.screen import KioskScreen
from screens.tools.photos import texture_of

if TYPE_CHECKING:
    from kiosk.codes.codes import Code
    from screens.app import KioskApp


class SlipScreen(KioskScreen):
    """Shows a code; `show_code` renders it on a worker. `kind` is the kind of code."""

    kind: ClassVar[str]
    texture = ObjectProperty(None, allownone=True)
    code_text = StringProperty()
    #: Maximum size of the symbol, mm.
    side: ClassVar[float] = 46

    def show_code(self, code: str) -> None:
        """Show `code` as text at once, and as a symbol once it is rendered."""
        self.code_text = display(code)
        self.texture = None
        side = int(self.side * self.app.theme.mm)
        self.app.work(lambda: symbol(code, side), lambda image: self._drawn(code, image))

    def _drawn(self, code: str, image: Any) -> None:
        if self.code_text == display(code):
            self.texture = texture_of(*image)

    def leave_number(self, code: Code) -> None:
        """Ask for a phone number for what has this code."""
        self.app.shell.go("call_me", code=code)

    def print(self, subject: str) -> None:
        """Queue the slip of the subject with this id for printing."""
        print_slip(self.app, self.kind, subject)

    def reset(self) -> None:
        self.texture = None
        self.code_text = ""


def print_slip(app: KioskApp, kind: str, subject: str) -> None:
    """Queue a slip for printing, without waiting for the printer."""
    language, now = app.tr.code, app.now()
    who = app.member.who if app.member else "visitor"

    def queued(_job: Any) -> None:
        app.background.spooler.wake()
        app.shell.say(app.tr._("It is being printed"), app.tr._("If nothing comes out, the code here is enough."))

    app.work(
        lambda: app.services.print_queue.add(kind=kind, subject=subject, language=language, now=now, who=who), queued
    )


def test_page(app: KioskApp) -> Callable[[], None]:
    """Return a function that prints a test page with a code, bypassing the queue."""
    printers, slip = app.settings.printers, test_slip(app.tr.language, app.settings.centre.name)
    return lambda: send(parse_address(printers.receipt), draw(slip, PAPER_DOTS[printers.paper_mm], colour=False))


def symbol(code: str, side: int) -> tuple[int, int, bytes, str]:
    """Render the QR code of `code`, at most `side` pixels wide, with whole-pixel modules."""
    image = qr(code, scale=1)
    return picture_bytes(qr(code, scale=max(1, side // image.width)))
