"""One tablet as a process of its own, for the soak: ``python -m tests.hub.lobby FOLDER BEGAN SEED PACE``.

People come and go by chance, about every PACE seconds, until the file `quiet` lies beside the folder; then the tablet only
listens, until it is ended. What was confirmed to somebody is noted in `FOLDER.said`, a line each, after it was.
"""

from __future__ import annotations

import faulthandler
import random
import signal
import sys
import threading
import time
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk.data import new_id
from kiosk.errors import KioskError
from tests.hub.conftest import NOW, Tablet


class Lobby(Tablet):
    """A tablet whose clock goes as the real one does, from ten o'clock when the soak began."""

    began = 0.0

    def now(self) -> datetime:
        return NOW + timedelta(seconds=time.monotonic() - self.began)


def one_of(lobby: Lobby, rng: random.Random, table: str, where: str) -> Any:
    rows = lobby.store.db.execute_sql(f"SELECT id FROM {table} WHERE {where} ORDER BY id DESC LIMIT 20").fetchall()
    return rng.choice(rows)[0] if rows else None


def somebody_comes(lobby: Lobby, rng: random.Random) -> str:
    """Do one thing a visitor or the staff do; returns the id of what was confirmed, or ""."""
    do, now = lobby.services, lobby.now()
    what = rng.choice(("visit", "visit", "item", "ticket", "ticket", "given", "given", "request", "erased", "undone"))
    if what == "visit":
        visit, session = new_id(now), do.gatherings.sessions_now(NOW)[0].id
        do.attendance.check_in(visit_id=visit, session_id=session, language="fi", now=now, adults=rng.randint(1, 4))
        return visit
    if what == "item":
        return do.goods.add(now=now, who="shell", category="furniture", thing="dining_chair").id
    if what == "ticket" and (item := one_of(lobby, rng, "item", "state = 'available'")):
        return do.tickets.reserve(item_id=item, language="fi", now=now, held=[]).id
    if what == "given" and (ticket := one_of(lobby, rng, "ticket", "state = 'reserved'")):
        return do.tickets.hand_over(code=do.tickets.by_id(ticket).code, now=now, who="shell").id
    if what == "request":
        request = new_id(now)
        do.help.sign_up(
            request_id=request, service="friend", language="fi", details={"name": "Marker"}, now=now, notice_version="1"
        )
        return request
    if what == "erased" and (request := one_of(lobby, rng, "request", "erased = 0")):
        do.help.erase(code=do.help.by_id(request).code, now=now, who="shell")
        return str(request)
    if what == "undone" and (visit := one_of(lobby, rng, "visit", "undone = 0")):
        do.attendance.undo(visit_id=visit, now=now)
        return str(visit)
    return ""


def main() -> None:
    folder, began, seed, pace = Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    Lobby.began = began
    lobby, rng, ended = Lobby(folder), random.Random(seed), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    faulthandler.register(signal.SIGTERM, chain=True)  # a test that fails shows where it was
    lobby.services.tickets.arbiter = lobby.sync.reserve
    lobby.sync.start()
    with folder.with_suffix(".said").open("a") as said:
        while not ended.wait(rng.expovariate(1 / pace)) and not (folder.parent / "quiet").exists():
            with suppress(KioskError):  # somebody else was first, or it is gone
                if confirmed := somebody_comes(lobby, rng):
                    said.write(f"{confirmed}\n")
                    said.flush()
    ended.wait()
    lobby.sync.stop()
    lobby.store.close()


if __name__ == "__main__":
    main()
