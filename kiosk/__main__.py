"""Entry point: `kiosk`, or `python -m kiosk`."""

from __future__ import annotations

import sys

from .startup import garbage, heap, sdl_preload


def main() -> None:
    """Run the command line; if it opens the window, preload SDL before other imports."""
    if sys.argv[1:2] in (["run"], ["demo"]):
        garbage.hold()
        heap.keep_one_heap()
        sdl_preload.begin()
    from .cli.main import main as run

    try:
        run()
    finally:
        sdl_preload.wait()  # the process must not exit while the thread initialises SDL


if __name__ == "__main__":
    main()
