"""The installed program full screen as on a tablet, driven by fingers on a touch panel and keys from xdotool, and seen
through the probe."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from PIL import Image, ImageGrab

from tests.touch_panel import TouchServer

#: The screens from which a visit, or a turn at the desk, is ended.
ENDS = ("home", "desk")

PATIENCE = 40.0
ROOT = Path(__file__).parents[2]
#: X keycodes of a PC keyboard: the same key has the same code in every layout.
KEYCODES = {letter: 24 + at for at, letter in enumerate("QWERTYUIOP")}
KEYCODES |= {letter: 38 + at for at, letter in enumerate("ASDFGHJKL")}
KEYCODES |= {letter: 52 + at for at, letter in enumerate("ZXCVBNM")}
KEYCODES |= {letter: 10 + at for at, letter in enumerate("1234567890")}
ENTER_KEYCODE = 36
SIZE = (1280, 800)
#: A second strike on the same place within half a second is none.
STRIKE = 0.55
#: Finds a widget among what the probe saw; something false while it is not there.
Look = Callable[[dict[str, Any]], Any]

#: A coffee meeting on every day, so that the test does not depend on the day it runs; and a scanner may be slow, as
#: xdotool is while other tests have the processor.
SETTINGS = """
[staff]
scan_gap_ms = 1000
[[gatherings]]
key = "coffee"
every = "FREQ=DAILY"
start = 00:01:00
end = 23:59:00
place = "Help Center"
since = 2024-01-02
[gatherings.names]
fi = "Tiistaikahvit"
uk = "Кава у вівторок"
en = "Tuesday coffee meeting"
"""


class Visitor:
    """Looks at the kiosk's window through the probe and touches the panel of `server`; of one of its own without."""

    def __init__(
        self,
        program: Path,
        folder: Path,
        tmp_path: Path,
        settings: str = SETTINGS,
        server: TouchServer | None = None,
        start: Callable[[list[str]], list[str]] = list,
        safe: bool = False,
        clock: Path | None = None,
        words: Sequence[str] = (),
    ) -> None:
        """`start` makes the command to run of the program's own; `safe` lets it show its plain screen after crashes;
        `clock` is a file that says how far its clock is ahead of the machine's, seconds;
        `words` are a whole command of the program instead of running on the data in `folder`."""
        self.probe = tmp_path / "probe.json"
        self.folder, self.tmp_path = folder, tmp_path
        self._own_server = None if server else TouchServer(SIZE)
        if self._own_server:
            self._own_server.start()
        self.server = server or self._own_server
        self._struck = 0.0
        settings_file = tmp_path / "settings.toml"
        settings_file.write_text(settings, encoding="utf-8")
        self.env = {
            **os.environ,
            "DISPLAY": self.server.display,
            "KIOSK_PROBE": str(self.probe),
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent / "probe"), str(ROOT)]),
            "KIVY_HOME": str(tmp_path / "kivy"),
        }
        if clock:
            self.env["KIOSK_CLOCK"] = str(clock)
        safely, of = "--safe" if safe else "--no-safe", ("--data", str(folder), "--settings", str(settings_file))
        command = [str(program), *(words or ("run", safely, *of))]
        self.log = (tmp_path / "kiosk.log").open("w")
        self.process = subprocess.Popen(
            start(command), env=self.env, cwd=tmp_path, stdout=self.log, stderr=subprocess.STDOUT
        )

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=15)
        self.log.close()
        if self._own_server:
            self._own_server.stop()

    def welcome(self) -> None:
        """End the visit, or whatever a visit before left, as a visitor would."""

        def card(seen: dict[str, Any]) -> bool:
            return any(widget["text"] == "OK" for widget in seen["widgets"])

        seen = self.wait(lambda seen: seen, "a screen")
        if card(seen):
            self.tap("OK")
            self.wait(lambda seen: not card(seen), "a card that is closed")
        if seen["screen"] != "welcome":
            if seen["screen"] not in ENDS:
                self.tap("Home")
                self.wait(lambda seen: seen["screen"] in ENDS, "the first screen")
            self.tap("Finish")
            self.on("welcome")

    def on(self, screen: str) -> None:
        """Wait until a screen is shown."""
        self.wait(lambda seen: seen["screen"] == screen, screen)

    def look(self) -> dict[str, Any]:
        assert self.process.poll() is None, (self.tmp_path / "kiosk.log").read_text()
        try:
            seen: dict[str, Any] = json.loads(self.probe.read_text())
        except FileNotFoundError:
            seen = {"screen": "", "moving": True, "lifted": 0, "widgets": []}
        return seen

    def wait(self, found: Any, what: str, patience: float = PATIENCE) -> Any:
        end = time.monotonic() + patience
        seen: dict[str, Any] = {}
        while time.monotonic() < end:
            seen = self.look()
            answer = None if seen["moving"] else found(seen)
            if answer:
                return answer
            time.sleep(0.05)
        raise AssertionError(f"waited for {what}; saw {[w['text'] for w in seen['widgets']]} on {seen['screen']}")

    def see(self, text: str) -> None:
        self.wait(lambda seen: any(text in widget["text"] for widget in seen["widgets"]), f"the text {text!r}")

    def touch(self, x: float, y: float, pause: float = STRIKE) -> None:
        """Touch the glass `pause` seconds or more after the last time, and wait until the program has seen the finger lifted.
        However slow the machine is, no finger rests and no two taps are one double tap."""
        time.sleep(max(0.0, self._struck + pause - time.monotonic()))
        before = self.look()["lifted"]
        self.server.panel.tap(x, y, hold=0)
        self.wait(lambda seen: seen["lifted"] > before, "a finger that is seen")
        self._struck = time.monotonic()

    def tap(self, text: str = "", kind: str = "", state: str = "") -> None:
        self.tap_found(lambda seen: self.button(seen, text, kind, state), f"a button {text or kind!r}")

    def tap_found(self, found: Look, what: str) -> None:
        """Touch the widget that `found` finds among what is seen."""
        widget = self.stands(found, what)
        self.touch(widget["x"], widget["y"])

    def find(self, text: str = "", kind: str = "", state: str = "") -> dict[str, Any]:
        """Return a button, or a widget of a kind, once it stands still."""
        return self.stands(lambda seen: self.button(seen, text, kind, state), f"a button {text or kind!r}")

    def stands(self, found: Look, what: str) -> dict[str, Any]:
        """Return the widget that `found` finds once it stands still: a hand waits until things do."""
        widget, before = self.wait(found, what), None
        while widget != before:
            self.looks(3)
            widget, before = self.wait(found, what), widget
        return dict(widget)

    @staticmethod
    def button(seen: dict[str, Any], text: str, kind: str = "", state: str = "") -> Any:
        """Return the button with a text, or the widget of a kind, among what is seen; the one in front."""
        matching = [
            widget
            for widget in seen["widgets"]
            if (not text or text in (widget["text"], widget["spoken"]))
            and (not kind or widget["kind"] == kind)
            and (not state or widget["state"] == state)
            and (widget["button"] or kind)
            and not widget["disabled"]
        ]
        return matching[-1] if matching and text else (matching[0] if matching else None)

    def looks(self, count: int) -> None:
        """Wait until the probe has looked so many times more, however slow the machine is."""
        after = self.look().get("look", 0) + count
        self.wait(lambda seen: seen["look"] >= after, "further frames")

    def scan(self, text: str) -> None:
        """Let a barcode scanner type `text`: keys by their place on the keyboard, whatever layout is set."""
        keys = " ".join(str(KEYCODES[letter]) for letter in text)
        command = ["xdotool", "key", "--delay", "8", *keys.split(), str(ENTER_KEYCODE)]
        subprocess.run(command, env=self.env, check=True)

    def shot(self, name: str) -> Image.Image:
        time.sleep(0.4)
        picture = ImageGrab.grab(xdisplay=self.server.display)
        picture.save(self.tmp_path / f"{name}.png")
        return picture


def kiosk(program: Path, *words: str, typed: str = "") -> str:
    """Run a command of the kiosk and return what it says."""
    return subprocess.run(
        [str(program), *words], check=True, capture_output=True, text=True, input=typed, cwd=program.parent
    ).stdout


def rows(folder: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{folder / 'kiosk.db'}?mode=ro", uri=True)) as db:
        return db.execute(query, values).fetchall()
