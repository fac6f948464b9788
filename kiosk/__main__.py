"""The program: `kiosk`, or `python -m kiosk`."""

from __future__ import annotations

import gc
import sys

from kiosk import driver, memory


def main() -> None:
    """Run the command line; where it opens the window, that begins before anything else is read."""
    if sys.argv[1:2] in (["run"], ["demo"]):
        gc.disable()  # nothing of what is read and made is in vain, until there is a picture (see screens/litter.py)
        memory.keep_one_heap()
        driver.begin()
    from kiosk.cli import main as run

    try:
        run()
    finally:
        driver.wait()  # a program that ends at once must not end in the middle of it


if __name__ == "__main__":
    main()
