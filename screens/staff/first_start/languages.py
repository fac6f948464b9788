"""Step: the visitors' languages."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty

from kiosk.errors import N_
from kiosk.language.translation import LANGUAGES
from screens.widgets.choices import Option

from .step import SetupStepScreen


class SetupLanguagesScreen(SetupStepScreen):
    """Asks for several; the centre's language is always included."""

    key = "languages"
    options = ListProperty()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.question = N_("Which languages can visitors choose?")
        self.note = N_("All of them appear on the welcome screen. You can change this later.")
        self.options = [Option(code, name) for code, name in LANGUAGES.items()]

    def open(self, **values: Any) -> None:
        offered = self.app.settings.centre.languages
        self.ids.grid.chosen = [code for code in LANGUAGES if code in offered]

    def take(self) -> None:
        """Save the chosen languages, in the existing order."""
        centre, chosen = (
            self.app.settings.centre,
            set(self.ids.grid.chosen) | {self.app.settings.centre.default_language},
        )
        kept = [code for code in centre.languages if code in chosen]
        languages = kept + [code for code in LANGUAGES if code in chosen and code not in kept]
        if languages == list(centre.languages):
            self.go_on()
        else:
            self.keep({"centre.languages": languages})
