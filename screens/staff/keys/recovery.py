"""The recovery key: 24 words, printed by an office printer, saved to a stick, or written by hand."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.documents.recovery_sheet import recovery_pdf
from kiosk.errors import N_, KioskError
from kiosk.files.atomic import write_atomic
from kiosk.files.usb import hand_over
from kiosk.printing.finding import cups_queues
from kiosk.printing.pages import print_page
from kiosk.privacy.sealing import WrongWords, private_from_paper
from screens.widgets.choices import Option

from .base import NewKeyScreen

#: Number of words that are checked.
ASKED = 3
FILE = "lumijobi-recovery-key.pdf"
#: Message after printing, by whether the print system still has a copy.
GONE = N_("Nothing of it is kept on the tablet or in the printer’s queue.")
KEPT = N_(
    "But the tablet’s print system still keeps a copy of it. Please tell the person who maintains the tablet: it must be "
    "deleted there."
)


class PaperWord(BoxLayout):
    """One of the words with its number."""

    number = NumericProperty()
    word = StringProperty()


class RecoveryScreen(NewKeyScreen):
    """Shows the words; then some of them must be typed from the paper, or its code scanned."""

    busy = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.question = N_("The recovery key: 24 words on paper")
        self.note = N_("Print the sheet, or write down the words by hand. They are shown only once.")

    def open(self, **values: Any) -> None:
        super().open(**values)
        words = self.secret.split()
        for number, word in enumerate(words, 1):
            self.ids.words.add_widget(PaperWord(number=number, word=word))

    def print(self) -> None:
        """Print the sheet on an office printer."""
        tr = self.app.tr

        def offer(names: list[str]) -> None:
            self.busy = False
            if not names:
                self.app.shell.say(
                    tr._("No office printer was found"),
                    tr._("Save the sheet to a USB stick and print it elsewhere, or write down the words by hand."),
                )
            elif len(names) == 1:
                self._print(names[0])
            else:
                self.pick(
                    tr._("On which printer?"), [Option(name, name, icon="printer") for name in names], self._print
                )

        self._run(lambda who: cups_queues(), offer)

    def _print(self, queue: str) -> None:
        make, say, tr = self._sheet(), self.app.shell.say, self.app.tr

        def printed(gone: bool) -> None:
            self.busy = False
            say(tr._("It was printed"), tr._(GONE if gone else KEPT))

        self._run(lambda who: print_page(queue, make()), printed)

    def to_stick(self) -> None:
        """Write the sheet to a stick."""
        make, say, tr = self._sheet(), self.app.shell.say, self.app.tr

        def write(path: Path) -> None:
            write_atomic(path, make(), private=True)

        def written(path: Path) -> None:
            self.busy = False
            say(
                tr._("It is saved on the USB stick"),
                tr("Print {file}, then delete it there. You can take out the USB stick.", file=path.name),
            )

        self._run(lambda who: hand_over("", FILE, write), written)

    def _sheet(self) -> Any:
        app, words = self.app, self.secret
        language, centre, day = app.tr.language, app.settings.centre.name, app.local_day(app.now())
        return lambda: recovery_pdf(words, language, centre, day)

    def _run(self, work: Any, done: Any) -> None:
        if not self.busy:
            self.busy = True
            self.do("personal", work, done, self._failed)

    def _failed(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)

    def check(self) -> None:
        """Ask for some of the words."""
        words = self.secret.split()
        places = sorted(secrets.SystemRandom().sample(range(len(words)), ASKED))
        numbers = dict(zip(("first", "second", "third"), (place + 1 for place in places), strict=True))
        question = self.app.tr("From your paper, type words {first}, {second} and {third}", **numbers)
        self._check(question, " ".join(words[place] for place in places))

    def paper_key_scanned(self, digits: str) -> bool:
        if self.key is None:
            return False
        try:
            right = private_from_paper(digits) == self.key.private
        except WrongWords:
            right = False
        if right:
            self.done()
        else:
            self.app.shell.say(self.app.tr._("This is another sheet"), self.app.tr._("Please scan today’s sheet."))
        return True

    def reset(self) -> None:
        super().reset()
        self.busy = False
        self.ids.words.clear_widgets()
