"""The staff desk on the screen: in by PIN or badge, scan, hand over, take in, tally, requests, people; and out again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from kivy.core.window import Window

from kiosk.codes import parse
from kiosk.codes.codes import Kind, new_code
from kiosk.codes.symbols import qr
from kiosk.privacy.sealing import KEY_FILE, Cost, new_keypair, wrap
from kiosk.services.staff.keys import new_key
from tests.codes.test_scanner import keys
from tests.screens.conftest import TUESDAY, photo
from tests.world import PIN, WRONG_PIN

PASSPHRASE = "one two three four five"


@pytest.fixture
def anna(services: Any) -> Any:
    return services.staff.add_first(name="Anna", pin=PIN, now=TUESDAY, language="en")


@pytest.fixture
def helmi(services: Any, anna: Any) -> Any:
    return services.staff.add(name="Helmi", role="helper", pin=PIN, now=TUESDAY, who="shell", language="en")


@pytest.fixture
def english(settings: Any) -> Any:
    return settings._replace(centre=settings.centre._replace(default_language="en"))


@pytest.fixture
def desk(open_stage: Callable[..., Any], shelf: Any, anna: Any, english: Any) -> Any:
    """The stage with Anna at the desk."""
    stage = open_stage(using=english)
    stage.app.enter_desk(anna)
    stage.settle()
    return stage


def scan(stage: Any, text: str) -> None:
    """Let a scanner type `text` on the window."""
    for scancode, letter, held in keys(text):
        Window.dispatch("on_key_down", 0, scancode, letter, held)
    stage.settle()


def state(stage: Any, table: str = "ticket") -> list[str]:
    return [row[0] for row in stage.store.db.execute_sql(f"SELECT state FROM {table} ORDER BY id").fetchall()]


def reserve(stage: Any, item: Any) -> Any:
    return stage.services.tickets.reserve(item_id=item.id, language="uk", now=stage.moment, held=())


def test_in_by_pin_with_waits_and_visitors_go_on(
    open_stage: Callable[..., Any], anna: Any, helmi: Any, english: Any
) -> None:
    stage = open_stage(using=english)
    stage.tap("Staff")
    stage.tap("Anna")
    for _ in range(3):
        stage.type(WRONG_PIN)
        stage.wait(lambda: not stage.app.shell.screen("door").busy, "an answer")
    stage.see("Too many wrong PINs")
    stage.type(PIN)
    stage.see("Too many wrong PINs")
    assert stage.app.member is None
    stage.tap("Home")
    stage.rest()
    stage.tap("Find free things")
    stage.see("What are you looking for?")
    badge = stage.services.staff.new_badge(member_id=helmi.id, now=TUESDAY, who="shell")
    scan(stage, badge)
    stage.see("Someone is using the screen")
    stage.tap("Sign in as staff")
    stage.wait(lambda: stage.app.shell.current == "desk", "the desk")
    assert stage.app.member.name == "Helmi"


def test_a_badge_opens_from_the_welcome_screen_and_done_shuts_at_once(
    open_stage: Callable[..., Any], anna: Any, english: Any
) -> None:
    stage = open_stage(using=english)
    scan(stage, stage.services.staff.new_badge(member_id=anna.id, now=TUESDAY, who="shell"))
    stage.see("Please type your PIN as well")  # a coordinator's alone opens nothing
    assert (stage.app.member, stage.app.shell.current) == (None, "door")
    stage.type(PIN)
    stage.wait(lambda: stage.app.shell.current == "desk", "the desk")
    stage.rest()
    stage.tap("Finish")
    stage.settle()
    assert (stage.app.member, stage.app.shell.current) == (None, "welcome")
    stage.app.shell.go("people")  # a screen of staff does not open without them
    assert stage.app.shell.current == "welcome"
    whos = [
        who for (who,) in stage.store.db.execute_sql("SELECT who FROM journal WHERE kind LIKE 'staff.%'").fetchall()
    ]
    assert f"staff:{anna.id}" in whos


def test_the_desk_is_left_by_itself(desk: Any) -> None:
    desk.services.keyring._until = desk.moment + timedelta(minutes=5)
    desk.app.idle._last -= desk.app.settings.staff.idle_seconds + 1
    desk.wait(lambda: desk.app.shell.current == "welcome", "the welcome screen")
    assert desk.app.member is None
    assert not desk.app.services.keyring.is_open(desk.moment)


def test_a_scanned_ticket_is_handed_over_by_one_touch_and_undone(desk: Any, shelf: Any) -> None:
    ticket = reserve(desk, shelf["chair"])
    scan(desk, ticket.code)
    desk.see("Ticket is valid")
    desk.see("Place: A3")
    desk.tap("Hand over", twice=True)
    desk.see("Handed over")
    assert state(desk) == ["collected"]
    desk.rest()
    desk.tap("Undo the hand-over")
    desk.see("Ticket is valid")
    assert state(desk) == ["reserved"]
    desk.services.tickets.hand_over(code=ticket.code, now=desk.moment, who="shell")
    desk.rest()
    desk.tap("Hand over")
    desk.see("This thing has already been handed over.")
    kinds = [
        kind for (kind,) in desk.store.db.execute_sql("SELECT kind FROM journal WHERE who LIKE 'staff:%'").fetchall()
    ]
    assert kinds.count("ticket.collected") == 1


def test_a_ticket_that_ran_out_is_made_good_or_another_is_offered(desk: Any, shelf: Any) -> None:
    ticket = reserve(desk, shelf["chair"])
    desk.moment = ticket.deadline + timedelta(minutes=1)
    scan(desk, ticket.code)
    desk.see("Ticket has expired")
    desk.tap("Reactivate the ticket")
    desk.see("Ticket is valid")
    assert state(desk) == ["reserved"]


def test_the_label_of_a_thing_leads_to_what_can_be_done(desk: Any, shelf: Any) -> None:
    scan(desk, shelf["chair"].label_code)
    desk.see("Available")
    desk.tap("Take off the shelf")
    desk.tap("Broken")
    desk.see("No longer here")
    assert desk.services.goods.item(shelf["chair"].id).reason == "broken"
    desk.rest()
    desk.tap("Put back on the shelf")
    desk.see("Available")
    desk.rest()
    desk.tap("Hand over without a ticket")
    desk.see("Handed over")
    assert state(desk) == ["collected"]


def test_a_duplicate_is_joined_by_two_scans(desk: Any, shelf: Any) -> None:
    scan(desk, shelf["chair"].label_code)
    desk.tap("Merge with another thing")
    desk.see("Now scan the label of the other one.")
    scan(desk, shelf["coat"].label_code)
    desk.tap("Yes, merge them")
    desk.see("Winter coat")
    assert desk.services.goods.item(shelf["chair"].id).reason == "duplicate"
    assert len(desk.services.goods.item(shelf["coat"].id).photos) == 3


@pytest.mark.parametrize("text", ["HTTPS://EXAMPLE.ORG", "'; DROP TABLE TICKET", "W" * 500, "T7K39QXT2"])
def test_what_is_no_code_is_one_calm_message(desk: Any, text: str) -> None:
    scan(desk, text)
    desk.see("This code was not recognised.")
    assert desk.app.shell.current == "desk"
    assert not [words for words in desk.words() if text in words]


def test_a_scanner_never_types_into_a_field(desk: Any, shelf: Any) -> None:
    desk.rest()
    desk.tap("Scan a code")
    desk.settle()
    scan(desk, new_code(Kind.TICKET))
    desk.see("This code is not known here.")
    assert desk.app.shell.screen("scan").ids.entry.text == ""
    desk.rest()
    desk.tap("OK")
    desk.rest()
    desk.type(shelf["chair"].label_code)
    desk.tap("Find it")
    desk.see("Dining chair")


def test_codes_scanned_by_a_visitor(open_stage: Callable[..., Any], shelf: Any, anna: Any, english: Any) -> None:
    stage = open_stage(using=english)
    ticket = reserve(stage, shelf["chair"])
    scan(stage, ticket.code)
    stage.see("It is reserved for you")
    assert "Hand over" not in stage.words()
    scan(stage, shelf["coat"].label_code)
    stage.see("Reserve it for me")
    request = stage.services.help.sign_up(
        request_id="0" * 32,
        service="friend",
        language="uk",
        details={"name": "Oksana"},
        now=TUESDAY,
        notice_version="1",
    )
    scan(stage, request.code)
    stage.see("We have your request")


def test_the_camera_reads_a_ticket(
    open_stage: Callable[..., Any], shelf: Any, anna: Any, english: Any, services: Any, tmp_path: Path
) -> None:
    ticket = services.tickets.reserve(item_id=shelf["chair"].id, language="uk", now=TUESDAY, held=())
    from PIL import Image

    view = Image.new("RGB", (640, 480), "#886644")
    view.paste(qr(ticket.code, 8), (180, 120))
    view.save(tmp_path / "view.png")
    stage = open_stage(using=english._replace(camera=english.camera._replace(source=str(tmp_path / "view.png"))))
    stage.app.enter_desk(anna)
    stage.settle()
    stage.app.shell.go("scan")
    stage.wait(lambda: stage.app.shell.current == "found", "the ticket in front of the camera")
    stage.see("Ticket is valid")
    assert stage.app.shell.screen("scan")._watcher is None


def test_a_sofa_comes_in_with_a_picture_from_a_stick(
    open_stage: Callable[..., Any], shelf: Any, anna: Any, english: Any, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "sofa.jpg").write_bytes(photo("purple"))
    (stick / "broken.jpg").write_bytes(b"no picture")
    stage = open_stage(using=english._replace(goods=english.goods._replace(picture_folder=str(stick))))
    stage.app.enter_desk(anna)
    stage.settle()
    stage.rest()
    stage.tap("Take in a thing")
    stage.tap("Picture")
    stage.wait(lambda: len(stage.app.shell.screen("pick_photo").files) == 2, "the pictures")
    cells = {cell.path.name: cell for cell in stage.app.shell.screen("pick_photo").ids.grid.children}
    stage.wait(lambda: cells["sofa.jpg"].texture and cells["broken.jpg"].trouble, "the previews")
    stage.settle()
    stage.tap(cells["broken.jpg"])
    stage.see("The kiosk cannot read this picture")
    stage.rest()
    stage.tap(cells["sofa.jpg"])
    stage.wait(lambda: stage.app.shell.current == "take_in", "the sheet")
    sheet = stage.app.shell.screen("take_in")
    stage.settle()
    stage.tap(fact(sheet, "What is it?"))
    stage.type("sofa")
    stage.wait(lambda: stage.app.shell.screen("pick_thing").lines, "the list")
    stage.settle()
    stage.tap(row(stage, "Sofa"))
    stage.wait(lambda: stage.app.shell.current == "take_in", "the sheet")
    stage.settle()
    assert (sheet.draft.category, sheet.ids.weight.answer) == ("furniture", "≈ 37 kg")
    stage.tap("More")
    stage.tap(fact(sheet, "Condition"))
    stage.tap("As new")
    stage.settle()
    stage.tap("Save")
    stage.see("It is on the shelf")
    stage.tap("One more like it")
    stage.settle()
    assert sheet.thing_name == "Sofa"
    stage.rest()
    stage.tap("Save")
    stage.see("It is on the shelf")
    sql = "SELECT thing, condition, quantity, kg, (SELECT count(*) FROM photo WHERE item = item.id) FROM item WHERE thing = 'sofa'"
    assert sorted(stage.store.db.execute_sql(sql).fetchall()) == [
        ("sofa", "new", 1, None, 0),
        ("sofa", "new", 2, None, 1),
    ]


def test_a_picture_is_taken_by_the_camera(
    open_stage: Callable[..., Any], shelf: Any, anna: Any, english: Any, tmp_path: Path
) -> None:
    (tmp_path / "view.jpg").write_bytes(photo("orange"))
    camera = english.camera._replace(source=str(tmp_path / "view.jpg"))
    stage = open_stage(
        using=english._replace(camera=camera, goods=english.goods._replace(picture_folder=str(tmp_path / "none")))
    )
    stage.app.enter_desk(anna)
    stage.settle()
    stage.app.shell.go("take_in")
    stage.settle()
    stage.tap("Picture")
    stage.wait(lambda: stage.app.shell.screen("pick_photo").view, "the view")
    stage.see("No picture found.")
    stage.rest()
    stage.tap("Take a picture")
    stage.wait(lambda: stage.app.shell.current == "take_in", "the sheet")
    [name] = stage.app.shell.screen("take_in").draft.photos
    assert stage.app.pictures.is_sound(name)


def fact(sheet: Any, question: str) -> Any:
    """The line of the sheet that asks `question`."""
    found = [widget for widget in sheet.walk() if getattr(widget, "question", None) == question]
    return found[0]


def row(stage: Any, title: str) -> Any:
    """The line of a list with `title`, as it is read."""

    def titled(widget: Any) -> bool:
        read = getattr(getattr(widget, "line", None), "title", "")
        return bool(read.replace("\u00a0", " ") == title)

    return stage.wait(lambda: next(filter(titled, stage.widgets()), None), f"the line {title!r}")


def test_helpers_hand_over_but_do_not_take_in(
    open_stage: Callable[..., Any], shelf: Any, helmi: Any, english: Any
) -> None:
    stage = open_stage(using=english)
    stage.app.enter_desk(helmi)
    stage.settle()
    scan(stage, shelf["chair"].label_code)
    stage.see("Hand over without a ticket")
    assert "Take off the shelf" not in stage.words()
    for screen in ("take_in", "requests", "people", "sessions"):
        stage.app.shell.close_dialog()
        stage.app.shell.go(screen)
        stage.see("This needs someone with more rights.")
    assert not stage.app.shell.screen("people").lines
    assert not stage.app.shell.screen("requests").lines


def test_tally_and_its_undo(desk: Any) -> None:
    desk.rest()
    desk.tap("Adult")
    desk.wait(lambda: desk.app.shell.screen("desk").count == 1, "one counted")
    desk.moment += timedelta(seconds=1)
    desk.tap("Child")
    desk.wait(lambda: desk.app.shell.screen("desk").count == 2, "two counted")
    desk.rest()
    desk.tap("Undo (2)")
    desk.wait(lambda: desk.app.shell.screen("desk").count == 1, "one taken back")
    sql = "SELECT way, adults, children, undone FROM visit ORDER BY id"
    assert desk.store.db.execute_sql(sql).fetchall() == [("tally", 1, 0, 0), ("tally", 0, 1, 1)]


def test_a_past_session_is_corrected(desk: Any) -> None:
    desk.rest()
    desk.tap("Events")
    desk.settle()
    desk.rest()
    desk.tap("Past sessions")
    desk.wait(lambda: len(desk.app.shell.screen("sessions").lines or ()) > 3, "the sessions")
    desk.settle()
    desk.tap(desk.wait(lambda: [widget for widget in desk.widgets() if getattr(widget, "line", None)][1], "last week"))
    desk.see("Adults")
    desk.settle()
    adults = desk.app.shell.screen("correct").ids.adults
    adults.value = 12
    desk.tap("Save")
    desk.see("Why is this being corrected?")
    desk.settle()
    desk.tap("Counted on paper")
    desk.tap("OK")
    desk.wait(lambda: desk.app.shell.current == "sessions", "the list")
    desk.see("corrected")
    sql = "SELECT adults, children, reason FROM correction"
    assert desk.store.db.execute_sql(sql).fetchall() == [(12, 0, "Counted on paper")]


def test_a_request_is_read_with_the_passphrase_and_erased(desk: Any) -> None:
    key = new_keypair()
    desk.store.set_recipients([key.public, new_keypair().public])
    (desk.store.folder / KEY_FILE).write_bytes(wrap(key.private, PASSPHRASE, Cost(1, 8 * 1024 * 1024)))
    request = desk.services.help.sign_up(
        request_id="0" * 32, service="friend", language="uk", now=TUESDAY, notice_version="1",
        details={"name": "Oksana", "languages": ["uk", "fi"], "wish": "a walk"},
    )  # fmt: skip
    scan(desk, request.code)
    desk.see("What the person wrote is sealed.")
    desk.tap("Contacted")
    desk.wait(lambda: desk.services.help.by_code(request.code).status == "contacted", "the status")
    desk.rest()
    desk.tap("Read the request")
    desk.see("The coordinator’s passphrase")
    desk.settle()
    ask = desk.app.shell.screen("ask")
    ask.ids.entry.text = "one two three four six"
    desk.tap("OK")
    desk.see("Wrong passphrase.")
    assert "one two three" not in " ".join(desk.words())
    ask.ids.entry.text = PASSPHRASE
    desk.rest()
    desk.tap("OK")
    desk.see("Oksana")
    desk.see("Suomi, Українська")
    kinds = [kind for (kind,) in desk.store.db.execute_sql("SELECT kind FROM journal").fetchall()]
    assert kinds.count("request.opened") == 1
    desk.rest()
    desk.tap("Delete")
    desk.tap("Yes, delete it")
    desk.see("Its contents were deleted.")
    assert "Oksana" not in " ".join(desk.words())
    assert desk.store.db.execute_sql("SELECT count(*) FROM envelope").fetchone() == (0,)


def test_somebody_new_gets_a_pin_and_a_badge(desk: Any) -> None:
    desk.rest()
    desk.tap("Settings")
    desk.settle()
    desk.tap("Staff")
    desk.tap("Add someone")
    desk.settle()
    desk.app.shell.screen("ask").ids.entry.text = "Olena"
    desk.rest()
    desk.tap("OK")
    desk.tap("Staff member")
    desk.see("Choose a PIN of six digits")
    desk.settle()
    desk.type(WRONG_PIN)
    desk.type(WRONG_PIN)
    desk.wait(lambda: desk.app.shell.current == "people", "the list")
    desk.settle()
    desk.tap(row(desk, "Olena"))
    desk.tap("New badge")
    screen = desk.app.shell.screen("people")
    desk.wait(lambda: screen.badge, "the badge")
    code = screen.slip.code
    desk.settle()
    desk.rest()
    desk.tap("I have saved it")
    desk.rest()
    desk.tap("Home")
    desk.rest()
    desk.tap("Finish")
    desk.settle()
    scan(desk, code)
    desk.wait(lambda: desk.app.member and desk.app.member.name == "Olena", "Olena at the desk")
    assert parse(code).kind is Kind.BADGE


def test_the_last_coordinator_stays(desk: Any) -> None:
    desk.rest()
    desk.tap("Settings")
    desk.settle()
    desk.tap("Staff")
    desk.tap(row(desk, "Anna"))
    desk.tap("Remove")
    desk.tap("Yes, remove")
    desk.see("The last coordinator cannot be removed.")


def test_printing_is_shown_and_never_in_the_way(
    open_stage: Callable[..., Any], shelf: Any, anna: Any, english: Any
) -> None:
    from tests.printing.paper import PaperPrinter

    printer = PaperPrinter(out_of_paper=True)
    stage = open_stage(using=english._replace(printers=english.printers._replace(receipt=printer.address)))
    ticket = reserve(stage, shelf["chair"])
    scan(stage, ticket.code)
    stage.tap("Print it")
    stage.see("It is being printed")
    stage.app.enter_desk(anna)
    stage.settle()
    stage.app.shell.go("prints")
    stage.see("The printer is out of paper.")
    printer.out_of_paper = False
    stage.settle()
    stage.tap(row(stage, "Ticket"))
    stage.tap("Print now")
    printer.wait(1)
    stage.see("Everything has been printed.")
    printer.close()


def test_leaving_in_another_language_than_the_visitors(desk: Any, shelf: Any) -> None:
    scan(desk, shelf["chair"].label_code)
    desk.app.tr.use("uk")
    desk.see("Можна взяти")
    desk.rest()
    desk.tap(desk.app.tr._("Home"))
    desk.rest()
    desk.tap("Завершити")
    desk.settle()
    assert (desk.app.shell.current, desk.app.tr.code) == ("welcome", "en")


def test_nothing_of_staff_is_left_on_the_screens(desk: Any, shelf: Any) -> None:
    scan(desk, shelf["chair"].label_code)
    desk.app.shell.go("take_in", item=shelf["coat"])
    desk.settle()
    desk.app.end_session()
    desk.settle()
    texts = [widget.text for widget in desk.app.shell.walk() if getattr(widget, "text", "")]
    assert not [text for text in texts if "Winter coat" in text or "Dining chair" in text]


def test_a_restored_copy_is_told_until_the_coordinator_knows(desk: Any, helmi: Any) -> None:
    app, moment = desk.app, '{"at": "2026-11-24T07:00:00.000000Z", "made_at": "2026-11-24T06:45:00.000000Z"}'
    desk.store.set_meta("restored", moment)
    app.end_session()
    app.enter_desk(helmi)
    desk.see("A backup was restored")
    desk.tap("OK")
    assert not any("Do not show this again" in words for words in desk.words())
    app.end_session()
    app.enter_desk(desk.services.staff.by_name("Anna"))
    desk.see("the backup of Tue 24/11 at 08:45 was restored")
    desk.tap("Do not show this again")
    desk.wait(lambda: desk.services.day.look(desk.moment).restored is None, "the note")


def test_the_desk_says_when_the_data_was_copied_and_copies_it_now(desk: Any, tmp_path: Path) -> None:
    screen = desk.app.shell.screen("desk")
    desk.wait(lambda: screen.ids.backup.alarm, "the alarm")
    desk.tap(screen.ids.backup)
    desk.see("On this tablet: never")
    desk.tap("Back up now")
    desk.see("The backup is complete")
    desk.tap("OK")
    screen.look()
    desk.wait(lambda: not screen.ids.backup.alarm, "that it is well")
    desk.tap(screen.ids.backup)
    desk.see("On this tablet: Tue 24/11 10:00")
    desk.see("There is no second backup location yet.")


def test_a_helper_cannot_add_anybody(desk: Any, helmi: Any) -> None:
    desk.app.enter_desk(helmi)
    desk.app.tr.use("en")
    desk.settle()
    desk.app.shell.go("people")
    desk.see("This needs someone with more rights")
    desk.rest()
    desk.tap("OK")
    desk.tap("Add someone")
    desk.see("This needs someone with more rights")
    assert desk.app.shell.current == "people"


def test_the_passphrase_ends_a_wait_at_the_door(
    open_stage: Callable[..., Any], anna: Any, english: Any, services: Any, store: Any
) -> None:
    coordinator, recovery = new_key("coordinator"), new_key("recovery")
    store.set_recipients([])
    services.keys.install(coordinator=coordinator, recovery=recovery, now=TUESDAY, who="shell")
    stage = open_stage(using=english)
    stage.tap("Staff")
    stage.tap("Anna")
    for _ in range(3):
        stage.type(WRONG_PIN)
        stage.wait(lambda: not stage.app.shell.screen("door").busy, "an answer")
    stage.see("Too many wrong PINs")
    stage.rest()
    stage.tap("The coordinator’s passphrase")
    stage.settle()
    stage.app.shell.screen("ask").ids.entry.text = coordinator.secret
    stage.rest()
    stage.tap("OK")
    stage.wait(lambda: stage.app.shell.current == "door", "the door")
    stage.see("Anna")
    stage.rest()
    stage.tap("Anna")
    stage.type(PIN)
    stage.wait(lambda: stage.app.shell.current == "desk", "the desk")
