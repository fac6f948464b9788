"""Everything a screen is put together from. `load()` makes the widgets known to the .kv files."""

from importlib import import_module
from pathlib import Path

from kivy.lang import Builder

PARTS = (
    "plates",
    "words",
    "buttons",
    "photo",
    "photo_grid",
    "bar",
    "choices",
    "keyboard",
    "undo",
    "dialogs",
    "panels",
    "lists",
    "charts",
    "tables",
    "doing",
    "step_head",
)


def load() -> None:
    """Import every widget and read the .kv file beside it, once."""
    for part in PARTS:
        load_kv(import_module(f"{__name__}.{part}").__file__)
    load_kv(import_module("screens.form.screen").__file__)


def load_kv(module_file: str | None) -> None:
    """Read the .kv file beside the module file, if there is one and it was not read yet."""
    kv = Path(str(module_file)).with_suffix(".kv")
    if kv.exists() and str(kv) not in Builder.files:
        Builder.load_file(str(kv))
