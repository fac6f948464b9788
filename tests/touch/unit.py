"""The command line of the service, for a display with a touch panel."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.end_to_end.visitor import ROOT
from tests.touch_panel import PROGRAM as XORG
from tests.touch_panel import TouchServer

UNIT = ROOT / "deploy" / "lumijobi-kiosk.service"
#: What the unit tells Xorg of a terminal, where here there is none.
TERMINAL = {":0", "vt1", "-keeptty"}


def as_the_unit_does(server: TouchServer) -> Callable[[list[str]], list[str]]:
    """Return what makes the command line of the service of a command: its xinit and its Xorg, on the server's panel."""
    [line] = [line for line in UNIT.read_text().splitlines() if line.startswith("ExecStart=")]
    client, _, xorg = line.removeprefix("ExecStart=").partition(" -- ")
    xinit, told = shlex.split(client)[0], [word for word in shlex.split(xorg)[1:] if word not in TERMINAL]
    assert (Path(xinit).name, shlex.split(client)[2]) == ("xinit", "run")
    server.display = free_display()
    return lambda command: [
        str(shutil.which(Path(xinit).name)),
        *command,
        "--",
        XORG,
        server.display,
        *told,
        *server.options(),
    ]


def free_display() -> str:
    """Return a display that no server has. Each worker of a run has its own, as a server takes a moment to claim one."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = 60 + 20 * worker
    return next(f":{number}" for number in range(first, first + 20) if not Path(f"/tmp/.X{number}-lock").exists())
