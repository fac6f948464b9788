"""The public page: its settings, how it goes, and what can be done with it now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from kiosk.errors import N_, KioskError
from kiosk.files.atomic import write_atomic
from kiosk.files.usb import hand_over
from kiosk.settings.places import PlaceKind, parse_place
from screens.widgets import load_kv
from screens.widgets.lists import Line

from . import part
from .part import RIGHT, SettingsPartScreen
from .values import broken

if TYPE_CHECKING:
    from kiosk.publish.publisher import Publisher

load_kv(part.__file__)

#: Lines that are no settings.
STATE, ACCESS, POSTER = "state", "access", "poster"
POSTER_FILE = "lumijobi-poster.pdf"
RENEWED, WRITABLE = N_("The public page is up to date"), N_("The place can be written to")
#: Places with a password, and those where this tablet is known by a key as well.
SERVERS, KEYED = (PlaceKind.SFTP, PlaceKind.RSYNC, PlaceKind.WEBDAV), (PlaceKind.SFTP, PlaceKind.RSYNC)


class PublicPageScreen(SettingsPartScreen):
    """Lines for the last renewal, the access to the server and the poster stand among the settings."""

    def open(self, **values: Any) -> None:
        super().open(part="public")

    def _show(self, values: dict[str, Any]) -> None:
        super()._show(values)
        tr, icon = self.app.tr, "web"
        own = [Line(STATE, tr._("Last update"), self._went(), icon=icon, alarm=bool(self._state.error))]
        if self._kind() in SERVERS:
            said = tr._("A password is set") if self._has_password else tr._("No password")
            own.append(Line(ACCESS, tr._("Access to the server"), said, icon="key_variant"))
        if self.app.settings.public.url:
            own.append(Line(POSTER, tr._("Poster with the QR code"), tr._("A4 sheet on a USB stick"), icon="printer"))
        self.lines = own + self.lines

    def look(self) -> None:
        page = self.app.services.public_page

        def read(who: str) -> dict[str, Any]:
            self._state, self._has_password = page.state(), bool(page.password())
            return self.app.services.preferences.values()

        self.load(RIGHT, read, self._show)

    def _kind(self) -> PlaceKind | None:
        place = self.app.settings.delivery.place
        return parse_place(place).kind if place else None

    def _went(self) -> str:
        """Return how the last renewal went."""
        tr, state = self.app.tr, self._state
        if state.error:
            return tr.language.text(state.error).format(**state.values)
        if state.done is None:
            return str(tr._("Not updated yet") if self._kind() else tr._("Not published anywhere yet"))
        return f"{tr.language.short_date(state.done)} {tr.time(state.done)}"

    # what a line does

    def touched(self, key: str) -> None:
        own = {STATE: self._ask_now, ACCESS: self._ask_access, POSTER: self._write_poster}
        if key in own:
            own[key]()
        else:
            super().touched(key)

    def _ask_now(self) -> None:
        tr = self.app.tr
        choices: list[Any] = [(tr._("Close"), lambda: None, False)]
        if self._kind():
            choices = [(tr._("Renew it now"), self._renew, True), (tr._("Test the place"), self._try, False), *choices]
        self.app.shell.say(tr._("Last update"), broken(self._went()), choices)

    def _ask_access(self) -> None:
        tr = self.app.tr
        choices: list[Any] = [(tr._("Type the password"), self._type_password, True)]
        if self._has_password:
            choices.append((tr._("Forget the password"), lambda: self._keep_password(""), False))
        if self._kind() in KEYED:
            choices.append((tr._("Show the key of this tablet"), self._show_key, False))
        self.app.shell.say(tr._("Access to the server"), "", [*choices, (tr._("Close"), lambda: None, False)])

    def _renew(self) -> None:
        now = self.app.now()
        self._publish(lambda publisher: publisher.to_place(now, lambda done, of: None), RENEWED)

    def _try(self) -> None:
        self._publish(lambda publisher: publisher.try_place(), WRITABLE)

    def _publish(self, work: Callable[[Publisher], object], well: str) -> None:
        """Run `work(publisher)` and say how it went."""
        from kiosk.publish.publisher import Publisher

        app = self.app

        def done(_answer: Any) -> None:
            app.shell.say(app.tr._(well), "")
            self.look()

        self.do(RIGHT, lambda who: work(Publisher(app.services)), done, self._failed)

    def _type_password(self) -> None:
        self.ask(self.app.tr._("Password of the server"), self._keep_password, masked=True, most=120)

    def _keep_password(self, text: str) -> None:
        page, now = self.app.services.public_page, self.app.now()
        self.do(RIGHT, lambda who: page.set_password(password=text, now=now, who=who), lambda answer: self.look())

    def _show_key(self) -> None:
        from kiosk.publish.ssh import make_key

        app = self.app
        tell = app.tr._("Give this line to whoever runs the server:")
        self.do(
            RIGHT,
            lambda who: make_key(app.services.store.folder),
            lambda key: app.shell.say(app.tr._("Key of this tablet"), f"{tell}\n\n{broken(key)}"),
            self._failed,
        )

    def _write_poster(self) -> None:
        from kiosk.publish.poster import poster_pdf

        app = self.app

        def write(who: str) -> Any:
            pdf = poster_pdf(app.settings)
            return hand_over(app.settings.reports.folder, POSTER_FILE, partial(write_atomic, data=pdf))

        self.do(
            RIGHT, write, lambda path: app.shell.say(app.tr._("It is saved on the USB stick"), path.name), self._failed
        )

    def _failed(self, error: KioskError) -> None:
        self.look()
        self.app.show_error(error)
