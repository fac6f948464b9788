"""Every story without a window, an X server and a picture: ``python -m tests.stories.windowless [--only WORDS]``.

It is the real app with its real screens, services and database, moved by touches; only OpenGL is Kivy's mock, which draws
nothing, and SDL's window is its offscreen one. Prints one line a story, with the milliseconds of a step; returns 1 if a story
went another way.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.update(KIVY_GL_BACKEND="mock", SDL_VIDEODRIVER="offscreen")
os.environ.pop("DISPLAY", None)
os.environ["KIVY_HOME"] = tempfile.mkdtemp(prefix="kivy-")

import argon2

import screens.app  # noqa: F401  (before Kivy, so that it has the rules it has in the kiosk)
from kiosk.language.catalogues import compile_all
from kiosk.services.staff import members
from tests.screens import stage
from tests.stories.on_stage import StagePlayer, a_world
from tests.stories.subjects import stories


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", help="stories with these words in their names; all when not given")
    options = parser.parse_args()
    compile_all()
    members.HASHER = argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    stage.FRAMES, stage.PAUSE = 0, 0.001  # nobody looks: no frame waits for the next
    wrong = 0
    for name, story in stories().items():
        if not any(words in name for words in options.only or [""]):
            continue
        with tempfile.TemporaryDirectory() as folder, a_world(story, Path(folder)) as (on, world):
            begun, spent = time.perf_counter(), time.process_time()
            try:
                StagePlayer(on, world).play(story)
                trouble = ""
            except AssertionError as error:
                trouble, wrong = f"  {error}", wrong + 1
            steps = len(story.steps)
            took = (time.perf_counter() - begun) / steps, (time.process_time() - spent) / steps
            print(
                f"{name}: {steps} steps, {took[0] * 1000:.0f} ms each, {took[1] * 1000:.0f} of it work{trouble}",
                flush=True,
            )
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
