"""SFTP and rsync to a real sshd, WebDAV to a real nginx: brought, changed, removed, refused, broken off."""

from __future__ import annotations

import os
import threading
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.publish.delivery import LIST
from kiosk.publish.errors import ChangedServer, OtherPages, PlaceRefused, PlaceTrouble, PlaceUnreachable
from kiosk.publish.publisher import Publisher
from kiosk.publish.ssh import KNOWN_HOSTS, make_key
from kiosk.services import Services
from kiosk.settings import Settings
from tests.publish.servers import free_port, nginx, sshd
from tests.world import NOW

LATER = NOW + timedelta(hours=2)


def quiet(done: int, of: int) -> None:
    pass


@pytest.fixture
def at(services: Services, settings: Settings) -> Callable[[str], Services]:
    """Return the services of the centre with a place for its page; one small language is enough here."""
    small = settings._replace(centre=settings.centre._replace(languages=("fi",)))
    return lambda place: services.under(small._replace(delivery=small.delivery._replace(place=place)))


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def follow(there: Path, services: Services, tmp_path: Path) -> None:
    """Publish, change the shelf, publish again; the place is the same as a folder each time."""
    publisher, beside = Publisher(services), tmp_path / "beside"
    publisher.try_place()
    assert [name for name in tree(there) if "test" in name] == []
    for now in (NOW, LATER):
        publisher.to_place(now, quiet)
        publisher.to_folder(beside, now, quiet)
        assert tree(there) == tree(beside)
        [book] = services.goods.find(today=NOW.date(), category="books") or [
            services.goods.add(now=NOW, who="shell", category="books", names={"fi": "Kalevala"}).id
        ]
    assert (there / "fi" / "books.html").exists()
    services.shelf.withdraw(item_id=book, reason="missing", now=NOW, who="shell")
    done = publisher.to_place(LATER, quiet)
    assert done.removed >= 1
    assert not (there / "fi" / "books.html").exists()
    assert publisher.to_place(LATER, quiet, all_anew=True).same == 0
    assert not services.public_page.state().error


@pytest.mark.parametrize("scheme", ["sftp", "rsync"])
def test_a_server_over_ssh(tmp_path: Path, at: Any, services: Services, scheme: str) -> None:
    there = tmp_path / "there"
    with sshd(tmp_path / "sshd", make_key(services.store.folder)) as (user, port):
        follow(there, at(f"{scheme}://{user}@127.0.0.1:{port}{there}"), tmp_path)
    assert oct((there / "index.html").stat().st_mode & 0o777) == "0o644"
    assert oct((services.store.folder / "publish_key").stat().st_mode & 0o777) == "0o600"


def test_webdav(tmp_path: Path, at: Any, services: Services) -> None:
    services.public_page.set_password(password="kahvi", now=NOW, who="shell")
    with nginx(tmp_path / "nginx", "kahvi") as port:
        follow(tmp_path / "nginx" / "www" / "site", at(f"http://anna@127.0.0.1:{port}/www/site/"), tmp_path)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/public/site/index.html") as answer:
            assert b"Help Center Lumijobi" in answer.read()


def test_who_is_not_let_in_is_told_so(tmp_path: Path, at: Any, services: Services) -> None:
    make_key(services.store.folder)
    with sshd(tmp_path / "sshd", "", password="kahvi") as (user, port):
        place = f"sftp://{user}@127.0.0.1:{port}{tmp_path}/there"
        with pytest.raises(PlaceRefused):
            Publisher(at(place)).try_place()
        services.public_page.set_password(password="wrong", now=NOW, who="shell")
        with pytest.raises(PlaceRefused):
            Publisher(at(place)).try_place()
        with pytest.raises(PlaceRefused):
            Publisher(at(place.replace("sftp", "rsync"))).try_place()
    with nginx(tmp_path / "nginx", "kahvi") as port:
        with pytest.raises(PlaceRefused):
            Publisher(at(f"http://anna@127.0.0.1:{port}/www/site/")).to_place(NOW, quiet)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a server a password of its own")
def test_a_password_opens_a_server(tmp_path: Path, at: Any, services: Services) -> None:
    """Without a key of this tablet, as most hosts have it."""
    services.public_page.set_password(password="kahvi maito", now=NOW, who="shell")
    with sshd(tmp_path / "sshd", "", password="kahvi maito") as (user, port):
        for scheme in ("sftp", "rsync"):
            Publisher(at(f"{scheme}://{user}@127.0.0.1:{port}{tmp_path}/there")).try_place()
    assert tree(tmp_path / "there") == {}


