"""Make the machine and go through the story, with the minutes of each step."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.deploy.boot import image
from tests.deploy.boot.bundles import Maker
from tests.deploy.boot.story import Story


def main(folder: Path) -> None:
    """Do it all in `folder`; the Debian that lies there from before is used again."""
    folder.mkdir(parents=True, exist_ok=True)
    maker = Maker(folder)
    first, good, broken = (maker.bundle(version, broken=version == "1.2.0") for version in ("1.0.0", "1.1.0", "1.2.0"))
    timed("installed", lambda: print(image.install(folder, first), flush=True))
    story = Story(folder)
    try:
        for step in (story.first_start, story.keys, story.volume, story.doctor, story.visit, story.untouched):
            timed(step.__name__, step)
        timed("updates", lambda: story.updates(good, broken))
        timed("doctor", story.doctor)
    finally:
        story.machine.cut()
    print(f"All is well; the pictures are in {folder / 'pictures'}")


def timed(name: str, step: Callable[[], None]) -> None:
    """Do a step and say how long it took."""
    began = time.monotonic()
    step()
    print(f"{name}: {(time.monotonic() - began) / 60:.1f} minutes", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
