"""Case notes on the screens of a request and of a pair: written, listed, deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.services.help.notes import LONGEST_NOTE, check_note
from screens.widgets.lists import Line

from .base import StaffScreen

#: Icon of a note in a list.
NOTE_ICON = "note_text_outline"


def note_lines(tr: Any, notes: list[Any]) -> list[Line]:
    """Return the lines of opened notes."""
    return [Line(note.id, note.text, tr.language.short_date(note.made_at), icon=NOTE_ICON) for note in notes]


def ask_note(screen: StaffScreen, about: str, done: Callable[[], None]) -> None:
    """Ask for a note about a request or a pair, seal it, and call `done`."""
    app = screen.app
    write, language = app.services.notes.write, app.tr.code

    def written(text: str) -> None:
        now = app.now()
        screen.do(
            "requests",
            lambda who: write(about=about, text=text, language=language, now=now, who=who),
            lambda note: done(),
            app.show_error,
        )

    screen.ask(
        app.tr._("Write a note"),
        written,
        check=check_note,
        most=LONGEST_NOTE,
        hint=app.tr._("Only the coordinator can read it."),
    )


def offer_note(screen: StaffScreen, note: Any, done: Callable[[], None]) -> None:
    """Show a note, which can be deleted; then call `done`."""
    app, tr = screen.app, screen.app.tr

    def erase() -> None:
        now = app.now()
        screen.do("personal", lambda who: app.services.notes.erase(note_id=note.id, now=now, who=who), lambda _: done())

    choices = [(tr._("Close"), lambda: None, True), (tr._("Delete the note"), erase, False)]
    app.shell.say(tr.language.short_date(note.made_at), note.text, choices)
