"""Demo content, relative to today: goods, requests, partners, and what each list needs."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk.data.ids import new_id
from kiosk.files.atomic import write_atomic
from kiosk.files.resources import asset
from kiosk.pictures.store import Pictures
from kiosk.privacy.sealing import KEY_FILE, Cost, new_keypair, wrap
from kiosk.services import Services
from kiosk.services.desk.earlier_columns import HeadedTable
from kiosk.services.goods.items import ItemView
from kiosk.settings import Settings
from kiosk.vocabulary.states import EarlierKind, Repeat, RequestKind, Role, SessionReason

from .centre import WEEKS, Day
from .weeks import OnShelf, live

#: Weeks before those, with imported counts only.
EARLIER_WEEKS = 104
#: Things of a first day.
FIRST_THINGS = 24

#: PIN and passphrase of the demo, shown on its screens.
PIN = "739164"
PASSPHRASE = "lumi joki kahvi sohva tähti"
#: Cheap key derivation; that of a real key takes a second.
DEMO_COST = Cost(passes=1, memory=8 * 1024 * 1024)

Progress = Callable[[int, int], None]


def fill(
    services: Services,
    pictures: Pictures,
    settings: Settings,
    now: datetime,
    progress: Progress,
    kind: Day = Day.USUAL,
) -> None:
    """Fill an empty data folder. `progress(done, of)` is called after every item. Deterministic for the same `now`,
    except ids and codes."""
    choice = random.Random(now.date().toordinal())
    services.gatherings.apply(settings.gatherings, now)
    _staff(services, now)
    things = _goods(services, pictures, now, choice, progress, kind)
    if kind == Day.NEW:
        return
    live(services, things, now, choice, kind)
    _requests(services, now)
    _centre(services, now)
    _partners(services, now)
    _earlier(services, now)


def _earlier(services: Services, now: datetime) -> None:
    """Import two years of coffee meetings from before the kiosk, as from a paper list."""
    choice = random.Random(now.date().toordinal())
    coffee = services.settings.gatherings[0].key
    first = now.date() - timedelta(weeks=WEEKS + EARLIER_WEEKS)
    rows: list[tuple[int, tuple[str, ...]]] = []
    for week in range(EARLIER_WEEKS):
        day = first + timedelta(weeks=week)
        busy = 0.5 if day.month == 7 else 1 + 0.2 * (day.month in (2, 10, 11))
        for language, group, usual in (
            ("fi", "older", 9),
            ("fi", "family", 7),
            ("uk", "ukrainian", 11),
            ("en", "other", 3),
        ):
            people = max(1, round((usual + week / 30 + choice.randint(-2, 3)) * busy))
            children = people // 2 if group == "family" else 0
            cells = (
                day.isoformat(),
                str(people),
                str(children),
                str(choice.randint(0, min(2, people))),
                language,
                group,
            )
            rows.append((len(rows) + 2, cells))
    fields = ("day", "people", "children", "first_visits", "language", "group")
    table = HeadedTable("demo", "0" * 64, fields, tuple(rows))
    columns = {field: at for at, field in enumerate(fields)}
    plan = services.earlier.plan(table=table, kind=EarlierKind.ATTENDANCE, columns=columns, gathering=coffee, now=now)
    services.earlier.bring_in(plan=plan, now=now, who="demo")
    _earlier_goods(services, first, now)
    services.weights.weigh(subject="winter_coat", pieces=12, kg=16.2, now=now, who="demo")
    month = first.replace(day=1)
    while (month + timedelta(days=62)).replace(
        day=1
    ) <= now.date():  # leave the last finished month for the user to close
        services.reports.close_month(month=f"{month:%Y-%m}", now=now, who="demo")
        month = (month + timedelta(days=31)).replace(day=1)


def _earlier_goods(services: Services, first: date, now: datetime) -> None:
    """Import what came and went in each month of those years."""
    choice, rows = random.Random(now.date().toordinal()), list[tuple[int, tuple[str, ...]]]()
    for month in range(EARLIER_WEEKS // 5):
        day = (first.replace(day=1) + timedelta(days=31 * month)).replace(day=1)
        for category, usual in (("furniture", 9), ("clothes", 40), ("kitchen", 25), ("toys", 15)):
            came = usual + choice.randint(-5, 9)
            rows.append((len(rows) + 2, (day.isoformat(), category, str(came), str(came - choice.randint(0, 4)))))
    fields = ("day", "category", "taken_in", "given")
    table, columns = HeadedTable("demo", "1" * 64, fields, tuple(rows)), {field: at for at, field in enumerate(fields)}
    plan = services.earlier.plan(table=table, kind=EarlierKind.GOODS, columns=columns, now=now)
    services.earlier.bring_in(plan=plan, now=now, who="demo")


def _staff(services: Services, now: datetime) -> None:
    services.staff.add_first(name="Anna", pin=PIN, now=now)
    services.staff.add(name="Mykola", role=Role.STAFF, pin=PIN, now=now, who="demo", language="uk")
    services.staff.add(name="Helmi", role=Role.HELPER, pin=PIN, now=now, who="demo")
    key, recovery = new_keypair(), new_keypair()
    write_atomic(services.store.folder / KEY_FILE, wrap(key.private, PASSPHRASE, DEMO_COST), private=True)
    services.store.set_recipients([key.public, recovery.public])


def _requests(services: Services, now: datetime) -> None:
    """Add requests and offers of fictional people, with phone numbers of the range reserved for films (Traficom 045
    1234); two of their pairs need a follow-up."""
    asked: tuple[tuple[str, str, int, dict[str, Any]], ...] = (
        (RequestKind.FRIEND, "fi", 21, {"name": "Kerttu", "languages": ["fi"], "days": ["wed"], "interests": ["books"]}),
        (RequestKind.FRIEND_OFFER, "uk", 20, {"name": "Олена", "languages": ["fi", "uk"], "days": ["wed"], "interests": ["books"]}),
        (RequestKind.NEIGHBOUR, "fi", 12, {"name": "Veikko", "languages": ["fi"], "kinds": ["snow"], "areas": ["Ylipää"],
            "days": ["mon", "thu"], "length": "hour", "repeat": Repeat.WINTER, "phone": "+358 45 123 4567"}),
        (RequestKind.NEIGHBOUR_OFFER, "fi", 10, {"name": "Timo", "languages": ["fi"], "kinds": ["snow", "carrying"],
            "areas": ["Kirkonkylä", "Ylipää"], "days": ["any"]}),
        (RequestKind.FRIEND, "uk", 9, {"name": "Оксана", "wish": "Гуляти й говорити фінською", "languages": ["uk", "en"],
            "days": ["tue", "sat"], "parts": ["morning"], "interests": ["coffee", "walk"], "age": "30_49"}),
        (RequestKind.FRIEND_OFFER, "en", 6, {"name": "Helena", "languages": ["en", "fi"], "days": ["tue"], "parts": ["morning"],
            "interests": ["walk", "craft"], "age": "30_49"}),
        (RequestKind.FRIEND_OFFER, "uk", 4, {"name": "Марія", "languages": ["uk", "fi"], "days": ["tue", "wed"],
            "interests": ["coffee", "books"], "age": "50_64"}),
        (RequestKind.NEIGHBOUR, "fi", 3, {"name": "Raili", "languages": ["fi", "sv"], "kinds": ["computer"],
            "areas": ["Kirkonkylä"], "days": ["fri"], "length": "hour", "repeat": Repeat.ONCE}),
        (RequestKind.NEIGHBOUR_OFFER, "uk", 2, {"name": "Андрій", "languages": ["uk", "en"], "kinds": ["computer", "errands"],
            "areas": ["Kirkonkylä", "Varjakka"], "days": ["thu", "fri"], "parts": ["evening"]}),
        (RequestKind.GUIDANCE, "uk", 1, {"name": "Дмитро", "wish": "Школа для дитини", "languages": ["uk"], "times": ["tuesday"]}),
        (RequestKind.FRIEND, "fi", 0, {"name": "Aino", "wish": "Kahviseuraa", "languages": ["fi", "sv"], "days": ["any"],
            "interests": ["coffee", "books"], "age": "65"}),
    )  # fmt: skip
    made: list[str] = []
    for service, language, days, details in asked:
        at = now - timedelta(days=days)
        reach = {"reach": "phone" if "phone" in details else "desk"}
        request = services.help.sign_up(
            request_id=new_id(at), service=service, language=language, details=details | reach, now=at,
            notice_version=services.settings.help.notice_version,
        )  # fmt: skip
        made.append(request.id)
    for asker, helper, days, repeat in ((made[0], made[1], 15, Repeat.ONCE), (made[2], made[3], 8, Repeat.WINTER)):
        pair = services.pairs.accept(
            asker=asker, helper=helper, repeat=repeat, now=now - timedelta(days=days), who="demo"
        )  # fmt: skip
        services.notes.write(
            about=pair.id,
            text="Tapasivat ensi kerran kahvilla.",
            language="fi",
            now=now - timedelta(days=days - 1),
            who="demo",
        )
    services.notes.write(about=made[-2], text="Koulun kanssa sovittu aika.", language="fi", now=now, who="demo")


def _centre(services: Services, now: datetime) -> None:
    """Add queue numbers, donations, wishes and seats, so that no list is empty."""
    for topic, language, interpreter in (("housing", "uk", True), ("work", "fi", False), ("papers", "uk", False)):
        services.guidance.take(topic=topic, language=language, interpreter=interpreter, now=now)
    services.guidance.call_next(now=now, who="demo")
    for starts_at, topic, language in zip(
        services.guidance.free(now)[1:3], ("housing", "benefits"), ("fi", "uk"), strict=False
    ):
        services.guidance.book(starts_at=starts_at, topic=topic, language=language, interpreter=False, now=now)
    for days, categories, amount in ((2, ["toys", "books"], "box"), (1, ["furniture"], "one")):
        at = now - timedelta(days=days)
        services.donations.announce(donation_id=new_id(at), categories=categories, amount=amount, language="fi", now=at)
    services.reasons.add(
        names={"fi": "Patjoja emme ota vastaan", "uk": "Матраци не приймаємо", "en": "We do not take mattresses"},
        instead={"fi": "Limingan kierrätyskeskus", "uk": "Limingan kierrätyskeskus", "en": "Limingan kierrätyskeskus"},
        now=now, who="demo",
    )  # fmt: skip
    own = services.categories.add(
        names={"fi": "Polkupyörät", "uk": "Велосипеди", "en": "Bicycles", "sv": "Cyklar"},
        part_of="sport",
        art="own_bicycles",
        now=now,
        who="demo",
    )
    for item_id in services.goods.find(today=now.date(), category="sport", text="polkupyörä"):
        services.shelf.edit(item_id=item_id, category=own.id, now=now, who="demo")
    for days, category, thing in ((9, "baby", "pram"), (4, own.id, "bicycle")):
        at = now - timedelta(days=days)
        wish = services.wishes.leave(category=category, thing=thing, size="", age_group="", language="uk", now=at)
        services.calls.leave_number(code=wish.code, phone="+380 67 123 4567", language="uk", now=at)
    for session in services.gatherings.sessions_between(now.date(), now.date() + timedelta(days=9)):
        if session.seats and session.ends_at > now:
            for people in (2, 3, 1):
                services.seats.book(session_id=session.id, people=people, language="fi", now=now)


def _partners(services: Services, now: datetime) -> None:
    """Add partners, an event with one of them, a cancelled session and a moved one."""
    ids = {}
    for name, kind in (
        ("4H", "association"), ("Lumijoen koulu", "school"), ("Kyläkauppa Lumi", "company"), ("Lumijoen kunta", "municipality"),
    ):  # fmt: skip
        ids[name] = services.partners.add(name=name, kind=kind, now=now, who="demo").id
        if name != "Lumijoen kunta":
            services.partners.change(partner_id=ids[name], thanked=True, now=now, who="demo")
    contact = {"name": "Maija Meikäläinen", "contact": "045 123 4567"}
    services.partners.set_contact(partner_id=ids["4H"], details=contact, now=now, who="demo")
    volunteer = services.volunteers.register(name="Olena", partner=ids["Kyläkauppa Lumi"], now=now, who="demo")
    services.volunteers.sign_in(code=volunteer.code, task="goods", of_age=True, now=now - timedelta(days=2))
    services.volunteers.sign_out(code=volunteer.code, now=now - timedelta(days=2) + timedelta(hours=3))
    for days, category, amount in ((3, "kitchen", "box"), (0, "sport", "car")):
        services.donations.announce(
            donation_id=new_id(now), categories=[category], amount=amount, language="fi", who="demo",
            partner=ids["Kyläkauppa Lumi"], now=now - timedelta(days=days),
        )  # fmt: skip
    saturday = now.date() + timedelta(days=12 - now.date().weekday())
    services.programme.add(
        names={"fi": "Lumilinnatalkoot", "uk": "Толока: снігова фортеця", "en": "Snow castle together", "sv": "Snöslottstalko"},
        rule="FREQ=DAILY;COUNT=1", since=saturday, start="11:00", end="14:00", place="Alakoulu", seats=30,
        art="group_family.png", groups=["family", "young"], partner_id=ids["Lumijoen koulu"], more_partners=[ids["4H"]],
        about={
            "fi": "Rakennetaan lumilinna ja paistetaan makkaraa. Lapioita saa lainata.",
            "uk": "Будуємо снігову фортецю і смажимо ковбаски. Лопати можна взяти на місці.",
            "en": "We build a snow castle and grill sausages. You can borrow a shovel.",
            "sv": "Vi bygger ett snöslott och grillar korv. Det finns spadar att låna.",
        },
        now=now, who="demo",
    )  # fmt: skip
    craft = [
        session
        for session in services.gatherings.sessions_between(
            now.date() + timedelta(days=1), now.date() + timedelta(days=40)
        )
        if session.gathering_id == "demo-craft"
    ]
    services.programme.cancel(session_id=craft[0].id, reason=SessionReason.ILL, now=now, who="demo")
    services.programme.move(
        session_id=craft[1].id, day=craft[1].starts_at.date() + timedelta(days=1), start="16:00", end="18:00",
        place="Kirjasto", reason=SessionReason.PLACE, now=now, who="demo",
    )  # fmt: skip


def _goods(
    services: Services, pictures: Pictures, now: datetime, choice: random.Random, progress: Progress, kind: Day
) -> list[OnShelf]:
    """Add the goods: of the last four weeks, or on a first day the few that came today."""
    rows = [(path.stem, row) for path in sorted(asset("demo/items").glob("*.csv")) for row in _rows(path)]
    choice.shuffle(rows)
    days = 28
    if kind == Day.NEW:
        rows, days = rows[:FIRST_THINGS], 0
    hashes: dict[str, str] = {}
    things: list[OnShelf] = []
    for number, (category, row) in enumerate(rows):
        picture = row["picture"]
        if picture and picture not in hashes:
            hashes[picture] = pictures.add(asset(f"demo/pictures/{picture}.webp"))
        arrived = now - timedelta(days=(len(rows) - number) * days // len(rows), hours=number % 5 if days else 0)
        photos = [hashes[picture]] if picture else []
        things.append(OnShelf(_add(services, category, row, photos, arrived), arrived))
        progress(number + 1, len(rows))
    return things


def _add(services: Services, category: str, row: dict[str, str], photos: list[str], arrived: datetime) -> ItemView:
    names = {code: row[f"name_{code}"] for code in ("fi", "uk", "en") if row[f"name_{code}"]}
    return services.goods.add(
        now=arrived,
        who="shell",
        category=category,
        thing=row["thing"],
        names=names or None,
        size=row["size"],
        age_group=row["age_group"],
        condition=row["condition"] or "good",
        place=row["place"],
        quantity=int(row["quantity"] or 1),
        together=row["thing"] == "dining_chair" and row["quantity"] != "1",
        photos=photos,
        arrived_on=arrived.date(),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
