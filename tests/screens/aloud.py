"""What is read aloud on every screen: ``python -m tests.screens.aloud`` prints it, language by language.

The real app is walked through by the gallery's tour and the screen reader is asked at each stop. Each line is one text as it is
said; where it is written otherwise, that follows after "<". The staff's screens are not read aloud and are left out.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

PROFILE = '10.1" wide'
LANGUAGES = ("en", "fi", "fi_selko", "sv", "uk")


def listen(measure: Any, language: str) -> list[tuple[str, list[str]]]:
    """Return (stop of the tour, texts as they are written, in the order in which they are read) for every screen that is read."""
    from screens.frame import focus
    from screens.frame.screen_reader import HOW
    from tests.screens.gallery import tour, usual_look
    from tests.screens.measure import lay_out

    app = measure.app
    app.tr.use(language)
    usual_look(app, False, high=False)
    measure.take(PROFILE, False)
    heard = [("use by listening", [app.tr._(HOW)])]

    def look(stop: str) -> None:
        lay_out()
        if app.member is None:
            reader = app.screen_reader
            heard.append((stop, [text for text in (*reader._texts(), *reader._choices()) if text.strip()]))

    window, focus.Window = focus.Window, SimpleNamespace(width=app.theme.width, height=app.theme.height)
    try:
        tour(measure.stage, look)
    finally:
        focus.Window = window
    return heard


def told(stops: list[tuple[str, list[str]]], said: Callable[[str], str]) -> str:
    """Return the list that a person reads: a text that is the same on many screens is told once."""
    lines, before = [], set()
    for stop, texts in stops:
        lines.append(f"\n{stop}")
        for text in texts:
            if text not in before:
                before.add(text)
                spoken = said(text)
                lines.append(f"  {spoken}" if spoken == text else f"  {spoken}   < {text}".replace("\n", " / "))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="all when not given")
    options = parser.parse_args()
    from kiosk.language.catalogues import compile_all
    from kiosk.language.spoken import spoken
    from tests.display import start_display

    compile_all()
    if not os.environ.get("DISPLAY"):
        start_display()
    from tests.screens.measure import Measure

    with tempfile.TemporaryDirectory() as folder:
        measure = Measure(Path(folder))
        for language in options.language or LANGUAGES:
            print(f"\n== {language}")
            print(told(listen(measure, language), lambda text, code=language: spoken(text, code)), flush=True)  # type: ignore[misc]
        measure.close()


if __name__ == "__main__":
    main()
