"""The site: what is public and nothing else, small, the same bytes for the same shelf, whole in every language."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from PIL import Image

from kiosk.data.models import NeighbourItem
from kiosk.pictures.store import Pictures
from kiosk.publish.contents import public_id, read_contents
from kiosk.publish.file import PATH
from kiosk.publish.pages import ON_PAGE
from kiosk.publish.site import BESIDE, site_files
from kiosk.services import Services
from kiosk.settings import Settings
from tests.publish.conftest import goods_of, made
from tests.world import NOW, photo, shelve, ticket

TODAY = NOW.date()


class Links(HTMLParser):
    """Collects every address and id of a page, and what a browser would do on its own."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.links: list[str] = []
        self.calls: list[str] = []
        self.ids: list[str] = []
        self.images: list[dict[str, Any]] = []
        self.inline: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        leads = [value for name in ("href", "src", "srcset") if (value := said.get(name))]
        self.calls += [value for value in leads if value.startswith("tel:")]
        self.links += [value for value in leads if not value.startswith("tel:")]
        self.ids += [value for name in ("id",) if (value := said.get(name))]
        self.inline += [name for name in said if name == "style" or name.startswith("on")]
        if tag == "img":
            self.images.append(said)
        if tag == "style" or (tag == "script" and "src" not in said and said.get("type") != "application/ld+json"):
            self.inline.append(tag)


def pages(site: dict[str, bytes]) -> Iterator[tuple[str, Links]]:
    for path, data in site.items():
        if path.endswith(".html"):
            yield path, Links(data)


def leads_to(path: str, link: str) -> str:
    """Return the file of the site that a relative link on a page names."""
    parts: list[str] = []
    for part in (PurePosixPath(path).parent / link.partition("#")[0]).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def test_nothing_private_is_in_any_file(services: Services, pictures: Pictures, private: dict[str, str]) -> None:
    site = made(services, pictures)
    assert len(private) > 25
    assert all(private.values())
    found = [
        (path, what)
        for path, data in site.items()
        for what, text in private.items()
        if (len(text) > 4 or not path.endswith((".webp", ".jpg", ".png")))  # two letters are in any picture
        and re.search(
            rb"(?<![0-9A-Za-z])" + re.escape(text.encode()) + rb"(?![0-9A-Za-z])", path.encode() + b"\n" + data
        )
    ]
    assert found == []


def test_what_is_looked_for_would_be_found(services: Services, pictures: Pictures, private: dict[str, str]) -> None:
    """The markers are in the database: a site that copied it would have them."""
    services.store.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    rows = "\n".join(
        str(row)
        for (table,) in services.store.db.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for row in services.store.db.execute_sql(f'SELECT * FROM "{table}"').fetchall()
    )
    sealed = {"Requestmark", "Contactmark", "9999999", "Volunteermark", "739164"}
    assert [what for what, text in private.items() if text not in rows and what not in sealed] == []


def test_every_link_leads_to_a_file_and_none_leads_away(services: Services, pictures: Pictures) -> None:
    site = made(services, pictures)
    for path, page in pages(site):
        for link in page.links:
            assert "://" not in link, (path, link)
            file, _, anchor = link.partition("#")
            target = leads_to(path, link) if file else path
            assert target in site, (path, link)
            if anchor:
                assert anchor in Links(site[target]).ids, (path, link)
        assert len(page.ids) == len(set(page.ids)), path


def test_a_page_runs_and_loads_only_its_own(services: Services, pictures: Pictures) -> None:
    site = made(services, pictures)
    for path, page in pages(site):
        assert page.inline == [], path
        policy = re.search(rb'Content-Security-Policy" content="([^"]+)"', site[path])
        assert policy, path
        assert b"default-src 'none'" in policy[1]
        assert b"unsafe" not in policy[1]
        assert b"http" not in policy[1]
    styles = [data for path, data in site.items() if path.endswith(".css")]
    assert styles
    assert not [data for data in styles if b"url(" in data or b"@import" in data]


def test_a_page_is_light(services: Services, pictures: Pictures) -> None:
    for _ in range(20):
        shelve(services, pictures)
    site = made(services, pictures)
    [script] = [data for path, data in site.items() if re.fullmatch(r"site-\w+\.js", path)]
    [style] = [data for path, data in site.items() if path.endswith(".css")]
    assert len(script) < 20_000
    for path, page in pages(site):
        assert len(site[path]) + len(script) + len(style) < 150_000, path
        eager = [image for image in page.images if image.get("loading") != "lazy"]
        assert len(eager) <= 2, path
        assert all(image.get("width") and image.get("height") and "alt" in image for image in page.images), path


