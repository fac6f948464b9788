"""The base class of the steps of the first start."""

from __future__ import annotations

from typing import Any, ClassVar

from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.errors import N_, KioskError
from kiosk.services.staff.first_start import OPTIONAL, STEPS
from screens.frame.screen import KioskScreen

from .way import progress

#: Author of changes before there is a coordinator.
WHO = "first"


class SetupStepScreen(KioskScreen):
    """One step; `key` is its name in STEPS. Input is saved before the next step."""

    key: ClassVar[str]
    question = StringProperty()
    note = StringProperty()
    trouble = StringProperty()
    progress = NumericProperty()
    skip_words = StringProperty(N_("Skip"))
    can_skip = BooleanProperty(False)
    can_go_back = BooleanProperty(False)
    busy = BooleanProperty(False)
    before_coordinator = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(bar=False, **kwargs)
        self.progress = progress(self.key)
        self.can_skip, self.can_go_back = self.key in OPTIONAL, self.key != STEPS[0]

    def go_back(self) -> None:
        """Return to the previous step."""
        self.app.first_start.go(self.key, -1)

    def skip(self) -> None:
        """Skip the step, without a change."""
        self.go_on()

    def go_on(self) -> None:
        """Go to the next step."""
        self.app.first_start.go(self.key)

    def keep(self, changes: dict[str, Any], *, stay: bool = False) -> None:
        """Save `changes` of the settings and go on; with `stay`, show them here."""
        app, now = self.app, self.app.now()
        if self.busy:
            return
        self.busy = True

        def kept(settings: Any) -> None:
            self.busy = False
            if app.shell.current != self.name:
                return
            app.take_settings(settings)
            app.shell.begin(self.name)
            if not stay:
                app.first_start.go(self.key)

        preferences = app.services.preferences
        app.work(lambda: preferences.change(changes=changes, now=now, who=WHO), kept, self._failed)

    def _failed(self, error: KioskError) -> None:
        self.busy = False
        self.trouble = self.app.tr.error(error)

    def reset(self) -> None:
        self.trouble = ""
        self.busy = False
