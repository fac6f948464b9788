"""One round of the tablet in a folder, in a process of its own: ``python -m tests.hub.one_round FOLDER``. Prints the ids of
its goods, or the name of the error."""

from __future__ import annotations

import sys
from pathlib import Path

from kiosk.errors import KioskError
from tests.hub.conftest import Tablet
from tests.hub.own import things

if __name__ == "__main__":
    tablet = Tablet(Path(sys.argv[1]))
    try:
        tablet.round()
        print(*things(tablet)[0])
    except KioskError as error:
        print(type(error).__name__)
    finally:
        tablet.close()
