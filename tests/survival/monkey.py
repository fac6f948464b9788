"""A monkey at the glass: touches, gestures, keys, chords and scans at random, on everything visitors can see.

Run as a program (`python -m tests.survival.monkey FOLDER EVENTS SEED`) it prints its figures as JSON after every MEASURED
blocks of BLOCK events. FOLDER keeps the data and how far it came: run again, it goes on from there. Each block is drawn from
its own seed, so the block in which something broke can be drawn again alone (`--block`).
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import random
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from kiosk.startup import heap

#: Events between two looks at the data, and how many of these blocks between two at the memory.
BLOCK, MEASURED = 1000, 10
#: Every how many frames one is drawn, and how often a finger does the next thing before the frame has passed.
DRAWN, SWIFT = 20, 0.75
#: A Tuesday, 13:30 in Finland: the coffee meeting is on.
NOW = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
#: Keys by SDL's number and USB HID usage: letters, digits, Enter, Escape, Tab, space, F1 to F12, Print, arrows, keypad,
#: menu, power, volume, and keys that are on no keyboard.
SCANCODES = (*range(4, 100), 101, 102, 127, 128, 129, 224, 225, 226, 227, 230, 257, 283, 511, 0, None)
SCANCODE_BIT = 1 << 30
MODIFIERS = ("shift", "ctrl", "alt", "meta", "super", "alt-gr", "capslock", "numlock")
#: What a scanner may be shown: wrong codes, links, orders, control signs, an invitation that is none, far too much.
NONSENSE = (
    "12345678", "6408430000012", "HTTPS://EXAMPLE.ORG/A?B=C", "'; DROP TABLE VISIT;--", "../../ETC/PASSWD", "\x1b[2J\x00",
    "HUB", "HUB" + "A" * 4100, "T" * 70, "T7K3M9QX2WBC", "B" + "0" * 28, "ТИСЯЧА", "ÅÄÖ",
)  # fmt: skip


class Escaped(AssertionError):
    """The monkey got where no visitor may be."""


class Complaints(logging.Handler):
    """Keeps what is logged as an error, and what threads die of."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))
        logging.getLogger().addHandler(self)
        self._before, threading.excepthook = threading.excepthook, self._died

    def close(self) -> None:
        logging.getLogger().removeHandler(self)
        threading.excepthook = self._before
        super().close()

    def _died(self, args: Any) -> None:
        self.heard.append(f"thread: {args.exc_value!r}")

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(self.format(record))


