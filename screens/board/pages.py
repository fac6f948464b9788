"""The pages of the board, in one language: plain texts and the cards of things."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from kiosk.errors import N_
from kiosk.language.translation import Language
from kiosk.services import ItemCard, SessionView
from kiosk.services.desk.board import BoardView
from kiosk.settings import Settings
from kiosk.vocabulary.states import SessionState
from screens.words.gatherings import STATE_WORDS

#: Rows of a page of the programme.
ROWS = 5


class Page(NamedTuple):
    """A heading, and one of: rows of (time, event, note), things, a text."""

    heading: str
    rows: tuple[tuple[str, str, str], ...] = ()
    things: tuple[ItemCard, ...] = ()
    text: str = ""


def pages(view: BoardView, settings: Settings, language: Language, now: datetime) -> list[Page]:
    """Return the pages that have something to tell, at least the programme."""
    found = [*_programme(view, language, now)]
    if view.newest:
        found.append(Page(language.text(N_("New things, all free")), things=view.newest))
    said = settings.message.get(language.code) or settings.message.get(settings.centre.default_language, "")
    if said:
        found.append(Page(settings.centre.name, text=said))
    if view.thanked:
        found.append(Page(language.text(N_("Thank you")), text="  ·  ".join(view.thanked)))
    return found


def _programme(view: BoardView, language: Language, now: datetime) -> list[Page]:
    today = [_row(session, language) for session in view.planned if session.ends_at > now]
    if today:
        heading = language.text(N_("Today at the Help Center"))
        return [Page(heading, rows=tuple(today[at : at + ROWS])) for at in range(0, len(today), ROWS)]
    if view.following is None:
        return [Page(language.text(N_("No event today")))]
    time, name, note = _row(view.following, language)
    day = language.short_date(view.following.starts_at)
    return [Page(language.text(N_("The next one is:")), rows=((f"{day}  {time}", name, note),))]


def _row(session: SessionView, language: Language) -> tuple[str, str, str]:
    changed = session.state != SessionState.ON
    note = language.text(STATE_WORDS[SessionState(session.state)]) if changed else session.place
    return language.span(session.starts_at, session.ends_at), language.name(session.names), note
