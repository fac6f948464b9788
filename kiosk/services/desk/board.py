"""What the centre tells everybody: today's programme, the number being served, the newest things, thanks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk import clock
from kiosk.journal import Store
from kiosk.services.goods.goods import GoodsService
from kiosk.services.goods.items import ItemCard
from kiosk.services.help.guidance import GuidanceService, QueueView
from kiosk.services.programme.gatherings import GatheringService, SessionView
from kiosk.services.programme.opening_hours import OpeningHoursService
from kiosk.services.programme.partners import PartnerService
from kiosk.settings import Settings

#: Number of newest things.
NEWEST = 6


@dataclass(frozen=True)
class BoardView:
    """`running`: sessions now or later today; `planned`: all of today's, cancelled and moved ones too; `following`: the
    next session of another day; `free`: the number of things that can be had; `closed`: nobody is here."""

    running: tuple[SessionView, ...]
    planned: tuple[SessionView, ...]
    following: SessionView | None
    newest: tuple[ItemCard, ...]
    free: int
    serving: QueueView | None
    thanked: tuple[str, ...]
    closed: bool


class BoardService:
    """Reads it; nothing personal is in it."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        *,
        gatherings: GatheringService,
        goods: GoodsService,
        guidance: GuidanceService,
        partners: PartnerService,
        opening: OpeningHoursService,
    ) -> None:
        self._services, self._zone = settings.services, clock.zone(settings.centre.timezone)
        self._gatherings, self._goods, self._guidance = gatherings, goods, guidance
        self._partners, self._opening = partners, opening

    def look(self, now: datetime) -> BoardView:
        """Return what is told at `now`."""
        day = clock.local_date(now, self._zone)
        running = tuple(session for session in self._gatherings.sessions_now(now) if session.ends_at > now)
        return BoardView(
            running=running,
            planned=tuple(self._gatherings.plan(day, day)),
            following=self._gatherings.next_session(now),
            newest=tuple(self._goods.newest(NEWEST)),
            free=self._goods.counts(today=day)["all"],
            serving=self._guidance.serving(now) if self._services.guidance else None,
            thanked=tuple(self._partners.thanked()) if self._services.partners else (),
            closed=not running and not self._opening.is_open(now),
        )
