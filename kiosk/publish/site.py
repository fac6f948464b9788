"""The whole site as a list of files: the same contents always give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from kiosk import clock
from kiosk.pictures.store import Pictures
from kiosk.services import Services

from .contents import read_contents
from .feeds import Feeds
from .file import SiteFile, named_by_content
from .pages import LanguagePages, Linked
from .pictures import SitePictures

#: The style sheet and the script beside the templates.
BESIDE = Path(__file__).with_name("templates")


def site_files(services: Services, pictures: Pictures, now: datetime) -> Iterator[SiteFile]:
    """Yield every file of the site at `now`, in the languages of the centre."""
    settings = services.settings
    contents = read_contents(services, clock.local_date(now, clock.zone(settings.centre.timezone)))
    shown = SitePictures(pictures)
    feeds = Feeds(services, contents, shown, now)
    style, script = (
        named_by_content("site", kind, (BESIDE / file).read_bytes())
        for file, kind in (("style.css", "css"), ("site.js", "js"))
    )
    yield from (style, script)
    linked, about = Linked(style.path, script.path), feeds.centre()
    for code in settings.centre.languages:
        pages = LanguagePages(code, settings, contents, shown, linked, about)
        yield from pages.files()
        yield from feeds.of(pages.views)
        if code == settings.centre.default_language:
            yield pages.home("", f"{code}/")
    yield from feeds.files()
    yield from shown.files()
