"""The number of people of a check-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kivy.properties import BooleanProperty, ObjectProperty

from kiosk.vocabulary import OPEN_HOUSE
from screens.frame.screen import KioskScreen

if TYPE_CHECKING:
    from screens.app import KioskApp


class PartyScreen(KioskScreen):
    """Changes the number of people. The visit is saved already, as one adult or, with `again`, as entered before. It
    can be undone here."""

    visit = ObjectProperty(None, allownone=True)
    again = BooleanProperty(False)
    session = ObjectProperty(None, allownone=True)
    passing = True

    def open(self, **values: Any) -> None:
        self.visit, self.session = values["visit"], values["session"]
        self.again = values.get("again", False)
        self.ids.adults.value, self.ids.children_count.value = self.visit.adults, self.visit.children
        self.ids.undo.offer()

    def go_on(self) -> None:
        """Save the number and go on to the questions."""
        app, visit, session, now = self.app, self.visit, self.session, self.app.now()
        adults, children = int(self.ids.adults.value), int(self.ids.children_count.value)

        def saved(visit: Any) -> None:
            if app.shell.current == self.name:
                app.shell.go("about_you", visit=visit, session=session)

        if (adults, children) == (visit.adults, visit.children):
            saved(visit)
        else:
            app.work(
                lambda: app.services.attendance.amend(visit_id=visit.id, now=now, adults=adults, children=children),
                saved,
            )

    def undo(self) -> None:
        """Undo the check-in."""
        undo_check_in(self.app, self.visit)

    def reset(self) -> None:
        self.visit = self.session = None
        self.again = False
        self.ids.undo.withdraw()


def undo_check_in(app: KioskApp, visit: Any) -> None:
    """Undo `visit`, confirm it, and go home."""
    now = app.now()

    def undone(visit: Any) -> None:
        app.visitor.visits.pop(visit.session_id, None)
        app.shell.home()
        open_house = visit.session_id.startswith(f"{OPEN_HOUSE}:")
        app.shell.say(
            app.tr._("Undone"),
            app.tr._("You are not counted.") if open_house else app.tr._("You are not counted for this event."),
        )

    app.work(lambda: app.services.attendance.undo(visit_id=visit.id, now=now), app.visitor.during(undone))
