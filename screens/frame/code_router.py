"""Routes codes from scanner, camera and on-screen keyboard to screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.codes.codes import Code, Kind
from kiosk.codes.scanner import Heard, Invitation, PaperKey
from kiosk.errors import N_, BadgeNeedsPin, KioskError
from kiosk.services.desk.slip_lines import donation_told
from kiosk.vocabulary.states import DonationState, RequestStatus

if TYPE_CHECKING:
    from kiosk.services import DonationView, ScanResult
    from screens.app import KioskApp

#: Message for a recovery key on a screen that does not ask for one.
PAPER_KEY = N_("This is a recovery key")
PAPER_KEY_TEXT = N_("Please give it to the coordinator. It unlocks what people told us, and belongs in its envelope.")
#: Screens on which a visitor loses nothing when staff log in.
FREE = ("welcome", "home", "door", "thanks", "help_saved")
#: Message for a visitor about the code of a request, by state.
STATUS_WORDS: dict[str, str] = {
    RequestStatus.NEW: N_("We have your request and will contact you."),
    RequestStatus.CONTACTED: N_("We have been in touch with you."),
    RequestStatus.ARRANGED: N_("The help is arranged."),
    RequestStatus.DONE: N_("The help is done. Thank you!"),
    RequestStatus.CLOSED: N_("Your request is closed."),
}


class CodeRouter:
    """Passes a code to the present screen if it handles it, else opens the screen of its subject."""

    def __init__(self, app: KioskApp) -> None:
        self.app = app

    def take(self, code: Heard) -> None:
        """Handle `code`."""
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
        now, during = app.now(), app.visitor.during  # results are dropped when the visit is over
        app.work(lambda: app.services.scan.look_up(code, now), during(self.show), during(app.show_error))

    def _badge(self, code: Code) -> None:
        app, now = self.app, self.app.now()

        def known(member: Any) -> None:
            come_in(lambda: app.enter_desk(member))

        def refused(error: KioskError) -> None:
            if isinstance(error, BadgeNeedsPin):
                come_in(lambda: self._ask_pin(error))
            else:
                app.show_error(error)

        def come_in(enter: Callable[[], None]) -> None:
            if app.member is not None or app.shell.current in FREE:
                enter()
                return
            _ = app.tr._
            app.shell.say(
                _("Someone is using the screen"),
                _("Anything they have typed but not saved will be lost."),
                [(_("Let them continue"), lambda: None, True), (_("Sign in as staff"), enter, False)],
            )

        app.work(lambda: app.services.staff.enter_by_badge(code=code, now=now), known, refused)

    def _ask_pin(self, error: BadgeNeedsPin) -> None:
        """Ask the badge's owner for the PIN; the visitor's screens are reset."""
        self.app.end_session()
        self.app.shell.go("door", member=error.values["member"], note=error)

    def show(self, found: ScanResult) -> None:
        """Open the screen of a scan result, for staff or for a visitor."""
        app = self.app
        screen = found.screen(staff=app.member is not None)
        if screen is None:
            self._tell(found)
            return
        name, values = screen
        if found.wish is not None and app.member is None and app.shell.current == "welcome":
            self._speak(found.wish.language)
        if found.wish is not None and name == "wished":
            app.visitor.wishes.append(found.wish.id)  # leaving it again on this visit is the same wish
        app.shell.go(name, **values)

    def _speak(self, language: str) -> None:
        """Switch to the language of a wish if its code is scanned on the first screen, before a language was chosen."""
        if language in self.app.settings.centre.languages:
            self.app.tr.use(language)

    def _tell(self, found: ScanResult) -> None:
        """Show the state of a request or a donation as a message: there is no visitor screen for it."""
        if found.donation is not None:
            self._donation(found.donation)
        elif found.request is not None:
            _ = self.app.tr._
            gone, status = N_("Nothing of this request is kept any more."), STATUS_WORDS[found.request.status]
            self.app.shell.say(_("Your request"), _(gone if found.request.erased else status))

    def _donation(self, donation: DonationView) -> None:
        """Show the state of a donation; one that was not brought yet can be cancelled."""
        app, now = self.app, self.app.now()
        _ = app.tr._
        heading, *told = donation_told(donation, app.tr.language)
        choices = [(_("OK"), lambda: None, True)]
        if donation.is_open and not donation.came:

            def call_off() -> None:
                donations = app.services.donations
                app.work(
                    lambda: donations.decide(
                        donation_id=donation.id, state=DonationState.CANCELLED, now=now, who="visitor"
                    ),
                    lambda ended: app.shell.say(_("This announcement is no longer active."), ""),
                )

            choices.append((_("I am not bringing it after all"), call_off, False))
        thanks = donation.is_open or donation.state == DonationState.TAKEN_IN
        app.shell.say(heading, "\n".join(told), choices, art="thanks_box.png" if thanks else "")
