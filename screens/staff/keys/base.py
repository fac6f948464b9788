"""The base class of the two screens that show a new key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty

from kiosk.errors import N_, KioskError
from kiosk.privacy.sealing import plain_words
from kiosk.services.staff.keys import NewKey
from screens.staff.desk.base import StaffScreen


class NotTheWords(KioskError):
    default = N_("The words did not match. Please look at your paper again.")


#: Explanation why both keys must be kept safe.
BOTH_LOST = N_(
    "If both are lost, nobody can ever read what people told us. "
    "Nobody has a third key: neither the maker nor the municipality."
)


class NewKeyScreen(StaffScreen):
    """Shows `key` once; calls `done()` after a check that it was written down. Leaving deletes it."""

    question = StringProperty()
    note = StringProperty()
    trouble = StringProperty()
    skip_words = StringProperty()
    progress = NumericProperty()
    can_skip = BooleanProperty(False)
    can_go_back = BooleanProperty(True)
    key: NewKey | None = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(bar=False, **kwargs)

    def open(self, **values: Any) -> None:
        self.reset()
        self.key = values["key"]
        self.done: Callable[[], None] = values["done"]
        self.progress = values.get("progress", 0)

    def go_back(self) -> None:
        """Return to the previous screen."""
        self.app.shell.back()

    @property
    def secret(self) -> str:
        """The words to write down; "" without a key."""
        return self.key.secret if self.key else ""

    def _check(self, question: str, wanted: str) -> None:
        """Ask for words from the paper; go on if they are right."""

        def check(text: str) -> None:
            if plain_words(text) != plain_words(wanted):
                raise NotTheWords()

        done = self.done
        self.ask(question, lambda text: done(), check=check, most=80)

    def reset(self) -> None:
        self.key = None
        self.trouble = ""
        self.done = lambda: None
