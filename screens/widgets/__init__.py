"""Everything a screen is put together from. `load()` makes the widgets known to the .kv files."""

from functools import cache
from importlib import import_module
from pathlib import Path

from kivy.lang import Builder

#: What the welcome screen and the frame around it are put together from, and what is used after it.
FIRST = ("plates", "words", "buttons", "photo", "bar", "panels")
LATER = ("photo_grid", "choices", "keyboard", "undo", "dialogs", "lists", "charts", "tables", "doing", "step_head")


def load_first() -> None:
    """Import the widgets of the first picture on the screen and read the .kv file beside each, once."""
    for part in FIRST:
        load_kv(import_module(f"{__name__}.{part}").__file__)


@cache
def load() -> None:
    """Import the other widgets too."""
    for part in LATER:
        load_kv(import_module(f"{__name__}.{part}").__file__)
    load_kv(import_module("screens.forms.screen").__file__)


def load_kv(module_file: str | None) -> None:
    """Read the .kv file beside the module file, if there is one and it was not read yet."""
    kv = Path(str(module_file)).with_suffix(".kv")
    if kv.exists() and str(kv) not in Builder.files:
        Builder.load_file(str(kv))
