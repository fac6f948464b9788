"""The base class of staff screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from kivy.clock import Clock

from kiosk.errors import KioskError
from kiosk.privacy.wiping import wipe
from kiosk.services.staff.keyring import Locked
from screens.frame.screen import KioskScreen

if TYPE_CHECKING:
    from kiosk.services import Member

#: Maximum characters of a recovery key: 24 words of eight letters with spaces between.
LONGEST_SECRET = 220


class StaffScreen(KioskScreen):
    """Available to staff only; work runs in the member's name, and results are dropped after sign-out."""

    staff_only: ClassVar[bool] = True
    _locking: Any = None

    @property
    def member(self) -> Member:
        """The signed-in member; always set in touch handlers and in callbacks of `do`."""
        member = self.app.member
        assert member is not None
        return member

    def do(
        self,
        right: str,
        work: Callable[[str], Any],
        done: Callable[[Any], object] = lambda answer: None,
        failed: Any = None,
    ) -> None:
        """Run `work(who)`, then `done(answer)` if this screen is still the one shown."""

        def here(answer: Any) -> None:
            if self.app.shell.current == self.name:
                done(answer)

        self.app.staff_work(right, work, here, failed)

    def load(self, right: str, look: Callable[[str], Any], show: Callable[[Any], object], failed: Any = None) -> None:
        """Run `look(who)`, then show the answer, unless the screen has loaded again meanwhile."""
        self.do(right, look, self.latest(show), failed)

    def do_unlocked(
        self, work: Callable[[bytes, str], Any], done: Callable[[Any], object], failed: Callable[[KioskError], object]
    ) -> None:
        """Run `work(private, who)` with the coordinator's key; asks for the passphrase if it is locked."""
        app, now = self.app, self.app.now()

        def refused(error: KioskError) -> None:
            if isinstance(error, Locked):
                self._ask_passphrase(lambda: self.do_unlocked(work, done, failed))
            else:
                failed(error)

        def unlocked(who: str) -> Any:
            private = app.services.keyring.private(now)
            try:
                return work(private, who)
            finally:
                wipe(private)

        self.do("personal", unlocked, done, refused)

    def _ask_passphrase(self, then: Callable[[], None]) -> None:
        app = self.app
        hint = app.tr._("Five words, or the 24 words of the recovery sheet")
        if app.demo_passphrase:
            hint = app.tr("Demo passphrase: {words}", words=app.demo_passphrase)
        self.ask(
            app.tr._("The coordinator’s passphrase"),
            lambda text: then(),
            masked=True,
            most=LONGEST_SECRET,
            hint=hint,
            paper_key=True,
            check=lambda text: app.services.keyring.unlock(text, app.now()),
        )

    def when_locked(self, close: Callable[[], None]) -> None:
        """Call `close()` when the key locks by timeout."""
        self.forget_lock()
        self._locking = Clock.schedule_once(lambda dt: close(), self.app.settings.help.open_minutes * 60)

    def forget_lock(self) -> None:
        """Stop waiting for the lock: no unsealed data is shown."""
        if self._locking is not None:
            self._locking.cancel()
            self._locking = None

    def ask(self, question: str, done: Callable[[str], object], **how: Any) -> None:
        """Ask for a text with `AskScreen`."""
        self.app.shell.go("ask", question=question, done=done, **how)

    def pick(self, question: str, options: Any, done: Callable[[Any], None], chosen: Any = "", **how: Any) -> None:
        """Ask for one of `options`, or `several`, with `ChooseScreen`."""
        self.app.shell.go("choose", question=question, options=options, done=done, chosen=chosen, **how)