class Monkey:
    """Acts on the app of `stage`, whose database has `codes` worth scanning."""

    def __init__(self, stage: Any) -> None:
        self.stage, self.app = stage, stage.app
        self.screens: Counter[str] = Counter()
        self.acts: Counter[str] = Counter()
        self.complaints = Complaints()
        self.chance = random.Random(0)
        stage.drawn = DRAWN
        self._weights = {
            self.tap_something: 46, self.tap_anywhere: 14, self.drag: 8, self.two_fingers: 4, self.hold: 3, self.key: 8,
            self.chord: 5, self.scan: 4, self.stumble: 3, self.type_text: 1, self.drop_file: 0.3, self.ask_to_close: 0.5,
            self.rest: 0.4, self.step_clock: 0.4, self.settle: 0.5,
        }  # fmt: skip

    def play(self, seed: str, events: int) -> None:
        """Do `events` things, drawn from `seed`. Raises Escaped, or what the app died of."""
        self.chance = random.Random(seed)
        names, weights = list(self._weights), list(self._weights.values())
        for number in range(events):
            act = self.chance.choices(names, weights)[0]
            try:
                act()
                if self.chance.random() < 0.2:
                    self.app.guard = type(self.app.guard)()  # as slow as a person
                self.look()
            except Exception as error:
                error.add_note(f"event {number} of block {seed}: {act.__name__} on {self.app.shell.current}")
                raise
            self.acts[act.__name__] += 1
            self.screens[self.app.shell.current] += 1

    def look(self) -> None:
        """The kiosk is there and it is a visitor's."""
        from kivy.base import EventLoop

        shell = self.app.shell
        if self.app.member is not None or shell.screen(shell.current).staff_only or shell.current == "first":
            raise Escaped(f"at the desk: {shell.current}")
        if EventLoop.status != "started" or self.app.root is None or self._window.children[-1] is not shell:
            raise Escaped("the app is left")
        if self.complaints.heard:
            raise AssertionError(self.complaints.heard)

    @property
    def _window(self) -> Any:
        from kivy.core.window import Window

        return Window

    # fingers

    def _touch(self, *steps: tuple[str, Any]) -> None:
        from kivy.base import EventLoop

        for kind, finger in steps:
            EventLoop.post_dispatch_input(kind, finger)
            if self.chance.random() > SWIFT:
                self.frame()

    def frame(self) -> None:
        """Let a frame pass."""
        self.stage.frames()

    def _finger(self, x: float | None = None, y: float | None = None) -> Any:
        from tests.screens.stage import Finger

        width, height = self._window.size
        edge = self.chance.random() < 0.05
        return Finger(
            self.chance.choice((-3, 0, width - 1, width + 2))
            if edge
            else self.chance.uniform(0, width)
            if x is None
            else x,
            self.chance.choice((-3, 0, height - 1)) if edge else self.chance.uniform(0, height) if y is None else y,
        )

    def _on(self, finger: Any, x: float, y: float) -> Any:
        """Move `finger` to x, y in window pixels."""
        width, height = self._window.size
        finger.move({"x": x / width, "y": y / height})
        finger.scale_for_screen(width, height)
        return finger

    def tap_anywhere(self) -> None:
        finger = self._finger()
        self._touch(("begin", finger), ("end", finger))

    def tap_something(self) -> None:
        from screens.frame.focus import box_of

        stops = [stop.widget for stop in self.app.focus.stops()]
        if not stops:
            return self.tap_anywhere()
        bar = set(self.app.shell.ids.bar.walk(restrict=True))
        inside = [widget for widget in stops if widget not in bar]
        widget = self.chance.choice(inside if inside and self.chance.random() < 0.93 else stops)
        x, y, width, height = box_of(widget)
        finger = self._finger(self.chance.uniform(x, x + width), self.chance.uniform(y, y + height))
        self._touch(("begin", finger), ("end", finger))

    def drag(self) -> None:
        finger = self._finger()
        self._touch(("begin", finger))
        for _ in range(self.chance.randrange(1, 9)):
            self._touch(("update", self._on(finger, *self._anywhere())))
        self._touch(("end", finger))

    def two_fingers(self) -> None:
        fingers = [self._finger() for _ in range(self.chance.choice((2, 2, 3, 10)))]
        for kind in ("begin", "update", "end"):
            for finger in self.chance.sample(fingers, len(fingers)):
                if kind == "update":
                    self._on(finger, *self._anywhere())
                self._touch((kind, finger))

    def hold(self) -> None:
        finger = self._finger()
        self._touch(("begin", finger))
        self.key()
        for _ in range(self.chance.randrange(1, 30)):
            self.frame()
        self._touch(("end", finger))

    def _anywhere(self) -> tuple[float, float]:
        width, height = self._window.size
        return self.chance.uniform(-5, width + 5), self.chance.uniform(-5, height + 5)

    # keys

    def press(self, key: int, scancode: int | None, text: str | None, held: list[str]) -> None:
        """What Kivy's window does with a key."""
        window = self._window
        if not window.dispatch("on_key_down", key, scancode, text, held):
            window.dispatch("on_keyboard", key, scancode, text, held)
        window.dispatch("on_key_up", key, scancode)

    def key(self, held: list[str] | None = None) -> None:
        scancode = self.chance.choice(SCANCODES)
        number = self.chance.choice((27, 8, 9, 13, 32, 97, 293, 316, (scancode or 0) | SCANCODE_BIT))
        text = self.chance.choice((None, None, "a", "ї", "€", "\r", "\x00", "😀"))
        self.press(number, scancode, text, held or [])
        self.frame()

    def chord(self) -> None:
        self.key(self.chance.sample(MODIFIERS, self.chance.randrange(1, 4)))

    def scan(self) -> None:
        """A code of ours, whatever it is for; a badge that is nobody's."""
        from kiosk.codes.codes import Kind, new_code

        tables = ("ticket", "donation", "request", "wish", "volunteer", "seat", "queue_number")
        column, table = ("label_code", "item") if self.chance.random() < 0.4 else ("code", self.chance.choice(tables))
        if self.chance.random() < 0.2:
            return self._wedge(new_code(self.chance.choice([kind for kind in Kind if kind.value not in "IQ"])))
        sql = f"SELECT {column} FROM {table} LIMIT 1 OFFSET ? % max(1, (SELECT count(*) FROM {table}))"
        row = self.stage.store.db.execute_sql(sql, (self.chance.randrange(1 << 30),)).fetchone()
        return self._wedge(row[0] if row else new_code(Kind.TICKET))

    def stumble(self) -> None:
        """A scan of something else, and one that is cut short."""
        text = self.chance.choice(NONSENSE)
        self._wedge(text[: self.chance.randrange(1, len(text) + 1)], ends=self.chance.random() < 0.7)

    def _wedge(self, text: str, ends: bool = True) -> None:
        for letter in text:
            place = ord(letter) - ord("A") + 4 if "A" <= letter <= "Z" else "1234567890".find(letter) + 30
            self.press(ord(letter), place if place >= 4 and letter.isascii() and letter.isalnum() else 0, letter, [])
        if ends:
            self.press(13, 40, "\r", [])
        self.frame()

    def type_text(self) -> None:
        self._window.dispatch("on_textinput", self.chance.choice(NONSENSE))
        self.frame()

    # the machine

    def drop_file(self) -> None:
        self._window.dispatch("on_drop_file", b"/etc/passwd", *self._anywhere())

    def ask_to_close(self) -> None:
        if not self._window.dispatch("on_request_close", source="keyboard"):
            raise Escaped("the window may be closed")

    def rest(self) -> None:
        """Nobody does anything for a while."""
        self.app.idle._last -= self.chance.choice((30, 70, 130, 700))
        self.app.idle._tick(0)
        self.frame()

    def step_clock(self) -> None:
        """Time passes, or the clock is set."""
        self.stage.moment += timedelta(minutes=self.chance.choice((1, 5, 20, 90, 500, 1440, -3)))
        self.app.background.housekeeping()
        self.frame()

    def settle(self) -> None:
        self.stage.settle()


