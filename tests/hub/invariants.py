"""What must hold among the tablets of a centre and their hub once everything has been told, whatever happened before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kiosk.hub import admin
from kiosk.hub.projection import summary
from kiosk.journal import Store
from kiosk.journal.entries import COUNTS, verify_chain


def hub_says(url: str, question: str, *values: Any) -> set[Any]:
    """Return the rows of the hub's answer; a row of one column is its value."""
    with admin.owner(url) as db:
        return {row[0] if len(row) == 1 else row for row in db.execute(question.encode(), values).fetchall()}


def ids(store: Store) -> set[str]:
    return {row[0] for row in store.db.execute_sql("SELECT id FROM journal").fetchall()}


def check(stores: Sequence[Store], url: str, centre: str, known: set[str]) -> None:
    """Assert that all show the same, that no entry of `known` was lost and each is there once, that who was erased is
    nowhere, that nothing was given twice without an alarm, and that the counts add up."""
    shown = [summary(store) for store in stores]
    different = [name for name in shown[0] if len({one[name] for one in shown}) > 1]
    assert not different, f"they do not agree on {different}"
    [number] = hub_says(url, "SELECT id FROM kiosk.centre WHERE name = %s", centre)
    at_hub = hub_says(url, "SELECT id FROM kiosk.event WHERE reason IS NULL AND centre = %s", number)
    for store in stores:
        verify_chain(store.db)
        assert known <= ids(store), "an entry was lost"
        assert ids(store) == at_hub, "an entry is missing"
        assert store.db.execute_sql("SELECT count(*) FROM unfolded").fetchone() == (0,)
        # What was told under two names counts once, and nothing else was refused.
        assert store.db.execute_sql("SELECT count(*) FROM refused WHERE reason <> 'twice'").fetchone() == (0,)
        counts = store.db.execute_sql(f"SELECT count(*), count(DISTINCT id) FROM journal WHERE {COUNTS}").fetchone()
        assert len(set(counts)) == 1, "an entry counts twice"
    _erased_is_nowhere(stores, url, number)
    _given_once(stores[0], url, number)
    _counts_add_up(stores, url, centre)


def _erased_is_nowhere(stores: Sequence[Store], url: str, centre: int) -> None:
    erased = "SELECT subject FROM kiosk.event WHERE kind = 'request.erased' AND reason IS NULL AND centre = %s"
    gone = hub_says(url, erased, centre)
    assert not gone & hub_says(url, "SELECT subject FROM kiosk.parcel WHERE part LIKE 'box:%%' AND centre = %s", centre)
    for store in stores:
        boxes = {row[0] for row in store.db.execute_sql("SELECT request FROM envelope").fetchall()}
        assert not gone & boxes
        asked = {row[0] for row in store.db.execute_sql("SELECT id FROM request").fetchall()}
        assert asked - gone == boxes, "a request that was not erased lost its boxes"


def _given_once(store: Store, url: str, centre: int) -> None:
    rows = store.db.execute_sql(
        """SELECT quantity, sum(ticket.state = 'collected'), sum(ticket.state IN ('reserved', 'collected'))
           FROM item JOIN ticket ON ticket.item = item.id GROUP BY item.id"""
    ).fetchall()
    assert all(given <= quantity and live <= quantity for quantity, given, live in rows)
    claims = hub_says(url, "SELECT ticket, state FROM kiosk.claim WHERE held_until IS NULL AND centre = %s", centre)
    assert claims == set(store.db.execute_sql("SELECT id, state FROM ticket").fetchall()), "hub and tablet disagree"


def _counts_add_up(stores: Sequence[Store], url: str, centre: str) -> None:
    [at_hub] = hub_says(url, "SELECT visits, people FROM kiosk.counts WHERE centre = %s", centre)
    for store in stores:
        sql = """SELECT count(*), coalesce(sum(adults + children), 0)
                     + (SELECT coalesce(sum(adults + children), 0) FROM correction) FROM visit WHERE undone = 0"""
        assert store.db.execute_sql(sql).fetchone() == at_hub
