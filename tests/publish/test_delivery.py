"""Bringing the site to a place: only what changed, in an order that never shows half a site, nothing of others touched."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from kiosk.errors import KioskError
from kiosk.journal import Store
from kiosk.publish.delivery import LIST, deliver
from kiosk.publish.errors import DeliveryRuns, NoPlace, OtherPages, PlaceFull, PlaceMissing, PlaceTrouble
from kiosk.publish.file import SCRATCH, SiteFile, known
from kiosk.publish.folder import FolderTarget
from kiosk.publish.publisher import Publisher
from kiosk.services import Services
from kiosk.services.desk.public_page import PublicPageService
from kiosk.services.desk.tasks import Task, tasks
from kiosk.settings import Settings
from kiosk.settings.places import BadPlace, Place, PlaceKind, parse_place
from tests.small_disk import fill, small_disk
from tests.world import NOW


class Recorded:
    """A place in memory that remembers the order, and breaks off after `most` files."""

    def __init__(self, most: int = 10**9) -> None:
        self.files: dict[str, bytes] = {}
        self.order: list[str] = []
        self.most = most

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def put(self, folder: Path, paths: Sequence[str], *, whole: bool) -> None:
        for path in paths:
            if not self.most:
                raise PlaceTrouble(reason="the line broke")
            self.most -= 1
            self.files[path] = (folder / path).read_bytes()
            self.order.append(path)

    def remove(self, paths: Sequence[str]) -> None:
        for path in paths:
            self.files.pop(path, None)

    def close(self) -> None:
        pass


def quiet(done: int, of: int) -> None:
    pass


def site(**texts: str) -> list[SiteFile]:
    return [known(f"{name.replace('__', '/')}.html", text.encode()) for name, text in texts.items()]


def there(target: Recorded) -> dict[str, str]:
    return {path: data.decode() for path, data in target.files.items() if path != LIST}


def test_pictures_come_before_pages_and_the_first_page_last(tmp_path: Path) -> None:
    target = Recorded()
    names = ("index.html", "fi/index.html", "fi/books.html", "pictures/1.webp", "fi/new.xml", "site-1.css")
    deliver([known(name, name.encode()) for name in names], target, tmp_path, quiet)
    assert target.order[0] == target.order[-1] == LIST
    assert target.order[1:-1] == [
        "pictures/1.webp",
        "site-1.css",
        "fi/new.xml",
        "fi/books.html",
        "fi/index.html",
        "index.html",
    ]
    assert list(tmp_path.iterdir()) == []


def test_only_what_changed_is_brought_and_what_is_left_over_is_removed(tmp_path: Path) -> None:
    target = Recorded()
    deliver(site(index="1", fi__books="1", fi__toys="1"), target, tmp_path, quiet)
    target.order.clear()
    done = deliver(site(index="1", fi__books="2"), target, tmp_path, quiet)
    assert (done.written, done.removed, done.same) == (1, 1, 1)
    assert target.order == [LIST, "fi/books.html", LIST]
    assert there(target) == {"index.html": "1", "fi/books.html": "2"}
    target.order.clear()
    assert deliver(site(index="1", fi__books="2"), target, tmp_path, quiet).same == 2
    assert target.order == []
    assert deliver(site(index="1", fi__books="2"), target, tmp_path, quiet, all_anew=True).written == 2


texts = st.dictionaries(
    st.sampled_from(["index", "fi__index", "fi__a", "fi__b", "uk__a"]), st.sampled_from("123"), max_size=5
)


@given_settings(max_examples=40, deadline=None)
@given(rounds=st.lists(st.tuples(texts, st.integers(0, 8)), max_size=6), last=texts)
@example(  # the second removes a page, and its last list does not get through
    rounds=[({"index": "1", "fi__a": "1"}, 9), ({"index": "2"}, 2)], last={"index": "2", "fi__a": "1"}
)
def test_a_delivery_that_broke_off_anywhere_is_made_good_by_the_next(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[tuple[dict[str, str], int]], last: dict[str, str]
) -> None:
    scratch, target = tmp_path_factory.mktemp("scratch"), Recorded()
    deliver(site(index="0"), target, scratch, quiet)
    for pages, most in rounds:
        target.most = most
        try:
            deliver(site(**pages), target, scratch, quiet)
        except PlaceTrouble:
            continue
    target.most = 10**9
    deliver(site(**last), target, scratch, quiet)
    assert there(target) == {file.path: file.make().decode() for file in site(**last)}


@pytest.mark.parametrize(
    "listed",
    [
        b"",
        b"[]",
        b"{}",
        b'{"files": []}',
        b'{"files": {"../x.html": "1", "/etc/x.conf": "1", "a/../../x.html": "1", "x": "1"}}',
        b"\xff",
    ],
)
def test_a_list_that_anybody_wrote_does_no_harm(tmp_path: Path, listed: bytes) -> None:
    outside = tmp_path / "x.html"
    outside.write_text("kept")
    root, scratch = tmp_path / "site", tmp_path / "scratch"
    root.mkdir()
    scratch.mkdir()
    (root / LIST).write_bytes(listed)
    deliver(site(index="1"), FolderTarget(root), scratch, quiet)
    assert (root / "index.html").read_text() == "1"
    assert outside.read_text() == "kept"


def test_pages_of_others_are_not_overwritten(tmp_path: Path) -> None:
    root = tmp_path / "site"
    root.mkdir()
    (root / "index.html").write_text("the municipality")
    with pytest.raises(OtherPages):
        deliver(site(index="1"), FolderTarget(root), tmp_path, quiet)
    assert (root / "index.html").read_text() == "the municipality"


def test_a_link_on_a_stick_is_not_followed(tmp_path: Path) -> None:
    secret, root, scratch = tmp_path / "data", tmp_path / "site", tmp_path / "scratch"
    for folder in (secret, root, scratch):
        folder.mkdir()
    (root / "fi").symlink_to(secret)
    with pytest.raises(PlaceTrouble):
        deliver(site(fi__books="1"), FolderTarget(root), scratch, quiet)
    assert list(secret.iterdir()) == []
    (root / "fi").unlink()
    (secret / "kiosk.db").write_text("data")
    (root / "index.html").symlink_to(secret / "kiosk.db")
    deliver(site(index="1"), FolderTarget(root), scratch, quiet)
    assert (secret / "kiosk.db").read_text() == "data"


def test_a_full_stick_keeps_no_empty_folders_and_takes_the_site_once_there_is_room(tmp_path: Path) -> None:
    made = [known("fi/thing/sofa.html", b"Sohva" * 500), known("index.html", b"Etusivu" * 500)]
    with small_disk(tmp_path / "stick") as stick:
        filler, target = fill(stick), FolderTarget(stick / "site")
        with pytest.raises(PlaceFull):
            deliver(made, target, tmp_path, quiet)
        assert [path.name for path in stick.iterdir()] == ["filler"]
        filler.unlink()
        assert deliver(made, target, tmp_path, quiet).written == 2
        assert (stick / "site/fi/thing/sofa.html").read_bytes() == b"Sohva" * 500


def test_a_folder_holds_files_that_a_web_server_may_read(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        deliver(site(index="1", fi__books="1"), FolderTarget(tmp_path / "site"), tmp_path, quiet)
    finally:
        os.umask(before)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (tmp_path / "site").rglob("*")}
    assert modes == {"index.html": "0o644", "fi": "0o755", "books.html": "0o644", LIST: "0o644"}
    with pytest.raises(PlaceMissing):
        FolderTarget(tmp_path / "none" / "site")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("usb", Place(PlaceKind.USB, "")),
        ("/srv/www", Place(PlaceKind.FOLDER, "/srv/www")),
        ("sftp://anna@web.example.fi/~/site", Place(PlaceKind.SFTP, "/~/site", "web.example.fi", "anna")),
        ("sftp://web.example.fi:2222/srv", Place(PlaceKind.SFTP, "/srv", "web.example.fi", "", 2222)),
        ("https://anna@example.fi/dav/", Place(PlaceKind.WEBDAV, "/dav/", "example.fi", "anna")),
        ("http://localhost:8080/dav", Place(PlaceKind.WEBDAV, "/dav", "localhost", "", 8080, False)),
        ("rsync://a@[::1]:22/x", Place(PlaceKind.RSYNC, "/x", "::1", "a", 22)),
    ],
)
def test_a_place_is_read(text: str, place: Place) -> None:
    assert parse_place(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "site", "", "../x", "/srv/../etc", "ftp://example.fi/x", "http://example.fi/dav", "sftp://-oProxyCommand=x/y",
        "sftp://-a@example.fi/x", "sftp://anna:secret@example.fi/x", "https://example.fi/a b", "https://example.fi/x?y", "sftp:///x",
        "sftp://example.fi/x;rm", 'sftp://example.fi/"x', "https://example.fi:99999/", "sftp://example.fi/$(x)", "/x\0y",
    ],
)  # fmt: skip
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(BadPlace):
        parse_place(text)


@given(st.text(max_size=60))
def test_any_text_is_a_place_or_is_refused(text: str) -> None:
    try:
        place = parse_place(text)
    except BadPlace:
        return
    assert not place.host.startswith("-")
    assert not place.user.startswith("-")


def at(services: Services, settings: Settings, place: object) -> Services:
    return services.under(settings._replace(delivery=settings.delivery._replace(place=str(place))))


def test_the_page_is_due_after_changes_and_not_too_often(
    services: Services, settings: Settings, tmp_path: Path
) -> None:
    assert not services.public_page.is_due(NOW)  # no place
    here = at(services, settings, tmp_path / "site")
    page = here.public_page
    assert page.is_due(NOW)
    assert Publisher(here).to_place(NOW, quiet).written > 20
    assert page.state().done == NOW
    assert not page.is_due(NOW + timedelta(minutes=59))
    services.goods.add(now=NOW, who="shell", category="books", names={"fi": "Kalevala"})
    assert not page.is_due(NOW + timedelta(minutes=14))
    assert page.is_due(NOW + timedelta(minutes=15))
    assert Publisher(here).to_place(NOW + timedelta(minutes=15), quiet).written > 2
    assert not page.is_due(NOW + timedelta(minutes=31))
    assert page.is_due(NOW + timedelta(minutes=75))  # a day may have passed
    assert at(services, settings, tmp_path / "other").public_page.is_due(NOW)


def test_a_failure_is_told_and_tried_again(services: Services, settings: Settings, tmp_path: Path) -> None:
    away = at(services, settings, tmp_path / "none" / "site")
    page = away.public_page
    with pytest.raises(PlaceMissing):
        Publisher(away).to_place(NOW, quiet)
    state = page.state()
    assert state.error == PlaceMissing.default
    assert state.values == {"place": str(tmp_path / "none" / "site")}
    assert state.done is None
    assert Task("public_page", 1) in tasks(away.day.look(NOW), NOW)
    assert not page.is_due(NOW + timedelta(minutes=14))
    assert page.is_due(NOW + timedelta(minutes=15))
    (tmp_path / "none").mkdir()
    Publisher(away).to_place(NOW + timedelta(minutes=15), quiet)
    assert not page.state().error
    assert Task("public_page", 1) not in tasks(away.day.look(NOW), NOW)
    assert (tmp_path / "none" / "site" / "index.html").is_file()


def test_a_place_that_has_all_is_not_asked(services: Services, settings: Settings, tmp_path: Path) -> None:
    here = at(services, settings, tmp_path / "site")
    Publisher(here).to_place(NOW, quiet)
    (tmp_path / "site").rename(tmp_path / "unplugged")
    assert Publisher(here).to_place(NOW, quiet).written == 0
    assert not (tmp_path / "site").exists()


def test_one_delivery_at_a_time(services: Services, settings: Settings, tmp_path: Path) -> None:
    here = at(services, settings, tmp_path / "site")
    refused: list[KioskError] = []

    def progress(done: int, of: int) -> None:
        with pytest.raises(DeliveryRuns) as told:
            Publisher(here).to_place(NOW, quiet)
        refused.append(told.value)

    Publisher(here).to_place(NOW, progress)
    assert refused
    assert not here.public_page.state().error
    assert list((services.store.folder / SCRATCH).iterdir()) == []


def test_a_place_can_be_tried(services: Services, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(NoPlace):
        Publisher(services).try_place()
    Publisher(at(services, settings, tmp_path / "site")).try_place()
    assert list((tmp_path / "site").iterdir()) == []
    with pytest.raises(PlaceMissing):
        Publisher(at(services, settings, tmp_path / "none" / "site")).try_place()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"place": 1}', '{"unknown": 1, "tried": null, "done": null}'])
def test_a_broken_state_is_that_of_a_new_tablet(store: Store, settings: Settings, text: str) -> None:
    (store.folder / "public-page.json").write_text(text)
    page = PublicPageService(store, settings)
    assert page.state().done is None
    assert page.files() == {}


def test_the_password_is_kept_for_this_user_alone(services: Services, store: Store) -> None:
    page = services.public_page
    assert page.password() == ""
    page.set_password(password="kahvi", now=NOW, who="shell")
    assert page.password() == "kahvi"
    assert oct((store.folder / "publish_password").stat().st_mode & 0o777) == "0o600"
    [(payload,)] = store.db.execute_sql("SELECT payload FROM journal WHERE kind = 'settings.changed'").fetchall()
    assert json.loads(payload) == {"keys": ["delivery.password"]}
    page.set_password(password="", now=NOW, who="shell")
    assert page.password() == ""
