"""One reason to decline a donation: its name and where to take the thing instead, in each language."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ListProperty, StringProperty

from kiosk.errors import KioskError
from kiosk.language.translation import LANGUAGES
from kiosk.privacy.contact import LONGEST_TEXT
from kiosk.services.goods.reasons import check_reason
from screens.widgets.lists import Line

from .base import StaffScreen

#: Keys of lines: what is written in a language.
NAME, INSTEAD = "name", "instead"


class DeclineReasonScreen(StaffScreen):
    """A sheet with two lines a language; the name in the centre's language is required."""

    lines = ListProperty(None, allownone=True)
    ready = BooleanProperty(False)
    active = BooleanProperty(True)
    busy = BooleanProperty(False)
    reason_id = StringProperty()
    changed = False
    texts: dict[str, dict[str, str]]

    @property
    def unsaved(self) -> bool:  # type: ignore[override]
        """Whether something was written that is not saved."""
        return self.changed and not self.busy

    def open(self, **values: Any) -> None:
        self.reset()
        reason = values.get("reason")
        if reason is not None:
            self.reason_id, self.active = reason.id, reason.active
            self.texts = {NAME: dict(reason.names), INSTEAD: dict(reason.instead)}
        self._list()

    def on_language_changed(self) -> None:
        if self.lines is not None:
            self._list()

    def _list(self) -> None:
        tr, centre = self.app.tr, self.app.settings.centre
        questions = {NAME: tr._("Why we do not take it"), INSTEAD: tr._("Where to take it instead")}
        icons = {NAME: "close_octagon_outline", INSTEAD: "map_marker_outline"}
        self.lines = [
            Line(f"{part} {code}", self.texts[part].get(code, "") or "–", question, LANGUAGES[code], icon=icons[part])
            for code in centre.own_first
            for part, question in questions.items()
        ]
        self.ready = bool(self.texts[NAME].get(centre.default_language))

    def choose(self, key: str) -> None:
        """Ask for the text of a line."""
        part, code = key.split()
        question = next(line.note for line in self.lines if line.key == key)

        def written(text: str) -> None:
            self.texts[part][code] = check_reason(text)
            self.changed = True
            self._list()

        self.ask(
            f"{question}  ·  {LANGUAGES[code]}",
            written,
            check=check_reason,
            text=self.texts[part].get(code, ""),
            optional=True,
            most=LONGEST_TEXT,
        )

    def turn(self) -> None:
        """Offer the reason, or stop offering it."""
        self.active = not self.active
        self.changed = True

    def save(self) -> None:
        """Save the reason and return to the list."""
        if self.busy or not self.ready:
            return
        self.busy = True
        reasons, now = self.app.services.reasons, self.app.now()
        said: dict[str, Any] = {"names": self.texts[NAME], "instead": self.texts[INSTEAD], "now": now}
        if self.reason_id:
            said |= {"reason_id": self.reason_id, "active": self.active}
            self.do("goods", lambda who: reasons.change(who=who, **said), self._saved, self._failed)
        else:
            self.do("goods", lambda who: reasons.add(who=who, **said), self._saved, self._failed)

    def _saved(self, _reason: Any) -> None:
        self.reset()
        self.app.shell.back()

    def _failed(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)

    def reset(self) -> None:
        self.lines = None
        self.ready = self.busy = self.changed = False
        self.active = True
        self.reason_id = ""
        self.texts = {NAME: {}, INSTEAD: {}}
