"""State of the keys, and their replacement, with its consequences for older copies explained first."""

from __future__ import annotations

from functools import partial
from typing import Any

from kivy.properties import BooleanProperty, ListProperty

from kiosk.documents.recovery_sheet import key_name
from kiosk.errors import N_, KioskError
from kiosk.services.staff.keys import ROLES, NewKey, new_key
from kiosk.vocabulary.states import KeyRole
from screens.staff.desk.base import StaffScreen
from screens.widgets.dialogs import Choices
from screens.widgets.lists import Line

from .base import BOTH_LOST

NAMES: dict[str, str] = {
    KeyRole.COORDINATOR: N_("The passphrase of five words"),
    KeyRole.RECOVERY: N_("The recovery sheet"),
}
ICONS: dict[str, str] = {KeyRole.COORDINATOR: "form_textbox_password", KeyRole.RECOVERY: "file_key_outline"}
QUESTIONS: dict[str, str] = {
    KeyRole.COORDINATOR: N_("Make a new passphrase?"),
    KeyRole.RECOVERY: N_("Make a new recovery sheet?"),
}
#: Explanation about copies made before a replacement.
OLDER: dict[str, str] = {
    KeyRole.COORDINATOR: N_(
        "Everything on this tablet will be encrypted again. Older backups on a USB stick do not open with the new "
        "passphrase, only with the recovery sheet."
    ),
    KeyRole.RECOVERY: N_(
        "Everything on this tablet will be encrypted again. Older backups on a USB stick still open with the "
        "passphrase or the old sheet. Keep the old sheet with those backups and destroy it when they are gone."
    ),
}
#: Screen of each new key.
SCREENS: dict[str, str] = {KeyRole.COORDINATOR: "passphrase", KeyRole.RECOVERY: "recovery"}
#: Key of the line that resumes an interrupted change.
RESUME = "resume"


class KeysScreen(StaffScreen):
    """One line for each key; a touch offers to replace it."""

    lines = ListProperty(None, allownone=True)
    busy = BooleanProperty(False)
    both_lost = BOTH_LOST

    def open(self, **values: Any) -> None:
        self.busy = False
        self.on_return()

    def on_return(self) -> None:
        self.load("personal", lambda who: self.app.services.keys.state(), self._show)

    def _show(self, state: Any) -> None:
        tr = self.app.tr
        named = dict(zip(ROLES, state.recipients, strict=False))
        notes = {role: key_name(key) for role, key in named.items()}
        if not state.here:
            notes[KeyRole.COORDINATOR] = tr._("The coordinator’s key is not on this tablet.")
        self.lines = [Line(role, tr._(NAMES[role]), notes.get(role, "–"), icon=ICONS[role]) for role in ROLES]
        if state.changing:
            words = tr("Still to be encrypted again: {count}", count=state.left)
            self.lines.insert(0, Line(RESUME, tr._("Finish the change of keys"), words, icon="alert", alarm=True))
        if not named:
            self.app.shell.begin("keys_why")

    def choose(self, line: str) -> None:
        """Replace a key, after an explanation; or resume a change."""
        tr = self.app.tr
        if line == RESUME:
            self._unlocked(self._go_on)
            return
        no, yes = tr._("No, leave it as it is"), tr._("Yes, continue")
        choices: Choices = [(no, lambda: None, True), (yes, partial(self._unlocked, partial(self._make, line)), False)]
        self.app.shell.say(tr._(QUESTIONS[line]), tr._(OLDER[line]), choices)

    def _unlocked(self, then: Any) -> None:
        """Call `then` once one of the keys is unlocked."""
        self.do_unlocked(lambda private, who: None, lambda answer: then(), self._failed)

    def _make(self, role: str) -> None:
        key, shell = new_key(role, self.app.tr.code), self.app.shell
        self.app.idle.take_time()  # no touches while writing the words down

        def on_paper() -> None:
            shell.go(self.name)
            self._replace(key)

        shell.go(SCREENS[role], key=key, done=on_paper)

    def _replace(self, key: NewKey) -> None:
        keys, now = self.app.services.keys, self.app.now()

        def work(private: bytes, who: str) -> int:
            keys.replace(key=key, now=now, who=who)
            return int(keys.go_on(private=private, now=now, who=who))

        self._work(work)

    def _go_on(self) -> None:
        keys, now = self.app.services.keys, self.app.now()
        self._work(lambda private, who: keys.go_on(private=private, now=now, who=who))

    def _work(self, work: Any) -> None:
        if not self.busy:
            self.busy = True
            self.do_unlocked(work, self._done, self._failed)

    def _done(self, left: int) -> None:
        app, tr = self.app, self.app.tr
        self.busy = False
        app.visitor.unhurried = False
        app.services.keyring.lock()
        self.on_return()
        if left:
            app.shell.say(tr._("Not everything could be opened"), tr._("Please use the other key."), art="trouble.png")
        else:
            app.shell.say(
                tr._("The new key is in use"),
                tr._("The old key no longer opens anything on this tablet."),
                art="sealed.png",
            )

    def _failed(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)
        self.on_return()

    def reset(self) -> None:
        self.lines = None
        self.busy = False
