"""Every screen measured in millimetres: ``python -m tests.screens.measure`` prints what is below the bar, tour by tour.

The real app is walked through by the gallery's tour for every language, screen size and text size; at each stop its
widgets are measured where they lie, and no picture is decoded. What is checked: DOMAIN.md 1.2 to 1.4, EN 301 549 5.1.4 and 8.3.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PIL import Image

from kiosk.files.resources import asset

#: A screen: name -> width and height in pixels, diagonal in inches.
PROFILES = {
    '10.1" wide': (1280, 800, 10.1),
    '10.1" tall': (800, 1280, 10.1),
    '15.6"': (1366, 768, 15.6),
    '21.5"': (1920, 1080, 21.5),
    '32"': (3840, 2160, 32.0),
}
#: Least side of a target and least gap, mm: for visitors, for the keys of a keyboard, for staff, who practise.
TARGET, KEY, STAFF_TARGET = 20.0, 16.0, 12.0
GAP, KEY_GAP, STAFF_GAP = 3.0, 1.2, 1.5
#: Staff practise, and a list of twelve lines is their tool: 12 mm is what DOMAIN.md 1.4 gives as the floor. A PIN is typed by
#: who comes on a Tuesday only, too: its keys are as large as a visitor's.
BY_EVERYONE = ("door", "set_pin")
#: Big text behind the desk, in the share of the visitors': staff stand at the glass with the thing in their hand, and are
#: as near as 0.7 of the distance visitors read from. It yields as that does.
STAFF_BIG = 0.7
#: What nobody touches is read from afar: it may be above what is within reach, but on the glass.
READ_ONLY = ("Serving",)
#: Screens that only staff use, before somebody has come in by the door.
BEFORE_THE_DESK = ("door", "set_pin", "calibrate", "restore")
#: Least shorter side of a picture that is shown, and of a code, mm. A picture is there to be known before its word is read:
#: at arm's length 8 mm are seen at 0.8 to 1°, about what a capital of big text has (EN 301 549, 5.1.4), and less is a dot
#: that only takes room from the words: it is made larger or left out. A phone reads a code of 20 mm from a hand's breadth.
PICTURE, SYMBOL = 8.0, 20.0
#: Least side of the code on a ticket or any other stub, without its quiet zone, mm: kept by a photo, it is read from there.
STUB_SYMBOL = 45.0
#: Least height of a font for a visitor who has not asked for big text, and behind the desk, mm.
LEAST_FONT = 2.8
#: A text that is alone in being smaller may be this much smaller than the rule where a long word meets a narrow box, before
#: it is a fault: usual text, big text, and the language whose every text is longer than any real one.
YIELDING, BIG_YIELDING, LONG_YIELDING = 0.85, 0.6, 0.5
#: The buttons for the look, in one corner of every screen; reading aloud is the visitors' alone. The bar's motion is in
#: Help; in big text its size and contrast are behind one button.
LOOKS, BAR_LOOKS, BIG_BAR_LOOKS = (
    ("BigTextButton", "ContrastButton", "CalmButton"),
    ("BigTextButton", "ContrastButton"),
    ("ViewButton",),
)
#: Steps that fill the glass and show no bar: the look chosen on the step they come from holds until the last of them.
STEPS = (
    "setup_languages", "setup_name", "setup_hours", "setup_printer", "setup_coordinator", "restore", "passphrase", "recovery",
)  # fmt: skip
#: What can only be dragged (WCAG 2.5.7); a list of ours has buttons that turn it.
DRAGGED = ("ScrollView", "Slider", "Carousel", "Switch", "RecycleView")
#: Where a screen may begin at the left, mm: some of big text at the margin of its bar, all others at the common one.
LEFT = (3.0, 6.0)
#: Pixels are whole, millimetres are not.
ROUNDING_MM = 0.2


@dataclass(frozen=True)
class Fault:
    """Something too small, too near, too high or not whole: `value` against the `bar` it misses."""

    kind: str
    place: str
    what: str
    value: float
    bar: float

    @property
    def worth(self) -> float:
        """How bad it is: the share of the bar that is reached."""
        return self.value / self.bar if self.kind != "reach" else self.bar / self.value

    def __str__(self) -> str:
        return f"{self.worth:5.2f}  {self.kind:8} {self.value:8.1f} of {self.bar:7.1f}  {self.place:42} {self.what}"


@dataclass(frozen=True)
class Box:
    """Where something is in the window, pixels."""

    x: float
    y: float
    right: float
    top: float

    def within(self, other: Box, slack: float = 1.5) -> bool:
        """Whether it lies inside `other`."""
        return (
            self.x >= other.x - slack
            and self.y >= other.y - slack
            and self.right <= other.right + slack
            and self.top <= other.top + slack
        )

    def apart(self, other: Box) -> float:
        """Return how far apart the two are along the wider way; below 0 they overlap."""
        return max(max(self.x, other.x) - min(self.right, other.right), max(self.y, other.y) - min(self.top, other.top))


def is_act(widget: Any) -> bool:
    """Whether `widget` is drawn as the one act of a screen; keys and steppers are tools."""
    from kivy.app import App

    from screens.widgets.buttons import TextButton

    primary = App.get_running_app().theme.primary
    return isinstance(widget, TextButton) and list(widget.fill) == list(primary) and bool(widget.text)


def is_panel(widget: Any) -> bool:
    """Whether `widget` is a card, a picture or a text."""
    from screens.widgets.panels import Card, Drawn
    from screens.widgets.photo import Backdrop, Picture
    from screens.widgets.words import Words

    if isinstance(widget, Words):
        return bool(widget.text)
    return isinstance(widget, (Card, Drawn, Picture)) and not isinstance(widget, Backdrop)


def box_of(widget: Any) -> Box:
    x, y = widget.to_window(*widget.pos)
    return Box(x, y, x + widget.width, y + widget.height)


@cache
def shape_of(art: str) -> tuple[int, int]:
    """Return the width and height of drawn art."""
    with Image.open(asset(f"art/{art}")) as picture:
        return picture.size


def drawn(widget: Any) -> Box | None:
    """Return where a picture is drawn in the window, None when none is. What is kept whole in its box is smaller than that."""
    box = box_of(widget)
    if hasattr(widget, "wanted"):
        wanted = widget.wanted()
        if wanted is None:
            return None
        if wanted.fill:
            return box
        width, height = shape_of(wanted.art)
        factor = min(widget.width / width, widget.height / height)
        width, height = width * factor, height * factor
    else:
        width, height = widget.box[2:]
        if not width:
            return None
    x, y = (box.x + box.right - width) / 2, (box.y + box.top - height) / 2
    return Box(x, y, x + width, y + height)


def on_a_plate(label: Any, other: Any) -> bool:
    """Whether `label` has a ground of its own over the picture `other`: a badge, or a button that moves over it."""
    if not hasattr(other, "wanted"):
        return False
    plates = [one for one in label.walk_reverse() if hasattr(one, "last_touch") or type(one).__name__ == "StateBadge"]
    return any(other not in plate.walk(restrict=True) for plate in plates[:1])


def name_of(widget: Any) -> str:
    """Return what a person would call `widget`."""
    words = getattr(widget, "art", "") or getattr(widget, "source", "")
    if isinstance(words, str) and words:
        return f"{type(widget).__name__} {words!r}"
    words = getattr(widget, "text", "") or getattr(widget, "spoken", "") or getattr(widget, "icon", "")
    if not words:
        words = next((child.text for child in widget.walk() if len(getattr(child, "text", "")) > 1), "")
    return f"{type(widget).__name__} {words[:40]!r}"


def seen(widget: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Every widget that is not hidden, with those it lies in, outermost first."""
    from screens.widgets.photo_grid import ItemCell

    stack: list[tuple[Any, list[Any]]] = [(widget, [])]
    while stack:
        at, inside = stack.pop()
        if at.opacity == 0 or at.right < -5000:
            continue
        if isinstance(at, ItemCell) and (at.card is None or not box_of(at).within(box_of(at.parent))):
            continue  # the row that the edge of the grid cuts is for scrolling
        if at.width >= 1 and at.height >= 1:
            yield at, inside
        stack += [(child, [*inside, at]) for child in at.children]


