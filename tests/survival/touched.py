"""The real program under a visitor's hand, killed in the middle: what its screen confirmed is in its database.

Run as a program (`python -m tests.survival.touched FOLDER KILLS SEED`) it prints its figures as JSON after every kill
and keeps them in FOLDER: run again, it goes on from there.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kiosk.codes.codes import BadCode, parse
from kiosk.journal import Store
from kiosk.services import Services
from kiosk.services.goods.goods import LARGEST_LOT
from kiosk.settings import load
from tests.end_to_end.visitor import SETTINGS, Visitor, rows
from tests.survival import ordeal
from tests.world import PIN

#: No motion, so that a hand need not wait; many tickets, so that one visitor goes on.
HASTE = (
    SETTINGS
    + '[screen]\nmotion = false\nidle_seconds = 600\n[tickets]\nlimit = 20\n[centre]\ndefault_language = "en"\n'
)
#: A second strike on the same place within this time is none, seconds.
STRIKE = 0.55
#: A touch that changed nothing for so long is done again, as a person does, seconds.
AGAIN = 8.0
#: The most touches and the most savings in a life, and the most seconds it goes on after the last of them.
TOUCHES, SAVINGS, BREATH = 15, 3, 0.3
#: What confirms a check-in: the screens one comes to only by it.
CHECKED_IN = ("party", "thanks")
#: Screens that show the code of what was just saved.
SHOWN = {"ticket": "ticket", "announced": "donation"}
#: Journeys as the buttons on their way; the last one saves. "" is the first card of the kind.
JOURNEYS = (
    (("I have come to an event", ""),),
    (("Find free things", ""), ("Furniture", ""), ("", "ItemCell"), ("Reserve it for me", "")),
    (("I want to donate something", ""), ("Next", ""), ("Books", ""), ("Next", ""), ("One thing", ""), ("No", ""), ("Yes, "
                                                                                                           "continue", "")),
)  # fmt: skip


class Dead(Exception):
    """The program is no more."""


class Hand:
    """Touches what the program shows until it dies: at any moment, or just when something is being saved."""

    def __init__(self, visitor: Visitor, chance: random.Random) -> None:
        self.visitor, self.chance = visitor, chance
        self.end = float("inf")
        saving = chance.random() < 0.6
        self._left = chance.randint(0, TOUCHES) if not saving else -1
        self._savings_left = chance.randint(1, SAVINGS) if saving else -1
        self.begun = 0  # journeys whose last button was touched
        self.confirmed: dict[str, set[str]] = {"ticket": set(), "donation": set()}
        self.visits = 0
        self._struck = 0.0
        self._last: tuple[str, Any] = ("", None)  # the screen and what was touched there
        self._screen = ""

    def look(self) -> Any:
        """Return what is on the screen and note what it confirms."""
        if time.monotonic() > self.end:
            self.visitor.process.kill()
            raise Dead
        seen = self.visitor.look()
        self._screen = seen["screen"]
        if (
            self._last[0] == self._screen
            and time.monotonic() > self._struck + AGAIN
            and self._last[1] in seen["widgets"]
        ):
            self.strike(self._last[1])
        for widget in seen["widgets"] if seen["screen"] in SHOWN else ():
            for text in (widget["text"], widget["spoken"]):
                try:
                    self.confirmed[SHOWN[seen["screen"]]].add(parse(text))
                except BadCode:
                    continue
        return seen

    def find(self, text: str, kind: str = "", screen: str = "") -> Any:
        while True:
            seen = self.look()
            for widget in () if seen["moving"] else seen["widgets"]:
                named = (
                    text in (widget["text"], widget["spoken"]) and widget["button"] if text else widget["kind"] == kind
                )
                if named and not widget["disabled"] and (kind != "ItemCell" or widget["state"] == "available"):
                    return widget
            time.sleep(0.03)

    def strike(self, widget: Any) -> None:
        time.sleep(max(0.0, self._struck + STRIKE - time.monotonic()))
        move = ["xdotool", "mousemove", str(round(widget["x"])), str(round(widget["y"])), "mousedown", "1"]
        subprocess.run(move, env=self.visitor.env, check=True)
        time.sleep(0.05)
        subprocess.run(["xdotool", "mouseup", "1"], env=self.visitor.env, check=True)
        self._struck, self._last = time.monotonic(), (self._screen, widget)
        self._left -= 1
        self._breathe_last(self._left)

    def _breathe_last(self, left: int) -> None:
        if left == 0:
            self.end = time.monotonic() + self.chance.uniform(0, BREATH)

    def journey(self, steps: tuple[tuple[str, str], ...]) -> None:
        """Go from the welcome screen to what is saved, and back."""
        self.strike(self.find("English"))
        for text, kind in steps[:-1]:
            self.strike(self.find(text, kind))
        last = self.find(*steps[-1])
        self.begun += 1
        self.strike(last)
        self._savings_left -= 1
        self._breathe_last(self._savings_left)
        while self.look()["screen"] not in (*CHECKED_IN, *SHOWN):
            time.sleep(0.01)
        self.visits += self.look()["screen"] in CHECKED_IN
        while self.look()["screen"] in SHOWN and not any(
            "-" in w["text"] or "-" in w["spoken"] for w in self.look()["widgets"]
        ):
            time.sleep(0.01)
        self.strike(self.find("Home"))
        while self.look()["screen"] != "home":
            time.sleep(0.01)
        self.strike(self.find("Finish"))
        while self.look()["screen"] != "welcome":
            time.sleep(0.02)

    def live(self) -> None:
        """Go on journeys until the end."""
        try:
            self._breathe_last(self._left)
            while True:
                self.journey(self.chance.choice(JOURNEYS))
        except Dead:
            self.visitor.process.wait()


def prepare(folder: Path) -> None:
    """Make the data folder: a lot of chairs and a coordinator."""
    ordeal.prepare(folder)
    store, now = Store.open(folder), datetime.now(UTC)
    services = Services(store, load(None))
    services.goods.add(now=now, who="shell", category="furniture", thing="dining_chair", quantity=LARGEST_LOT)
    services.staff.add_first(name="Anna", pin=PIN, now=now)
    store.close()


def verify(folder: Path, confirmed: dict[str, Any]) -> None:
    """What the screens confirmed is there, and no more than was begun."""
    ordeal.verify(folder, {"visit": set(), "ticket": set(), "request": set()})
    [(visits,)] = rows(folder, "SELECT count(*) FROM visit")
    assert visits >= confirmed["visits"], f"{confirmed['visits']} visits confirmed, {visits} there"
    there = visits
    for table in ("ticket", "donation"):
        codes = {code for (code,) in rows(folder, f"SELECT code FROM {table}")}
        assert not set(confirmed[table]) - codes, f"lost from {table}"
        there += len(codes)
    assert there <= confirmed["begun"], f"{confirmed['begun']} begun, {there} there"


def go(place: Path, kills: int, seed: int) -> dict[str, Any]:
    """Let the program die `kills` times and return the figures. Raises AssertionError at the first untruth."""
    place.mkdir(parents=True, exist_ok=True)
    folder, book = place / "data", place / "book.json"
    if not folder.exists():
        prepare(folder)
    done = {"kills": 0, "begun": 0, "visits": 0, "ticket": [], "donation": []}
    done = json.loads(book.read_text()) if book.exists() else done
    figures: dict[str, Any] = {}
    while done["kills"] < kills:
        chance = random.Random(f"{seed}.{done['kills']}")
        (place / "probe.json").unlink(missing_ok=True)
        visitor = Visitor(Path(sys.executable).with_name("kiosk"), folder, place, HASTE)
        hand = Hand(visitor, chance)
        try:
            hand.live()
        finally:
            visitor.close()
        done["kills"] += 1
        done["begun"] += hand.begun
        done["visits"] += hand.visits
        for table, codes in hand.confirmed.items():
            done[table] = sorted({*done[table], *codes})
        verify(folder, done)
        book.write_text(json.dumps(done))
        figures = {key: value if isinstance(value, int) else len(value) for key, value in done.items()} | {"lost": 0}
        print(json.dumps(figures), flush=True)
    return figures


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=Path)
    ask.add_argument("kills", type=int)
    ask.add_argument("seed", type=int)
    how = ask.parse_args()
    os.environ["LP_NUM_THREADS"] = "1"
    go(how.folder, how.kills, how.seed)