def resident() -> float:
    """Return the memory the program holds now, MiB."""
    gc.collect()
    heap.give_back()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def measure(stage: Any) -> dict[str, Any]:
    """End the visit and return what is held then."""
    stage.app.end_session()
    stage.settle()
    for _ in range(3):  # the rules of a widget go when it is collected, and what they held goes after it
        gc.collect()
        stage.frames(3)
    widgets = sum(1 for _ in stage.app.shell.walk())
    return {
        "MiB": round(resident(), 1),
        "widgets": widgets,
        "threads": threading.active_count(),
        "objects": len(gc.get_objects()),
    }


def open_demo(folder: Path) -> tuple[Any, Any]:
    """Return the store and settings of demo content in `folder`, made there at the first time."""
    from kiosk import demo
    from kiosk.data.store import FILE
    from kiosk.journal import Store
    from kiosk.pictures.store import Pictures
    from kiosk.services import Services
    from kiosk.settings import load

    settings = demo.settings_for(load(None), NOW.date())
    languages = ("fi", "fi_selko", "sv", "uk", "en")
    settings = settings._replace(centre=settings.centre._replace(languages=languages))
    if (folder / FILE).exists():
        return Store.open(folder), settings
    store = Store.create(folder, now=NOW)
    demo.fill(Services(store, settings), Pictures(folder / "pictures"), settings, NOW, lambda done, of: None)
    return store, settings


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=Path)
    ask.add_argument("events", type=int)
    ask.add_argument("seed", type=int)
    ask.add_argument("--block", type=int, help="only this block")
    how = ask.parse_args()
    import_module("tests.conftest")  # the display, before Kivy looks for one
    from kivy.clock import Clock

    from kiosk.journal.entries import verify_chain
    from tests.screens.stage import Stage

    heap.keep_one_heap()
    how.folder.mkdir(parents=True, exist_ok=True)
    store, settings = open_demo(how.folder / "data")
    book = how.folder / f"monkey-{how.seed}.json"
    done = json.loads(book.read_text()) if book.exists() else {"events": 0, "screens": {}, "acts": {}, "memory": []}
    stage = Stage(store, settings, NOW + timedelta(minutes=done["events"] // 50))
    Clock._max_fps = 0  # as fast as it goes
    monkey = Monkey(stage)
    monkey.screens.update(done["screens"])
    monkey.acts.update(done["acts"])
    start = done["events"] // BLOCK if how.block is None else how.block
    for block in range(start, how.events // BLOCK if how.block is None else how.block + 1):
        monkey.play(f"{how.seed}.{block}", BLOCK)
        assert store.db.execute_sql("PRAGMA quick_check").fetchall() == [("ok",)]
        done.update(events=(block + 1) * BLOCK, screens=dict(monkey.screens), acts=dict(monkey.acts))
        if (block + 1) % MEASURED == 0:
            done["memory"].append(measure(stage))
            figures = {"events": done["events"], "screens": len(monkey.screens), **done["memory"][-1]}
            print(json.dumps(figures), flush=True)
        if how.block is None:
            book.write_text(json.dumps(done))
    verify_chain(store.db)
    stage.close()
    store.close()


if __name__ == "__main__":
    main()
