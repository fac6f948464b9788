"""The dialogs that the bar opens: the guide, the look in big text, the languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kivy.app import App

if TYPE_CHECKING:
    from screens.app import KioskApp


class BarDialogs:
    """A part of the shell."""

    go: Callable[..., None]
    say: Callable[..., Any]

    @property
    def app(self) -> KioskApp:
        app: KioskApp = App.get_running_app()
        return app

    def show_guide(self) -> None:
        """Show how the screen is used and where to find staff."""
        _ = self.app.tr._
        text = (
            _("Touch a picture to choose it. “Back” takes you one step back, “Home” to the first screen.")
            + "\n\n"
            + _("Nothing can go wrong here.")
        )
        more = [] if self.app.visitor.unhurried else [(_("I need more time"), self.app.idle.take_time, False)]
        if self.app.speech.can_speak and self.app.member is None:
            more.append((_("Use by listening"), self.app.screen_reader.lead, False))
        if self.app.member is None:
            more.insert(0, (_("A person, please"), lambda: self.go("contact"), False))
            more.insert(1, (_("Practise touching"), lambda: self.go("practice"), False))
        motion = _("No motion") if self.app.theme.motion else _("With motion")
        more.append((motion, self._turn_motion, False))
        understood = (_("OK"), lambda: None, True)
        self.say(_("How can we help?"), text, [understood, *more], art="service_guidance.png")

    def _turn_motion(self) -> None:
        self.app.theme.motion = not self.app.theme.motion

    def choose_look(self) -> None:
        """Show what the bar has no room for in big text: text size and contrast."""
        _, theme = self.app.tr._, self.app.theme
        text = _("Small text") if theme.big else _("Big text")
        contrast = _("Usual colours") if theme.high_contrast else _("Contrast")
        self.say(
            _("View"),
            "",
            [
                (text, lambda: setattr(theme, "big", not theme.big), False),
                (contrast, lambda: setattr(theme, "high_contrast", not theme.high_contrast), False),
                (_("Close"), lambda: None, True),
            ],
        )

    def choose_language(self) -> None:
        """Show the choice of languages, each by its own name."""
        from kiosk.language.translation import LANGUAGES

        app = self.app
        choices: list[tuple[str, Callable[[], None], bool]] = [
            (LANGUAGES[code], lambda code=code: app.tr.use(code), code == app.tr.code)  # type: ignore[misc]
            for code in app.settings.centre.languages
        ]
        self.say("Kieli · Мова · Language", "", choices)
