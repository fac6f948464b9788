"""The print queue in the database and the thread that empties it: everything once, nothing twice by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from kiosk.data import new_id
from kiosk.documents.content import PrintRoom, slip_of
from kiosk.errors import UnknownItem
from kiosk.journal import Store
from kiosk.language.translation import Language
from kiosk.pictures.store import Pictures
from kiosk.printing.printers import OutOfPaper, Unsure
from kiosk.printing.spooler import PrintTask, Spooler
from kiosk.privacy.sealing import new_keypair
from kiosk.services import Services
from kiosk.settings import load
from tests.printing.paper import PaperPrinter
from tests.world import NOW

NEXT = "coffee:2026-12-01:1300"


class Clock:
    """The time of day, set by the test."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def printer() -> Iterator[PaperPrinter]:
    printer = PaperPrinter()
    yield printer
    printer.close()


@pytest.fixture
def services(tmp_path: Path, printer: PaperPrinter) -> Iterator[Services]:
    store = Store.create(tmp_path / "data", now=NOW)
    settings = load(None)
    printers = settings.printers._replace(receipt=printer.address)
    store.set_recipients([new_keypair().public])
    services = Services(store, settings._replace(printers=printers))
    services.gatherings.apply(settings.gatherings, NOW)
    yield services
    store.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(services: Services, clock: Clock) -> PrintRoom:
    return PrintRoom(services, Pictures(services.store.folder / "pictures"), clock)


@pytest.fixture
def spooler(services: Services, room: PrintRoom) -> Iterator[Spooler]:
    spooler = Spooler(room, room.render, every=0.05)
    spooler.start()
    yield spooler
    spooler.stop()


def add(services: Services, kind: str = "ticket") -> str:
    """Queue a ticket, or a label, for a new chair; returns its code."""
    item = services.goods.add(now=NOW, who="shell", category="furniture", thing="dining_chair", place="A3")
    subject, code = item.id, item.label_code
    if kind == "ticket":
        ticket = services.tickets.reserve(item_id=item.id, language="uk", now=NOW, held=())
        subject, code = ticket.id, ticket.code
    services.print_queue.add(kind=kind, subject=subject, language="uk", now=NOW, who="shell")
    return code


def made(services: Services, kind: str, secret: str = "") -> Any:
    """Make something that has a slip."""
    if kind == "donation":
        said = {"donation_id": new_id(NOW), "categories": ["kitchen"], "amount": "bag", "language": "uk", "now": NOW}
        return services.donations.announce(**said)
    if kind == "wish":
        said = {"category": "clothes", "thing": "winter_coat", "size": "M", "age_group": "adult", "language": "uk"}
        return services.wishes.leave(**said, now=NOW)
    if kind == "seat":
        return services.seats.book(session_id=NEXT, people=2, language="uk", now=NOW)
    if kind == "request":
        asked = {
            "request_id": new_id(NOW),
            "service": secret or "friend",
            "details": {"name": "Oksana"},
            "notice_version": "1",
        }
        return services.help.sign_up(**asked, language="uk", now=NOW)
    about = {"topic": secret or "health", "language": "uk", "interpreter": True, "now": NOW}
    if kind == "time":
        return services.guidance.book(starts_at=services.guidance.free(NOW)[-1], **about)
    return services.guidance.take(**about)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end, f"waited for the spooler: {holds()}"
        time.sleep(0.02)


def states(services: Services) -> list[str]:
    return sorted(state for (state,) in services.store.db.execute_sql("SELECT state FROM print_job").fetchall())


@pytest.mark.parametrize("kind", ["ticket", "label"])
def test_what_is_queued_comes_out_with_its_code(
    services: Services, printer: PaperPrinter, spooler: Spooler, kind: str
) -> None:
    code = add(services, kind)
    spooler.wake()
    [out] = printer.wait(1)
    assert ("QRCode", code) in {(found.format.name, found.text) for found in zxingcpp.read_barcodes(out.convert("L"))}
    until(lambda: states(services) == ["sent"])


@pytest.mark.parametrize("what", ["donation", "wish", "seat", "request", "queue", "time"])
def test_every_slip_comes_out_with_its_code_and_its_copy_says_so(
    services: Services, printer: PaperPrinter, spooler: Spooler, what: str
) -> None:
    slip, kind = made(services, what), "queue" if what == "time" else what
    for copy in (1, 2):
        assert services.print_queue.add(kind=kind, subject=slip.id, language="uk", now=NOW, who="visitor").copy == copy
    spooler.wake()
    first, second = printer.wait(2)
    assert second.height > first.height
    for paper in (first, second):
        codes = {(found.format.name, found.text) for found in zxingcpp.read_barcodes(paper.convert("L"))}
        assert ("QRCode", slip.code) in codes
    entries = "".join(
        text for (text,) in services.store.db.execute_sql("SELECT payload FROM journal WHERE kind LIKE 'print.%'")
    )
    assert slip.id in entries
    assert slip.code not in entries


