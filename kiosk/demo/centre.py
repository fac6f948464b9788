"""The settings of the demo centre."""

from __future__ import annotations

from datetime import date, time, timedelta
from enum import StrEnum

from kiosk.files.resources import asset
from kiosk.settings import GatheringSetting, ProjectSetting, Settings

#: Weeks of life before today.
WEEKS = 4


class Day(StrEnum):
    """The day the demo shows. NEW: the first one of a centre."""

    USUAL = "usual"
    BUSY = "busy"
    NEW = "new"


def settings_for(settings: Settings, today: date, kind: Day = Day.USUAL) -> Settings:
    """Return `settings` with a schedule that has a session today and on other weekdays."""
    first = today if kind == Day.NEW else today - timedelta(weeks=WEEKS + 1)
    coffee = settings.gatherings[0]
    coffee = coffee._replace(extra=(*coffee.extra, today))  # also if today is not a Tuesday, or is a holiday
    since = first if kind == Day.NEW else min(coffee.since, first)
    art = coffee.art or "home_check_in.png"
    coffee = coffee._replace(start=time(9, 0), end=time(20, 0), since=since, art=art)
    club = GatheringSetting(
        key="demo-language-cafe",
        names={"fi": "Kielikahvila", "uk": "Мовне кафе", "en": "Language café", "sv": "Språkkafé"},
        every="FREQ=WEEKLY;BYDAY=TH",
        start=time(17, 0),
        end=time(19, 0),
        place=coffee.place,
        since=first,
        seats=12,
        languages=("fi", "uk"),
        art="topic_finnish.png",
    )
    craft = GatheringSetting(
        key="demo-craft",
        names={"fi": "Käsityöilta", "uk": "Вечір рукоділля", "en": "Craft evening", "sv": "Pysselkväll"},
        every="FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
        start=time(17, 30),
        end=time(19, 30),
        place="4H",
        since=first,
        seats=8,
        partner="4H",
        groups=("young", "older"),
        art="category_textiles.png",
    )
    project = ProjectSetting(
        number="12345",
        names={
            "fi": "Lumijobi yhdessä",
            "uk": "Lumijobi разом",
            "en": "Lumijobi together",
            "sv": "Lumijobi tillsammans",
        },
        funder="Rieska-Leader ry",
        since=date(today.year, 1, 1),
        until=date(today.year + 1, 12, 31),
        targets={"people": 4000, "sessions": 200, "hours": 600, "given": 900, "partners": 4},
    )
    goods = settings.goods
    if not goods.picture_folder:
        goods = goods._replace(picture_folder=str(asset("demo/pictures")))
    screen = settings.screen._replace(dark_when_closed=False)  # the demo must work at any hour
    return settings._replace(gatherings=(coffee, club, craft), projects=(project,), goods=goods, screen=screen)


def reachable(settings: Settings) -> Settings:
    """Return `settings` with an address and a telephone number that are nobody's, for the public page, if they have none."""
    centre = settings.centre
    address, phone = centre.address or "Esimerkkitie 1, 91980 Lumijoki", centre.phone or "08 000 0000"
    return settings._replace(centre=centre._replace(address=address, phone=phone))
