"""Takes a phone number for a wish, seats or an appointment, sealed as a request for help is."""

from __future__ import annotations

from typing import Any, ClassVar

from kiosk.codes.codes import Code
from kiosk.errors import N_
from screens.forms.screen import FormScreen
from screens.forms.steps import Step

NUMBER = Step("phone", N_("Your phone number"), panel="phone", note=N_("Check the country, then type your number."))


class CallMeScreen(FormScreen):
    """Asks for the number and consent, and returns to the screen of the `code` it is for."""

    steps = (NUMBER,)
    notice: ClassVar[str] = N_(
        "Only the coordinator can read your number. It is encrypted immediately on this tablet, and we call you only "
        "about this. It is deleted when there is nothing left to tell you. You can have it deleted at any time: tell "
        "us your code. {controller} is responsible for your data."
    )
    code: Code | None = None

    def open(self, **values: Any) -> None:
        self.reset()
        self.code = values["code"]
        super().open(**values)

    def save(self, answers: dict[str, Any]) -> None:
        app, code, now = self.app, self.code, self.app.now()
        assert code is not None

        def leave() -> Any:
            app.services.calls.leave_number(code=code, phone=answers["phone"], language=app.tr.code, now=now)
            return app.services.scan.look_up(code, now)

        app.work(leave, app.visitor.during(self._saved), self.failed)

    def _saved(self, found: Any) -> None:
        here = self.app.shell.current == self.name
        self.reset()
        if here:
            name, values = found.screen(staff=False)
            self.app.shell.go(name, **values)

    def reset(self) -> None:
        super().reset()
        self.code = None