def test_every_picture_is_small_and_plain(services: Services, pictures: Pictures) -> None:
    site = made(services, pictures)
    found = {path: data for path, data in site.items() if path.endswith((".webp", ".jpg", ".png"))}
    assert {path.rpartition(".")[2] for path in found} == {"webp", "jpg", "png"}
    for path, data in found.items():
        with Image.open(io.BytesIO(data)) as image:
            assert max(image.size) <= 1200, path
            assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(image.info), path
            assert not image.getexif(), path


def test_metadata_of_another_program_does_not_pass(services: Services, pictures: Pictures) -> None:
    [name, *_] = pictures.names()
    exif = Image.Exif()
    exif[0x010E] = "EXIFMARK"
    with Image.open(pictures.path(name, "page")) as image:
        image.save(pictures.path(name, "page"), "JPEG", exif=exif, comment=b"EXIFMARK")
    assert b"EXIFMARK" in pictures.path(name, "page").read_bytes()
    assert not [path for path, data in made(services, pictures).items() if b"EXIFMARK" in data]


def test_a_damaged_photo_does_not_hold_the_page_back(services: Services, pictures: Pictures) -> None:
    [name, *_] = pictures.names()
    for size in ("tile", "page"):
        pictures.path(name, size).write_bytes(b"\xff\xd8 no picture")
    site = made(services, pictures)
    for path in [path for path in site if path.startswith("pictures/")]:
        with Image.open(io.BytesIO(site[path])) as image:
            image.load()


def test_a_photo_that_is_not_here_yet_is_left_out(services: Services, pictures: Pictures) -> None:
    for name in pictures.names():
        pictures.path(name, "tile").unlink()
    site = made(services, pictures)
    assert not [path for path in site if path.startswith("pictures/")]
    assert all(leads_to(path, link) in site for path, page in pages(site) for link in page.links if link[0] != "#")


def test_the_same_shelf_gives_the_same_bytes(services: Services, pictures: Pictures) -> None:
    first, again = made(services, pictures), made(services, pictures, NOW + timedelta(hours=5))
    assert first == again
    files = list(site_files(services, pictures, NOW))
    assert len({file.path for file in files}) == len(files)
    assert all(PATH.fullmatch(file.path) for file in files)
    before = {file.path: file.digest for file in files}
    services.goods.add(now=NOW, who="shell", category="books", names={"fi": "Kalevala"})
    after = {file.path: file.digest for file in site_files(services, pictures, NOW)}
    changed = {path for path in after if before.get(path) != after[path]}
    assert not [path for path in changed if path.startswith(("pictures/", "site-")) or path.endswith(".ics")]
    assert {"fi/books.html", "fi/index.html", "goods.json"} <= changed


@pytest.mark.parametrize(
    ("phone", "calls"),
    [("08 123 4567", ["tel:081234567"]), ("+358 8-123 (Anna)", ["tel:+3588123"]), ("at the door", [])],
)
def test_the_centre_is_called_by_a_touch(
    services: Services, pictures: Pictures, settings: Settings, phone: str, calls: list[str]
) -> None:
    there = services.under(settings._replace(centre=settings.centre._replace(phone=phone)))
    page = made(there, pictures)["fi/visit.html"]
    assert Links(page).calls == calls
    assert phone in page.decode()


def test_an_own_category_has_a_list_and_a_picture_of_its_own(services: Services, pictures: Pictures) -> None:
    by: dict[str, Any] = {"now": NOW, "who": "shell"}
    names = {"fi": "Polkupyörät", "sv": "Cyklar"}
    drawn = services.categories.add(names=names, part_of="sport", art="own_bicycles", **by)
    shot = services.categories.add(names={"fi": "Luistimet"}, part_of="sport", photo=pictures.add(photo("olive")), **by)
    for category in (drawn, shot):
        services.goods.add(category=category.id, thing="bicycle", **by)
    site = made(services, pictures)
    page = site[f"sv/{public_id(drawn.id)}.html"].decode()
    assert "Cyklar" in page
    assert re.search(r"art/own_bicycles-[0-9a-f]{8}\.webp", page)
    assert f"pictures/{public_id(str(shot.photo))}.webp" in page
    assert drawn.id.encode() not in b"".join(site.values())
    before = {name for name in site if name.startswith("sv/sport")}
    services.categories.change(category_id=drawn.id, names=names, art="own_bicycles", photo=None, active=False, **by)
    after = made(services, pictures)
    assert f"sv/{public_id(drawn.id)}.html" not in after
    assert {name for name in after if name.startswith("sv/sport")} >= before


