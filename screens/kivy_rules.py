"""Of Kivy's own rules only those that the kiosk has widgets for: to read them all takes a tenth of the start.

To be imported before anything of Kivy: `kivy.lang` reads them when it is imported itself.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

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


def _choose() -> None:
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
