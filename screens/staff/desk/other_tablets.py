"""Lines about the centre's other tablets, for the coordinator: changes that wait for consent, changes from elsewhere,
and revocation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.errors import KioskError
from kiosk.language.translation import LANGUAGES
from kiosk.services import Services
from kiosk.services.staff.other_tablets import DeletedElsewhere, HeldChange, OtherTablet, TakenSetting
from kiosk.settings.schema import ENTRIES
from screens.staff.settings.values import ValueText
from screens.widgets.lists import Line

from .base import StaffScreen

ENTRY = {entry.key: entry for entry in ENTRIES}


@dataclass(frozen=True)
class Others:
    """The noted state of the other tablets."""

    tablets: list[OtherTablet]
    held: list[HeldChange]
    taken: list[TakenSetting]
    deleted: list[DeletedElsewhere]

    def name(self, device: str) -> str:
        """Return the name of the tablet with the device id `device`."""
        return next((one.name for one in self.tablets if device in one.devices), "–")


def read(services: Services, now: datetime) -> Others:
    """Read the noted state of the other tablets."""
    others = services.other_tablets
    return Others(others.tablets(), others.held(), others.taken(), others.deleted(now))


def setting_name(tr: Any, key: str) -> str:
    """Return the displayed name of a setting."""
    section, _, rest = key.partition(".")
    if section == "message":
        return f"{tr._('Message to everyone')}: {LANGUAGES.get(rest, rest)}"
    if section == "opening":
        return f"{tr._('Opening hours')}: {ValueText(tr).weekday(rest)}"
    return str(tr._(ENTRY[key].name)) if key in ENTRY and ENTRY[key].name else key


class OtherTablets:
    """Builds the lines and handles touches on them."""

    def __init__(self, screen: StaffScreen, look: Callable[[], None]) -> None:
        self._screen, self._look = screen, look
        self._actions: dict[str, Callable[[], None]] = {}

    def lines(self, others: Others) -> tuple[list[Line], list[Line]]:
        """Return (urgent lines, other lines); empty except for a coordinator."""
        self._actions = {}
        if not self._screen.member.may("people"):
            return [], []
        urgent = [*self._held(others), *self._deleted(others)]
        return urgent, [*self._taken(others), *self._tablets(others)]

    def touched(self, key: str) -> bool:
        """Handle a touch on a line; returns False for a line of another owner."""
        action = self._actions.get(key)
        if action is not None:
            action()
        return action is not None

    def _line(
        self, key: str, title: str, note: str, mark: str, icon: str, act: Callable[[], None], alarm: bool
    ) -> Line:
        self._actions[key] = act
        return Line(key, title, note, mark, icon=icon, alarm=alarm)

    # changes that wait for consent

    def _held(self, others: Others) -> Iterator[Line]:
        tr = self._screen.app.tr
        for tablet in others.tablets:
            waiting = [one for one in others.held if one.tablet == tablet.number]
            if waiting:
                title = tr("{tablet} wants to delete or change a lot", tablet=tablet.name)
                note = tr.n(
                    "{count} change waits for your answer", "{count} changes wait for your answer", len(waiting)
                )
                act = self._acting(self._ask_held, tablet, len(waiting))
                yield self._line(
                    f"held:{tablet.number}", title, note.format(count=len(waiting)), "", "alert", act, True
                )

    def _ask_held(self, tablet: OtherTablet, count: int) -> None:
        app, tr = self._screen.app, self._screen.app.tr
        app.shell.say(
            tr("{tablet} wants to delete or change a lot", tablet=tablet.name),
            tr._("If you know nothing of it, refuse and revoke the tablet: it may be stolen."),
            [
                (tr._("Refuse"), lambda: self._settle(tablet, False), True),
                (tr._("Agree"), lambda: self._settle(tablet, True), False),
                (tr._("Revoke this tablet"), lambda: self._revoke(tablet), False),
                (tr._("Close"), lambda: None, False),
            ],
            art="offline.png",
        )

    def _settle(self, tablet: OtherTablet, agree: bool) -> None:
        app, now = self._screen.app, self._screen.app.now()
        services, tell = app.services, app.background.hub.settle

        def settle(who: str) -> Any:
            services.other_tablets.settle(tablet=tablet.number, agree=agree, tell=tell, now=now, who=who)
            return services.preferences.take({})[0]

        self._do("people", settle, self._changed)

    # deletions by other tablets

    def _deleted(self, others: Others) -> Iterator[Line]:
        tr = self._screen.app.tr
        for one in others.deleted:
            name = others.name(one.device)
            said = tr.n("{tablet} deleted {count} request", "{tablet} deleted {count} requests", one.count)
            note = tr("Touch to bring back. Possible until {time}", time=tr.language.short_date(one.until))
            act = self._acting(self._ask_back, one, name)
            title = said.format(tablet=name, count=one.count)
            yield self._line(f"back:{one.device}", title, note, "", "backup_restore", act, False)

    def _ask_back(self, one: DeletedElsewhere, name: str) -> None:
        app, tr = self._screen.app, self._screen.app.tr
        said = tr.n("{tablet} deleted {count} request", "{tablet} deleted {count} requests", one.count)
        app.shell.say(
            said.format(tablet=name, count=one.count),
            tr._("Bring them back only if nobody asked for it. They come back as new requests."),
            [
                (tr._("Leave them deleted"), lambda: None, True),
                (tr._("Bring back"), lambda: self._bring_back(one), False),
            ],
            art="sealed.png",
        )

    def _bring_back(self, one: DeletedElsewhere) -> None:
        app, now = self._screen.app, self._screen.app.now()
        others = app.services.other_tablets
        self._do(
            "personal", lambda who: others.bring_back(device=one.device, now=now, who=who), lambda count: self._look()
        )

    # settings from other tablets

    def _taken(self, others: Others) -> Iterator[Line]:
        tr = self._screen.app.tr
        for one in others.taken:
            title = tr("{tablet} changed: {setting}", tablet=others.name(one.device), setting=setting_name(tr, one.key))
            act = self._acting(self._undo, one)
            mark, note = tr.language.short_date(one.at), tr._("Touch to change it back on all tablets")
            yield self._line(f"undo:{one.entry}:{one.key}", title, note, mark, "restore", act, False)

    def _undo(self, one: TakenSetting) -> None:
        app, now = self._screen.app, self._screen.app.now()
        others = app.services.other_tablets
        self._do("settings", lambda who: others.undo(entry=one.entry, key=one.key, now=now, who=who), self._changed)

    def _changed(self, settings: Any) -> None:
        """Apply the new settings and stay here."""
        app = self._screen.app
        if settings != app.settings:
            app.take_settings(settings)
            app.shell.home()
            app.shell.go("tablets")
        self._look()

    # tablets

    def _tablets(self, others: Others) -> Iterator[Line]:
        tr = self._screen.app.tr
        for one in others.tablets:
            if one.own:
                continue
            mark = tr.language.short_date(one.seen) if one.seen else ""
            note = tr._("Revoked") if one.revoked else tr._("Belongs to this centre")
            act = (lambda: None) if one.revoked else self._acting(self._ask_revoke, one)
            icon = "close_circle" if one.revoked else "tablet"
            yield self._line(f"tablet:{one.number}", one.name, note, mark, icon, act, False)

    def _ask_revoke(self, one: OtherTablet) -> None:
        app, tr = self._screen.app, self._screen.app.tr
        app.shell.say(
            one.name,
            tr._(
                "Revoke it if it is lost or stolen: it can no longer read or change anything. It needs a new invitation."
            ),
            [
                (tr._("Keep"), lambda: None, True),
                (tr._("Revoke this tablet"), lambda: self._revoke(one), False),
            ],
        )

    def _revoke(self, one: OtherTablet) -> None:
        app, tr = self._screen.app, self._screen.app.tr

        def revoked(ended: bool) -> None:
            text = tr._("It can no longer read or change anything. Now give everyone a new PIN and new badges.")
            app.shell.say(tr("Revoked: {tablet}", tablet=one.name), text)
            self._look()

        self._do("people", lambda who: app.background.hub.revoke(one.number), revoked)

    def _acting(self, act: Callable[..., None], *values: Any) -> Callable[[], None]:
        return lambda: act(*values)

    def _do(self, right: str, work: Callable[[str], Any], done: Callable[[Any], object]) -> None:
        def failed(error: KioskError) -> None:
            self._screen.app.show_error(error)

        self._screen.do(right, work, done, failed)
