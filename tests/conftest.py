"""What the whole run needs: a display of its own, Kivy's folder out of the way, catalogues compiled."""

from __future__ import annotations

import atexit
import os
import tempfile

from kiosk.language.catalogues import compile_all
from tests.display import start_display

os.environ["KIVY_HOME"] = tempfile.mkdtemp(prefix="kivy-")
os.environ.pop("DISPLAY", None)
# One thread draws: the tests run side by side, and threads that wait for each other are slower than one.
os.environ.setdefault("LP_NUM_THREADS", "1")
os.environ.setdefault("KCFG_GRAPHICS_MULTISAMPLES", "0")  # smooth edges cost a third of a frame and prove nothing
_display, _stop = start_display()
atexit.register(_stop)
compile_all()
