"""So much a day, and the rest tomorrow."""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest
from click.testing import CliRunner

from kiosk.cli.main import cli
from kiosk.hub.connection import HubConnection
from kiosk.hub.errors import HubFull
from kiosk.hub.invitation import saved
from kiosk.hub.standing import look
from tests.hub.conftest import settle
from tests.hub.hostile_tablet.world import BreakIn, Make, owner_does
from tests.hub.test_in_step import agree, reserve, state
from tests.hub.test_in_step import chair as chair_of


def test_so_many_lines_a_day_and_the_rest_tomorrow(tablet: Make, hub: str) -> None:
    here, other = tablet(), tablet()
    settle(here, other)
    [(used,)] = owner_does(hub, "SELECT max(lines) FROM kiosk.used")
    owner_does(hub, "UPDATE kiosk.hub SET lines_a_day = %s", used + 5)
    items = [chair_of(here) for _ in range(12)]
    code = reserve(here, items[-1])
    settle(here, other)
    assert len(other.services.goods.find(today=here.now().date())) == 5
    view = look(here.store)
    assert (view.full, view.waiting, view.refused, view.trouble) == (True, 8, 0, "")
    assert not look(other.store).full
    chair_of(other)
    settle(here, other)  # nobody else is kept waiting
    assert here.services.goods.counts(today=here.now().date())["all"] == 12  # one of them is reserved
    for _ in range(2):
        owner_does(hub, "UPDATE kiosk.used SET day = day - 1")
        settle(here, other)
    owner_does(hub, "UPDATE kiosk.hub SET lines_a_day = 1000")
    agree(here, other)
    assert not look(here.store).full
    assert look(here.store).waiting == 0
    assert state(other, code) == "reserved"


def test_so_many_bytes_and_calls_a_day(tablet: Make, break_in: BreakIn, hub: str) -> None:
    here, other = tablet(), tablet()
    settle(here, other)
    there = break_in(here)
    owner_does(hub, "UPDATE kiosk.hub SET bytes_a_day = 300000")
    big = {"loan": "x", "more": ["y" * 3900] * 10}
    answers = [there.push(there.line("loan.made", big)) for _ in range(10)]
    assert [answer["outcome"] for answer in answers].count("ok") <= 8
    assert next(answer["outcome"] for answer in answers if answer["outcome"] != "ok") == "limit"
    assert owner_does(hub, "SELECT sum(length(payload)) < 400000 FROM kiosk.event") == [(True,)]
    owner_does(hub, "UPDATE kiosk.hub SET calls_a_day = 0, numbers_a_day = 0, picture_bytes_a_day = 0")
    assert there.ask("SELECT kiosk.reserve('t', 'i')") is None
    with closing(HubConnection(saved(here.folder), here.folder)) as link:
        for call in (
            "kiosk.renumber()",
            "kiosk.share(true, true)",
            f"kiosk.put_picture('{'a' * 64}', 'full', 0, 1, 'x')",
        ):
            with pytest.raises(HubFull):
                link.value(f"SELECT {call}")
    chair_of(other)
    other.round()
    assert look(other.store).full
    # A clock of the client's own does not make it tomorrow.
    there.db.execute("SET timezone = 'Pacific/Kiritimati'")
    assert there.ask("SELECT kiosk.reserve('t', 'i')") is None


def test_a_push_that_is_too_large_is_not_read(tablet: Make, break_in: BreakIn) -> None:
    there = break_in(tablet())
    with pytest.raises(psycopg.errors.InvalidParameterValue):
        there.push(*[there.line("item.edited", {"item": "x"})] * 5001)


def test_the_owner_sets_the_limits(hub: str, tablet: Make) -> None:
    def kiosk(*words: str) -> str:
        done = CliRunner().invoke(cli, ["hub", *words], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    assert "lines a day                 50,000" in kiosk("limits", hub)
    assert "bytes a day              5,000,000" in kiosk("limits", hub, "--lines", "7", "--megabytes", "5")
    assert owner_does(hub, "SELECT lines_a_day, bytes_a_day FROM kiosk.hub") == [(7, 5_000_000)]
    said = kiosk("init", hub)
    assert "REVOKE EXECUTE ON FUNCTION lo_create" in said
    assert "TEMPORARY" not in said