def test_every_language_has_every_page(services: Services, pictures: Pictures, settings: Settings) -> None:
    site = made(services, pictures)
    of = {
        code: {path.partition("/")[2] for path in site if path.startswith(f"{code}/")}
        for code in settings.centre.languages
    }
    assert len({frozenset(names) for names in of.values()}) == 1
    assert {"index.html", "things.html", "furniture.html", "events.html", "visit.html", "events.ics", "new.xml"} <= of[
        "uk"
    ]
    for path, page in pages(site):
        assert {f"{code}/{path.rpartition('/')[2]}" for code in of} <= {leads_to(path, link) for link in page.links}, (
            path
        )
    assert "Обідній стілець".encode() in site["uk/furniture.html"] or "Стілець".encode() in site["uk/furniture.html"]


def test_a_name_in_another_language_is_marked_as_such(services: Services, pictures: Pictures) -> None:
    services.goods.add(now=NOW, who="shell", category="books", names={"fi": "Kalevala & <Kanteletar>"})
    site = made(services, pictures)
    assert b'<span lang="fi">Kalevala &amp; &lt;Kanteletar&gt;</span>' in site["uk/books.html"]
    assert b"<h2>Kalevala &amp; &lt;Kanteletar&gt;</h2>" in site["fi/books.html"]
    assert b"<Kanteletar>" not in site["fi/new.xml"]


def test_reserved_things_are_left_out_or_marked(services: Services, pictures: Pictures, settings: Settings) -> None:
    items = shelve(services, pictures)
    ticket(services, items["coat"])
    names = len(read_contents(services, TODAY).things)
    marked = services.under(settings._replace(public=settings.public._replace(reserved=True)))
    shown = read_contents(marked, TODAY).things
    assert len(shown) == names + 1
    assert [thing.category for thing in shown if thing.reserved] == ["clothes"]
    site = made(marked, pictures)
    assert b'<b class="reserved">Varattu' in site["fi/clothes.html"]
    assert b'class="reserved"' not in made(services, pictures)["fi/clothes.html"]
    assert {offer["availability"].rpartition("/")[2] for offer in goods_of(site)} == {"InStoreOnly", "Reserved"}


def test_units_that_are_claimed_are_not_counted(services: Services) -> None:
    plates = next(thing for thing in read_contents(services, TODAY).things if thing.category == "kitchen")
    assert plates.left == 4
    [item] = services.goods.find(today=TODAY, category="kitchen")
    ticket(services, services.goods.item(item))
    assert next(thing for thing in read_contents(services, TODAY).things if thing.category == "kitchen").left == 3


def test_given_and_withdrawn_things_are_gone(services: Services) -> None:
    for item in services.goods.find(today=TODAY, category="furniture"):
        services.shelf.withdraw(item_id=item, reason="broken", now=NOW, who="shell")
    assert {thing.category for thing in read_contents(services, TODAY).things} == {"clothes", "kitchen"}


def test_a_long_list_has_pages(services: Services, pictures: Pictures) -> None:
    for _ in range(ON_PAGE + 1):
        services.goods.add(now=NOW, who="shell", category="books", names={"en": "Book"})
    site = made(services, pictures)
    assert {"fi/books.html", "fi/books-2.html"} <= set(site)
    assert "fi/books-3.html" not in site
    assert b'rel="next" href="books-2.html"' in site["fi/books.html"]
    assert site["fi/books.html"].count(b'<li class="card"') == ON_PAGE
    rows = json.loads(site["fi/things.js"].removeprefix(b"window.kioskThings=").removesuffix(b";\n"))["things"]
    assert sorted(row[2] for row in rows if row[1] == "books") == [1] * ON_PAGE + [2]


