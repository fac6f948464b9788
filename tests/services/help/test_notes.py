"""Case notes: sealed, shown with what they are about, erased with it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.data import new_id
from kiosk.errors import NoRecipients, RequestErased, UnknownCode
from kiosk.journal import Store
from kiosk.journal.entries import verify_chain
from kiosk.privacy.contact import BadText, PersonalId
from kiosk.privacy.sealing import KeyPair
from kiosk.services import RequestView, Services
from tests.services.conftest import NOW

MARKER = "Notemarker"


def asked(services: Services, service: str = "friend") -> RequestView:
    return services.help.sign_up(
        request_id=new_id(NOW), service=service, language="uk", details={"name": "Olena"}, now=NOW, notice_version="1"
    )


def write(services: Services, about: str, text: str = MARKER) -> str:
    return services.notes.write(about=about, text=text, language="fi", now=NOW, who="shell")


def texts(services: Services, keys: KeyPair, *about: str) -> list[str]:
    found = services.notes.read(about=about, private=keys.private, now=NOW, who="shell")
    return [note.text for note in found]


def sealed(store: Store) -> int:
    return int(store.db.execute_sql("SELECT count(*) FROM envelope").fetchone()[0])


def test_a_note_is_sealed_and_read_with_the_key(services: Services, store: Store, keys: KeyPair) -> None:
    request = asked(services)
    write(services, request.id)
    write(services, request.id, "calls on Monday")
    assert texts(services, keys, request.id) == [MARKER, "calls on Monday"]
    assert MARKER not in repr(services.notes.read(about=(request.id,), private=keys.private, now=NOW, who="shell"))
    for path in (path for path in store.folder.rglob("*") if path.is_file()):
        assert MARKER.encode() not in path.read_bytes(), path
    assert [one.id for one in services.help.list()] == [request.id]  # a note is nobody's request
    verify_chain(store.db)


def test_what_is_no_note_is_refused_and_nothing_is_written(services: Services, store: Store) -> None:
    request = asked(services)
    for text, error in (("  ", BadText), ("131052-308T", PersonalId)):
        with pytest.raises(error):
            write(services, request.id, text)
    with pytest.raises(UnknownCode):
        write(services, new_id(NOW))
    services.help.erase(code=request.code, now=NOW, who="shell")
    with pytest.raises(RequestErased):
        write(services, request.id)
    store.set_recipients([])
    with pytest.raises(NoRecipients):
        write(services, asked_before(store))
    assert store.db.execute_sql("SELECT count(*) FROM case_note").fetchone() == (0,)


def asked_before(store: Store) -> str:
    """Put a request into the table whose envelope was sealed before the keys went."""
    store.db.execute_sql(
        "INSERT INTO request SELECT 'before', 'R1', service, day, 'new', notice_version, 0 FROM request LIMIT 1"
    )
    return "before"


def test_a_request_takes_its_notes_along_and_those_of_its_pair(
    services: Services, store: Store, tmp_path: Path
) -> None:
    asker, helper = asked(services), asked(services, "friend_offer")
    pair = services.pairs.accept(asker=asker.id, helper=helper.id, now=NOW, who="shell")
    for about in (asker.id, pair.id, helper.id):
        write(services, about)
    services.help.erase(code=asker.code, now=NOW, who="shell")
    assert services.notes.about(asker.id, pair.id) == ()
    assert len(services.notes.about(helper.id)) == 1
    assert sealed(store) == 2 * 2  # the helper's request and the note about it, for two recipients each


def test_one_note_can_go_alone(services: Services) -> None:
    request = asked(services)
    note = write(services, request.id)
    for _ in range(2):
        services.notes.erase(note_id=note, now=NOW, who="shell")
    services.notes.erase(note_id="unknown", now=NOW, who="shell")
    assert services.notes.about(request.id) == ()
    assert not services.help.by_id(request.id).erased


def test_a_note_of_an_erased_request_from_elsewhere_is_erased(services: Services, store: Store) -> None:
    request, other = asked(services), asked(services)
    note = write(services, other.id)
    services.help.erase(code=request.code, now=NOW, who="shell")
    store.db.execute_sql("UPDATE case_note SET about = ?", (request.id,))  # as it comes from a tablet that did not know
    assert services.help.erase_old(NOW) == 1
    assert services.help.by_id(note).erased


def test_retention_reaches_the_notes(services: Services, store: Store) -> None:
    request = asked(services)
    write(services, request.id)
    services.help.set_status(request_id=request.id, status="done", now=NOW, who="shell")
    services.help.erase_old(NOW + timedelta(days=91))
    assert sealed(store) == 0
