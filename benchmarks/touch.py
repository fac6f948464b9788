"""Row 2: from the end of a touch to the first changed picture and to the last, over every screen that the visitor's
buttons lead to; and how long the screen's thread works for a picture while the tablet is busy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from benchmarks.hub_month import a_day
from benchmarks.rig import Rig
from benchmarks.table import head, line
from kiosk.hub import admin, migrations
from kiosk.hub.enrolment import join
from kiosk.hub.invitation import invite_text
from tests.hub.conftest import NOW, Tablet
from tests.hub.server import Server

ITEMS = 1000
#: Years of journal that a report is made of, and days of work that a hub tells of.
REPORTED, DAYS = 10, 30


def measure(rig: Rig, sizes: tuple[int, ...], years: int) -> None:
    touches = rig.kiosk("touch", ITEMS, years)["touches"]
    head("2. Touch to picture; a frame is a picture drawn after the touch, motion off")
    for turn, name in ((0, "first time"), (1, "later")):
        some = [touch for touch in touches if touch[0] == turn]
        screens = {touch[2] for touch in some}
        line(
            f"{len(some)} touches to {len(screens)} screens, {name}: first change, ms", [one[3] * 1000 for one in some]
        )
        line("    next screen complete, ms", [one[4] * 1000 for one in some])
        line("    next screen complete, frames", [one[5] for one in some], bar="3 at the median, 6 at 99 %")
        ways: dict[str, list[int]] = {}
        for _, here, there, _, _, frames in some:
            ways.setdefault(f"{here} to {there}", []).append(frames)
        for way, frames in sorted(ways.items(), key=lambda one: -max(one[1])):
            print(f"    {way}: {', '.join(map(str, frames))}")
    with hub(rig) as invitation:
        syncing = rig.kiosk("busy", ITEMS, years, INVITATION=invitation)["busy"]
    for name, worked in (rig.kiosk("busy", ITEMS, REPORTED)["busy"] | syncing).items():
        line(f"the screen's thread, a frame, {name}, ms", [value * 1000 for value in worked], bar="50 at most")


@contextmanager
def hub(rig: Rig) -> Iterator[str]:
    """Run a hub where another tablet has told of DAYS, and give an invitation to it."""
    server = Server()
    server.start()
    try:
        with admin.owner(server.new_database("hub")) as db:
            migrations.init(db)
            invitations = [invite_text(admin.invite(db, centre="Lumijoki", name=name)) for name in ("Other", "Lobby")]
        other = Tablet(rig.folder / "other")
        join(other.store, invitations[0])
        for day in range(DAYS):
            other.moment = NOW + timedelta(days=day)
            a_day(other, 300)
        other.round()
        other.close()
        yield invitations[1]
    finally:
        server.stop()
