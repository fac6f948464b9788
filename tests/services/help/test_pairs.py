"""Pairs of friends and neighbours: suggested while the key is open, decided by staff, looked after to their end."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import Any

import pytest

from kiosk.data import new_id
from kiosk.errors import BadValue, PairEnded, PairTaken, UnknownPair
from kiosk.journal import Store
from kiosk.journal.entries import verify_chain
from kiosk.privacy.sealing import KeyPair, new_keypair
from kiosk.services import Services, Suggestion
from kiosk.services.help.pairs import next_day
from kiosk.settings import Settings
from tests.services.conftest import NOW, TODAY

WHO = "shell"
#: Words that must be found nowhere on the disk.
MARKERS = ("Solomiya-Marker", "Veikko-Marker", "gardening-marker", "Marker-village")


def sign_up(services: Services, service: str, **details: Any) -> str:
    said = {"languages": ["uk"], "kinds": ["snow"]} | details
    return services.help.sign_up(
        request_id=new_id(NOW), service=service, language="uk", details=said, now=NOW, notice_version="1"
    ).id


def suggest(services: Services, keys: KeyPair, service: str = "friend") -> list[Suggestion]:
    return services.pairs.suggest(service=service, private=keys.private, now=NOW, who=WHO)


def status(services: Services, *requests: str) -> list[str]:
    return [services.help.by_id(request).status for request in requests]


def neighbours(services: Services, repeat: str = "once") -> tuple[str, str, str]:
    asker, helper = sign_up(services, "neighbour", repeat=repeat), sign_up(services, "neighbour_offer")
    return services.pairs.accept(asker=asker, helper=helper, repeat=repeat, now=NOW, who=WHO).id, asker, helper


def test_suggested_with_reasons_then_accepted_followed_up_and_ended(services: Services, keys: KeyPair) -> None:
    asker = sign_up(services, "friend", name="Oksana", days=["tue"], interests=["garden"])
    sign_up(services, "friend_offer", name="Aino", days=["mon"])
    helper = sign_up(services, "friend_offer", name="Helmi", days=["tue"], interests=["garden"])
    [found] = suggest(services, keys)
    assert found.names == ("Oksana", "Helmi")
    assert found.fit.reasons == (("languages", "uk"), ("days", "tue"), ("interests", "garden"))
    pair = services.pairs.accept(asker=asker, helper=helper, now=NOW, who=WHO)
    assert (pair.follow_up, status(services, asker, helper)) == (TODAY + timedelta(days=14), ["arranged"] * 2)
    assert suggest(services, keys) == []
    assert services.day.look(NOW).due_pairs == 0
    later = NOW + timedelta(days=14)
    assert services.day.look(later).due_pairs == 1
    noted = services.pairs.note(pair_id=pair.id, now=later, who=WHO)
    assert (noted.times, noted.follow_up) == (1, TODAY + timedelta(days=28))
    assert services.pairs.due(later) == []
    services.pairs.end(pair_id=pair.id, reason="done", now=later, who=WHO)
    assert status(services, asker, helper) == ["done", "done"]
    assert services.pairs.active() == []
    with pytest.raises(PairEnded):
        services.pairs.note(pair_id=pair.id, now=later, who=WHO)


def test_nothing_that_fits_reaches_disk_journal_or_log(
    services: Services, store: Store, keys: KeyPair, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = {"interests": [MARKERS[2]], "areas": [MARKERS[3]], "days": ["tue"]}
    asker = sign_up(services, "friend", name=MARKERS[0], **said)
    helper = sign_up(services, "friend_offer", name=MARKERS[1], **said)
    [found] = suggest(services, keys)
    assert ("interests", MARKERS[2]) in found.fit.reasons
    pair = services.pairs.accept(asker=asker, helper=helper, now=NOW, who=WHO)
    services.pairs.note(pair_id=pair.id, now=NOW, who=WHO)
    services.pairs.end(pair_id=pair.id, reason="no_match", now=NOW, who=WHO)
    stored = b"".join(path.read_bytes() for path in store.folder.rglob("*") if path.is_file())
    for marker in MARKERS:
        assert marker.encode() not in stored
        assert marker not in caplog.text
    kinds = [kind for (kind,) in store.db.execute_sql("SELECT kind FROM journal ORDER BY seq")]
    assert kinds.count("requests.opened") == 1
    assert verify_chain(store.db) == len(kinds)


def test_set_aside_is_not_suggested_again_until_it_is_undone(services: Services, keys: KeyPair) -> None:
    asker, helper = sign_up(services, "friend"), sign_up(services, "friend_offer")
    aside = services.pairs.set_aside(asker=asker, helper=helper, now=NOW, who=WHO)
    assert suggest(services, keys) == []
    with pytest.raises(PairTaken):
        services.pairs.accept(asker=asker, helper=helper, now=NOW, who=WHO)
    services.pairs.undo(pair_id=aside.id, now=NOW, who=WHO)
    with pytest.raises(PairEnded):
        services.pairs.undo(pair_id=aside.id, now=NOW, who=WHO)
    [found] = suggest(services, keys)
    made = services.pairs.accept(asker=found.asker.id, helper=found.helper.id, now=NOW, who=WHO)
    services.pairs.undo(pair_id=made.id, now=NOW, who=WHO)
    assert status(services, asker, helper) == ["contacted", "contacted"]
    assert len(suggest(services, keys)) == 1
    assert [one.made for one in services.pairs.count(TODAY, TODAY)] == [0, 0]


def test_nobody_is_in_two_pairs(services: Services) -> None:
    _, asker, helper = neighbours(services)
    with pytest.raises(PairTaken):
        services.pairs.accept(asker=asker, helper=sign_up(services, "neighbour_offer"), now=NOW, who=WHO)
    with pytest.raises(PairTaken):
        services.pairs.accept(asker=sign_up(services, "neighbour"), helper=helper, now=NOW, who=WHO)
    for pair in ((helper, asker), (sign_up(services, "friend"), helper), (asker, sign_up(services, "other"))):
        with pytest.raises(BadValue):
            services.pairs.accept(asker=pair[0], helper=pair[1], now=NOW, who=WHO)
    with pytest.raises(UnknownPair):
        services.pairs.undo(pair_id="none", now=NOW, who=WHO)


def test_a_task_done_is_at_its_end_with_its_hours_and_the_helper_helps_on(services: Services, keys: KeyPair) -> None:
    pair, asker, helper = neighbours(services)
    services.pairs.note(pair_id=pair, now=NOW, who=WHO)  # not done yet: looked after again in a week
    assert services.pairs.active()[0].follow_up == TODAY + timedelta(days=7)
    with pytest.raises(BadValue):
        services.pairs.note(pair_id=pair, quarters=97, now=NOW, who=WHO)
    done = services.pairs.note(pair_id=pair, quarters=6, now=NOW, who=WHO)
    assert (done.state, done.reason, done.hours, done.times) == ("ended", "done", 1.5, 2)
    assert status(services, asker, helper) == ["done", "contacted"]
    friends, helped = services.pairs.count(TODAY, TODAY)
    assert (helped.made, helped.done, helped.stopped, helped.hours) == (1, 1, 0, 1.5)
    assert (friends.made, friends.hours) == (0, 0)
    sign_up(services, "neighbour")
    [again] = suggest(services, keys, "neighbour")
    assert again.helper.id == helper


def test_a_task_that_comes_again_does(services: Services) -> None:
    pair, *_ = neighbours(services, repeat="winter")
    done = services.pairs.note(pair_id=pair, quarters=2, now=NOW, who=WHO)
    assert (done.state, done.follow_up) == ("active", TODAY + timedelta(days=7))
    spring = NOW.replace(year=2027, month=3, day=29)
    assert services.pairs.note(pair_id=pair, quarters=2, now=spring, who=WHO).follow_up == date(2027, 11, 1)
    assert services.pairs.count(TODAY, date(2027, 12, 31))[1].hours == 1


@pytest.mark.parametrize(
    ("today", "repeat", "then"),
    [
        (date(2026, 12, 28), "winter", date(2027, 1, 4)),
        (date(2027, 3, 24), "winter", date(2027, 3, 31)),
        (date(2027, 3, 25), "winter", date(2027, 11, 1)),
        (date(2027, 3, 25), "weekly", date(2027, 4, 1)),
        (date(2027, 3, 25), "once", date(2027, 4, 1)),
    ],
)
def test_the_next_day(today: date, repeat: str, then: date) -> None:
    assert next_day(today, repeat) == then


@pytest.mark.parametrize(
    ("reason", "statuses"),
    [
        ("no_match", ["contacted", "contacted"]),
        ("asker_left", ["closed", "contacted"]),
        ("helper_left", ["contacted", "closed"]),
    ],
)
def test_whoever_still_wants_one_waits_again(services: Services, reason: str, statuses: list[str]) -> None:
    pair, asker, helper = neighbours(services)
    services.pairs.end(pair_id=pair, reason=reason, now=NOW, who=WHO)
    assert status(services, asker, helper) == statuses
    assert services.pairs.count(TODAY, TODAY)[1].stopped == 1
    with pytest.raises(BadValue):
        services.pairs.end(pair_id=pair, reason="bored", now=NOW, who=WHO)


def test_an_erased_request_ends_its_pair(services: Services) -> None:
    _, asker, helper = neighbours(services)
    services.help.erase(code=services.help.by_id(helper).code, now=NOW, who="shell")
    assert services.pairs.settle(NOW) == 1
    assert services.pairs.settle(NOW) == 0
    assert status(services, asker, helper) == ["contacted", "closed"]


def test_what_was_sealed_to_another_key_is_left_out(services: Services, store: Store, keys: KeyPair) -> None:
    sign_up(services, "friend")
    store.set_recipients([new_keypair().public])
    sign_up(services, "friend_offer")
    assert suggest(services, keys) == []


def test_the_setting_says_when_to_look_after_a_pair(store: Store, settings: Settings) -> None:
    services = Services(store, settings._replace(help=settings.help._replace(follow_up_days=3)))
    asker, helper = sign_up(services, "friend"), sign_up(services, "friend_offer")
    pair = services.pairs.accept(asker=asker, helper=helper, now=NOW, who=WHO)
    assert pair.follow_up == TODAY + timedelta(days=3)
