"""Step: the printer for slips, detected automatically, with a test page."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty, StringProperty

from kiosk.errors import N_
from kiosk.printing.finding import found
from screens.visitor.slip import test_page
from screens.widgets.choices import Option

from .step import SetupStepScreen

#: Key of the option to type an address.
OTHER = "other"


class SetupPrinterScreen(SetupStepScreen):
    """Asks for one of the detected printers or none, then offers a test page."""

    key = "printer"
    options = ListProperty()
    chosen = StringProperty()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.question = N_("Is there a printer for slips?")
        self.note = N_("Without a printer the code on the screen is enough.")

    def open(self, **values: Any) -> None:
        self._look()

    def on_return(self) -> None:
        self._look()

    def _look(self) -> None:
        self.chosen = self.app.settings.printers.receipt
        self.app.work(found, self.latest(self._show), self._failed)

    def _show(self, addresses: list[str]) -> None:
        listed = dict.fromkeys(filter(None, (*addresses, self.chosen)))
        self.options = [
            *(Option(address, address, icon="printer_outline") for address in listed),
            Option("", N_("No printer"), icon="cancel"),
            Option(OTHER, N_("Another address"), icon="pencil"),
        ]
        self.ids.grid.chosen = [self.chosen]

    def choose(self, address: str) -> None:
        """Save the printer, or ask for its address."""
        if address == OTHER:
            check = self.app.services.preferences.check
            self.app.shell.go(
                "ask",
                question=self.app.tr._("Receipt printer"),
                text=self.chosen or "tcp://",
                most=120,
                done=self._take,
                check=lambda text: check("printers.receipt", text),
            )
        else:
            self._take(address)

    def _take(self, address: str) -> None:
        if address != self.chosen:
            self.keep({"printers.receipt": address}, stay=True)

    def print_test(self) -> None:
        """Print a test page, bypassing the queue."""
        shell, tr = self.app.shell, self.app.tr

        def printed(_answer: Any) -> None:
            self.busy = False
            shell.say(
                tr._("Did a page come out?"),
                tr._("The page shows whether everything can be read."),
                [(tr._("Yes, continue"), self.go_on, True), (tr._("No"), lambda: None, False)],
            )

        if not self.busy:
            self.busy = True
            self.app.work(test_page(self.app), printed, self._failed)

    def reset(self) -> None:
        super().reset()
        self.options = []
