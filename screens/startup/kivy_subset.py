"""Loads only the parts of Kivy that the kiosk uses: all of it takes a third of the start (docs/decisions/kivy-subset.md).

Import this before any module of Kivy, which loads its rules, clock and image providers at import.
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

#: Base classes of the kiosk's widgets that have rules in Kivy's style.kv.
KEPT = frozenset({"Label", "Button", "RelativeLayout", "StencilView", "ScreenManager"})
#: The start of a block of rules, and its class names.
_BLOCK = re.compile(r"^(?=[<\[])", re.MULTILINE)
_NAMES = re.compile(r"[<\[]([^>\]]*)[>\]]")


def names(block: str) -> frozenset[str]:
    """Return the class names of a block of rules."""
    found = _NAMES.match(block)
    return frozenset(name.strip(" -").partition("@")[0] for name in found[1].split(",")) if found else frozenset()


def blocks() -> list[str]:
    """Return Kivy's style.kv, split into its blocks of rules."""
    return _BLOCK.split((Path(kivy.kivy_data_dir) / "style.kv").read_text(encoding="utf-8"))


@contextmanager
def _no_loop() -> Iterator[None]:
    """Keep Kivy's clock from importing asyncio, which only its asynchronous mode needs, and from running ldconfig to find
    the C library, which is loaded already."""
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
    import kivy.resources  # must see the real data folder

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
