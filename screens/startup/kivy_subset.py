"""Of Kivy only the parts that the kiosk has a use for: reading all of it takes a third of the start.

To be imported before anything of Kivy, which reads its rules, its clock and its readers of pictures as it is imported.
"""

from __future__ import annotations

import ctypes.util
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

os.environ.update(KIVY_NO_ARGS="1", KIVY_NO_FILELOG="1", KIVY_NO_CONSOLELOG="1", KIVY_LOG_MODE="PYTHON")
os.environ.update(KIVY_IMAGE="sdl2", KIVY_TEXT="sdl2", KIVY_WINDOW="sdl2")
os.environ.setdefault("KIVY_HOME", str(Path(tempfile.gettempdir()) / f"lumijobi-kivy-{os.getuid()}"))

import kivy

#: The widgets of Kivy that have rules in its style.kv, of those that the kiosk's are made of.
KEPT = frozenset({"Label", "Button", "RelativeLayout", "StencilView", "ScreenManager"})
#: Where each block of rules begins, and the names it is for.
_BLOCK = re.compile(r"^(?=[<\[])", re.MULTILINE)
_NAMES = re.compile(r"[<\[]([^>\]]*)[>\]]")


def names(block: str) -> frozenset[str]:
    """Return the classes that a block of rules is for."""
    found = _NAMES.match(block)
    return frozenset(name.strip(" -").partition("@")[0] for name in found[1].split(",")) if found else frozenset()


def blocks() -> list[str]:
    """Return what stands in Kivy's style.kv, the rules for each class apart."""
    return _BLOCK.split((Path(kivy.kivy_data_dir) / "style.kv").read_text(encoding="utf-8"))


@contextmanager
def _no_loop() -> Iterator[None]:
    """Keep Kivy's clock from reading asyncio, for programs that run in its loop, and from starting ldconfig to find the C
    library, which is in the process already."""
    find, ctypes.util.find_library = ctypes.util.find_library, lambda name: None
    here = "asyncio" in sys.modules
    if not here:
        event = SimpleNamespace(set=lambda: None)
        sys.modules["asyncio"] = SimpleNamespace(wait_for=None, Event=lambda: event)  # type: ignore[assignment]
    try:
        yield
    finally:
        ctypes.util.find_library = find
        if not here:
            del sys.modules["asyncio"]


def _choose() -> None:
    with _no_loop():
        import kivy.clock
    import kivy.resources  # looks beside Kivy's data folder itself

    there, kivy.kivy_data_dir = kivy.kivy_data_dir, str(Path(__file__).with_name("no_rules"))
    try:
        from kivy.lang import Builder
    finally:
        kivy.kivy_data_dir = there
    if not Builder.rules:
        kept = "\n".join(block for block in blocks() if names(block) & KEPT)
        Builder.load_string(kept, filename=str(Path(there) / "style.kv"), rulesonly=True)


if "kivy.lang" not in sys.modules:
    _choose()
