"""Restore of a sealed copy from a USB stick during the first start, with passphrase, words or scanned recovery
sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kivy.properties import BooleanProperty, ListProperty, NumericProperty, StringProperty

from kiosk import clock
from kiosk.backup import restore
from kiosk.errors import N_, KioskError
from screens.frame.screen import KioskScreen
from screens.staff.desk.base import LONGEST_SECRET
from screens.widgets.lists import Line
from screens.words.desk import ROLE_WORDS

#: Copies offered, newest first.
OFFERED = 12
#: Members of staff named for confirmation, coordinators first.
SHOWN = 8


class RestoreScreen(KioskScreen):
    """Lists the copies on sticks; one that opens replaces the data here, and the kiosk restarts."""

    question = StringProperty(N_("Plug in the USB stick with the backup"))
    note = StringProperty(N_("Choose the day to go back to. The newest is at the top."))
    trouble = StringProperty()
    skip_words = StringProperty(N_("Look again"))
    progress = NumericProperty()
    can_skip = BooleanProperty(True)
    can_go_back = BooleanProperty(True)
    busy = BooleanProperty(False)
    lines = ListProperty(None, allownone=True)
    before_coordinator = True
    paths: dict[str, Path]
    opened: Any

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(bar=False, **kwargs)

    def open(self, **values: Any) -> None:
        self.reset()
        self.skip()

    def go_back(self) -> None:
        """Return to the first start."""
        self.app.shell.back()

    def skip(self) -> None:
        """Search the sticks again."""
        self.app.work(restore.on_sticks, self.latest(self._show), self._failed)

    def _show(self, paths: list[Path]) -> None:
        language, zone = self.app.tr.language, clock.zone(self.app.settings.centre.timezone)
        self.paths = {str(path): path for path in paths[:OFFERED]}
        lines = []
        for key, path in self.paths.items():
            at = restore.made_at(path).astimezone(zone)
            lines.append(
                Line(
                    key,
                    language.full_date(at.date()),
                    f"{language.time(at)}  ·  {path.parent.name}",
                    icon="backup_restore",
                )
            )
        self.lines = lines

    def choose(self, key: str) -> None:
        """Ask for the secret of a copy."""
        path, tr = self.paths[key], self.app.tr
        self.app.shell.go(
            "ask",
            question=tr._("The coordinator’s passphrase"),
            most=LONGEST_SECRET,
            paper_key=True,
            hint=tr._("Five words, or the 24 words of the recovery sheet"),
            check=lambda text: self._open(path, text),
            done=lambda text: self._ask(),
        )

    def _open(self, path: Path, secret: str) -> None:
        """Open the copy beside the data, on a worker; nothing is replaced yet."""
        folder = self.app.services.store.folder
        private = restore.private_for(path.parent, secret)
        self.opened = restore.open_sealed(folder, path, private)
        restore.bring_pictures(folder, path.parent, private, lambda done, of: None)

    def _ask(self) -> None:
        app, tr, opened = self.app, self.app.tr, self.opened
        folder, now = app.services.store.folder, app.now()

        def replace() -> None:
            app.begin_again(lambda: restore.put_in_place(folder, opened, now))

        if opened.proof is not None:
            app.shell.say(
                tr._("The backup is intact"),
                tr._("It will replace everything on this tablet. The kiosk will then restart."),
                [(tr._("Yes, continue"), replace, True), (tr._("No"), lambda: None, False)],
                art="sealed.png",
            )
            return
        names = ", ".join(
            f"{name} ({tr._(ROLE_WORDS[role])})" for name, role in opened.staff()[:SHOWN] if role in ROLE_WORDS
        )
        app.shell.say(
            tr._("This backup does not prove who made it"),
            tr("Its staff: {names}. Continue only if you know all of them.", names=names or "–"),
            [(tr._("No"), lambda: None, True), (tr._("Yes, continue"), replace, False)],
            art="sealed.png",
        )

    def paper_key_scanned(self, digits: str) -> bool:
        return True  # a repeated scan of the sheet: ignore it

    def _failed(self, error: KioskError) -> None:
        self.trouble = self.app.tr.error(error)

    def reset(self) -> None:
        self.trouble = ""
        self.lines = None
        self.paths = {}
        self.opened = None
