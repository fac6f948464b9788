"""What the rows are measured on: a virtual screen, centres with many things and years, programs started and watched."""

from __future__ import annotations

import io
import json
import os
import queue
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from PIL import Image

from benchmarks.glass import Glass, Watch
from benchmarks.work import centre, fill
from kiosk.pictures.store import SIZES, Pictures
from kiosk.services import Services
from kiosk.settings import load
from kiosk.vocabulary.states import Role

#: Different photos of 12 megapixels, and names they are kept under, so that no cache has seen one before.
PHOTOS, NAMES = 12, 2400
#: A fling: first speed, pixels a second, the time in which it falls to a third, and how long it is watched, seconds.
FLING, FLING_SECONDS = "8000,1.2,4", 4.0
#: How Chromium is told to draw by the machine's GL, which is Mesa's llvmpipe here, and to draw by itself.
GL = (
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--enable-gpu-rasterization",
)
OWN = ("--disable-gpu",)
#: A pixel of a button of the page, and its colour.
BUTTON = (640, 500, (28, 91, 130))
HERE = Path(__file__).parent


class Rig:
    """`folder` is thrown away by who gave it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.glass = Glass(folder)
        self.display = self.glass.display
        self.told: queue.Queue[dict[str, Any]] = queue.Queue()
        told = self.told

        class Ear(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                text = self.rfile.read(int(self.headers["Content-Length"]))
                told.put(json.loads(text) | {"at": time.monotonic()})
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing is logged."""

        self._server = HTTPServer(("127.0.0.1", 0), Ear)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.photo = folder / "photo.jpg"
        self._names: list[str] = []

    def close(self) -> None:
        self._server.shutdown()
        self.glass.close()

    # what is shown

    def centre(self, items: int, years: int = 0) -> Path:
        """Return the data folder of a centre with so many things, in which so many years were lived."""
        folder = self.folder / f"centre_{items}_{years}"
        if folder.exists():
            return folder
        now, settings = datetime.now(UTC), load(None)
        store = centre(folder, years, now)
        services = Services(store, settings)
        services.gatherings.apply(settings.gatherings, now)
        services.staff.add(name="Coordinator", role=Role.COORDINATOR, pin="739164", now=now, who="shell")
        fill(services, items)
        names = self.photos()
        ids = [row[0] for row in store.db.execute_sql("SELECT id FROM item").fetchall()]
        with store.db.atomic("IMMEDIATE"):
            for at, item in enumerate(ids):
                store.db.execute_sql("INSERT INTO photo VALUES (?, 0, ?)", (item, names[at % len(names)]))
        services.backups.make_snapshot(now)
        store.close()
        (folder / "pictures").rmdir()
        (folder / "pictures").symlink_to(self.folder / "pictures")
        return folder

    def photos(self) -> list[str]:
        """Return the names of photos that came as JPEGs of 12 megapixels, some of them the same pixels."""
        if self._names:
            return self._names
        store, chance = Pictures(self.folder / "pictures"), random.Random(7)
        real = []
        for number in range(PHOTOS):
            ground = Image.effect_noise((1000, 750), 60).resize((4000, 3000))
            colours = [tuple(chance.randrange(256) for _ in range(3)) for _ in range(2)]
            out = io.BytesIO()
            tinted = Image.merge("RGB", [ground.point(lambda v, a=a, b=b: (a * v + b * (255 - v)) // 255)  # type: ignore[misc]
                                         for a, b in zip(*colours, strict=True)])  # fmt: skip
            tinted.save(out, "JPEG", quality=88)
            real.append(store.add(out.getvalue()))
            if number == 0:
                self.photo.write_bytes(out.getvalue())
        self._names = real + [f"{number:064x}" for number in range(len(real), NAMES)]
        for number, name in enumerate(self._names[len(real) :]):
            for size in SIZES:
                link = store.path(name, size)
                link.parent.mkdir(exist_ok=True)
                os.link(store.path(real[number % len(real)], size), link)
        return self._names

    def tiles(self, items: int) -> list[tuple[str, str]]:
        """Return the thumbnail and the name of so many things."""
        pictures, names = Pictures(self.folder / "pictures"), self.photos()
        return [(str(pictures.path(names[at % len(names)], "tile")), f"Tuoli {at}") for at in range(items)]

    # programs

    def kivy(self, plan: str, program: str, *words: object, **more: object) -> dict[str, Any]:
        """Run a plan of the probe in a Kivy program and return what it said."""
        command = [sys.executable, "-m", "benchmarks.probe", plan, program, *map(str, words)]
        home = self.folder / "kivy"
        env = {**os.environ, "DISPLAY": self.display, "KIVY_HOME": str(home), "KIVY_NO_ARGS": "1", "KIVY_NO_FILELOG": "1",
               "KIVY_NO_CONSOLELOG": "1", "PHOTO": str(self.photo), "FLING": FLING,
               **{k: str(v) for k, v in more.items()}}  # fmt: skip
        # Installed, the program is compiled: here it is so from the second start on.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        env["PYTHONPYCACHEPREFIX"] = str(self.folder / "compiled")
        env["BEGAN"] = str(time.monotonic())
        watch = Watch(self.glass)
        with watch if plan == "fling" else nullcontext():  # looking at the glass takes a tenth of a processor
            done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=900, check=False)
        if not done.stdout.strip():
            raise RuntimeError(f"{plan} in {program}: {done.stderr[-2000:]}")
        answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        if plan == "fling":
            answer["frames"] = watch.frames(answer["begun"], FLING_SECONDS)
        return answer

    def kiosk(self, plan: str, items: int, years: int = 0, **more: object) -> dict[str, Any]:
        """The same in the kiosk of a centre."""
        folder = self.centre(items, years)
        return self.kivy(plan, "kiosk", "run", "--no-safe", "--windowed", "1280x800", "--data", folder, **more)

    def plain(self, plan: str, items: int) -> dict[str, Any]:
        """The same in the plain way."""
        file = self.folder / f"plain_{items}.tsv"
        file.write_text("\n".join("\t".join(tile) for tile in self.tiles(items)), encoding="utf-8")
        return self.kivy(plan, "plain_kivy", file)

    def chromium(self, items: int, gl: bool = True, **told: str) -> tuple[list[dict[str, Any]], float, float]:
        """Open the page in Chromium, drawing by Mesa as Kivy does (`gl`) or by its own software; wait for as much as is `told`; returns what it told, the seconds to its first picture on the glass, and
        the memory of all its processes, MB."""
        folder = self.folder / f"web_{items}"
        if not folder.exists():
            folder.mkdir()
            for name in ("index.html", "kiosk.js"):
                (folder / name).write_bytes((HERE / "web_kiosk" / name).read_bytes())
            things = [(f"file://{path}", name) for path, name in self.tiles(items)]
            page = (folder / "index.html").read_text(encoding="utf-8")
            (folder / "index.html").write_text(
                page.replace("<script src", '<script src="things.js"></script>\n<script src', 1), encoding="utf-8"
            )
            (folder / "things.js").write_text(f"const THINGS = {json.dumps(things)};", encoding="utf-8")
        address = f"file://{folder}/index.html?port={self._server.server_port}"
        address += "".join(f"&{name}={value}" for name, value in told.items())
        command = ["chromium", "--no-sandbox", "--kiosk", "--window-size=1280,800", "--no-first-run", *(GL if gl else OWN),
                   "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                   "--allow-file-access-from-files", f"--user-data-dir={self.folder / 'chromium'}", address]  # fmt: skip
        env = {**os.environ, "DISPLAY": self.display}
        self.glass.wait_until_gone(*BUTTON)
        began = time.monotonic()
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
        try:
            drawn = self.glass.wait_for(*BUTTON)
            with Watch(self.glass) as watch:
                answers = [self.told.get(timeout=90) for _ in ("drawn", *told, *told)]
            for begun in (answer for answer in answers if "begun" in answer):
                answers[-1]["frames"] = watch.frames(begun["at"], FLING_SECONDS)
            if "browse" in told:
                time.sleep(4)  # as the kiosk after its visit
            memory = _pss_of_group(process.pid)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=20)
        return answers, drawn - began, memory


def _pss_of_group(group: int) -> float:
    kilobytes = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            if int(fields[3]) == group:
                lines = (status.parent / "smaps_rollup").read_text(encoding="ascii").splitlines()
                kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except OSError:
            continue  # it ended meanwhile
    return kilobytes / 1024


def late(values: Sequence[float]) -> float:
    """Return the 99th percentile."""
    return sorted(values)[int(len(values) * 0.99)]


def middle(values: Sequence[float]) -> float:
    return statistics.median(values)
