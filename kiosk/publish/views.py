"""Things, sessions and opening hours as the templates of one language show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from kiosk.language.translation import Language, capital
from kiosk.services import CategoryView, SessionView
from kiosk.services.goods.categories import category_name
from kiosk.settings import Settings
from kiosk.vocabulary import words
from kiosk.vocabulary.states import SessionState

from .contents import PublicThing, public_id
from .pictures import SitePictures
from .words import INSTEAD_OF, LARGER, NEW_TIME

#: The drawing of an event without one.
PLAIN_ART = "home_calendar.png"
#: In this order a name is looked for where a language has none.
FALLBACK = ("en", "fi")


class Named(NamedTuple):
    """A name, and the code of its language where it is not the page's ("" if it is)."""

    text: str
    lang: str


class PagePicture(NamedTuple):
    """A picture by the stems of its files: `small` for the page, with the suffix of its fallback, `large` or ""."""

    small: str
    suffix: str
    large: str


class ThingView(NamedTuple):
    id: str
    name: Named
    facts: str
    pictures: tuple[PagePicture, ...]
    larger: str
    is_new: bool
    reserved: bool
    centre: str


class EventView(NamedTuple):
    series: str
    name: Named
    day: str
    time: str
    place: str
    picture: PagePicture
    off: bool
    state: str
    note: str
    begins: str


class Hours(NamedTuple):
    day: str
    hours: str


class Views:
    """Writes values in one language."""

    def __init__(self, language: Language, settings: Settings, pictures: SitePictures) -> None:
        self.language, self._settings, self._pictures = language, settings, pictures

    def name(self, names: Mapping[str, str]) -> Named:
        """Return a name in this language, else in a fallback language."""
        own = self.language.code.partition("_")[0]
        for code in (self.language.code, own, *FALLBACK, *names):
            if names.get(code):
                return Named(self.language.name({code: names[code]}), "" if code.partition("_")[0] == own else code)
        return Named("", "")

    def category(self, category: str | CategoryView) -> str:
        return category_name(category, self.language)

    def category_picture(self, category: str | CategoryView) -> PagePicture:
        """Return the picture of a category: a photo or a drawn one."""
        if isinstance(category, str):
            return self.drawn(f"category_{category}.png")
        photo = self._pictures.photo(category.photo) if category.photo else ""
        return PagePicture(f"pictures/{photo}", "jpg", "") if photo else self.drawn(f"{category.drawing}.png")

    def drawn(self, name: str) -> PagePicture:
        """Return a drawn picture."""
        return PagePicture(f"art/{self._pictures.art(name)}", name.rpartition(".")[2], "")

    def thing(self, thing: PublicThing) -> ThingView:
        """Return a card of the shelf."""
        name = self.name(thing.names)
        photos = tuple(filter(None, map(self._pictures.photo, thing.photos)))
        return ThingView(
            thing.id,
            name,
            self._facts(thing),
            tuple(PagePicture(f"pictures/{photo}", "jpg", f"pictures/{photo}-large.jpg") for photo in photos),
            self.language.text(LARGER).format(name=name.text),
            thing.is_new,
            thing.reserved,
            thing.centre,
        )

    def _facts(self, thing: PublicThing) -> str:
        language, age = self.language, thing.age_group
        facts = (
            thing.size,
            language.text(words.AGES[age]) if age in words.AGES and thing.category != "baby" else "",
            language.text(words.CONDITIONS[thing.condition]) if thing.condition in words.CONDITIONS else "",
            language.plural("{count} left", "{count} left", thing.left).format(count=thing.left)
            if thing.left > 1
            else "",
        )
        return "\u00a0· ".join(filter(None, facts))  # no line begins with the dot

    def event(self, session: SessionView) -> EventView:
        """Return a line of the programme. Why a session is cancelled stays at the centre: it may be somebody's illness."""
        language = self.language
        state = language.text(words.SESSIONS[session.state]) if session.state in words.SESSIONS else ""
        return EventView(
            public_id(session.gathering_id),
            self.name(session.names),
            capital(language.weekday_date(session.starts_at)),
            language.span(session.starts_at, session.ends_at),
            session.place,
            self._session_picture(session),
            not session.takes_place,
            state,
            self._note(session),
            session.starts_at.isoformat(),
        )

    def _session_picture(self, session: SessionView) -> PagePicture:
        photo = self._pictures.photo(session.photo) if session.photo else ""
        if photo:
            return PagePicture(f"pictures/{photo}", "jpg", "")
        return self.drawn(session.art if self._pictures.art(session.art) else PLAIN_ART)

    def _note(self, session: SessionView) -> str:
        if session.state == SessionState.HOLIDAY:
            return self.language.name(session.holiday)
        if session.other is None or session.other == session.starts_at:
            return ""
        text = NEW_TIME if session.state == SessionState.AWAY else INSTEAD_OF
        return self.language.text(text).format(when=self.language.at(session.other))

    def hours(self) -> list[Hours]:
        """Return the opening hours of each weekday, "" when it is closed."""
        found = self._settings.opening
        return [Hours(capital(self.language.weekday(day)), self._span(found.get(day))) for day in range(7)]

    def _span(self, hours: Any) -> str:
        return "–".join(self.language.time(at) for at in hours) if hours else ""

    def dates(self, days: Iterable[Any]) -> list[str]:
        return [self.language.full_date(day) for day in days]
