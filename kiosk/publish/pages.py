"""The pages of the site, rendered from the templates beside this file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kiosk.language.translation import LANGUAGES, Language
from kiosk.settings import Settings
from kiosk.vocabulary import words

from .contents import Contents, PublicThing
from .file import SiteFile, known
from .pictures import SitePictures
from .views import Named, Views
from .words import CALL_US, DESCRIPTION, PAGE_OF, TEXTS, UPDATED

if TYPE_CHECKING:
    from jinja2 import Environment

#: Things on one page: under 100 kB of HTML, and a shelf of a village on one page for each category.
ON_PAGE = 60
#: Things, and sessions, on the first page.
NEWEST, NEXT = 12, 4


class Linked(NamedTuple):
    """Names of the style sheet and the script, which change with their content."""

    style: str
    script: str


class PageLink(NamedTuple):
    """A list that a page links to: file, name, drawing, number of things."""

    file: str
    key: str
    name: str
    art: Any
    number: str


@cache
def templates() -> Environment:
    """Return the environment of the templates: every value is escaped, and a missing one is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("kiosk.publish", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page_of(place: int) -> int:
    """Return the number of the page, from 1, of the thing at `place` of its category."""
    return place // ON_PAGE + 1


def list_file(key: str, page: int) -> str:
    """Return the name of a page of a list."""
    return f"{key}.html" if page == 1 else f"{key}-{page}.html"


class LanguagePages:
    """The pages of one language."""

    def __init__(
        self, code: str, settings: Settings, contents: Contents, pictures: SitePictures, linked: Linked, json_ld: str
    ) -> None:
        self.language = Language(code, timezone=settings.centre.timezone)
        self.views = Views(self.language, settings, pictures)
        self._settings, self._contents, self._linked, self._json_ld = settings, contents, linked, json_ld
        self._texts = {name: self.language.text(text) for name, text in TEXTS.items()}
        self._lists = contents.by_category()
        self._base = self._context()

    def files(self) -> Iterator[SiteFile]:
        """Yield the pages, the first page last: it is complete when it leads to them."""
        for key, things in self._lists.items():
            yield from self._list(key, self.views.category(self._contents.category(key)), things)
        if self._contents.neighbours:
            yield from self._list("region", self._texts["region"], self._contents.neighbours)
        yield self._page("things.html", "things", heading=self._texts["find"], newest=self._newest(ON_PAGE))
        if self._settings.services.calendar:
            yield self._page("events.html", "events", heading=self._texts["coming"], events=self._events(None))
        yield self._page("visit.html", "visit", heading=self._texts["visit"], json_ld=self._json_ld)
        yield self.home("../", "")

    def home(self, root: str, here: str) -> SiteFile:
        """Return the first page. `root` leads to the top of the site, `here` to this language's folder."""
        path = "index.html" if not root else f"{self.language.code}/index.html"
        shown = {"newest": self._newest(NEWEST), "events": self._events(NEXT)}
        return self._render(
            path, "home", heading=self._settings.centre.name, root=root, here=here, file="index.html", **shown
        )

    def _page(self, file: str, template: str, **shown: Any) -> SiteFile:
        return self._render(f"{self.language.code}/{file}", template, root="../", here="", file=file, **shown)

    def _render(self, path: str, template: str, **shown: Any) -> SiteFile:
        page = templates().get_template(f"{template}.html.j2").render(self._base | {"json_ld": ""} | shown)
        return known(path, page.encode())

    def _list(self, key: str, name: str, things: Sequence[PublicThing]) -> Iterator[SiteFile]:
        """Yield the pages of one list of things."""
        pages = page_of(len(things) - 1)
        for page in range(1, pages + 1):
            part = things[(page - 1) * ON_PAGE : page * ON_PAGE]
            yield self._page(
                list_file(key, page),
                "list",
                heading=name,
                listed=[self.views.thing(thing) for thing in part],
                count=self._count(len(things)),
                place=self.language.text(PAGE_OF).format(page=page, pages=pages) if pages > 1 else "",
                before=list_file(key, page - 1) if page > 1 else "",
                after=list_file(key, page + 1) if page < pages else "",
                key=key,
            )

    def _newest(self, most: int) -> list[Any]:
        new = [thing for thing in self._contents.things if thing.is_new and not thing.reserved]
        return [self.views.thing(thing) for thing in new[:most]]

    def _events(self, most: int | None) -> list[Any]:
        return [self.views.event(session) for session in self._contents.sessions[:most]]

    def _count(self, count: int) -> str:
        return self.language.plural("{count} thing", "{count} things", count).format(count=count)

    def _context(self) -> dict[str, Any]:
        """Return what every page knows."""
        language, settings, contents = self.language, self._settings, self._contents
        centre, public = settings.centre, settings.public
        return {
            "t": self._texts,
            "lang": _tag(language),
            "direction": language.locale.text_direction,
            "centre": centre.name,
            "address": centre.address,
            "phone": centre.phone,
            "dial": re.sub(r"[^+\d]", "", centre.phone),
            "public": public,
            "offered": settings.services,
            "linked": self._linked,
            "description": language.text(DESCRIPTION).format(centre=centre.name),
            "updated": language.text(UPDATED).format(day=language.figures(contents.today)),
            "call_us": language.text(CALL_US).format(phone=centre.phone) if centre.phone else "",
            "languages": [(code, LANGUAGES[code], _tag(Language(code))) for code in centre.languages],
            "code": language.code,
            "lists": self._links(),
            "total": self._count(len(contents.things)),
            "has_region": bool(contents.neighbours),
            "hours": self.views.hours(),
            "closed_days": self.views.dates(day for day in sorted(settings.closed) if day >= contents.today),
            "not_taken": [language.text(words.NOT_TAKEN[key]) for key in settings.donations.not_taken],
            "series": self._series(),
            "partners": contents.partners,
            "ages": [(key, language.text(text)) for key, text in words.AGES.items()],
            "art": self.views.drawn,
        }

    def _series(self) -> list[tuple[str, Named]]:
        return [(one.id, self.views.name(one.names)) for one in self._contents.series]

    def _links(self) -> list[PageLink]:
        contents = self._contents
        return [
            PageLink(
                list_file(key, 1),
                key,
                self.views.category(contents.category(key)),
                self.views.category_picture(contents.category(key)),
                self._count(len(things)),
            )
            for key, things in self._lists.items()
        ]


def _tag(language: Language) -> str:
    """Return the BCP 47 tag of a language; plain Finnish is Finnish to a screen reader."""
    return language.code.partition("_")[0]
