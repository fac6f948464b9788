"""All settings in the order of the file: those declared by named tuples, and those of the few sections whose keys are
days or languages."""

from __future__ import annotations

from typing import Any, NamedTuple

from kiosk.errors import N_
from kiosk.language.translation import LANGUAGES

from . import validators as is_
from .declaration import Setting, settings_of
from .rows import GatheringSetting, ProjectSetting, RateSetting
from .validators import DAYS
from .values import Settings

#: The named tuple of each section declared by one.
GROUPS = {name: kind for name, kind in Settings.__annotations__.items() if hasattr(kind, "_fields")}
ENTRIES = (
    *(entry for name, group in GROUPS.items() for entry in settings_of(group, name)),
    *(
        Setting(f"opening.{day}", is_.hours, '"10:00-16:00"', "opening hours; leave out a day that is closed")
        for day in DAYS
    ),
    *(
        Setting(
            f"message.{code}", is_.maybe_line, '""', N_("a message from the centre to everyone who comes; empty: none")
        )
        for code in LANGUAGES
    ),
    Setting("closed", is_.days, "[]", N_("dates when the centre is closed"), N_("Closed days")),
)


class Section(NamedTuple):
    """A repeated [[section]]: the named tuple of a row, the field that is unique among rows, and the default rows
    (TOML)."""

    row: type[Any]
    unique: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    word: str

    @property
    def entries(self) -> tuple[Setting, ...]:
        return settings_of(self.row)


SECTIONS = {
    "gatherings": Section(
        GatheringSetting,
        ("key",),
        ({},),
        "gathering",
    ),
    "projects": Section(
        ProjectSetting,
        ("number",),
        (),
        "project",
    ),
    # 15 €/h until the end of 2022, 20 €/h since; the machine's is to be looked up in the decision.
    "rates": Section(
        RateSetting,
        ("kind", "since"),
        (
            {},
            {"since": "2023-01-01", "euros": "20"},
            {"kind": '"machine"', "euros": "30"},
        ),
        "rate",
    ),
}
#: Opening days if the file has no opening hours.
OPEN_BY_DEFAULT = ("tue", "wed", "thu")