def test_the_paper_of_a_request_or_a_number_does_not_say_what_it_is_about(services: Services) -> None:
    words, finnish = Language("uk"), Language("fi")
    for kind, secrets in (("request", ("friend", "neighbour")), ("queue", ("health", "work"))):
        found = [services.scan.slip(kind, made(services, kind, secret).id, NOW) for secret in secrets]
        one, other = (slip_of(each, words, finnish, "Lumijobi") for each in found)
        name = other.item_name if kind == "request" else "2"
        assert replace(one, code=other.code, item_name=name) == other
        assert "Oksana" not in repr(other)


def test_a_second_print_is_a_copy_and_says_so(services: Services, printer: PaperPrinter, spooler: Spooler) -> None:
    add(services)
    printer.wait(1)
    [ticket] = services.tickets.waiting()
    job = services.print_queue.add(kind="ticket", subject=ticket.id, language="uk", now=NOW, who="shell")
    assert job.copy == 2
    first, second = printer.wait(2)
    assert second.height > first.height


def test_out_of_paper_is_shown_and_tried_again_later(
    services: Services, printer: PaperPrinter, spooler: Spooler, clock: Clock
) -> None:
    printer.out_of_paper = True
    add(services)
    until(lambda: any(job.error for job in services.print_queue.open()))
    [job] = services.print_queue.open()
    assert (job.state, job.tries, job.error) == ("queued", 1, OutOfPaper().message)
    printer.out_of_paper = False
    clock.now += timedelta(seconds=6)
    printer.wait(1)
    until(lambda: states(services) == ["sent"])
    assert len(printer.papers) == 1


def test_what_stopped_in_the_middle_is_not_printed_again_by_itself(
    services: Services, printer: PaperPrinter, spooler: Spooler, clock: Clock
) -> None:
    printer.hang_up_after = 20_000
    add(services)
    until(lambda: states(services) == ["unsure"])
    printer.hang_up_after = None
    clock.now += timedelta(hours=2)
    add(services)  # the next one goes on all the same
    printer.wait(1)
    until(lambda: states(services) == ["sent", "unsure"])
    [job] = services.print_queue.open()
    services.print_queue.retry(job_id=job.id, now=clock.now, who="shell")
    printer.wait(2)
    until(lambda: states(services) == ["sent", "sent"])


def test_a_power_cut_while_sending_leaves_it_to_staff(
    services: Services, printer: PaperPrinter, room: PrintRoom
) -> None:
    add(services)
    assert room.next_job() is not None  # the plug is pulled here
    assert room.next_job() is None
    again = Services(services.store, services.settings)
    assert again.print_queue.recover(NOW) == 1
    assert again.print_queue.take(NOW + timedelta(days=1)) is None
    [job] = again.print_queue.open()
    assert job.state == "unsure"
    assert again.print_queue.settle(job_id=job.id, printed=True, now=NOW, who="shell").state == "sent"
    assert printer.papers == []


def test_pauses_between_tries_grow(services: Services, room: PrintRoom, clock: Clock) -> None:
    add(services)
    pauses = []
    for _ in range(6):
        job = room.next_job()
        assert job is not None
        room.again(job.id, OutOfPaper())
        before = clock.now
        while services.print_queue.take(clock.now) is None:
            clock.now += timedelta(seconds=1)
        pauses.append(round((clock.now - before).total_seconds()))
        services.print_queue.again(job.id, OutOfPaper(), clock.now)
        clock.now += timedelta(minutes=10)
    assert pauses[:1] == [5]
    assert pauses == sorted(pauses)
    assert max(pauses) == 300


def test_a_job_whose_thing_is_gone_or_that_cannot_be_drawn_stops_nothing(printer: PaperPrinter) -> None:
    class Jobs:
        def __init__(self) -> None:
            self.left = [PrintTask(str(n), "label", str(n), 1, printer.address, 384, "fi") for n in range(3)]
            self.outcome: dict[str, str] = {}

        def next_job(self) -> PrintTask | None:
            return self.left.pop(0) if self.left else None

        def sent(self, job_id: str) -> None:
            self.outcome[job_id] = "sent"

        def again(self, job_id: str, error: Exception) -> None:
            self.outcome[job_id] = type(error).__name__

        def unsure(self, job_id: str, error: Exception) -> None:
            self.outcome[job_id] = type(error).__name__

    def render(job: PrintTask) -> Image.Image:
        if job.id == "0":
            raise UnknownItem()
        if job.id == "1":
            raise ZeroDivisionError
        return Image.new("L", (384, 40), 0)

    jobs = Jobs()
    spooler = Spooler(jobs, render, every=0.05)
    spooler.start()
    printer.wait(1)
    until(lambda: len(jobs.outcome) == 3)
    spooler.stop()
    assert jobs.outcome == {"0": "UnknownItem", "1": "PrinterTrouble", "2": "sent"}
    assert not any(thread.name == "spooler" for thread in threading.enumerate())


def test_unsure_is_trouble_of_its_own() -> None:
    assert Unsure().message != OutOfPaper().message
