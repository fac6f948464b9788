"""Rows of repeated sections. This is the only declaration of each setting."""

from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from kiosk.vocabulary import GROUPS, INDICATOR_KEYS

from . import validators as is_
from .declaration import declared, setting


@declared
class GatheringSetting(NamedTuple):
    """A series: `every` is an RFC 5545 rule, times are local, `cancelled` and `extra` are dates."""

    key: str = setting(is_.text, '"coffee"', "a short name that never changes", needed=True)
    names: dict[str, str] = setting(
        is_.names,
        '{fi = "Tiistaikahvit", uk = "Кава у вівторок", en = "Tuesday coffee meeting", sv = "Tisdagskaffe"}',
        "name by language",
        needed=True,
    )
    every: str = setting(is_.rule, '"FREQ=WEEKLY;BYDAY=TU"', "RFC 5545 rule", needed=True)
    start: time = setting(is_.clock_time, '"13:00"', "local time", needed=True)
    end: time = setting(is_.clock_time, '"16:00"', "local time; earlier than start means after midnight", needed=True)
    place: str = setting(is_.text, '"Help Center"', "where", needed=True)
    since: date = setting(is_.day, "2024-01-02", "first date of the series", needed=True)
    art: str = setting(is_.maybe_text, '""', "picture, a file under assets/art")
    cancelled: frozenset[date] = setting(
        lambda value: frozenset(is_.days(value)), "[]", "dates on which it does not take place"
    )
    extra: tuple[date, ...] = setting(is_.days, "[]", "further dates")
    seats: int = setting(is_.whole(0, 10_000), "0", "seats to sign up for; 0: come as you are")
    partner: str = setting(is_.maybe_text, '""', "who arranges it with the centre")
    languages: tuple[str, ...] = setting(
        lambda value: () if value == [] else is_.languages(value), "[]", "languages spoken there; empty: any"
    )
    groups: tuple[str, ...] = setting(is_.groups, "[]", "whom it is meant for, some of: " + ", ".join(GROUPS))


@declared
class ProjectSetting(NamedTuple):
    """A funded project, from `since` to `until`. The lists select the work that counts for it; an empty list selects
    all."""

    number: str = setting(is_.text, '"1"', "number of the decision", needed=True)
    names: dict[str, str] = setting(
        is_.names, '{fi = "Hanke", uk = "Проєкт", en = "Project"}', "name by language", needed=True
    )
    funder: str = setting(is_.text, '"Funder"', "who pays", needed=True)
    since: date = setting(is_.day, "2024-01-01", "first day", needed=True)
    until: date = setting(is_.day, "2026-12-31", "last day", needed=True)
    logo: str = setting(is_.maybe_text, '""', "picture for the top of reports, a PNG or JPEG file")
    gatherings: tuple[str, ...] = setting(is_.words, "[]", "keys of the gatherings that count for it; empty: all")
    services: tuple[str, ...] = setting(is_.words, "[]", 'services that count for it, such as "friend"; empty: all')
    tasks: tuple[str, ...] = setting(
        is_.words, "[]", 'tasks of volunteers that count for it, such as "kitchen"; empty: all'
    )
    categories: tuple[str, ...] = setting(
        is_.words, "[]", 'categories of goods that count for it, such as "furniture"; empty: all'
    )
    targets: dict[str, int] = setting(
        is_.targets,
        "{}",
        "what the funder expects until the last day, such as {people = 2000, hours = 500}; some of: "
        + ", ".join(INDICATOR_KEYS),
    )


@declared
class RateSetting(NamedTuple):
    """Value of an hour of talkoot work from `since` until the next rate of its kind, "work" or "machine"."""

    kind: str = setting(is_.one_of("work", "machine"), '"work"', "an hour of work, or of a machine", needed=True)
    since: date = setting(is_.day, "2014-01-01", "first day of the rate", needed=True)
    euros: Decimal = setting(is_.euros, "15", "what an hour is worth", needed=True)
