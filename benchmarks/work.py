"""What the kiosk does without a screen, beside the bare libraries in the same run: ``python -m benchmarks.work [--items
100000] [--years 10] [--commits]``. Prints medians, the 99th percentile, and ratios: search as one types, check-ins and
tickets (where there is strace, also with a slower fsync), codes, labels, pictures."""

from __future__ import annotations

import argparse
import io
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import qrcode
from PIL import Image

from benchmarks.life import lived
from kiosk.codes import symbols
from kiosk.codes.codes import Kind, code_from_number, new_code
from kiosk.data import new_id
from kiosk.data.models import Item
from kiosk.data.store import PRAGMAS
from kiosk.documents.label import SHEETS, Label, sheet_pdf
from kiosk.journal import Store
from kiosk.pictures.store import Pictures
from kiosk.services import Services
from kiosk.services.goods.search import SearchIndex
from kiosk.settings import load
from kiosk.vocabulary import things

NOW = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
#: How many check-ins and tickets are timed.
ROUNDS = 300
#: How much longer an fsync takes when commits are compared once more, microseconds.
DELAY = 1000
#: One frame of a screen that draws 60 in a second, ms.
FRAME_MS = 16.7
#: What is typed, and a thing that must be among the first shown.
WANTED = {
    "tuoli": "dining_chair", "tuoil": "dining_chair", "toli": "dining_chair", "tuolli": "dining_chair",
    "стілець": "dining_chair", "стілсць": "dining_chair", "stilets": "dining_chair", "chair": "dining_chair",
    "chiar": "dining_chair", "stol": "dining_chair", "pöytä": "dining_table", "poyta": "dining_table",
    "стіл": "dining_table", "takki": "winter_coat", "talvitakki": "winter_coat", "talvitaki": "winter_coat",
    "куртка": "winter_coat", "jacka": "winter_coat", "coat": "winter_coat", "winter coat": "winter_coat",
    "soffa": "sofa", "sohva": "sofa", "диван": "sofa", "dyvan": "sofa", "sofaa": "sofa", "saappaat": "rubber_boots",
    "kumisaappaat": "rubber_boots", "чоботи": "rubber_boots", "stövlar": "rubber_boots", "boots": "rubber_boots",
}  # fmt: skip


def times(act: Callable[[int], object], rounds: int) -> list[float]:
    """Return how long each of `rounds` calls took, ms."""
    found = []
    for number in range(rounds):
        start = time.perf_counter()
        act(number)
        found.append((time.perf_counter() - start) * 1000)
    return found


def row(what: str, ours: list[float], other: list[float] | None = None, note: str = "") -> None:
    """Print one line of the table."""
    ours = sorted(ours)
    middle, late = statistics.median(ours), ours[int(len(ours) * 0.99)]
    beside = statistics.median(other) if other else 0
    ratio = f"{beside / middle:6.2f}" if other else "      "
    print(f"{what:44} {middle:9.3f} {late:9.3f} {beside:9.3f} {ratio}  {note}")


#: What staff write before the name of a thing, in five languages; with numbers they make many different words.
OWN = ("punainen sininen iso pieni vanha uusi puinen", "röd blå stor liten gammal ny trä",
       "червоний синій великий малий старий новий", "red blue large small old new wooden", "çelik küçük büyük kırmızı")  # fmt: skip


def fill(services: Services, count: int) -> None:
    """Put `count` things on the shelves as the rows that taking them in writes, a third of them with a name of their
    own; without the journal and without a commit for each."""
    kinds, chance, db = list(things().values()), random.Random(7), services.store.db
    [(there,)] = db.execute_sql("SELECT count(*) FROM item").fetchall()
    index, own = SearchIndex(services.store).index, [words.split() for words in OWN]
    with db.atomic("IMMEDIATE"):
        for number in range(count):
            kind, at = kinds[number % len(kinds)], NOW - timedelta(minutes=10 * (count - number))
            item_id, model = new_id(at), "".join(chance.choices("bcdfghklmnprstv", k=3)) + str(chance.randrange(40))
            language = chance.choice(own)
            Item.insert(
                id=item_id, state="available", label_code=code_from_number(Kind.ITEM, there + number + 1), thing=kind.key,
                names={"fi": f"{chance.choice(language)} {model}"} if number % 3 == 0 else None, category=kind.category,
                size="", age_group="", condition="good", place="", quantity=1, arrived_on=at.date(),
            ).execute(db)  # fmt: skip
            index(item_id)


def centre(folder: Path, years: int, now: datetime) -> Store:
    """Open a new data folder, or that of a centre that was lived in for so many years until today."""
    if not years:
        return Store.create(folder, now=now)
    lived(folder, now.date(), years)
    return Store.open(folder)


def search(services: Services, count: int) -> None:
    """Every beginning of every word in the list, as it is typed."""
    today, typed = NOW.date(), [word[:end] for word in WANTED for end in range(1, len(word) + 1)]
    goods = services.goods

    def one(number: int) -> None:
        goods.cards(goods.find(today=today, text=typed[number % len(typed)], most=30))

    took = times(one, len(typed))
    row(f"search as one types, {count:,} things", took, note=f"bar: 99 % in {FRAME_MS} ms")
    missed = [
        word
        for word, thing in WANTED.items()
        if thing not in {goods.item(found).thing for found in goods.find(today=today, text=word, most=30)}
    ]
    print(
        f"    {len(WANTED) - len(missed)} of {len(WANTED)} words find their thing among the first 30; missed: {missed}"
    )


