"""All screens in all languages as pictures: ``python -m tests.screens.gallery FOLDER [--size 1280x800 ...]``.

Every picture is of the real app with demo content, and a contact sheet for each size, look and language shows them
side by side; ``make screenshots`` calls this. ``--guide`` takes the pictures of docs/guide and the README instead; ``make guide``
calls that.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

SIZES = ("1280x800", "800x1280", "1920x1080")
LANGUAGES = ("fi", "uk", "en")
#: How wide the pictures of the guides are, pixels.
GUIDE_WIDTH = 800
#: Goes through screens of a stage and calls what it is given at each, with the name of the picture.
Way = Callable[[Any, Callable[[str], None]], None]


def shoot(
    folder: Path,
    sizes: list[tuple[int, int]],
    languages: list[str],
    looks: list[str],
    way: Way | None = None,
) -> None:
    """Take the pictures into `folder`, of every screen or along another `way`."""
    from kiosk import demo
    from kiosk.journal import Store
    from kiosk.pictures.store import Pictures
    from kiosk.services import Services
    from kiosk.settings import load
    from tests.screens.stage import Stage

    now = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
    settings = demo.settings_for(load(None), now.date())
    with tempfile.TemporaryDirectory() as data:
        store = Store.create(Path(data) / "data", now=now)
        services = Services(store, settings)
        demo.fill(services, Pictures(store.folder / "pictures"), settings, now, lambda done, of: None)
        for size in sizes:
            diagonal = 21.5 if max(size) >= 1900 else 10.1
            using = settings._replace(
                screen=settings.screen._replace(diagonal_inches=diagonal, idle_seconds=99999),
                staff=settings.staff._replace(idle_seconds=99999),
            )
            stage = Stage(store, using, now, size)
            for look, language in product(looks, languages):
                place = folder / f"{size[0]}x{size[1]}" / look / language
                shoot_look(stage, look, language, place, way or tour)
                contact_sheet(place)
            stage.close()
        store.close()


def shoot_look(stage: Any, look: str, language: str, folder: Path, way: Way) -> None:
    """Take the pictures along `way` into `folder`, in `language` and in the look whose name has "big" for big text and
    "high" for high contrast. Raises AssertionError at the first picture that would have another language or look."""
    folder.mkdir(parents=True, exist_ok=True)
    app = stage.app
    asked = (language, "big" in look, "high" in look)
    usual_look(app, *asked[1:])

    def shot(name: str) -> None:
        drawn = (app.tr.code, app.theme.big, app.theme.high_contrast)
        assert drawn == asked, f"{name} would be {drawn} where {asked} was asked for"
        stage.shot(folder / f"{name}.png")

    app.tr.use(language)
    end_visit(app)
    stage.settle()
    way(stage, shot)


def usual_look(app: Any, big: bool, high: bool) -> None:
    """Let every visit and every turn at the desk begin in this look: they reset it to that of the settings."""
    text, contrast = "big" if big else "normal", "high" if high else "normal"
    app.settings = app.settings._replace(screen=app.settings.screen._replace(text=text, contrast=contrast))


def end_visit(app: Any) -> None:
    """End the visit, or leave the desk, and go on in the same language."""
    language = app.tr.code
    app.end_session()
    app.tr.use(language)


def enter_desk(app: Any, member: Any) -> None:
    """Open the desk for `member` in the language of now, whichever is theirs."""
    language = app.tr.code
    app.enter_desk(member)
    app.tr.use(language)


def contact_sheet(folder: Path, across: int = 6, width: int = 360) -> Path:
    """Lay the pictures of `folder` side by side, each with its name; returns the sheet, a file beside the folder."""
    pictures = sorted(folder.glob("*.png"))
    with Image.open(pictures[0]) as first:
        height = round(first.height * width / first.width)
    gap, line = 12, 20
    rows = -(-len(pictures) // across)
    sheet = Image.new("RGB", (across * (width + gap) + gap, rows * (height + line + gap) + gap), "#D8DEE4")
    pen = ImageDraw.Draw(sheet)
    for at, picture in enumerate(pictures):
        x, y = gap + at % across * (width + gap), gap + at // across * (height + line + gap)
        with Image.open(picture) as whole:
            sheet.paste(whole.convert("RGB").resize((width, height), Image.Resampling.LANCZOS), (x, y))
        pen.text((x + 2, y + height + 4), picture.stem, fill="#0E2A3E")
    file = folder.parent / f"contact_{folder.name}.jpg"
    sheet.save(file, quality=88)
    return file


def illustrate(folder: Path) -> None:
    """Take the pictures of the guides into `folder`, one folder a language."""
    with tempfile.TemporaryDirectory() as place:
        shoot(Path(place), [(1280, 800)], list(LANGUAGES), ["normal"], _guide_tour)
        for language in LANGUAGES:
            (folder / language).mkdir(parents=True, exist_ok=True)
            for picture in (Path(place) / "1280x800" / "normal" / language).glob("*.png"):
                with Image.open(picture) as whole:
                    height = round(whole.height * GUIDE_WIDTH / whole.width)
                    small = whole.convert("RGB").resize((GUIDE_WIDTH, height), Image.Resampling.LANCZOS)
                small.save(folder / language / f"{picture.stem}.jpg", quality=82, optimize=True)


def _guide_tour(stage: Any, shot: Callable[[str], None]) -> None:
    """The screens that the guides and the README show."""
    app, shell = stage.app, stage.app.shell
    end_visit(app)
    shot("welcome")
    shell.go("home")
    shot("home")
    shell.go("goods", shelf="all")
    shot("goods")
    end_visit(app)
    enter_desk(app, app.services.staff.by_name("Anna"))
    shot("desk")
    shell.go("programme")
    shot("programme")
    shell.go("reports")
    stage.settle()
    shell.screen("reports").look()
    stage.wait(lambda: shell.screen("report").parts, "the report")
    shot("report")


def along(stage: Any, shot: Callable[[str], None], story: Any, **items: Any) -> None:
    """Play `story` from the home screen to its last picture, with these things for those it names."""
    from tests.stories.on_stage import StagePlayer
    from tests.stories.story import World

    def drawn(name: str) -> None:
        screen = stage.app.shell.screen(stage.app.shell.current)
        if hasattr(screen, "show_code"):
            stage.wait(lambda: screen.texture, "the code")
        shot(name)

    last = max(number for number, step in enumerate(story.steps) if step.picture)
    player = StagePlayer(stage, World(stage.services, items), drawn)
    stage.app.shell.home()
    stage.settle()
    for step in story.steps[1 : last + 1]:
        player.step(step)


def tour(stage: Any, shot: Callable[[str], None]) -> None:
    """Go through every screen in what it can look like; `shot(name)` is called at each."""
    _visitor_tour(stage, shot)
    _centre_tour(stage, shot)
    _desk_tour(stage, shot)
    _safe_tour(stage, shot)


def _visitor_tour(stage: Any, shot: Callable[[str], None]) -> None:
    app, shell = stage.app, stage.app.shell
    services = app.services

    def go(name: str, screen: str, **values: Any) -> None:
        shell.go(screen, **values)
        stage.settle()
        shot(name)

    shell.welcome()
    stage.settle()
    shot("01_welcome")
    go("02_home", "home")
    go("03_person", "contact")
    shell.home()
    shell.show_guide()
    shot("03_guide")
    shell.choose_language()
    shot("04_languages")
    shell.close_dialog()
    go("04_practice", "practice")
    shell.screen("practice").step = 3
    stage.settle()
    shot("04_practice_list")
    shell.home()
    from kiosk.services.goods.neighbour_goods import NeighbourItemView
    from tests.stories import check_in, goods, help

    go("05_arrive", "arrive")
    along(stage, shot, check_in.FAMILY)
    ids = services.goods.find(free_only=True, today=app.local_day(app.now()))
    one = services.goods.item(ids[2])
    along(stage, shot, goods.TAKEN, chair=one)
    shell.home()
    stage.settle()
    shot("02_home_mine")
    go("18_mine", "mine")
    services.tickets.cancel(code=shell.screen("ticket").ticket.code, now=app.now())
    app.visitor.codes.clear()
    shell.home()
    go("12_clothes", "goods", shelf="clothes")
    go("13_search", "goods", shelf="all", searching=True)
    shell.screen("goods").ids.entry.text = {"uk": "стіл"}.get(app.tr.code, "tuoil")
    stage.frames(30)
    shot("14_found")
    shell.screen("goods").ids.entry.text = "xyzzy"
    stage.frames(30)
    shot("15_nothing_found")
    photo = one.photos[0] if one.photos else None
    there = NeighbourItemView(
        one.id, "Limingan tori", one.names, one.category, "45 × 90 cm", "adult", one.condition, photo
    )
    go("17_elsewhere", "elsewhere", item=there)
    shell.home()
    go("18_enter_code", "enter_code")
    shell.home()
    along(stage, shot, help.FRIEND)
    along(stage, shot, help.NEIGHBOUR)
    app.idle._ask(20)
    shot("30_idle")
    shell.close_dialog()
    app.idle.stay()


def _centre_tour(stage: Any, look: Callable[[str], None]) -> None:
    """What visitors do beside goods and help: numbers, donations, wishes, seats, shifts."""
    from kiosk.vocabulary import things

    app, shell, services = stage.app, stage.app.shell, stage.app.services

    def shot(name: str) -> None:
        stage.settle()
        look(name)

    def go(name: str, screen: str, **values: Any) -> None:
        shell.home()
        stage.settle()
        shell.go(screen, **values)
        stage.settle()
        if hasattr(shell.screen(screen), "show_code"):
            stage.wait(lambda: shell.screen(screen).texture, "the code")
        shot(name)

    from tests.stories import donate, guidance

    now = app.now()
    along(stage, look, guidance.TAKEN_TODAY)
    services.guidance.move(queue_id=shell.screen("number").number.id, state="left", now=now, who="visitor")
    go("71_times", "times", said={"topic": "work", "language": "uk", "interpreter": False})
    free = services.guidance.free(now)
    booked = services.guidance.book(starts_at=free[-1], topic="work", language="uk", interpreter=False, now=now)
    go("72_booked", "number", number=booked)
    go("72_call_me", "call_me", code=booked.code)
    call_me = shell.screen("call_me")
    call_me.ids.phone_entry.text = "040 1234567"
    call_me.ids.countries.chosen = ["FI"]
    call_me.go_on()
    call_me.ask_consent()
    shot("72_call_me_consent")
    services.guidance.move(queue_id=booked.id, state="left", now=now, who="visitor")
    along(stage, look, donate.SOME_FURNITURE)
    donation = shell.screen("announced").donation
    services.donations.decide(donation_id=donation.id, state="cancelled", now=now, who="visitor")
    go("76_wish", "wish")
    shell.screen("wish")._named(things()["winter_coat"], {})
    shot("77_wish_filled")
    go("78_wished", "wished", wish=services.wishes.open()[0])
    go("79_calendar", "calendar")
    found = shell.screen("calendar")._found
    session, count = next(one for one in found if one[0].state == "cancelled")
    go("79_gathering_cancelled", "gathering", session=session, count=count)
    session, count = next(one for one in found if one[0].seats and one[0].state == "on")
    go("80_gathering", "gathering", session=session, count=count)
    session, count = next(one for one in found if one[0].about)
    go("80_gathering_about", "gathering", session=session, count=count)
    seat = services.seats.book(session_id=session.id, people=1, language="fi", now=now)
    go("81_seat", "seat", seat=seat)
    services.seats.cancel(code=seat.code, now=now)
    volunteer = services.volunteers.register(name="Kaisa", now=now, who="shell")
    go("82_volunteer", "volunteer")
    go("82_join", "join")
    go("82_shift", "shift", volunteer=volunteer)
    volunteer = services.volunteers.sign_in(code=volunteer.code, task="yard", of_age=True, now=now)
    go("83_shift_running", "shift", volunteer=volunteer)
    services.volunteers.sign_out(code=volunteer.code, now=now)
    shell.home()


def _desk_tour(stage: Any, look: Callable[[str], None]) -> None:
    """The screens behind the staff door, and those of the first start."""
    from kiosk import demo
    from kiosk.codes import parse

    app, shell, services = stage.app, stage.app.shell, stage.app.services

    def shot(name: str) -> None:
        stage.settle()
        look(name)

    def go(name: str, screen: str, **values: Any) -> None:
        shell.home()
        stage.settle()
        shell.go(screen, **values)
        shot(name)

    def scan(name: str, code: str) -> None:
        app.code_router.take(parse(code))
        stage.wait(lambda: shell.current == "found" and shell.screen("found").found.code == code, "the scan")
        shot(name)

    app.demo_pin, app.demo_passphrase = demo.PIN, demo.PASSPHRASE
    end_visit(app)
    anna = services.staff.by_name("Anna")
    shell.go("door")
    stage.settle()
    shell.screen("door").choose(anna.id)
    shot("40_door")
    enter_desk(app, anna)
    shot("41_desk")
    go("42_scan", "scan")
    free = services.goods.find(free_only=True, today=app.local_day(app.now()))
    ticket = services.tickets.reserve(item_id=free[5], language="uk", now=app.now(), held=())
    scan("43_ticket", ticket.code)
    shell.screen("found").act("hand_over")
    stage.wait(lambda: shell.screen("found").found.ticket.state == "collected", "the hand-over")
    shot("44_handed_over")
    services.tickets.undo_hand_over(code=ticket.code, now=app.now(), who="shell")
    services.tickets.cancel(code=ticket.code, now=app.now())
    scan("45_given_back", ticket.code)
    scan("46_item", services.goods.item(free[6]).label_code)
    go("47_take_in", "take_in")
    _import_tour(stage, go, shot)
    sheet = shell.screen("take_in")
    sheet.ask_name()
    stage.settle()
    shell.screen("pick_thing").ids.entry.text = {"uk": "стіл"}.get(app.tr.code, "tuoli")
    stage.frames(30)
    shot("48_pick_thing")
    shell.back()
    stage.settle()
    sheet.ask_photo()
    pick = shell.screen("pick_photo")
    stage.wait(lambda: pick.ids.grid.children and all(cell.texture for cell in pick.ids.grid.children), "previews")
    shot("49_pick_photo")
    shell.back()
    stage.settle()
    sheet.ask_category()
    shot("50_choose")
    shell.back()
    stage.settle()
    sheet.ask_place()
    shot("51_ask")
    go("52_waiting", "waiting")
    go("84_queue", "queue")
    go("85_donations", "donations")
    go("86_wishes", "wishes")
    go("86_categories", "categories")
    go("86_category", "category", category=services.categories.all()[0])
    go("86_reasons", "reasons")
    go("86_reason", "reason", reason=services.reasons.all()[0])
    go("86_inventory", "inventory")
    go("86_stock", "stock")
    go("87_volunteers", "volunteers")
    go("87_paper_hours", "paper_hours")
    go("87_todo", "todo")
    go("53_requests", "requests")
    go("53_calls", "calls")
    go("54_request", "request", request=services.help.list()[0])
    services.keyring.unlock(demo.PASSPHRASE, app.now())
    shell.screen("request").read()
    stage.wait(lambda: shell.screen("request").opened, "the sealed part")
    shot("55_request_open")
    go("55_calls_open", "calls")
    stage.wait(lambda: not shell.screen("calls").locked, "the numbers")
    shot("55_calls_open")
    go("88_pairs", "pairs")
    stage.wait(lambda: shell.screen("pairs").lines, "the pairs")
    shot("88_pairs")
    shell.screen("pairs").choose(shell.screen("pairs").lines[0].key)
    shot("89_pair")
    shell.back()
    for tab in ("friend", "neighbour"):
        shell.screen("pairs").turn_to(tab)
        stage.wait(lambda: not shell.screen("pairs").locked, "who fits")
        shot(f"90_pairs_{tab}")
    shell.screen("pairs").choose(shell.screen("pairs").lines[0].key)
    shot("91_suggestion")
    go("56_sessions", "sessions")
    sessions = shell.screen("sessions")
    stage.wait(lambda: sessions.lines, "the sessions")
    sessions.choose(sessions.lines[1].key)
    shot("57_correct")
    _programme_tour(go, shot, shell, services)
    go("90_reports", "reports")
    shell.screen("reports").look()
    report = shell.screen("report")
    stage.wait(lambda: report.parts, "the report")
    shot("91_report_bars")
    report.show(1)
    shot("92_report_shares")
    report.show(len(report.parts) - 4)
    shot("93_report_table")
    go("94_weights", "weights")
    go("95_earlier", "earlier")
    go("95_goals", "goals")
    go("96_months", "months")
    shell.screen("months").choose(shell.screen("months").lines[1].key)
    shot("97_close_month")
    shell.close_dialog()
    go("58_people", "people")
    go("59_prints", "prints")
    go("98_settings", "settings")
    go("99_public", "public_page")
    go("99_opening", "settings_part", part="opening")
    shell.screen("settings_part").touched("closed")
    shot("99_setting")
    shell.close_dialog()
    go("59_tablets", "tablets")
    _hub_tour(go, shot, stage)
    go("62_calibrate", "calibrate")
    _rights_tour(go, shot, stage)
    _keys_tour(go, shot, stage)
    end_visit(app)
    stage.settle()
    for step in ("language", "languages", "name", "hours", "printer", "coordinator"):
        shell.begin(f"setup_{step}")
        stage.settle()
        shot(f"60_setup_{step}")
    shell.go("set_pin", heading="Anna", save=lambda pin: None, done=lambda answer: None)
    shot("61_set_pin")
    shell.begin("calibrate", first_start=True)
    shot("61_setup_glass")
    shell.begin("restore")
    shot("61_restore_none")
    restore = shell.screen("restore")
    with tempfile.TemporaryDirectory() as stick:
        copy = Path(stick) / "lumijobi.db"
        copy.touch()
        restore._show([copy])
        shot("61_restore")
    end_visit(app)
    stage.settle()


def _rights_tour(go: Any, shot: Callable[[str], None], stage: Any) -> None:
    """What is kept under the code of a slip."""
    app, shell = stage.app, stage.app.shell
    go("64_rights", "rights")
    screen = shell.screen("rights")
    screen.look(app.services.help.list()[0].code)
    stage.wait(lambda: screen.held, "what is kept")
    shot("64_rights_held")
    screen.ask_to_erase()
    shot("64_rights_erase")
    shell.close_dialog()


def _hub_tour(go: Any, shot: Callable[[str], None], stage: Any) -> None:
    """A tablet that could be the hub, and one that is it and invites another; the invitation is always the same."""
    app, shell = stage.app, stage.app.shell
    tablets = shell.screen("tablets")
    tablets.ask_to_host()
    shot("59_tablets_ask")
    shell.close_dialog()
    stage.settle()
    tablets._refresh.cancel()
    tablets.hosts = True
    shot("59_tablets_hub")
    app.background.hosting.invite = lambda **values: ("Tablet 2", "HUB0" + "K7M3Q9X2WB" * 5)
    go("59_invite_tablet", "invite_tablet")
    stage.wait(lambda: shell.screen("invite_tablet").typed, "the invitation")
    shot("59_invite_tablet")


def _keys_tour(go: Any, shot: Callable[[str], None], stage: Any) -> None:
    """The keys, and new ones in their place; the words are always the same, so that pictures can be compared."""
    from kiosk.privacy.sealing import recovery_words
    from kiosk.services.staff.keys import NewKey

    shell = stage.app.shell
    go("65_keys", "keys")
    stage.wait(lambda: shell.screen("keys").lines, "the keys")
    shot("65_keys")
    for role in ("coordinator", "recovery"):
        shell.screen("keys").choose(role)
        shot(f"65_keys_{role}")
        shell.close_dialog()
    go("66_keys_why", "keys_why")
    passphrase = NewKey("coordinator", b"", b"", "mountain language umbrella elephant practice")
    go("67_passphrase", "passphrase", key=passphrase, done=lambda: None)
    recovery = NewKey("recovery", b"", b"", recovery_words(bytes(range(0, 256, 8))))
    go("68_recovery", "recovery", key=recovery, done=lambda: None)


def _safe_tour(stage: Any, shot: Callable[[str], None]) -> None:
    """The plain screen that counts when the kiosk cannot run; it knows nothing of languages chosen and of looks."""
    from kiosk.language.translation import LANGUAGES as LANGUAGE_NAMES
    from kiosk.language.translation import Language
    from screens.safe_mode.safe_app import FULL, NOT_COUNTED, face_of

    settings = stage.app.settings
    every = settings.centre._replace(languages=tuple(LANGUAGE_NAMES))
    face = face_of(settings._replace(screen=stage.app.theme.screen, centre=every))
    stage.app.shell.add_widget(face)
    shot("69_safe")
    face.people = 12
    face.trouble = Language(every.default_language).text(NOT_COUNTED)
    shot("69_safe_trouble")
    face.trouble, face.staff = "", Language(every.default_language).text(FULL)
    shot("69_safe_full")
    stage.app.shell.remove_widget(face)


def _programme_tour(go: Any, shot: Callable[[str], None], shell: Any, services: Any) -> None:
    """Gatherings and partners at the desk."""
    go("90_programme", "programme")
    screen = shell.screen("programme")
    screen.choose(next(session.id for session in screen.sessions.values() if session.about))
    shot("90_session")
    shell.close_dialog()
    shell.screen("programme").turn_to("series")
    shot("91_programme_series")
    go("92_calendar_files", "calendar_files")
    go("93_series", "series", series=services.programme.series(shell.app.now())[0])
    sheet = shell.screen("series")
    for name, ask in (
        ("94_pick_day", sheet.ask_day),
        ("95_pick_time", sheet.ask_time),
        ("96_repeat", sheet.ask_repeat),
        ("96_about", sheet.ask_about),
        ("96_partners", sheet.ask_partner),
    ):
        ask()
        shot(name)
        shell.back()
    go("97_partners", "partners")
    go("98_partner", "partner", partner=services.partners.all()[0])


def _import_tour(stage: Any, go: Any, shot: Callable[[str], None]) -> None:
    """Goods from a stick: the lists on it, the columns of one, and what it comes to."""
    folder = Path(stage.store.folder) / "stick"
    folder.mkdir(exist_ok=True)
    rows = "Sohva, harmaa;Huonekalut;B2;1;\nLastensänky;Vauvat;A1;2;\nKattila;Astiat;C4;monta;\nTalvitakki;Vaatteet;D1;1;poissa.jpg\n"
    (folder / "lahjoitukset.csv").write_text(f"Nimi;Luokka;Hylly;Määrä;Kuva;Väri\n{rows}", encoding="utf-8")
    settings, shell = stage.app.settings, stage.app.shell
    stage.app.settings = settings._replace(goods=settings.goods._replace(picture_folder=str(folder)))
    go("47_import", "import_goods")
    screen = shell.screen("import_goods")
    screen.choose(str(folder / "lahjoitukset.csv"))
    stage.wait(lambda: screen.step == "columns", "the columns")
    shot("47_import_columns")
    screen.check()
    stage.wait(lambda: screen.step == "result", "the dry run")
    shot("47_import_result")
    stage.app.settings = settings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", action="append", help="WIDTHxHEIGHT; the three usual ones when not given")
    parser.add_argument("--language", action="append", help="fi, uk, en; all when not given")
    parser.add_argument("--look", action="append", help="normal, big, high, big_high; normal and big when not given")
    parser.add_argument("--guide", action="store_true", help="the pictures of the guides into FOLDER")
    options = parser.parse_args()
    sizes = [tuple(map(int, size.split("x"))) for size in options.size or SIZES]
    from tests.display import start_display

    if not os.environ.get("DISPLAY"):
        os.environ.pop("DISPLAY", None)  # an empty one would leave the window to SDL, which then draws on no screen
        start_display()
    if options.guide:
        illustrate(options.folder)
        return
    shoot(options.folder, sizes, options.language or list(LANGUAGES), options.look or ["normal", "big"])  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
