"""What the probe does in a running program, a step a frame; what it saw is printed as one line of JSON. Times are of the
monotonic clock, which all processes share."""

from __future__ import annotations

import functools
import json
import math
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from kivy.app import App
from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.input.motionevent import MotionEvent

#: OpenGL's GL_SCISSOR_TEST, and the side of the corner that is filled with it, pixels.
SCISSOR, CORNER = 0x0C11, 16
#: Nothing drawn for so long: a screen is complete, or far enough on the way to the one that is watched, seconds.
STILL, ON_THE_WAY = 0.5, 0.25


class Seen:
    """What the probe saw: times of flips, and of each frame how long the program worked before it drew, seconds."""

    def __init__(self) -> None:
        self.flips: list[float] = []
        self.worked: list[float] = []
        self.window: Any = None
        self._awake = time.monotonic()

    def watch(self, window: Any, plan: Callable[[Seen], Iterator[None]]) -> None:
        self.window = window
        flip, draw, idle = window.flip, window.on_draw, Clock.idle
        steps = plan(self)

        def slept() -> Any:
            passed = idle()
            self._awake = time.monotonic()
            return passed

        def drawn() -> None:
            self.worked.append(time.monotonic() - self._awake)
            draw()

        def flipped() -> None:
            flip()
            self.flips.append(time.monotonic())
            if len(self.flips) == 1:
                Clock.schedule_interval(lambda dt: next(steps), 0)

        window.flip, window.on_draw, Clock.idle = flipped, drawn, slept


def say(**found: Any) -> None:
    """Print what was found, and end."""
    print(json.dumps(found), file=sys.__stdout__, flush=True)
    os._exit(0)


def pause(seconds: float) -> Iterator[None]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield


def still(seen: Seen, lasts: float = STILL) -> Iterator[None]:
    """Wait until nothing was drawn for a while."""
    begun = time.monotonic()
    while time.monotonic() - max(begun, seen.flips[-1]) < lasts:
        yield


class Finger(MotionEvent):
    """One touch, in window pixels."""

    def __init__(self, window: Any, x: float, y: float, number: int) -> None:
        place = {"x": x / window.width, "y": y / window.height}
        super().__init__("finger", number, place, is_touch=True, type_id="touch")
        self.scale_for_screen(window.width, window.height)

    def depack(self, args: Any) -> None:
        self.profile = ["pos"]
        self.sx, self.sy = args["x"], args["y"]
        super().depack(args)


def tap(seen: Seen, x: float, y: float, number: int = 0) -> Iterator[None]:
    """Touch and let go; the step after it is the first that shows what came of it."""
    finger = Finger(seen.window, x, y, number)
    EventLoop.post_dispatch_input("begin", finger)
    yield
    EventLoop.post_dispatch_input("end", finger)


def buttons(widget: Any) -> Iterator[Any]:
    """Every button that is seen, from behind to before."""
    if widget.opacity == 0:
        return
    if hasattr(widget, "last_touch") and widget.width > 1 and widget.height > 1 and not widget.disabled:
        yield widget
    for child in widget.children:
        yield from buttons(child)


def shell() -> Any:
    return App.get_running_app().shell


def middle(widget: Any) -> tuple[float, float]:
    x, y = widget.to_window(*widget.center)
    return float(x), float(y)


# plans


def start(seen: Seen) -> Iterator[None]:
    """The first picture; in the kiosk a touch on it must answer."""
    first = seen.flips[0]
    app = App.get_running_app()
    if hasattr(app, "shell"):
        assert shell().current == "welcome", shell().current
        [*languages] = shell().screen("welcome").ids.languages.children
        yield from tap(seen, *middle(languages[0]))
        yield
        assert shell().current == "home", "the first picture does not answer"
    say(start=first - float(os.environ["BEGAN"]))
    yield


