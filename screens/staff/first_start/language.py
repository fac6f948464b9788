"""Step: the default language."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty

from kiosk.errors import N_
from kiosk.language.translation import LANGUAGES
from screens.widgets.choices import Option

from .step import SetupStepScreen

#: Languages are shown by their own names; the question is shown in all of them.
QUESTION = "Kieli · Мова · Language · Språk"


class SetupLanguageScreen(SetupStepScreen):
    """One touch sets the centre's language, and that of the setup."""

    key = "language"
    options = ListProperty()
    who_first = N_("Someone from the centre needs to set up this kiosk first. It takes a few minutes.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.question, self.note = QUESTION, N_("Welcome to your new kiosk")
        self.options = [Option(code, name, icon="translate") for code, name in LANGUAGES.items()]

    def open(self, **values: Any) -> None:
        self.ids.grid.chosen = []

    def choose(self, code: str) -> None:
        """Save the language and continue in it."""
        self.app.tr.use(code)
        centre = self.app.settings.centre
        if code == centre.default_language:
            self.go_on()
            return
        languages = [code, *(other for other in centre.languages if other != code)]
        self.keep({"centre.default_language": code, "centre.languages": languages})
