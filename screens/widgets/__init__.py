"""The widgets of the screens. `load()` makes them known to the .kv files."""

from functools import cache
from importlib import import_module
from pathlib import Path

from kivy.lang import Builder

#: Widget modules of the welcome screen and the frame, and those used later.
FIRST = ("plates", "words", "buttons", "photo", "bar", "panels")
LATER = (
    "photo_grid",
    "paged_grid",
    "choices",
    "keyboard",
    "undo",
    "dialogs",
    "lists",
    "sheets",
    "charts",
    "tables",
    "doing",
    "step_head",
)


def load_first() -> None:
    """Import the widgets of the first frame and load their .kv files, once."""
    for part in FIRST:
        load_kv(import_module(f"{__name__}.{part}").__file__)


@cache
def load() -> None:
    """Import the other widgets too."""
    for part in LATER:
        load_kv(import_module(f"{__name__}.{part}").__file__)
    load_kv(import_module("screens.forms.screen").__file__)


def load_kv(module_file: str | None) -> None:
    """Load the .kv file beside the module file, if it exists and is not loaded yet."""
    kv = Path(str(module_file)).with_suffix(".kv")
    if kv.exists() and str(kv) not in Builder.files:
        Builder.load_file(str(kv))