def test_a_server_with_another_key_gets_nothing(tmp_path: Path, at: Any, services: Services) -> None:
    key = make_key(services.store.folder)
    with sshd(tmp_path / "sshd", key) as (user, port):
        Publisher(at(f"sftp://{user}@127.0.0.1:{port}{tmp_path}/there")).try_place()
    known = services.store.folder / KNOWN_HOSTS
    (tmp_path / "sshd" / "host_key").unlink()
    with sshd(tmp_path / "sshd", key) as (user, other):
        known.write_text(known.read_text().replace(f":{port} ", f":{other} "))
        for scheme in ("sftp", "rsync"):
            with pytest.raises(ChangedServer) as told:
                Publisher(at(f"{scheme}://{user}@127.0.0.1:{other}{tmp_path}/there")).try_place()
            assert str(known) in str(told.value)


@pytest.mark.parametrize("scheme", ["sftp", "rsync", "http"])
def test_a_server_that_is_away_is_told_so(at: Any, services: Services, scheme: str) -> None:
    make_key(services.store.folder)
    away = at(f"{scheme}://anna@127.0.0.1:{free_port()}/site")
    with pytest.raises(PlaceUnreachable):
        Publisher(away).to_place(NOW, quiet)
    assert away.public_page.state().error == PlaceUnreachable.default


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, at: Any, services: Services) -> None:
    with sshd(tmp_path / "sshd", make_key(services.store.folder)) as (user, port):
        for scheme in ("sftp", "rsync"):
            (tmp_path / "file").write_text("no folder")
            with pytest.raises(PlaceTrouble) as told:
                Publisher(at(f"{scheme}://{user}@127.0.0.1:{port}{tmp_path}/file/site")).to_place(NOW, quiet)
            assert told.value.values["reason"]


def test_pages_of_others_on_a_server_stay(tmp_path: Path, at: Any, services: Services) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "index.html").write_text("the municipality")
    with sshd(tmp_path / "sshd", make_key(services.store.folder)) as (user, port):
        for scheme in ("sftp", "rsync"):
            with pytest.raises(OtherPages):
                Publisher(at(f"{scheme}://{user}@127.0.0.1:{port}{there}")).to_place(NOW, quiet)
    assert tree(there) == {"index.html": b"the municipality"}


def test_visitors_see_whole_pages_while_others_are_brought(tmp_path: Path, at: Any, services: Services) -> None:
    """Somebody reloads the first page all the time: it is the old one or the new one, and all that it shows is there."""
    services.public_page.set_password(password="kahvi", now=NOW, who="shell")
    with nginx(tmp_path / "nginx", "kahvi") as port:
        here, public = at(f"http://anna@127.0.0.1:{port}/www/site/"), f"http://127.0.0.1:{port}/public/site/"
        Publisher(here).to_place(NOW, quiet)
        over, seen = threading.Event(), set[bytes]()

        def read() -> None:
            while not over.is_set():
                with urllib.request.urlopen(f"{public}index.html") as answer:
                    seen.add(answer.read())

        reader = threading.Thread(target=read)
        reader.start()
        try:
            services.goods.add(now=NOW, who="shell", category="books", names={"fi": "Kalevala"})
            Publisher(here).to_place(LATER, quiet)
        finally:
            over.set()
            reader.join()
        assert 1 <= len(seen) <= 2
        assert all(page.endswith(b"</html>") for page in seen)


def test_a_list_at_the_server_is_brought_last(tmp_path: Path, at: Any, services: Services) -> None:
    """What broke off half-way is brought by the next delivery, though the tablet forgot about it."""
    there = tmp_path / "there"
    with sshd(tmp_path / "sshd", make_key(services.store.folder)) as (user, port):
        here = at(f"sftp://{user}@127.0.0.1:{port}{there}")
        Publisher(here).to_place(NOW, quiet)
        whole = tree(there)
        (there / "index.html").unlink()
        (there / LIST).write_text('{"files": {"index.html": ""}}')
        (services.store.folder / "public-page-files.json").unlink()
        Publisher(here).to_place(NOW, quiet)
        assert tree(there) == whole
