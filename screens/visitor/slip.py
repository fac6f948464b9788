"""Slips on the screen: a stub with a code. The base of all journeys that give a code."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from kivy.clock import Clock
from kivy.properties import ObjectProperty, StringProperty

from kiosk.codes.codes import display
from kiosk.documents.content import picture_bytes, slip_of, test_slip
from kiosk.documents.slip import Slip, draw
from kiosk.documents.stub import Steps, stub
from kiosk.printing.printers import parse_address, send
from kiosk.services.desk.code_kinds import ScanResult
from kiosk.services.desk.print_queue import PAPER_DOTS
from screens.frame.screen import KioskScreen
from screens.tools.photos import texture_of

if TYPE_CHECKING:
    from kiosk.codes.codes import Code
    from screens.app import KioskApp
    from screens.widgets.theme import Theme


#: Least side of a stub, mm: below it the layout pass has not run yet.
LEAST = 40


class SlipScreen(KioskScreen):
    """Shows a code on its stub, drawn on a worker at the size of the widget `paper`, in the present language and type size.
    `kind` is the kind of code."""

    kind: ClassVar[str]
    texture = ObjectProperty(None, allownone=True)
    #: What the stub says, for the screen reader.
    told = StringProperty()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._view: Any = None
        self._key: tuple[Any, ...] = ()
        self._draw = Clock.create_trigger(self._draw_now)
        self.ids.paper.bind(size=self._draw)
        self.app.theme.bind(big=self._draw)
        self.bind(language=self._draw)

    def show_code(self, view: Any) -> None:
        """Show the stub of `view`, a thing of this kind with a code."""
        self.told, self.texture = display(view.code), None
        self._view, self._key = view, ()
        self._draw()

    def slip(self, view: Any) -> Callable[[], Slip]:
        """Return what makes the slip of `view`, on a worker."""
        app = self.app
        result = ScanResult(self.kind, view.code, (), **{self.kind: view})
        language, finnish, centre = app.tr.language, app.finnish, app.settings.centre.name
        return lambda: slip_of(result, language, finnish, centre)

    def _draw_now(self, *_: object) -> None:
        theme, (width, height) = self.app.theme, self.ids.paper.size
        if self._view is None or min(width, height) < LEAST * theme.mm:
            return
        key = self._view.code, self.app.tr.code, int(width), int(height), theme.big
        if key == self._key:
            return
        self._key = key
        steps, make = steps_of(theme), self.slip(self._view)

        def drawn() -> tuple[Slip, tuple[int, int, bytes, str]]:
            slip = make()
            return slip, picture_bytes(stub(slip, (int(width), int(height)), steps))

        self.app.work(drawn, lambda answer: self._drawn(key, *answer))

    def _drawn(self, key: Any, slip: Slip, image: tuple[int, int, bytes, str]) -> None:
        if key == self._key:
            self.texture = texture_of(*image)
            parts = slip.item_name, slip.number, slip.deadline_text, display(slip.code)
            self.told = "\n".join(filter(None, parts))

    def leave_number(self, code: Code) -> None:
        """Ask for a phone number for what has this code."""
        self.app.shell.go("call_me", code=code)

    def print(self, subject: str) -> None:
        """Queue the slip of the subject with this id for printing."""
        print_slip(self.app, self.kind, subject)

    def reset(self) -> None:
        self.texture = None
        self.told, self._view = "", None
        self._key = ()


def steps_of(theme: Theme) -> Steps:
    """Return the type steps for a stub."""
    return Steps(theme.mm, (theme.display, theme.title, theme.heading, theme.body, theme.small))


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
    return lambda: send(parse_address(printers.receipt), draw(slip, PAPER_DOTS[printers.paper_mm]))
