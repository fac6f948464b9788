"""Hears keys on every screen: a scanner's go to one parser and never into a field, those of a hand move the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.codes.codes import BadCode, Code, Kind
from kiosk.codes.hearing import Burst, Hearing
from kiosk.codes.scanner import GAP, Heard, Invitation, PaperKey, Scanner
from kiosk.errors import N_, KioskError

from .focus import act_of

if TYPE_CHECKING:
    from screens.app import KioskApp

#: How often a burst that was never ended is noticed, seconds.
LISTEN = 0.25
#: The key that reads aloud, F1 (USB HID usage): for a keypad at the tablet.
READ = 58
#: What a recovery key is told where none is asked for.
PAPER_KEY = N_("This is a recovery key")
PAPER_KEY_TEXT = N_("Please give it to the coordinator. It unlocks what people told us, and belongs in its envelope.")
#: Screens on which a visitor has nothing to lose when staff come in.
FREE = ("welcome", "home", "door", "thanks", "help_saved")
#: What a request's code tells a visitor.
STATUS_WORDS = {
    "new": N_("We have your request and will contact you."),
    "contacted": N_("We have been in touch with you."),
    "arranged": N_("The help is arranged."),
    "done": N_("The help is done. Thank you!"),
    "closed": N_("Your request is closed."),
}
#: What a donation's code tells a visitor.
DONATION_WORDS = {
    "announced": N_("Please show this code at the desk."),
    "accepted": N_("We will be glad to have it. Please bring it when we are open."),
    "declined": N_("We cannot take it this time."),
    "taken_in": N_("Your donation is here and will find a new home."),
    "cancelled": N_("This announcement is no longer active."),
}
#: Where staff see what a code stands for.
STAFF_SCREENS = {
    "ticket": "found",
    "item": "found",
    "request": "request",
    "donation": "donations",
    "wish": "wishes",
    "queue": "queue",
}


class ScannerInput:
    """Turns keys into codes and codes into what happens."""

    def __init__(self, app: KioskApp) -> None:
        self.app = app
        self.last: Any = None  # when the scanner was heard last
        self._hearing: Hearing | None = None
        self._told: Callable[[Burst], None] | None = None
        self._reading: Any = None
        self._tune()
        Window.bind(on_key_down=self._key)
        self._clock = Clock.schedule_interval(self._listen, LISTEN)

    def stop(self) -> None:
        Window.unbind(on_key_down=self._key)
        self._clock.cancel()

    def watch(self, told: Callable[[Burst], None] | None) -> None:
        """Call `told` with what a scanner sends instead of saying that it is no code; None ends it."""
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
        # Keys are handed over once a frame: a slow frame must not tear a scan apart.
        at, slack = Clock.time(), Clock.frametime
        key: dict[str, Any] = {"scancode": scancode or 0, "codepoint": codepoint, "modifiers": modifiers, "at": at}
        busy, act = self.scanner.busy(at, slack), act_of(scancode or 0, modifiers)
        self._do_not_read()
        if act and not busy:
            self.app.idle.touched()
            self.app.focus.act(act)
            return True
        if self._hearing is not None:
            self._hearing.key(**key)
        if scancode == READ and not busy:
            self._reading = Clock.schedule_once(self.app.visitor.during(self._read), GAP)
        else:
            self._heard(self.scanner.key(**key, slack=slack))
        return True

    def _read(self, _seconds: float) -> None:
        """Read aloud: no code followed, as it does where a scanner strikes this key before each."""
        self.app.idle.touched()
        self.app.screen_reader.turn()

    def _do_not_read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _listen(self, _seconds: float) -> None:
        self._heard(self.scanner.pause(Clock.time(), slack=Clock.frametime))
        burst = self._hearing.over(Clock.time()) if self._hearing else None
        if burst is not None and self._told is not None:
            self._told(burst)

    def _heard(self, heard: Heard | BadCode | None) -> None:
        if heard is None:
            return
        self.app.idle.touched()
        self.last = self.app.now()
        if not isinstance(heard, BadCode):
            self.take(heard)
        elif self._told is None:
            self.app.show_error(heard)

    def take(self, code: Heard) -> None:
        """Do what `code` is for, wherever it came from: scanner, camera or keys on the screen."""
        app = self.app
        if app.idle.warning is not None:
            app.idle.stay()
        if isinstance(code, PaperKey):
            if not app.shell.screen(app.shell.current).paper_key_scanned(code.digits):
                app.shell.say(app.tr._(PAPER_KEY), app.tr._(PAPER_KEY_TEXT))
            return
        if app.first_start.runs:
            app.first_start.refuse()
            return
        if isinstance(code, Invitation):
            app.shell.close_dialog()
            app.shell.go("tablets", invitation=code.text)
            return
        if code.kind is Kind.BADGE:
            self._badge(code)
            return
        app.shell.close_dialog()
        if app.shell.screen(app.shell.current).scanned(code):
            return
        now, during = app.now(), app.visitor.during  # what one visitor scanned is not shown to the next
        app.work(lambda: app.services.scan.look_up(code.text, now), during(self.show), during(app.show_error))

    def _badge(self, code: Code) -> None:
        app, now = self.app, self.app.now()

        def known(member: Any) -> None:
            if app.member is not None or app.shell.current in FREE:
                app.enter_desk(member)
                return
            _ = app.tr._
            app.shell.say(
                _("Someone is using the screen"),
                _("Anything they have typed but not saved will be lost."),
                [
                    (_("Let them continue"), lambda: None, True),
                    (_("Sign in as staff"), lambda: app.enter_desk(member), False),
                ],
            )

        app.work(lambda: app.services.staff.enter_by_badge(code=code.text, now=now), known)

    def show(self, found: Any) -> None:
        """Open what was found, for staff or for a visitor."""
        app = self.app
        _ = app.tr._
        kind = found.kind
        if kind == "seat":
            app.shell.go("seat", seat=found.seat)
        elif kind == "volunteer":
            app.shell.go("shift", volunteer=found.volunteer)
        elif app.member is not None:
            values = {"request": {"request": found.request}, "donation": {"donation": found.donation}}
            app.shell.go(STAFF_SCREENS[kind], **values.get(kind, {"found": found}))
        elif kind == "ticket":
            app.shell.go("ticket", ticket=found.ticket)
        elif kind == "item":
            app.shell.go("item", item=found.item)
        elif kind == "queue":
            app.shell.go("number", number=found.queue)
        elif kind == "wish":
            app.visitor.wishes.append(found.wish.id)  # left again on this visit it is the same wish
            app.shell.go("wished", wish=found.wish)
        elif kind == "request":
            words = (
                _("Nothing of this request is kept any more.")
                if found.request.erased
                else _(STATUS_WORDS[found.request.status])
            )
            app.shell.say(_("Your request"), words)
        else:
            self._donation(found.donation)

    def _donation(self, donation: Any) -> None:
        """Say how an announced donation stands; what is not brought yet can be called off."""
        app, now = self.app, self.app.now()
        _ = app.tr._
        words = _(DONATION_WORDS[donation.state])
        if donation.reason:
            from screens.words.desk import DECLINE_REASONS

            declined = {option.key: option.message for option in DECLINE_REASONS}
            words += "\n" + _(declined[donation.reason])
        choices = [(_("OK"), lambda: None, True)]
        if donation.state in ("announced", "accepted"):

            def call_off() -> None:
                donations = app.services.donations
                app.work(
                    lambda: donations.decide(donation_id=donation.id, state="cancelled", now=now, who="visitor"),
                    lambda ended: app.shell.say(_(DONATION_WORDS[ended.state]), ""),
                )

            choices.append((_("I am not bringing it after all"), call_off, False))
        app.shell.say(_("Thank you for your donation!"), words, choices)

    def typed(self, text: str, failed: Any) -> None:
        """Take a code typed on the screen; `failed(error)` is told of one that is none."""
        from kiosk.codes.codes import parse

        try:
            code = parse(text)
        except KioskError as error:
            failed(error)
            return
        self.take(code)
