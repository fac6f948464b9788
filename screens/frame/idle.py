"""The idle clock: after a time without a touch it warns, then ends the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kivy.clock import Clock

from screens.widgets.dialogs import Dialog

if TYPE_CHECKING:
    from screens.app import KioskApp

#: The factor for visitors who asked for more time (WCAG 2.2.1: at least ten).
UNHURRIED = 10
#: Seconds without a touch after which the screen counts as unattended.
REST = 120


class IdleClock:
    """Counts seconds without a touch. The limits come from the settings. WCAG 2.2.1 requires a warning of at least 20 s
    that one simple action extends, any number of times."""

    def __init__(self, app: KioskApp) -> None:
        self.app = app
        self.warning: Dialog | None = None
        self._last = Clock.time()
        self._clock = Clock.schedule_interval(self._tick, 0.5)

    def stop(self) -> None:
        """Stop counting."""
        self._clock.cancel()

    def touched(self) -> None:
        """Restart the count. While the warning is shown, only its buttons do: an accidental touch is no answer."""
        self.app.shell.dark = False
        if self.warning is None:
            self._last = Clock.time()

    @property
    def rests(self) -> bool:
        """Whether there was no touch for REST seconds."""
        return bool(Clock.time() - self._last >= REST)

    def stay(self) -> None:
        """The visitor continues: restart the count and drop the warning."""
        self._last = Clock.time()
        self.warning = None

    def take_time(self) -> None:
        """Give the visitor UNHURRIED times as long, until the visit ends."""
        self.app.visitor.unhurried = True
        self.stay()

    @property
    def patience(self) -> float:
        """Seconds without a touch until the warning."""
        return float(self.app.settings.screen.idle_seconds * self._pace)

    @property
    def _pace(self) -> int:
        return UNHURRIED if self.app.visitor.unhurried else 1

    def _tick(self, _seconds: float) -> None:
        screen = self.app.settings.screen
        idle = Clock.time() - self._last
        if self.app.member is not None:  # the desk closes without a warning: a visitor may stand there
            if idle >= self.app.settings.staff.idle_seconds * self._pace:
                self._last = Clock.time()
                self.app.end_session("idle")
            return
        if idle < self.patience or not self.app.someone_was_here:
            return
        left = self.patience + screen.warning_seconds - idle
        if self.app.shell.current == "welcome" or (self.warning and left <= 0):
            self.warning = None
            self._last = Clock.time()
            self.app.end_session()
        elif self.warning is None:
            self._last = Clock.time() - self.patience
            self._ask(round(screen.warning_seconds))
        else:
            self.warning.count = max(1, round(left))

    def _ask(self, seconds: int) -> None:
        tr = self.app.tr
        self.warning = self.app.shell.say(
            tr._("Are you still there?"),
            tr._("If not, we clear the screen for the next visitor."),
            [(tr._("Yes, I am here"), self.stay, True), (tr._("I need more time"), self.take_time, False)],
            art="waiting_chair.png",
            count=seconds,
        )
