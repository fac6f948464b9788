"""The scope of a report: a project or the whole centre, with names and texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from kiosk.settings import ProjectSetting, Settings

from .facts import Facts
from .wording import Say


class Weighing(Protocol):
    """The weight of one piece, kilograms, with its range."""

    subject: str
    low: float
    mid: float
    high: float
    source: str
    pieces: int
    day: date


class Saving(Protocol):
    """CO2e that reuse saves, kilograms for one kilogram or one piece."""

    subject: str
    value: float
    per: str
    source: str
    version: str

    def of(self, pieces: float, kg: float) -> float:
        """Return the kilograms of CO2e for `pieces` that weigh `kg` in total."""


class Scales(Protocol):
    """Source of weights and factors."""

    def table(self, as_of: datetime) -> dict[str, Any]:
        """Return the weight of each subject at a time."""

    def factors(self, as_of: datetime) -> dict[str, Any]:
        """Return the factors in use, by subject."""


@dataclass(frozen=True)
class Scope:
    """The inputs of a report. `names` are volunteers' names by id, while the key is unlocked."""

    facts: Facts
    say: Say
    settings: Settings
    project: ProjectSetting | None
    scales: Scales
    names: Mapping[str, str] = field(default_factory=dict)

    def counts(self, what: str, key: str) -> bool:
        """Return whether `key` ("coffee", "kitchen", …) of `what` (a list of a project) counts for this report."""
        only = getattr(self.project, what) if self.project else ()
        return not only or key in only

    def gathering_names(self) -> dict[str, str]:
        """Return the names of gatherings as they were last set."""
        names = {payload["gathering"]: payload["names"] for _, payload in self.facts.kept("gathering.set")}
        return {key: self.say.name(name) for key, name in names.items()}

    def rate(self, kind: str, day: date) -> Decimal:
        """Return the value of an hour on a day, euros; 0 before the first rate."""
        rates = sorted((rate.since, rate.euros) for rate in self.settings.rates if rate.kind == kind)
        return next((euros for since, euros in reversed(rates) if since <= day), Decimal(0))

    def late_months(self) -> Iterator[str]:
        """Yield the closed months of the report."""
        return (month for month in self.facts.months() if month in self.facts.closings)


#: The builder of a kind: scope -> (tables, charts, notes).
Build = Callable[[Scope], tuple[list[Any], list[Any], list[str]]]