def test_search_engines_come_by_the_setting_only(services: Services, pictures: Pictures, settings: Settings) -> None:
    site = made(services, pictures)
    assert site["robots.txt"] == b"User-agent: *\nDisallow: /\n"
    assert all(b'name="robots" content="noindex' in site[path] for path, _ in pages(site))
    listed = made(services.under(settings._replace(public=settings.public._replace(listed=True))), pictures)
    assert listed["robots.txt"] == b"User-agent: *\nDisallow:\n"
    assert not [path for path, _ in pages(listed) if b"noindex" in listed[path]]


def test_services_that_are_off_are_on_no_page(services: Services, pictures: Pictures, settings: Settings) -> None:
    off = settings.services._replace(calendar=False, donations=False, friends=False, neighbours=False, partners=False)
    site = made(services.under(settings._replace(services=off)), pictures)
    assert not [path for path in site if "events" in path and path != "events.json"]
    assert json.loads(site["events.json"])["itemListElement"] == []
    visit = site["en/visit.html"].decode()
    assert "Help and friends" not in visit
    assert "Bringing things" not in visit
    assert all(leads_to(path, link) in site for path, page in pages(site) for link in page.links if link[0] != "#")


def test_an_empty_centre_has_a_whole_site(services: Services, pictures: Pictures) -> None:
    for item in services.goods.find(today=TODAY):
        services.shelf.withdraw(item_id=item, reason="broken", now=NOW, who="shell")
    site = made(services, pictures)
    assert "The shelf is empty at the moment." in site["en/things.html"].decode()
    assert goods_of(site) == []
    assert all(leads_to(path, link) in site for path, page in pages(site) for link in page.links if link[0] != "#")


def test_a_cancelled_session_is_told_and_why_is_not(services: Services, pictures: Pictures) -> None:
    [session] = [one for one in services.gatherings.sessions_on(TODAY)]
    services.programme.cancel(session_id=session.id, reason="ill", now=NOW, who="shell")
    site = made(services, pictures)
    page = site["en/events.html"].decode()
    assert "Cancelled" in page
    assert "ill" not in re.findall(r"\w+", page)
    states = [event["eventStatus"].rpartition("/")[2] for event in json.loads(site["events.json"])["itemListElement"]]
    assert states[0] == "EventCancelled"


def test_partners_are_named_when_they_agreed(services: Services, pictures: Pictures) -> None:
    partner = services.partners.add(name="Kyläkauppa Lumi", kind="company", now=NOW, who="shell")
    assert "Kyläkauppa Lumi" not in made(services, pictures)["fi/visit.html"].decode()
    services.partners.change(partner_id=partner.id, thanked=True, now=NOW, who="shell")
    assert "Kyläkauppa Lumi" in made(services, pictures)["fi/visit.html"].decode()


def test_a_region_has_a_page_of_what_the_neighbours_share(
    services: Services, pictures: Pictures, settings: Settings
) -> None:
    row = {"number": 4711, "thing": "sofa", "category": "furniture", "size": "", "age_group": "", "condition": "good"}
    NeighbourItem.insert(id="n1", centre="Liminka", arrived_on=TODAY, **row).execute(services.store.db)
    assert not [path for path in made(services, pictures) if "region" in path]
    goods = settings.goods._replace(neighbours=True)
    site = made(services.under(settings._replace(goods=goods)), pictures)
    assert "Liminka" in site["fi/region.html"].decode()
    assert b'href="region.html"' in site["fi/index.html"]
    assert len(goods_of(site)) == 3
    assert not [path for path, data in site.items() if b"4711" in data and not path.startswith(("pictures/", "art/"))]


def test_the_colours_are_those_of_the_kiosk() -> None:
    from screens.widgets.theme import COLOURS

    style = (Path(BESIDE) / "style.css").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"--([a-z-]+): (#\w+);", style.partition("}")[0]))
    assert {name.replace("-", "_"): colour for name, colour in tokens.items()}.items() <= COLOURS["normal"].items()


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("look", [0, 1], ids=["light", "dark"])
def test_text_is_legible_in_the_light_and_in_the_dark(look: int) -> None:
    style = (Path(BESIDE) / "style.css").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"--([a-z-]+): (#\w+);", re.findall(r":root \{(.*?)\}", style, re.DOTALL)[look]))
    pairs = [(ink, ground) for ink in ("ink", "quiet", "primary") for ground in ("ground", "card")]
    pairs += [("primary-ink", "primary"), ("warm-ink", "warm"), ("mist-ink", "mist"), ("ink", "mist")]
    for ink, ground in pairs:
        dark, light = sorted((luminance(tokens[ink]), luminance(tokens[ground])))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)