class Ruler:
    """Measures what `app` shows now."""

    def __init__(self, app: Any, place: str) -> None:
        from kivy.uix.button import Button
        from kivy.uix.label import Label

        from screens.safe_mode.safe_app import SafeFace
        from screens.widgets.buttons import Touch
        from screens.widgets.keyboard import KeyButton
        from screens.widgets.lists import LineRow
        from screens.widgets.panels import Drawn, Stub
        from screens.widgets.photo import Picture
        from screens.widgets.photo_grid import ItemCell
        from screens.widgets.words import Icon, Words

        self.app, self.theme, self.place = app, app.theme, place
        self.unit = self.theme.pixels_per_mm
        screen = app.shell.screen(app.shell.current)
        self.staff = (
            screen.staff_only
            or screen.name.startswith("setup_")
            or screen.name in BEFORE_THE_DESK
            or app.member is not None
        )
        self.faults: list[Fault] = []
        self.glass = Box(0, 0, self.theme.width, self.theme.reach)
        self.looks: dict[str, Box] = {}
        self.sentences: set[str] = set()
        self.bar = app.shell.bar_shown
        targets: list[tuple[Any, Box, list[Any]]] = []
        texts: list[tuple[Any, Box]] = []
        pictures: list[tuple[Any, Box]] = []
        over = next((one for one in app.shell.children if isinstance(one, SafeFace)), app.shell.dialog)
        if isinstance(over, SafeFace):
            self.glass = Box(0, 0, self.theme.width, self.theme.height)  # its words stand where they are only read
        for widget, inside in seen(over or app.shell.ids.frame):
            if any(kind.__name__ in DRAGGED for kind in type(widget).__mro__):
                self.fault("drag", widget, 0, 1)
            if isinstance(widget, (Touch, ItemCell, Button)):
                if type(widget).__name__ in (*LOOKS, *BIG_BAR_LOOKS, "ReadButton"):
                    self.looks[type(widget).__name__] = box_of(widget)
                box = box_of(widget)
                self.target(widget, box, isinstance(widget, KeyButton))
                targets.append((widget, box, inside))
            if isinstance(widget, Icon) and widget.icon:
                texts.append((widget, self.sign(widget)))
            elif isinstance(widget, Label) and widget.text:
                texts.append((widget, self.text(widget, inside)))
                if not any(isinstance(one, LineRow) for one in inside):  # of a list there are more or fewer on a page
                    self.sentences |= {one for one in re.split(r"\n|  ·  ", widget.text) if one[-1:] in (".", "!")}
            elif isinstance(widget, (Picture, Drawn)):
                picture = drawn(widget)
                if picture and not self.glass.within(
                    picture, 3 * self.unit
                ):  # one behind everything is the ground, not a picture
                    self.picture(widget, picture, SYMBOL if isinstance(widget, Drawn) else PICTURE)
                    if isinstance(widget, Stub):
                        self.code(widget)
                    pictures.append((widget, picture))
        if over is None:
            self.act(screen)
            self.margin(screen)
        self.lookless = over is not None or screen.name in STEPS or (screen.name == "calibrate" and not self.bar)
        self.gaps(targets, KeyButton)
        self.kin([label for label, _ in texts if isinstance(label, Words) and not label.alone])
        self.folded(over or app.shell.ids.frame, Words)
        self.overlaps(texts, pictures)

    def fault(self, kind: str, what: Any, value: float, bar: float, other: Any = None) -> None:
        names = " / ".join(name_of(one) for one in (what, other) if one is not None)
        self.faults.append(Fault(kind, self.place, names, value, bar))

    def target(self, widget: Any, box: Box, key: bool) -> None:
        from screens.frame.focus import name_of as spoken_name

        bar = (
            KEY
            if key and self.app.shell.current in BY_EVERYONE
            else STAFF_TARGET
            if self.staff
            else KEY
            if key
            else TARGET
        )
        least = min(widget.width, widget.height) / self.unit
        if least < bar - ROUNDING_MM:
            self.fault("target", widget, least, bar)
        if not box.within(self.glass):
            self.fault("outside", widget, 0, 1)
        if not spoken_name(widget).strip():
            self.fault("nameless", widget, 0, 1)  # nothing to say of it (WCAG 1.1.1)
        screen = self.theme.screen
        height = screen.lower_edge_mm + (box.y + box.top) / 2 / self.unit
        if height > screen.reach_limit_mm:
            self.fault("reach", widget, height, screen.reach_limit_mm)

    def code(self, stub: Any) -> None:
        """Check that the code on a stub is one that a phone reads through moiré and glare."""
        from kiosk.codes import Kind, new_code
        from kiosk.documents.stub import side
        from screens.visitor.slip import steps_of

        size = (int(stub.width), int(stub.height))
        wide = side(new_code(Kind.TICKET), size, steps_of(self.theme)) / self.unit
        if wide < STUB_SYMBOL:
            self.fault("code", stub, wide, STUB_SYMBOL)

    def act(self, screen: Any) -> None:
        """Check that at most one button is the act of the screen, and that it ends at the right margin. Beside a field it is at
        the field, and a way of a grid has its place there."""
        acts = [one for one, _ in seen(screen) if is_act(one)]
        for one in acts[1:]:
            self.fault("acts", acts[0], 1, len(acts), one)
        for one in acts[:1]:
            right = (screen.right - box_of(one).right) / self.unit
            beside = any(hasattr(other, "board") for other, _ in seen(screen))
            placed = beside or type(one).__name__ in ("MenuButton", "Action") or not self.bar
            if right > LEFT[-1] * self.theme.mm / self.unit + ROUNDING_MM and not placed:
                self.fault("act", one, LEFT[-1], right)

    def margin(self, screen: Any) -> None:
        """Check that what is farthest to the left begins at the margin, or centred in what does."""
        lefts = [box_of(one).x for one, _ in seen(screen) if hasattr(one, "last_touch") or is_panel(one)]
        left = min(lefts, default=0.0) / self.theme.mm
        if lefts and not any(abs(left - one) < 1.5 * ROUNDING_MM for one in LEFT):
            self.fault("margin", screen, min(left, LEFT[-1]), max(left, LEFT[-1]))

    def gaps(self, targets: list[tuple[Any, Box, list[Any]]], key: type) -> None:
        for at, (one, box, inside) in enumerate(targets):
            for other, other_box, other_inside in targets[at + 1 :]:
                if one in other_inside or other in inside:
                    self.fault("nested", one, 0, 1, other)
                    continue
                keys = isinstance(one, key) and isinstance(other, key)
                bar = KEY_GAP if keys else (STAFF_GAP if self.staff else GAP)
                gap = box.apart(other_box) / self.unit
                if gap < bar - ROUNDING_MM:
                    self.fault("gap", one, gap, bar, other)

    def folded(self, root: Any, kind: type) -> None:
        """Check that no text is there but for its room: what landscape says is said in portrait too."""
        for widget, _ in seen(root):
            for label in widget.children:
                if isinstance(label, kind) and label.text and label.opacity and min(label.size) < 1:
                    self.fault("folded", label, 0, 1)

    def kin(self, texts: list[Any]) -> None:
        """Check that texts of one kind have one size."""
        from screens.widgets.kin import place_of

        sizes: dict[Any, Any] = {}
        for label in texts:
            first = sizes.setdefault(place_of(label), label)
            if abs(first.font_size - label.font_size) > 0.5:
                self.fault("kin", label, label.font_size, first.font_size, first)

    def text(self, label: Any, inside: list[Any]) -> Box:
        """Check that every word of `label` is there, whole, in its box and large enough; return where the words are."""
        from screens.widgets.keyboard import KeyButton
        from screens.widgets.theme import ANGLE, CAPITAL
        from screens.widgets.words import Words

        label.texture_update()
        core, box = label._label, box_of(label)
        lines = core._cached_lines
        shown = "".join(word.text for line in lines for word in line.words)
        wide = max((line.w for line in lines), default=label.texture_size[0])
        high = sum(line.h for line in lines) or label.texture_size[1]
        if lines and "".join(shown.split()) != "".join(label.text.split()):
            self.fault("cut", label, len("".join(shown.split())), len("".join(label.text.split())))
        words = set(label.text.split())
        torn = [
            part for line in lines for part in "".join(word.text for word in line.words).split() if part not in words
        ]
        if torn:
            self.fault("torn", label, 0, 1)  # a word goes on in the next line without a hyphen
        if wide > label.width + 2:
            self.fault("too wide", label, label.width, wide)
        if high > label.height + 2 and not (lines and label.text_size[1]):
            self.fault("too high", label, label.height, high)
        nearest = min(self.theme.steps, key=lambda step: abs(step - label.font_size))
        if isinstance(label, Words) and not label.alone and abs(nearest - label.font_size) > 0.5:
            self.fault("step", label, label.font_size / self.unit, nearest / self.unit)
        capital = label.font_size * CAPITAL / self.unit
        if self.theme.big:
            bar = self.theme.screen.viewing_distance_mm * ANGLE * (STAFF_BIG if self.staff else 1)
            if capital < bar * 0.97:
                self.fault("small", label, capital, bar)
        elif label.font_size / self.unit < LEAST_FONT:
            self.fault("small", label, label.font_size / self.unit, LEAST_FONT)
        x = {"center": box.x + (label.width - wide) / 2, "right": box.right - wide}.get(label.halign, box.x)
        y = {"middle": box.y + (label.height - high) / 2, "top": box.top - high}.get(label.valign, box.y)
        written = Box(x, y, x + wide, y + high)
        read_only = any(type(one).__name__ in READ_ONLY for one in inside)
        if not written.within(Box(0, 0, self.theme.width, self.theme.height) if read_only else self.glass):
            self.fault("outside", label, 0, 1)
        sheet = next((one for one in reversed(inside) if hasattr(one, "last_touch")), None)
        if sheet is not None and not isinstance(sheet, KeyButton) and not written.within(box_of(sheet), 2):
            self.fault("leaves", label, 0, 1)
        return written

    def sign(self, icon: Any) -> Box:
        """Return where the sign `icon` is drawn: a little smaller than its letter's square."""
        box, half = box_of(icon), icon.font_size * 0.42
        x, y = (box.x + box.right) / 2, (box.y + box.top) / 2
        return Box(x - half, y - half, x + half, y + half)

    def picture(self, widget: Any, box: Box, bar: float) -> None:
        """Check that a picture, drawn in `box`, is worth seeing and whole."""
        least = min(box.right - box.x, box.top - box.y) / self.unit
        if least < bar - ROUNDING_MM:
            self.fault("picture", widget, least, bar)
        if not box.within(self.glass):
            self.fault("outside", widget, 0, 1)

    def corner(self, usual: dict[bool, dict[str, Box]]) -> None:
        """Check that the buttons for the look are there, where they are on every other screen that has the bar; `usual` is
        where they are for visitors and for staff, and is filled on the way. Without the bar they lie at the lower edge."""
        if self.lookless:
            return
        wanted = LOOKS if not self.bar else BIG_BAR_LOOKS if self.theme.big else BAR_LOOKS
        wanted = wanted if self.staff else (*wanted, "ReadButton")
        for name in wanted:
            if name not in self.looks:
                self.faults.append(Fault("missing", self.place, name, 0, 1))
        if not self.bar:
            low = [name for name, box in self.looks.items() if box.y > 8 * self.theme.mm]
            self.faults += [Fault("corner", self.place, name, 0, 1) for name in low]
        elif usual.setdefault(self.app.member is not None, self.looks) != self.looks:
            self.faults.append(Fault("corner", self.place, "the buttons for the look lie elsewhere", 0, 1))

    def overlaps(self, texts: list[tuple[Any, Box]], pictures: list[tuple[Any, Box]]) -> None:
        """Check that no text lies on another, or on a picture."""
        for at, (one, box) in enumerate(texts):
            for other, other_box in [*texts[at + 1 :], *pictures]:
                apart = box.apart(other_box)
                if apart < -2 and not on_a_plate(one, other):
                    self.fault("overlap", one, 0, -apart, other)


