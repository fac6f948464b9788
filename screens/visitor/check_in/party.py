"""Who came: people, and what they like to say of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty

from kiosk.errors import N_
from kiosk.vocabulary import GROUPS, OPEN_HOUSE
from screens.frame.screen import KioskScreen
from screens.widgets.choices import Option

if TYPE_CHECKING:
    from screens.app import KioskApp

#: Key of the choice that is no group.
FIRST = "first"
#: What a party may say; the groups are the target groups of the project (DOMAIN.md section 0). A loneliness group is
#: counted from services, never asked.
CHOICES = (
    Option(FIRST, N_("Here for the first time"), "first_yes.png"),
    Option("family", N_("Family with children"), "group_family.png"),
    Option("older", N_("65 or older"), "group_older.png"),
    Option("young", N_("Young person"), "group_young.png"),
    Option("ukrainian", N_("From Ukraine"), "group_ukrainian.png"),
    Option("other", N_("Someone else"), "group_other.png"),
)


class PartyScreen(KioskScreen):
    """Changes what is counted. The visit is saved already, as one adult or, with `again`, as told before. What is changed
    here is saved when the screen is left, whichever way. Big text has the people and the choices on two pages."""

    visit = ObjectProperty(None, allownone=True)
    again = BooleanProperty(False)
    session = ObjectProperty(None, allownone=True)
    choices = ListProperty(CHOICES)
    page = NumericProperty(0)

    def open(self, **values: Any) -> None:
        self.visit, self.session = values["visit"], values["session"]
        self.again, self.page = values.get("again", False), 0
        ids, visit = self.ids, self.visit
        ids.adults.value, ids.children_count.value = visit.adults, visit.children
        ids.choices.chosen = [FIRST, *visit.groups] if visit.first_visit else list(visit.groups)
        ids.undo.offer()

    def _said(self) -> dict[str, Any]:
        """Return the fields that differ from what is saved."""
        chosen, visit = self.ids.choices.chosen, self.visit
        said = {
            "adults": int(self.ids.adults.value),
            "children": int(self.ids.children_count.value),
            "first_visit": True if FIRST in chosen else None if visit.first_visit is None else False,
            "groups": tuple(group for group in GROUPS if group in chosen),
        }
        return {name: value for name, value in said.items() if value != getattr(visit, name)}

    def go_on(self) -> None:
        """Turn to the choices, or save and say thanks."""
        if self.app.theme.big and not self.page:
            self.app.shell.turned()
            self.page = 1
            return
        self._keep(lambda visit, session: self.app.shell.go("thanks", visit=visit, session=session))

    def step_back(self) -> bool:
        if not self.page:
            return False
        self.page = 0
        return True

    def _keep(self, then: Any = lambda visit, session: None) -> None:
        """Save what was changed, then call `then` with the visit and its session if the screen is still shown."""
        app, session, now = self.app, self.session, self.app.now()
        if self.visit is None:
            return
        visit, said = self.visit, self._said()

        def saved(visit: Any) -> None:
            if self.visit is not None and self.visit.id == visit.id:
                self.visit = visit
                if app.shell.current == self.name:
                    then(visit, session)

        if said:
            app.work(lambda: app.services.attendance.amend(visit_id=visit.id, now=now, **said), saved)
        else:
            saved(visit)

    def on_pre_leave(self, *_: object) -> None:
        self._keep()

    def undo(self) -> None:
        """Undo the check-in."""
        visit, self.visit = self.visit, None
        undo_check_in(self.app, visit)

    def reset(self) -> None:
        self._keep()
        self.visit = self.session = None
        self.again = False
        self.ids.choices.chosen = []
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