def touch(seen: Seen) -> Iterator[None]:
    """From every screen of the visitor to the next, by its buttons; twice, so that both the first time and later ones
    are seen. Motion is off: a fade lasts 0.2 s by design."""
    app = App.get_running_app()
    app.theme.motion = False
    found, number, past = [], 0, set()
    yield from still(seen)
    for turn in range(2):
        waiting: list[tuple[str, ...]] = [()]
        past.clear()
        while waiting and len(found) < 120:
            way = waiting.pop(0)
            app.end_session()
            app.theme.motion = False
            yield from still(seen, ON_THE_WAY)
            for at, name in enumerate(("English", *way)):
                button = next((one for one in buttons(shell()) if _name(one) == name), None)
                if button is None:
                    break
                here, number = shell().current, number + 1
                app.guard.__init__()
                yield from tap(seen, *middle(button), number)
                touched, before = time.monotonic(), len(seen.flips)
                yield from still(seen, STILL if at == len(way) else ON_THE_WAY)
                after = [when - touched for when in seen.flips[before:]]
                if shell().current != here and after and at == len(way):
                    found.append((turn, here, shell().current, after[0], after[-1], len(after)))
            here = shell().current
            if here not in past and len(way) < 3 and shell().dialog is None:
                past.add(here)
                names = {_name(one) for one in buttons(shell().screen(here))} - {"English", ""}
                waiting += [(*way, name) for name in sorted(names)[:8]]
    say(touches=found)
    yield


def _name(button: Any) -> str:
    return getattr(button, "text", "") or getattr(button, "spoken", "")


def fling(seen: Seen) -> Iterator[None]:
    """The grid of all goods, let go at SPEED."""
    app = App.get_running_app()
    if hasattr(app, "shell"):
        shell().go("goods", shelf="all")
        grid = shell().screen("goods").ids.grid.ids.view
        while not grid.ids_shown:
            yield
        scroll = grid.scroll_to

        photo_of = functools.cache(_photo)  # a walk through every cell would take its own share of the frame

        def blank() -> int:
            return sum(photo_of(cell).texture is None for cell in grid._cells.values())
    else:
        scroll, blank = app.scroll, app.blank
    speed, fades, lasts = map(float, os.environ["FLING"].split(","))
    yield from pause(2)
    begun, at, blanks = time.monotonic(), len(seen.flips), 0
    while (passed := time.monotonic() - begun) < lasts:
        scroll(speed * fades * (1 - math.exp(-passed / fades)))
        yield
        blanks += blank()
    frames = seen.flips[at:]
    say(begun=begun, drawn=len(frames), blanks=blanks, worked=seen.worked[at:])
    yield


def _photo(cell: Any) -> Any:
    return next(child for child in cell.walk() if hasattr(child, "photo"))


def idle(seen: Seen) -> Iterator[None]:
    """How much is drawn and how much the processor works while nobody touches anything."""
    app, found, seconds = App.get_running_app(), {}, float(os.environ.get("WATCHED", "15"))

    def watched(name: str, lit: bool = True) -> Iterator[None]:
        if lit and hasattr(app, "idle"):
            app.idle.touched()  # or it asks by and by whether anybody is there
        yield from pause(4)
        flips, cpu, begun = len(seen.flips), time.process_time(), time.monotonic()
        end = begun + seconds
        Clock.schedule_once(lambda dt: None, seconds)
        while time.monotonic() < end:
            yield
        passed = time.monotonic() - begun
        found[name] = ((len(seen.flips) - flips) / passed, (time.process_time() - cpu) / passed)

    if hasattr(app, "shell"):
        app.end_session()
        yield from watched("welcome, in motion")
        app.theme.motion = False
        yield from watched("welcome, motion off")
        shell().go("goods", shelf="all")
        yield from watched("goods")
        shell().go("home")
        yield from watched("home")
        items = shell().screen("goods").ids.grid.ids.view.ids_shown
        ticket = app.services.tickets.reserve(item_id=items[0], language="fi", now=app.now(), held=())
        shell().go("ticket", ticket=ticket, fresh=True)
        yield from watched("ticket")
        app.end_session()
        yield from pause(2)
        app.background._keeping.cancel()  # it would find the centre open
        app.theme.motion, shell().dark, shell().screen("welcome").awake = True, True, False
        yield from watched("dark glass", False)
    else:
        yield from watched("empty")
    say(idle=found)
    yield


