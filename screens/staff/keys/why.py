"""Explains the two keys, and the loss of both, before they are created."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.errors import N_, KioskError
from kiosk.services.staff.keys import NewKey, new_key
from kiosk.vocabulary.states import KeyRole
from screens.staff.desk.base import StaffScreen
from screens.staff.first_start.way import progress

from .base import BOTH_LOST

STEP = "keys"


class KeysWhyScreen(StaffScreen):
    """Leads through the passphrase and the recovery sheet; the keys are installed only after both were checked. After a
    power cut before that it starts again with new keys: nothing was sealed to the old ones."""

    question = StringProperty(N_("Two keys lock what people tell us"))
    note = StringProperty()
    trouble = StringProperty()
    skip_words = StringProperty(N_("Later"))
    progress = NumericProperty()
    can_skip = BooleanProperty(True)
    can_go_back = BooleanProperty(False)
    both_lost = BOTH_LOST
    about_passphrase = N_(
        "The passphrase: five words. The coordinator types them to read a request. "
        "Requests then stay open for a few minutes."
    )
    about_recovery = N_(
        "The recovery key: a sheet of paper in a sealed envelope, in another building. "
        "You need it if the passphrase is forgotten, or the tablet is broken or lost."
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(bar=False, **kwargs)
        self.progress = progress(STEP)

    def open(self, **values: Any) -> None:
        self.trouble = ""

    def skip(self) -> None:
        """Go to the desk; this is shown again at a coordinator's next login."""
        self.app.shell.home()

    def make(self) -> None:
        """Generate both keys and show the first."""
        self.app.idle.take_time()  # no touches while writing the words down
        coordinator, recovery = new_key(KeyRole.COORDINATOR, self.app.tr.code), new_key(KeyRole.RECOVERY)
        shell = self.app.shell
        shell.go(
            "passphrase",
            key=coordinator,
            progress=self.progress,
            done=lambda: shell.go(
                "recovery", key=recovery, progress=self.progress, done=lambda: self._install(coordinator, recovery)
            ),
        )

    def _install(self, coordinator: NewKey, recovery: NewKey) -> None:
        app, now = self.app, self.app.now()
        member = app.member

        def installed(_answer: Any) -> None:
            if app.member == member:
                app.visitor.unhurried = False
                app.shell.home()
                tr = app.tr
                app.shell.say(
                    tr._("The kiosk is ready"),
                    tr._("Put the recovery sheet in its envelope now. From now on visitors can use everything."),
                    art="thanks.png",
                )

        def failed(error: KioskError) -> None:
            app.shell.begin(self.name)
            app.show_error(error)

        app.staff_work(
            "personal",
            lambda who: app.services.keys.install(coordinator=coordinator, recovery=recovery, now=now, who=who),
            installed,
            failed,
        )
