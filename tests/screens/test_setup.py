"""The first start on the screen: from nothing to a kiosk that visitors use, whatever is pulled on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kiosk.journal import Store
from kiosk.printing.pages import print_page
from kiosk.privacy.sealing import KEY_FILE, Cost, fingerprint, recovery_digits
from kiosk.settings import FILE, load
from tests.printing.cupsd import Cups
from tests.printing.paper import PaperPrinter
from tests.screens.conftest import TUESDAY
from tests.screens.test_desk import scan
from tests.screens.test_settings import line, touch
from tests.world import PIN


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.services.staff.keys.COST", Cost(1, 8 * 1024 * 1024))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A data folder as the installer makes it: nobody, and no keys."""
    store = Store.create(tmp_path / "data", now=TUESDAY)
    yield store
    store.close()


def on(stage: Any, name: str) -> Any:
    stage.wait(lambda: stage.app.shell.current == name, name)
    stage.settle()
    return stage.app.shell.screen(name)


def pulled(stage: Any, open_stage: Callable[..., Any]) -> Any:
    """Start anew, as after a power cut: nothing is there but what lies on the disk."""
    folder = stage.store.folder
    stage.close()
    return open_stage(first_start=True, using=load(folder / FILE if (folder / FILE).exists() else None))


def to_the_keys(stage: Any) -> None:
    stage.services.first_start.reach("coordinator")
    stage.app.first_start.open()
    stage.settle()
    stage.type("anna")
    touch(stage, "Seuraava")
    stage.type(PIN)
    stage.type(PIN)
    on(stage, "keys_why")


def test_every_step_is_kept_and_a_pulled_plug_resumes_there(open_stage: Callable[..., Any], tmp_path: Path) -> None:
    stage = open_stage(first_start=True)
    on(stage, "setup_language")
    touch(stage, "English")
    on(stage, "setup_languages")
    stage = pulled(stage, open_stage)
    on(stage, "setup_languages")
    touch(stage, "Українська", "Next")
    on(stage, "setup_name").ids.entry.text = "Help Centre Kemijoki"
    touch(stage, "Next")
    on(stage, "setup_hours")
    line(stage, "Tuesday")
    touch(stage, "Change", "09", "30", "OK", "17", "00", "OK")
    on(stage, "setup_hours")
    stage = pulled(stage, open_stage)
    on(stage, "setup_hours")
    assert stage.app.settings.opening[1] == (time(9, 30), time(17))
    touch(stage, "Back")
    assert on(stage, "setup_name").ids.entry.text == "Help Centre Kemijoki"
    touch(stage, "Next")
    on(stage, "setup_hours")
    touch(stage, "Next")
    on(stage, "calibrate")
    touch(stage, "Skip")
    on(stage, "setup_printer")
    touch(stage, "Another address")
    stage.app.shell.screen("ask").ids.entry.text = f"file://{tmp_path / 'paper'}"
    touch(stage, "OK", "Print a test page", "Yes, continue")
    assert len((tmp_path / "paper").read_bytes()) > 1000
    on(stage, "setup_coordinator")
    stage = pulled(stage, open_stage)
    on(stage, "setup_coordinator")
    centre = stage.app.settings.centre
    assert (centre.name, centre.default_language, centre.languages) == ("Help Centre Kemijoki", "en", ("en", "fi"))
    stage.type("anna")
    touch(stage, "Next")
    stage.type("123456")
    stage.see("easy to guess")
    stage.type(PIN)
    stage.type("739163")
    stage.see("did not match")
    stage.type(PIN)
    stage.type(PIN)
    on(stage, "keys_why")
    [member] = stage.services.staff.members()
    assert (member.name, member.role, stage.app.member.name) == ("Anna", "coordinator", "Anna")


def test_visitors_wait_for_a_coordinator(open_stage: Callable[..., Any], shelf: Any) -> None:
    stage = open_stage(first_start=True)
    on(stage, "setup_language")
    for go in (lambda: stage.app.shell.go("goods"), lambda: scan(stage, shelf["chair"].label_code)):
        go()
        stage.see("Tämä kioski ei ole vielä valmis")
        touch(stage, "Selvä")
        assert stage.app.shell.current == "setup_language"
    stage.app.shell.home()
    stage.app.end_session("idle")
    assert on(stage, "setup_language")


