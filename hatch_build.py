"""Compiles the catalogues before they go into a wheel or an editable installation."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Runs kiosk/language/catalogues.py, which needs nothing but Babel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        runpy.run_path(str(root / "kiosk" / "language" / "catalogues.py"))["compile_all"](root / "locales")
