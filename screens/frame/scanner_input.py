"""Receives the keys of every screen: a scanner's go to one parser and never into a text field, those of a keyboard move
the focus and type."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.codes.codes import BadCode
from kiosk.codes.hearing import Burst, Hearing
from kiosk.codes.scanner import GAP, LEAST, Heard, Scanner, Typed, typed_code
from kiosk.errors import KioskError

from .focus import act_of
from .typing import ERASE, SPACE, Typing

if TYPE_CHECKING:
    from screens.app import KioskApp

#: Polling interval for a burst without an end key, seconds.
LISTEN = 0.25
#: The key that reads aloud, F1 (USB HID usage): for a keypad at the tablet.
READ = 58


class ScannerInput:
    """Turns keys into codes, for `CodeRouter` to take, and into typed text."""

    def __init__(self, app: KioskApp) -> None:
        self.app = app
        self.typing = Typing(app)
        self.last: Any = None  # time of the last scan
        self._hearing: Hearing | None = None
        self._told: Callable[[Burst], None] | None = None
        self._reading: Any = None
        self._was_typed = False  # the last burst went into a field
        self._tune()
        Window.bind(on_key_down=self._key, on_textinput=self._text)
        self._clock = Clock.schedule_interval(self._listen, LISTEN)

    def stop(self) -> None:
        Window.unbind(on_key_down=self._key, on_textinput=self._text)
        self._clock.cancel()

    def watch(self, told: Callable[[Burst], None] | None) -> None:
        """Call `told` with the raw burst of a scanner instead of showing an error; None ends it."""
        self._told = told
        self._hearing = Hearing(*self._how()) if told else None

    def _how(self) -> tuple[float, str, str]:
        rules = self.app.settings.staff
        return max(GAP, rules.scan_gap_ms / 1000), rules.scan_prefix, rules.scan_suffix

    def _tune(self) -> None:
        self._rules = self.app.settings.staff
        self.scanner = Scanner(*self._how())

    def _key(self, _window: Any, _key: int, scancode: int, codepoint: str | None, modifiers: list[str]) -> bool:
        if self.app.settings.staff is not self._rules:
            self._tune()
        # Keys are delivered once a frame: a slow frame must not split a scan.
        at, slack = Clock.time(), Clock.frametime
        key: dict[str, Any] = {"scancode": scancode or 0, "codepoint": codepoint, "modifiers": modifiers, "at": at}
        busy, act = self.scanner.busy(at, slack), act_of(scancode or 0, modifiers)
        self._do_not_read()
        if scancode == ERASE and self.typing.board is not None:
            self._typed(self.scanner.flush())
            self.typing.erase()
            return True
        if act and not busy and not (scancode == SPACE and self.typing.takes(act)):
            self._act(act)
            return True
        if self._hearing is not None:
            self._hearing.key(**key)
        if scancode == READ and not busy:
            self._reading = Clock.schedule_once(self.app.visitor.during(self._read), GAP)
        else:
            self._heard(self.scanner.key(**key, slack=slack), act)
        return True

    def _text(self, _window: Any, text: str) -> None:
        self._heard(self.scanner.text(text))

    def _act(self, act: str) -> None:
        self.app.idle.touched()
        if self.typing.takes(act):
            self.typing.confirm()
        else:
            self.app.focus.act(act)

    def _read(self, _seconds: float) -> None:
        """Read aloud, unless a code follows: some scanners send this key before each code."""
        self.app.idle.touched()
        self.app.screen_reader.turn()

    def _do_not_read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _listen(self, _seconds: float) -> None:
        self._heard(self.scanner.pause(Clock.time(), slack=Clock.frametime))
        burst = self._hearing.over(Clock.time()) if self._hearing else None
        if burst is not None and self._told is not None and (burst.advice or not self._was_typed):
            self._told(burst)

    def _heard(self, heard: Heard | Typed | BadCode | None, act: str = "") -> None:
        if heard is None:
            return
        self.app.idle.touched()
        if isinstance(heard, Typed):
            self._typed(heard)
            if heard.ended:
                self._act(act)
            return
        self._was_typed = False
        self.last = self.app.now()
        if not isinstance(heard, BadCode):
            self.app.code_router.take(heard)
        elif self._told is None:
            self.app.show_error(heard)

    def _typed(self, typed: Typed) -> None:
        """Type into the field. Without one, many keys are something that is no code."""
        self._was_typed = bool(typed.text) and self.typing.type(typed.text)
        if not self._was_typed and typed.count >= LEAST:
            self._heard(BadCode())

    def typed(self, text: str, failed: Callable[[KioskError], None]) -> None:
        """Handle a code typed on the screen; `failed(error)` is called for an invalid one."""
        try:
            code = typed_code(text)
        except BadCode as error:
            failed(error)
            return
        self.app.code_router.take(code)