class Measure:
    """The app on a stage without light: nothing is drawn and no picture is decoded."""

    def __init__(self, folder: Path) -> None:
        from kiosk import demo
        from kiosk.journal import Store
        from kiosk.services import Services
        from kiosk.settings import load
        from tests.screens.stage import Stage

        self.now = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
        settings = demo.settings_for(load(None), self.now.date())
        screen = settings.screen._replace(idle_seconds=3600, motion=False, shift=False)
        self.settings = settings._replace(screen=screen, staff=settings.staff._replace(idle_seconds=900))
        self.store = Store.create(folder / "data", now=self.now)
        services = Services(self.store, self.settings)
        names = SimpleNamespace(add=lambda data: f"{hash(data) % 2**256:064x}")
        demo.fill(services, names, self.settings, self.now, lambda done, of: None)
        self.stage = Stage(self.store, self.settings, self.now, (320, 200))
        self.app = self.stage.app
        self.app.photos.request = lambda *_, **__: SimpleNamespace(cancel=lambda: None)
        self.app.shell.size_hint = (None, None)
        self.visited: set[str] = set()  # names of the screens that a tour has shown
        self.sentences: dict[str, set[str]] = {}  # what each stop of the last tour told a visitor

    def close(self) -> None:
        self.stage.close()
        self.store.close()

    def take(self, profile: str, big: bool) -> None:
        """Lay the app out on the screen `profile`."""
        width, height, diagonal = PROFILES[profile]
        theme = self.app.theme
        other = (theme.width, theme.height) != (width, height)
        theme.screen = self.settings.screen._replace(diagonal_inches=diagonal)
        theme.big = big
        self.app.shell.size = (width, height)
        theme.fit(width, height)
        if other:
            self.app.shell.rebuild()  # a screen on the wall is neither turned nor changed while the kiosk runs
        lay_out()

    def tour(self, language: str, profile: str, big: bool) -> list[Fault]:
        """Return the faults of every screen in `language` on the screen `profile`, with usual or `big` text."""
        from tests.screens.gallery import tour, usual_look

        self.sentences = {}
        faults: list[Fault] = []
        usual: dict[bool, dict[str, Box]] = {}

        def look(name: str) -> None:
            lay_out()
            self.visited.add(self.app.shell.current)
            place = f"{name} {profile} {language}{' big' if big else ''}"
            ruler = Ruler(self.app, place)
            ruler.corner(usual)
            faults.extend(ruler.faults)
            if not ruler.staff:
                self.sentences[name] = ruler.sentences

        self.app.tr.use(language)
        usual_look(self.app, big, high=False)
        self.take(profile, big)
        tour(self.stage, look)
        return faults


