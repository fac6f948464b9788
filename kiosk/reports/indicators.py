"""The figures a centre is measured by, as data: one line here is one indicator, wherever indicators are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from kiosk.language.translation import N_

from .kinds import attendance, goods, partners, services, talkoot
from .model import Type
from .scope import Scope

Figure = int | Decimal


class PeriodCounts:
    """Everything that can be counted of a scope, each part counted when it is first asked for."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    @cached_property
    def visits(self) -> attendance.VisitCounts:
        return attendance.count(self.scope)

    @cached_property
    def moved(self) -> goods.Moved:
        return goods.count(self.scope)

    @cached_property
    def done(self) -> talkoot.Done:
        return talkoot.count(self.scope)

    @cached_property
    def helped(self) -> services.Helped:
        return services.count(self.scope)

    @cached_property
    def given(self) -> goods.Estimate:
        return goods.estimate(self.scope, self.moved.things["given"].items())

    def people(self, what: str) -> int:
        """Return the sum of "visits", "people" or "first" over the sessions."""
        return sum(getattr(tally, what) for tally in self.visits.sessions.values())

    def hours(self) -> Decimal:
        """Return the hours of those who are 15 or older."""
        return sum((shift.hours for shift in self.done.shifts if shift.of_age), Decimal(0))


@dataclass(frozen=True)
class Indicator:
    """What is measured: `type` is that of a column."""

    key: str
    name: str
    type: Type
    of: Callable[[PeriodCounts], Figure]


INDICATORS = (
    Indicator("sessions", N_("Events held"), "whole", lambda all: sum(bool(one.visits) for one in all.visits.sessions.values())),
    Indicator("visits", N_("Visits"), "whole", lambda all: all.people("visits")),
    Indicator("people", N_("People"), "whole", lambda all: all.people("people")),
    Indicator("first", N_("First visits"), "whole", lambda all: all.people("first")),
    Indicator("asked", N_("Requests for help"), "whole", lambda all: all.helped.total("asked")),
    Indicator("paired", N_("Pairs made"), "whole", lambda all: all.helped.total("paired")),
    Indicator("done", N_("Requests completed"), "whole", lambda all: all.helped.total("done")),
    Indicator("guidance", N_("Conversations with the coordinator"), "whole", lambda all: all.helped.steps[services.QUEUE]["done"]),
    Indicator("hours", N_("Hours of talkoot"), "hours", lambda all: all.hours()),
    Indicator("in", N_("Things taken in"), "whole", lambda all: all.moved.pieces("in")),
    Indicator("given", N_("Things given"), "whole", lambda all: all.moved.pieces("given")),
    Indicator("kg", N_("Weight of the things given, kg, estimate"), "kg", lambda all: all.given.mid),
    Indicator("co2e", N_("CO2e saved, kg, estimate"), "kg", lambda all: all.given.co2e),
    Indicator("partners", N_("Partners who took part"), "whole", lambda all: len([one for one in partners.count(all.scope, all.visits).values() if any(one.values())])),
)  # fmt: skip


#: The tables of indicators, by the type of their figures.
GROUPS: tuple[tuple[Type, str], ...] = (("whole", N_("Counts")), ("hours", N_("Hours")), ("kg", N_("Estimates")))


def figures(counted: PeriodCounts) -> dict[str, Figure]:
    """Return every indicator by its key."""
    return {indicator.key: indicator.of(counted) for indicator in INDICATORS}
