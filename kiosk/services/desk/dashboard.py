"""The day's overview, which staff see first at the desk."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from kiosk import clock
from kiosk.backup.schedule import RESTORED, SECOND, Restored, restored
from kiosk.journal import Store
from kiosk.services.goods.tickets import TicketService, TicketView
from kiosk.services.help.calls import CallService
from kiosk.services.help.guidance import GuidanceService
from kiosk.services.help.pairs import PairService
from kiosk.services.help.requests import HelpRequestService
from kiosk.services.programme.attendance import AttendanceService
from kiosk.services.programme.gatherings import GatheringService, SessionView
from kiosk.services.rights import needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import QueueState, SlipKind, VisitWay

from .bell import BellCall, BellService
from .print_queue import PrintQueueService, PrintView
from .public_page import PageState, PublicPageService
from .tasks import Waits, goals_behind, waits

#: Free bytes on the disk below which staff are warned.
LITTLE_SPACE = 500 * 1024 * 1024


@dataclass(frozen=True)
class SessionCount:
    """A session of today: people so far, those of the last 15 minutes, those tallied by staff; `minutes` has (minute,
    people)."""

    session: SessionView
    people: int
    lately: int
    tallied: int
    minutes: tuple[tuple[datetime, int], ...]


@dataclass(frozen=True)
class DayView:
    """The overview. `waiting`: live tickets; `due`: those that expire today; `conflicts`: tickets that lost their unit
    to another; `due_pairs`: pairs to follow up; `queue`: people waiting for the coordinator today; `free`: bytes free
    on the disk; `prints`: open print jobs; `backed_up`, `second_backup`: time of the last snapshot and of the last
    complete second-place backup, None for never; `restored`: a restore that staff have not acknowledged; `public_page`:
    how the last delivery of the public page went; `waits`: see `tasks`; `goals_behind`: goals of projects that are
    behind, None before they were counted today; `bells`: visitors who call."""

    sessions: tuple[SessionCount, ...]
    waiting: tuple[TicketView, ...]
    due: tuple[TicketView, ...]
    conflicts: int
    new_requests: int
    due_pairs: int
    calls: int
    queue: int
    prints: tuple[PrintView, ...]
    has_printer: bool
    has_camera: bool
    free: int
    backed_up: datetime | None
    has_second_place: bool
    second_backup: datetime | None
    restored: Restored | None
    public_page: PageState
    waits: Waits
    goals_behind: int | None
    bells: tuple[BellCall, ...]

    @property
    def little_space(self) -> bool:
        return self.free < LITTLE_SPACE


class DashboardService:
    """Builds the overview."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        *,
        gatherings: GatheringService,
        attendance: AttendanceService,
        tickets: TicketService,
        help: HelpRequestService,
        print_queue: PrintQueueService,
        pairs: PairService,
        calls: CallService,
        guidance: GuidanceService,
        public_page: PublicPageService,
        bell: BellService,
    ) -> None:
        self._store, self._settings = store, settings
        self._gatherings, self._attendance, self._tickets, self._help = gatherings, attendance, tickets, help
        self._prints, self._pairs, self._calls, self._guidance = print_queue, pairs, calls, guidance
        self._public_page = public_page
        self._bell = bell
        self._zone = clock.zone(settings.centre.timezone)

    def look(self, now: datetime) -> DayView:
        """Return the overview at `now`."""
        self._tickets.expire_due(now)
        today = clock.local_date(now, self._zone)
        midnight = clock.local_to_utc(today + timedelta(days=1), time(), self._zone)
        waiting = tuple(self._tickets.waiting())
        second = self._store.get_meta(SECOND)
        return DayView(
            sessions=tuple(self._count(session, now) for session in self._gatherings.counted_now(now)),
            waiting=waiting,
            due=tuple(ticket for ticket in waiting if ticket.deadline <= midnight),
            conflicts=len(self._tickets.in_conflict()),
            new_requests=self._help.new_count(),
            due_pairs=len(self._pairs.due(now)),
            calls=self._calls.count(now),
            queue=sum(number.state != QueueState.CALLED for number in self._guidance.today(now)),
            prints=tuple(self._prints.open()),
            has_printer=bool(self._prints.address(SlipKind.TICKET)),
            has_camera=bool(self._settings.camera.source),
            free=shutil.disk_usage(self._store.folder).free,
            backed_up=self._store.backed_up(),
            has_second_place=bool(self._settings.backup.second),
            second_backup=clock.parse(second) if second else None,
            restored=restored(self._store),
            goals_behind=goals_behind(self._store, today),
            public_page=self._public_page.state(),
            waits=waits(self._store.db, now, today, clock.local_to_utc(today, time(), self._zone)),
            bells=self._bell.waiting(now),
        )

    @property
    def answers(self) -> bool:
        """Return whether the database can be read."""
        return bool(self._store.device)

    @needs("reports")
    def know_restored(self, *, now: datetime, who: str) -> None:
        """Note that staff acknowledged the restore."""
        found = restored(self._store)
        if found is not None:
            with self._store.write(now) as journal:
                self._store.set_meta(RESTORED, "null")
                journal.append("store.restored", who, {"made_at": clock.utc_text(found.made_at)})

    def _count(self, session: SessionView, now: datetime) -> SessionCount:
        minutes = tuple(self._attendance.by_minute(session.id))
        lately = sum(people for minute, people in minutes if minute > now - timedelta(minutes=15))
        tallied = self._attendance.by_way(session.id)[VisitWay.TALLY]
        return SessionCount(session, self._attendance.count(session.id).people, lately, tallied, minutes)