def broken(faults: list[Fault], yielding: float) -> list[Fault]:
    """Return those of `faults` that are below the bar, the worst first; a text may be `yielding` times the rule."""
    return sorted((one for one in faults if one.kind != "small" or one.worth < yielding), key=lambda one: one.worth)


def yielding_of(language: str, big: bool) -> float:
    """Return how much of the rule a text must reach."""
    from tests.screens.longer import LONG

    return LONG_YIELDING if language == LONG else BIG_YIELDING if big else YIELDING


def lay_out(rounds: int = 10) -> None:
    """Let what was asked for the next frame happen, without drawing one."""
    from kivy.clock import Clock

    for _ in range(rounds):
        Clock._process_events()
        Clock.tick_draw()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", action="append", choices=list(PROFILES), help="all when not given")
    parser.add_argument(
        "--language", action="append", help="all of the settings when not given; et is a long one made up"
    )
    parser.add_argument("--text", action="append", choices=["normal", "big"], help="both when not given")
    parser.add_argument("--worst", type=int, default=20, help="how many of a tour are printed")
    options = parser.parse_args()
    from kiosk.language.catalogues import compile_all
    from tests.display import start_display
    from tests.screens.longer import LONG, long_language

    compile_all()
    if not os.environ.get("DISPLAY"):
        start_display()
    texts = [text == "big" for text in options.text or ("normal", "big")]
    count = 0
    with tempfile.TemporaryDirectory() as folder, long_language(Path(folder) / "locales"):
        measure = Measure(Path(folder))
        for profile in options.profile or PROFILES:
            for big in texts:
                for language in options.language or [*measure.settings.centre.languages, LONG]:
                    faults = broken(measure.tour(language, profile, big), yielding_of(language, big))
                    print(f"{profile:12} {language:9} {'big' if big else 'normal':7} {len(faults)} faults", flush=True)
                    for fault in faults[: options.worst]:
                        print(fault, flush=True)
                    count += len(faults)
        measure.close()
    print(f"{count} faults")
    return bool(count)


if __name__ == "__main__":
    sys.exit(main())
