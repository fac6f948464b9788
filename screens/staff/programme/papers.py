"""The papers of a session: the list for the door, and the poster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PIL import Image

from kiosk.documents.content import photo_of
from kiosk.documents.day_list import DayRow
from kiosk.documents.poster import poster_of, poster_pdf
from kiosk.files.resources import asset
from kiosk.language.translation import LANGUAGES, Language
from kiosk.vocabulary.states import SeatState
from screens.staff.desk.paper import PaperScreen
from screens.words.gatherings import PLAIN_ART

#: Largest size of the picture of a poster, pixels.
PICTURE = (1600, 1600)


class SessionPapers(PaperScreen):
    """A screen that prints the papers of a session."""

    def papers(self, session: Any) -> list[tuple[str, Callable[[], None], bool]]:
        """Return the choices of papers; without seats there is no list for the door."""
        tr = self.app.tr
        door = [(tr._("List for the door"), lambda: self._look_up_door(session), False)] if session.seats else []
        return [*door, (tr._("Poster"), lambda: self._poster(session), False)]

    def _look_up_door(self, session: Any) -> None:
        self.do(
            "events", lambda who: self.app.services.seats.at_door(session.id), lambda seats: self._door(session, seats)
        )

    def _door(self, session: Any, seats: list[Any]) -> None:
        tr = self.app.tr
        if not seats:
            self.app.shell.say(tr._("Nobody has booked a seat yet."), "")
            return
        rows = [DayRow(seat.code.grouped, self._people(seat), self._about(seat)) for seat in seats]
        when = f"{tr.weekday_date(session.starts_at)}  {tr.session_time(session)}  ·  {session.place}"
        file = f"{session.id.rpartition(':')[0].replace(':', '-')}.pdf"
        self.offer_paper("events", tr.name(session.names), when, [tr._("Came")], rows, file)

    def _people(self, seat: Any) -> str:
        return str(self.app.tr.n("For {count} person", "For {count} people", seat.people).format(count=seat.people))

    def _about(self, seat: Any) -> str:
        tr = self.app.tr
        place = tr("Place on the waiting list: {place}", place=seat.place) if seat.place else ""
        here = tr._("Here already") if seat.state == SeatState.ARRIVED else ""
        return "  ·  ".join(filter(None, (place, here, LANGUAGES.get(seat.language, ""))))

    def _poster(self, session: Any) -> None:
        """Offer the poster in the centre's languages."""
        centre = self.app.settings.centre
        languages = [Language(code, timezone=centre.timezone) for code in centre.own_first]

        def make() -> bytes:
            return poster_pdf(poster_of(session, languages, centre.name, self._picture(session)))

        self.offer_pdf("events", make, f"poster-{session.id.rpartition(':')[0].replace(':', '-')}.pdf")

    def _picture(self, session: Any) -> Image.Image:
        photo = photo_of(self.app.pictures, session.photo, PICTURE)
        return photo or Image.open(asset(f"art/{session.art or PLAIN_ART}"))
