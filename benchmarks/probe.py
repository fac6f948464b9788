"""Looks at a Kivy program from inside: ``python -m benchmarks.probe PLAN PROGRAM [WORDS]``.

PROGRAM is `kiosk` (then WORDS are its command line), or a module of this folder; PLAN is one of `benchmarks.plans`. The program
reads what it reads in the order it always does: the plan joins it where it begins to read its own window's part.
"""

from __future__ import annotations

import importlib
import sys


class Joining:
    """Asked by Python for every module; brings in the plan before `module`."""

    def __init__(self, module: str, plan: str) -> None:
        self.module, self.plan = module, plan

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name != self.module:
            return
        sys.meta_path.remove(self)  # type: ignore[arg-type]
        if name == "screens.app":
            importlib.import_module("screens.startup.kivy_subset")  # as screens.app does first
        importlib.import_module("benchmarks.plans").begin(self.plan)


def main() -> None:
    plan, program, *words = sys.argv[1:]
    sys.argv = [program, *words]
    module, run = ("screens.app", "kiosk.__main__") if program == "kiosk" else (f"benchmarks.{program}",) * 2
    sys.meta_path.insert(0, Joining(module, plan))  # type: ignore[arg-type]
    importlib.import_module(run).main()


if __name__ == "__main__":
    main()