def memory(seen: Seen) -> Iterator[None]:
    """Proportional memory after the start, after every screen and the whole shelf, and after many touches at random."""
    from kivy.graphics.opengl import glEnable, glScissor

    app, rounds = App.get_running_app(), int(os.environ.get("TOUCHES", "2000"))
    yield from pause(4)
    found = [("after the start", pss())]
    for _ in range(2):
        for name in ("home", "arrive", "shelves", "help", "calendar", "guidance", "donate", "volunteer", "enter_code"):
            shell().go(name)
            yield from pause(0.7)
        shell().go("goods", shelf="all")
        grid = shell().screen("goods").ids.grid.ids.view
        yield from pause(1)
        for page in range(60):
            grid.scroll_to(page * grid.longest / 60)
            yield from pause(0.15)
        app.end_session()
    yield from pause(4)
    found.append(("after browsing everything", pss()))
    chance = random.Random(7)
    glScissor(0, 0, CORNER, CORNER)  # all is drawn, a corner is filled: by software that takes most of the time
    glEnable(SCISSOR)
    for number in range(rounds):
        if number % 40 == 0:
            app.end_session()
        app.guard.__init__()
        yield from tap(seen, chance.uniform(0, seen.window.width), chance.uniform(0, seen.window.height), number + 1000)
        yield
        if number == rounds // 10:
            app.end_session()
            yield from pause(4)
            found.append((f"after {number:,} touches", pss()))
    app.end_session()
    yield from pause(4)
    found.append((f"after {rounds:,} touches", pss()))
    say(memory=found)
    yield


def pss() -> float:
    """Return the proportional memory of this process, MB."""
    with open("/proc/self/smaps_rollup", encoding="ascii") as lines:
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def busy(seen: Seen) -> Iterator[None]:
    """A shelf that scrolls while copies are made, a photo of 12 megapixels is taken in, labels are drawn and a report is
    made; or while the hub of INVITATION tells what others did."""
    from pathlib import Path

    from kiosk.codes.codes import Kind, code_from_number
    from kiosk.documents.label import SHEETS, Label, sheet_pdf
    from kiosk.hub.ahead import is_behind
    from kiosk.hub.pull import CURSOR

    app = App.get_running_app()
    photo, services = Path(os.environ["PHOTO"]).read_bytes(), app.services
    done: list[str] = []
    shell().go("goods", shelf="all")
    grid = shell().screen("goods").ids.grid.ids.view
    yield from pause(2)
    labels = [Label(code_from_number(Kind.ITEM, number), ("Tuoli",), "A3") for number in range(1, 60)]
    now = app.now()

    def report() -> Any:
        last = app.local_day(now)
        first = last.replace(year=last.year - 1)
        return services.reports.build(kind="attendance", first=first, last=last, as_of=now, language="fi")

    works: list[tuple[str, Callable[[], Any]]] = [
        ("backing up", lambda: services.backups.make_snapshot(now)),
        ("importing pictures", lambda: app.pictures.add(photo)),
        ("printing labels", lambda: sheet_pdf(labels, SHEETS["24"])),
        ("housekeeping", lambda: services.tickets.expire_due(now)),
        ("making a report", report),
    ]
    if "INVITATION" in os.environ:
        works = [("syncing with a hub", lambda: app.background.hub.join(os.environ["INVITATION"]))]

    def is_read() -> bool:
        return services.store.get_meta(CURSOR) is not None and not is_behind(services.store)

    found = {}
    for name, work in works:
        at, begun = len(seen.worked), time.monotonic()
        app.work(work, lambda answer, name=name: done.append(name))
        while name not in done or time.monotonic() - begun < 3 or ("hub" in name and not is_read()):
            assert time.monotonic() - begun < 300, f"{name} did not end"
            if grid.longest:
                grid.scroll_to((time.monotonic() - begun) * 2000 % grid.longest)
            elif shell().current != "goods":  # nobody touches it
                shell().go("goods", shelf="all")
            yield
        found[name] = seen.worked[at:]
    say(busy=found)
    yield


PLANS = {plan.__name__: plan for plan in (start, touch, fling, idle, memory, busy)}


def begin(plan: str) -> None:
    """Follow the plan in this process, from its window on."""
    seen, kept = Seen(), EventLoop.set_window

    def set_window(window: Any) -> None:
        kept(window)
        seen.watch(window, PLANS[plan])

    EventLoop.set_window = set_window