def test_the_keys_count_when_both_are_on_paper(open_stage: Callable[..., Any]) -> None:
    stage = open_stage(first_start=True)
    to_the_keys(stage)
    stage.see("kumpikin katoaa")
    touch(stage, "Ymmärrän. Luo avaimet")
    passphrase = on(stage, "passphrase").key.secret
    assert all(word in stage.words() for word in passphrase.split())
    touch(stage, "Kirjoitin ne muistiin")
    stage.app.shell.screen("ask").ids.entry.text = "not these words at all"
    touch(stage, "Selvä")
    stage.see("Sanat eivät täsmää")
    assert stage.store.recipients() == []
    stage.app.shell.screen("ask").ids.entry.text = passphrase.upper()
    touch(stage, "Selvä")
    screen = on(stage, "recovery")
    words = screen.key.secret.split()
    assert set(words) <= set(stage.words())
    scan(stage, "0" * 96)
    stage.see("Tämä on toinen paperi")
    touch(stage, "Selvä")
    scan(stage, recovery_digits(" ".join(words)))
    stage.see("Kioski on valmis")
    assert (stage.app.shell.current, stage.services.first_start.step) == ("desk", "")
    assert len(stage.store.recipients()) == 2
    stage.services.keyring.unlock(passphrase, TUESDAY)
    assert (stage.store.folder / KEY_FILE).stat().st_mode & 0o777 == 0o600
    said = stage.store.db.execute_sql("SELECT payload FROM journal WHERE kind = 'keys.made'").fetchone()[0]
    assert all(fingerprint(key) in said for key in stage.store.recipients())


@pytest.mark.parametrize(("keeps", "said"), [(False, "Siitä ei jää mitään"), (True, "jäi kuitenkin siitä kopio")])
def test_whether_the_print_system_keeps_the_sheet_is_looked_at_and_said(
    open_stage: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, keeps: bool, said: str
) -> None:
    cups, paper = Cups(keeps=keeps), PaperPrinter()
    try:
        cups.add("Office", f"socket://127.0.0.1:{paper.port}")
        monkeypatch.setenv("CUPS_SERVER", cups.server)
        if keeps:  # nothing will be deleted, and need not be waited for
            monkeypatch.setattr("kiosk.printing.pages.DELETING", 0.5)
        monkeypatch.setattr("screens.staff.keys.recovery.print_page", partial(print_page, spool=cups.spool))
        stage = open_stage(first_start=True)
        to_the_keys(stage)
        touch(stage, "Ymmärrän. Luo avaimet")
        passphrase = on(stage, "passphrase").key.secret
        touch(stage, "Kirjoitin ne muistiin")
        stage.app.shell.screen("ask").ids.entry.text = passphrase
        touch(stage, "Selvä")
        on(stage, "recovery")
        touch(stage, "Tulosta paperi (A4)")
        stage.see("Tulostettu")
        stage.see(said)
        assert bool(cups.documents()) == keeps
        assert bytes(paper.received).startswith(b"%PDF")
    finally:
        paper.close()
        cups.close()


def test_some_words_are_asked_for_and_a_pulled_plug_begins_the_keys_anew(open_stage: Callable[..., Any]) -> None:
    stage = open_stage(first_start=True)
    to_the_keys(stage)
    touch(stage, "Ymmärrän. Luo avaimet")
    first = on(stage, "passphrase").key.secret
    stage = pulled(stage, open_stage)
    on(stage, "welcome")  # visitors use it; the keys wait for the coordinator
    stage.app.enter_desk(stage.services.staff.by_name("anna"))
    on(stage, "keys_why")
    touch(stage, "Myöhemmin")
    on(stage, "desk")
    stage.app.enter_desk(stage.services.staff.by_name("anna"))
    on(stage, "keys_why")
    touch(stage, "Ymmärrän. Luo avaimet")
    passphrase = on(stage, "passphrase").key.secret
    assert passphrase != first
    touch(stage, "Kirjoitin ne muistiin")
    stage.app.shell.screen("ask").ids.entry.text = passphrase
    touch(stage, "Selvä")
    words = on(stage, "recovery").key.secret.split()
    touch(stage, "Minulla on se paperilla")
    ask = on(stage, "ask")
    asked = [int(part) for part in ask.question.replace(",", " ").replace(".", " ").split() if part.isdigit()]
    assert len(asked) == 3
    ask.ids.entry.text = " ".join(words[number - 1] for number in asked)
    touch(stage, "Selvä")
    stage.see("Kioski on valmis")
    assert len(stage.store.recipients()) == 2