def commits(services: Services, folder: Path) -> None:
    """A check-in and a ticket, beside the rows that each writes given straight to sqlite3 in one commit with its fsync, in
    a copy of the same database; and beside one bare row. Turn by turn, so that the disk is the same for all."""
    session = services.gatherings.sessions_on(NOW.date())[0]
    services.attendance.check_in(visit_id=new_id(NOW), session_id=session.id, language="fi", now=NOW)
    copy = folder / "copy.db"
    services.store.copy_to(copy)
    raw = sqlite3.connect(copy, isolation_level=None)
    for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "cache_size"):
        raw.execute(f"PRAGMA {name} = {PRAGMAS[name]}")
    raw.execute("CREATE TABLE bare (id TEXT PRIMARY KEY, what TEXT)")
    free = services.goods.find(today=NOW.date(), free_only=True)
    written: list[tuple[str, tuple[object, ...]]] = []

    def same() -> None:
        raw.execute("BEGIN IMMEDIATE")
        for sql, values in written:
            raw.execute(sql, values)
        raw.execute("COMMIT")

    def rows_of(table: str) -> tuple[str, tuple[object, ...]]:
        newest = services.store.db.execute_sql(f"SELECT * FROM {table} ORDER BY id DESC LIMIT 1").fetchone()
        return f"INSERT INTO {table} VALUES ({','.join('?' * len(newest))})", newest

    took: dict[str, list[float]] = {"visit": [], "same visit": [], "ticket": [], "same ticket": [], "bare": []}

    def turn(number: int) -> None:
        now = NOW + timedelta(seconds=number + 1)
        item, visit = free[number], new_id(now)
        acts: dict[str, Callable[[int], object]] = {
            "visit": lambda _: services.attendance.check_in(
                visit_id=visit, session_id=session.id, language="fi", now=now
            ),
            "ticket": lambda _: services.tickets.reserve(item_id=item, language="fi", now=now, held=()),
        }
        for name, act in acts.items():
            took[name] += times(act, 1)
            written[:] = [rows_of(name), rows_of("journal")]
            if name == "ticket":
                written.append(("UPDATE item SET state = 'reserved', given_on = NULL WHERE id = ?", (item,)))
            took[f"same {name}"] += times(lambda _: same(), 1)
        took["bare"] += times(lambda _: raw.execute("INSERT INTO bare VALUES (?, ?)", (visit, "x" * 200)), 1)

    for number in range(ROUNDS):
        turn(number)
    raw.close()
    row("check in, confirmed", took["visit"], took["same visit"], "bar: 0.70 of the same rows straight to sqlite3")
    row("ticket, confirmed", took["ticket"], took["same ticket"], "bar: 0.70 of the same rows")
    row("one bare row, confirmed", took["bare"])


def commits_on_a_slower_disk(items: int) -> None:
    """The same where every fsync takes DELAY longer, for both: what a virtual disk keeps in memory a real one writes."""
    if strace := shutil.which("strace"):
        print(f"where every fsync takes {DELAY / 1000:g} ms longer:", flush=True)
        every = "fdatasync,fsync"
        delayed = [strace, "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", f"trace={every}",
                   "-e", f"inject={every}:delay_exit={DELAY}"]  # fmt: skip
        alone = [sys.executable, "-m", "benchmarks.work", "--commits", "--items", str(items)]
        said = subprocess.run([*delayed, *alone], check=True, capture_output=True, text=True).stdout
        print("".join(line for line in said.splitlines(keepends=True) if "confirmed" in line), end="")


def paper(folder: Path) -> None:
    """Codes, labels and pictures, beside the libraries used directly."""
    codes = [new_code(Kind.TICKET) for _ in range(100)]  # each drawn once: a code that was just drawn is remembered

    def straight(number: int) -> None:
        plain = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, box_size=8)
        plain.add_data(codes[number])
        plain.make(fit=True)
        plain.make_image()

    row(
        "QR code",
        times(lambda number: symbols.qr(codes[number]), 50),
        times(straight, 50),
        "beside qrcode with its own picture",
    )
    row("Code128", times(lambda number: symbols.code128(codes[number]), 50))
    labels = [Label(code_from_number(Kind.ITEM, number), ("Tuoli", "Стілець"), "A3") for number in range(1, 1001)]
    [took] = times(lambda _: sheet_pdf(labels, SHEETS["24"]), 1)
    print(f"labels as PDF {len(labels) / took * 1000:39.0f} a second")
    noise = Image.effect_noise((1000, 750), 60).resize((4000, 3000)).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=88)
    pictures = Pictures(folder / "pictures")

    def bare(_: int) -> None:
        with Image.open(io.BytesIO(out.getvalue())) as whole:
            whole.draft("RGB", (1600, 1200))
            for side in (1600, 640, 240):
                small = whole.copy()
                small.thumbnail((side, side))
                small.save(io.BytesIO(), "JPEG", quality=85)

    row("a photo of 12 megapixels taken in", times(lambda _: pictures.add(out.getvalue()), 5), times(bare, 5),
        "beside Pillow: shrunk thrice, not kept")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--years", type=int, default=0, help="so many years were lived in it before")
    parser.add_argument("--commits", action="store_true", help="only check-ins and tickets")
    options = parser.parse_args()
    settings = load(None)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        store = centre(folder / "data", options.years, NOW)
        services = Services(store, settings)
        services.gatherings.apply(settings.gatherings, NOW)
        fill(services, options.items)
        print(f"{'ms':44} {'median':>9} {'99 %':>9} {'beside':>9} {'ratio':>6}")
        if not options.commits:
            search(services, options.items)
        commits(services, folder)
        if not options.commits:
            paper(folder)
            commits_on_a_slower_disk(options.items)
        store.close()


if __name__ == "__main__":
    main()
