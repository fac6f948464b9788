"""The indicators as data: one line here is one indicator, wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from kiosk.language.translation import N_
from kiosk.vocabulary.states import HelpStep, Move

from .disclosure import Amount
from .kinds import attendance, goods, partners, services, talkoot
from .model import Cell, Type
from .scope import Scope

#: An Amount if small numbers are suppressed.
Figure = int | Decimal | Amount


class PeriodCounts:
    """All counts of a scope, each computed on first use. Late entries of closed months are included in every figure."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    @cached_property
    def visits(self) -> attendance.VisitCounts:
        return attendance.count(self.scope)

    @cached_property
    def came(self) -> attendance.Tally:
        return self.visits.total()

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
    def given(self) -> list[goods.Given]:
        return goods.given(self.scope, self.moved)

    def asked(self, step: str) -> Amount:
        """Return the number of requests that reached a step."""
        return self.helped.total(self.scope, step)

    def hours(self) -> Decimal:
        """Return the hours of people of 15 or older."""
        late = sum(quarters[0] for quarters in self.done.late.values())
        return sum((shift.hours for shift in self.done.shifts if shift.of_age), Decimal(late) / 4)

    def partners(self) -> int:
        """Return how many partners took part."""
        return sum(any(one.values()) for one in partners.count(self.scope, self.visits).values())


@dataclass(frozen=True)
class Indicator:
    """An indicator; `type` is a column type."""

    key: str
    name: str
    type: Type
    of: Callable[[PeriodCounts], Figure]


INDICATORS = (
    Indicator("sessions", N_("Events held"), "whole", lambda all: len(all.visits.events())),
    Indicator("visits", N_("Visits"), "whole", lambda all: all.came.visits),
    Indicator("people", N_("People"), "whole", lambda all: all.came.people),
    Indicator("first", N_("First visits"), "whole", lambda all: all.came.first),
    Indicator("asked", N_("Requests for help"), "whole", lambda all: all.asked(HelpStep.ASKED)),
    Indicator("paired", N_("Pairs made"), "whole", lambda all: all.asked(HelpStep.PAIRED)),
    Indicator("done", N_("Requests completed"), "whole", lambda all: all.asked(HelpStep.DONE)),
    Indicator(
        "guidance", N_("Conversations with the coordinator"), "whole", lambda all: all.helped.queue(HelpStep.DONE)
    ),
    Indicator("hours", N_("Hours of talkoot"), "hours", lambda all: all.hours()),
    Indicator("in", N_("Things taken in"), "whole", lambda all: all.moved.total(Move.IN)),
    Indicator("given", N_("Things given"), "whole", lambda all: all.moved.total(Move.GIVEN)),
    Indicator(
        "kg",
        N_("Weight of the things given, kg, estimate"),
        "kg",
        lambda all: sum((row.kg.mid for row in all.given), Decimal(0)),
    ),
    Indicator(
        "co2e", N_("CO2e saved, kg, estimate"), "kg", lambda all: sum((row.kg.co2e for row in all.given), Decimal(0))
    ),
    Indicator("partners", N_("Partners who took part"), "whole", lambda all: all.partners()),
)


#: The tables of indicators, by the type of their figures.
GROUPS: tuple[tuple[Type, str], ...] = (("whole", N_("Counts")), ("hours", N_("Hours")), ("kg", N_("Estimates")))


def figures(counted: PeriodCounts) -> dict[str, Figure]:
    """Return every indicator by its key."""
    return {indicator.key: indicator.of(counted) for indicator in INDICATORS}


def cell(figure: Figure) -> Cell:
    """Return the cell of a figure."""
    return figure.cell if isinstance(figure, Amount) else figure
