"""The program: `kiosk`, or `python -m kiosk`."""

from __future__ import annotations

import sys

from .startup import garbage, heap, sdl_preload


def main() -> None:
    """Run the command line; where it opens the window, that begins before anything else is read."""
    if sys.argv[1:2] in (["run"], ["demo"]):
        garbage.hold()
        heap.keep_one_heap()
        sdl_preload.begin()
    from .cli.main import main as run

    try:
        run()
    finally:
        sdl_preload.wait()  # a program that ends at once must not end in the middle of it


if __name__ == "__main__":
    main()
