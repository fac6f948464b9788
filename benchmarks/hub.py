"""What a hub takes, beside the plain limit of the same server: ``python -m benchmarks.hub [PART ...]``.

push     many tablets tell as fast as they can; the same rows with COPY in the same run
lag      many tablets at the pace of a busy afternoon: from telling an entry until another tablet has it
month    a tablet that was off for a month catches up
new      a new tablet of a centre with ten years catches up
size     a hub of 0.1, 1 and 10 million events: what a tablet asks takes as long as before

Needs PostgreSQL's programs, as the tests do. --tablets, --centres, --events, --batch, --sizes make it smaller or larger: a tablet
with much to tell sends 500 entries at once.
"""

from __future__ import annotations

import argparse
import platform
from collections.abc import Callable

from benchmarks.hub_load import lag, push
from benchmarks.hub_month import month, new
from benchmarks.hub_size import size
from kiosk.hub.push import BATCH
from tests.hub.server import Server

PARTS: dict[str, Callable[[Server, argparse.Namespace], None]] = {
    "push": push,
    "lag": lag,
    "month": month,
    "new": new,
    "size": size,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help="all, if none is named")
    for name, default in (
        ("tablets", 200),
        ("centres", 50),
        ("events", 2500),
        ("batch", BATCH),
        ("days", 30),
        ("a-day", 300),
    ):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--sizes", default="100000,1000000,10000000", help="events, one after the other")
    wanted = parser.parse_args()
    if unknown := set(wanted.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    server = Server()
    server.start("-c fsync=on", "-c max_connections=500", "-c shared_buffers=1GB", "-c max_wal_size=8GB")
    try:
        print(f"{platform.machine()}, Python {platform.python_version()}, {server.version()}", flush=True)
        for name in wanted.parts or PARTS:
            PARTS[name](server, wanted)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
